/* lower.h - concepts, rules, guards and contexts to the records that the runtime reads. */
#ifndef CARE_LOWER_H
#define CARE_LOWER_H

#include "block.h"

/* Builds every phrase and adds the concepts, rules, guards, conditions, yields, contexts, triggers, conversation rules, signals,
 * slots, answers and speakers to `to`. Phrases and words are added later, by write.c. Mistakes become problems. */
void lower_program(program *self, block *to);

#endif
