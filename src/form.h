/* form.h - surface forms: spelling made plain, and the vocabulary's hash table. */
#ifndef CARE_FORM_H
#define CARE_FORM_H

#include "pack.h"

#define FORM_MAX 64u /* bytes of a normalised form; longer tokens are unknown words */
#define FORM_NONE UINT32_MAX

/* NFKC and case folding of one token, and plain apostrophes, into `to` (FORM_MAX bytes). Gives the bytes written; 0 if it
 * does not fit, which makes it an unknown word. Ill-formed bytes cannot occur in a token. */
uint32_t form_fold(const unsigned char *token, uint32_t length, unsigned char *to);

/* The number of the form with these (already normalised) bytes, or FORM_NONE. Length 1 to FORM_MAX. */
uint32_t form_find(const care_pack *pack, const unsigned char *bytes, uint32_t length);

/* The same for an ASCII token in any case, straight from the text. `room` is how many bytes may be read from it. */
uint32_t form_find_ascii(const care_pack *pack, const unsigned char *token, uint32_t length, size_t room);

/* The key of a normalised form: what pack_form holds. */
void form_key(const unsigned char *bytes, uint32_t length, uint64_t *head, uint32_t *tail);

#endif
