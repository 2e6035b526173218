/* pack_names.h - the files of packs that the command line names, with those that a list of files names. */
#ifndef TOOL_PACK_NAMES_H
#define TOOL_PACK_NAMES_H

#include "common.h"

typedef struct pack_names {
    char **items;
    size_t count;
} pack_names;

/* Adds a file, or, for "@FILE", the files that stand in it, a name a line, as seen from its folder. False if it cannot be read or
 * names none, which has been said. */
bool pack_names_add(pack_names *self, const char *name);

void pack_names_free(pack_names *self);

#endif
