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
    uint64_t first, second; /* these, made small, with zeros behind */
    uint64_t first_capitals, second_capitals; /* CASE bits of the capitals among them */
} letters;

/* HIGH bits of the bytes that are no ASCII letters. */
static uint64_t others_among(uint64_t bytes) {
    uint64_t low = (bytes | CASE) & ~HIGH;
    return ~((low + ONES * (0x80 - 'a')) & ~(low + ONES * (0x7f - 'z')) & ~bytes) & HIGH;
}

/* All bits below the byte with the lowest of these HIGH bits. */
static uint64_t below(uint64_t others) {
    return ((others & (0 - others)) >> 7) - 1;
}

static letters read_letters(const reader *self) {
    bool near_end = self->at >= self->tail_begin; /* a short text stands in the tail alone */
    const unsigned char *base = near_end ? self->tail : self->text;
    uint64_t bytes[2];
    memcpy(bytes, base + (self->at - (near_end ? self->tail_begin : 0)), 16);
    uint64_t others = others_among(bytes[0]), part = below(others);
    letters read = {8, (bytes[0] | CASE) & part, 0, ~bytes[0] & CASE & part, 0};
    if (others) {
        read.count = (uint32_t)__builtin_ctzll(others) / 8;
        return read;
    }
    others = others_among(bytes[1]);
    part = below(others);
    read.count = others ? 8 + (uint32_t)__builtin_ctzll(others) / 8 : 16;
    read.second = (bytes[1] | CASE) & part;
    read.second_capitals = ~bytes[1] & CASE & part;
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

/* Whether no word goes on with a character of this class, nor is cut off by it. Without branches: nobody could foretell them. */
static bool ends_word(char class) {
    return (class != 'a') & (class != '0') & (class != 'h') & (class != '\'') & (class != '-');
}

/* Whether it may be an address: "http", "https" or "www". */
static bool may_be_link(const letters *from) {
    uint64_t two = from->first & 0xffff;
    return two == ('h' | 't' << 8) || two == ('w' | 'w' << 8);
}

void token_read_plain_words(reader *self) {
    const unsigned char *text = self->text;
    while (self->at < self->length) {
        letters read = read_letters(self);
        uint32_t begin = self->at, end = begin + read.count;
        char class = class_at(self, end);
        if (read.count - 1 >= FORM_SHORT || !ends_word(class) || may_be_link(&read)) return;
        uint32_t marks = token_gap_open(self) ? token_settle_gap(self) : 0;
        if (!token_reserve(self)) return;
        if (self->quotes & 1) marks |= TOKEN_QUOTED;
        uint32_t kinds = read.first_capitals | read.second_capitals ? kinds_of(&read) : 0;
        if (kinds == TOKEN_NAME && self->list->token_count == self->sentence_first) kinds = 0; /* as in token_add */
        uint32_t form = form_find_short(self->pack, read.first, (uint32_t)read.second, text + begin, read.count);
        token_put(self, begin, end, form, kinds, marks, form == FORM_NONE && may_be_known(self, &read, text + end));
        bool spaced = class == 's';
        self->gap.marks = spaced ? GAP_SPACED : 0;
        self->at = end + spaced;
        if (!spaced) return;
    }
}
