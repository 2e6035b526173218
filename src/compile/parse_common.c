/* parse_common.c - what all parts of the parser need: complaints, names, numbers, roles. */
#include "parse_internal.h"

#include <string.h>

int slice_shown(slice text) {
    if (text.length <= 40) return (int)text.length;
    int length = 40;
    while (length && ((unsigned char)text.at[length] & 0xC0u) == 0x80u) length--;
    return length;
}

bool parse_stopped(const parser *self) {
    return self->arena->out_of_memory || self->problems->out_of_memory;
}

void parse_complain(parser *self, place where, const char *format, ...) {
    self->failed = true;
    if (self->complained_line == where.line) return;
    self->complained_line = where.line;
    va_list values;
    va_start(values, format);
    problems_add_list(self->problems, where, CARE_SEVERITY_ERROR, CARE_E_SYNTAX, format, values);
    va_end(values);
}

void parse_object(parser *self, place where, const char *format, ...) {
    self->failed = true;
    va_list values;
    va_start(values, format);
    problems_add_list(self->problems, where, CARE_SEVERITY_ERROR, CARE_E_SYNTAX, format, values);
    va_end(values);
}

void parse_note(parser *self, place where, const char *format, ...) {
    va_list values;
    va_start(values, format);
    problems_add_list(self->problems, where, CARE_SEVERITY_NOTE, CARE_OK, format, values);
    va_end(values);
}

void parse_unexpected(parser *self, const char *expected) {
    const lexeme *found = &self->lexer.current;
    uint32_t code = 0;
    switch (found->kind) {
    case LEX_BAD: /* told already, for the whole line */ self->failed = true; return;
    case LEX_END: parse_complain(self, found->place, "expected %s, but the line ends", expected); return;
    case LEX_UNCLOSED: parse_complain(self, found->place, "this quotation mark is not closed in its line: add a second \""); return;
    case LEX_OTHER:
        (void)lex_decode(found->text.at, found->text.at + found->text.length, &code);
        if (code == 0x201C || code == 0x201D) {
            parse_complain(self, found->place, "a curly quotation mark: write a straight one (\")");
        } else {
            parse_complain(self, found->place, "unexpected character U+%04X: expected %s", (unsigned)code, expected);
        }
        return;
    case ',': parse_complain(self, found->place, "expected %s, not \",\" (alternatives are separated by \"|\")", expected); return;
    case '-': parse_complain(self, found->place, "expected %s, not \"-\" (a gap of up to three words is written -3-)", expected); return;
    default: parse_complain(self, found->place, "expected %s, not \"%.*s\"", expected, SHOWN(found->text));
    }
}

bool parse_at_word(const parser *self, const char *word) {
    return self->lexer.current.kind == LEX_WORD && slice_is(self->lexer.current.text, word);
}

bool parse_take_word(parser *self, const char *word) {
    if (!parse_at_word(self, word)) return false;
    lex_advance(&self->lexer);
    return true;
}

bool parse_take(parser *self, int kind) {
    if (self->lexer.current.kind != kind) return false;
    lex_advance(&self->lexer);
    return true;
}

bool parse_line_ends(parser *self, const char *expected) {
    if (self->lexer.current.kind == LEX_END) return true;
    parse_unexpected(self, expected);
    return false;
}

bool parse_number(parser *self, const char *what, uint32_t least, uint32_t most, uint32_t *number) {
    const lexeme *found = &self->lexer.current;
    uint64_t value = 0;
    bool digits = found->kind == LEX_WORD;
    for (uint32_t i = 0; digits && i < found->text.length; i++) {
        char byte = found->text.at[i];
        digits = byte >= '0' && byte <= '9';
        if (value <= UINT32_MAX) value = value * 10 + (uint64_t)(byte - '0');
    }
    if (!digits) {
        if (found->kind == LEX_BAD) {
            parse_unexpected(self, what);
        } else if (found->kind == LEX_END) {
            parse_complain(self, found->place, "%s must be %u to %u, but the line ends", what, least, most);
        } else {
            parse_complain(self, found->place, "%s must be %u to %u, not \"%.*s\"", what, least, most, SHOWN(found->text));
        }
        return false;
    }
    if (value < least || value > most) {
        parse_object(self, found->place, "%s must be %u to %u, not %.*s", what, least, most, SHOWN(found->text));
        value = least;
    }
    *number = (uint32_t)value;
    lex_advance(&self->lexer);
    return true;
}

bool parse_weight_number(parser *self, uint32_t *number) {
    place where = self->lexer.current.place;
    bool point = self->lexer.current.kind == '.';
    if (!point && !parse_number(self, "weight", 0, 100, number)) return false;
    const lexeme *next = &self->lexer.current;
    if (!point && (next->spaced || !(next->kind == '.' || next->kind == ',' || next->kind == '%'))) return true;
    parse_complain(self, where, "a weight is a whole number from 0 to 100");
    return false;
}

/* The shape of the name at the current token, which is passed over; or NAME_NONE if it has no known shape. */
static name_shape read_name(parser *self, slice *name) {
    static const struct {
        const char *parts;
        name_shape shape;
    } shapes[] = {{"w", NAME_PLAIN}, {"w.w", NAME_SIGNAL}, {"w.*", NAME_REFERENCE}, {"w.w/w", NAME_RULE}};
    char parts[8];
    size_t count = 0;
    *name = (slice){self->lexer.current.text.at, 0};
    do {
        int kind = self->lexer.current.kind;
        char part = kind == LEX_WORD ? 'w' : (char)kind;
        if (kind == LEX_WORD) {
            if (memchr(self->lexer.current.text.at, '\'', self->lexer.current.text.length)) part = '\'';
        } else if (kind != '.' && kind != '/' && kind != '*') {
            break;
        }
        if (count < sizeof parts - 1) parts[count++] = part;
        name->length = (uint32_t)(self->lexer.current.text.at + self->lexer.current.text.length - name->at);
        lex_advance(&self->lexer);
    } while (!self->lexer.current.spaced);
    parts[count] = '\0';
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (!strcmp(parts, shapes[i].parts)) return shapes[i].shape;
    }
    return NAME_NONE;
}

bool parse_name(parser *self, name_shape shape, const char *what, slice *name) {
    static const char *const looks[] = {[NAME_PLAIN] = "letters, digits, \"-\" and \"_\"",
                                        [NAME_SIGNAL] = "family.name",
                                        [NAME_REFERENCE] = "family.name, family.* or cue.name",
                                        [NAME_RULE] = "family.name/number or family.name/label",
                                        [NAME_ANY] = "a context, family.name, family.* or cue.name"};
    if (self->lexer.current.kind != LEX_WORD) {
        parse_unexpected(self, what);
        return false;
    }
    place where = self->lexer.current.place;
    name_shape found = read_name(self, name);
    if (found == shape || (shape == NAME_REFERENCE && found == NAME_SIGNAL)) return true;
    if (shape == NAME_ANY && (found == NAME_PLAIN || found == NAME_SIGNAL || found == NAME_REFERENCE)) return true;
    parse_complain(self, where, "\"%.*s\" is not %s: write %s", SHOWN(*name), what, looks[shape]);
    return false;
}

bool parse_names(parser *self, name_shape shape, const char *what, name_list ***tail) {
    do {
        name_list *made = parse_new(self, name_list);
        if (!made) return false;
        made->place = self->lexer.current.place;
        if (!parse_name(self, shape, what, &made->name)) return false;
        **tail = made;
        *tail = &made->next;
    } while (parse_take(self, ','));
    return true;
}

bool parse_roles(parser *self, bool of_header, uint32_t *roles) {
    do {
        const lexeme *found = &self->lexer.current;
        int32_t role = found->kind == LEX_WORD ? role_from_word(found->text, false) : -1;
        if (found->kind != LEX_WORD) {
            parse_unexpected(self, "a role: " ROLE_WORDS " or anyone");
            return false;
        }
        if (role < 0) {
            parse_complain(self, found->place, "unknown role \"%.*s\"; the roles are " ROLE_WORDS " and anyone", SHOWN(found->text));
            return false;
        }
        if (role == ROLE_ANYONE) {
            *roles |= ((1u << CARE_ROLE_COUNT) - 1) & ~(1u << CARE_ROLE_SYSTEM);
        } else {
            *roles |= 1u << role;
            if (of_header && role == CARE_ROLE_AGENT) *roles |= 1u << CARE_ROLE_BOT;
        }
        lex_advance(&self->lexer);
    } while (parse_take(self, ','));
    return true;
}

bool parse_check_word(parser *self, place where, slice text) {
    bool letter = false;
    for (uint32_t i = 0; i < text.length; i++) {
        if (text.at[i] == '_') {
            parse_complain(self, where, "no text has \"_\" inside a word: write <%.*s> for the list, or two words", SHOWN(text));
            return false;
        }
        letter = letter || text.at[i] != '\'';
    }
    if (!letter || (text.length > 1 && text.at[0] == '\'' && text.at[text.length - 1] == '\'')) {
        parse_complain(self, where, "%.*s is no word: to match exactly what is quoted, write \" instead of '", SHOWN(text));
        return false;
    }
    return true;
}
