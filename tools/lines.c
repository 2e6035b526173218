/* lines.c - reads in chunks, hands out lines. A line that lies within a chunk is not copied. */
#define _POSIX_C_SOURCE 200809L
#include "lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK ((size_t)1 << 18)

/* Files from this size on show their progress, each time as many bytes as this, or a hundredth of them, were read. */
#define PROGRESS_FROM ((uint64_t)4 << 20)

static void lines_show_progress(lines *self) {
    if (!self->progress || self->done < self->next) return;
    uint64_t step = self->total / 100;
    self->next = self->done + (step > PROGRESS_FROM ? step : PROGRESS_FROM);
    self->shown = true;
    fprintf(stderr, "\r%s: %llu of %llu MB, %llu %%", self->name, (unsigned long long)(self->done >> 20),
            (unsigned long long)(self->total >> 20), (unsigned long long)(self->done * 100 / self->total));
    fflush(stderr);
}

static void lines_hide_progress(lines *self) {
    if (self->shown) fputs("\r\033[K", stderr);
    self->shown = false;
}

/* Reads the next chunk. False at the end. */
static bool lines_fill(lines *self) {
    if (self->ended) return false;
    if (self->may_wait) tool_flush();
    ssize_t got;
    do got = read(self->file, self->chunk, CHUNK);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        lines_hide_progress(self);
        tool_say("%s: %s", tool_file_title(self->name), strerror(errno));
        self->failed = true;
    }
    self->ended = got <= 0;
    self->begin = 0;
    self->end = got > 0 ? (size_t)got : 0;
    self->done += self->end;
    lines_show_progress(self);
    return self->end > 0;
}

/* Drops the mark; a mark in UTF-16 is a file that would only look empty of words, so it is refused by name. */
static void lines_drop_mark(lines *self) {
    while (self->end < 3 && !self->ended) { /* a pipe may give a byte at a time */
        char held[3];
        size_t had = self->end;
        memcpy(held, self->chunk, had);
        if (!lines_fill(self)) {
            memcpy(self->chunk, held, had);
            self->end = had;
            break;
        }
        if (self->end + had > CHUNK) break;
        memmove(self->chunk + had, self->chunk, self->end);
        memcpy(self->chunk, held, had);
        self->end += had;
        if (self->chunk[0] != '\xef' && self->chunk[0] != '\xff' && self->chunk[0] != '\xfe') break;
    }
    if (self->end >= 3 && memcmp(self->chunk, "\xef\xbb\xbf", 3) == 0)
        self->begin = 3;
    else if (self->end >= 2 && (memcmp(self->chunk, "\xff\xfe", 2) == 0 || memcmp(self->chunk, "\xfe\xff", 2) == 0)) {
        tool_say("%s: this is UTF-16; care reads UTF-8 (iconv -f UTF-16 -t UTF-8 makes it so)", tool_file_title(self->name));
        self->failed = true;
        self->ended = true;
        self->begin = self->end;
    }
}

bool lines_open(lines *self, const char *name) {
    memset(self, 0, sizeof *self);
    self->name = name;
    self->file = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    struct stat about;
    bool known = self->file >= 0 && fstat(self->file, &about) == 0;
    if (known && S_ISDIR(about.st_mode)) errno = EISDIR;
    if (!known || S_ISDIR(about.st_mode)) {
        tool_say("%s: %s", tool_file_title(name), strerror(errno));
        if (self->file > STDIN_FILENO) close(self->file);
        return false;
    }
    self->may_wait = !S_ISREG(about.st_mode);
    self->total = self->may_wait || about.st_size < 0 ? 0 : (uint64_t)about.st_size;
    self->progress = self->total >= 2 * PROGRESS_FROM && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
    self->chunk = tool_allocate(CHUNK + 4, 1);
    lines_drop_mark(self);
    return true;
}

/* The first line end in the chunk, or NULL. */
static const char *lines_find_end(const char *begin, const char *end) {
    while (begin < end && *begin != '\n' && *begin != '\r') begin++;
    return begin < end ? begin : NULL;
}

bool lines_next(lines *self, const char **text, size_t *length) {
    bool partial = false;
    self->line.length = 0;
    for (;;) {
        if (self->begin == self->end && !lines_fill(self)) {
            if (!partial) return false;
            break;
        }
        if (self->after_return && !partial) {
            self->after_return = false;
            if (self->chunk[self->begin] == '\n') {
                self->begin++;
                continue;
            }
        }
        const char *start = self->chunk + self->begin;
        const char *stop = lines_find_end(start, self->chunk + self->end);
        if (stop != NULL) {
            self->after_return = *stop == '\r';
            self->begin = (size_t)(stop - self->chunk) + 1;
            self->number++;
            if (!partial) {
                *text = start;
                *length = (size_t)(stop - start);
                return true;
            }
            buffer_append(&self->line, start, (size_t)(stop - start));
            *text = self->line.bytes;
            *length = self->line.length;
            return true;
        }
        buffer_append(&self->line, start, self->end - self->begin);
        self->begin = self->end;
        partial = true;
    }
    self->number++;
    *text = self->line.bytes;
    *length = self->line.length;
    return true;
}

void lines_complain(lines *self, uint64_t line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    lines_hide_progress(self);
    if (isatty(STDERR_FILENO) && isatty(STDOUT_FILENO)) tool_flush(); /* on one screen the two stand in their order */
    fprintf(stderr, "%s:%llu: ", tool_file_title(self->name), (unsigned long long)line);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

void lines_close(lines *self) {
    lines_hide_progress(self);
    if (self->file > STDIN_FILENO) close(self->file);
    free(self->chunk);
    buffer_free(&self->line);
}
