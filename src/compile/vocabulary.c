/* vocabulary.c - see vocabulary.h. */
#include "vocabulary.h"
#include "../form.h"
#include "spelling.h"

#include <string.h>

/* A word that the pack's frequency list lacks. */
#define RARE_FREQUENCY 20u

static void use_class(vocabulary *self, uint32_t class_index, uint32_t *bits) {
    if (class_index != PROGRAM_NONE && self->class_bits[class_index] == PROGRAM_NONE) self->class_bits[class_index] = (*bits)++;
}

/* Gives a bit to every class that some position accepts, in the order of the phrases. */
static bool number_classes(program *self, vocabulary *out) {
    size_t class_count = self->classes.count;
    out->class_bits = arena_take(self->arena, (class_count + 1) * sizeof *out->class_bits);
    if (!out->class_bits) return false;
    for (size_t i = 0; i < class_count; i++) out->class_bits[i] = PROGRAM_NONE;
    uint32_t bits = 0;
    for (size_t i = 0; i < self->phrase_count; i++)
        for (uint32_t p = 0; p < self->phrases[i].position_count; p++) use_class(out, self->phrases[i].positions[p].class_index, &bits);
    out->row_words = bits / 64 + 1;
    return true;
}

static uint64_t *form_rows(program *self, const vocabulary *out) {
    uint64_t *rows = arena_take(self->arena, (self->form_texts.count + 1) * out->row_words * sizeof *rows);
    for (size_t class_index = 0; rows && class_index < self->classes.count; class_index++) {
        uint32_t bit = out->class_bits[class_index], count;
        if (bit == PROGRAM_NONE) continue;
        const uint32_t *forms = spelling_forms(self, (uint32_t)class_index, &count);
        for (uint32_t i = 0; i < count; i++) rows[(size_t)forms[i] * out->row_words + bit / 64] |= UINT64_C(1) << (bit % 64);
    }
    return rows;
}

static bool number_symbols(program *self, const uint64_t *rows, vocabulary *out) {
    interner symbols = {.arena = self->arena};
    uint32_t row_bytes = out->row_words * (uint32_t)sizeof *rows;
    uint64_t *none = arena_take(self->arena, row_bytes);
    if (!none || intern(&symbols, none, row_bytes) == INTERN_NONE) return false;
    out->frequencies = arena_take(self->arena, (self->form_texts.count + 1) * sizeof *out->frequencies);
    if (!out->frequencies) return false;
    for (size_t i = 0; i < self->form_texts.count; i++) {
        uint32_t symbol = intern(&symbols, rows + i * out->row_words, row_bytes);
        if (symbol == INTERN_NONE) return false;
        if (symbol >= PACK_MAX_SYMBOLS) {
            place start = {0, 1, 1};
            problems_add(self->problems, start, CARE_SEVERITY_ERROR, CARE_E_LIMIT,
                         "the pack's phrases tell more than 32,000 groups of words apart");
            return false;
        }
        self->forms[i].symbol = (uint16_t)symbol;
        out->frequencies[symbol] += self->forms[i].frequency ? self->forms[i].frequency : RARE_FREQUENCY;
    }
    out->symbol_count = (uint32_t)symbols.count;
    out->rows = arena_take(self->arena, symbols.count * row_bytes);
    for (size_t i = 0; out->rows && i < symbols.count; i++) memcpy(out->rows + i * out->row_words, symbols.items[i].at, row_bytes);
    return out->rows != NULL;
}

/* Lists the symbols of each class, so that nobody need look for them among all. */
static bool list_members(program *self, vocabulary *out) {
    uint32_t bits = 64 * out->row_words;
    out->first_member = arena_take(self->arena, (bits + 1) * sizeof *out->first_member);
    uint32_t *next = arena_take(self->arena, (bits + 1) * sizeof *next);
    if (!out->first_member || !next) return false;
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t s = 1; s < out->symbol_count; s++)
            for (uint32_t w = 0; w < out->row_words; w++)
                for (uint64_t row = out->rows[(size_t)s * out->row_words + w]; row; row &= row - 1) {
                    uint32_t bit = 64 * w + (uint32_t)__builtin_ctzll(row);
                    if (pass) out->members[next[bit]++] = (uint16_t)s;
                    else out->first_member[bit + 1]++;
                }
        for (uint32_t bit = 0; !pass && bit < bits; bit++) next[bit + 1] = out->first_member[bit + 1] += out->first_member[bit];
        if (!pass) out->members = arena_take(self->arena, (out->first_member[bits] + 1) * sizeof *out->members);
        if (!out->members) return false;
    }
    return true;
}

static void put_in_table(program *self, vocabulary *out, size_t number) {
    const slice *text = self->form_texts.items + number;
    pack_form made = {0, 0, self->forms[number].symbol, (uint16_t)(self->forms[number].flags | (text->length > 12 ? FORM_LONG : 0))};
    form_key((const unsigned char *)text->at, text->length, &made.head, &made.tail);
    uint32_t at = (uint32_t)pack_hash_form(made.head, made.tail) & (out->table_size - 1);
    if (out->table[at].flags) out->table[at].flags |= FORM_SHARED;
    while (out->table[at].flags) at = (at + 1) & (out->table_size - 1);
    out->table[at] = made;
    self->forms[number].bucket = at;
}

/* Whether texts need to know the form. Some were named only to tell how frequent they are. */
static bool is_needed(const form *at) {
    return at->flags != FORM_USED || at->symbol || at->is_neighbour;
}

/* The written table: two thirds full at most. Frequent words come first, and so stand where they are looked for. */
static bool make_table(program *self, vocabulary *out) {
    size_t needed = 0;
    for (size_t i = 0; i < self->form_texts.count; i++) {
        self->forms[i].bucket = PROGRAM_NONE;
        needed += is_needed(self->forms + i);
    }
    out->table_size = 64;
    while (out->table_size - out->table_size / 3 < needed + 2) out->table_size *= 2;
    out->table = arena_take(self->arena, out->table_size * sizeof *out->table);
    if (!out->table) return false;
    for (size_t i = 0; i < self->form_texts.count; i++)
        if (self->forms[i].frequency && is_needed(self->forms + i)) put_in_table(self, out, i);
    for (size_t i = 0; i < self->form_texts.count; i++)
        if (!self->forms[i].frequency && is_needed(self->forms + i)) put_in_table(self, out, i);
    return true;
}

bool vocabulary_build(program *self, vocabulary *out) {
    memset(out, 0, sizeof *out);
    if (!number_classes(self, out)) return false;
    const uint64_t *rows = form_rows(self, out);
    return rows && number_symbols(self, rows, out) && list_members(self, out) && make_table(self, out);
}
