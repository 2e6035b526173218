/* terminal.c - see terminal.h. */
#define _DEFAULT_SOURCE
#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define WIDTH_LEAST 40
#define WIDTH_UNKNOWN 100

/* Columns that wrapped text needs: with fewer it begins a new line. */
#define ROOM_LEAST 12
void terminal_open(terminal *self, colour_choice colour, size_t width) {
    const char *no_colour = getenv("NO_COLOR");
    const char *kind = getenv("TERM");
    const char *columns = getenv("COLUMNS");
    struct winsize size = {0};
    self->screen = isatty(STDOUT_FILENO);
    bool dumb = kind == NULL || strcmp(kind, "dumb") == 0;
    self->colour =
        colour == COLOUR_ALWAYS || (colour == COLOUR_AUTO && self->screen && !dumb && (no_colour == NULL || no_colour[0] == '\0'));
    if (width == 0 && self->screen && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) width = size.ws_col;
    if (width == 0 && columns != NULL) width = (size_t)strtoul(columns, NULL, 10);
    if (width == 0 || width > 100000) width = WIDTH_UNKNOWN;
    self->width = width < WIDTH_LEAST ? WIDTH_LEAST : width;
}

bool terminal_colour_from_name(const char *name, colour_choice *choice) {
    static const char *const names[] = {[COLOUR_AUTO] = "auto", [COLOUR_ALWAYS] = "always", [COLOUR_NEVER] = "never"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) != 0) continue;
        *choice = (colour_choice)i;
        return true;
    }
    return false;
}

style terminal_polarity(int32_t polarity) {
    return polarity > 0 ? STYLE_FOR : polarity < 0 ? STYLE_AGAINST : STYLE_NEITHER;
}

void terminal_style(const terminal *self, style wanted) {
    static const char *const codes[STYLE_COUNT] = {
        [STYLE_PLAIN] = "\033[0m",  [STYLE_STRONG] = "\033[0;1m",   [STYLE_FAINT] = "\033[0;2m",
        [STYLE_FOR] = "\033[0;32m", [STYLE_AGAINST] = "\033[0;31m", [STYLE_NEITHER] = "\033[0;33m",
    };
    if (self->colour) fputs(codes[wanted], stdout);
}

void terminal_write(const char *text, size_t length) {
    buffer clean = {0};
    text_clean(&clean, text, length);
    if (clean.length > 0) fwrite(clean.bytes, 1, clean.length, stdout);
    buffer_free(&clean);
}

void terminal_repeat(char what, size_t count) {
    while (count-- > 0) putchar(what);
}

size_t terminal_fit(const char *text, size_t length, size_t begin, size_t width, size_t *next) {
    size_t columns = 0;
    size_t space = begin; /* the last place to break at */
    for (size_t at = begin; at < length;) {
        if (text[at] == '\n') {
            *next = at + 1;
            return at;
        }
        character here = text_character(text, length, at);
        if (here.code == ' ') space = at;
        columns += here.width;
        if (columns > width && at > begin) {
            bool whole = here.code == ' ' || space > begin;
            size_t end = here.code == ' ' ? at : whole ? space : at;
            *next = end;
            while (*next < length && text[*next] == ' ') (*next)++;
            return end;
        }
        at += here.bytes;
    }
    *next = length;
    return length;
}

bool terminal_has_room(const terminal *self, size_t column) {
    return column + ROOM_LEAST <= self->width;
}

void terminal_paragraph(const terminal *self, style wanted, size_t column, size_t indent, const char *text, size_t length) {
    if (!terminal_has_room(self, column) && indent < column) {
        putchar('\n');
        terminal_repeat(' ', indent);
        column = indent;
    }
    for (size_t begin = 0, next = 0; begin < length || begin == 0; begin = next) {
        size_t from = begin == 0 ? column : indent;
        size_t room = self->width > from + ROOM_LEAST ? self->width - from : ROOM_LEAST;
        size_t end = terminal_fit(text, length, begin, room, &next);
        if (begin > 0) terminal_repeat(' ', indent);
        terminal_style(self, wanted);
        terminal_write(text + begin, end - begin);
        terminal_style(self, STYLE_PLAIN);
        putchar('\n');
        if (next >= length) break;
    }
}
