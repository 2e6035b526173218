/* form.h - surface forms: spelling made plain, and the vocabulary's hash table. */
#ifndef CARE_FORM_H
#define CARE_FORM_H

#include "pack.h"

#include <string.h>

#define FORM_MAX 64u /* bytes of a normalised form; longer tokens are unknown words */
#define FORM_NONE UINT32_MAX

/* NFKC and case folding of one token, and plain apostrophes, into `to` (FORM_MAX bytes). Gives the bytes written; 0 if it
 * does not fit, which makes it an unknown word. Ill-formed bytes cannot occur in a token. */
uint32_t form_fold(const unsigned char *token, uint32_t length, unsigned char *to);

/* The number of the form with these (already normalised) bytes, or FORM_NONE. Length 1 to FORM_MAX. */
uint32_t form_find(const care_pack *pack, const unsigned char *bytes, uint32_t length);

/* Whether some letter may stand three times or more in a row: people stretch words. */
bool form_may_be_stretched(const unsigned char *bytes, uint32_t length);

/* The key of a normalised form: what pack_form holds. */
void form_key(const unsigned char *bytes, uint32_t length, uint64_t *head, uint32_t *tail);

/* ---- The hot path ---- */

#define FORM_SHORT 12u /* a form of up to so many bytes is two machine words: looking it up compares no strings */

/* ASCII capitals among eight bytes made small. Bytes above 0x7f stay. */
static inline uint64_t form_lower_eight(uint64_t bytes) {
    const uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
    uint64_t low = bytes & ~high;
    uint64_t above_z = low + ones * (0x7f - 'Z'), from_a = low + ones * (0x80 - 'A');
    uint64_t capital = ~bytes & high & (from_a ^ above_z);
    return bytes | capital >> 2;
}

/* The form with this key, which is that of `bytes`, behind bucket `at`, where it belongs; or FORM_NONE. */
uint32_t form_probe(const care_pack *pack, uint32_t at, uint64_t head, uint32_t tail, const unsigned char *bytes, uint32_t length);

/* The form of up to FORM_SHORT bytes, which are not all NUL, with this key, or FORM_NONE. Nearly all stand where they belong. */
static inline uint32_t form_find_short(const care_pack *pack, uint64_t head, uint32_t tail, const unsigned char *bytes, uint32_t length) {
    uint32_t at = (uint32_t)pack_hash_form(head, tail) & pack->form_mask;
    const pack_form *there = pack->forms + at;
    bool same = !((there->head ^ head) | (there->tail ^ tail) | (there->flags & FORM_LONG)); /* in one step */
    if (same) return at;
    return there->flags & FORM_SHARED ? form_probe(pack, at, head, tail, bytes, length) : FORM_NONE;
}

#endif
