/* token_plain.c - the fast way through ordinary text: words of up to twelve ASCII letters. A word is two machine words, read at
 * once: where it ends, its capitals and its key are arithmetic on them. */
#include "token_reader.h"

#include <string.h>

#define ONES UINT64_C(0x0101010101010101) /* of each byte the lowest bit */
#define HIGH UINT64_C(0x8080808080808080) /* of each byte the highest bit */
#define CASE UINT64_C(0x2020202020202020) /* of each byte the bit that tells small letters from capitals */

/* Up to sixteen bytes of text that begin with a word's letters. */
typedef struct letters {
    uint32_t count;         /* letters at the beginning */
    unsigned char after;    /* the byte behind them; NUL behind the text */
    uint64_t first, second; /* these, made small, with zeros behind */
    uint64_t first_capitals, second_capitals; /* CASE bits of the capitals among them */
} letters;

/* HIGH bits of the bytes that are no ASCII letters. */
static uint64_t others_among(uint64_t bytes) {
    uint64_t low = (bytes | CASE) & ~HIGH;
    return ~((low + ONES * (0x80 - 'a')) & ~(low + ONES * (0x7f - 'z')) & ~bytes) & HIGH;
}

/* All bits below the byte with the lowest of these HIGH bits, of which there are some. */
static uint64_t below(uint64_t others) {
    return (others ^ (others - 1)) >> 8;
}

/* The eight bytes at `at`, before the text's end, with zeros behind that: of its last ones the first are shifted out. */
static uint64_t eight_at(const reader *self, uint32_t at) {
    uint32_t from = at < self->last_eight ? at : self->last_eight;
    uint64_t bytes;
    memcpy(&bytes, (self->length < 8 ? self->tiny : self->text) + from, sizeof bytes);
    return bytes >> 8 * (at - from);
}

static inline letters read_letters(const reader *self, uint32_t at) {
    uint64_t first = eight_at(self, at), others = others_among(first), part = UINT64_MAX;
    letters read = {8, 0, 0, 0, 0, 0};
    if (others) {
        part = below(others);
        read.count = (uint32_t)__builtin_ctzll(others) / 8;
        read.after = (unsigned char)(first >> 8 * read.count);
    } else if (at + 8 < self->length) {
        uint64_t second = eight_at(self, at + 8);
        others = others_among(second);
        part = others ? below(others) : UINT64_MAX;
        read.count = others ? 8 + (uint32_t)__builtin_ctzll(others) / 8 : 16;
        read.after = (unsigned char)(second >> 8 * (read.count % 8));
        read.second = (second | CASE) & part;
        read.second_capitals = read.second ^ (second & part);
        part = UINT64_MAX;
    }
    read.first = (first | CASE) & part;
    read.first_capitals = read.first ^ (first & part);
    return read;
}

/* What capitals among the letters make of the word. */
static uint32_t kinds_of(const letters *from) {
    if (from->count < 2) return 0;
    bool small = (from->first & CASE) != from->first_capitals || (from->second & CASE) != from->second_capitals;
    if (!small) return TOKEN_CAPS;
    return from->first_capitals & 0xff ? TOKEN_NAME : 0;
}

/* Whether one of these small letters stands three times in a row. */
static bool has_run(uint64_t small_letters) {
    uint64_t differs = (small_letters ^ small_letters >> 8) | (small_letters ^ small_letters >> 16) | (~small_letters & ONES * 0x40);
    return (differs - ONES) & ~differs & HIGH;
}

/* Whether an unknown word may be a stretched one, or end in a clitic. */
static bool may_be_known(const reader *self, const letters *from, const unsigned char *end) {
    if (from->count > 1 && self->pack->letter_clitic_ends & pack_ending_bit(end)) return true;
    return has_run(from->first) || (from->second && (has_run(from->second) || has_run(from->first >> 32 | from->second << 32)));
}

/* Whether it may be an address: "http:", "https:" or "www.". */
static bool may_be_link(const letters *from) {
    uint64_t two = from->first & 0xffff;
    return two == ('h' | 't' << 8) || two == ('w' | 'w' << 8);
}

/* Whether no word goes on with what stands behind the letters, nor is cut off by it. */
static bool end_in(const letters *from) {
    char class = character_class_of_byte[from->after];
    return class != 'a' && class != '0' && class != 'h' && class != '\'' && class != '-' && !may_be_link(from);
}

void token_read_plain_words(reader *self) {
    const care_pack *pack = self->pack;
    token_list *list = self->list;
    token *next = NULL, *first = NULL, *end = NULL;
    uint32_t at = self->at, marks = 0, quoted = 0, previous = FORM_NONE, unsettled = 0;
    bool spaced = true;
    while (at < self->length && (!next || next < end)) {
        letters read = read_letters(self, at);
        if (read.count - 1 >= FORM_SHORT || (read.after != ' ' && !end_in(&read))) break;
        if (!next) { /* what stands before the first of them is settled once */
            if (token_gap_open(self)) marks = token_settle_gap(self);
            if (!token_reserve(self)) return;
            next = list->tokens + list->token_count;
            first = list->tokens + self->sentence_first;
            end = list->tokens + list->token_room;
            previous = self->previous;
            quoted = self->quotes & 1 ? TOKEN_QUOTED : 0;
        }
        uint32_t kinds = read.first_capitals | read.second_capitals ? kinds_of(&read) : 0;
        if (kinds == TOKEN_NAME && next == first) kinds = 0; /* as in token_add */
        uint32_t form = form_find_short(pack, read.first, (uint32_t)read.second, self->text + at, read.count);
        bool may_be = form == FORM_NONE && may_be_known(self, &read, self->text + at + read.count);
        *next = token_of(pack, at, at + read.count, form, kinds, marks | quoted, previous, may_be);
        unsettled |= next->marks;
        previous = form;
        marks = 0;
        next++;
        at += read.count;
        spaced = read.after == ' ';
        if (!spaced) break;
        at++; /* so that reading on need not wait for it */
    }
    if (!next) return;
    size_t count = (size_t)(next - list->tokens);
    list->word_count += (uint32_t)(count - list->token_count);
    list->token_count = count;
    self->at = at;
    self->gap.marks = spaced ? GAP_SPACED : 0;
    self->previous = previous;
    self->unsettled |= (unsettled & TOKEN_UNSETTLED) != 0;
}
