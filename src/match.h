/* match.h - one phrase at one place: its automaton runs over the words. */
#ifndef CARE_MATCH_H
#define CARE_MATCH_H

#include "word.h"

/* The end of the longest match of `phrase` that starts at word `start` of `within`; 0 if there is none. */
uint32_t match_at(const care_pack *pack, const pack_phrase *phrase, const word_list *words, const sentence *within, uint32_t start);

/* The same in two steps: the positions at which a match that starts with this word may stand then; if there are some, whether it goes
 * on to an end. */
uint64_t match_begin(const care_pack *pack, const pack_phrase *phrase, const word *first);
uint32_t match_go_on(const care_pack *pack, const pack_phrase *phrase, const word_list *words, const sentence *within, uint32_t start,
                     uint64_t active);

/* Whether the phrase may stand among words that have these traits together; a look that rules out most. */
static inline bool match_may_stand(const pack_phrase *phrase, pack_traits together) {
    return pack_traits_meet(phrase->needs[0], together) && pack_traits_meet(phrase->needs[1], together);
}

/* The slots of a match [first, last): fills `slots` with the half-open word ranges of at most `room` slots in
 * order of place, and gives their number. */
typedef struct slot_range {
    uint32_t slot, first, last;
} slot_range;
uint32_t match_slots(const care_pack *pack, const pack_phrase *phrase, const word_list *words, uint32_t first, uint32_t last,
                     slot_range *slots, uint32_t room);

#endif
