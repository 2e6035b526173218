/* pack_catalogue.h - a linked pack as `care pack list` and `care pack show` go through it. */
#ifndef TOOL_PACK_CATALOGUE_H
#define TOOL_PACK_CATALOGUE_H

#include "pack_command.h"

typedef struct catalogue {
    const pack_request *request;
    care_pack *pack;
    care_pack_info info;
    terminal screen;
    uint32_t *rule_counts; /* by signal */
} catalogue;

/* False, and what was wrong has been said, if there is no pack. To be closed in any case. */
bool catalogue_open(catalogue *self, const pack_request *request);
void catalogue_close(catalogue *self);

care_signal_info catalogue_signal(const catalogue *self, uint32_t index);

const char *catalogue_polarity(int32_t polarity);

/* "agent, leader"; a bot is left out beside an agent, as whom it is judged, and all roles but the system's are "anyone". */
void catalogue_name_roles(uint32_t roles, buffer *out);

/* "negated, asked": the contexts whose bits are set in `mask`; nothing if there are none. */
void catalogue_name_contexts(const catalogue *self, uint32_t mask, buffer *out);

/* "crowd, machine": what the layers' texts name by statements of this kind, in their order. */
void catalogue_name_statements(const catalogue *self, const char *kind, buffer *out);

/* What stands before object `first` or a later one, and after the last: an array, or an object a line. */
void catalogue_separate(const catalogue *self, bool first);
void catalogue_close_array(const catalogue *self, bool any);

/* The signal as a JSON object that is still open. */
void catalogue_write_signal(const catalogue *self, uint32_t index);

#endif
