/* token_reader.h - what the parts of the tokeniser share: token.c (the loop, sentences, words), token_plain.c (the fast way
 * through ordinary words), character.c (what a character is) and token_special.c (numbers, names, addresses, emoji). */
#ifndef CARE_TOKEN_READER_H
#define CARE_TOKEN_READER_H

#include "form.h"
#include "token.h"

/* ---- Characters ---- */

typedef enum character_class {
    CHARACTER_WORD,
    CHARACTER_SPACE,
    CHARACTER_BREAK,
    CHARACTER_MARK,
    CHARACTER_QUOTE,
    CHARACTER_APOSTROPHE,
    CHARACTER_STOP,
    CHARACTER_QUESTION,
    CHARACTER_EXCLAMATION,
    CHARACTER_CURRENCY,
    CHARACTER_EMOJI,
    CHARACTER_OTHER
} character_class;

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
    uint32_t previous;        /* the form of its newest token; FORM_NONE if it has none */
    bool unsettled;           /* some token of it is TOKEN_UNSETTLED */
    uint32_t last_quote;      /* offset of the newest quotation mark; UINT32_MAX if there is none */
    bool cited, sentence_cited; /* this line; the line the sentence began on */
    bool out_of_memory;
    uint32_t last_eight;      /* offset of the text's last eight bytes, or 0 */
    unsigned char tiny[8];    /* a text of less, with zeros behind it */
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

/* Settles what the gap before a token meant; gives the token's marks. */
uint32_t token_settle_gap(reader *self);

/* Whether that needs settling: else there is only white space. */
static inline bool token_gap_open(const reader *self) {
    return self->gap.marks & ~GAP_SPACED || self->cited != self->sentence_cited;
}

/* Room for one more token. False if memory ran out, which the reader remembers. */
static inline bool token_reserve(reader *self) {
    token_list *list = self->list;
    if (!memory_reserve(self->allocator, (void **)&list->tokens, &list->token_room, list->token_count + 1, sizeof *list->tokens))
        self->out_of_memory = true;
    return !self->out_of_memory;
}

/* A token of a form that was looked up; an unknown one is unsettled if it `may_be_known`. `previous` is the form before it in the
 * sentence. */
static inline token token_of(const care_pack *pack, uint32_t begin, uint32_t end, uint32_t form, uint32_t kinds, uint32_t marks,
                             uint32_t previous, bool may_be_known) {
    bool unsettled = may_be_known;
    uint32_t symbol = 0;
    if (form != FORM_NONE) {
        const pack_form *known = pack->forms + form;
        symbol = known->symbol;
        unsettled = (known->flags & (FORM_WORD | FORM_CONTRACTION | FORM_FILLER)) != FORM_WORD;
        if (form == previous) unsettled |= (known->flags & FORM_STAMMER) != 0;
    }
    token made = {begin, end, form, (uint16_t)symbol, (uint8_t)kinds, (uint8_t)(marks | unsettled * TOKEN_UNSETTLED)};
    return made;
}

/* Reads plain words, with a space behind each but the last, as far as there are; leaves everything else to the loop. */
void token_read_plain_words(reader *self);

/* Adds a token [begin, end). */
void token_add(reader *self, uint32_t begin, uint32_t end, uint32_t kinds, uint32_t marks);

/* A number whose digits begin at `digits`, a currency sign before them at `begin`. */
void token_read_number(reader *self, uint32_t begin, uint32_t digits, uint32_t marks);

/* @handle: one token with the words behind the sign. (A #tag is a word.) */
void token_read_handle(reader *self);

void token_read_emoji(reader *self, uint32_t size);

/* Each of these is false if there is none here. */
bool token_read_placeholder(reader *self);
bool token_read_link(reader *self);
bool token_read_emoticon(reader *self);
bool token_read_lone_clitic(reader *self, uint32_t size);

#endif
