/* parse_vocabulary.c - statements about words: how they inflect, which fall apart, who speaks, what the simple questions count. */
#include "parse_internal.h"

#include <string.h>

static word_item *item_new(parser *self, place where, slice text, word_item ***tail) {
    word_item *made = parse_new(self, word_item);
    if (!made) return NULL;
    made->text = text;
    made->place = where;
    **tail = made;
    *tail = &made->next;
    return made;
}

/* The run of tokens without white space between them, in one slice; *simple: it is one word without a hyphen. Empty,
 * without a complaint, if it is not UTF-8: that has been told. */
static slice take_run(parser *self, bool dots, bool *simple) {
    slice run = self->lexer.current.text;
    *simple = true;
    do {
        const lexeme *found = &self->lexer.current;
        if (found->kind == LEX_BAD) {
            self->failed = true;
            return (slice){run.at, 0};
        }
        if (found->kind == LEX_WORD ? memchr(found->text.at, '-', found->text.length) != NULL : !(dots && found->kind == '.'))
            *simple = false;
        run.length = (uint32_t)(found->text.at + found->text.length - run.at);
        lex_advance(&self->lexer);
    } while (self->lexer.current.kind != LEX_END && !self->lexer.current.spaced);
    return run;
}

/* One word as it stands in a text, appended at *tail. */
static bool parse_form(parser *self, bool dots, word_item ***tail) {
    place where = self->lexer.current.place;
    bool simple;
    if (self->lexer.current.kind == LEX_UNCLOSED || self->lexer.current.kind == LEX_OTHER) {
        parse_unexpected(self, "a word");
        return false;
    }
    slice run = take_run(self, dots, &simple);
    if (!run.length) return false;
    if (!simple) {
        parse_complain(self, where,
                       "\"%.*s\" is not one word: write letters, digits and apostrophes; white space separates words, and so do hyphens",
                       SHOWN(run));
        return false;
    }
    return parse_check_word(self, where, run) && item_new(self, where, run, tail) != NULL;
}

/* Words up to the end of the line, or up to one of the two given (which may be NULL); at least one. */
static bool parse_forms(parser *self, bool dots, const char *stop, const char *other_stop, word_item **words) {
    word_item **tail = words;
    while (self->lexer.current.kind != LEX_END) {
        if ((stop && parse_at_word(self, stop)) || (other_stop && parse_at_word(self, other_stop))) break;
        if (!parse_form(self, dots, &tail)) return false;
    }
    if (*words) return true;
    parse_unexpected(self, "a word");
    return false;
}

/* +s, e>ing, =ed */
static bool parse_endings(parser *self, word_item **words) {
    word_item **tail = words;
    while (self->lexer.current.kind != LEX_END) {
        place where = self->lexer.current.place;
        int kind = self->lexer.current.kind;
        bool simple;
        if (kind == LEX_OTHER) {
            parse_unexpected(self, "an ending");
            return false;
        }
        slice run = take_run(self, false, &simple);
        if (!run.length) return false;
        uint32_t marks = 0, mark = 0;
        for (uint32_t i = 0; i < run.length; i++) {
            char byte = run.at[i];
            if (byte == '+' || byte == '=' || byte == '>') {
                marks++;
                mark = i;
            } else if ((unsigned char)byte < 0x80 && !(byte >= 'a' && byte <= 'z') && !(byte >= 'A' && byte <= 'Z') && byte != '\'') {
                marks = 2;
            }
        }
        if (marks != 1 || (run.at[mark] == '>') != (mark > 0) || (!mark && run.length == 1)) {
            parse_complain(
                self, where,
                "\"%.*s\" is no ending: write +s to append, y>ies to replace the last letters, =ed to double the last letter and append",
                SHOWN(run));
            return false;
        }
        if (!item_new(self, where, run, &tail)) return false;
    }
    if (*words) return true;
    parse_unexpected(self, "an ending");
    return false;
}

static bool take_colon(parser *self) {
    if (parse_take(self, ':')) return true;
    parse_unexpected(self, "\":\"");
    return false;
}

/* be: am is are */
static bool parse_word_statement(parser *self, statement *made) {
    word_item *lemma = NULL, **tail = &lemma;
    if (self->lexer.current.kind != LEX_WORD) {
        parse_unexpected(self, "a word");
        return false;
    }
    slice text = self->lexer.current.text;
    if (memchr(text.at, '-', text.length)) return parse_form(self, false, &tail);
    made->name = text;
    if (!parse_check_word(self, self->lexer.current.place, text)) return false;
    lex_advance(&self->lexer);
    return take_colon(self) && parse_forms(self, false, NULL, NULL, &made->words);
}

/* were = we 're  after ^ and but  before sorry */
static bool parse_contraction(parser *self, statement *made) {
    if (self->lexer.current.kind != LEX_WORD) {
        parse_unexpected(self, "a word");
        return false;
    }
    made->name = self->lexer.current.text;
    lex_advance(&self->lexer);
    if (!parse_take(self, '=')) {
        parse_unexpected(self, "\"=\"");
        return false;
    }
    place where = self->lexer.current.place;
    if (!parse_forms(self, false, "after", "before", &made->words)) return false;
    if (!made->words->next || made->words->next->next) {
        parse_object(self, where, "a contraction is read as two words: write both, as in \"im = i 'm\"");
    }
    while (self->lexer.current.kind != LEX_END) {
        bool after = parse_take_word(self, "after");
        if (!after) (void)parse_take_word(self, "before");
        word_item **words = after ? &made->after : &made->before, **tail = words;
        if (*words) {
            parse_complain(self, self->lexer.current.place, "\"%s\" stands twice: write all words behind one", after ? "after" : "before");
            return false;
        }
        while (self->lexer.current.kind != LEX_END && !parse_at_word(self, "after") && !parse_at_word(self, "before")) {
            const lexeme *found = &self->lexer.current;
            if (after && found->kind == '^') {
                if (!item_new(self, found->place, found->text, &tail)) return false;
                lex_advance(&self->lexer);
            } else if (!parse_form(self, false, &tail)) {
                return false;
            }
        }
        if (!*words) {
            parse_unexpected(self, after ? "a word or \"^\" behind \"after\"" : "a word behind \"before\"");
            return false;
        }
    }
    return true;
}

/* agent: Agent | Rep | Customer Advisor */
static bool parse_speaker(parser *self, statement *made) {
    const lexeme *found = &self->lexer.current;
    made->role = found->kind == LEX_WORD ? role_from_word(found->text, false) : -1;
    if (found->kind != LEX_WORD) {
        parse_unexpected(self, "a role: " ROLE_WORDS);
        return false;
    }
    if (made->role < 0 || made->role == ROLE_ANYONE) {
        parse_complain(self, found->place, "unknown role \"%.*s\"; the roles of speakers are " ROLE_WORDS, SHOWN(found->text));
        return false;
    }
    lex_advance(&self->lexer);
    if (!take_colon(self)) return false;
    word_item **tail = &made->words;
    do {
        place where = found->place;
        slice label = {found->text.at, 0};
        while (found->kind != '|' && found->kind != LEX_END) {
            if (found->kind == LEX_BAD || found->kind == LEX_UNCLOSED || found->kind == ':' || found->place.line != where.line) {
                parse_unexpected(self, "a label, \"|\" or the end of the line");
                return false;
            }
            label.length = (uint32_t)(found->text.at + found->text.length - label.at);
            lex_advance(&self->lexer);
        }
        if (!label.length) {
            parse_unexpected(self, "a label, as it stands in transcripts before the colon");
            return false;
        }
        if (!item_new(self, where, label, &tail)) return false;
    } while (parse_take(self, '|'));
    return true;
}

/* question: a.* - a.b */
static bool parse_answers(parser *self, statement *made) {
    static const char *const questions[] = {"apology", "excuse", "empathy", "tepid"};
    const lexeme *found = &self->lexer.current;
    bool known = false;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) known = known || parse_at_word(self, questions[i]);
    if (!known && found->kind == LEX_WORD) {
        parse_complain(self, found->place, "nothing asks for \"%.*s\"; the questions are apology, excuse, empathy and tepid",
                       SHOWN(found->text));
        return false;
    }
    if (!known) {
        parse_unexpected(self, "apology, excuse, empathy or tepid");
        return false;
    }
    made->name = found->text;
    lex_advance(&self->lexer);
    name_list **names = &made->names, **minus = &made->minus;
    if (!take_colon(self) || !parse_names(self, NAME_REFERENCE, "the name of a signal or family", &names)) return false;
    for (;;) { /* the commas may be left out */
        bool less = parse_take(self, '-') || made->minus;
        if (self->lexer.current.kind != LEX_WORD && self->lexer.previous != '-') break;
        if (!parse_names(self, NAME_REFERENCE, "the name of a signal or family", less ? &minus : &names)) return false;
    }
    return parse_line_ends(self, "\",\", \"-\" or the end of the line");
}

/* Words, or #emoji alone. */
static bool parse_filler(parser *self, statement *made) {
    if (self->lexer.current.kind != '#') return parse_forms(self, false, NULL, NULL, &made->words);
    place where = self->lexer.current.place;
    lex_advance(&self->lexer);
    if (!parse_at_word(self, "emoji") || self->lexer.current.spaced) {
        parse_complain(self, where, "a filler is a word, or #emoji in a line of its own");
        return false;
    }
    made->name = self->lexer.current.text;
    lex_advance(&self->lexer);
    return parse_line_ends(self, "the end of the line");
}

static bool parse_pack(parser *self, statement *made) {
    place where = made->place;
    bool simple;
    if (self->any_statement) parse_object(self, where, "\"pack\" must be the first statement of the first file: move it there");
    if (!parse_name(self, NAME_PLAIN, "the name of the pack", &made->name)) return false;
    if (self->lexer.current.kind == LEX_END) {
        parse_unexpected(self, "the version of the pack, a number");
        return false;
    }
    where = self->lexer.current.place;
    made->text = take_run(self, true, &simple);
    if (!made->text.length) return false;
    if (!simple) {
        parse_complain(self, where, "\"%.*s\" is no version: write numbers and full stops", SHOWN(made->text));
        return false;
    }
    return parse_line_ends(self, "the end of the line");
}

bool parse_vocabulary(parser *self, statement *made) {
    switch (made->kind) {
    case STATEMENT_PACK: return parse_pack(self, made);
    case STATEMENT_STEMMER:
        return parse_name(self, NAME_PLAIN, "a Snowball algorithm, or none", &made->name) && parse_line_ends(self, "the end of the line");
    case STATEMENT_ENDING:
    case STATEMENT_DERIVATION: return parse_endings(self, &made->words);
    case STATEMENT_WORD: return parse_word_statement(self, made);
    case STATEMENT_CONTRACTION: return parse_contraction(self, made);
    case STATEMENT_FILLER: return parse_filler(self, made);
    case STATEMENT_CLITIC:
    case STATEMENT_STAMMER:
    case STATEMENT_COMMON: return parse_forms(self, false, NULL, NULL, &made->words);
    case STATEMENT_ABBREVIATION: return parse_forms(self, true, NULL, NULL, &made->words);
    case STATEMENT_SPEAKER: return parse_speaker(self, made);
    default: return parse_answers(self, made);
    }
}
