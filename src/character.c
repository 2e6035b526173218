/* character.c - what a character is to the tokeniser. */
#include "token_reader.h"
#include "utf8.h"

#include <utf8proc.h>

#define BEYOND "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh"
const char character_class_of_byte[257] = "ssssssssssnssnssssssssssssssssss"
                                       "s!q#$%o'ccooc-.o0000000000cc<o>?"
                                       "@aaaaaaaaaaaaaaaaaaaaaaaaaaooooa"
                                       "oaaaaaaaaaaaaaaaaaaaaaaaaaaoooos" BEYOND BEYOND BEYOND BEYOND;

character_class character_classify(int32_t character) {
    switch (character) {
        case 0x2018: case 0x2019: case 0x02bc: case 0xff07: return CHARACTER_APOSTROPHE;
        case 0x201c: case 0x201d: case 0x201e: case 0xab: case 0xbb: return CHARACTER_QUOTE;
        case 0x2013: case 0x2014: case 0x2026: return CHARACTER_MARK;
        case 0x2028: case 0x2029: case 0x85: return CHARACTER_BREAK;
        case 0x3002: return CHARACTER_STOP;
        case 0x203d: case 0xff1f: return CHARACTER_QUESTION;
        case 0xff01: return CHARACTER_EXCLAMATION;
        case UTF8_ILL_FORMED: return CHARACTER_OTHER;
        default: break;
    }
    if ((character >= 0x1f000 && character <= 0x1faff) || (character >= 0x2600 && character <= 0x27bf)) return CHARACTER_EMOJI;
    switch (utf8proc_category(character)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return CHARACTER_WORD;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC: return CHARACTER_SPACE;
    case UTF8PROC_CATEGORY_SC: return CHARACTER_CURRENCY;
    case UTF8PROC_CATEGORY_SO: return CHARACTER_EMOJI;
    default: return CHARACTER_OTHER;
    }
}

character_class character_at(const reader *self, uint32_t at, uint32_t *size) {
    int32_t character;
    *size = utf8_decode(self->text, at, self->length, &character);
    return character_classify(character);
}

bool word_character_at(const reader *self, uint32_t at) {
    uint32_t size;
    char class = class_at(self, at);
    return class == 'a' || class == '0' || (class == 'h' && character_at(self, at, &size) == CHARACTER_WORD);
}

bool word_character_before(const reader *self, uint32_t at) {
    if (!at) return false;
    uint32_t start = at - 1;
    while (start && at - start < 4 && (self->text[start] & 0xc0) == 0x80) start--;
    int32_t character;
    return start + utf8_decode(self->text, start, self->length, &character) == at && word_character_at(self, start);
}
