/* corpus.h - made-up conversations to measure with: ordinary words as often as in ordinary text, words that nobody knows, and,
 * in one turn of twelve, something that the pack listens for. The same seed gives the same bytes everywhere. */
#ifndef CARE_BENCH_CORPUS_H
#define CARE_BENCH_CORPUS_H

#include "oracle.h"

#include <stdint.h>

typedef struct corpus {
    char *text;      /* turns one after the other, each followed by a line break */
    size_t length;   /* bytes */
    care_turn *turns;
    size_t turn_count;
    uint64_t state;  /* of splitmix64 */
} corpus;

/* At least `bytes` bytes of turns; `common` are words in the order of their frequency. Leaves the program if memory runs out. */
corpus corpus_make(const oracle *pack, const char *const *common, size_t common_count, size_t bytes, uint64_t seed);
void corpus_free(corpus *self);

/* A number below `below`. */
uint32_t corpus_random(void *self, uint32_t below);

/* The words of the pack's `common` lines, in order; both the array and the text it points into are the caller's. */
size_t corpus_common_words(const char *source, size_t length, char *copy, const char **words, size_t room);

#endif
