/* token.c - see token.h. One loop over the bytes; what lies between two tokens is gathered in a `gap`, which says, when the
 * next token begins, whether a sentence ended there. */
#include "token.h"
#include "token_reader.h"
#include "utf8.h"

#include <string.h>
#include <utf8proc.h>

/* An apostrophe inside a word stands between letters or digits. */
static bool joins(const reader *self, uint32_t begin, uint32_t at, uint32_t size) {
    return at > begin && self->text[at - 1] != '_' && word_character_at(self, at + size) && self->text[at + size] != '_';
}

/* ---- Sentences ---- */

static void sentence_close(reader *self, bool ends) {
    token_list *list = self->list;
    uint32_t last = (uint32_t)list->token_count;
    if (last == self->sentence_first) return;
    if (!memory_reserve(self->allocator, (void **)&list->sentences, &list->sentence_room, list->sentence_count + 1,
                        sizeof *list->sentences)) {
        self->out_of_memory = true;
        return;
    }
    token_sentence *closed = list->sentences + list->sentence_count++;
    closed->first = self->sentence_first;
    closed->last = last;
    closed->marks = SENTENCE_STARTS | (ends ? SENTENCE_ENDS : 0) | (self->gap.marks & GAP_QUESTION ? SENTENCE_QUESTION : 0) |
                    (self->gap.marks & GAP_EXCLAMATION ? SENTENCE_EXCLAMATION : 0) | (self->sentence_cited ? SENTENCE_CITED : 0) |
                    (self->unsettled ? SENTENCE_UNSETTLED : 0);
    self->sentence_first = last;
    self->previous = FORM_NONE;
    self->unsettled = false;
}

uint32_t token_settle_gap(reader *self) {
    gap between = self->gap;
    uint32_t marks = 0;
    if (between.marks & GAP_ENDS || self->cited != self->sentence_cited) {
        sentence_close(self, true);
        self->quotes = between.quotes_after;
    } else {
        self->quotes += between.quotes_before + between.quotes_after;
        if (between.marks & GAP_COMMA) marks |= TOKEN_COMMA;
    }
    if (self->list->token_count == self->sentence_first) self->sentence_cited = self->cited;
    self->gap.quotes_before = self->gap.quotes_after = 0;
    return marks;
}

const unsigned char *token_bytes(const unsigned char *text, uint32_t begin, uint32_t end, uint32_t marks, unsigned char *buffer,
                                 uint32_t *length) {
    *length = end - begin;
    if (marks & TOKEN_FOLD) {
        *length = form_fold(text + begin, *length, buffer);
        return buffer;
    }
    if (*length > FORM_MAX) *length = 0;
    return text + begin;
}

/* The form of a token; whether an unknown one needs a second look. */
static uint32_t find_form(const reader *self, uint32_t begin, uint32_t end, uint32_t marks, bool *may_be_known) {
    unsigned char buffer[FORM_MAX];
    uint32_t length;
    *may_be_known = false;
    if (marks & TOKEN_OPAQUE) return FORM_NONE;
    const unsigned char *bytes = token_bytes(self->text, begin, end, marks, buffer, &length);
    uint32_t form = length ? form_find(self->pack, bytes, length) : FORM_NONE;
    if (form != FORM_NONE) return form;
    bool may_end = length > 1 && self->pack->clitic_ends & pack_ending_bit(bytes + length);
    *may_be_known = marks & TOKEN_CUT_OFF || may_end || form_may_be_stretched(bytes, length);
    return form;
}

void token_add(reader *self, uint32_t begin, uint32_t end, uint32_t kinds, uint32_t marks) {
    token_list *list = self->list;
    self->at = end;
    if (token_gap_open(self)) marks |= token_settle_gap(self);
    self->gap.marks = 0;
    if (!token_reserve(self)) return;
    if (self->quotes & 1) marks |= TOKEN_QUOTED;
    /* A capital letter tells nothing at the start of a sentence. */
    if (kinds & TOKEN_NAME && !(marks & TOKEN_OPAQUE) && list->token_count == self->sentence_first) kinds &= ~TOKEN_NAME;
    bool may_be_known;
    uint32_t form = find_form(self, begin, end, marks, &may_be_known);
    may_be_known |= kinds & TOKEN_EMOJI && self->pack->drops_emoji;
    token made = token_of(self->pack, begin, end, form, kinds, marks, self->previous, may_be_known);
    list->tokens[list->token_count++] = made;
    list->word_count += !(kinds & TOKEN_EMOJI);
    self->unsettled |= (made.marks & TOKEN_UNSETTLED) != 0;
    self->previous = form;
}

/* ---- Between tokens ---- */

static bool ends_no_sentence(const reader *self) {
    const token_list *list = self->list;
    if (list->token_count == self->sentence_first) return false;
    const token *before = list->tokens + list->token_count - 1;
    if (before->end != self->at || before->marks & TOKEN_OPAQUE) return false;
    uint32_t flags = before->form == FORM_NONE ? 0 : self->pack->forms[before->form].flags, length;
    if (flags & (FORM_ABBREVIATION | FORM_WORD)) return flags & FORM_ABBREVIATION;
    unsigned char buffer[FORM_MAX];
    token_bytes(self->text, before->begin, before->end, before->marks, buffer, &length);
    return length == 1 && class_at(self, before->begin) == 'a'; /* an initial */
}

static void read_stop(reader *self) {
    uint32_t end = self->at;
    while (end < self->length && self->text[end] == '.') end++;
    if (end - self->at > 1)
        self->gap.marks |= GAP_COMMA; /* an ellipsis parts, but ends nothing */
    else if (!word_character_at(self, end) && !ends_no_sentence(self))
        self->gap.marks |= GAP_ENDS;
    self->at = end;
}

/* White space with a line break in it. Wrapped lines go on in a small letter; anything else begins anew. */
static void read_break(reader *self) {
    uint32_t breaks = 0;
    self->gap.marks |= GAP_SPACED;
    while (self->at < self->length) {
        char class = class_at(self, self->at);
        uint32_t size = 1;
        if (class == 'n') {
            if (self->text[self->at] == '\r' && self->at + 1 < self->length && self->text[self->at + 1] == '\n') size = 2;
            breaks++;
        } else if (class == 'h') {
            character_class beyond = character_at(self, self->at, &size);
            if (beyond == CHARACTER_BREAK)
                breaks++;
            else if (beyond != CHARACTER_SPACE)
                break;
        } else if (class != 's') {
            break;
        }
        self->at += size;
    }
    if (self->at >= self->length) return;
    unsigned char next = self->text[self->at];
    if (breaks > 1 || next < 'a' || next > 'z') self->gap.marks |= GAP_ENDS;
    self->cited = next == '>';
}

static void read_quote(reader *self, uint32_t size) {
    if (self->gap.marks & GAP_SPACED)
        self->gap.quotes_after++;
    else
        self->gap.quotes_before++;
    self->gap.marks |= GAP_QUOTES;
    self->last_quote = self->at;
    self->at += size;
}

/* ---- Tokens ---- */

/* Capital letters: a name, or a word in capitals. */
static uint32_t kinds_of_word(const reader *self, uint32_t begin, uint32_t end) {
    uint32_t capitals = 0, small = 0;
    /* One letter, an apostrophe and a short ending is a pronoun rather than a name. */
    bool lone = begin + 1 < end && self->text[begin] < 0x80 && !word_character_at(self, begin + 1) &&
                end - begin <= (self->text[begin + 1] < 0x80 ? 4u : 6u);
    for (uint32_t at = begin; at < end; at++) {
        capitals += self->text[at] >= 'A' && self->text[at] <= 'Z';
        small += self->text[at] >= 'a' && self->text[at] <= 'z';
    }
    if (capitals >= 2 && !small) return TOKEN_CAPS;
    int32_t first;
    uint32_t size = utf8_decode(self->text, begin, end, &first);
    bool capital = first < 0x80 ? first >= 'A' && first <= 'Z' : utf8proc_category(first) == UTF8PROC_CATEGORY_LU;
    return capital && end - begin > size && !lone ? TOKEN_NAME : 0;
}

static void read_word(reader *self) {
    const unsigned char *text = self->text;
    uint32_t begin = self->at, at = begin, marks = 0;
    for (;; at++) {
        char class;
        while ((class = class_at(self, at)) == 'a' || class == '0') at++;
        uint32_t size = 1;
        if (class == 'h') {
            character_class beyond = character_at(self, at, &size);
            if (beyond != CHARACTER_WORD && (beyond != CHARACTER_APOSTROPHE || !joins(self, begin, at, size))) break;
            marks |= TOKEN_FOLD;
            at += size - 1;
        } else if (class != '\'' || !joins(self, begin, at, 1)) {
            break;
        }
    }
    if (at < self->length && text[at] == '-' && (at + 1 >= self->length || class_at(self, at + 1) == 's' || class_at(self, at + 1) == 'n'))
        marks |= TOKEN_CUT_OFF;
    bool plain_small = text[begin] >= 'a' && text[begin] <= 'z';
    token_add(self, begin, at, plain_small ? 0 : kinds_of_word(self, begin, at), marks);
}

static void read_beyond_ascii(reader *self) {
    uint32_t size;
    character_class class = character_at(self, self->at, &size);
    int32_t character;
    utf8_decode(self->text, self->at, self->length, &character);
    if (character == UTF8_ILL_FORMED) self->list->ill_formed = true;
    switch (class) {
        case CHARACTER_WORD: read_word(self); return;
        case CHARACTER_EMOJI: token_read_emoji(self, size); return;
        case CHARACTER_BREAK: read_break(self); return;
        case CHARACTER_QUOTE: read_quote(self, size); return;
        case CHARACTER_APOSTROPHE:
            if (token_read_lone_clitic(self, size)) return;
            break;
        case CHARACTER_CURRENCY:
            if (class_at(self, self->at + size) == '0') {
                token_read_number(self, self->at, self->at + size, TOKEN_FOLD);
                return;
            }
            break;
        case CHARACTER_SPACE: self->gap.marks |= GAP_SPACED; break;
        case CHARACTER_MARK: self->gap.marks |= GAP_COMMA; break;
        case CHARACTER_STOP: self->gap.marks |= GAP_ENDS; break;
        case CHARACTER_QUESTION: self->gap.marks |= GAP_ENDS | GAP_QUESTION; break;
        case CHARACTER_EXCLAMATION: self->gap.marks |= GAP_ENDS | GAP_EXCLAMATION; break;
        case CHARACTER_OTHER: break;
    }
    self->at += size;
}

static void read_hyphen(reader *self) {
    uint32_t next = self->at + 1;
    bool doubled = class_at(self, next) == '-';
    bool spaced = self->at && class_at(self, self->at - 1) == 's' && class_at(self, next) == 's';
    if (doubled || spaced) self->gap.marks |= GAP_COMMA;
    self->at++;
}

static void read_one(reader *self) {
    switch (class_at(self, self->at)) {
        case 'a':
            if (token_read_link(self)) return;
            read_word(self);
            return;
        case '0': token_read_number(self, self->at, self->at, 0); return;
        case 's': self->gap.marks |= GAP_SPACED; break;
        case 'n': read_break(self); return;
        case '.': read_stop(self); return;
        case '!': self->gap.marks |= GAP_ENDS | GAP_EXCLAMATION; break;
        case '?': self->gap.marks |= GAP_ENDS | GAP_QUESTION; break;
        case 'q': read_quote(self, 1); return;
        case '-': read_hyphen(self); return;
        case 'c':
            if ((self->text[self->at] == ':' || self->text[self->at] == ';') && token_read_emoticon(self)) return;
            self->gap.marks |= GAP_COMMA;
            break;
        case '<':
            if (token_read_placeholder(self) || token_read_emoticon(self)) return;
            break;
        case '$':
            if (class_at(self, self->at + 1) == '0') {
                token_read_number(self, self->at, self->at + 1, 0);
                return;
            }
            break;
        case '@':
            if (word_character_at(self, self->at + 1) && !word_character_before(self, self->at)) {
                token_read_handle(self);
                return;
            }
            break;
        case '\'':
            if (token_read_lone_clitic(self, 1)) return;
            break;
        case 'h': read_beyond_ascii(self); return;
        default: break;
    }
    self->at++;
}

bool token_read(const care_pack *pack, const unsigned char *text, uint32_t length, const care_allocator *allocator, token_list *list) {
    reader self = {.pack = pack, .allocator = allocator, .list = list, .text = text, .length = length};
    self.previous = FORM_NONE;
    self.last_quote = UINT32_MAX;
    self.last_eight = length < 8 ? 0 : length - 8;
    if (length < 8 && length) memcpy(self.tiny, text, length);
    list->token_count = list->sentence_count = 0;
    list->word_count = 0;
    list->ill_formed = false;
    while (self.at < length && (class_at(&self, self.at) == 's')) self.at++;
    self.cited = self.sentence_cited = self.at < length && text[self.at] == '>';
    while (self.at < length && !self.out_of_memory) {
        token_read_plain_words(&self);
        if (self.at < length) read_one(&self);
        if (self.at < length && text[self.at] == ' ') { /* as behind most words */
            self.gap.marks |= GAP_SPACED;
            self.at++;
        }
    }
    sentence_close(&self, true);
    /* A quotation mark that never closes quotes nothing. */
    for (size_t i = list->token_count; i-- && list->tokens[i].begin > self.last_quote;) list->tokens[i].marks &= (uint8_t)~TOKEN_QUOTED;
    return !self.out_of_memory;
}
