/* parse_block.c - the lines that belong to a cue, signal, context, conversation or family. */
#include "parse_internal.h"

#define REACH_MAX 255u
#define WITHIN_MAX 255u

/* ---- Labels ---- */

static uint32_t label_hash(slice label) {
    uint32_t hash = 2166136261u;
    for (uint32_t i = 0; i < label.length; i++) hash = (hash ^ (unsigned char)label.at[i]) * 16777619u;
    return hash;
}

static bool same_slice(slice a, slice b) {
    if (a.length != b.length) return false;
    for (uint32_t i = 0; i < a.length; i++) {
        if (a.at[i] != b.at[i]) return false;
    }
    return true;
}

/* The entry of `label` in the current statement, or the free one where it belongs. */
static label_entry *label_place(const parser *self, slice label) {
    size_t at = label_hash(label) & (self->label_room - 1);
    while (self->labels[at].owner == self->current && !same_slice(self->labels[at].line->label, label))
        at = (at + 1) & (self->label_room - 1);
    return &self->labels[at];
}

/* Notes the label of `line`; objects if another line of the statement has it. */
static bool claim_label(parser *self, const rule_line *line, place where) {
    if (2 * (self->label_count + 1) > self->label_room) {
        label_entry *old = self->labels;
        size_t old_room = self->label_room, room = old_room ? 2 * old_room : 32;
        label_entry *labels = arena_take(self->arena, room * sizeof *labels);
        if (!labels) return false;
        self->labels = labels;
        self->label_room = room;
        for (size_t i = 0; i < old_room; i++) {
            if (old[i].owner == self->current) *label_place(self, old[i].line->label) = old[i];
        }
    }
    label_entry *entry = label_place(self, line->label);
    if (entry->owner == self->current) {
        parse_object(self, where, "the label \"@%.*s\" stands twice in this %s, first at line %u: choose another", SHOWN(line->label),
                     keyword_of_statement(self->current->kind), entry->line->place.line);
        return true;
    }
    *entry = (label_entry){line, self->current};
    self->label_count++;
    return true;
}

/* @new-here */
static bool parse_label(parser *self, rule_line *made) {
    place where = self->lexer.current.place;
    if (!parse_take(self, '@')) return true;
    if (self->lexer.current.kind != LEX_WORD || self->lexer.current.spaced) {
        parse_complain(self, where, "expected a label directly behind \"@\": letters, digits, \"-\" and \"_\"");
        return false;
    }
    if (!parse_name(self, NAME_PLAIN, "a label", &made->label)) return false;
    bool digits = true;
    for (uint32_t i = 0; i < made->label.length; i++) digits = digits && made->label.at[i] >= '0' && made->label.at[i] <= '9';
    if (digits) {
        parse_object(self, where, "the label \"@%.*s\" is a number, as rules without a label have: add a letter", SHOWN(made->label));
        return true;
    }
    return claim_label(self, made, where);
}

/* ---- Rules ---- */

static bool starts_with_number(const parser *self) {
    const lexeme *found = &self->lexer.current;
    for (uint32_t i = 0; i < found->text.length; i++) {
        if (found->text.at[i] < '0' || found->text.at[i] > '9') return false;
    }
    return found->kind == LEX_WORD;
}

static bool parse_weight(parser *self, rule_line *made) {
    uint32_t weight = 0;
    if (self->current->kind == STATEMENT_CUE) {
        made->weight = 100;
        if (made->kind == LINE_SAY && starts_with_number(self)) {
            parse_note(self, self->lexer.current.place,
                       "a cue has no weights: \"%.*s\" is read as a word of the phrase; quote it if that is meant, or remove it",
                       SHOWN(self->lexer.current.text));
        }
        return true;
    }
    if (made->kind == LINE_NOT) return true;
    const lexeme *found = &self->lexer.current;
    if (found->kind == LEX_WORD && (found->text.at[0] < '0' || found->text.at[0] > '9')) {
        parse_complain(self, found->place, "a weight from 0 to 100 must stand before the phrase: %s 80 %.*s ...",
                       made->kind == LINE_SAY ? "say" : "hint", SHOWN(found->text));
        return false;
    }
    if (!parse_weight_number(self, &weight)) return false;
    made->weight = (int32_t)weight;
    return true;
}

/* say 80 @label phrase needs ... */
static bool parse_rule(parser *self, line_kind kind, const lexeme *first) {
    rule_line *made = parse_new(self, rule_line);
    if (!made) return false;
    made->kind = kind;
    made->place = first->place;
    guard **guards = &made->guards;
    if (!parse_weight(self, made) || !parse_label(self, made)) return false;
    if (kind == LINE_HINT && parse_take_word(self, "when")) {
        guard *when = parse_new(self, guard);
        if (!when) return false;
        when->conditions = parse_conditions(self);
        if (!when->conditions) return false;
        *guards = when;
        guards = &when->next;
    } else {
        made->phrase = parse_phrase(self, PARSE_EDGES, &made->edges);
        if (!made->phrase) return false;
    }
    if (!parse_guards(self, &guards) || !parse_line_ends(self, "\"or\", \"needs\", \"unless\" or the end of the line")) return false;
    made->source = (slice){first->text.at, (uint32_t)(self->lexer.current.text.at - first->text.at)};
    *self->lines = made;
    self->lines = &made->next;
    return true;
}

/* yields A, B in turn */
static bool parse_yields(parser *self) {
    yield_line *made = parse_new(self, yield_line);
    if (!made) return false;
    name_list **names = &made->names;
    made->where = WHERE_HERE;
    if (!parse_names(self, NAME_REFERENCE, "the name of a signal or family", &names)) return false;
    if (parse_at_place(self)) {
        place where = self->lexer.current.place;
        uint32_t number;
        if (!parse_place(self, &made->where, &number)) return false;
        if (made->where != WHERE_SENTENCE && made->where != WHERE_TURN && made->where != WHERE_HERE) {
            parse_complain(self, where, "a finding yields here, in sentence or in turn: write one of these");
            return false;
        }
    }
    if (!parse_line_ends(self, "\",\", \"in sentence\", \"in turn\" or the end of the line")) return false;
    *self->yields = made;
    self->yields = &made->next;
    return true;
}

/* ---- Contexts ---- */

static bool parse_mark(parser *self, trigger *made) {
    if (parse_take(self, '?')) {
        made->mark = MARK_QUESTION;
    } else if (parse_take_word(self, "quotes")) {
        made->mark = MARK_QUOTES;
    } else if (parse_take_word(self, "cited")) {
        made->mark = MARK_CITED;
    } else {
        parse_unexpected(self, "\"?\", \"quotes\" or \"cited\" behind \"mark\"");
        return false;
    }
    return true;
}

static bool parse_trigger(parser *self, trigger_kind kind, place where) {
    trigger *made = parse_new(self, trigger);
    if (!made) return false;
    made->kind = kind;
    made->place = where;
    made->reach = UINT32_MAX;
    bool cast = kind == TRIGGER_AFTER || kind == TRIGGER_BEFORE;
    if (kind == TRIGGER_MARK) {
        if (!parse_mark(self, made)) return false;
    } else {
        uint32_t style = PARSE_EDGES | (cast ? PARSE_REACH : kind == TRIGGER_UNTIL ? PARSE_COMMA : 0);
        made->phrase = parse_phrase(self, style, &made->edges);
        made->comma = self->comma_seen;
        if (!made->phrase && !made->comma) return false;
    }
    if (cast && parse_take_word(self, "up")) {
        (void)parse_take_word(self, "to");
        if (!parse_number(self, "the reach behind \"up to\"", 1, REACH_MAX, &made->reach)) return false;
    }
    if (!parse_line_ends(self, cast ? "\"up to\" and a number, or the end of the line" : "the end of the line")) return false;
    *self->triggers = made;
    self->triggers = &made->next;
    return true;
}

/* ---- Conversations ---- */

static bool parse_opens(parser *self, bool opens) {
    statement *made = self->current;
    name_list **names = opens ? &made->names : &made->met;
    uint32_t *roles = opens ? &made->opens_roles : &made->met_roles;
    if (*names) {
        parse_complain(self, self->lexer.current.place, "this conversation has two \"%s\" lines: join them with commas",
                       opens ? "opens" : "met");
        return false;
    }
    if (!parse_roles(self, true, roles) || !parse_names(self, NAME_REFERENCE, "the name of a signal, cue or family", &names)) return false;
    if (!opens) {
        if (!parse_take_word(self, "within")) {
            parse_unexpected(self, "\"within\" and a number of turns");
            return false;
        }
        if (!parse_number(self, "the number of turns behind \"within\"", 1, WITHIN_MAX, &made->within)) return false;
    }
    return parse_line_ends(self, "the end of the line");
}

/* ---- Items: what stands in heads or on lines of its own ---- */

static bool parse_counts(parser *self, header *head) {
    int32_t polarity = POLARITY_UNSAID;
    if (parse_at_word(self, "for")) polarity = 1;
    if (parse_at_word(self, "against")) polarity = -1;
    if (parse_at_word(self, "neither")) polarity = 0;
    if (polarity == POLARITY_UNSAID) {
        parse_unexpected(self, "\"for\", \"against\" or \"neither\" behind \"counts\"");
        return false;
    }
    head->polarity = polarity;
    lex_advance(&self->lexer);
    return true;
}

static bool parse_drop(parser *self, header *head) {
    name_list **drops = &head->drops;
    head->drop_said = true;
    if (parse_take_word(self, "none")) return true;
    return parse_names(self, NAME_PLAIN, "the name of a context, or none", &drops);
}

static bool item_said(const parser *self, keyword_code code) {
    const statement *made = self->current;
    switch (code) {
    case KEYWORD_BY: return made->header.roles != 0;
    case KEYWORD_COUNTS: return made->header.polarity != POLARITY_UNSAID;
    case KEYWORD_PILLAR: return made->header.pillar.length != 0;
    case KEYWORD_DROP: return made->header.drop_said;
    case KEYWORD_DRAFT: return made->draft;
    case KEYWORD_AT: return made->threshold >= 0;
    case KEYWORD_DEGREE: return made->degree >= 0;
    default: return false;
    }
}

/* The value of the item whose keyword has been passed over. */
static bool parse_item_value(parser *self, keyword_code code) {
    statement *made = self->current;
    uint32_t number = 0;
    switch (code) {
    case KEYWORD_BY: return parse_roles(self, true, &made->header.roles);
    case KEYWORD_COUNTS: return parse_counts(self, &made->header);
    case KEYWORD_PILLAR: return parse_name(self, NAME_PLAIN, "the name of a pillar", &made->header.pillar);
    case KEYWORD_DROP: return parse_drop(self, &made->header);
    case KEYWORD_AT:
        if (!parse_number(self, "the threshold behind \"at\"", 1, 100, &number)) return false;
        made->threshold = (int32_t)number;
        return true;
    case KEYWORD_DEGREE:
        if (!parse_number(self, "degree", 0, 3, &number)) return false;
        made->degree = (int32_t)number;
        return true;
    default: made->draft = true; return true;
    }
}

static bool parse_meaning(parser *self) {
    statement *made = self->current;
    const lexeme *found = &self->lexer.current;
    if (made->text.at) {
        parse_complain(self, found->place, "this %s has two meanings: keep one", keyword_of_statement(made->kind));
        return false;
    }
    made->text = (slice){found->text.at + 1, found->text.length - 2};
    lex_advance(&self->lexer);
    return true;
}

bool parse_items(parser *self) {
    statement *made = self->current;
    uint32_t block = keyword_block(made->kind);
    bool may_mean = made->kind == STATEMENT_SIGNAL || made->kind == STATEMENT_CONVERSATION;
    while (self->lexer.current.kind != LEX_END) {
        const lexeme *found = &self->lexer.current;
        place where = found->place;
        if (found->kind == LEX_STRING && may_mean) {
            if (!parse_meaning(self)) return false;
            continue;
        }
        const keyword *word = found->kind == LEX_WORD ? keyword_find(found->text) : NULL;
        if (!word || !word->item || !(word->inside & block)) {
            parse_unexpected(self, block == IN_SIGNAL   ? "a \"meaning\", by, counts, pillar, drop, draft, at, degree, needs or unless"
                                   : block == IN_CUE    ? "by, drop, needs or unless (phrases stand on \"say\" lines)"
                                   : block == IN_FAMILY ? "by, counts, pillar or drop"
                                   : block == IN_CONVERSATION ? "a \"meaning\", by, counts, pillar, drop, draft or degree"
                                                              : "the end of the line");
            return false;
        }
        if (word->code == KEYWORD_NEEDS || word->code == KEYWORD_UNLESS) {
            if (!parse_guards(self, &self->guards)) return false;
            continue;
        }
        bool twice = item_said(self, word->code);
        if (twice) {
            parse_complain(self, where, "\"%s\" stands twice in this %s: keep one", word->word, keyword_of_statement(made->kind));
            return false;
        }
        lex_advance(&self->lexer);
        if (!parse_item_value(self, word->code)) return false;
    }
    return true;
}

bool parse_block_line(parser *self, const keyword *word) {
    lexeme first = self->lexer.current;
    if (word->item) return parse_items(self);
    if (word->code == KEYWORD_YES || word->code == KEYWORD_NO) return parse_example(self, word->code == KEYWORD_YES);
    lex_advance(&self->lexer);
    if (self->lexer.current.kind == LEX_END) {
        parse_complain(self, first.place, "nothing stands behind \"%s\": write what it says on the same line", word->word);
        return false;
    }
    switch (word->code) {
    case KEYWORD_SAY: return parse_rule(self, LINE_SAY, &first);
    case KEYWORD_HINT: return parse_rule(self, LINE_HINT, &first);
    case KEYWORD_NOT: return parse_rule(self, LINE_NOT, &first);
    case KEYWORD_YIELDS: return parse_yields(self);
    case KEYWORD_TRIGGER: return parse_trigger(self, word->trigger, first.place);
    default: return parse_opens(self, word->code == KEYWORD_OPENS);
    }
}
