/* vocabulary.h - forms to symbols: forms that no phrase can tell apart share one. */
#ifndef CARE_VOCABULARY_H
#define CARE_VOCABULARY_H

#include "program.h"

#define VOCABULARY_KIND_FREQUENCY 20000 /* of numbers, names ...: per million tokens, roughly */

typedef struct vocabulary {
    uint32_t symbol_count; /* 0 is the unknown word's */
    uint32_t row_words;    /* 64-bit words of a symbol's row of class bits */
    uint64_t *rows;
    uint32_t *class_bits;  /* of each class: its bit, or PROGRAM_NONE if no position uses it */
    uint16_t *members;     /* the symbols of each class, in order, */
    uint32_t *first_member; /* and where those of each class's bit begin; behind the last bit, where they end */
    uint64_t *frequencies; /* of each symbol: per million words, the sum over its forms */
    pack_form *table;      /* the hash table */
    uint32_t table_size;
} vocabulary;

/* Makes it from program.phrases and program.forms; sets form.symbol and form.bucket. False on failure, told as a problem or
 * remembered by the arena. */
bool vocabulary_build(program *self, vocabulary *out);

/* Whether the symbol, from 1 on, is one of the class's. */
static inline bool vocabulary_has(const vocabulary *self, uint32_t symbol, uint32_t class_index) {
    uint32_t bit = self->class_bits[class_index];
    return self->rows[(size_t)symbol * self->row_words + bit / 64] >> (bit % 64) & 1;
}

/* The symbols of a class, in order, and their number; none of PROGRAM_NONE. */
static inline const uint16_t *vocabulary_members(const vocabulary *self, uint32_t class_index, uint32_t *count) {
    uint32_t bit = class_index == PROGRAM_NONE ? PROGRAM_NONE : self->class_bits[class_index];
    *count = bit == PROGRAM_NONE ? 0 : self->first_member[bit + 1] - self->first_member[bit];
    return *count ? self->members + self->first_member[bit] : NULL;
}

#endif
