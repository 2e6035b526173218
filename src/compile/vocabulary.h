/* vocabulary.h - forms to symbols: forms that no phrase can tell apart share one. */
#ifndef CARE_VOCABULARY_H
#define CARE_VOCABULARY_H

#include "program.h"

typedef struct vocabulary {
    uint32_t symbol_count; /* 0 is the unknown word's */
    uint32_t row_words;    /* 64-bit words of a symbol's row of class bits */
    uint64_t *rows;
    uint32_t *class_bits;  /* of each class: its bit, or PROGRAM_NONE if no position uses it */
    uint64_t *frequencies; /* of each symbol: per million words, the sum over its forms */
    pack_form *table;      /* the hash table */
    uint32_t table_size;
} vocabulary;

/* Makes it from program.phrases and program.forms; sets form.symbol and form.bucket. False on failure, told as a problem or
 * remembered by the arena. */
bool vocabulary_build(program *self, vocabulary *out);

#endif
