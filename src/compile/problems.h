/* problems.h - what is wrong with pack text: collected, not stopped at, so that an author sees all of it at once. */
#ifndef CARE_PROBLEMS_H
#define CARE_PROBLEMS_H

#include "syntax.h"
#include <care/compile.h>
#include <stdarg.h>

/* The list behind care_problems. `files` names the sources of all layers, for messages; borrowed while compiling, copied into
 * each problem. Out of memory is remembered instead of a problem. */
typedef struct problem {
    care_status status;
    int32_t severity;
    uint32_t file, line, column;
    char *file_name, *message; /* NUL-terminated, owned */
} problem;

struct care_problems {
    care_allocator allocator;
    const care_source *files;
    problem *items;
    uint32_t first_noted; /* notes on files before this one are dropped: on other people's text they help nobody */
    size_t count, room;
    size_t error_count;
    bool out_of_memory;
};

care_problems *problems_new(const care_allocator *allocator);

/* Adds a problem at `where`; `format` as for printf. The message says what is wrong and how to mend it. */
void problems_add(care_problems *self, place where, int32_t severity, care_status status, const char *format, ...)
#ifdef __GNUC__
    __attribute__((format(printf, 5, 6)))
#endif
    ;

/* The same with the values in a list. */
void problems_add_list(care_problems *self, place where, int32_t severity, care_status status, const char *format, va_list values)
#ifdef __GNUC__
    __attribute__((format(printf, 5, 0)))
#endif
    ;

/* Puts the problems in the order of files, lines and columns. */
void problems_sort(care_problems *self);

/* Fills `error` from the first error, if there is one. */
void problems_first(const care_problems *self, care_error *error);

#endif
