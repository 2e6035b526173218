/* utf16.h - a text in UTF-16, as JavaScript, Java and .NET hold it, becomes UTF-8 for the analysis. */
#ifndef CARE_UTF16_H
#define CARE_UTF16_H

#include <stddef.h>
#include <stdint.h>

#define UTF16_MOST_BYTES 3 /* that one unit becomes */

/* Writes `length` units as UTF-8 to `to` (room for UTF16_MOST_BYTES each) and gives the bytes written. A lone surrogate
 * becomes one ill-formed byte, and so separates words and counts as one unit again. */
size_t utf16_narrow(const uint16_t *text, size_t length, unsigned char *to);

/* The units that the first `bytes` bytes were made of. */
size_t utf16_units(const unsigned char *narrowed, size_t bytes);

#endif
