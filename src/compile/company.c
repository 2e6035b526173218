/* company.c - see company.h. */
#include "company.h"
#include "../sort.h"

static bool by_frequency(const void *context, const void *left, const void *right) {
    const uint64_t *frequencies = context;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return frequencies[a] != frequencies[b] ? frequencies[a] > frequencies[b] : a < b;
}

/* Words that no phrase knows are one symbol, 0, and company of their own. The others take turns by frequency, so that no two of
 * the most frequent are taken for each other. */
static bool choose(company_table *self) {
    uint32_t count = self->words->symbol_count - 1, *ranked = arena_take(self->program->arena, (count + 1) * sizeof *ranked);
    if (!ranked) return false;
    for (uint32_t i = 0; i < count; i++) ranked[i] = i + 1;
    sort(ranked, count, sizeof *ranked, by_frequency, self->words->frequencies);
    for (uint32_t i = 0; i < count; i++) self->of_symbols[ranked[i]] = (uint8_t)(1 + i % (COMPANY_COUNT - 1));
    return true;
}

/* In whose company the words are that a position takes. */
static uint64_t company_at(const company_table *self, const position *at) {
    if (at->any) return COMPANY_ANY & ~COMPANY_EDGE;
    uint64_t bits = at->kinds ? COMPANY_KINDS : 0;
    for (uint32_t s = 1; at->class_index != PROGRAM_NONE && s < self->words->symbol_count; s++)
        if (vocabulary_has(self->words, s, at->class_index)) bits |= UINT64_C(1) << self->of_symbols[s];
    return bits;
}

/* Where a match may begin or end, anything may stand beside it. */
static void find_company(company_table *self, uint32_t number) {
    const built_phrase *phrase_at = self->program->phrases + number;
    uint64_t *before = self->before[number], *after = self->after[number];
    for (uint32_t p = 0; p < phrase_at->position_count; p++) {
        if (phrase_at->starts >> p & 1) before[p] = COMPANY_ANY;
        if (phrase_at->accepts >> p & 1) after[p] = COMPANY_ANY;
    }
    for (uint32_t p = 0; p < phrase_at->position_count; p++) {
        uint64_t here = company_at(self, phrase_at->positions + p);
        for (uint32_t q = 0; q < phrase_at->position_count; q++) {
            if (phrase_at->positions[p].follow >> q & 1) before[q] |= here;
            if (phrase_at->positions[q].follow >> p & 1) after[q] |= here;
        }
    }
}

bool company_build(const program *self, const vocabulary *words, company_table *out) {
    out->program = self;
    out->words = words;
    out->of_symbols = arena_take(self->arena, words->symbol_count);
    out->before = arena_take(self->arena, (self->phrase_count + 1) * sizeof *out->before);
    out->after = arena_take(self->arena, (self->phrase_count + 1) * sizeof *out->after);
    if (!out->of_symbols || !out->before || !out->after || !choose(out)) return false;
    for (uint32_t i = 0; i < self->phrase_count; i++)
        if (self->phrases[i].has_gates) find_company(out, i);
    return true;
}

static bool takes(const vocabulary *words, const position *at, uint32_t symbol) {
    if (symbol >= words->symbol_count) return at->kinds >> (symbol - words->symbol_count) & 1;
    return at->class_index != PROGRAM_NONE && vocabulary_has(words, symbol, at->class_index);
}

void company_of_gate(const company_table *self, uint32_t number, uint32_t left, uint32_t right, uint64_t *before, uint64_t *after) {
    const built_phrase *phrase_at = self->program->phrases + number;
    *before = *after = 0;
    for (uint32_t p = 0; p < phrase_at->position_count; p++) {
        if (takes(self->words, phrase_at->positions + p, left)) *before |= self->before[number][p];
        if (takes(self->words, phrase_at->positions + p, right)) *after |= self->after[number][p];
    }
}
