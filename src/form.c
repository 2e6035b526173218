/* form.c - see form.h.
 *
 * A word of up to 12 bytes is two machine words, so that looking it up compares no strings: nearly all words in any text
 * are that short. */
#include "form.h"
#include "utf8.h"

#include <string.h>
#include <utf8proc.h>

#define SHORT_BYTES 12u

/* ASCII capitals among eight bytes made small. Bytes above 0x7f stay. */
static uint64_t lower_eight(uint64_t bytes) {
    const uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
    uint64_t low = bytes & ~high;
    uint64_t above_z = low + ones * (0x7f - 'Z'), from_a = low + ones * (0x80 - 'A');
    uint64_t capital = ~bytes & high & (from_a ^ above_z);
    return bytes | capital >> 2;
}

static unsigned char lower_one(unsigned char byte) {
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte;
}

static uint32_t tail_hash(const unsigned char *bytes, uint32_t length) {
    uint32_t hash = UINT32_C(0x811c9dc5);
    for (uint32_t i = 8; i < length; i++) hash = (hash ^ lower_one(bytes[i])) * UINT32_C(0x01000193);
    return hash;
}

void form_key(const unsigned char *bytes, uint32_t length, uint64_t *head, uint32_t *tail) {
    *head = 0;
    *tail = 0;
    memcpy(head, bytes, length < 8 ? length : 8);
    *head = lower_eight(*head);
    if (length > SHORT_BYTES) {
        *tail = tail_hash(bytes, length);
    } else if (length > 8) {
        unsigned char rest[4] = {0, 0, 0, 0};
        for (uint32_t i = 8; i < length; i++) rest[i - 8] = lower_one(bytes[i]);
        memcpy(tail, rest, 4);
    }
}

static bool same_text(const care_pack *pack, uint32_t form, const unsigned char *bytes, uint32_t length) {
    const pack_form_detail *detail = pack->form_details + form;
    if (detail->length != length) return false;
    for (uint32_t i = 0; i < length; i++)
        if (lower_one(bytes[i]) != (unsigned char)pack->strings[detail->text + i]) return false;
    return true;
}

static uint32_t form_probe(const care_pack *pack, uint64_t head, uint32_t tail, const unsigned char *bytes, uint32_t length) {
    uint32_t at = (uint32_t)pack_hash_form(head, tail) & pack->form_mask;
    for (;; at = (at + 1) & pack->form_mask) {
        const pack_form *form = pack->forms + at;
        if (form->head == head && form->tail == tail && form->flags) {
            bool is_long = form->flags & FORM_LONG;
            if (is_long == (length > SHORT_BYTES) && (!is_long || same_text(pack, at, bytes, length))) return at;
        }
        if (!form->flags) return FORM_NONE;
    }
}

uint32_t form_find(const care_pack *pack, const unsigned char *bytes, uint32_t length) {
    uint64_t head;
    uint32_t tail;
    form_key(bytes, length, &head, &tail);
    return form_probe(pack, head, tail, bytes, length);
}

uint32_t form_find_ascii(const care_pack *pack, const unsigned char *token, uint32_t length, size_t room) {
    if (length > SHORT_BYTES || room < 16) return length > FORM_MAX ? FORM_NONE : form_find(pack, token, length);
    uint64_t head, rest;
    memcpy(&head, token, 8);
    uint32_t tail = 0;
    if (length < 8) {
        head &= (UINT64_C(1) << (8 * length)) - 1;
    } else if (length > 8) {
        memcpy(&rest, token + 8, 8);
        tail = (uint32_t)lower_eight(rest & ((UINT64_C(1) << (8 * (length - 8))) - 1));
    }
    return form_probe(pack, lower_eight(head), tail, token, length);
}

static bool is_apostrophe(int32_t character) {
    return character == 0x2018 || character == 0x2019 || character == 0x02bc || character == 0xff07;
}

uint32_t form_fold(const unsigned char *token, uint32_t length, unsigned char *to) {
    utf8proc_int32_t characters[4 * FORM_MAX];
    if (length > 2 * FORM_MAX) return 0;
    const int options = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_ssize_t count = utf8proc_decompose(token, (utf8proc_ssize_t)length, characters, 4 * FORM_MAX, (utf8proc_option_t)options);
    if (count <= 0 || count > 4 * (utf8proc_ssize_t)FORM_MAX) return 0;
    count = utf8proc_normalize_utf32(characters, count, (utf8proc_option_t)options);
    uint32_t written = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        unsigned char encoded[4];
        uint32_t size = utf8_encode(is_apostrophe(characters[i]) ? '\'' : characters[i], encoded);
        if (written + size > FORM_MAX) return 0;
        memcpy(to + written, encoded, size);
        written += size;
    }
    return written;
}
