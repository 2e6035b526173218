/* lines.h - a text as lines, however long, one at a time, from a file or standard input.
 *
 * A line ends with LF, CR LF or CR, or with the file. A byte order mark at the start is dropped. Before a read that may
 * wait (a pipe, a terminal), standard output is flushed, so that whoever feeds lines one by one sees the answers. */
#ifndef TOOL_LINES_H
#define TOOL_LINES_H

#include "common.h"

typedef struct lines {
    const char *name; /* as given; borrowed */
    int file;
    bool may_wait;     /* not a regular file */
    bool ended;        /* nothing more to read */
    bool after_return; /* the last line ended with CR: an LF that follows belongs to it */
    bool failed;       /* reading went wrong, and this was said */
    bool progress;     /* standard error shows how far we are */
    bool shown;        /* ... and does at this moment */
    uint64_t number;   /* of the last line given, 1-based */
    uint64_t total;    /* bytes of the file, where progress is shown */
    uint64_t done;     /* bytes read */
    uint64_t next;     /* `done` at which progress is shown again */
    char *chunk;
    size_t begin, end; /* what is left in the chunk */
    buffer line;       /* a line that spans chunks */
} lines;

/* False, said on standard error, if the file cannot be opened. */
bool lines_open(lines *self, const char *name);

/* The next line without its end, valid until the next call. False at the end of the file. */
bool lines_next(lines *self, const char **text, size_t *length);

/* "FILE:LINE: ..." on standard error. */
void lines_complain(lines *self, uint64_t line, const char *format, ...) TOOL_FORMAT(3, 4);

void lines_close(lines *self);

#endif
