/* parse_guard.c - guards: "needs cue.refusal in turn or before 1   unless asked". */
#include "nearest.h"
#include "parse_internal.h"

#define BEFORE_MAX 4u
#define SIDE_MAX 255u
#define WORDS_MAX 65535u
#define PLACES "in sentence, in turn, nearby, before 1 to 4, left, right and here"

static const char *const place_words[] = {"in", "nearby", "before", "left", "right", "here"};

bool parse_at_place(const parser *self) {
    for (size_t i = 0; i < sizeof place_words / sizeof *place_words; i++) {
        if (parse_at_word(self, place_words[i])) return true;
    }
    return false;
}

/* The current token begins with a digit: "left" without a number may be followed by another word. */
static bool at_number(const parser *self) {
    const lexeme *found = &self->lexer.current;
    return found->kind == LEX_WORD && found->text.at[0] >= '0' && found->text.at[0] <= '9';
}

bool parse_place(parser *self, where_kind *where, uint32_t *number) {
    const lexeme *found = &self->lexer.current;
    bool right = parse_at_word(self, "right");
    *number = 0;
    if (parse_take_word(self, "in")) {
        if (parse_take_word(self, "sentence")) {
            *where = WHERE_SENTENCE;
            return true;
        }
        if (parse_take_word(self, "turn")) {
            *where = WHERE_TURN;
            return true;
        }
        if (found->kind == LEX_WORD) {
            parse_complain(self, found->place, "unknown place \"in %.*s\"; the places are " PLACES, SHOWN(found->text));
        } else {
            parse_unexpected(self, "\"sentence\" or \"turn\"");
        }
        return false;
    }
    if (parse_take_word(self, "nearby")) {
        *where = WHERE_NEARBY;
        return true;
    }
    if (parse_take_word(self, "here")) {
        *where = WHERE_HERE;
        return true;
    }
    if (parse_take_word(self, "before")) {
        *where = WHERE_BEFORE;
        return parse_number(self, "the number of turns behind \"before\"", 1, BEFORE_MAX, number);
    }
    if (parse_take_word(self, right ? "right" : "left")) {
        *where = right ? WHERE_RIGHT : WHERE_LEFT;
        *number = UINT32_MAX;
        return !at_number(self) || parse_number(self, "the number of words", 1, SIDE_MAX, number);
    }
    if (found->kind == LEX_WORD) {
        parse_complain(self, found->place, "expected a place, not \"%.*s\"; the places are " PLACES, SHOWN(found->text));
    } else {
        parse_unexpected(self, "a place (" PLACES ")");
    }
    return false;
}

static bool parse_channels(parser *self, condition *made) {
    made->kind = CONDITION_CHANNEL;
    do {
        const lexeme *found = &self->lexer.current;
        int32_t channel = found->kind == LEX_WORD ? channel_from_word(found->text) : -1;
        if (found->kind != LEX_WORD) {
            parse_unexpected(self, "a channel: " CHANNEL_WORDS);
            return false;
        }
        if (channel < 0) {
            parse_complain(self, found->place, "unknown channel \"%.*s\"; the channels are " CHANNEL_WORDS, SHOWN(found->text));
            return false;
        }
        made->number |= 1u << channel;
        lex_advance(&self->lexer);
    } while (parse_take(self, ','));
    return true;
}

/* (a phrase) in sentence */
static bool parse_phrase_condition(parser *self, condition *made) {
    place opened = self->lexer.current.place;
    made->kind = CONDITION_PHRASE;
    if (self->lexer.current.kind != '(') {
        made->phrase = parse_single(self);
        return made->phrase && parse_place(self, &made->where, &made->number);
    }
    lex_advance(&self->lexer);
    self->depth++;
    made->phrase = parse_phrase(self, PARSE_EDGES | PARSE_OR, &made->edges);
    self->depth--;
    if (!made->phrase) return false;
    const lexeme *found = &self->lexer.current;
    if (found->kind != ')') {
        bool word = found->kind == LEX_WORD;
        parse_complain(self, found->place, "expected \")\"%s%.*s%s to close the \"(\" at line %u, column %u%s", word ? " before \"" : "",
                       word ? slice_shown(found->text) : 0, found->text.at, word ? "\"" : "", opened.line, opened.column,
                       parse_at_word(self, "or") ? " (between alternatives write \"|\"; to match the word, quote it)"
                       : word                    ? " (to match the word, quote it)"
                                                 : "");
        return false;
    }
    lex_advance(&self->lexer);
    return parse_place(self, &made->where, &made->number);
}

/* A name: with a place that of a finding, without one that of a context. */
static bool parse_named_condition(parser *self, condition *made) {
    bool dotted = false;
    if (!parse_name(self, NAME_ANY, "the name of a cue, signal, family or context", &made->name)) return false;
    for (uint32_t i = 0; i < made->name.length; i++) dotted = dotted || made->name.at[i] == '.';
    bool placed = parse_at_place(self);
    if (!placed && !dotted) {
        made->kind = CONDITION_CONTEXT;
        return true;
    }
    made->kind = CONDITION_REFERENCE;
    if (placed && !dotted) {
        parse_complain(self, made->place, "\"%.*s\" with a place: write cue.%.*s for a cue, %.*s.* for a family; a context takes no place",
                       SHOWN(made->name), SHOWN(made->name), SHOWN(made->name));
        return false;
    }
    if (!placed && self->lexer.current.kind != LEX_WORD && self->lexer.current.kind != LEX_BAD) {
        parse_complain(self, self->lexer.current.place, "expected a place behind \"%.*s\": " PLACES, SHOWN(made->name));
        return false;
    }
    return parse_place(self, &made->where, &made->number);
}

static bool parse_condition(parser *self, condition *made, const condition *last) {
    made->place = self->lexer.current.place;
    switch (self->lexer.current.kind) {
    case '(':
    case '<':
    case '#':
    case LEX_STRING: return parse_phrase_condition(self, made);
    case LEX_WORD: break;
    default:
        parse_unexpected(self, "a condition (cue.name in turn, (a phrase) in sentence, a context, channel, role, short, long, first)");
        return false;
    }
    if (parse_at_place(self)) {
        if (!last || (last->kind != CONDITION_REFERENCE && last->kind != CONDITION_PHRASE)) {
            parse_complain(self, made->place, "\"%.*s\" says where, but not what: write the cue, signal, family or (phrase) before it",
                           SHOWN(self->lexer.current.text));
            return false;
        }
        place where = made->place;
        *made = *last;
        made->place = where;
        made->next = NULL;
        return parse_place(self, &made->where, &made->number);
    }
    if (parse_take_word(self, "channel")) return parse_channels(self, made);
    if (parse_take_word(self, "role")) {
        made->kind = CONDITION_ROLE;
        return parse_roles(self, false, &made->number);
    }
    if (parse_take_word(self, "short")) {
        made->kind = CONDITION_SHORT;
        return parse_number(self, "the number of words behind \"short\"", 1, WORDS_MAX, &made->number);
    }
    if (parse_take_word(self, "long")) {
        made->kind = CONDITION_LONG;
        return parse_number(self, "the number of words behind \"long\"", 1, WORDS_MAX, &made->number);
    }
    if (parse_take_word(self, "first")) {
        made->kind = CONDITION_FIRST;
        return true;
    }
    return parse_named_condition(self, made);
}

condition *parse_conditions(parser *self) {
    condition *first = NULL, *last = NULL;
    do {
        condition *made = parse_new(self, condition);
        if (!made || !parse_condition(self, made, last)) return NULL;
        if (last) {
            last->next = made;
        } else {
            first = made;
        }
        last = made;
    } while (parse_take_word(self, "or"));
    return first;
}

/* Behind a condition in brackets, "in sentence" and the like stand. `ahead` stands at the "(". */
static bool place_follows_bracket(parser *ahead) {
    uint32_t depth = 0;
    do {
        int kind = ahead->lexer.current.kind;
        if (kind == LEX_END) return false;
        depth += kind == '(';
        depth -= kind == ')';
        lex_advance(&ahead->lexer);
    } while (depth);
    bool in = parse_at_word(ahead, "in"), side = parse_at_word(ahead, "left") || parse_at_word(ahead, "right");
    bool before = parse_at_word(ahead, "before"), alone = parse_at_word(ahead, "here") || parse_at_word(ahead, "nearby");
    if (!in && !side && !before && !alone) return false;
    lex_advance(&ahead->lexer);
    if (in) return parse_at_word(ahead, "sentence") || parse_at_word(ahead, "turn");
    if (side || before) return at_number(ahead);
    return ahead->lexer.current.kind == LEX_END || parse_at_word(ahead, "or") || parse_at_word(ahead, "needs") ||
           parse_at_word(ahead, "unless");
}

const char *parse_guard_guess(const parser *self) {
    static const char *const words[] = {"needs", "unless"};
    const char *meant = NULL;
    nearest guess = nearest_begin(self->lexer.current.text);
    for (uint32_t i = 0; i < 2; i++) {
        nearest_offer(&guess, (slice){words[i], i ? 6 : 5});
        if (guess.best.at == words[i]) meant = words[i];
    }
    if (!meant) return NULL;
    parser ahead = *self;
    lex_advance(&ahead.lexer);
    if (ahead.lexer.current.kind == '(') return place_follows_bracket(&ahead) ? meant : NULL;
    if (ahead.lexer.current.kind != LEX_WORD) return NULL;
    lex_advance(&ahead.lexer);
    return ahead.lexer.current.kind == '.' && !ahead.lexer.current.spaced ? meant : NULL;
}

bool parse_guards(parser *self, guard ***tail) {
    for (;;) {
        bool unless = parse_at_word(self, "unless");
        if (!unless && !parse_at_word(self, "needs")) return true;
        lex_advance(&self->lexer);
        guard *made = parse_new(self, guard);
        if (!made) return false;
        made->unless = unless;
        made->conditions = parse_conditions(self);
        if (!made->conditions) return false;
        if (parse_at_word(self, "and")) {
            parse_complain(self, self->lexer.current.place, "conditions are joined by \"or\"; where all must hold, write a second \"%s\"",
                           unless ? "unless" : "needs");
            return false;
        }
        **tail = made;
        *tail = &made->next;
    }
}
