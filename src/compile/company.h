/* company.h - which words can stand beside a gate.
 *
 * A word tells of itself one bit of 64, its company; a gate, in which company the words to its left and right must be for a
 * match to hold it. So most gates that are met by chance are passed over without a look at their phrase. */
#ifndef CARE_COMPANY_H
#define CARE_COMPANY_H

#include "program.h"
#include "vocabulary.h"

typedef struct company_table {
    const program *program;
    const vocabulary *words;
    uint8_t *of_symbols;                                                  /* numbers of bits */
    uint64_t (*before)[PACK_MAX_POSITIONS], (*after)[PACK_MAX_POSITIONS]; /* of each phrase's positions */
} company_table;

/* Of all symbols, and of the phrases with has_gates. False if memory ran out. */
bool company_build(const program *self, const vocabulary *words, company_table *out);

/* The company before and after a gate of phrase `number` that goes from symbol `left` to `right`, the same for a single word; kinds
 * stand behind the symbols. */
void company_of_gate(const company_table *self, uint32_t number, uint32_t left, uint32_t right, uint64_t *before, uint64_t *after);

#endif
