/* common.h - what every command shares: exit codes, messages on standard error, a growing run of bytes, whole files.
 *
 * The program gives up on the spot only when memory runs out; everything else is a value that travels up to main. */
#ifndef TOOL_COMMON_H
#define TOOL_COMMON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define TOOL_FORMAT(string, first) __attribute__((format(printf, string, first)))
#else
#define TOOL_FORMAT(string, first)
#endif

#define TOOL_DONE 0       /* all went well */
#define TOOL_USAGE 1      /* the command line makes no sense */
#define TOOL_UNREADABLE 2 /* a file cannot be read, a pack is not valid, memory ran out */
#define TOOL_REFUSED 3    /* some lines of the input were refused */
#define TOOL_UNWRITABLE 4 /* the output could not be written */

/* Of two outcomes the one to report: what stopped the work counts before what was left out. */
int tool_worse(int one, int other);

/* "care: ..." and a line end on standard error. */
void tool_say(const char *format, ...) TOOL_FORMAT(1, 2);

/* Says what is wrong with the command line and where help is; gives TOOL_USAGE. */
int tool_misuse(const char *command, const char *format, ...) TOOL_FORMAT(2, 3);

/* Never NULL, cleared. Ends the program with TOOL_UNREADABLE if memory ran out. */
void *tool_allocate(size_t count, size_t size);

/* `pointer` with room for `count` items; never NULL, likewise. */
void *tool_resize(void *pointer, size_t count, size_t size);

typedef struct buffer {
    char *bytes; /* always with a NUL after the last one once something was appended */
    size_t length;
    size_t room;
} buffer;

void buffer_append(buffer *self, const void *bytes, size_t length);
void buffer_text(buffer *self, const char *text);
void buffer_print(buffer *self, const char *format, ...) TOOL_FORMAT(2, 3);
void buffer_free(buffer *self);

/* Appends the whole of a file, or of standard input for "-". False, said on standard error, if it cannot be read. */
bool tool_read_file(const char *name, buffer *out);

/* The name under which messages show a file. */
const char *tool_file_title(const char *name);

/* Flushes standard output. True if all of it has been written so far. */
bool tool_flush(void);

/* Flushes and closes standard output; says why if it failed, unless the reader merely went away. Gives the exit code. */
int tool_finish(int code);

#endif
