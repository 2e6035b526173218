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

/* Whether a field of a table's header, in quotation marks or not, names what is said. */
static bool field_names_text(const char *field, size_t length) {
    static const char *const names[] = {"text", "utterance", "transcript", "message", "body", "content"};
    if (length >= 2 && field[0] == '"' && field[length - 1] == '"') field++, length -= 2;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t same = 0;
        while (same < length && (field[same] | 0x20) == names[i][same]) same++;
        if (same == length && !names[i][same]) return true;
    }
    return false;
}

/* The line is the header of a table: names without spaces between commas, semicolons or tabs, and one of them is of what is said. */
static bool line_begins_table(const char *text, size_t length) {
    size_t fields = 0, begin = 0;
    bool named = false;
    for (size_t at = 0; at <= length; at++) {
        if (at < length && text[at] == ' ') return false;
        if (at < length && text[at] != ',' && text[at] != ';' && text[at] != '\t') continue;
        named |= field_names_text(text + begin, at - begin);
        begin = at + 1;
        fields++;
    }
    return fields > 1 && named;
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
    if (found && kind == INPUT_AUTO && line_begins_table(text, length)) {
        lines_complain(&source, source.number,
                       "a table with a header; care reads transcripts and JSON lines, with the keys text, role and conversation: python3 -c "
                       "'import csv, json, sys; [print(json.dumps(row)) for row in csv.DictReader(sys.stdin)]' makes lines of a CSV "
                       "(--input text reads it as speech)");
        lines_close(&source);
        return TOOL_UNREADABLE;
    }
    bool jsonl = kind == INPUT_JSONL || (kind == INPUT_AUTO && first == '{');
    int code = jsonl ? input_read_jsonl(&source, text, length, settings, taker) : input_read_text(&source, text, length, settings, taker);
    if (source.failed) code = tool_worse(code, TOOL_UNREADABLE);
    lines_close(&source);
    return code;
}
