/* lex.h - pack text as logical lines of tokens.
 *
 * A logical line is one or more physical lines: a line that ends with "|" or "," goes on in the next one, and so does a line
 * whose next line begins with "|", "needs" or "unless" and is indented more deeply than it. The lexer always holds the
 * current token; copying the struct is the way to look ahead. It reports nothing: what is odd becomes a token that the
 * parser does not expect. */
#ifndef CARE_LEX_H
#define CARE_LEX_H

#include "syntax.h"

/* A punctuation mark is a token whose kind is its character; these are the others. */
enum {
    LEX_END = 256,  /* the logical line ends; text.at points behind its last token */
    LEX_WORD,       /* letters, digits, "_", apostrophes; hyphens between them */
    LEX_STRING,     /* "..." with its quotes */
    LEX_UNCLOSED,   /* a quotation mark without a second one in the same physical line */
    LEX_GAP,        /* -3- */
    LEX_TURN_START, /* ^^ */
    LEX_TURN_END,   /* $$ */
    LEX_OTHER,      /* a character that means nothing here */
    LEX_BAD,        /* bytes that are no UTF-8, a NUL, or a string that holds such */
};

typedef struct lexeme {
    int kind;
    bool spaced; /* white space stands before it */
    slice text;
    place place;
} lexeme;

typedef struct lexer {
    lexeme current;
    const char *at, *end;   /* what follows it; the end of the source */
    const char *line_start; /* of the current physical line */
    uint32_t file, line;
    uint32_t indentation; /* of the logical line */
    int previous;         /* kind of the token before the current one, 0 if there is none in the line */
    bool first_follows;   /* the current token is the second of the line */
    bool started;         /* a line has been entered */
} lexer;

/* Stands before the first line of source `file`. `length` is below 4 GiB. */
void lex_begin(lexer *self, uint32_t file, const char *text, size_t length);

/* Goes to the first token of the next logical line that holds one, whatever is left of the current; false at the end. */
bool lex_line(lexer *self);

void lex_advance(lexer *self);

/* What follows the current token in its physical line, comments and all, without white space around it. The current token
 * is then the end of the logical line, which no next line continues. *where tells where the text stands. */
slice lex_rest(lexer *self, place *where);

/* The character at `at`, in *code; its bytes, or 0 if they are no UTF-8. */
size_t lex_decode(const char *at, const char *end, uint32_t *code);

bool lex_blank(char byte);

/* Whether `text` is just this (NUL-terminated) word. */
bool slice_is(slice text, const char *word);

#endif
