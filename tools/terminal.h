/* terminal.h - text for people on standard output: colour, width, wrapping. UTF-8 throughout; no locale. */
#ifndef TOOL_TERMINAL_H
#define TOOL_TERMINAL_H

#include "text.h"

typedef enum colour_choice { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER } colour_choice;

typedef enum style { STYLE_PLAIN, STYLE_STRONG, STYLE_FAINT, STYLE_FOR, STYLE_AGAINST, STYLE_NEITHER, STYLE_COUNT } style;

typedef struct terminal {
    size_t width; /* columns of a line, at least 40 */
    bool colour;
    bool screen; /* a person watches */
} terminal;

/* `width` 0 finds it out: the terminal's own, or 100 where there is none. The output is standard output. */
void terminal_open(terminal *self, colour_choice colour, size_t width);

/* "auto" ...; false for anything else. */
bool terminal_colour_from_name(const char *name, colour_choice *choice);

/* The style that a signal's polarity is shown in. */
style terminal_polarity(int32_t polarity);

/* Ends the last style and begins this one. Nothing without colour. */
void terminal_style(const terminal *self, style wanted);

/* Writes the text as it may be shown, on one line. */
void terminal_write(const char *text, size_t length);

void terminal_repeat(char what, size_t count);

/* The end of the display line that begins at `begin`, at most `width` columns, broken at a space where there is one. The
 * next one begins at *next; it is `length` after the last. */
size_t terminal_fit(const char *text, size_t length, size_t begin, size_t width, size_t *next);

/* True if a paragraph may begin at this column (0-based); else it begins a new line. */
bool terminal_has_room(const terminal *self, size_t column);

/* Writes the text from column `column` on, later lines from column `indent` on, in the style; ends the line. */
void terminal_paragraph(const terminal *self, style wanted, size_t column, size_t indent, const char *text, size_t length);

#endif
