/* problems.c - see problems.h. */
#include "problems.h"
#include "../sort.h"

#include "../memory.h"

#include <stdio.h>
#include <string.h>

/* Problems kept of each severity: hostile text has more mistakes than anybody reads. */
#define KEPT_MAX 1000u

care_problems *problems_new(const care_allocator *allocator) {
    care_allocator chosen = memory_choose(allocator);
    care_problems *self = memory_resize(&chosen, NULL, 0, 1, sizeof *self);
    if (!self) return NULL;
    *self = (care_problems){.allocator = chosen};
    return self;
}

static char *string_copy(const care_allocator *allocator, const char *text) {
    size_t bytes = strlen(text) + 1;
    char *copy = memory_resize(allocator, NULL, 0, bytes, 1);
    if (copy) memcpy(copy, text, bytes);
    return copy;
}

static void string_free(const care_allocator *allocator, char *text) {
    if (text) memory_resize(allocator, text, strlen(text) + 1, 0, 1);
}

static char *string_format(const care_allocator *allocator, const char *format, va_list values) {
    va_list again;
    va_copy(again, values);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : memory_resize(allocator, NULL, 0, (size_t)length + 1, 1);
    if (text) (void)vsnprintf(text, (size_t)length + 1, format, values);
    return text;
}

void problems_add_list(care_problems *self, place where, int32_t severity, care_status status, const char *format, va_list values) {
    if (severity == CARE_SEVERITY_ERROR) {
        if (self->error_count++ > KEPT_MAX) return;
        if (self->error_count > KEPT_MAX) format = "there are more than a thousand mistakes: mend the others first";
    } else {
        if (where.file < self->first_noted) return;
        size_t kept_errors = self->error_count > KEPT_MAX ? KEPT_MAX + 1 : self->error_count;
        if (self->count >= kept_errors + KEPT_MAX) return;
    }
    void *items = self->items;
    if (!memory_reserve(&self->allocator, &items, &self->room, self->count + 1, sizeof *self->items)) {
        self->out_of_memory = true;
        return;
    }
    self->items = items;
    problem made = {.status = status, .severity = severity, .file = where.file, .line = where.line, .column = where.column};
    made.file_name = string_copy(&self->allocator, self->files ? self->files[where.file].file : "");
    made.message = string_format(&self->allocator, format, values);
    if (!made.file_name || !made.message) {
        string_free(&self->allocator, made.file_name);
        string_free(&self->allocator, made.message);
        self->out_of_memory = true;
        return;
    }
    self->items[self->count++] = made;
}

void problems_add(care_problems *self, place where, int32_t severity, care_status status, const char *format, ...) {
    va_list values;
    va_start(values, format);
    problems_add_list(self, where, severity, status, format, values);
    va_end(values);
}

/* The order of messages: by place, then by text, so that it does not depend on who noticed first. */
static bool problem_before(const void *context, const void *left, const void *right) {
    const problem *a = left, *b = right;
    (void)context;
    if (a->file != b->file) return a->file < b->file;
    if (a->line != b->line) return a->line < b->line;
    if (a->column != b->column) return a->column < b->column;
    if (a->severity != b->severity) return a->severity < b->severity;
    return strcmp(a->message, b->message) < 0;
}

void problems_sort(care_problems *self) {
    sort(self->items, self->count, sizeof *self->items, problem_before, NULL);
}

/* Copies `text`, cut to fit on the left or the right, never inside a character. */
static void copy_cut(char *out, size_t room, const char *text, bool cut_left) {
    size_t length = strlen(text);
    if (length >= room) {
        if (cut_left) {
            text += length - (room - 1);
            while (((unsigned char)*text & 0xC0u) == 0x80u) text++;
            length = strlen(text);
        } else {
            length = room - 1;
            while (length && ((unsigned char)text[length] & 0xC0u) == 0x80u) length--;
        }
    }
    memcpy(out, text, length);
    out[length] = '\0';
}

/* Bytes from the start of `source` to the place of `item`. */
static uint64_t offset_of(const care_source *source, const problem *item) {
    const char *at = source->text, *end = source->text + source->length;
    for (uint32_t line = 1; line < item->line && at < end; line++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline ? newline + 1 : end;
    }
    uint64_t rest = (uint64_t)(end - at), column = item->column ? item->column - 1 : 0;
    return (uint64_t)(at - source->text) + (column < rest ? column : rest);
}

void problems_first(const care_problems *self, care_error *error) {
    const problem *first = NULL;
    for (size_t i = 0; i < self->count; i++) {
        const problem *item = &self->items[i];
        if (item->severity == CARE_SEVERITY_ERROR && (!first || problem_before(NULL, item, first))) first = item;
    }
    if (!first || !error || error->size < sizeof *error) return;
    error->status = first->status;
    error->line = first->line;
    error->column = first->column;
    error->offset = self->files ? offset_of(&self->files[first->file], first) : 0;
    copy_cut(error->file, sizeof error->file, first->file_name, true);
    copy_cut(error->message, sizeof error->message, first->message, false);
}

size_t care_problems_count(const care_problems *self) {
    return self ? self->count : 0;
}

care_status care_problems_get(const care_problems *self, size_t index, care_problem *out) {
    if (!self || !out || out->size != sizeof *out || index >= self->count) return CARE_E_ARGUMENT;
    *out = (care_problem){.size = sizeof *out,
                          .severity = self->items[index].severity,
                          .status = self->items[index].status,
                          .line = self->items[index].line,
                          .column = self->items[index].column,
                          .file = self->items[index].file_name,
                          .message = self->items[index].message};
    return CARE_OK;
}

void care_problems_free(care_problems *self) {
    if (!self) return;
    for (size_t i = 0; i < self->count; i++) {
        string_free(&self->allocator, self->items[i].file_name);
        string_free(&self->allocator, self->items[i].message);
    }
    memory_resize(&self->allocator, self->items, self->room, 0, sizeof *self->items);
    care_allocator allocator = self->allocator;
    memory_resize(&allocator, self, 1, 0, sizeof *self);
}
