/* context.h - the fourth step: in which contexts (negation, reported speech, a question ...) each candidate stands.
 *
 * Settled here once for all rules. Only sentences that hold a candidate which may be suppressed are looked at. */
#ifndef CARE_CONTEXT_H
#define CARE_CONTEXT_H

#include "scan.h"

/* Fills `contexts` of the candidates, which are in the order of sentences. */
void context_read(const care_pack *pack, const word_list *words, candidate_list *candidates);

#endif
