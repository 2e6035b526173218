/* form.c - see form.h.
 *
 * A word of up to 12 bytes is two machine words, so that looking it up compares no strings: nearly all words in any text
 * are that short. */
#include "form.h"
#include "utf8.h"

#include <string.h>
#include <utf8proc.h>

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
    *head = form_lower_eight(*head);
    if (length > FORM_SHORT) {
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

uint32_t form_probe(const care_pack *pack, uint32_t at, uint64_t head, uint32_t tail, const unsigned char *bytes, uint32_t length) {
    for (;;) {
        at = (at + 1) & pack->form_mask;
        const pack_form *form = pack->forms + at;
        if (form->head == head && form->tail == tail && form->flags) {
            bool is_long = form->flags & FORM_LONG;
            if (is_long == (length > FORM_SHORT) && (!is_long || same_text(pack, at, bytes, length))) return at;
        }
        if (!form->flags) return FORM_NONE;
    }
}

uint32_t form_find(const care_pack *pack, const unsigned char *bytes, uint32_t length) {
    uint64_t head;
    uint32_t tail;
    form_key(bytes, length, &head, &tail);
    return form_probe(pack, ((uint32_t)pack_hash_form(head, tail) - 1) & pack->form_mask, head, tail, bytes, length);
}

bool form_may_be_stretched(const unsigned char *bytes, uint32_t length) {
    uint32_t beyond = length ? bytes[0] | (length > 1 ? bytes[1] : 0) : 0;
    for (uint32_t i = 2; i < length; i++) {
        beyond |= bytes[i];
        if (!((bytes[i] ^ bytes[i - 1]) & 0xdf) && !((bytes[i] ^ bytes[i - 2]) & 0xdf)) return true;
    }
    return beyond & 0x80;
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
