/* token.c - see token.h. One loop over the bytes; what lies between two tokens is gathered in a `gap`, which says, when the
 * next token begins, whether a sentence ended there. */
#include "token.h"
#include "form.h"
#include "utf8.h"

#include <string.h>
#include <utf8proc.h>

/* What each byte is: s space, n line break, a letter, 0 digit, c a mark that parts clauses, q quotation mark, o other, h beyond
 * ASCII; the rest stand for themselves. */
#define BEYOND "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"
static const char class_of_byte[257] = "ssssssssssnssnssssssssssssssssss"
                                       "s!q#$%o'ccooc-.o0000000000cc<o>?"
                                       "@aaaaaaaaaaaaaaaaaaaaaaaaaaooooa"
                                       "oaaaaaaaaaaaaaaaaaaaaaaaaaaoooos" BEYOND BEYOND BEYOND BEYOND;

#define GAP_COMMA 1u
#define GAP_ENDS 2u
#define GAP_QUESTION 4u
#define GAP_EXCLAMATION 8u
#define GAP_SPACED 16u /* white space was seen */
#define GAP_QUOTES 32u

/* What stands between the last token and here. */
typedef struct gap {
    uint32_t marks;
    uint32_t quotes_before; /* quotation marks before the white space */
    uint32_t quotes_after;
} gap;

typedef struct reader {
    const care_pack *pack;
    const care_allocator *allocator;
    token_list *list;
    const unsigned char *text;
    uint32_t length, at;
    gap gap;
    uint32_t quotes;          /* marks in this sentence so far */
    uint32_t sentence_first;  /* its first token */
    uint32_t last_quote;      /* offset of the newest quotation mark */
    bool cited, sentence_cited; /* this line; the line the sentence began on */
    bool out_of_memory;
} reader;

typedef enum character_class { CHARACTER_WORD, CHARACTER_SPACE, CHARACTER_BREAK, CHARACTER_MARK, CHARACTER_QUOTE, CHARACTER_APOSTROPHE,
                               CHARACTER_STOP, CHARACTER_QUESTION, CHARACTER_EXCLAMATION, CHARACTER_CURRENCY, CHARACTER_EMOJI, CHARACTER_OTHER } character_class;

static character_class classify(int32_t character) {
    switch (character) {
        case 0x2018: case 0x2019: case 0x02bc: case 0xff07: return CHARACTER_APOSTROPHE;
        case 0x201c: case 0x201d: case 0x201e: case 0xab: case 0xbb: return CHARACTER_QUOTE;
        case 0x2013: case 0x2014: case 0x2026: return CHARACTER_MARK;
        case 0x2028: case 0x2029: case 0x85: return CHARACTER_BREAK;
        case 0x3002: return CHARACTER_STOP;
        case 0x203d: case 0xff1f: return CHARACTER_QUESTION;
        case 0xff01: return CHARACTER_EXCLAMATION;
        case UTF8_ILL_FORMED: return CHARACTER_OTHER;
        default: break;
    }
    if ((character >= 0x1f000 && character <= 0x1faff) || (character >= 0x2600 && character <= 0x27bf)) return CHARACTER_EMOJI;
    switch (utf8proc_category(character)) {
        case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT: case UTF8PROC_CATEGORY_LM: case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC: case UTF8PROC_CATEGORY_ME:
        case UTF8PROC_CATEGORY_ND: case UTF8PROC_CATEGORY_NL: case UTF8PROC_CATEGORY_NO: return CHARACTER_WORD;
        case UTF8PROC_CATEGORY_ZS: case UTF8PROC_CATEGORY_ZL: case UTF8PROC_CATEGORY_ZP: case UTF8PROC_CATEGORY_CC: return CHARACTER_SPACE;
        case UTF8PROC_CATEGORY_SC: return CHARACTER_CURRENCY;
        case UTF8PROC_CATEGORY_SO: return CHARACTER_EMOJI;
        default: return CHARACTER_OTHER;
    }
}

/* The class of the byte at `at`, or 0 at the end of the text; 'h' for what is not ASCII. */
static char class_at(const reader *self, uint32_t at) {
    return at < self->length ? class_of_byte[self->text[at]] : 0;
}

static character_class class_beyond(const reader *self, uint32_t at, uint32_t *size) {
    int32_t character;
    *size = utf8_decode(self->text, at, self->length, &character);
    return classify(character);
}

static bool word_character_at(const reader *self, uint32_t at) {
    uint32_t size;
    char class = class_at(self, at);
    return class == 'a' || class == '0' || (class == 'h' && class_beyond(self, at, &size) == CHARACTER_WORD);
}

/* Whether the character that ends right before `at` is a word character. */
static bool word_character_before(const reader *self, uint32_t at) {
    if (!at) return false;
    uint32_t start = at - 1;
    while (start && at - start < 4 && (self->text[start] & 0xc0) == 0x80) start--;
    int32_t character;
    return start + utf8_decode(self->text, start, self->length, &character) == at && word_character_at(self, start);
}

/* An apostrophe inside a word stands between letters or digits. */
static bool joins(const reader *self, uint32_t begin, uint32_t at, uint32_t size) {
    return at > begin && self->text[at - 1] != '_' && word_character_at(self, at + size) && self->text[at + size] != '_';
}

/* ---- Sentences ---- */

static void sentence_close(reader *self, bool ends) {
    token_list *list = self->list;
    uint32_t last = (uint32_t)list->token_count;
    if (last == self->sentence_first) return;
    if (!memory_reserve(self->allocator, (void **)&list->sentences, &list->sentence_room, list->sentence_count + 1, sizeof *list->sentences)) {
        self->out_of_memory = true;
        return;
    }
    sentence *closed = list->sentences + list->sentence_count++;
    closed->first = self->sentence_first;
    closed->last = last;
    closed->marks = SENTENCE_STARTS | (ends ? SENTENCE_ENDS : 0) | (self->gap.marks & GAP_QUESTION ? SENTENCE_QUESTION : 0) |
                    (self->gap.marks & GAP_EXCLAMATION ? SENTENCE_EXCLAMATION : 0) | (self->sentence_cited ? SENTENCE_CITED : 0);
    self->sentence_first = last;
}

/* Settles what the gap before a token meant; gives the token's marks. */
static uint32_t settle_gap(reader *self) {
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

/* Adds a token [begin, end). */
static void token_add(reader *self, uint32_t begin, uint32_t end, uint32_t kinds, uint32_t marks) {
    token_list *list = self->list;
    self->at = end;
    if (self->gap.marks & ~GAP_SPACED || self->cited != self->sentence_cited) marks |= settle_gap(self); /* else: only white space */
    self->gap.marks = 0;
    if (!memory_reserve(self->allocator, (void **)&list->tokens, &list->token_room, list->token_count + 1, sizeof *list->tokens)) {
        self->out_of_memory = true;
        return;
    }
    if (self->quotes & 1) marks |= TOKEN_QUOTED;
    /* A capital letter tells nothing at the start of a sentence. */
    if (kinds & TOKEN_NAME && !(marks & TOKEN_OPAQUE) && list->token_count == self->sentence_first) kinds &= ~TOKEN_NAME;
    token added = {begin, end, FORM_PENDING, (uint8_t)kinds, (uint8_t)marks};
    list->tokens[list->token_count++] = added;
    list->word_count += !(kinds & TOKEN_EMOJI);
}

/* ---- Between tokens ---- */

static bool ends_no_sentence(const reader *self) {
    const token_list *list = self->list;
    if (list->token_count == self->sentence_first) return false;
    const token *before = list->tokens + list->token_count - 1;
    if (before->end != self->at || before->marks & TOKEN_OPAQUE) return false;
    unsigned char folded[FORM_MAX];
    uint32_t length = before->end - before->begin, form = FORM_NONE;
    const unsigned char *bytes = self->text + before->begin;
    if (before->marks & TOKEN_FOLD) {
        length = form_fold(bytes, length, folded);
        bytes = folded;
    }
    if (length && length <= FORM_MAX) form = form_find(self->pack, bytes, length);
    if (form != FORM_NONE && self->pack->forms[form].flags & FORM_ABBREVIATION) return true;
    bool initial = length == 1 && class_at(self, before->begin) == 'a';
    return initial && (form == FORM_NONE || !(self->pack->forms[form].flags & FORM_WORD));
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
            character_class beyond = class_beyond(self, self->at, &size);
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
    bool lone = begin + 1 < end && self->text[begin] < 0x80 && !word_character_at(self, begin + 1) && end - begin <= (self->text[begin + 1] < 0x80 ? 4u : 6u);
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

/* How many of these eight bytes, from the first on, are ASCII letters. */
static uint32_t leading_letters(uint64_t bytes) {
    const uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
    uint64_t low = (bytes | ones * 0x20) & ~high;
    uint64_t letters = (low + ones * (0x80 - 'a')) & ~(low + ones * (0x7f - 'z')) & ~bytes;
    uint64_t others = ~letters & high;
    return others ? (uint32_t)__builtin_ctzll(others) / 8 : 8;
}

/* The end of the letters from `at` on. Eight bytes are looked at in one step: most words are shorter. */
static uint32_t skip_letters(const reader *self, uint32_t at) {
    while (self->length - at >= 8) {
        uint64_t bytes;
        memcpy(&bytes, self->text + at, 8);
        uint32_t letters = leading_letters(bytes);
        at += letters;
        if (letters < 8) break;
    }
    return at;
}

static void read_word(reader *self) {
    const unsigned char *text = self->text;
    uint32_t begin = self->at, at = skip_letters(self, begin), marks = 0;
    for (;; at++) {
        char class;
        while ((class = class_at(self, at)) == 'a' || class == '0') at++;
        uint32_t size = 1;
        if (class == 'h') {
            character_class beyond = class_beyond(self, at, &size);
            if (beyond != CHARACTER_WORD && (beyond != CHARACTER_APOSTROPHE || !joins(self, begin, at, size))) break;
            marks |= TOKEN_FOLD;
            at += size - 1;
        } else if (class != '\'' || !joins(self, begin, at, 1)) {
            break;
        }
    }
    if (at < self->length && text[at] == '-' && (at + 1 >= self->length || class_at(self, at + 1) == 's' || class_at(self, at + 1) == 'n')) marks |= TOKEN_CUT_OFF;
    bool plain_small = text[begin] >= 'a' && text[begin] <= 'z';
    token_add(self, begin, at, plain_small ? 0 : kinds_of_word(self, begin, at), marks);
}

static void read_number(reader *self, uint32_t begin, uint32_t digits, uint32_t marks) {
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
    } else if (class_at(self, at) == 'h' && class_beyond(self, at, &size) == CHARACTER_CURRENCY) {
        kinds |= TOKEN_MONEY;
        marks |= TOKEN_FOLD;
        at += size;
    }
    token_add(self, begin, at, kinds, marks);
}

/* @handle and #tag: one token with the words behind the sign. */
static void read_tagged(reader *self, uint32_t kinds) {
    uint32_t at = self->at + 1, size = 1;
    while (word_character_at(self, at)) {
        if (class_at(self, at) == 'h') class_beyond(self, at, &size);
        at += class_at(self, at) == 'h' ? size : 1;
    }
    token_add(self, self->at, at, kinds, TOKEN_OPAQUE);
}

/* <word>, as transcripts write what they hide. False if this is none. */
static bool read_placeholder(reader *self) {
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
static bool read_link(reader *self) {
    if (!starts_with(self, "http://") && !starts_with(self, "https://") && !starts_with(self, "www.")) return false;
    uint32_t at = self->at;
    while (at < self->length && self->text[at] > ' ' && self->text[at] != 0x7f) {
        uint32_t size = 1;
        int32_t character = 0;
        if (self->text[at] >= 0x80) {
            size = utf8_decode(self->text, at, self->length, &character);
            character_class beyond = classify(character);
            if (character == UTF8_ILL_FORMED || beyond == CHARACTER_SPACE || beyond == CHARACTER_BREAK) break;
        }
        at += size;
    }
    while (at > self->at && strchr(".,!?)'\";:", self->text[at - 1])) at--;
    token_add(self, self->at, at, TOKEN_LINK, TOKEN_OPAQUE);
    return true;
}

static void read_emoji(reader *self, uint32_t size) {
    uint32_t at = self->at + size;
    while (at < self->length && self->text[at] >= 0x80) {
        int32_t character;
        size = utf8_decode(self->text, at, self->length, &character);
        bool joins = character == 0x200d || (character >= 0xfe00 && character <= 0xfe0f) || (character >= 0x1f3fb && character <= 0x1f3ff) ||
                     (character != UTF8_ILL_FORMED && utf8proc_category(character) == UTF8PROC_CATEGORY_SK) || classify(character) == CHARACTER_EMOJI;
        if (!joins) break;
        at += size;
    }
    token_add(self, self->at, at, TOKEN_EMOJI, TOKEN_OPAQUE);
}

/* :-) and its like. False if this is none. */
static bool read_emoticon(reader *self) {
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
static bool read_lone_clitic(reader *self, uint32_t size) {
    uint32_t letters = self->at + size, end = letters;
    while (end - letters < 3 && class_at(self, end) == 'a' && self->text[end] != '_') end++;
    if (end == letters || end - letters > 2 || word_character_at(self, end)) return false;
    uint32_t before = self->at;
    while (before && self->text[before - 1] == ' ') before--;
    if (before == self->at || !word_character_before(self, before) || (self->text[before - 1] >= '0' && self->text[before - 1] <= '9')) return false;
    token_add(self, self->at, end, 0, size > 1 ? TOKEN_FOLD : 0);
    return true;
}

static void read_beyond_ascii(reader *self) {
    uint32_t size;
    character_class class = class_beyond(self, self->at, &size);
    int32_t character;
    utf8_decode(self->text, self->at, self->length, &character);
    if (character == UTF8_ILL_FORMED) self->list->ill_formed = true;
    switch (class) {
        case CHARACTER_WORD: read_word(self); return;
        case CHARACTER_EMOJI: read_emoji(self, size); return;
        case CHARACTER_BREAK: read_break(self); return;
        case CHARACTER_QUOTE: read_quote(self, size); return;
        case CHARACTER_APOSTROPHE:
            if (read_lone_clitic(self, size)) return;
            break;
        case CHARACTER_CURRENCY:
            if (class_at(self, self->at + size) == '0') {
                read_number(self, self->at, self->at + size, TOKEN_FOLD);
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
            if (may_be_link(self) && read_link(self)) return;
            read_word(self);
            return;
        case '0': read_number(self, self->at, self->at, 0); return;
        case 's': self->gap.marks |= GAP_SPACED; break;
        case 'n': read_break(self); return;
        case '.': read_stop(self); return;
        case '!': self->gap.marks |= GAP_ENDS | GAP_EXCLAMATION; break;
        case '?': self->gap.marks |= GAP_ENDS | GAP_QUESTION; break;
        case 'q': read_quote(self, 1); return;
        case '-': read_hyphen(self); return;
        case 'c':
            if ((self->text[self->at] == ':' || self->text[self->at] == ';') && read_emoticon(self)) return;
            self->gap.marks |= GAP_COMMA;
            break;
        case '<':
            if (read_placeholder(self) || read_emoticon(self)) return;
            break;
        case '$':
            if (class_at(self, self->at + 1) == '0') {
                read_number(self, self->at, self->at + 1, 0);
                return;
            }
            break;
        case '@':
        case '#':
            if (word_character_at(self, self->at + 1) && !word_character_before(self, self->at)) {
                read_tagged(self, self->text[self->at] == '@' ? TOKEN_NAME : 0);
                return;
            }
            break;
        case '\'':
            if (read_lone_clitic(self, 1)) return;
            break;
        case 'h': read_beyond_ascii(self); return;
        default: break;
    }
    self->at++;
}

/* The fast way through ordinary text: words of up to seven letters that begin with a small one, each with a space behind it,
 * looked up while their bytes are at hand. Leaves everything else to read_one. */
static void read_plain_words(reader *self) {
    token_list *list = self->list;
    while (self->length - self->at >= 8) {
        const unsigned char *text = self->text + self->at;
        uint64_t bytes;
        memcpy(&bytes, text, 8);
        uint32_t letters = leading_letters(bytes);
        if (letters - 1u > 6 || text[letters] != ' ' || text[0] < 'a') return;
        uint32_t marks = 0;
        if (self->gap.marks & ~GAP_SPACED || self->cited != self->sentence_cited) marks = settle_gap(self);
        if (!memory_reserve(self->allocator, (void **)&list->tokens, &list->token_room, list->token_count + 1, sizeof *list->tokens)) {
            self->out_of_memory = true;
            return;
        }
        if (self->quotes & 1) marks |= TOKEN_QUOTED;
        uint64_t head = form_lower_eight(bytes) & ((UINT64_C(1) << (8 * letters)) - 1);
        token added = {self->at, self->at + letters, form_find_key(self->pack, head, 0, text, letters), 0, (uint8_t)marks};
        list->tokens[list->token_count++] = added;
        list->word_count++;
        self->gap.marks = GAP_SPACED;
        self->at += letters + 1;
    }
}

bool token_read(const care_pack *pack, const unsigned char *text, uint32_t length, const care_allocator *allocator, token_list *list) {
    reader self = {.pack = pack, .allocator = allocator, .list = list, .text = text, .length = length};
    list->token_count = list->sentence_count = 0;
    list->word_count = 0;
    list->ill_formed = false;
    while (self.at < length && (class_at(&self, self.at) == 's')) self.at++;
    self.cited = self.sentence_cited = self.at < length && text[self.at] == '>';
    while (self.at < length && !self.out_of_memory) {
        read_plain_words(&self);
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
