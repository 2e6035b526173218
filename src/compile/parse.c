/* parse.c - see parse.h. Reads a source line by line: a statement opens, the lines after it belong to it.
 *
 * A statement whose head is wrong is opened all the same, so that its lines are read for mistakes of their own and do not fall
 * to the statement before it; a first word that is nearly one of the notation is read as that. */
#include "parse_internal.h"

#include <string.h>

static const char *const condition_words[] = {"channel", "role", "short",  "long",    "first",     "in",     "nearby",
                                              "before",  "left", "right",  "here",    "needs",     "unless", "or",
                                              "none",    "not",  "yields", "speaker", "threshold", "yes",    "no"};

/* ---- Ends of statements ---- */

/* What a statement lacks can only be told when its last line has been read. */
static void finish_statement(parser *self) {
    const statement *made = self->current;
    if (!made || self->failed) return;
    if (made->kind == STATEMENT_CUE || (made->kind == STATEMENT_SIGNAL && !made->draft)) {
        bool said = made->extends;
        for (const rule_line *line = made->lines; line && !said; line = line->next) said = line->kind != LINE_NOT;
        if (!said) {
            parse_object(self, made->place, "the %s \"%.*s\" says nothing: add a line \"%s ...\"%s", keyword_of_statement(made->kind),
                         SHOWN(made->name), made->kind == STATEMENT_CUE ? "say" : "say 80",
                         made->kind == STATEMENT_CUE ? "" : ", or the word draft");
        }
    } else if (made->kind == STATEMENT_CONTEXT) {
        bool cast = false;
        for (const trigger *line = made->triggers; line && !cast; line = line->next)
            cast = line->kind != TRIGGER_UNTIL && line->kind != TRIGGER_EXCEPT;
        if (!cast)
            parse_object(self, made->place, "the context \"%.*s\" begins nowhere: add a line after, before, in or mark", SHOWN(made->name));
    } else if (made->kind == STATEMENT_CONVERSATION) {
        if (!made->names)
            parse_object(self, made->place, "the conversation \"%.*s\" lacks a line \"opens role signal\"", SHOWN(made->name));
        if (!made->met)
            parse_object(self, made->place, "the conversation \"%.*s\" lacks a line \"met role signal within 1\"", SHOWN(made->name));
    }
}

/* ---- Heads of statements ---- */

static bool parse_phrase_statement(parser *self, statement *made, const char *what) {
    uint32_t edges;
    made->phrase = NULL;
    if (!parse_name(self, NAME_PLAIN, what, &made->name)) return false;
    if (self->lexer.current.kind == LEX_END) {
        parse_complain(self, made->place, "the %s \"%.*s\" is empty: write its phrases behind the name, with \"|\" between them",
                       keyword_of_statement(made->kind), SHOWN(made->name));
        return false;
    }
    made->phrase = parse_phrase(self, 0, &edges);
    return made->phrase && parse_line_ends(self, "\"|\" or the end of the line (guards stand in cues and signals)");
}

static bool parse_context_name(parser *self, statement *made) {
    place where = self->lexer.current.place;
    if (!parse_name(self, NAME_PLAIN, "the name of a context", &made->name)) return false;
    for (size_t i = 0; i < sizeof condition_words / sizeof *condition_words; i++) {
        if (!slice_is(made->name, condition_words[i])) continue;
        parse_object(self, where, "a context can not be named \"%s\": that word means something in guards or examples; choose another",
                     condition_words[i]);
    }
    return parse_line_ends(self, "the end of the line (after, before, in, until, except and mark stand on lines of their own)");
}

/* The family part of a signal's name may not be the word that marks cues. */
static void check_family(parser *self, const statement *made, place where) {
    if (made->name.length < 3 || !slice_is((slice){made->name.at, 3}, "cue")) return;
    if (made->name.length > 3 && made->name.at[3] != '.') return;
    parse_object(self, where, "a family can not be named \"cue\": cue.name is how guards name cues; choose another");
}

static bool parse_rule_name(parser *self, statement *made) {
    if (!parse_name(self, NAME_RULE, "the name of a rule", &made->name)) return false;
    return parse_weight_number(self, &made->number) && parse_line_ends(self, "the end of the line");
}

static bool parse_retract(parser *self, statement *made) {
    if (!parse_take(self, '@') || self->lexer.current.spaced) {
        parse_unexpected(self, "@ and the name of an example directly behind it");
        return false;
    }
    return parse_name(self, NAME_PLAIN, "the name of an example", &made->name) && parse_line_ends(self, "the end of the line");
}

/* What stands behind the first word (and behind "extend"). */
static bool parse_head(parser *self, statement *made) {
    place where = self->lexer.current.place;
    switch (made->kind) {
    case STATEMENT_LIST: return parse_phrase_statement(self, made, "the name of a list");
    case STATEMENT_SLOT: return parse_phrase_statement(self, made, "the name of a slot");
    case STATEMENT_CUE: return parse_name(self, NAME_PLAIN, "the name of a cue", &made->name) && parse_items(self);
    case STATEMENT_CONTEXT: return parse_context_name(self, made);
    case STATEMENT_FAMILY:
        if (!parse_name(self, NAME_PLAIN, "the name of a family", &made->name)) return false;
        check_family(self, made, where);
        return parse_items(self);
    case STATEMENT_SIGNAL:
    case STATEMENT_CONVERSATION:
        if (!parse_name(self, NAME_SIGNAL, made->kind == STATEMENT_SIGNAL ? "the id of a signal" : "the id of a conversation", &made->name))
            return false;
        check_family(self, made, where);
        return parse_items(self);
    case STATEMENT_OFF:
        return parse_name(self, NAME_SIGNAL, "the id of a signal", &made->name) && parse_line_ends(self, "the end of the line");
    case STATEMENT_REWEIGH: return parse_rule_name(self, made);
    case STATEMENT_RETRACT: return parse_retract(self, made);
    default: return parse_vocabulary(self, made);
    }
}

/* Makes a statement the current one; its head is still to be read. */
static statement *open_statement(parser *self, statement_kind kind, place where) {
    statement *made = parse_new(self, statement);
    if (!made) return NULL;
    *made = (statement){.kind = kind, .place = where, .threshold = -1, .degree = -1, .role = -1, .header.polarity = POLARITY_UNSAID};
    self->current = made;
    self->failed = false;
    self->lines = &made->lines;
    self->guards = &made->guards;
    self->yields = &made->yields;
    self->examples = &made->examples;
    self->triggers = &made->triggers;
    self->label_count = 0;
    return made;
}

static void parse_statement(parser *self, statement_kind kind, place where, bool extends) {
    statement *made = open_statement(self, kind, where);
    if (!made) return;
    made->extends = extends;
    bool parsed = parse_head(self, made);
    bool names_phrase = kind == STATEMENT_LIST || kind == STATEMENT_SLOT;
    if (!parsed && names_phrase && !made->phrase) { /* stands in, so that what refers to it is not called unknown */
        made->phrase = parse_new(self, phrase);
        if (made->phrase) *made->phrase = (phrase){.kind = PHRASE_ANY, .place = where, .text = {"*", 1}};
    }
    self->any_statement = true;
    bool usable = parsed || (made->name.length && (names_phrase || keyword_block(kind)));
    if (!usable || parse_stopped(self)) return;
    *self->statements = made;
    self->statements = &made->next;
}

static void parse_extend(parser *self, place where) {
    lex_advance(&self->lexer);
    const lexeme *found = &self->lexer.current;
    const keyword *word = found->kind == LEX_WORD ? keyword_find(found->text) : NULL;
    const keyword *guess = word || found->kind != LEX_WORD ? word : keyword_guess(found->text);
    if (guess && guess->code == KEYWORD_STATEMENT &&
        (guess->statement == STATEMENT_LIST || guess->statement == STATEMENT_CUE || guess->statement == STATEMENT_SIGNAL)) {
        if (!word) parse_complain(self, found->place, "unknown statement \"%.*s\"; did you mean \"%s\"?", SHOWN(found->text), guess->word);
        lex_advance(&self->lexer);
        parse_statement(self, guess->statement, where, true);
        return;
    }
    parse_unexpected(self, "\"list\", \"cue\" or \"signal\" behind \"extend\"");
    if (word && word->code == KEYWORD_STATEMENT && keyword_block(word->statement) && open_statement(self, word->statement, where))
        self->failed = true;
}

/* ---- Lines ---- */

static void complain_misplaced(parser *self, const keyword *word) {
    static const struct {
        uint32_t block;
        const char *name;
    } blocks[] = {{IN_SIGNAL, "a signal"},
                  {IN_CUE, "a cue"},
                  {IN_CONTEXT, "a context"},
                  {IN_CONVERSATION, "a conversation"},
                  {IN_FAMILY, "a family"}};
    const char *homes[5] = {"", "", "", "", ""};
    size_t count = 0;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        if (word->inside & blocks[i].block) homes[count++] = blocks[i].name;
    }
    const char *where = "here", *what = "", *why = "";
    if (self->current) {
        bool open = keyword_block(self->current->kind);
        where = open ? "to a " : "behind a ";
        what = keyword_of_statement(self->current->kind);
        why = open ? "" : ", which ends what was open before";
    }
    parse_complain(self, self->lexer.current.place, "\"%s\" belongs to %s%s%s%s%s%s%s, not %s%s%s", word->word, homes[0],
                   count > 1 ? " or " : "", homes[1], count > 2 ? " or " : "", homes[2], count > 3 ? " or " : "", homes[3], where, what,
                   why);
}

static void parse_line(parser *self) {
    lexeme first = self->lexer.current;
    const keyword *word = first.kind == LEX_WORD ? keyword_find(first.text) : NULL;
    self->depth = 0;
    self->stack_count = 0;
    if (!word) {
        if (first.kind == LEX_WORD) word = keyword_guess(first.text);
        if (word) {
            parse_complain(self, first.place, "unknown statement \"%.*s\"; did you mean \"%s\"?", SHOWN(first.text), word->word);
        } else if (first.kind == LEX_WORD) {
            parse_complain(self, first.place, "unknown statement \"%.*s\"; if it goes on from the line before, end that with \"|\"",
                           SHOWN(first.text));
        } else {
            parse_unexpected(self, "a word that says what the line is (a line goes on in the next one only behind \"|\" or \",\")");
        }
        if (!word) return;
    }
    if (word->code == KEYWORD_STATEMENT || word->code == KEYWORD_EXTEND) {
        finish_statement(self);
        if (word->code == KEYWORD_EXTEND) {
            parse_extend(self, first.place);
            return;
        }
        lex_advance(&self->lexer);
        parse_statement(self, word->statement, first.place, false);
    } else if (!self->current || !(word->inside & keyword_block(self->current->kind))) {
        complain_misplaced(self, word);
    } else {
        (void)parse_block_line(self, word);
    }
}

/* Tells the first ill-formed byte of every line. */
static void check_text(care_problems *problems, uint32_t file, const char *text, size_t length) {
    const char *at = text, *end = text + length, *line_start = text;
    uint32_t line = 1;
    bool told = false;
    if (length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3)) line_start = at += 3;
    while (at < end && !problems->out_of_memory) {
        uint32_t code = 0;
        size_t bytes = lex_decode(at, end, &code);
        if (code == '\n') {
            line++;
            line_start = at + 1;
            told = false;
        } else if ((!bytes || !code) && !told) {
            place where = {file, line, (uint32_t)(at - line_start) + 1};
            told = true;
            if (bytes) {
                problems_add(problems, where, CARE_SEVERITY_ERROR, CARE_E_SYNTAX, "a NUL byte: remove it");
            } else {
                problems_add(problems, where, CARE_SEVERITY_ERROR, CARE_E_SYNTAX,
                             "the byte 0x%02X is not UTF-8 here: save the file as UTF-8", (unsigned)(unsigned char)*at);
            }
        }
        at += bytes ? bytes : 1;
    }
}

statement **parse_source(arena *memory, care_problems *problems, uint32_t file, statement **tail) {
    const care_source *source = &problems->files[file];
    if (source->length > CARE_TEXT_MAX) {
        problems_add(problems, (place){file, 1, 1}, CARE_SEVERITY_ERROR, CARE_E_LIMIT, "the file is larger than 2 GiB: split it");
        return tail;
    }
    const char *text = source->length ? source->text : "";
    check_text(problems, file, text, (size_t)source->length);
    parser self = {.arena = memory, .problems = problems, .statements = tail};
    lex_begin(&self.lexer, file, text, (size_t)source->length);
    while (!parse_stopped(&self) && lex_line(&self.lexer)) parse_line(&self);
    if (!parse_stopped(&self)) finish_statement(&self);
    return self.statements;
}
