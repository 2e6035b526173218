/* token.h - the first step: bytes to tokens and sentences.
 *
 * A token is a word, a number, a name marked as such, an emoji or an address, with its span, looked up in the vocabulary while
 * its bytes are at hand. Punctuation is no token: it shows in the marks of the tokens and sentences around it. */
#ifndef CARE_TOKEN_H
#define CARE_TOKEN_H

#include "pack.h"

#define TOKEN_NUMBER 1u /* kinds: the bits of pack_position.kinds, in the order of the pack language */
#define TOKEN_MONEY 2u
#define TOKEN_TIME 4u
#define TOKEN_NAME 8u
#define TOKEN_CAPS 16u
#define TOKEN_EMOJI 32u
#define TOKEN_LINK 64u

#define TOKEN_COMMA 1u   /* marks: a comma, dash, bracket ... stands before it in the sentence */
#define TOKEN_QUOTED 2u  /* inside quotation marks */
#define TOKEN_FOLD 4u    /* has characters beyond ASCII */
#define TOKEN_OPAQUE 8u  /* no word: never looked up */
#define TOKEN_CUT_OFF 16u /* ends in a hyphen before white space */
#define TOKEN_UNSETTLED 32u /* may be more or less than one word, or another one */

typedef struct token {
    uint32_t begin, end; /* bytes */
    uint32_t form;       /* FORM_NONE if unknown */
    uint16_t symbol;     /* 0 if no phrase knows it */
    uint8_t kinds, marks;
} token;

#define SENTENCE_QUESTION 1u
#define SENTENCE_EXCLAMATION 2u
#define SENTENCE_CITED 4u  /* a quoted e-mail line */
#define SENTENCE_STARTS 8u /* it begins here, and was not cut for length */
#define SENTENCE_ENDS 16u
#define SENTENCE_UNSETTLED 32u /* some token of it is */

/* A run of tokens, half-open. */
typedef struct token_sentence {
    uint32_t first, last;
    uint32_t marks;
} token_sentence;

typedef struct token_list {
    token *tokens;
    token_sentence *sentences;
    size_t token_count, token_room, sentence_count, sentence_room;
    uint32_t word_count; /* tokens that count as words of the turn: all but emoji */
    bool ill_formed;     /* the text held ill-formed UTF-8 */
} token_list;

/* Reads `length` bytes (at most CARE_TEXT_MAX) into `list`, whose arrays grow with `allocator`. False if memory ran out. */
bool token_read(const care_pack *pack, const unsigned char *text, uint32_t length, const care_allocator *allocator, token_list *list);

/* The normalised bytes of a token with these marks: in `buffer` (FORM_MAX bytes), or in the text itself, in any case. Length 0:
 * unknowable. */
const unsigned char *token_bytes(const unsigned char *text, uint32_t begin, uint32_t end, uint32_t marks, unsigned char *buffer,
                                 uint32_t *length);

#endif
