/* token_special.c - tokens that are no plain words: numbers, handles, placeholders, addresses, emoji, lone clitics. */
#include "token_reader.h"
#include "utf8.h"

#include <string.h>
#include <utf8proc.h>

void token_read_number(reader *self, uint32_t begin, uint32_t digits, uint32_t marks) {
    uint32_t at = digits, kinds = TOKEN_NUMBER, size;
    for (;; at++) {
        char class = class_at(self, at);
        if (class == '0') continue;
        bool between = (class == '.' || class == 'c') && class_at(self, at + 1) == '0';
        if (!between || !strchr(".,:", self->text[at])) break;
        if (self->text[at] == ':') kinds |= TOKEN_TIME;
    }
    if (begin != digits) kinds |= TOKEN_MONEY;
    if (class_at(self, at) == '%') {
        at++;
    } else if (class_at(self, at) == '$') {
        kinds |= TOKEN_MONEY;
        at++;
    } else if (class_at(self, at) == 'h' && character_at(self, at, &size) == CHARACTER_CURRENCY) {
        kinds |= TOKEN_MONEY;
        marks |= TOKEN_FOLD;
        at += size;
    }
    token_add(self, begin, at, kinds, marks);
}

void token_read_handle(reader *self) {
    uint32_t at = self->at + 1, size = 1;
    while (word_character_at(self, at)) {
        if (class_at(self, at) == 'h') character_at(self, at, &size);
        at += class_at(self, at) == 'h' ? size : 1;
    }
    token_add(self, self->at, at, TOKEN_NAME, TOKEN_OPAQUE);
}

/* <word>, as transcripts write what they hide. False if this is none. */
bool token_read_placeholder(reader *self) {
    uint32_t at = self->at + 1;
    while (class_at(self, at) == 'a' || class_at(self, at) == '0') at++;
    uint32_t inside = at - self->at - 1;
    if (!inside || inside > 20 || class_at(self, at) != '>') return false;
    token_add(self, self->at, at + 1, TOKEN_NAME, TOKEN_OPAQUE);
    return true;
}

static bool may_be_link(const reader *self) {
    unsigned char first = self->text[self->at];
    if ((first != 'h' && first != 'w') || self->at + 4 > self->length) return false;
    return self->text[self->at + 1] == (first == 'h' ? 't' : 'w');
}

static bool starts_with(const reader *self, const char *prefix) {
    size_t size = strlen(prefix);
    return self->length - self->at >= size && memcmp(self->text + self->at, prefix, size) == 0;
}

/* An address. False if this is none. */
bool token_read_link(reader *self) {
    if (!may_be_link(self)) return false;
    if (!starts_with(self, "http://") && !starts_with(self, "https://") && !starts_with(self, "www.")) return false;
    uint32_t at = self->at;
    while (at < self->length && self->text[at] > ' ' && self->text[at] != 0x7f) {
        uint32_t size = 1;
        int32_t character = 0;
        if (self->text[at] >= 0x80) {
            size = utf8_decode(self->text, at, self->length, &character);
            character_class beyond = character_classify(character);
            if (character == UTF8_ILL_FORMED || beyond == CHARACTER_SPACE || beyond == CHARACTER_BREAK) break;
        }
        at += size;
    }
    while (at > self->at && strchr(".,!?)'\";:", self->text[at - 1])) at--;
    token_add(self, self->at, at, TOKEN_LINK, TOKEN_OPAQUE);
    return true;
}

void token_read_emoji(reader *self, uint32_t size) {
    uint32_t at = self->at + size;
    while (at < self->length && self->text[at] >= 0x80) {
        int32_t character;
        size = utf8_decode(self->text, at, self->length, &character);
        bool joins = character == 0x200d || (character >= 0xfe00 && character <= 0xfe0f) ||
                     (character >= 0x1f3fb && character <= 0x1f3ff) ||
                     (character != UTF8_ILL_FORMED && utf8proc_category(character) == UTF8PROC_CATEGORY_SK) ||
                     character_classify(character) == CHARACTER_EMOJI;
        if (!joins) break;
        at += size;
    }
    token_add(self, self->at, at, TOKEN_EMOJI, TOKEN_OPAQUE);
}

/* :-) and its like. False if this is none. */
bool token_read_emoticon(reader *self) {
    uint32_t at = self->at + 1;
    if (self->text[self->at] == '<') {
        if (at >= self->length || self->text[at] != '3') return false;
    } else {
        if (at < self->length && self->text[at] == '-') at++;
        if (at >= self->length || !self->text[at] || !strchr(")(DPp/|", self->text[at])) return false;
    }
    if (word_character_at(self, at + 1)) return false;
    token_add(self, self->at, at + 1, TOKEN_EMOJI, TOKEN_OPAQUE);
    return true;
}

/* A clitic that stands alone, as speech recognisers write it: "i 'm". False if this is none. */
bool token_read_lone_clitic(reader *self, uint32_t size) {
    uint32_t letters = self->at + size, end = letters;
    while (end - letters < 3 && class_at(self, end) == 'a' && self->text[end] != '_') end++;
    if (end == letters || end - letters > 2 || word_character_at(self, end)) return false;
    uint32_t before = self->at;
    while (before && self->text[before - 1] == ' ') before--;
    if (before == self->at || !word_character_before(self, before) || (self->text[before - 1] >= '0' && self->text[before - 1] <= '9'))
        return false;
    token_add(self, self->at, end, 0, size > 1 ? TOKEN_FOLD : 0);
    return true;
}
