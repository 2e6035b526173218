/* automaton.h - phrases to position automata (Glushkov's construction): every word of the phrase is a position, and what may
 * come after it a set of positions. */
#ifndef CARE_AUTOMATON_H
#define CARE_AUTOMATON_H

#include "program.h"

/* Builds the automaton of `tree`, owned by rule `rule` (PROGRAM_NONE: a context's), and gives its number in program.phrases;
 * PROGRAM_NONE if it has none, which is a problem that was told. */
uint32_t automaton_build(program *self, const phrase *tree, uint32_t edges, uint32_t rule);

#endif
