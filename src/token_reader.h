/* token_reader.h - what the three parts of the tokeniser share: token.c (the loop, sentences, words), character.c (what a
 * character is) and token_special.c (numbers, names, addresses, emoji). */
#ifndef CARE_TOKEN_READER_H
#define CARE_TOKEN_READER_H

#include "token.h"

/* ---- Characters ---- */

typedef enum character_class { CHARACTER_WORD, CHARACTER_SPACE, CHARACTER_BREAK, CHARACTER_MARK, CHARACTER_QUOTE, CHARACTER_APOSTROPHE,
                               CHARACTER_STOP, CHARACTER_QUESTION, CHARACTER_EXCLAMATION, CHARACTER_CURRENCY, CHARACTER_EMOJI, CHARACTER_OTHER } character_class;

/* What each byte is: s space, n line break, a letter, 0 digit, c a mark that parts clauses, q quotation mark, o other, h beyond
 * ASCII; the rest stand for themselves. */
extern const char character_class_of_byte[257];

#define GAP_COMMA 1u
#define GAP_ENDS 2u
#define GAP_QUESTION 4u
#define GAP_EXCLAMATION 8u
#define GAP_SPACED 16u /* white space was seen */
#define GAP_QUOTES 32u

/* What stands between the last token and here. */
typedef struct gap {
    uint32_t marks;
    uint32_t quotes_before; /* quotation marks before the white space */
    uint32_t quotes_after;
} gap;

typedef struct reader {
    const care_pack *pack;
    const care_allocator *allocator;
    token_list *list;
    const unsigned char *text;
    uint32_t length, at;
    gap gap;
    uint32_t quotes;          /* marks in this sentence so far */
    uint32_t sentence_first;  /* its first token */
    uint32_t last_quote;      /* offset of the newest quotation mark */
    bool cited, sentence_cited; /* this line; the line the sentence began on */
    bool out_of_memory;
} reader;

/* The class of the byte at `at`, or 0 at the end of the text; 'h' for what is not ASCII. */
static inline char class_at(const reader *self, uint32_t at) {
    return at < self->length ? character_class_of_byte[self->text[at]] : 0;
}

/* The class of a character beyond ASCII, or UTF8_ILL_FORMED. */
character_class character_classify(int32_t character);

/* The class of the character at `at`, and its bytes. */
character_class character_at(const reader *self, uint32_t at, uint32_t *size);

bool word_character_at(const reader *self, uint32_t at);

/* Whether the character that ends right before `at` is a word character. */
bool word_character_before(const reader *self, uint32_t at);

/* ---- Tokens ---- */

/* Adds a token [begin, end). */
void token_add(reader *self, uint32_t begin, uint32_t end, uint32_t kinds, uint32_t marks);

/* A number whose digits begin at `digits`, a currency sign before them at `begin`. */
void token_read_number(reader *self, uint32_t begin, uint32_t digits, uint32_t marks);

/* @handle or #tag: one token with the words behind the sign. */
void token_read_tagged(reader *self, uint32_t kinds);

void token_read_emoji(reader *self, uint32_t size);

/* Each of these is false if there is none here. */
bool token_read_placeholder(reader *self);
bool token_read_link(reader *self);
bool token_read_emoticon(reader *self);
bool token_read_lone_clitic(reader *self, uint32_t size);

#endif
