/* rules.c - gathers cues, signals and contexts from the statements of all layers. */
#include "rules.h"

#include <stdio.h>
#include <string.h>

static char *text_of(arena *from, const char *head, slice tail) {
    size_t length = strlen(head);
    char *made = take(from, length + tail.length + 1);
    memcpy(made, head, length);
    memcpy(made + length, tail.at, tail.length);
    return made;
}

static concept *find_concept(rule_book *self, const char *name) {
    for (size_t i = 0; i < self->concept_count; i++) {
        if (strcmp(self->concepts[i].name, name) == 0) return &self->concepts[i];
    }
    return NULL;
}

bool rules_named(slice name, const concept *it) {
    if (name.length > 2 && name.at[name.length - 1] == '*') return strncmp(it->name, name.at, name.length - 1) == 0;
    return slice_equals(name, it->name);
}

static uint32_t drop_bits(const rule_book *self, const name_list *names) {
    uint32_t bits = 0;
    for (; names; names = names->next) {
        for (size_t i = 0; i < self->context_count; i++) {
            if (same_slice(self->contexts[i].name, names->name)) bits |= 1u << i;
        }
    }
    return bits;
}

/* Applies what a header says over what was said before. */
static void apply_header(const rule_book *self, concept *to, const header *said) {
    if (said->roles) to->roles = said->roles;
    if (said->drop_said || said->drops) to->drops = drop_bits(self, said->drops);
}

static void apply_family(const rule_book *self, concept *to, const statement *statements) {
    size_t length = strcspn(to->name, ".");
    for (const statement *it = statements; it; it = it->next) {
        if (it->kind == STATEMENT_FAMILY && it->name.length == length && memcmp(it->name.at, to->name, length) == 0)
            apply_header(self, to, &it->header);
    }
}

static void add_lines(rule_book *self, concept *to, const statement *from) {
    for (const rule_line *it = from->lines; it; it = it->next) {
        to->lines = append(self->arena, to->lines, &to->line_room, to->line_count, sizeof *to->lines);
        line *made = &to->lines[to->line_count];
        *made = (line){.said = it, .weight = it->weight, .number = (uint32_t)to->line_count++};
        char tail[16];
        snprintf(tail, sizeof tail, "%u", (unsigned)to->line_count);
        slice label = it->label.length ? it->label : (slice){tail, (uint32_t)strlen(tail)};
        made->name = text_of(self->arena, text_of(self->arena, to->name, (slice){"/", 1}), label);
    }
    if (from->guards) {
        to->guards = append(self->arena, to->guards, &to->guard_room, to->guard_count, sizeof *to->guards);
        to->guards[to->guard_count++] = from->guards;
    }
    for (const yield_line *it = from->yields; it; it = it->next) {
        to->yields = append(self->arena, to->yields, &to->yield_room, to->yield_count, sizeof *to->yields);
        to->yields[to->yield_count++] = it;
    }
}

static void add_concept(rule_book *self, const statement *it, const statement *statements, uint32_t *signals) {
    bool is_cue = it->kind == STATEMENT_CUE;
    const char *name = text_of(self->arena, is_cue ? "cue." : "", it->name);
    concept *to = find_concept(self, name);
    if (!to) {
        self->concepts = append(self->arena, self->concepts, &self->concept_room, self->concept_count, sizeof *self->concepts);
        to = &self->concepts[self->concept_count++];
        *to = (concept){.name = name, .is_cue = is_cue, .roles = UINT32_MAX, .threshold = 60};
        if (!is_cue) to->number = (*signals)++;
        if (!is_cue) apply_family(self, to, statements);
        if (it->kind == STATEMENT_CONVERSATION) {
            to->conversation = it;
            to->missed = text_of(self->arena, name, (slice){"/1", 2});
        }
    }
    apply_header(self, to, &it->header);
    if (it->kind == STATEMENT_SIGNAL && it->threshold >= 0) to->threshold = it->threshold;
    if (it->kind == STATEMENT_SIGNAL && it->degree > 0) to->degree = (uint32_t)it->degree;
    add_lines(self, to, it);
}

static void reweigh(rule_book *self, const statement *it) {
    for (size_t i = 0; i < self->concept_count; i++) {
        for (size_t k = 0; k < self->concepts[i].line_count; k++) {
            line *here = &self->concepts[i].lines[k];
            if (here->said->kind != LINE_NOT && slice_equals(it->name, here->name)) here->weight = (int32_t)it->number;
        }
    }
}

rule_book *rules_new(arena *from, const phrase_book *phrases, const statement *statements) {
    rule_book *self = take(from, sizeof *self);
    uint32_t signals = 0;
    self->arena = from;
    self->phrases = phrases;
    for (const statement *it = statements; it; it = it->next) {
        if (it->kind == STATEMENT_CONTEXT && self->context_count < 16)
            self->contexts[self->context_count++] = (context_rule){it->name, it->triggers};
    }
    for (int pass = 0; pass < 3; pass++) { /* cues, then signals, then conversations */
        static const statement_kind kinds[] = {STATEMENT_CUE, STATEMENT_SIGNAL, STATEMENT_CONVERSATION};
        for (const statement *it = statements; it; it = it->next) {
            if (it->kind == kinds[pass]) add_concept(self, it, statements, &signals);
        }
    }
    for (const statement *it = statements; it; it = it->next) {
        if (it->kind == STATEMENT_REWEIGH) reweigh(self, it);
        if (it->kind != STATEMENT_OFF) continue;
        concept *off = find_concept(self, text_of(from, "", it->name));
        if (off) off->is_off = true;
    }
    return self;
}
