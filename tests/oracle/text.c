/* text.c - bytes to characters, characters to tokens, and what the marks between the tokens say.
 *
 * The text is looked at several times over, each time for one question only: which character is this, where does a token
 * begin and end, of which kind is it, which line is cited, what stands in the gap behind it. */
#include "inside.h"

#include <string.h>
#include <utf8proc.h>

/* ---- Characters ---- */

/* The length of the well-formed character or of the maximal ill-formed part at `at`, as browsers decode. */
static uint32_t decode(const unsigned char *at, size_t left, uint32_t *code) {
    unsigned char lead = at[0];
    *code = lead;
    if (lead < 0x80) return 1;
    uint32_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    uint32_t value = lead & (0x7fu >> length);
    *code = ILL_FORMED;
    if (lead < 0xc2 || lead > 0xf4) return 1;
    for (uint32_t i = 1; i < length; i++) {
        if (i >= left) return i;
        unsigned char low = 0x80, high = 0xbf;
        if (i == 1 && lead == 0xe0) low = 0xa0;
        if (i == 1 && lead == 0xed) high = 0x9f;
        if (i == 1 && lead == 0xf0) low = 0x90;
        if (i == 1 && lead == 0xf4) high = 0x8f;
        if (at[i] < low || at[i] > high) return i;
        value = value << 6 | (at[i] & 0x3fu);
    }
    *code = value;
    return length;
}

static utf8proc_category_t category(uint32_t code) {
    return code == ILL_FORMED ? UTF8PROC_CATEGORY_CN : utf8proc_category((utf8proc_int32_t)code);
}

static bool is_digit(uint32_t code) {
    return code >= '0' && code <= '9';
}
static bool is_upper_ascii(uint32_t code) {
    return code >= 'A' && code <= 'Z';
}
static bool is_lower_ascii(uint32_t code) {
    return code >= 'a' && code <= 'z';
}
static bool is_letter_ascii(uint32_t code) {
    return is_upper_ascii(code) || is_lower_ascii(code);
}

static bool is_apostrophe(uint32_t code) {
    return code == '\'' || code == 0x2019 || code == 0x2018 || code == 0x02bc || code == 0xff07;
}

static bool is_emoji(uint32_t code) {
    return category(code) == UTF8PROC_CATEGORY_SO || (code >= 0x1f000 && code <= 0x1faff) || (code >= 0x2600 && code <= 0x27bf);
}

/* Letters, marks and digits, without the underscore: what an apostrophe may stand between. */
static bool is_letter_or_digit(uint32_t code) {
    if (code < 0x80) return is_letter_ascii(code) || is_digit(code);
    utf8proc_category_t of = category(code);
    return !is_apostrophe(code) && !is_emoji(code) && of >= UTF8PROC_CATEGORY_LU && of <= UTF8PROC_CATEGORY_NO;
}

static bool is_word(uint32_t code) {
    return code == '_' || is_letter_or_digit(code);
}
static bool is_currency(uint32_t code) {
    return code == '$' || category(code) == UTF8PROC_CATEGORY_SC;
}

static bool is_break(uint32_t code) {
    return code == '\n' || code == '\r' || code == 0x85 || code == 0x2028 || code == 0x2029;
}

static bool is_space(uint32_t code) {
    utf8proc_category_t of = category(code);
    return of == UTF8PROC_CATEGORY_CC || is_break(code) || of == UTF8PROC_CATEGORY_ZS;
}

static bool is_blank(uint32_t code) {
    return code < 128 && is_space(code) && !is_break(code);
}

static bool is_quote(uint32_t code) {
    return code == '"' || (code >= 0x201c && code <= 0x201e) || code == 0xab || code == 0xbb;
}

/* What stands at the end of an address, but does not belong to it. */
static bool is_sentence_mark(uint32_t code) {
    return code && code < 128 && strchr(".,!?)'\";:", (int)code);
}

/* The code of character `i`, or a space beyond either end: nothing there is part of a word. */
static uint32_t at(const reading *self, uint32_t i) {
    return i < self->character_count ? self->characters[i].code : ' ';
}

/* ---- Tokens ---- */

static bool begins(const reading *self, uint32_t i, const char *with) {
    for (; *with; with++, i++) {
        if (at(self, i) != (unsigned char)*with) return false;
    }
    return true;
}

/* The end of the run of word characters at `i`, with the apostrophes that it may hold. */
static uint32_t word_end(const reading *self, uint32_t i) {
    for (uint32_t first = i;; i++) {
        uint32_t code = at(self, i), before = i > first ? at(self, i - 1) : ' ';
        bool joins = is_apostrophe(code) && is_letter_or_digit(before) && is_letter_or_digit(at(self, i + 1));
        if (!is_word(code) && !joins) return i;
    }
}

static uint32_t placeholder_end(const reading *self, uint32_t i) {
    if (at(self, i) != '<') return i;
    uint32_t end = i + 1;
    while (is_letter_ascii(at(self, end)) || is_digit(at(self, end)) || at(self, end) == '_') end++;
    uint32_t length = end - i - 1;
    return length >= 1 && length <= 20 && at(self, end) == '>' ? end + 1 : i;
}

static uint32_t emoji_end(const reading *self, uint32_t i) {
    uint32_t end = i;
    if (at(self, i) == '<' && at(self, i + 1) == '3' && !is_word(at(self, i + 2))) return i + 2;
    if (at(self, i) == ':' || at(self, i) == ';') {
        end = i + 1;
        if (at(self, end) == '-') end++;
        uint32_t mouth = at(self, end);
        return mouth < 128 && mouth && strchr(")(DPp/|", (int)mouth) && !is_word(at(self, end + 1)) ? end + 1 : i;
    }
    if (!is_emoji(at(self, i))) return i;
    for (end = i + 1;; end++) {
        uint32_t code = at(self, end);
        utf8proc_category_t of = category(code);
        bool goes_on = is_emoji(code) || of == UTF8PROC_CATEGORY_SK || (code >= 0xfe00 && code <= 0xfe0f) || code == 0x200d ||
                       (code >= 0x1f3fb && code <= 0x1f3ff);
        if (!goes_on) return end;
    }
}

/* 'm, 're, 'll after a word and a space. */
static uint32_t loose_clitic_end(const reading *self, uint32_t i) {
    if (!is_apostrophe(at(self, i)) || i == 0 || at(self, i - 1) != ' ') return i;
    uint32_t before = i - 1;
    while (before > 0 && at(self, before) == ' ') before--;
    if (!is_word(at(self, before)) || is_digit(at(self, before))) return i;
    uint32_t end = i + 1;
    while (is_letter_ascii(at(self, end))) end++;
    uint32_t letters = end - i - 1;
    return letters >= 1 && letters <= 2 && !is_word(at(self, end)) ? end : i;
}

/* The end of the digits at `i`, with single marks between them, and of the sign behind them. */
static uint32_t number_end(const reading *self, uint32_t i) {
    for (;; i++) {
        uint32_t code = at(self, i);
        bool mark = (code == '.' || code == ',' || code == ':') && is_digit(at(self, i + 1));
        if (!is_digit(code) && !mark) break;
    }
    return is_currency(at(self, i)) || at(self, i) == '%' ? i + 1 : i;
}

/* Whether the token holds digits ':' digits: 17:30. */
static bool is_time(const reading *self, const token *it) {
    for (uint32_t i = it->first; i < it->last; i++) {
        if (at(self, i) == ':') return true;
    }
    return false;
}

static bool is_capitals(const reading *self, const token *it) {
    uint32_t capitals = 0;
    for (uint32_t i = it->first; i < it->last; i++) {
        uint32_t code = at(self, i);
        if (is_lower_ascii(code)) return false;
        if (is_upper_ascii(code)) capitals++;
    }
    return capitals >= 2;
}

/* Adds the token that begins at `i`, if one does; gives where to go on. */
static uint32_t take_token(arena *from, reading *self, size_t *room, uint32_t i) {
    token it = {.first = i};
    uint32_t code = at(self, i), next = at(self, i + 1);
    bool loose = i == 0 || !is_word(at(self, i - 1));
    if (begins(self, i, "http://") || begins(self, i, "https://") || begins(self, i, "www.")) {
        for (it.last = i; !is_space(at(self, it.last)) && at(self, it.last) != ILL_FORMED;) it.last++;
        while (is_sentence_mark(at(self, it.last - 1))) it.last--;
        it.kinds = 1u << KIND_LINK;
        it.opaque = true;
    } else if ((it.last = placeholder_end(self, i)) > i) {
        it.kinds = 1u << KIND_NAME;
        it.opaque = true;
    } else if ((it.last = emoji_end(self, i)) > i) {
        it.kinds = 1u << KIND_EMOJI;
        it.opaque = it.emoji = true;
    } else if (code == '@' && loose && is_word(next)) {
        for (it.last = i + 1; is_word(at(self, it.last));) it.last++;
        it.kinds = 1u << KIND_NAME;
        it.opaque = true;
    } else if (is_digit(code) || (is_currency(code) && is_digit(next))) {
        it.last = number_end(self, is_digit(code) ? i : i + 1);
        it.kinds = 1u << KIND_NUMBER;
        if (is_currency(code) || is_currency(at(self, it.last - 1))) it.kinds |= 1u << KIND_MONEY;
        if (is_time(self, &it)) it.kinds |= 1u << KIND_TIME;
    } else if (is_word(code)) {
        it.last = word_end(self, i);
    } else {
        it.last = loose_clitic_end(self, i);
    }
    if (it.last == i) return i + 1;
    if (!it.opaque && !is_apostrophe(code) && is_capitals(self, &it)) it.kinds |= 1u << KIND_CAPS;
    uint32_t begin = self->characters[i].begin;
    it.text = it.opaque ? "" : text_normalise(from, self->bytes + begin, self->characters[it.last - 1].end - begin);
    self->tokens = append(from, self->tokens, room, self->token_count, sizeof it);
    self->tokens[self->token_count++] = it;
    if (!it.emoji) self->word_count++;
    return it.last;
}

/* ---- The gaps between tokens ---- */

typedef struct gap {
    bool ends, comma, question, exclamation;
} gap;

/* A full stop ends no sentence right behind an abbreviation or an initial (a letter that is no word), nor inside example.com. */
static bool stop_ends(const reading *self, const word_book *words, uint32_t i, const token *before) {
    if (is_word(at(self, i + 1))) return false;
    if (!before || before->last != i || before->opaque) return true;
    if (list_has(&words->abbreviations, before->text)) return false;
    uint32_t first = at(self, before->first);
    bool letter = before->last - before->first == 1 && (is_letter_ascii(first) || first == '_');
    return !letter || words_number(words, before->text) >= 0;
}

/* What characters [first, last) between two tokens say. */
static gap read_gap(const reading *self, const word_book *words, uint32_t first, uint32_t last, const token *before) {
    gap says = {0};
    for (uint32_t i = first; i < last; i++) {
        uint32_t code = at(self, i);
        if (code == '.') {
            uint32_t dots = 1;
            while (i + dots < last && at(self, i + dots) == '.') dots++;
            if (dots > 1)
                says.comma = true;
            else if (stop_ends(self, words, i, before))
                says.ends = true;
            i += dots - 1;
        }
        if (code == '?' || code == 0xff1f || code == 0x203d) says.ends = says.question = true;
        if (code == '!' || code == 0xff01) says.ends = says.exclamation = true;
        if (code == 0x3002) says.ends = true;
        if (code == ',' || code == ';' || code == ':' || code == '(' || code == ')') says.comma = true;
        if (code == 0x2013 || code == 0x2014 || code == 0x2026) says.comma = true;
        if (code == '-') {
            bool doubled = at(self, i + 1) == '-' && i + 1 < last;
            bool spaced = i > 0 && is_blank(at(self, i - 1)) && is_blank(at(self, i + 1));
            if (doubled || spaced) says.comma = true;
        }
        if (is_space(code)) {
            uint32_t breaks = 0;
            for (; i < last && is_space(at(self, i)); i++) {
                bool pair = at(self, i) == '\r' && i + 1 < last && at(self, i + 1) == '\n';
                if (is_break(at(self, i)) && !pair) breaks++;
            }
            if (breaks > 1 || (breaks == 1 && !is_lower_ascii(at(self, i)))) says.ends = true;
            i--;
        }
    }
    return says;
}

/* Marks the characters of cited lines: those that begin with '>'. */
static void find_cited(const reading *self, bool *cited) {
    for (uint32_t start = 0; start < self->character_count;) {
        uint32_t end = start, first = start;
        while (end < self->character_count && !is_break(at(self, end))) end++;
        while (first < end && is_space(at(self, first))) first++;
        for (uint32_t i = start; i < end; i++) cited[i] = first < end && at(self, first) == '>';
        start = end + 1;
    }
}

/* A single letter, also before an apostrophe and at most two more: I, I'm, I'll, but not O'Brien. */
static bool is_lone_letter(const reading *self, const token *it) {
    return it->last - it->first == 1 || (is_apostrophe(at(self, it->first + 1)) && it->last - it->first <= 4);
}

/* Kind `name`: a capitalised word inside a sentence, which is neither in capitals nor a single letter. */
static void find_names(const reading *self) {
    for (uint32_t i = 0; i < self->token_count; i++) {
        token *it = &self->tokens[i];
        uint32_t first = at(self, it->first);
        bool upper = is_upper_ascii(first) || category(first) == UTF8PROC_CATEGORY_LU;
        if (upper && !it->starts && !is_lone_letter(self, it) && !it->opaque && !(it->kinds & 1u << KIND_CAPS))
            it->kinds |= 1u << KIND_NAME;
    }
}

/* Quotation marks of characters [first, last), those before the first white space only or those from it on. */
static uint32_t count_quotes(const reading *self, uint32_t first, uint32_t last, bool leading) {
    uint32_t count = 0;
    bool spaced = false;
    for (uint32_t i = first; i < last; i++) {
        spaced = spaced || is_space(at(self, i));
        if (is_quote(at(self, i)) && spaced != leading) count++;
    }
    return count;
}

static void read_marks(arena *from, const word_book *words, reading *self) {
    bool *cited = take(from, self->character_count + 1);
    find_cited(self, cited);
    uint32_t last_quote = 0, quotes = 0;
    for (uint32_t k = 0; k <= self->token_count; k++) {
        uint32_t first = k ? self->tokens[k - 1].last : 0;
        uint32_t last = k < self->token_count ? self->tokens[k].first : self->character_count;
        for (uint32_t i = first; i < last; i++) {
            if (is_quote(at(self, i))) last_quote = i;
        }
    }
    for (uint32_t k = 0; k <= self->token_count; k++) {
        token *before = k ? &self->tokens[k - 1] : NULL, *after = k < self->token_count ? &self->tokens[k] : NULL;
        uint32_t first = before ? before->last : 0, last = after ? after->first : self->character_count;
        gap says = read_gap(self, words, first, last, before);
        bool ends = says.ends || !before || !after || cited[before->first] != cited[after->first];
        if (before && ends) {
            before->question = says.question;
            before->exclamation = says.exclamation;
        }
        if (!after) break;
        if (ends && (before || says.ends))
            quotes = count_quotes(self, first, last, false);
        else
            quotes += count_quotes(self, first, last, true) + count_quotes(self, first, last, false);
        after->starts = ends;
        after->comma = before && says.comma;
        after->cited = cited[after->first];
        after->quoted = quotes % 2 == 1 && last_quote > after->first;
    }
    find_names(self);
}

void text_read(arena *from, const word_book *words, reading *into, const char *bytes, size_t length) {
    into->bytes = bytes;
    into->characters = take(from, (length + 1) * sizeof *into->characters);
    for (size_t i = 0; i < length;) {
        character *it = &into->characters[into->character_count++];
        it->begin = (uint32_t)i;
        i += decode((const unsigned char *)bytes + i, length - i, &it->code);
        it->end = (uint32_t)i;
    }
    size_t room = 0;
    for (uint32_t i = 0; i < into->character_count;) i = take_token(from, into, &room, i);
    read_marks(from, words, into);
}

const char *text_normalise(arena *from, const char *bytes, size_t length) {
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)length, &mapped, options);
    if (size < 0) return take_text(from, "", 0); /* ill-formed: no word is */
    char *plain = take(from, (size_t)size + 1);
    size_t used = 0;
    for (utf8proc_ssize_t i = 0; i < size;) {
        uint32_t code;
        uint32_t bytes_here = decode(mapped + i, (size_t)(size - i), &code);
        if (is_apostrophe(code))
            plain[used++] = '\'';
        else
            memcpy(plain + used, mapped + i, bytes_here), used += bytes_here;
        i += (utf8proc_ssize_t)bytes_here;
    }
    free(mapped);
    return plain;
}
