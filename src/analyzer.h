/* analyzer.h - the analyzer's inside, for conversation.c. */
#ifndef CARE_ANALYZER_H
#define CARE_ANALYZER_H

#include "finding.h"
#include "offset.h"

/* Every array grows to the largest batch seen and is kept, so that a warm call allocates nothing. */
struct care_analyzer {
    care_allocator allocator;
    care_pack *pack;
    bool strict;
    token_list tokens;
    word_list words;
    candidate_list candidates;
    fact_list facts, on_demand;
    verdict_list verdicts;
    finding_list findings;
    uint8_t *turn_flags;
    size_t turn_flag_room;
    history *state;            /* of the conversation in a batch, or of a draft */
    care_word *shown_words;    /* for care_analyzer_words */
    size_t shown_word_room;
    unsigned char *narrowed;   /* UTF-8 made from UTF-16 */
    size_t narrowed_room;
    offset_index offsets;      /* of a turn that wants other units than bytes */
};

/* Forgets the last result. */
void analyzer_begin(care_analyzer *self);

/* Reads one turn, number `turn_index`, under `state`, which it moves on. Its flags go to *flags. */
care_status analyzer_read(care_analyzer *self, const care_turn *turn, uint32_t turn_index, history *state, uint8_t *flags,
                          care_error *error);

/* Points `result` at what has been found in `turn_count` turns. */
void analyzer_result(const care_analyzer *self, size_t turn_count, care_result *result);

#endif
