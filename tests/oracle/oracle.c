/* oracle.c - see oracle.h: reads packs, judges conversations turn by turn, puts what was found in order. */
#include "oracle.h"
#include "../../src/compile/parse.h"
#include "rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Memory and text ---- */

void *take(arena *from, size_t bytes) {
    void *taken = arena_take(from, bytes ? bytes : 1);
    if (!taken) {
        fputs("oracle: out of memory\n", stderr);
        exit(2);
    }
    return taken;
}

char *take_text(arena *from, const char *at, size_t length) {
    char *taken = take(from, length + 1);
    if (length) memcpy(taken, at, length);
    return taken;
}

void *append(arena *from, void *items, size_t *room, size_t count, size_t size) {
    if (!arena_reserve(from, &items, room, count + 1, size)) take(from, SIZE_MAX / 2);
    return items;
}

bool slice_equals(slice text, const char *other) {
    return same_slice(text, (slice){other, (uint32_t)strlen(other)});
}

bool same_slice(slice left, slice right) {
    return left.length == right.length && (!left.length || memcmp(left.at, right.at, left.length) == 0);
}

/* ---- The pack ---- */

oracle *oracle_new(const care_source *sources, size_t count, care_problems **problems) {
    oracle *self = calloc(1, sizeof *self);
    if (!self) return NULL;
    care_allocator allocator = memory_default();
    self->pack.allocator = self->call.allocator = allocator;
    care_problems *found = problems_new(&allocator);
    if (!found) take(&self->pack, SIZE_MAX / 2);
    found->files = sources;
    statement *first = NULL, **tail = &first;
    for (size_t i = 0; i < count; i++) tail = parse_source(&self->pack, found, (uint32_t)i, tail);
    bool failed = found->error_count > 0;
    if (problems)
        *problems = found;
    else
        care_problems_free(found);
    if (failed) {
        oracle_free(self);
        return NULL;
    }
    self->statements = first;
    const word_book *words = words_new(&self->pack, first);
    self->rules = rules_new(&self->pack, phrases_new(&self->pack, words, first), first);
    return self;
}

void oracle_free(oracle *self) {
    if (!self) return;
    if (self->rules) words_free(self->rules->phrases->words);
    arena_free(&self->pack);
    arena_free(&self->call);
    free(self);
}

/* ---- Conversation rules ---- */

/* What one conversation rule waits for. */
typedef struct obligation {
    uint32_t left; /* turns in which it may still be met; 0: nothing is open */
} obligation;

static bool has_fact(const oracle *self, const judged_turn *turn, const name_list *names) {
    for (; names; names = names->next) {
        for (size_t i = 0; i < self->rules->concept_count; i++) {
            if (rules_named(names->name, &self->rules->concepts[i]) && turn->facts[i].count) return true;
        }
    }
    return false;
}

static bool has_finding(const judged_turn *turn, const name_list *names) {
    for (; names; names = names->next) {
        for (size_t i = 0; i < turn->candidates.count; i++) {
            const candidate *it = &turn->candidates.items[i];
            if (!*it->reason && rules_named(names->name, it->of)) return true;
        }
    }
    return false;
}

/* Meets, misses or opens; a missed one is a finding of the turn. */
static void follow(oracle *self, obligation *open, const concept *of, judged_turn *turn) {
    const statement *rule = of->conversation;
    uint32_t role = 1u << turn->said->role;
    if (open->left && rule->met_roles & role) {
        if (has_fact(self, turn, rule->met)) {
            open->left = 0;
        } else if (--open->left == 0) {
            candidates *all = &turn->candidates;
            all->items = append(&self->call, all->items, &all->room, all->count, sizeof *all->items);
            all->items[all->count++] = (candidate){.of = of, .reason = "", .whole = true, .confidence = 90};
        }
    }
    if (rule->opens_roles & role && has_finding(turn, rule->names)) open->left = rule->within;
}

/* ---- Findings ---- */

/* A word's beginning, or that of the token that it ends. */
static uint32_t shown_begin(const reading *text, uint32_t first) {
    const symbol *it = &text->symbols[first];
    bool half = it->clitic && first > 0 && it[-1].end == it->begin;
    return half ? it[-1].begin : it->begin;
}

static oracle_finding make_finding(oracle *self, const judged_turn *turn, uint32_t number, const candidate *it) {
    const reading *text = &turn->text;
    oracle_finding made = {.turn = number,
                           .signal = it->of->name,
                           .reason = it->reason,
                           .confidence = it->confidence,
                           .attributes = it->attributes,
                           .intensity = it->of->degree,
                           .signal_number = it->of->number};
    if (it->whole) {
        made.rule = it->of->missed;
        made.end = (uint32_t)turn->said->length;
        return made;
    }
    made.rule = it->line->name;
    made.rule_number = it->line->number;
    made.begin = shown_begin(text, it->at.first);
    made.end = text->symbols[it->at.last - 1].end;
    oracle_slot *slots = take(&self->call, it->slot_count * sizeof *slots);
    for (size_t i = 0; i < it->slot_count; i++) {
        slots[i].name = take_text(&self->call, it->slots[i].name.at, it->slots[i].name.length);
        slots[i].begin = shown_begin(text, it->slots[i].first);
        slots[i].end = text->symbols[it->slots[i].last - 1].end;
    }
    made.slots = slots;
    made.slot_count = (uint32_t)it->slot_count;
    return made;
}

static int in_order(const void *left, const void *right) {
    const oracle_finding *a = left, *b = right;
    if (a->turn != b->turn) return a->turn < b->turn ? -1 : 1;
    if (a->begin != b->begin) return a->begin < b->begin ? -1 : 1;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    if (a->signal_number != b->signal_number) return a->signal_number < b->signal_number ? -1 : 1;
    return a->rule_number < b->rule_number ? -1 : a->rule_number > b->rule_number;
}

typedef struct finding_list {
    oracle_finding *items;
    size_t count, room;
} finding_list;

static void add_finding(oracle *self, finding_list *to, oracle_finding it) {
    to->items = append(&self->call, to->items, &to->room, to->count, sizeof it);
    to->items[to->count++] = it;
}

oracle_result oracle_analyze(oracle *self, const care_turn *turns, size_t count) {
    arena_free(&self->call);
    const rule_book *rules = self->rules;
    finding_list found = {0}, suppressed = {0};
    obligation *open = take(&self->call, rules->concept_count * sizeof *open);
    const judged_turn *before = NULL;
    for (size_t i = 0; i < count; i++) {
        if (i && turns[i].conversation != turns[i - 1].conversation) {
            before = NULL;
            memset(open, 0, rules->concept_count * sizeof *open);
        }
        judged_turn *turn = judge_turn(&self->call, rules, &turns[i], before);
        for (size_t c = 0; c < rules->concept_count; c++) {
            if (rules->concepts[c].conversation && !rules->concepts[c].is_off) follow(self, &open[c], &rules->concepts[c], turn);
        }
        before = turn;
        if (turns[i].flags & CARE_TURN_CONTEXT) continue;
        for (size_t k = 0; k < turn->candidates.count; k++) {
            const candidate *it = &turn->candidates.items[k];
            add_finding(self, *it->reason ? &suppressed : &found, make_finding(self, turn, (uint32_t)i, it));
        }
    }
    if (found.count) qsort(found.items, found.count, sizeof *found.items, in_order);
    if (suppressed.count) qsort(suppressed.items, suppressed.count, sizeof *suppressed.items, in_order);
    return (oracle_result){found.items, suppressed.items, found.count, suppressed.count};
}
