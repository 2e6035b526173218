/* parse_phrase.c - phrases: "(late | delayed) -2- <vehicle> $".
 *
 * A phrase is alternatives of sequences of items. Children are gathered on one stack and copied to the arena when their number
 * is known. A mistake in one of the outermost alternatives does not hide those in the alternatives after it. */
#include "parse_internal.h"

#include <string.h>

#define GAP_MAX 64u
#define KIND_WORDS "#number, #money, #time, #name, #caps, #emoji, #link"

static phrase *parse_choice(parser *self);

static phrase *phrase_new(parser *self, phrase_kind kind, place where, slice text) {
    phrase *made = parse_new(self, phrase);
    if (made) *made = (phrase){.kind = kind, .place = where, .text = text};
    return made;
}

static bool push_child(parser *self, phrase *child) {
    void *stack = self->stack;
    if (!child || !arena_reserve(self->arena, &stack, &self->stack_room, self->stack_count + 1, sizeof *self->stack)) return false;
    self->stack = stack;
    self->stack[self->stack_count++] = child;
    return true;
}

/* A node of this kind with all children from `base` up, which leave the stack; a single child stands for itself, unless the
 * kind means something for one. */
static phrase *pop_children(parser *self, phrase_kind kind, place where, size_t base) {
    size_t count = self->stack_count - base;
    self->stack_count = base;
    if (count == 1 && (kind == PHRASE_SEQUENCE || kind == PHRASE_CHOICE)) return self->stack[base];
    phrase *made = phrase_new(self, kind, where, (slice){"", 0});
    if (!made) return NULL;
    made->children = arena_take(self->arena, count * sizeof *made->children);
    if (!made->children) return NULL;
    memcpy(made->children, self->stack + base, count * sizeof *made->children);
    made->child_count = (uint32_t)count;
    return made;
}

/* The current token ends the phrase, whatever is open. */
static bool at_stop_word(const parser *self) {
    return parse_at_word(self, "needs") || parse_at_word(self, "unless") || ((self->style & PARSE_OR) && parse_at_word(self, "or"));
}

static bool all_digits(slice text) {
    for (uint32_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') return false;
    }
    return true;
}

/* "up to 5" stands here, where that ends the phrase. */
static bool at_reach(const parser *self) {
    if (!(self->style & PARSE_REACH) || self->depth != self->whole_depth || !parse_at_word(self, "up")) return false;
    lexer ahead = self->lexer;
    lex_advance(&ahead);
    if (ahead.current.kind != LEX_WORD || !slice_is(ahead.current.text, "to")) return false;
    lex_advance(&ahead);
    return ahead.current.kind == LEX_WORD && all_digits(ahead.current.text);
}

static uint32_t edge_of(int kind) {
    switch (kind) {
    case '^': return EDGE_SENTENCE_START;
    case '$': return EDGE_SENTENCE_END;
    case LEX_TURN_START: return EDGE_TURN_START;
    case LEX_TURN_END: return EDGE_TURN_END;
    case '?': return EDGE_QUESTION;
    case '!': return EDGE_EXCLAMATION;
    default: return 0;
    }
}

/* The whole phrase ends at the current token. */
static bool at_phrase_end(const parser *self) {
    int kind = self->lexer.current.kind;
    return kind == LEX_END || (kind == ')' && self->whole_depth) || at_stop_word(self) || at_reach(self);
}

static void complain_edge(parser *self, const lexeme *edge) {
    if (!(self->style & PARSE_EDGES)) {
        parse_complain(self, edge->place,
                       "\"%.*s\" stands only at the end of a phrase of a signal, cue, context or guard, not in a list or slot",
                       SHOWN(edge->text));
    } else if (edge->kind == '^' || edge->kind == LEX_TURN_START) {
        parse_complain(self, edge->place, "\"%.*s\" in the middle of a phrase: it stands only before the first word of the whole phrase",
                       SHOWN(edge->text));
    } else {
        parse_complain(self, edge->place, "\"%.*s\" in the middle of a phrase: it stands only behind the last word of the whole phrase",
                       SHOWN(edge->text));
    }
}

/* What stands behind a sequence may follow one; or complains. */
static bool check_follower(parser *self) {
    const lexeme *found = &self->lexer.current;
    if (found->kind == '|' || at_phrase_end(self)) return true;
    if (found->kind == ')' || found->kind == ']') {
        if (self->depth > self->whole_depth) return true;
        parse_complain(self, found->place, "this \"%c\" closes nothing: remove it, or open it before", (char)found->kind);
        return false;
    }
    uint32_t edge = edge_of(found->kind);
    if (edge) {
        parser ahead = *self;
        while (edge_of(ahead.lexer.current.kind) & ~EDGES_AT_START) lex_advance(&ahead.lexer);
        bool last = ahead.lexer.current.place.line != found->place.line || ahead.lexer.current.place.column != found->place.column;
        if ((self->style & PARSE_EDGES) && last && self->depth == self->whole_depth && at_phrase_end(&ahead)) return true;
        complain_edge(self, found);
        return false;
    }
    if (found->kind == '+' || found->kind == '~') {
        parse_complain(self, found->place, "\"%c\" must follow %s directly", (char)found->kind,
                       found->kind == '+' ? "a word, a list or a group" : "a word without quotes");
    } else {
        parse_unexpected(self, "a word, \"|\" or the end of the phrase");
    }
    return false;
}

/* "+" stands directly behind the item that was just read. */
static bool take_plus(parser *self) {
    if (self->lexer.current.kind != '+' || self->lexer.current.spaced) return false;
    lex_advance(&self->lexer);
    return true;
}

/* Puts the items from `base` up, which are one item as written, under a "+" if one follows. */
static bool finish_item(parser *self, place where, size_t base) {
    if (!take_plus(self)) return true;
    phrase *child = pop_children(self, PHRASE_SEQUENCE, where, base);
    if (!child || !push_child(self, child)) return false;
    phrase *repeat = pop_children(self, PHRASE_REPEAT, where, base);
    return repeat && push_child(self, repeat);
}

/* The current token is "or" between two items, as if it joined them. */
static bool joins_words(const parser *self) {
    if (!parse_at_word(self, "or") || !self->stack_count || self->lexer.previous == '|') return false;
    lexer ahead = self->lexer;
    lex_advance(&ahead);
    int kind = ahead.current.kind;
    return kind == LEX_WORD || kind == LEX_STRING || kind == '(' || kind == '[' || kind == '<' || kind == '{' || kind == '#';
}

/* A plain word; hyphens separate several. */
static bool parse_word(parser *self) {
    size_t base = self->stack_count;
    slice text = self->lexer.current.text;
    place where = self->lexer.current.place;
    bool outermost = self->depth == self->whole_depth;
    const char *meant = outermost ? parse_guard_guess(self) : NULL;
    if (meant) {
        parse_complain(self, where, "\"%.*s\" before a condition: did you mean \"%s\"? (to match the word, quote it)", SHOWN(text), meant);
        return false;
    }
    if (outermost && joins_words(self))
        parse_note(self, where,
                   "\"or\" is matched as a word here: alternatives are written (a | b), and conditions are joined by \"or\" only behind "
                   "\"needs\" and \"unless\"; quote it if the word is meant");
    if (!parse_check_word(self, where, text)) return false;
    lex_advance(&self->lexer);
    bool derived = self->lexer.current.kind == '~' && !self->lexer.current.spaced;
    if (derived) lex_advance(&self->lexer);
    for (uint32_t begin = 0; begin < text.length;) {
        uint32_t end = begin;
        while (end < text.length && text.at[end] != '-') end++;
        place part = {where.file, where.line, where.column + begin};
        phrase_kind kind = derived && end == text.length ? PHRASE_DERIVED : PHRASE_WORD;
        if (!push_child(self, phrase_new(self, kind, part, (slice){text.at + begin, end - begin}))) return false;
        begin = end + 1;
    }
    return finish_item(self, where, base);
}

/* Whether a hyphen between two letters or digits stands at `at`, so that it separates words. */
static bool hyphen_inside(slice text, uint32_t at) {
    if (text.at[at] != '-' || !at || at + 1 == text.length) return false;
    for (uint32_t i = at - 1; i <= at + 1; i += 2) {
        char byte = text.at[i];
        if (!((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || (unsigned char)byte >= 0x80))
            return false;
    }
    return true;
}

/* Exact forms in quotes. */
static bool parse_quoted(parser *self) {
    size_t base = self->stack_count;
    place where = self->lexer.current.place;
    slice text = {self->lexer.current.text.at + 1, self->lexer.current.text.length - 2};
    for (uint32_t begin = 0; begin < text.length;) {
        uint32_t end = begin;
        while (end < text.length && !lex_blank(text.at[end]) && !hyphen_inside(text, end)) end++;
        place part = {where.file, where.line, where.column + 1 + begin};
        if (end > begin && !push_child(self, phrase_new(self, PHRASE_EXACT, part, (slice){text.at + begin, end - begin}))) return false;
        begin = end + 1;
    }
    if (self->stack_count == base) {
        parse_complain(self, where, "nothing stands between these quotation marks: write the form to be matched, or remove them");
        return false;
    }
    lex_advance(&self->lexer);
    return finish_item(self, where, base);
}

/* <name> or {name} */
static bool parse_reference(parser *self, phrase_kind kind, int closing) {
    size_t base = self->stack_count;
    const char *what = kind == PHRASE_LIST ? "the name of a list" : "the name of a slot";
    place where = self->lexer.current.place;
    slice name;
    lex_advance(&self->lexer);
    if (!parse_name(self, NAME_PLAIN, what, &name)) return false;
    if (self->lexer.current.kind != closing) {
        parse_complain(self, self->lexer.current.place, "expected \"%c\" to close the \"%c\" at line %u, column %u", (char)closing,
                       kind == PHRASE_LIST ? '<' : '{', where.line, where.column);
        return false;
    }
    lex_advance(&self->lexer);
    return push_child(self, phrase_new(self, kind, where, name)) && (kind == PHRASE_SLOT || finish_item(self, where, base));
}

static bool parse_kind(parser *self) {
    static const char *const kinds[KIND_COUNT] = {
        [KIND_NUMBER] = "number", [KIND_MONEY] = "money", [KIND_TIME] = "time", [KIND_NAME] = "name",
        [KIND_CAPS] = "caps",     [KIND_EMOJI] = "emoji", [KIND_LINK] = "link"};
    size_t base = self->stack_count;
    place where = self->lexer.current.place;
    lex_advance(&self->lexer);
    const lexeme *found = &self->lexer.current;
    if (found->kind != LEX_WORD || found->spaced) {
        parse_complain(self, where, "expected a kind directly behind \"#\": " KIND_WORDS);
        return false;
    }
    for (uint32_t i = 0; i < KIND_COUNT; i++) {
        if (!slice_is(found->text, kinds[i])) continue;
        phrase *made = phrase_new(self, PHRASE_KIND, where, found->text);
        if (made) made->number = i;
        lex_advance(&self->lexer);
        return push_child(self, made) && finish_item(self, where, base);
    }
    parse_complain(self, where, "unknown kind \"#%.*s\"; the kinds are " KIND_WORDS " (a comment needs a space behind its #)",
                   SHOWN(found->text));
    return false;
}

static bool parse_gap(parser *self) {
    const lexeme *found = &self->lexer.current;
    phrase *made = phrase_new(self, PHRASE_GAP, found->place, found->text);
    if (!made) return false;
    for (uint32_t i = 1; i + 1 < found->text.length && made->number <= GAP_MAX; i++)
        made->number = made->number * 10 + (uint32_t)(found->text.at[i] - '0');
    if (!made->number || made->number > GAP_MAX) {
        parse_object(self, found->place, "a gap must be 1 to %u words, not %.*s", GAP_MAX, SHOWN(found->text));
        made->number = 1;
    }
    lex_advance(&self->lexer);
    return push_child(self, made);
}

/* (a | b) or [a | b] */
static bool parse_group(parser *self, int closing) {
    size_t base = self->stack_count;
    place where = self->lexer.current.place;
    char opening = (char)self->lexer.current.kind;
    if (self->depth >= NESTING_MAX) {
        parse_complain(self, where, "brackets are nested more than %u deep: name the inner part as a list", NESTING_MAX);
        return false;
    }
    lex_advance(&self->lexer);
    if (self->lexer.current.kind == closing) {
        parse_complain(self, where, "nothing stands between these brackets: write a phrase, or remove them");
        return false;
    }
    self->depth++;
    phrase *inner = parse_choice(self);
    if (!inner) return false;
    const lexeme *found = &self->lexer.current;
    if (found->kind != closing) {
        if (at_stop_word(self)) {
            parse_complain(self, found->place,
                           "expected \"%c\" before \"%.*s\" to close the \"%c\" at line %u, column %u (to match the word, quote it)",
                           (char)closing, SHOWN(found->text), opening, where.line, where.column);
        } else if (found->kind != LEX_BAD) {
            parse_complain(self, found->place, "expected \"%c\" to close the \"%c\" at line %u, column %u", (char)closing, opening,
                           where.line, where.column);
        }
        return false;
    }
    self->depth--;
    lex_advance(&self->lexer);
    if (!push_child(self, inner) || !finish_item(self, where, base)) return false;
    if (opening == '(') return true;
    phrase *option = pop_children(self, PHRASE_OPTION, where, base);
    return option && push_child(self, option);
}

/* Pushes the item at the current token. *ended: none begins here. */
static bool parse_item(parser *self, bool *ended) {
    *ended = false;
    switch (self->lexer.current.kind) {
    case LEX_WORD: *ended = at_stop_word(self) || at_reach(self); return *ended || parse_word(self);
    case LEX_STRING: return parse_quoted(self);
    case LEX_GAP: return parse_gap(self);
    case '(': return parse_group(self, ')');
    case '[': return parse_group(self, ']');
    case '<': return parse_reference(self, PHRASE_LIST, '>');
    case '{': return parse_reference(self, PHRASE_SLOT, '}');
    case '#': return parse_kind(self);
    case '*':
        if (!push_child(self, phrase_new(self, PHRASE_ANY, self->lexer.current.place, self->lexer.current.text))) return false;
        lex_advance(&self->lexer);
        return true;
    default: *ended = true; return true;
    }
}

static phrase *parse_sequence(parser *self) {
    size_t base = self->stack_count;
    place where = self->lexer.current.place;
    bool ended;
    do {
        if (!parse_item(self, &ended)) return NULL;
    } while (!ended);
    if (self->stack_count == base) {
        const lexeme *found = &self->lexer.current;
        if (found->kind == '|' || (found->kind == LEX_END && self->lexer.previous == '|')) {
            parse_complain(
                self, found->place,
                "nothing stands on one side of this \"|\": write a phrase there, or remove it (a line that goes on is indented)");
        } else if (at_stop_word(self)) {
            parse_complain(self, found->place, "expected a phrase before \"%.*s\" (to match the word, quote it)", SHOWN(found->text));
        } else if (edge_of(found->kind)) {
            complain_edge(self, found);
        } else {
            parse_unexpected(self, "a word or phrase");
        }
        return NULL;
    }
    return check_follower(self) ? pop_children(self, PHRASE_SEQUENCE, where, base) : NULL;
}

/* After a mistake in an outermost alternative: goes to the "|" before the next one, or to the end of the phrase. */
static void skip_alternative(parser *self) {
    for (; self->lexer.current.kind != LEX_END; lex_advance(&self->lexer)) {
        int kind = self->lexer.current.kind;
        if (kind == '(' || kind == '[') self->depth++;
        if ((kind == ')' || kind == ']') && self->depth) self->depth--;
        if (!self->depth && (kind == '|' || at_stop_word(self))) return;
    }
}

static phrase *parse_choice(parser *self) {
    size_t base = self->stack_count;
    place where = self->lexer.current.place;
    bool outermost = !self->depth, failed = false;
    do {
        if (outermost && (self->style & PARSE_COMMA) && self->lexer.current.kind == ',') {
            self->comma_seen = true;
            lex_advance(&self->lexer);
            if (self->lexer.current.kind == '|' || at_phrase_end(self)) continue;
            parse_unexpected(self, "\"|\" or the end of the line behind \",\"");
        } else {
            phrase *child = parse_sequence(self);
            if (child && push_child(self, child)) continue;
        }
        if (!outermost || parse_stopped(self)) return NULL;
        failed = true;
        skip_alternative(self);
    } while (parse_take(self, '|'));
    if (failed) self->comma_seen = false;
    if (failed || self->stack_count == base) return NULL;
    return pop_children(self, PHRASE_CHOICE, where, base);
}

phrase *parse_phrase(parser *self, uint32_t style, uint32_t *edges) {
    size_t base = self->stack_count;
    uint32_t depth = self->depth, found = 0;
    self->style = style;
    self->whole_depth = depth;
    self->comma_seen = false;
    (void)parse_take(self, '|');
    if (self->lexer.current.kind == '^' || self->lexer.current.kind == LEX_TURN_START) {
        if (!(style & PARSE_EDGES)) {
            complain_edge(self, &self->lexer.current);
            return NULL;
        }
        found = edge_of(self->lexer.current.kind);
        lex_advance(&self->lexer);
    }
    phrase *made = parse_choice(self);
    if (made || (style & PARSE_COMMA && self->comma_seen)) {
        for (uint32_t edge; (edge = edge_of(self->lexer.current.kind)) != 0; found |= edge) lex_advance(&self->lexer);
    }
    self->stack_count = base;
    self->depth = depth;
    *edges = found;
    return made;
}

phrase *parse_single(parser *self) {
    size_t base = self->stack_count;
    place where = self->lexer.current.place;
    bool ended;
    self->style = PARSE_OR;
    self->whole_depth = self->depth;
    phrase *made = parse_item(self, &ended) ? pop_children(self, PHRASE_SEQUENCE, where, base) : NULL;
    self->stack_count = base;
    return made;
}
