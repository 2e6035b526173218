/* match.h - one phrase at one place: its automaton runs over the words. */
#ifndef CARE_MATCH_H
#define CARE_MATCH_H

#include "word.h"

#include <string.h>

/* ---- Steps of an automaton ---- */

typedef uint16_t match_lanes __attribute__((vector_size(16)));

_Static_assert(sizeof(match_lanes) == sizeof(pack_taking), "a bucket's symbols are the lower lanes, their masks the upper ones");

/* The positions that take `symbol`, besides those that take any word. Its bucket's symbols are compared at once; what comes of comparing
 * its masks, too, is not looked at. */
static inline uint64_t match_taking_symbol(const care_pack *pack, const pack_phrase *phrase, uint32_t symbol) {
    const pack_taking *bucket = pack->takings + phrase->first_taking + pack_hash_taking(symbol, phrase->factor, phrase->taking_shift);
    const uint16_t wanted = (uint16_t)symbol;
    match_lanes lanes;
    uint64_t same[2], masks;
    memcpy(&lanes, bucket, sizeof lanes);
    lanes = (match_lanes)(lanes == (match_lanes){wanted, wanted, wanted, wanted, wanted, wanted, wanted, wanted});
    memcpy(same, &lanes, sizeof same);
    memcpy(&masks, bucket->masks, sizeof masks);
    uint64_t mask = (masks & same[0]) * UINT64_C(0x0001000100010001) >> 48; /* one of them at most is left (verify.c): their sum */
    return pack->masks[phrase->first_mask + mask];
}

/* The positions that take the word. */
static inline uint64_t match_taking(const care_pack *pack, const pack_phrase *phrase, const word *at) {
    uint64_t positions = phrase->any | match_taking_symbol(pack, phrase, at->symbol);
    for (uint32_t kinds = at->kinds & phrase->kinds; kinds; kinds &= kinds - 1)
        positions |= match_taking_symbol(pack, phrase, pack->symbol_count + (uint32_t)__builtin_ctz(kinds));
    return positions;
}

/* The positions at which a match that begins with this word may stand then. */
static inline uint64_t match_begin(const care_pack *pack, const pack_phrase *phrase, const word *first) {
    return phrase->starts & match_taking(pack, phrase, first);
}

/* ---- Matches ---- */

/* The end of the longest match that begins with word `start` of `within`, at these positions; 0 if there is none. */
uint32_t match_go_on(const care_pack *pack, const pack_phrase *phrase, const word_list *words, const sentence *within, uint32_t start,
                     uint64_t active);

/* The same from the beginning. */
static inline uint32_t match_at(const care_pack *pack, const pack_phrase *phrase, const word_list *words, const sentence *within,
                                uint32_t start) {
    uint64_t active = match_begin(pack, phrase, words->words + start);
    return active ? match_go_on(pack, phrase, words, within, start, active) : 0;
}

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
