/* packs.c - see packs.h.
 *
 * A file is a compiled pack if a NUL byte stands near its start, which pack text never has. Text files are one layer until
 * the next file that begins with a `pack` line of its own.
 *
 * Unless --base was said, the first layer stands on English, but for two that need nothing: a compiled pack, which is taken
 * as it is with all its layers, and text with a `stemmer` line, which is a language of its own. Any later compiled pack gives
 * its topmost layer to what stands before it.
 *
 * Linking runs the examples of all layers. Where those of pack text are not to be run, neither are those of what it stands
 * on: the layers of compiled packs are then compiled once more, from the text that they hold, with examples left out. */
#include "packs.h"

#include "pack_names.h"
#include "pack_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct pack_file {
    const char *name;
    buffer content;
    bool compiled;
    bool begins; /* a layer begins here */
} pack_file;

void pack_choice_add(pack_choice *self, const char *file) {
    self->files = tool_resize(self->files, self->count + 1, sizeof *self->files);
    self->files[self->count++] = file;
}

void pack_choice_free(pack_choice *self) {
    free(self->files);
    memset(self, 0, sizeof *self);
}

/* True if the first statement is `pack`. */
static bool text_begins_layer(const char *text, size_t length) {
    size_t at = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    for (;;) {
        while (at < length && strchr(" \t\r\n", text[at]) != NULL && text[at] != '\0') at++;
        if (at >= length || text[at] != '#') break;
        while (at < length && text[at] != '\n') at++;
    }
    return length - at > 5 && memcmp(text + at, "pack", 4) == 0 && (text[at + 4] == ' ' || text[at + 4] == '\t');
}

/* True if there is a `stemmer` line. */
static bool text_is_language(const char *text, size_t length) {
    static const char word[] = "stemmer";
    for (const char *at = text, *end = text + length; at < end;) {
        while (at < end && (*at == ' ' || *at == '\t')) at++;
        if ((size_t)(end - at) >= sizeof word && memcmp(at, word, sizeof word - 1) == 0 &&
            (at[sizeof word - 1] == ' ' || at[sizeof word - 1] == '\t'))
            return true;
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        at = feed == NULL ? end : feed + 1;
    }
    return false;
}

static bool pack_file_read(pack_file *self, const char *name) {
    self->name = name;
    if (!tool_read_file(name, &self->content)) return false;
    size_t head = self->content.length < 64 ? self->content.length : 64;
    self->compiled = memchr(self->content.bytes, '\0', head) != NULL;
    self->begins = self->compiled || text_begins_layer(self->content.bytes, self->content.length);
    return true;
}

/* ---- Problems ---- */

/* The line that a problem is about, with a mark under its column. */
static void report_excerpt(FILE *out, const care_source *sources, size_t count, const care_problem *problem) {
    const care_source *source = NULL;
    for (size_t i = 0; i < count && source == NULL; i++)
        if (problem->file != NULL && strcmp(sources[i].file, problem->file) == 0) source = &sources[i];
    if (source == NULL || problem->line == 0) return;
    const char *line = source->text;
    const char *end = source->text + source->length;
    for (uint32_t number = 1; number < problem->line && line < end; number++) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        line = feed == NULL ? end : feed + 1;
    }
    const char *stop = line < end ? memchr(line, '\n', (size_t)(end - line)) : end;
    if (stop == NULL) stop = end;
    if (stop > line && stop[-1] == '\r') stop--;
    if (line == stop || stop - line > 200) return;
    fputs("    ", out);
    for (const char *at = line; at < stop; at++) fputc((unsigned char)*at < 0x20 || *at == 0x7f ? ' ' : *at, out);
    if (problem->column > 0 && problem->column <= (size_t)(stop - line) + 1) {
        fputs("\n    ", out);
        for (uint32_t column = 1; column < problem->column; column++)
            if (((unsigned char)line[column - 1] & 0xc0) != 0x80) fputc(' ', out);
        fputc('^', out);
    }
    fputc('\n', out);
}

static void report_line(FILE *out, const char *file, uint32_t line, uint32_t column, bool note, const char *message) {
    if (file != NULL && file[0] != '\0') {
        fputs(file, out);
        if (line > 0) fprintf(out, ":%u", line);
        if (line > 0 && column > 0) fprintf(out, ":%u", column);
        fputs(": ", out);
    }
    fprintf(out, "%s%s\n", note ? "note: " : "", message);
}

/* Shows all problems; or, where the library gave no list, the one in `error`. */
static void report_show(problem_report *self, const care_source *sources, size_t count, const care_problems *problems, care_status status,
                        const care_error *error) {
    FILE *out = self->on_output ? stdout : stderr;
    size_t problem_count = care_problems_count(problems);
    for (size_t i = 0; i < problem_count; i++) {
        care_problem problem = {.size = sizeof problem};
        if (care_problems_get(problems, i, &problem) != CARE_OK) continue;
        bool note = problem.severity == CARE_SEVERITY_NOTE;
        if (note && !self->on_output) continue; /* for authors, who ask for it */
        *(note ? &self->notes : &self->errors) += 1;
        report_line(out, problem.file, problem.line, problem.column, note, problem.message);
        report_excerpt(out, sources, count, &problem);
    }
    if (status == CARE_OK || self->errors > 0) return;
    self->errors++;
    bool said = error != NULL && error->message[0] != '\0';
    report_line(out, said ? error->file : NULL, said ? error->line : 0, said ? error->column : 0, false,
                said ? error->message : care_status_message(status));
}

/* ---- Layers ---- */

/* Text files first .. first + count - 1 as one layer on *pack, which is replaced. */
static bool layer_compile(care_pack **pack, const pack_file *files, size_t count, problem_report *report) {
    care_source *sources = tool_allocate(count, sizeof *sources);
    for (size_t i = 0; i < count; i++)
        sources[i] = (care_source){.file = files[i].name, .text = files[i].content.bytes, .length = files[i].content.length};
    care_pack *layered = NULL;
    care_problems *problems = NULL;
    care_error error = {.size = sizeof error};
    care_status status = care_pack_compile(&layered, sources, count, *pack, NULL, &problems, &error);
    report_show(report, sources, count, problems, status, &error);
    care_problems_free(problems);
    free(sources);
    if (status != CARE_OK) return false;
    care_pack_unref(*pack);
    *pack = layered;
    return true;
}

/* The layers of `from`, from `layer` on, compiled on *pack without their examples. */
static bool layers_hush(care_pack **pack, const care_pack *from, uint32_t layer, problem_report *report) {
    bool good = true;
    for (; good && care_pack_source(from, layer, 0, NULL, NULL) != NULL; layer++) {
        uint32_t count = 0;
        while (care_pack_source(from, layer, count, NULL, NULL) != NULL) count++;
        pack_file *files = tool_allocate(count, sizeof *files);
        for (uint32_t i = 0; i < count; i++) {
            size_t length = 0;
            const char *text = care_pack_source(from, layer, i, &files[i].name, &length);
            buffer_append(&files[i].content, text, length);
            pack_text_hush(files[i].content.bytes, length);
        }
        good = layer_compile(pack, files, count, report);
        for (uint32_t i = 0; i < count; i++) buffer_free(&files[i].content);
        free(files);
    }
    return good;
}

/* The compiled pack, or its topmost layer on *pack, which is replaced. */
static bool layer_load(care_pack **pack, const pack_file *file, bool hushed, problem_report *report) {
    care_pack *loaded = NULL;
    care_error error = {.size = sizeof error};
    care_status status = care_pack_load(&loaded, file->content.bytes, file->content.length, NULL, &error);
    if (status != CARE_OK) {
        fprintf(stderr, "%s: not a valid compiled pack: %s\n", file->name,
                error.message[0] != '\0' ? error.message : care_status_message(status));
        return false;
    }
    if (hushed) {
        care_pack_info info = {.size = sizeof info};
        bool known = care_pack_get_info(loaded, &info) == CARE_OK && info.layer_count > 0;
        bool good = known && layers_hush(pack, loaded, *pack != NULL ? info.layer_count - 1 : 0, report);
        care_pack_unref(loaded);
        return good;
    }
    if (*pack != NULL) {
        care_pack *layered = NULL;
        care_problems *problems = NULL;
        status = care_pack_compose(&layered, *pack, loaded, NULL, &problems, NULL);
        report_show(report, NULL, 0, problems, status, NULL);
        care_problems_free(problems);
        care_pack_unref(loaded);
        loaded = layered;
    }
    if (status != CARE_OK) return false;
    care_pack_unref(*pack);
    *pack = loaded;
    return true;
}

static bool layer_english(care_pack **pack, bool hushed, problem_report *report) {
    care_pack *english = NULL;
    care_status status = care_pack_english(&english, NULL);
    if (status != CARE_OK) tool_say("the built-in English pack: %s", care_status_message(status));
    if (status != CARE_OK || !hushed) {
        *pack = english;
        return status == CARE_OK;
    }
    bool good = layers_hush(pack, english, 0, report);
    care_pack_unref(english);
    return good;
}

/* Where layering begins: *pack stays NULL for "none". `base` has been read if it is a file. */
static bool base_open(const pack_choice *self, const pack_file *files, size_t count, const pack_file *base, care_pack **pack, bool hushed,
                      problem_report *report) {
    bool alone = count > 0 && files[0].compiled;
    for (size_t i = 0; i < count && !files[i].compiled && (i == 0 || !files[i].begins); i++)
        alone |= text_is_language(files[i].content.bytes, files[i].content.length);
    if (base->name != NULL) return base->compiled ? layer_load(pack, base, hushed, report) : layer_compile(pack, base, 1, report);
    if ((self->base == NULL && alone) || (self->base != NULL && strcmp(self->base, "none") == 0)) return true;
    return layer_english(pack, hushed, report);
}

/* Leaves the examples of pack text out, if that is wanted; true if there is any text. */
static bool files_hush(const pack_choice *self, pack_file *files, size_t count) {
    bool any = false;
    for (size_t i = 0; i < count && self->hushed; i++) {
        if (files[i].name == NULL || files[i].compiled) continue;
        pack_text_hush(files[i].content.bytes, files[i].content.length);
        any = true;
    }
    return any;
}

care_pack *pack_choice_open(const pack_choice *self, problem_report *report) {
    pack_names names = {0};
    bool good = true;
    for (size_t i = 0; i < self->count; i++) good &= pack_names_add(&names, self->files[i]);
    const size_t count = names.count;
    pack_file *files = tool_allocate(count + 1, sizeof *files);
    pack_file *base = &files[count];
    care_pack *pack = NULL;
    for (size_t i = 0; i < count; i++) good &= pack_file_read(&files[i], names.items[i]);
    if (self->base != NULL && strcmp(self->base, "english") != 0 && strcmp(self->base, "none") != 0)
        good &= pack_file_read(base, self->base);
    bool hushed = good && files_hush(self, files, count + 1);
    good = good && base_open(self, files, count, base, &pack, hushed, report);
    for (size_t first = 0, next = 0; good && first < count; first = next) {
        next = first + 1;
        while (!files[first].compiled && next < count && !files[next].begins) next++;
        good = files[first].compiled ? layer_load(&pack, &files[first], hushed, report)
                                     : layer_compile(&pack, &files[first], next - first, report);
    }
    if (good && pack == NULL) {
        tool_say("no pack: --base none needs a pack of your own");
        good = false;
    }
    if (good && hushed) tool_say("note: the packs' examples were not run; 'care pack check' does");
    for (size_t i = 0; i <= count; i++) buffer_free(&files[i].content);
    free(files);
    pack_names_free(&names);
    if (good) return pack;
    care_pack_unref(pack);
    return NULL;
}
