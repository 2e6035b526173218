/* compare.h - the same turns through the library and the oracle, and whether they say the same. */
#ifndef CARE_TESTS_COMPARE_H
#define CARE_TESTS_COMPARE_H

#include <care/compile.h>
#include <stdbool.h>

#include "oracle.h"

typedef struct pair {
    care_pack *pack;
    care_analyzer *analyzer; /* lists suppressed candidates and evidence */
    care_analyzer *plain;    /* does not */
    oracle *oracle;
    char *texts[64]; /* the pack's sources */
    uint32_t text_count;
} pair;

/* Texts, one a line: "turn [begin,end) rule confidence ..." */
typedef struct lines {
    char **items;
    size_t count, room;
} lines;

void lines_add(lines *self, const char *text, size_t length);
void lines_sort(lines *self);
bool lines_equal(const lines *left, const lines *right);
void lines_clear(lines *self);

/* Compiles the layers, lowest first, each a comma-separated list of files. Says what is wrong on stderr, and gives false. */
bool pair_open(pair *self, char *const *layers, size_t count);
/* The same for a pack of one text; quietly false if it does not compile. */
bool pair_open_text(pair *self, const char *text);
/* The library with another pack from here on. */
bool pair_change_pack(pair *self, care_pack *pack);
void pair_close(pair *self);

/* What each of the two finds, sorted. `turn_offset` is taken from turn numbers. */
void pair_oracle(pair *self, const care_turn *turns, size_t count, lines *into);
bool pair_library(pair *self, const care_turn *turns, size_t count, lines *into);
bool pair_conversation(pair *self, const care_turn *turns, size_t count, lines *into);
void describe_result(const care_pack *pack, const care_result *result, uint32_t from, uint32_t to, lines *into);

/* "" if library and oracle agree, the library's results keep its promises (order, ranges, character boundaries), and neither
 * feeding the turns one by one nor leaving out what is suppressed makes a difference; else what is wrong. */
const char *pair_differ(pair *self, const care_turn *turns, size_t count);

/* Prints the smallest conversation that still differs, and both results. */
void pair_report(pair *self, const care_turn *turns, size_t count);

#endif
