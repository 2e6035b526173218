/* text.h - characters of a text: decoding, columns, and what is safe to show.
 *
 * Nothing that came from outside reaches a screen as it is: control characters and direction overrides, with which a text
 * could move the cursor or turn a line round, are shown as U+FFFD, like bytes that are not UTF-8. */
#ifndef TOOL_TEXT_H
#define TOOL_TEXT_H

#include "common.h"

#define TEXT_REPLACEMENT 0xfffdu
#define TEXT_ILL_FORMED UINT32_MAX

/* The code point at text[at], at < length, or TEXT_ILL_FORMED; its bytes, or those of the longest ill-formed part, in
 * *taken. */
uint32_t text_decode(const char *text, size_t length, size_t at, uint32_t *taken);

typedef struct character {
    uint32_t code;  /* TEXT_REPLACEMENT if it must not be shown as it is; a space for a tab or a line end */
    uint32_t bytes; /* of the text that it takes, at least 1 */
    uint32_t width; /* columns: 0, 1 or 2 */
} character;

/* The character to show for text[at], at < length. */
character text_character(const char *text, size_t length, size_t at);

/* Columns that the text takes on one line. */
size_t text_width(const char *text, size_t length);

/* Appends the text as it may be shown, on one line. */
void text_clean(buffer *out, const char *text, size_t length);

/* Appends a NUL-terminated text with every run of white space made one space: a rule may be written over several lines. */
void text_squeeze(buffer *out, const char *text);

#endif
