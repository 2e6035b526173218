/* soup.h - random conversations that are full of what a pack listens for, and of everything that is hard to read. */
#ifndef CARE_TESTS_SOUP_H
#define CARE_TESTS_SOUP_H

#include "oracle.h"

#define SOUP_TURNS 8u
#define SOUP_BYTES 65536u

typedef struct soup {
    uint64_t state; /* of splitmix64 */
    const oracle *oracle;
    char bytes[SOUP_BYTES];
    size_t used;
    care_turn turns[SOUP_TURNS];
    size_t count;
} soup;

uint32_t soup_random(void *soup, uint32_t below);

/* Makes the next conversation: self->turns, self->count of them, valid until the next call. */
void soup_next(soup *self);

#endif
