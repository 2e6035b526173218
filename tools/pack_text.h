/* pack_text.h - pack text line by line, as far as the command line must know it: where a line goes on, which lines are
 * examples, where the text of a statement stands. Whether it makes sense is the compiler's business. */
#ifndef TOOL_PACK_TEXT_H
#define TOOL_PACK_TEXT_H

#include "common.h"

typedef struct pack_line {
    size_t begin, end; /* bytes of the text; a CR before the LF counts as white space */
    uint32_t number;   /* 1-based */
    size_t indent;     /* bytes before the first that is no white space */
    size_t word;       /* bytes of the first word */
    bool blank;        /* nothing but white space, or a comment */
    bool goes_on;      /* it belongs to the line before */
} pack_line;

typedef struct pack_lines {
    const char *text;
    size_t length, at;
    uint32_t number;
    bool open; /* the last line that was not blank goes on in the next one */
} pack_lines;

void pack_lines_begin(pack_lines *self, const char *text, size_t length);
bool pack_lines_next(pack_lines *self, pack_line *line);

/* The first word of the line is this. */
bool pack_line_is(const pack_lines *self, const pack_line *line, const char *word);

/* Makes a comment of each example, and of what takes examples back; lines keep their numbers. */
void pack_text_hush(char *text, size_t length);

/* A statement as written, from its first line to the last of those indented more deeply. */
typedef struct pack_statement {
    const char *kind; /* "cue", "context", "list", "slot" */
    size_t name, name_length;
    bool extends;
    size_t begin, end;
    uint32_t line;
} pack_statement;

/* The next statement, or addition to one, whose name is this (any if NULL) and whose kind is `kind` (any if NULL). */
bool pack_text_find(pack_lines *self, const char *kind, const char *name, pack_statement *found);

#endif
