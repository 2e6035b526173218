/* word.h - the second step: tokens to words.
 *
 * Mostly one token is one word, and most sentences hold no others: they are taken as they are. A contraction or a clitic makes
 * two of one; fillers, words cut off and stammered repetitions are dropped, so that they use up no gap. */
#ifndef CARE_WORD_H
#define CARE_WORD_H

#include "token.h"

#define WORD_COMMA TOKEN_COMMA
#define WORD_QUOTED TOKEN_QUOTED
#define WORD_CLITIC 64u /* beside the bits of tokens: the end of one, whose beginning is the word before unless that was dropped */

typedef token word; /* of its marks only WORD_... tell something now */

/* A run of words, half-open. */
typedef struct sentence {
    uint32_t first, last;
    uint32_t marks;
    uint32_t triggers;    /* once scanned (scan.c): those that some word may begin, as bits of pack_symbol_gate.triggers, */
    pack_traits together; /* and the traits of all words */
} sentence;

typedef struct word_list {
    word *words;
    sentence *sentences; /* over words; none is empty or longer than PACK_MAX_SENTENCE */
    size_t word_count, word_room, sentence_count, sentence_room;
} word_list;

/* Reads the words of `tokens`, which were read from `text`, into `list`. False if memory ran out. */
bool word_read(const care_pack *pack, const unsigned char *text, const token_list *tokens, const care_allocator *allocator,
               word_list *list);

static inline pack_traits word_traits(const care_pack *pack, const word *at) {
    const pack_symbol_gate *gate = pack->symbol_gates + at->symbol;
    uint64_t kinds = (at->kinds != 0) * TRAITS_KINDS;
    pack_traits made = {UINT64_C(1) << gate->company | kinds, UINT64_C(1) << gate->tier | kinds};
    return made;
}

#endif
