/* pack_text.c - see pack_text.h. */
#include "pack_text.h"

#include <string.h>

static bool is_white(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r';
}

static bool in_word(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' ||
           byte == '\'' || (unsigned char)byte >= 0x80;
}

static size_t word_length(const char *text, size_t at, size_t end) {
    size_t length = 0;
    while (at + length < end && in_word(text[at + length])) length++;
    return length;
}

void pack_lines_begin(pack_lines *self, const char *text, size_t length) {
    *self = (pack_lines){.text = text, .length = length};
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) self->at = 3;
}

/* Where the line ends for the language: before a comment and white space. */
static size_t code_end(const char *text, size_t begin, size_t end) {
    size_t stop = end;
    for (size_t at = begin + 1; at < end; at++) {
        if (text[at] != '#' || !is_white(text[at - 1]) || (at + 1 < end && !is_white(text[at + 1]))) continue;
        stop = at;
        break;
    }
    while (stop > begin && is_white(text[stop - 1])) stop--;
    return stop;
}

bool pack_line_is(const pack_lines *self, const pack_line *line, const char *word) {
    return line->word == strlen(word) && memcmp(self->text + line->begin + line->indent, word, line->word) == 0;
}

bool pack_lines_next(pack_lines *self, pack_line *line) {
    if (self->at >= self->length) return false;
    const char *feed = memchr(self->text + self->at, '\n', self->length - self->at);
    *line = (pack_line){.begin = self->at, .end = feed != NULL ? (size_t)(feed - self->text) : self->length, .number = ++self->number};
    self->at = line->end + 1;
    size_t at = line->begin;
    while (at < line->end && is_white(self->text[at])) at++;
    line->indent = at - line->begin;
    line->word = word_length(self->text, at, line->end);
    line->blank = at == line->end || self->text[at] == '#';
    if (line->blank) return true;
    line->goes_on = self->open;
    size_t stop = code_end(self->text, line->begin, line->end);
    bool example = !line->goes_on && (pack_line_is(self, line, "yes") || pack_line_is(self, line, "no"));
    self->open = !example && stop > at && (self->text[stop - 1] == '|' || self->text[stop - 1] == ',');
    return true;
}

void pack_text_hush(char *text, size_t length) {
    static const char *const words[] = {"yes", "no", "retract"};
    pack_lines lines;
    pack_lines_begin(&lines, text, length);
    for (pack_line line; pack_lines_next(&lines, &line);)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (!line.blank && !line.goes_on && pack_line_is(&lines, &line, words[i])) text[line.begin] = '#';
}

/* The line opens, or extends, a statement of this name (any if NULL): its kind and name, or false. */
static bool statement_head(const pack_lines *self, const pack_line *line, const char *kind, const char *name, pack_statement *head) {
    static const char *const kinds[] = {"cue", "context", "list", "slot"};
    size_t at = line->begin + line->indent, word = line->word;
    if (line->blank || line->goes_on) return false;
    head->extends = pack_line_is(self, line, "extend");
    if (head->extends) {
        at += word;
        while (at < line->end && is_white(self->text[at])) at++;
        word = word_length(self->text, at, line->end);
    }
    head->kind = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i]) == word && memcmp(self->text + at, kinds[i], word) == 0) head->kind = kinds[i];
    if (head->kind == NULL || (kind != NULL && strcmp(kind, head->kind) != 0)) return false;
    at += word;
    while (at < line->end && is_white(self->text[at])) at++;
    head->name = at;
    head->name_length = word_length(self->text, at, line->end);
    return name == NULL || (head->name_length == strlen(name) && memcmp(self->text + at, name, head->name_length) == 0);
}

bool pack_text_find(pack_lines *self, const char *kind, const char *name, pack_statement *found) {
    pack_line line;
    do {
        if (!pack_lines_next(self, &line)) return false;
    } while (!statement_head(self, &line, kind, name, found));
    size_t indent = line.indent;
    found->begin = line.begin;
    found->end = line.end;
    found->line = line.number;
    for (pack_lines next = *self; pack_lines_next(&next, &line);) {
        if (line.blank) continue; /* at its end they belong to what follows */
        if (line.indent <= indent && !line.goes_on) break;
        found->end = line.end;
        *self = next;
    }
    return true;
}
