/* parse_example.c - the lines "yes" and "no": annotations, then a text of one or more turns, read as raw bytes. */
#include "parse_internal.h"

/* What is left of the line. */
typedef struct reader {
    const char *begin, *at, *end;
    place start; /* of `begin` */
} reader;

static place reader_place(const reader *self, const char *at) {
    return (place){self->start.file, self->start.line, self->start.column + (uint32_t)(at - self->begin)};
}

static slice trimmed(const char *begin, const char *end) {
    while (begin < end && lex_blank(*begin)) begin++;
    while (end > begin && lex_blank(end[-1])) end--;
    return (slice){begin, (uint32_t)(end - begin)};
}

static bool name_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' ||
           (unsigned char)byte >= 0x80;
}

static bool is_name(slice text) {
    for (uint32_t i = 0; i < text.length; i++) {
        if (!name_byte(text.at[i])) return false;
    }
    return text.length > 0;
}

/* The text between the bracket at the reader and its partner, which is passed over. */
static bool read_bracket(parser *self, reader *rest, char closing, slice *inner) {
    const char *close = rest->at + 1;
    while (close < rest->end && *close != closing) close++;
    if (close == rest->end) {
        parse_complain(self, reader_place(rest, rest->at),
                       "this \"%c\" is not closed in its line: add \"%c\", or begin the text with a role (Customer: ...)", *rest->at,
                       closing);
        return false;
    }
    *inner = trimmed(rest->at + 1, close);
    rest->at = close + 1;
    return true;
}

static bool read_name(parser *self, reader *rest, example *made) {
    place where = reader_place(rest, rest->at);
    const char *begin = ++rest->at;
    while (rest->at < rest->end && !lex_blank(*rest->at)) rest->at++;
    slice name = {begin, (uint32_t)(rest->at - begin)};
    if (!is_name(name)) {
        parse_complain(self, where, "\"@%.*s\" is no name of an example: write @ and letters, digits, \"-\" or \"_\"", SHOWN(name));
        return false;
    }
    if (made->name.length) parse_object(self, where, "this example has two names: remove \"@%.*s\"", SHOWN(name));
    made->name = name;
    return true;
}

static bool read_channel(parser *self, reader *rest, example *made) {
    place where = reader_place(rest, rest->at);
    slice word;
    if (!read_bracket(self, rest, ']', &word)) return false;
    int32_t channel = channel_from_word(word);
    if (channel < 0) {
        parse_complain(self, where,
                       "unknown channel \"%.*s\"; the channels are " CHANNEL_WORDS
                       " (a text that begins with a bracket needs a role first)",
                       SHOWN(word));
        return false;
    }
    if (made->channel) parse_object(self, where, "this example has two channels: remove \"[%.*s]\"", SHOWN(word));
    made->channel = channel;
    return true;
}

static bool read_slot(parser *self, reader *rest, example_slot ***tail) {
    place where = reader_place(rest, rest->at);
    slice inner;
    if (!read_bracket(self, rest, '}', &inner)) return false;
    uint32_t equals = 0;
    while (equals < inner.length && inner.at[equals] != '=') equals++;
    slice name = trimmed(inner.at, inner.at + equals);
    if (equals == inner.length || !is_name(name)) {
        parse_complain(self, where, "expected {slot=its words}, not \"{%.*s}\" (a text that begins with a bracket needs a role first)",
                       SHOWN(inner));
        return false;
    }
    example_slot *made = parse_new(self, example_slot);
    if (!made) return false;
    made->name = name;
    made->text = trimmed(inner.at + equals + 1, inner.at + inner.length);
    **tail = made;
    *tail = &made->next;
    return true;
}

static bool read_reason(parser *self, reader *rest, example *made) {
    place where = reader_place(rest, rest->at);
    slice word;
    if (!read_bracket(self, rest, ')', &word)) return false;
    if (!is_name(word)) {
        parse_complain(self, where,
                       "\"(%.*s)\" is no reason; write one of speaker, needs, unless, not, yields, threshold, duplicate or a context, "
                       "and an example for each",
                       SHOWN(word));
        return false;
    }
    if (made->reason.length) parse_object(self, where, "this example has two reasons: remove \"(%.*s)\"", SHOWN(word));
    made->reason = word;
    return true;
}

static bool read_annotations(parser *self, reader *rest, example *made) {
    example_slot **slots = &made->slots;
    for (;;) {
        while (rest->at < rest->end && lex_blank(*rest->at)) rest->at++;
        bool read;
        switch (rest->at < rest->end ? *rest->at : '\0') {
        case '@': read = read_name(self, rest, made); break;
        case '[': read = read_channel(self, rest, made); break;
        case '{': read = read_slot(self, rest, &slots); break;
        case '(':
            if (made->positive) return true;
            read = read_reason(self, rest, made);
            break;
        default: return true;
        }
        if (!read) return false;
    }
}

/* The bytes of the role label at `at`, colon included, and the role; 0 if none stands there. */
static size_t role_label(const char *at, const char *end, int32_t *role) {
    const char *colon = at;
    while (colon < end && ((*colon >= 'a' && *colon <= 'z') || (*colon >= 'A' && *colon <= 'Z')) && colon - at < 16) colon++;
    if (colon == end || *colon != ':') return 0;
    int32_t found = role_from_word((slice){at, (uint32_t)(colon - at)}, true);
    if (found < 0 || found == ROLE_ANYONE) return 0;
    *role = found;
    return (size_t)(colon - at) + 1;
}

/* What looks like a label is a part of the text. */
static void note_labels(parser *self, const reader *rest, slice text) {
    const char *at = text.at, *end = text.at + text.length, *colon = at;
    int32_t role;
    while (colon < end && ((*colon >= 'a' && *colon <= 'z') || (*colon >= 'A' && *colon <= 'Z'))) colon++;
    if (colon > at && colon + 1 < end && *at >= 'A' && *at <= 'Z' && *colon == ':' && lex_blank(colon[1]))
        parse_note(self, reader_place(rest, at), "\"%.*s:\" is no role, so that it counts as text; the roles are " ROLE_WORDS,
                   (int)(colon - at), at);
    for (at++; at < end; at++)
        if (lex_blank(at[-1]) && *at >= 'A' && *at <= 'Z' && role_label(at, end, &role))
            parse_note(self, reader_place(rest, at), "turns are separated by \" / \": without it this label counts as text");
}

/* The turn at the reader, up to the next " / Role:". */
static example_turn *read_turn(parser *self, reader *rest) {
    example_turn *made = parse_new(self, example_turn);
    if (!made) return NULL;
    made->role = -1;
    rest->at += role_label(rest->at, rest->end, &made->role);
    const char *begin = rest->at, *stop = rest->end;
    int32_t role;
    for (; rest->at < rest->end; rest->at++) {
        if (*rest->at != '/' || rest->at == rest->begin || !lex_blank(rest->at[-1])) continue;
        const char *next = rest->at + 1;
        while (next < rest->end && lex_blank(*next)) next++;
        if (next == rest->at + 1 || !role_label(next, rest->end, &role)) continue;
        stop = rest->at;
        rest->at = next;
        break;
    }
    made->text = trimmed(begin, stop);
    if (!made->text.length) {
        parse_complain(self, reader_place(rest, begin), "this turn says nothing: write its text");
        return NULL;
    }
    note_labels(self, rest, made->text);
    return made;
}

static bool all_utf8(slice text) {
    const char *at = text.at, *end = text.at + text.length;
    while (at < end) {
        uint32_t code;
        size_t length = lex_decode(at, end, &code);
        if (!length || !code) return false;
        at += length;
    }
    return true;
}

bool parse_example(parser *self, bool positive) {
    example *made = parse_new(self, example);
    if (!made) return false;
    made->place = self->lexer.current.place;
    made->positive = positive;
    if (self->lexer.at < self->lexer.end && *self->lexer.at != '\n' && !lex_blank(*self->lexer.at)) {
        place where = made->place;
        where.column += self->lexer.current.text.length;
        parse_complain(self, where, "expected a space behind \"%s\"", positive ? "yes" : "no");
        return false;
    }
    reader rest;
    slice text = lex_rest(&self->lexer, &rest.start);
    rest.begin = rest.at = text.at;
    rest.end = text.at + text.length;
    if (!all_utf8(text)) { /* told already */
        self->failed = true;
        return false;
    }
    if (!read_annotations(self, &rest, made)) return false;
    if (rest.at == rest.end) {
        parse_complain(self, reader_place(&rest, rest.at), "this example has no text: write what is said, on the same line");
        return false;
    }
    example_turn **turns = &made->turns;
    do {
        example_turn *turn = read_turn(self, &rest);
        if (!turn) return false;
        *turns = turn;
        turns = &turn->next;
    } while (rest.at < rest.end);
    *self->examples = made;
    self->examples = &made->next;
    return true;
}
