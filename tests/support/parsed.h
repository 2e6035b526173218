/* parsed.h - for tests of the parser: parses a text, shows trees as text and problems as "line:column: message".
 *
 * A phrase is shown as it could be written: words plain, exact ones in quotes, derived ones with "~", sequences in their order,
 * choices in "(a | b)". Everything else is shown as its word and value, in one fixed order, only if it is there. */
#ifndef CARE_TESTS_PARSED_H
#define CARE_TESTS_PARSED_H

#include "compile/parse.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct parsed {
    arena arena;
    care_problems *problems;
    care_source source;
    statement *first;
    char shown[8192];
    size_t shown_length;
} parsed;

static inline void parsed_open_bytes(parsed *self, const char *text, size_t length, const care_allocator *allocator) {
    memset(self, 0, sizeof *self);
    self->arena.allocator = memory_choose(allocator);
    self->source = (care_source){"t.care", text, length};
    self->problems = problems_new(allocator);
    if (!self->problems) return;
    self->problems->files = &self->source;
    (void)parse_source(&self->arena, self->problems, 0, &self->first);
    problems_sort(self->problems);
}

static inline void parsed_open(parsed *self, const char *text) {
    parsed_open_bytes(self, text, strlen(text), NULL);
}

static inline void parsed_close(parsed *self) {
    care_problems_free(self->problems);
    arena_free(&self->arena);
}

static inline void show(parsed *self, const char *format, ...) {
    va_list values;
    va_start(values, format);
    size_t room = sizeof self->shown - self->shown_length;
    int length = vsnprintf(self->shown + self->shown_length, room, format, values);
    va_end(values);
    if (length > 0) self->shown_length += (size_t)length < room ? (size_t)length : room - 1;
}

static inline void show_slice(parsed *self, const char *before, slice text, const char *behind) {
    if (text.length) show(self, "%s%.*s%s", before, (int)text.length, text.at, behind);
}

static inline void show_phrase(parsed *self, const phrase *shown) {
    static const char *const kinds[] = {"number", "money", "time", "name", "caps", "emoji", "link"};
    if (!shown) {
        show(self, "nothing");
        return;
    }
    switch (shown->kind) {
    case PHRASE_WORD: show_slice(self, "", shown->text, ""); break;
    case PHRASE_EXACT: show_slice(self, "\"", shown->text, "\""); break;
    case PHRASE_DERIVED: show_slice(self, "", shown->text, "~"); break;
    case PHRASE_LIST: show_slice(self, "<", shown->text, ">"); break;
    case PHRASE_SLOT: show_slice(self, "{", shown->text, "}"); break;
    case PHRASE_KIND: show(self, "#%s", kinds[shown->number]); break;
    case PHRASE_ANY: show(self, "*"); break;
    case PHRASE_GAP: show(self, "-%u-", shown->number); break;
    default:
        show(self, "%s", shown->kind == PHRASE_OPTION ? "[" : shown->kind == PHRASE_REPEAT ? "{{" : "(");
        for (uint32_t i = 0; i < shown->child_count; i++) {
            if (i) show(self, shown->kind == PHRASE_CHOICE ? " | " : " ");
            show_phrase(self, shown->children[i]);
        }
        show(self, "%s", shown->kind == PHRASE_OPTION ? "]" : shown->kind == PHRASE_REPEAT ? "}}+" : ")");
    }
}

static inline void show_edges(parsed *self, uint32_t edges) {
    static const char *const names[] = {"^", "$", "^^", "$$", "?", "!"};
    if (edges) show(self, " edges");
    for (uint32_t i = 0; i < 6; i++) {
        if (edges >> i & 1) show(self, " %s", names[i]);
    }
}

static inline void show_place(parsed *self, const condition *shown) {
    static const char *const names[] = {"sentence", "turn", "nearby", "before", "left", "right", "here"};
    show(self, " %s", names[shown->where]);
    if (shown->number) show(self, shown->number == UINT32_MAX ? " any" : " %u", shown->number);
}

static inline void show_guards(parsed *self, const guard *shown) {
    for (; shown; shown = shown->next) {
        show(self, shown->unless ? " unless" : " needs");
        for (const condition *each = shown->conditions; each; each = each->next) {
            if (each != shown->conditions) show(self, " or");
            switch (each->kind) {
            case CONDITION_REFERENCE: show_slice(self, " ", each->name, ""), show_place(self, each); break;
            case CONDITION_PHRASE:
                show(self, " phrase ");
                show_phrase(self, each->phrase);
                show_edges(self, each->edges);
                show_place(self, each);
                break;
            case CONDITION_CONTEXT: show_slice(self, " context ", each->name, ""); break;
            case CONDITION_CHANNEL: show(self, " channel %x", each->number); break;
            case CONDITION_ROLE: show(self, " role %x", each->number); break;
            case CONDITION_SHORT: show(self, " short %u", each->number); break;
            case CONDITION_LONG: show(self, " long %u", each->number); break;
            case CONDITION_FIRST: show(self, " first"); break;
            }
        }
    }
}

static inline void show_names(parsed *self, const char *before, const name_list *shown) {
    if (shown) show(self, "%s", before);
    for (; shown; shown = shown->next) show_slice(self, " ", shown->name, "");
}

static inline void show_items(parsed *self, const char *before, const word_item *shown) {
    if (shown) show(self, "%s", before);
    for (; shown; shown = shown->next) show_slice(self, " ", shown->text, shown->next ? "," : "");
}

static inline void show_header(parsed *self, const header *shown) {
    if (shown->roles) show(self, " by %x", shown->roles);
    if (shown->polarity != POLARITY_UNSAID) show(self, " counts %" PRId32, shown->polarity);
    show_slice(self, " pillar ", shown->pillar, "");
    if (shown->drop_said) show(self, " drop%s", shown->drops ? "" : " none");
    show_names(self, "", shown->drops);
}

static inline void show_examples(parsed *self, const example *shown) {
    for (; shown; shown = shown->next) {
        show(self, "\n  %s", shown->positive ? "yes" : "no");
        show_slice(self, " @", shown->name, "");
        show_slice(self, " (", shown->reason, ")");
        if (shown->channel) show(self, " channel %" PRId32, shown->channel);
        for (const example_slot *slot = shown->slots; slot; slot = slot->next) {
            show_slice(self, " {", slot->name, "=");
            show_slice(self, "", slot->text, "}");
        }
        for (const example_turn *turn = shown->turns; turn; turn = turn->next) {
            show(self, " %" PRId32, turn->role);
            show_slice(self, ":", turn->text, turn->next ? " /" : "");
        }
    }
}

static inline void show_statement(parsed *self, const statement *shown) {
    static const char *const kinds[] = {"pack",    "stemmer",      "ending", "derivation",   "word",    "clitic",  "contraction", "filler",
                                        "stammer", "abbreviation", "common", "speaker",      "answers", "list",    "slot",        "cue",
                                        "context", "family",       "signal", "conversation", "off",     "reweigh", "retract"};
    static const char *const triggers[] = {"after", "before", "in", "until", "except", "mark"};
    show(self, "%s%s", shown->extends ? "extend " : "", kinds[shown->kind]);
    show_slice(self, " ", shown->name, "");
    show_slice(self, " '", shown->text, "'");
    if (shown->role >= 0) show(self, " role %" PRId32, shown->role);
    if (shown->number) show(self, " number %u", shown->number);
    show_items(self, ":", shown->words);
    show_items(self, " after", shown->after);
    show_items(self, " before", shown->before);
    if (shown->phrase) show(self, " = ");
    if (shown->phrase) show_phrase(self, shown->phrase);
    show_header(self, &shown->header);
    if (shown->draft) show(self, " draft");
    if (shown->threshold >= 0) show(self, " at %" PRId32, shown->threshold);
    if (shown->degree >= 0) show(self, " degree %" PRId32, shown->degree);
    show_guards(self, shown->guards);
    if (shown->opens_roles) show(self, "\n  opens %x", shown->opens_roles);
    show_names(self, shown->opens_roles ? "" : " names", shown->names);
    show_names(self, " minus", shown->minus);
    if (shown->met) show(self, "\n  met %x", shown->met_roles);
    show_names(self, "", shown->met);
    if (shown->within) show(self, " within %u", shown->within);
    for (const rule_line *line = shown->lines; line; line = line->next) {
        show(self, "\n  %s", line->kind == LINE_SAY ? "say" : line->kind == LINE_HINT ? "hint" : "not");
        if (line->kind != LINE_NOT) show(self, " %" PRId32, line->weight);
        show_slice(self, " @", line->label, "");
        show(self, " ");
        show_phrase(self, line->phrase);
        show_edges(self, line->edges);
        show_guards(self, line->guards);
    }
    for (const yield_line *yield = shown->yields; yield; yield = yield->next) {
        show_names(self, "\n  yields", yield->names);
        show(self, yield->where == WHERE_TURN ? " turn" : yield->where == WHERE_SENTENCE ? " sentence" : " here");
    }
    for (const trigger *each = shown->triggers; each; each = each->next) {
        show(self, "\n  %s ", triggers[each->kind]);
        if (each->kind == TRIGGER_MARK) show(self, each->mark == MARK_QUESTION ? "?" : each->mark == MARK_QUOTES ? "quotes" : "cited");
        if (each->phrase) show_phrase(self, each->phrase);
        show_edges(self, each->edges);
        if (each->comma) show(self, " comma");
        if (each->reach != UINT32_MAX) show(self, " up to %u", each->reach);
    }
    show_examples(self, shown->examples);
    show(self, "\n");
}

/* All statements as text. */
static inline const char *parsed_show(parsed *self) {
    self->shown_length = 0;
    self->shown[0] = '\0';
    for (const statement *each = self->first; each; each = each->next) show_statement(self, each);
    return self->shown;
}

/* All problems, one a line. */
static inline const char *parsed_problems(parsed *self) {
    self->shown_length = 0;
    self->shown[0] = '\0';
    for (size_t i = 0; i < self->problems->count; i++) {
        const problem *each = &self->problems->items[i];
        show(self, "%s%u:%u: %s\n", each->severity == CARE_SEVERITY_NOTE ? "note " : "", each->line, each->column, each->message);
    }
    return self->shown;
}

#endif
