/* phrase.h - the oracle's phrases: one tree, one place, does it match? */
#ifndef CARE_TESTS_ORACLE_PHRASE_H
#define CARE_TESTS_ORACLE_PHRASE_H

#include "inside.h"

/* What a list or slot is called, and all that was said under that name. */
typedef struct definition {
    slice name;
    bool is_slot;
    const phrase **phrases;
    size_t count, room;
} definition;

/* A word as phrases write it, and the numbers of the forms it stands for; two lists if it reads as two words. */
typedef struct written_word {
    phrase_kind kind;
    slice text;
    int32_t *forms[2];
    bool *has[2]; /* by the number of the form */
    size_t counts[2];
    size_t parts;
} written_word;

typedef struct phrase_book {
    arena *arena;
    const word_book *words;
    definition *definitions;
    size_t definition_count, definition_room;
    written_word *written;
    size_t written_count, written_room;
} phrase_book;

phrase_book *phrases_new(arena *from, const word_book *words, const statement *statements);

/* What the list or slot that a node names is; or NULL. */
const definition *phrase_definition(const phrase_book *self, const phrase *it);

#define LONGEST 64u /* words of a match */

typedef struct ends {
    uint32_t count; /* set by hand: there are too many of these to clear them all */
    uint32_t at[LONGEST + 1];
} ends;

/* Adds all places up to `limit` where the tree, if it begins at word `at`, can end. */
void phrase_ends(const phrase_book *self, const phrase *it, const reading *in, uint32_t at, uint32_t limit, ends *into);

/* Words [first, last) of sentence `sentence`. */
typedef struct span {
    uint32_t sentence, first, last;
} span;

typedef struct spans {
    span *items;
    size_t count, room;
} spans;

/* Before a turn's first phrase_find. */
void phrase_prepare(arena *from, reading *in);

/* Every match in the turn: of those with the same start the longest, and the next one starts after it. */
spans phrase_find(arena *from, const phrase_book *self, const phrase *it, uint32_t edges, const reading *in);

/* The slots of a match, in the order of the text. */
typedef struct slot_span {
    slice name;
    uint32_t first, last;
} slot_span;
size_t phrase_slots(arena *from, const phrase_book *self, const phrase *it, const reading *in, span match, slot_span **slots);

#endif
