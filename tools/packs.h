/* packs.h - the packs that the command line names, loaded and linked into one. */
#ifndef TOOL_PACKS_H
#define TOOL_PACKS_H

#include "common.h"

#include <care/compile.h>

/* --base and --pack, in order. */
typedef struct pack_choice {
    const char *base; /* NULL if not said; "english", "none" or a file */
    const char **files;
    size_t count;
    bool hushed; /* pack text is read without its examples, which then need not hold */
} pack_choice;

void pack_choice_add(pack_choice *self, const char *file);
void pack_choice_free(pack_choice *self);

/* Where the problems of pack text are shown, and how many there were. */
typedef struct problem_report {
    bool on_output; /* on standard output, else on standard error */
    size_t errors, notes;
} problem_report;

/* The pack, a reference of the caller's own; or NULL, and what was wrong has been said. */
care_pack *pack_choice_open(const pack_choice *self, problem_report *report);

#endif
