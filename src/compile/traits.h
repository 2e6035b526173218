/* traits.h - which traits the words have (pack_format.h tells what these are), and what phrases and gates can tell by them.
 *
 * A gate tells in which company the words to its left and right must be for a match to hold it, and what else must stand in the
 * sentence; a phrase, what must. So most of what is met by chance is passed over without a look at the phrase. */
#ifndef CARE_TRAITS_H
#define CARE_TRAITS_H

#include "cut.h"
#include "vocabulary.h"

#define TRAITS_NEEDS 4u /* words that a phrase cannot do without: as many sets of them are looked for */

typedef struct phrase_traits {
    uint64_t before[PACK_MAX_POSITIONS], after[PACK_MAX_POSITIONS]; /* the company beside each position */
    pack_traits needs[TRAITS_NEEDS]; /* the rarest first */
    uint32_t need_count;
} phrase_traits;

typedef struct traits_table {
    const program *program;
    const vocabulary *words;
    uint8_t *companies, *tiers;             /* of each symbol: numbers of bits */
    uint64_t company_frequencies[64], tier_frequencies[64]; /* per million words */
    phrase_traits *phrases;
} traits_table;

/* Of all symbols and phrases; sets `needs` and `begins` of the latter. False if memory ran out. */
bool traits_build(program *self, const vocabulary *words, cut_network *scratch, traits_table *out);

/* What a gate of phrase `number`, that goes from symbol `left` to `right`, the same for a single word, can tell; kinds stand behind
 * the symbols. */
void traits_of_gate(const traits_table *self, uint32_t number, uint32_t left, uint32_t right, pack_gate *gate);

#endif
