/* json_text.c - see json_text.h. */
#include "json_text.h"

#include "text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What stands for the byte in a string: NULL for itself. */
static const char *escape_of(unsigned char byte, char room[8]) {
    switch (byte) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\b': return "\\b";
    case '\f': return "\\f";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: break;
    }
    if (byte >= 0x20) return NULL;
    snprintf(room, 8, "\\u%04x", byte);
    return room;
}

void json_text_string(const char *text, size_t length) {
    size_t written = 0; /* all before this has been dealt with */
    char room[8];
    putchar('"');
    for (size_t at = 0; at < length;) {
        uint32_t taken = 1;
        const char *instead = NULL;
        if ((unsigned char)text[at] < 0x80)
            instead = escape_of((unsigned char)text[at], room);
        else if (text_decode(text, length, at, &taken) == TEXT_ILL_FORMED)
            instead = "\xef\xbf\xbd";
        if (instead != NULL) {
            fwrite(text + written, 1, at - written, stdout);
            fputs(instead, stdout);
            written = at + taken;
        }
        at += taken;
    }
    if (length > written) fwrite(text + written, 1, length - written, stdout);
    putchar('"');
}

void json_text_word(const char *word) {
    if (word != NULL)
        json_text_string(word, strlen(word));
    else
        fputs("null", stdout);
}

void json_text_number(int64_t number) {
    printf("%" PRId64, number);
}

void json_text_key(bool first, const char *key) {
    printf("%s\"%s\":", first ? "" : ",", key);
}
