/* texts.h - for property tests: a toy pack, and as many random texts as one likes, the same ones each time. */
#ifndef CARE_TESTS_TEXTS_H
#define CARE_TESTS_TEXTS_H

#include "compare.h"
#include "soup.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXTS_CONVERSATIONS 400

typedef struct texts {
    pair pair;
    soup soup;
} texts;

static inline texts *texts_open(const char *pack, uint64_t seed) {
    texts *self = calloc(1, sizeof *self);
    char name[4096];
    char *layers[] = {name};
    cr_assert_not_null(self);
    snprintf(name, sizeof name, "%s/tests/packs/%s", CARE_SOURCE_DIRECTORY, pack);
    cr_assert(pair_open(&self->pair, layers, 1));
    self->soup.state = seed;
    self->soup.oracle = self->pair.oracle;
    return self;
}

static inline void texts_close(texts *self) {
    pair_close(&self->pair);
    free(self);
}

/* What `analyzer` finds in the turns, as lines. */
static inline void texts_find(const texts *self, care_analyzer *analyzer, const care_turn *turns, size_t count, lines *into) {
    care_result result = {.size = sizeof result};
    cr_assert_eq(care_analyze(analyzer, turns, count, &result, NULL), CARE_OK);
    describe_result(self->pair.pack, &result, 0, UINT32_MAX, into);
}

/* The length of the well-formed character at `at` with its code, or of the maximal ill-formed part, with the code 0xfffd and
 * *good false: what a decoder that follows the Unicode standard replaces by one U+FFFD. Written down once more, by the table
 * of well-formed sequences. */
static inline size_t texts_character(const unsigned char *at, size_t left, uint32_t *code, bool *good) {
    static const unsigned char table[9][6] = {
        /* lead bytes, second bytes, length, bits of the lead */
        {0x00, 0x7f, 0x80, 0xbf, 1, 0x7f}, {0xc2, 0xdf, 0x80, 0xbf, 2, 0x1f}, {0xe0, 0xe0, 0xa0, 0xbf, 3, 0x0f},
        {0xe1, 0xec, 0x80, 0xbf, 3, 0x0f}, {0xed, 0xed, 0x80, 0x9f, 3, 0x0f}, {0xee, 0xef, 0x80, 0xbf, 3, 0x0f},
        {0xf0, 0xf0, 0x90, 0xbf, 4, 0x07}, {0xf1, 0xf3, 0x80, 0xbf, 4, 0x07}, {0xf4, 0xf4, 0x80, 0x8f, 4, 0x07}};
    *good = false;
    *code = 0xfffd;
    for (size_t row = 0; row < 9; row++) {
        const unsigned char *it = table[row];
        if (at[0] < it[0] || at[0] > it[1]) continue;
        uint32_t value = at[0] & it[5];
        for (size_t i = 1; i < it[4]; i++) {
            if (i >= left || at[i] < (i == 1 ? it[2] : 0x80) || at[i] > (i == 1 ? it[3] : 0xbf)) return i;
            value = value << 6 | (at[i] & 0x3fu);
        }
        *code = value;
        *good = true;
        return it[4];
    }
    return 1;
}

#endif
