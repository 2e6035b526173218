/* utf8.c - see utf8.h. */
#include "utf8.h"

#include <string.h>

uint32_t utf8_decode(const unsigned char *text, size_t at, size_t length, int32_t *character) {
    unsigned char lead = text[at];
    size_t left = length - at;
    if (lead < 0x80) {
        *character = lead;
        return 1;
    }
    /* The second byte's range depends on the lead: no overlong forms, no surrogates, nothing above U+10FFFF. */
    unsigned char low = 0x80, high = 0xbf;
    uint32_t size;
    int32_t value;
    if (lead >= 0xc2 && lead <= 0xdf) {
        size = 2;
        value = lead & 0x1f;
    } else if (lead >= 0xe0 && lead <= 0xef) {
        size = 3;
        value = lead & 0x0f;
        if (lead == 0xe0) low = 0xa0;
        if (lead == 0xed) high = 0x9f;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        size = 4;
        value = lead & 0x07;
        if (lead == 0xf0) low = 0x90;
        if (lead == 0xf4) high = 0x8f;
    } else {
        *character = UTF8_ILL_FORMED;
        return 1;
    }
    for (uint32_t i = 1; i < size; i++) {
        if (i >= left || text[at + i] < low || text[at + i] > high) {
            *character = UTF8_ILL_FORMED;
            return i;
        }
        value = value << 6 | (text[at + i] & 0x3f);
        low = 0x80;
        high = 0xbf;
    }
    *character = value;
    return size;
}

bool utf8_valid(const unsigned char *text, size_t length, size_t *offset) {
    size_t at = 0;
    while (at < length) {
        uint64_t eight;
        if (length - at >= 8) {
            memcpy(&eight, text + at, 8);
            if (!(eight & UINT64_C(0x8080808080808080))) {
                at += 8;
                continue;
            }
        }
        int32_t character;
        uint32_t size = utf8_decode(text, at, length, &character);
        if (character == UTF8_ILL_FORMED) {
            *offset = at;
            return false;
        }
        at += size;
    }
    return true;
}

uint32_t utf8_encode(int32_t character, unsigned char *to) {
    uint32_t value = (uint32_t)character;
    if (value < 0x80) {
        to[0] = (unsigned char)value;
        return 1;
    }
    if (value < 0x800) {
        to[0] = (unsigned char)(0xc0 | value >> 6);
        to[1] = (unsigned char)(0x80 | (value & 0x3f));
        return 2;
    }
    if (value < 0x10000) {
        to[0] = (unsigned char)(0xe0 | value >> 12);
        to[1] = (unsigned char)(0x80 | (value >> 6 & 0x3f));
        to[2] = (unsigned char)(0x80 | (value & 0x3f));
        return 3;
    }
    to[0] = (unsigned char)(0xf0 | value >> 18);
    to[1] = (unsigned char)(0x80 | (value >> 12 & 0x3f));
    to[2] = (unsigned char)(0x80 | (value >> 6 & 0x3f));
    to[3] = (unsigned char)(0x80 | (value & 0x3f));
    return 4;
}
