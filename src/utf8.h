/* utf8.h - UTF-8 to characters, tolerant and strict. */
#ifndef CARE_UTF8_H
#define CARE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_ILL_FORMED (-1)

/* The character at text[at], at < length. Gives its bytes, 1 to 4, and the code point in *character. An ill-formed sequence
 * gives UTF8_ILL_FORMED and the bytes of its maximal part (Unicode 15, section 3.9), which a decoder would turn into one
 * U+FFFD. */
uint32_t utf8_decode(const unsigned char *text, size_t at, size_t length, int32_t *character);

/* Whether all of `text` is well-formed; else the offset of the first byte that is not in *offset. */
bool utf8_valid(const unsigned char *text, size_t length, size_t *offset);

/* Writes `character`, a scalar value, to `to` (room for 4) and gives the bytes written. */
uint32_t utf8_encode(int32_t character, unsigned char *to);

#endif
