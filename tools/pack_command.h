/* pack_command.h - the four commands on packs, and what they have in common. */
#ifndef TOOL_PACK_COMMAND_H
#define TOOL_PACK_COMMAND_H

#include "options.h"

/* A command on packs, its options read; `names` are the other arguments. Each gives an exit code. */
typedef struct pack_request {
    options shared;
    bool all_forms; /* show: however many */
    int count;
    char **names;
} pack_request;

int pack_compile(pack_request *self);
int pack_check(pack_request *self);
int pack_list(pack_request *self);
int pack_show(pack_request *self);

#endif
