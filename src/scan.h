/* scan.h - the third step: words to candidates, every place where the words of some rule's phrase stand.
 *
 * The scan looks at each word's gates only; a phrase is tried (match.c) where one of its gates is met. */
#ifndef CARE_SCAN_H
#define CARE_SCAN_H

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
 * longest match at the leftmost start, then on from its end. Sets `triggers` and `together` of the sentences. list->next_start has
 * room for the pack's phrases. False if memory ran out. */
bool scan_read(const care_pack *pack, word_list *words, uint32_t roles, const care_allocator *allocator, candidate_list *list);

/* Sorts by concept, then place, then rule: no two candidates are alike. */
void scan_sort(candidate *items, size_t count);

#endif
