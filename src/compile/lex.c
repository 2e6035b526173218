/* lex.c - see lex.h. */
#include "lex.h"

#include "../utf8.h"
#include "parse_internal.h"

#include <string.h>

#define TAB_WIDTH 8u

bool slice_is(slice text, const char *word) {
    return strlen(word) == text.length && !memcmp(text.at, word, text.length);
}

bool lex_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\v' || byte == '\f';
}

size_t lex_decode(const char *at, const char *end, uint32_t *code) {
    int32_t character;
    uint32_t length = utf8_decode((const unsigned char *)at, 0, (size_t)(end - at), &character);
    if (character == UTF8_ILL_FORMED) return 0;
    *code = (uint32_t)character;
    return length;
}

/* Letters of any script, and whatever else is no known punctuation or space: which forms exist is not the parser's business. */
static bool code_in_word(uint32_t code) {
    if (code < 0x80) {
        return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9') || code == '_' || code == '\'';
    }
    if (code < 0xC0) return code == 0xAA || code == 0xB5 || code == 0xBA;
    if (code >= 0x2000 && code <= 0x206F) return code == 0x200C || code == 0x200D || code == 0x2018 || code == 0x2019;
    return code != 0xD7 && code != 0xF7 && !(code >= 0x3000 && code <= 0x3003) && code != 0xFEFF && code != 0x1680;
}

/* Bytes of the word character at `at`, 0 if none stands there. */
static size_t word_character(const char *at, const char *end) {
    uint32_t code = 0;
    size_t length = at < end ? lex_decode(at, end, &code) : 0;
    return length && code_in_word(code) ? length : 0;
}

static place place_of(const lexer *self, const char *at) {
    return (place){self->file, self->line, (uint32_t)(at - self->line_start) + 1};
}

void lex_begin(lexer *self, uint32_t file, const char *text, size_t length) {
    *self = (lexer){.at = text, .end = text + length, .file = file, .line = 1};
    if (length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3)) self->at += 3;
    self->line_start = self->at;
    self->current = (lexeme){.kind = LEX_END, .text = {self->at, 0}};
}

static const char *line_end(const char *at, const char *end) {
    const char *newline = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
    return newline ? newline : end;
}

/* Whether a comment begins at `at`. */
static bool comment_at(const lexer *self, const char *at) {
    if (at >= self->end || *at != '#') return false;
    if (at == self->line_start) return true;
    return lex_blank(at[-1]) && (at + 1 == self->end || at[1] == '\n' || lex_blank(at[1]));
}

/* Moves `self`, which stands at the end of a physical line or before the first, to the first character of the next one that holds
 * more than a comment; false, at the end, if none does. A "#" that begins a line is a comment unless the line before goes on in
 * it. */
static bool next_line(lexer *self, bool goes_on, uint32_t *indentation) {
    while (!self->started || self->at < self->end) {
        if (self->started) {
            self->at++;
            self->line++;
            self->line_start = self->at;
        }
        self->started = true;
        uint32_t columns = 0;
        for (; self->at < self->end && lex_blank(*self->at); self->at++) {
            columns = *self->at == '\t' ? (columns / TAB_WIDTH + 1) * TAB_WIDTH : columns + 1;
        }
        if (self->at == self->end) return false;
        if (*self->at == '\n') continue;
        if (*self->at == '#' && (!goes_on || comment_at(self, self->at))) {
            self->at = line_end(self->at, self->end);
            continue;
        }
        *indentation = columns;
        return true;
    }
    return false;
}

/* The word that begins at `at`. */
static slice word_at(const char *at, const char *end) {
    const char *stop = at;
    for (size_t length; (length = word_character(stop, end)) != 0;) stop += length;
    return (slice){at, (uint32_t)(stop - at)};
}

/* At the end of a physical line whose last token is the current one: goes on to the next line if that belongs to the same
 * logical line. A comma behind a bar, or behind the first word of the line, is a comma to be matched ("until but | ,"). A
 * line that is not indented more deeply and begins like a statement is one, so that a "|" too many swallows none. */
static bool continue_line(lexer *self) {
    lexer next = *self;
    uint32_t indentation;
    bool goes_on = self->current.kind == '|' || (self->current.kind == ',' && self->previous != '|' && !self->first_follows);
    if (!next_line(&next, goes_on, &indentation)) return false;
    bool deeper = indentation > self->indentation;
    slice word = word_at(next.at, next.end);
    if (goes_on ? !deeper && keyword_find(word) : !deeper || !(*next.at == '|' || slice_is(word, "needs") || slice_is(word, "unless")))
        return false;
    *self = next;
    return true;
}

static size_t read_string(const lexer *self, int *kind) {
    const char *at = self->at + 1;
    *kind = LEX_STRING;
    while (at < self->end && *at != '\n' && *at != '"') {
        uint32_t code;
        size_t length = lex_decode(at, self->end, &code);
        if (!length || !code) *kind = LEX_BAD;
        at += length ? length : 1;
    }
    if (at < self->end && *at == '"') return (size_t)(at + 1 - self->at);
    if (*kind != LEX_BAD) *kind = LEX_UNCLOSED;
    return (size_t)(at - self->at);
}

static size_t read_word(const lexer *self) {
    const char *at = self->at;
    for (;;) {
        size_t length = word_character(at, self->end);
        if (!length && at > self->at && at < self->end && *at == '-' && word_character(at + 1, self->end)) length = 1;
        if (!length) return (size_t)(at - self->at);
        at += length;
    }
}

/* The kind of the token at self->at, and its length. */
static size_t read_token(const lexer *self, int *kind) {
    const char *at = self->at;
    if (*at == '"') return read_string(self, kind);
    size_t length = read_word(self);
    if (length) {
        *kind = LEX_WORD;
        return length;
    }
    if (*at == '-') {
        const char *digit = at + 1;
        while (digit < self->end && *digit >= '0' && *digit <= '9') digit++;
        if (digit > at + 1 && digit < self->end && *digit == '-') {
            *kind = LEX_GAP;
            return (size_t)(digit + 1 - at);
        }
    }
    if ((*at == '^' || *at == '$') && at + 1 < self->end && at[1] == *at) {
        *kind = *at == '^' ? LEX_TURN_START : LEX_TURN_END;
        return 2;
    }
    uint32_t code = 0;
    length = lex_decode(at, self->end, &code);
    if (!length || !code) {
        *kind = LEX_BAD;
        return 1;
    }
    *kind = code > ' ' && code < 0x7F ? (int)code : LEX_OTHER;
    return length;
}

void lex_advance(lexer *self) {
    if (self->current.kind == LEX_END) return;
    const char *behind = self->at;
    place behind_place = place_of(self, behind);
    bool spaced = false;
    for (;;) {
        while (self->at < self->end && lex_blank(*self->at)) self->at++;
        if (comment_at(self, self->at)) self->at = line_end(self->at, self->end);
        spaced = spaced || self->at != behind;
        if (self->at < self->end && *self->at != '\n') break;
        if (!continue_line(self)) {
            self->previous = self->current.kind;
            self->current = (lexeme){LEX_END, spaced, {behind, 0}, behind_place};
            return;
        }
        spaced = true;
    }
    self->first_follows = !self->previous;
    self->previous = self->current.kind;
    self->current.spaced = spaced;
    self->current.place = place_of(self, self->at);
    size_t length = read_token(self, &self->current.kind);
    self->current.text = (slice){self->at, (uint32_t)length};
    self->at += length;
}

bool lex_line(lexer *self) {
    while (self->current.kind != LEX_END) lex_advance(self);
    if (!next_line(self, false, &self->indentation)) return false;
    self->previous = 0;
    self->first_follows = false;
    self->current.spaced = true;
    self->current.place = place_of(self, self->at);
    size_t length = read_token(self, &self->current.kind);
    self->current.text = (slice){self->at, (uint32_t)length};
    self->at += length;
    return true;
}

slice lex_rest(lexer *self, place *where) {
    const char *begin = self->at, *stop = line_end(self->at, self->end);
    while (begin < stop && lex_blank(*begin)) begin++;
    *where = place_of(self, begin);
    self->at = stop;
    while (stop > begin && lex_blank(stop[-1])) stop--;
    self->current = (lexeme){LEX_END, true, {stop, 0}, place_of(self, stop)};
    return (slice){begin, (uint32_t)(stop - begin)};
}
