/* match.h - the third step: words to candidates, every place where the words of some rule's phrase stand.
 *
 * The scan looks at each word's gates only; a phrase's automaton runs where one of its gates is met. */
#ifndef CARE_MATCH_H
#define CARE_MATCH_H

#include "word.h"

/* Rule `rule`, of concept `concept`, matches words [first, last) of sentence `sentence`. */
typedef struct candidate {
    uint32_t rule, sentence, first, last;
    uint16_t concept;
    uint16_t contexts;      /* bit n: it stands in context n (context.c) */
    uint32_t suppressed_by; /* CARE_SUPPRESSED_... (decide.c) */
} candidate;

typedef struct candidate_list {
    candidate *items;
    size_t count, room;
    uint32_t *next_start; /* one a phrase: words before it were tried; counted from `base` on so that it need not be cleared */
    uint32_t base;
} candidate_list;

/* Finds all candidates in `words` that somebody of the roles in `roles` (bits) may say, sentence by sentence: of each phrase the
 * longest match at the leftmost start, then on from its end. False if memory ran out. list->next_start has room for the pack's
 * phrases. */
bool match_read(const care_pack *pack, const word_list *words, uint32_t roles, const care_allocator *allocator, candidate_list *list);

/* The end of the longest match of `phrase` that starts at word `start` of `within`; 0 if there is none. */
uint32_t match_at(const care_pack *pack, const pack_phrase *phrase, const word_list *words, const sentence *within, uint32_t start);

/* Sorts by concept, then place, then rule: no two candidates are alike. */
void match_sort(candidate *items, size_t count);

/* The slots of a match [first, last): calls nothing, fills `slots` with the half-open word ranges of at most `room` slots in
 * order of place, and gives their number. */
typedef struct slot_range {
    uint32_t slot, first, last;
} slot_range;
uint32_t match_slots(const care_pack *pack, const pack_phrase *phrase, const word_list *words, uint32_t first, uint32_t last,
                     slot_range *slots, uint32_t room);

#endif
