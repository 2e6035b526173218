/* utf16.c - see utf16.h. */
#include "utf16.h"
#include "utf8.h"

#define LONE_SURROGATE 0xffu
#define BLOCK 16u

/* Narrows `count` units if all of them are ASCII, as most text is: loops of a fixed length, which compilers make vectors of. */
static inline bool narrow_ascii(const uint16_t *text, size_t count, unsigned char *to) {
    uint32_t all = 0;
    for (size_t i = 0; i < count; i++) all |= text[i];
    if (all >= 0x80) return false;
    for (size_t i = 0; i < count; i++) to[i] = (unsigned char)text[i];
    return true;
}

size_t utf16_narrow(const uint16_t *text, size_t length, unsigned char *to) {
    size_t written = 0;
    for (size_t i = 0; i < length; i++) {
        for (; length - i >= BLOCK && narrow_ascii(text + i, BLOCK, to + written); i += BLOCK) written += BLOCK;
        for (; length - i >= 4 && narrow_ascii(text + i, 4, to + written); i += 4) written += 4;
        if (i == length) break;
        uint32_t unit = text[i];
        if (unit < 0x80) {
            to[written++] = (unsigned char)unit;
        } else if (unit < 0xd800 || unit > 0xdfff) {
            written += utf8_encode((int32_t)unit, to + written);
        } else if (unit < 0xdc00 && i + 1 < length && text[i + 1] >= 0xdc00 && text[i + 1] <= 0xdfff) {
            uint32_t low = text[++i];
            written += utf8_encode((int32_t)(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)), to + written);
        } else {
            to[written++] = LONE_SURROGATE;
        }
    }
    return written;
}

size_t utf16_units(const unsigned char *narrowed, size_t bytes) {
    size_t units = 0;
    for (size_t i = 0; i < bytes; i++)
        if ((narrowed[i] & 0xc0) != 0x80) units += narrowed[i] >= 0xf0 && narrowed[i] != LONE_SURROGATE ? 2 : 1;
    return units;
}
