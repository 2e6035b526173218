/* input.c - opens a file and finds out which of the two readers it is for. */
#include "input.h"

#include <string.h>

static bool line_is_blank(const char *text, size_t length, char *first) {
    for (size_t i = 0; i < length; i++) {
        if (text[i] == ' ' || text[i] == '\t') continue;
        *first = text[i];
        return false;
    }
    return true;
}

int input_read(const char *name, input_kind kind, const input_settings *settings, const input_taker *taker) {
    lines source;
    if (!lines_open(&source, name)) return TOOL_UNREADABLE;
    const char *text = NULL;
    size_t length = 0;
    char first = '\0';
    bool found;
    while ((found = lines_next(&source, &text, &length)) && line_is_blank(text, length, &first)) continue;
    if (!found) text = NULL;
    bool jsonl = kind == INPUT_JSONL || (kind == INPUT_AUTO && first == '{');
    int code = jsonl ? input_read_jsonl(&source, text, length, settings, taker) : input_read_text(&source, text, length, settings, taker);
    if (source.failed) code = tool_worse(code, TOOL_UNREADABLE);
    lines_close(&source);
    return code;
}
