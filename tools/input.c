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

/* The line begins a JSON array and not, say, a time in brackets: an object follows, or nothing. */
static bool line_begins_array(const char *text, size_t length, bool any) {
    size_t at = 0;
    while (at < length && (text[at] == ' ' || text[at] == '\t')) at++;
    if (at == length || text[at++] != '[') return false;
    while (at < length && (text[at] == ' ' || text[at] == '\t')) at++;
    return any || at == length || text[at] == '{' || text[at] == ']';
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
    if (found && kind != INPUT_TEXT && line_begins_array(text, length, kind == INPUT_JSONL)) {
        lines_complain(&source, source.number, "a JSON array; care reads JSON lines, one object a line (jq -c '.[]' makes them)");
        lines_close(&source);
        return TOOL_UNREADABLE;
    }
    bool jsonl = kind == INPUT_JSONL || (kind == INPUT_AUTO && first == '{');
    int code = jsonl ? input_read_jsonl(&source, text, length, settings, taker) : input_read_text(&source, text, length, settings, taker);
    if (source.failed) code = tool_worse(code, TOOL_UNREADABLE);
    lines_close(&source);
    return code;
}
