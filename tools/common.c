/* common.c - exit codes, messages, bytes and files for all commands. */
#define _POSIX_C_SOURCE 200809L
#include "common.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int tool_worse(int one, int other) {
    static const int rank[] = {[TOOL_DONE] = 0, [TOOL_REFUSED] = 1, [TOOL_UNREADABLE] = 2, [TOOL_USAGE] = 3, [TOOL_UNWRITABLE] = 4};
    return rank[one] >= rank[other] ? one : other;
}

void tool_say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("care: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

int tool_misuse(const char *command, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s: ", command);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\nTry '%s --help'.\n", command);
    va_end(arguments);
    return TOOL_USAGE;
}

static void tool_out_of_memory(void) {
    fputs("care: out of memory\n", stderr);
    exit(TOOL_UNREADABLE);
}

void *tool_allocate(size_t count, size_t size) {
    void *pointer = calloc(count == 0 ? 1 : count, size);
    if (pointer == NULL) tool_out_of_memory();
    return pointer;
}

void *tool_resize(void *pointer, size_t count, size_t size) {
    void *resized = count > SIZE_MAX / 2 / size ? NULL : realloc(pointer, count == 0 ? size : count * size);
    if (resized == NULL) tool_out_of_memory();
    return resized;
}

/* Room for `more` bytes and the NUL after them. */
static void buffer_reserve(buffer *self, size_t more) {
    if (more < self->room - self->length) return;
    if (more > SIZE_MAX / 2 - self->length - 64) tool_out_of_memory();
    size_t room = self->length + more + 64 + (self->room / 2);
    self->bytes = tool_resize(self->bytes, room, 1);
    self->room = room;
}

void buffer_append(buffer *self, const void *bytes, size_t length) {
    buffer_reserve(self, length);
    if (length > 0) memcpy(self->bytes + self->length, bytes, length);
    self->length += length;
    self->bytes[self->length] = '\0';
}

void buffer_text(buffer *self, const char *text) {
    buffer_append(self, text, strlen(text));
}

void buffer_print(buffer *self, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length <= 0) return;
    buffer_reserve(self, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(self->bytes + self->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    self->length += (size_t)length;
}

void buffer_free(buffer *self) {
    free(self->bytes);
    memset(self, 0, sizeof *self);
}

const char *tool_file_title(const char *name) {
    return strcmp(name, "-") == 0 ? "standard input" : name;
}

bool tool_read_file(const char *name, buffer *out) {
    bool standard = strcmp(name, "-") == 0;
    int file = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? -1 : 1;
    while (got > 0) {
        buffer_reserve(out, (size_t)1 << 16);
        got = read(file, out->bytes + out->length, out->room - out->length - 1);
        if (got > 0)
            out->length += (size_t)got;
        else if (got < 0 && errno == EINTR)
            got = 1;
    }
    if (got < 0)
        tool_say("%s: %s", tool_file_title(name), strerror(errno));
    else
        out->bytes[out->length] = '\0';
    if (file >= 0 && !standard) close(file);
    return got == 0;
}

bool tool_flush(void) {
    return fflush(stdout) == 0 && !ferror(stdout);
}

/* Nobody reads any more: the other end of the pipe is closed. A user who runs `care ... | head` wants no message. */
static bool tool_reader_left(void) {
    struct pollfd state = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&state, 1, 0) == 1 && (state.revents & (POLLERR | POLLHUP)) != 0;
}

int tool_finish(int code) {
    bool failed = ferror(stdout) != 0;
    errno = 0;
    failed |= fflush(stdout) != 0;
    int reason = errno;
    bool quiet = failed && (reason == EPIPE || tool_reader_left());
    errno = 0;
    if (fclose(stdout) != 0 && !failed) {
        failed = true;
        reason = errno;
    }
    if (!failed) return code;
    if (!quiet) tool_say("cannot write the output%s%s", reason != 0 ? ": " : "", reason != 0 ? strerror(reason) : "");
    return TOOL_UNWRITABLE;
}
