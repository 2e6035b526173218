/* match.c - see match.h. */
#include "match.h"

/* ---- One phrase at one place ---- */

static uint64_t followers(const pack_position *positions, uint64_t active) {
    uint64_t follow = 0;
    for (; active; active &= active - 1) follow |= positions[__builtin_ctzll(active)].follow;
    return follow;
}

/* Whether the phrase's edges allow it in this sentence at all. */
static bool edges_allow(const pack_phrase *phrase, const word_list *words, const sentence *within) {
    uint32_t edges = phrase->edges;
    if (edges & EDGES_AT_START && !(within->marks & SENTENCE_STARTS)) return false;
    if (edges & EDGE_TURN_START && within != words->sentences) return false;
    if (edges & EDGE_TURN_END && within != words->sentences + words->sentence_count - 1) return false;
    if (edges & EDGE_QUESTION && !(within->marks & SENTENCE_QUESTION)) return false;
    return !(edges & EDGE_EXCLAMATION) || within->marks & SENTENCE_EXCLAMATION;
}

/* No match ends before this word: the sentence's last if the phrase must end it, and never if it has no end. */
static uint32_t first_allowed_end(const pack_phrase *phrase, const sentence *within) {
    if (!(phrase->edges & EDGES_AT_END)) return 0;
    return within->marks & SENTENCE_ENDS ? within->last : UINT32_MAX;
}

uint32_t match_go_on(const care_pack *pack, const pack_phrase *phrase, const word_list *words, const sentence *within, uint32_t start,
                     uint64_t active) {
    if (phrase->edges & EDGES_AT_START && start != within->first) return 0;
    if (phrase->edges && !edges_allow(phrase, words, within)) return 0;
    const pack_position *positions = pack->positions + phrase->first_position;
    const word *next_word = words->words + start;
    uint32_t left = within->last - start, end = start + (left < phrase->max_words ? left : phrase->max_words);
    uint32_t longest = 0, first_end = first_allowed_end(phrase, within);
    for (uint32_t after = start + 1; active; after++) {
        if (active & phrase->accepts && after >= first_end) longest = after;
        if (after == end) break;
        active = followers(positions, active) & match_taking(pack, phrase, ++next_word);
    }
    return longest;
}

/* The slot of one of these positions: `before` if it can go on, else the first there is, else none. */
static uint16_t best_slot(const pack_position *positions, uint64_t here, uint16_t before) {
    uint16_t best = PACK_NONE16;
    for (; here; here &= here - 1) {
        uint16_t slot = positions[__builtin_ctzll(here)].slot;
        if (slot == before && before != PACK_NONE16) return before;
        if (slot < best) best = slot;
    }
    return best;
}

uint32_t match_slots(const care_pack *pack, const pack_phrase *phrase, const word_list *words, uint32_t first, uint32_t last,
                     slot_range *slots, uint32_t room) {
    const pack_position *positions = pack->positions + phrase->first_position;
    uint64_t reach[PACK_MAX_WORDS]; /* reach[i]: positions that can take word first + i and still reach the end at `last` */
    uint32_t count = last - first;
    for (uint32_t i = count; i--;) {
        uint64_t taken = match_taking(pack, phrase, words->words + first + i);
        reach[i] = i + 1 == count ? taken & phrase->accepts : 0;
        for (; i + 1 < count && taken; taken &= taken - 1)
            if (positions[__builtin_ctzll(taken)].follow & reach[i + 1]) reach[i] |= taken & (0 - taken);
    }
    /* Of several readings the one whose slots begin as early and are as long as they can be. */
    uint32_t found = 0;
    uint16_t slot = PACK_NONE16;
    uint64_t next = phrase->starts;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t here = next & reach[i];
        if (!here) return found;
        uint16_t best = best_slot(positions, here, slot);
        bool goes_on = best == slot && found && slots[found - 1].last == first + i;
        slot = best;
        next = 0;
        for (; here; here &= here - 1)
            if (positions[__builtin_ctzll(here)].slot == slot) next |= positions[__builtin_ctzll(here)].follow;
        if (slot == PACK_NONE16) continue;
        if (goes_on) {
            slots[found - 1].last++;
        } else if (found < room) {
            slots[found].slot = slot;
            slots[found].first = first + i;
            slots[found++].last = first + i + 1;
        }
    }
    return found;
}
