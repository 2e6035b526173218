/* text.c - see text.h. The widths are Unicode's by block, which is what terminals agree on. */
#include "text.h"

#include <string.h>

typedef struct code_range {
    uint32_t first, last;
} code_range;

/* Marks that sit on the character before them, joiners and selectors. Sorted. */
static const code_range no_width[] = {
    {0x0300, 0x036f},   {0x0483, 0x0489},   {0x0591, 0x05bd}, {0x05bf, 0x05c7}, {0x0610, 0x061a}, {0x064b, 0x065f}, {0x0670, 0x0670},
    {0x06d6, 0x06dc},   {0x06df, 0x06e4},   {0x06e7, 0x06e8}, {0x06ea, 0x06ed}, {0x0711, 0x0711}, {0x0730, 0x074a}, {0x07a6, 0x07b0},
    {0x0816, 0x082d},   {0x08d3, 0x0902},   {0x093a, 0x093a}, {0x093c, 0x093c}, {0x0941, 0x0948}, {0x094d, 0x094d}, {0x0951, 0x0957},
    {0x0e31, 0x0e31},   {0x0e34, 0x0e3a},   {0x0e47, 0x0e4e}, {0x1160, 0x11ff}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200b, 0x200f},
    {0x2060, 0x2064},   {0x20d0, 0x20f0},   {0x302a, 0x302d}, {0x3099, 0x309a}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff},
    {0x1f3fb, 0x1f3ff}, {0xe0001, 0xe01ef},
};

/* East Asian wide and full-width characters, and emoji shown as pictures. Sorted. */
static const code_range two_columns[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},   {0x23f0, 0x23f0},   {0x23f3, 0x23f3},
    {0x25fd, 0x25fe},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267f, 0x267f},   {0x2693, 0x2693},   {0x26a1, 0x26a1},
    {0x26aa, 0x26ab},   {0x26bd, 0x26be},   {0x26c4, 0x26c5},   {0x26ce, 0x26ce},   {0x26d4, 0x26d4},   {0x26ea, 0x26ea},
    {0x26f2, 0x26f3},   {0x26f5, 0x26f5},   {0x26fa, 0x26fa},   {0x26fd, 0x26fd},   {0x2705, 0x2705},   {0x270a, 0x270b},
    {0x2728, 0x2728},   {0x274c, 0x274c},   {0x274e, 0x274e},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x27b0, 0x27b0},   {0x27bf, 0x27bf},   {0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},   {0x2b55, 0x2b55},   {0x2e80, 0x303e},
    {0x3041, 0x3247},   {0x3250, 0x4dbf},   {0x4e00, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},
    {0xfe10, 0xfe1f},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x16fe0, 0x1b2ff}, {0x1f004, 0x1f004},
    {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a}, {0x1f1e6, 0x1f320}, {0x1f32d, 0x1f335}, {0x1f337, 0x1f37c},
    {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca}, {0x1f3cf, 0x1f3d3}, {0x1f3e0, 0x1f3f0}, {0x1f3f4, 0x1f3f4}, {0x1f3f8, 0x1f43e},
    {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc}, {0x1f4ff, 0x1f53d}, {0x1f54b, 0x1f54e}, {0x1f550, 0x1f567}, {0x1f57a, 0x1f57a},
    {0x1f595, 0x1f596}, {0x1f5a4, 0x1f5a4}, {0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5}, {0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d2},
    {0x1f6d5, 0x1f6df}, {0x1f6eb, 0x1f6ec}, {0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7eb}, {0x1f7f0, 0x1f7f0}, {0x1f90c, 0x1f93a},
    {0x1f93c, 0x1f945}, {0x1f947, 0x1f9ff}, {0x1fa70, 0x1faff}, {0x20000, 0x3fffd},
};

static bool range_holds(const code_range *ranges, size_t count, uint32_t code) {
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else if (code < ranges[middle].first)
            count = middle;
        else
            return true;
    }
    return false;
}

static bool code_is_unsafe(uint32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
           code == 0x2028 || code == 0x2029 || code == 0x061c || code == 0x200e || code == 0x200f;
}

uint32_t text_decode(const char *text, size_t length, size_t at, uint32_t *taken) {
    const unsigned char *bytes = (const unsigned char *)text + at;
    size_t left = length - at;
    unsigned char lead = bytes[0];
    uint32_t count = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : (lead & 0xf0) == 0xe0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    uint32_t code = count < 2 ? lead : lead & (0xffu >> (count + 1));
    *taken = 1;
    while (*taken < count && *taken < left) {
        unsigned char low = *taken > 1 ? 0x80 : lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        unsigned char high = *taken > 1 ? 0xbf : lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (bytes[*taken] < low || bytes[*taken] > high) break;
        code = code << 6 | (bytes[(*taken)++] & 0x3fu);
    }
    return count == 0 || *taken < count ? TEXT_ILL_FORMED : code;
}

character text_character(const char *text, size_t length, size_t at) {
    unsigned char lead = (unsigned char)text[at];
    if (lead >= 0x20 && lead < 0x7f) return (character){lead, 1, 1};
    if (lead == '\t' || lead == '\n' || lead == '\r') return (character){' ', 1, 1};
    uint32_t taken;
    uint32_t code = text_decode(text, length, at, &taken);
    if (code == TEXT_ILL_FORMED || code_is_unsafe(code)) return (character){TEXT_REPLACEMENT, taken, 1};
    uint32_t width = 1;
    if (range_holds(no_width, sizeof no_width / sizeof *no_width, code))
        width = 0;
    else if (range_holds(two_columns, sizeof two_columns / sizeof *two_columns, code))
        width = 2;
    return (character){code, taken, width};
}

size_t text_width(const char *text, size_t length) {
    size_t columns = 0;
    for (size_t at = 0; at < length;) {
        character next = text_character(text, length, at);
        columns += next.width;
        at += next.bytes;
    }
    return columns;
}

void text_clean(buffer *out, const char *text, size_t length) {
    for (size_t at = 0; at < length;) {
        character next = text_character(text, length, at);
        if (next.code == ' ')
            buffer_append(out, " ", 1);
        else if (next.code == TEXT_REPLACEMENT)
            buffer_append(out, "\xef\xbf\xbd", 3);
        else
            buffer_append(out, text + at, next.bytes);
        at += next.bytes;
    }
}

void text_squeeze(buffer *out, const char *text) {
    bool space = false;
    for (; *text != '\0'; text++) {
        if (strchr(" \t\r\n", *text) != NULL) {
            space = true;
            continue;
        }
        if (space) buffer_text(out, " ");
        space = false;
        buffer_append(out, text, 1);
    }
}
