/* resolve.h - names to things: what every list, cue, signal and layer adds up to, and in which order it is decided. */
#ifndef CARE_RESOLVE_H
#define CARE_RESOLVE_H

#include "program.h"

/* Fills the program's tables from its statements. Mistakes become problems. */
void resolve_program(program *self);

/* The concepts that a reference ("cue.x", "a.b", "a.*") names, for a rule of concept number `user`; with `any_order` also
 * those decided later. Their numbers go to *numbers; gives how many. 0 is a problem that was told. */
uint32_t resolve_reference(program *self, slice name, place where, uint32_t user, bool any_order, uint32_t **numbers);

/* A context's number, or PROGRAM_NONE after telling the problem. */
uint32_t resolve_context(program *self, slice name, place where);

/* A list or slot by name, or NULL after telling the problem. */
named_phrase *resolve_named(program *self, named_table *table, slice name, place where, const char *what);

/* Notes lists, slots and cues that nothing refers to, once all phrases are built and all guards lowered. */
void resolve_note_unused(program *self);

#endif
