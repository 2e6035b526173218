/* UTF-8 to characters: what is well-formed, and how ill-formed text falls into parts. */
#include "utf8.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* The parts of `text` as a decoder sees them: "41 e9 ? 1f600", one "?" for each ill-formed part. */
static const char *parts(const char *text, size_t length) {
    static char shown[256];
    size_t used = 0;
    shown[0] = '\0';
    for (size_t at = 0; at < length;) {
        int32_t character;
        uint32_t size = utf8_decode((const unsigned char *)text, at, length, &character);
        cr_assert(size >= 1 && size <= 4 && at + size <= length);
        used += (size_t)snprintf(shown + used, sizeof shown - used, character == UTF8_ILL_FORMED ? "%s?" : "%s%x", used ? " " : "",
                                 (unsigned)character);
        at += size;
    }
    return shown;
}

#define PARTS(text, wanted) cr_assert_str_eq(parts("" text, sizeof(text) - 1), wanted)

Test(utf8, well_formed) {
    PARTS("A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", "41 e9 20ac 1f600");
    PARTS("\0\x7f", "0 7f");
    PARTS("\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", "80 7ff 800 ffff 10000 10ffff");
    PARTS("\xed\x9f\xbf\xee\x80\x80", "d7ff e000");
}

Test(utf8, ill_formed_parts_are_maximal) {
    PARTS("\x80\xbf", "? ?");
    PARTS("\xc0\xaf\xc1\xbf", "? ? ? ?");                     /* overlong in two bytes */
    PARTS("\xe0\x9f\xbf", "? ? ?");                           /* overlong in three */
    PARTS("\xf0\x8f\xbf\xbf", "? ? ? ?");                     /* overlong in four */
    PARTS("\xed\xa0\x80", "? ? ?");                           /* a surrogate */
    PARTS("\xf4\x90\x80\x80", "? ? ? ?");                     /* beyond U+10FFFF */
    PARTS("\xf5\x80\xff\xfe", "? ? ? ?");
    PARTS("\xe2\x82" "A", "? 41");                            /* cut off: one part */
    PARTS("\xf0\x9f\x98" "A", "? 41");
    PARTS("\xf0\x9f\x98\xf0\x9f\x98\x80", "? 1f600");
    PARTS("\xe2\x82", "?");                                   /* cut off by the end */
    PARTS("\xf0", "?");
    PARTS("a\xf1\x80\x80\xe1\x80\xc2" "b\x80" "c\x80\xbf" "d", "61 ? ? ? 62 ? 63 ? ? 64"); /* Unicode, table 3-8 */
}

Test(utf8, strict) {
    size_t offset = 99;
    cr_assert(utf8_valid((const unsigned char *)"", 0, &offset));
    cr_assert(utf8_valid((const unsigned char *)"plain text of more than eight bytes, \xc3\xa9", 39, &offset));
    cr_assert_eq(offset, 99);
    cr_assert_not(utf8_valid((const unsigned char *)"0123456789\xe2\x82", 12, &offset));
    cr_assert_eq(offset, 10);
    cr_assert_not(utf8_valid((const unsigned char *)"\xff", 1, &offset));
    cr_assert_eq(offset, 0);
}

Test(utf8, strict_at_every_alignment) {
    char text[40];
    for (size_t at = 0; at < sizeof text; at++) {
        memset(text, 'x', sizeof text);
        text[at] = (char)0x80;
        size_t offset = 99;
        cr_assert_not(utf8_valid((const unsigned char *)text, sizeof text, &offset));
        cr_assert_eq(offset, at);
        cr_assert(utf8_valid((const unsigned char *)text, at, &offset));
    }
}

Test(utf8, every_character_comes_back) {
    for (int32_t character = 0; character <= 0x10ffff; character++) {
        if (character >= 0xd800 && character <= 0xdfff) continue;
        unsigned char bytes[4];
        int32_t again;
        uint32_t size = utf8_encode(character, bytes);
        cr_assert_eq(utf8_decode(bytes, 0, size, &again), size);
        cr_assert_eq(again, character);
    }
}
