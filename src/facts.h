/* facts.h - what has been decided about the turn being read: which concepts stand where. Guards ask it. */
#ifndef CARE_FACTS_H
#define CARE_FACTS_H

#include "scan.h"

/* A concept stands at words [first, last) of a sentence. */
typedef struct fact {
    uint32_t sentence, first, last;
} fact;

typedef struct fact_list {
    fact *items;
    size_t count, room;
    uint64_t *set;         /* the concepts that stand in the turn, as bits */
    uint64_t *asked;       /* of cues that are looked for on demand: those that were */
    uint32_t *run_first;   /* of each of these: its facts, */
    uint32_t *run_count;   /* in order of sentences */
    bool is_clear;         /* since it was cleared nothing was added or asked for, as in most turns */
} fact_list;

/* Forgets all facts. */
void facts_clear(fact_list *self, uint32_t concept_count);

/* Whether on-demand cue `concept` was looked for in this turn; from now on it was. */
bool facts_ask(fact_list *self, uint32_t concept);

/* Adds a fact. The facts of one concept are added one after the other in order of sentences. False if memory ran out. */
bool facts_add(fact_list *self, const care_allocator *allocator, uint32_t concept, uint32_t at_sentence, uint32_t first, uint32_t last);

bool facts_in_turn(const fact_list *self, uint32_t concept);

/* Whether some fact of `concept` stands where `where` (PACK_IN_SENTENCE ... PACK_HERE, not BEFORE) says, seen from `at`;
 * `number` is the words of LEFT and RIGHT. */
bool facts_stand(const fact_list *self, uint32_t concept, uint32_t where, uint32_t number, const candidate *at);

#endif
