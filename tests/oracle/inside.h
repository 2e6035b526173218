/* inside.h - what the oracle's steps hand to each other.
 *
 * Everything lives in one of two arenas: the pack's, or that of one call of oracle_analyze. Indices of characters, tokens,
 * symbols and sentences count from the start of their turn. */
#ifndef CARE_TESTS_ORACLE_INSIDE_H
#define CARE_TESTS_ORACLE_INSIDE_H

#include "../../src/compile/arena.h"
#include "../../src/compile/syntax.h"
#include "oracle.h"

/* Zeroed memory; leaves the program if there is none. */
void *take(arena *from, size_t bytes);
char *take_text(arena *from, const char *at, size_t length);
/* Room for one more item behind `count` in the array *items of *room. */
void *append(arena *from, void *items, size_t *room, size_t count, size_t size);
bool slice_equals(slice text, const char *other);
bool same_slice(slice left, slice right);

/* ---- text.c: bytes to characters, tokens and sentences ---- */

#define ILL_FORMED UINT32_MAX /* the code of an ill-formed part */

typedef struct character {
    uint32_t code, begin, end;
} character;

typedef struct token {
    uint32_t first, last; /* characters, half-open */
    const char *text;     /* normalised; empty if opaque */
    uint32_t kinds;       /* bits 1 << KIND_... */
    bool opaque;          /* handles, tags, placeholders, links, emoji: never looked up */
    bool emoji;
    bool comma;  /* a comma mark stands between this and the token before */
    bool starts; /* first of its sentence */
    bool quoted, cited;
    bool question, exclamation; /* the last of its sentence, and these are among the final marks */
} token;

typedef struct symbol {
    const char *form; /* normalised text; of a part of a token its own */
    int32_t known;    /* number of the form, -1 if the pack does not know it */
    uint32_t kinds;
    uint32_t begin, end; /* bytes */
    bool comma, quoted, cited;
    bool clitic; /* the end of a token */
} symbol;

typedef struct sentence {
    uint32_t first, last; /* symbols, half-open */
    bool begins, ends;    /* false where a long sentence was cut */
    bool question, exclamation;
} sentence;

typedef struct reading { /* one turn's text, read */
    const char *bytes;
    character *characters;
    uint32_t character_count;
    token *tokens;
    uint32_t token_count;
    uint32_t word_count; /* tokens but emoji */
    symbol *symbols;
    uint32_t symbol_count;
    sentence *sentences;
    uint32_t sentence_count;
    struct answer **answers; /* phrase.c: what was looked for before */
} reading;

/* NFKC and case-folded, apostrophes made plain; NUL-terminated. */
const char *text_normalise(arena *from, const char *at, size_t length);

/* Fills characters, tokens and the tokens' marks. */
struct word_book;
void text_read(arena *from, const struct word_book *words, reading *into, const char *bytes, size_t length);

/* ---- words.c: what words stand for; symbols.c: tokens to symbols ---- */

typedef struct text_list {
    const char **items;
    size_t count, room;
} text_list;

typedef struct contraction {
    const char *token, *first, *second;
    text_list after, before;
    bool has_after, after_start; /* `after` was said; ^ is among them */
    bool conditional;
} contraction;

typedef struct listed { /* one `word` line */
    const char *word;
    text_list forms;
} listed;

typedef struct word_book {
    arena *arena;
    const char *stemmer; /* NULL: none */
    void *snowball;
    word_item *endings[64], *derivations[64];
    size_t ending_count, derivation_count;
    listed *listed;
    size_t listed_count, listed_room;
    contraction *contractions;
    size_t contraction_count, contraction_room;
    text_list clitics, fillers, stammers, abbreviations;
    bool drops_emoji;
    text_list known; /* sorted, each once */
    const statement *statements;
    const phrase **seen; /* one node of each word, list and slot that phrases name */
    size_t seen_count, seen_room;
} word_book;

/* Takes in the statements that say what words are, then the words of all phrases. */
word_book *words_new(arena *from, const statement *statements);
void words_free(const word_book *self);

/* Splits, repairs and drops; fills symbols and sentences. */
void words_read(arena *from, const word_book *self, reading *into);

/* The forms that a word of a phrase stands for; of one that reads as two, like a contraction, those of both. Gives 1 or 2. */
size_t words_forms(const word_book *self, const phrase *word, text_list parts[2]);
/* The longest clitic that the text ends in, behind at least one character; or NULL. */
const char *words_clitic(const word_book *self, const char *text);

/* The number of a form that some phrase, clitic or contraction knows; -1 for any other text. */
int32_t words_number(const word_book *self, const char *form);

bool list_has(const text_list *list, const char *text);
void list_add(arena *from, text_list *list, const char *text);

#endif
