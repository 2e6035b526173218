/* traits.c - see traits.h. */
#include "traits.h"
#include "../sort.h"

#include <string.h>

/* ---- Symbols ---- */

static bool by_frequency(const void *context, const void *left, const void *right) {
    const uint64_t *frequencies = context;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return frequencies[a] != frequencies[b] ? frequencies[a] > frequencies[b] : a < b;
}

/* Words that no phrase knows are one symbol, 0, and have bits of their own. The others take turns by frequency. */
static bool choose(traits_table *self) {
    uint32_t count = self->words->symbol_count - 1, turns = TRAITS_COUNT - 1;
    uint32_t *ranked = arena_take(self->program->arena, (count + 1) * sizeof *ranked);
    if (!ranked) return false;
    for (uint32_t i = 0; i < count; i++) ranked[i] = i + 1;
    sort(ranked, count, sizeof *ranked, by_frequency, self->words->frequencies);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t company = 1 + i % turns, tier = 1 + i / turns % turns;
        self->companies[ranked[i]] = (uint8_t)company;
        self->tiers[ranked[i]] = (uint8_t)tier;
        self->company_frequencies[company] += self->words->frequencies[ranked[i]];
        self->tier_frequencies[tier] += self->words->frequencies[ranked[i]];
    }
    return true;
}

/* ---- Phrases ---- */

/* The traits of the words that a position takes. */
static pack_traits traits_at(const traits_table *self, const position *at) {
    const pack_traits all = {COMPANY_ANY & ~COMPANY_EDGE, UINT64_MAX};
    if (at->any) return all;
    pack_traits made = {at->kinds ? TRAITS_KINDS : 0, at->kinds ? TRAITS_KINDS : 0};
    uint32_t count;
    const uint16_t *members = vocabulary_members(self->words, at->class_index, &count);
    for (uint32_t i = 0; i < count; i++) {
        made.company |= UINT64_C(1) << self->companies[members[i]];
        made.tier |= UINT64_C(1) << self->tiers[members[i]];
    }
    return made;
}

/* Where a match may begin or end, anything may stand beside it; nothing, if the sentence must begin or end there. */
static void find_neighbours(const built_phrase *phrase_at, const pack_traits *at, phrase_traits *out) {
    for (uint32_t p = 0; p < phrase_at->position_count; p++) {
        if (phrase_at->starts >> p & 1) out->before[p] = phrase_at->edges & EDGES_AT_START ? COMPANY_EDGE : COMPANY_ANY;
        if (phrase_at->accepts >> p & 1) out->after[p] = phrase_at->edges & EDGES_AT_END ? COMPANY_EDGE : COMPANY_ANY;
    }
    for (uint32_t p = 0; p < phrase_at->position_count; p++)
        for (uint32_t q = 0; q < phrase_at->position_count; q++) {
            if (!(phrase_at->positions[p].follow >> q & 1)) continue;
            out->before[q] |= at[p].company;
            out->after[p] |= at[q].company;
        }
}

static uint64_t frequency_of(const uint64_t *frequencies, uint64_t bits) {
    uint64_t sum = bits & TRAITS_KINDS ? VOCABULARY_KIND_FREQUENCY : 0;
    for (bits &= ~(TRAITS_KINDS | COMPANY_EDGE); bits; bits &= bits - 1) sum += frequencies[__builtin_ctzll(bits)];
    return sum;
}

/* How often a word has these traits, per million words: the rarer of the two tells. */
static int64_t cost_of(const traits_table *self, pack_traits at) {
    uint64_t company = frequency_of(self->company_frequencies, at.company), tier = frequency_of(self->tier_frequencies, at.tier);
    return (int64_t)(company < tier ? company : tier) + 1;
}

/* Finds sets of words, each the rarest that shares no position with those before, of which no match can do without one. */
static void find_needs(const traits_table *self, const built_phrase *phrase_at, const pack_traits *at, cut_network *scratch,
                       phrase_traits *out) {
    uint64_t used = cut_any_positions(phrase_at);
    for (out->need_count = 0; out->need_count < TRAITS_NEEDS; out->need_count++) {
        cut_lay_out(scratch, phrase_at);
        for (uint32_t p = 0; p < phrase_at->position_count; p++)
            scratch->capacity[2 * p][2 * p + 1] = used >> p & 1 ? CUT_NEVER : cost_of(self, at[p]);
        if (cut_find(scratch) >= CUT_NEVER) return;
        pack_traits found = {0, 0};
        for (uint32_t p = 0; p < phrase_at->position_count; p++) {
            if (!cut_holds_position(scratch, p)) continue;
            found.company |= at[p].company;
            found.tier |= at[p].tier;
            used |= UINT64_C(1) << p;
        }
        out->needs[out->need_count] = found;
    }
}

static void read_phrase(const traits_table *self, built_phrase *phrase_at, cut_network *scratch, phrase_traits *out) {
    const pack_traits all = {UINT64_MAX, UINT64_MAX}, none = {0, 0};
    pack_traits at[PACK_MAX_POSITIONS];
    phrase_at->begins = none;
    for (uint32_t p = 0; p < phrase_at->position_count; p++) {
        at[p] = traits_at(self, phrase_at->positions + p);
        if (!(phrase_at->starts >> p & 1)) continue;
        phrase_at->begins.company |= at[p].company;
        phrase_at->begins.tier |= at[p].tier;
    }
    find_neighbours(phrase_at, at, out);
    find_needs(self, phrase_at, at, scratch, out);
    for (uint32_t i = 0; i < PACK_NEEDS; i++) phrase_at->needs[i] = i < out->need_count ? out->needs[i] : all;
}

bool traits_build(program *self, const vocabulary *words, cut_network *scratch, traits_table *out) {
    memset(out, 0, sizeof *out);
    out->program = self;
    out->words = words;
    out->companies = arena_take(self->arena, words->symbol_count);
    out->tiers = arena_take(self->arena, words->symbol_count);
    out->phrases = arena_take(self->arena, (self->phrase_count + 1) * sizeof *out->phrases);
    if (!out->companies || !out->tiers || !out->phrases || !choose(out)) return false;
    for (uint32_t i = 0; i < self->phrase_count; i++) read_phrase(out, self->phrases + i, scratch, out->phrases + i);
    return true;
}

/* ---- Gates ---- */

static bool takes(const vocabulary *words, const position *at, uint32_t symbol) {
    if (symbol >= words->symbol_count) return at->kinds >> (symbol - words->symbol_count) & 1;
    return at->class_index != PROGRAM_NONE && vocabulary_has(words, symbol, at->class_index);
}

static pack_traits traits_of(const traits_table *self, uint32_t symbol) {
    const pack_traits kind = {TRAITS_KINDS, TRAITS_KINDS};
    if (symbol >= self->words->symbol_count) return kind;
    pack_traits made = {UINT64_C(1) << self->companies[symbol], UINT64_C(1) << self->tiers[symbol]};
    return made;
}

void traits_of_gate(const traits_table *self, uint32_t number, uint32_t left, uint32_t right, pack_gate *gate) {
    const pack_traits all = {UINT64_MAX, UINT64_MAX};
    const built_phrase *phrase_at = self->program->phrases + number;
    const phrase_traits *known = self->phrases + number;
    gate->before = gate->after = 0;
    for (uint32_t p = 0; p < phrase_at->position_count; p++) {
        if (takes(self->words, phrase_at->positions + p, left)) gate->before |= known->before[p];
        if (takes(self->words, phrase_at->positions + p, right)) gate->after |= known->after[p];
    }
    /* What the gate's own words meet tells nothing more. */
    gate->needs = all;
    for (uint32_t i = 0; i < known->need_count; i++) {
        if (pack_traits_meet(known->needs[i], traits_of(self, left)) || pack_traits_meet(known->needs[i], traits_of(self, right))) continue;
        gate->needs = known->needs[i];
        return;
    }
}
