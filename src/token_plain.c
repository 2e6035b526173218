/* token_plain.c - the fast way through ordinary text: words of up to twelve ASCII letters. Sixty-four bytes at a time are told
 * apart, a bit for each; where a word ends and its capitals are arithmetic on these, its key is two machine words. */
#include "token_reader.h"

#include <string.h>

#define ONES UINT64_C(0x0101010101010101) /* of each byte the lowest bit */
#define HIGH UINT64_C(0x8080808080808080) /* of each byte the highest bit */
#define CASE UINT64_C(0x2020202020202020) /* of each byte the bit that tells small letters from capitals */

/* ---- The window ---- */

/* The HIGH bits of eight bytes as eight bits. */
static uint64_t gather(uint64_t high) {
    return (high >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* Moves the window to the next byte to be read. False if memory ran out. */
static bool look(reader *self) {
    window *here = &self->window;
    token_list *list = self->list;
    uint32_t left = self->length - self->at;
    /* No token is shorter than a byte, so that there is room for all that begin here. */
    if (!memory_reserve(self->allocator, (void **)&list->tokens, &list->token_room, list->token_count + WINDOW, sizeof *list->tokens)) {
        self->out_of_memory = true;
        return false;
    }
    here->begin = self->at;
    here->bytes = self->text + self->at;
    here->letters = here->capitals = 0;
    if (left < sizeof here->copied) { /* so that sixteen bytes can be read from any place */
        memset(here->copied, 0, sizeof here->copied);
        memcpy(here->copied, here->bytes, left);
        here->bytes = here->copied;
    }
    for (uint32_t i = 0; i < WINDOW && i < left; i += 8) {
        uint64_t bytes;
        memcpy(&bytes, here->bytes + i, 8);
        uint64_t low = (bytes | CASE) & ~HIGH;
        uint64_t letters = (low + ONES * (0x80 - 'a')) & ~(low + ONES * (0x7f - 'z')) & ~bytes & HIGH;
        here->letters |= gather(letters) << i;
        here->capitals |= gather(letters & ~bytes << 2) << i;
    }
    return true;
}

/* ---- Words ---- */

/* What capitals, a bit for each, make of a word of so many letters. */
static uint32_t kinds_of(uint64_t capitals, uint32_t count) {
    if (count < 2) return 0;
    if (capitals == (UINT64_C(1) << count) - 1) return TOKEN_CAPS;
    return capitals & 1 ? TOKEN_NAME : 0;
}

/* Whether one of these small letters stands three times in a row. */
static bool has_run(uint64_t small_letters) {
    uint64_t differs = (small_letters ^ small_letters >> 8) | (small_letters ^ small_letters >> 16) | (~small_letters & ONES * 0x40);
    return (differs - ONES) & ~differs & HIGH;
}

/* Whether an unknown word may be a stretched one, or end in a clitic. */
static bool may_be_known(const reader *self, uint64_t head, uint64_t tail, uint32_t count, const unsigned char *end) {
    if (count > 1 && self->pack->letter_clitic_ends & pack_ending_bit(end)) return true;
    return has_run(head) || (tail && (has_run(tail) || has_run(head >> 32 | tail << 32)));
}

/* Whether no word goes on with a character of this class, nor is cut off by it. Without branches: nobody could foretell them. */
static bool ends_word(char class) {
    return (class != 'a') & (class != '0') & (class != 'h') & (class != '\'') & (class != '-');
}

/* Whether it may be an address: "http", "https" or "www". */
static bool may_be_link(uint64_t head) {
    uint64_t two = head & 0xffff;
    return two == ('h' | 't' << 8) || two == ('w' | 'w' << 8);
}

/* The bytes of two machine words that so many letters fill. */
#define FILLED(n) ((n) < 8 ? (UINT64_C(1) << 8 * ((n) % 8)) - 1 : UINT64_MAX)
#define ROW(n) {FILLED(n), (n) < 8 ? 0 : FILLED((n) % 8)}
static const uint64_t filled[FORM_SHORT + 1][2] = {ROW(0), ROW(1), ROW(2), ROW(3), ROW(4),  ROW(5), ROW(6),
                                                   ROW(7), ROW(8), ROW(9), ROW(10), ROW(11), ROW(12)};

void token_read_plain_words(reader *self) {
    const care_pack *pack = self->pack;
    token_list *list = self->list;
    uint32_t at = self->at, marks = 0;
    for (bool leads = true;; leads = false) {
        uint32_t offset = at - self->window.begin;
        if (offset > WINDOW - WINDOW_AHEAD) {
            self->at = at;
            if (!look(self)) return;
            offset = 0;
        }
        uint32_t count = (uint32_t)__builtin_ctzll(~(self->window.letters >> offset) | UINT64_C(1) << 63);
        if (count - 1 >= FORM_SHORT) break;
        const unsigned char *bytes = self->window.bytes + offset;
        uint64_t head, tail;
        memcpy(&head, bytes, 8);
        memcpy(&tail, bytes + 8, 8);
        head = (head | CASE) & filled[count][0];
        tail = (tail | CASE) & filled[count][1];
        bool spaced = bytes[count] == ' ';
        if (may_be_link(head) || !(spaced || ends_word(class_at(self, at + count)))) break;
        if (leads) {
            if (token_gap_open(self)) marks = token_settle_gap(self);
            if (self->quotes & 1) marks |= TOKEN_QUOTED;
        }
        uint64_t capitals = self->window.capitals >> offset & ((UINT64_C(1) << count) - 1);
        uint32_t kinds = capitals ? kinds_of(capitals, count) : 0;
        if (kinds == TOKEN_NAME && list->token_count == self->sentence_first) kinds = 0; /* as in token_add */
        uint32_t form = form_find_short(pack, head, (uint32_t)tail, bytes, count);
        token_put(self, at, at + count, form, kinds, marks, form == FORM_NONE && may_be_known(self, head, tail, count, bytes + count));
        marks &= TOKEN_QUOTED;
        at += count + spaced;
        self->gap.marks = spaced ? GAP_SPACED : 0;
        if (!spaced) break;
    }
    self->at = at;
}
