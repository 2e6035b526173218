/* write.c - see write.h. */
#include "write.h"
#include "gate.h"
#include "lower.h"
#include "resolve.h"
#include "spelling.h"
#include "vocabulary.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

/* ---- Words ---- */

static uint32_t bucket_list(const program *self, block *to, const uint32_t *forms, uint32_t count) {
    uint32_t *buckets = arena_take(self->arena, (count + 1u) * sizeof *buckets);
    for (uint32_t i = 0; buckets && i < count; i++) buckets[i] = self->forms[forms[i]].bucket;
    return buckets ? block_list(to, buckets, count) : 0;
}

static uint16_t write_contraction(const program *self, const form *from, block *to) {
    pack_contraction made = {.first = self->forms[from->first].bucket,
                             .second = self->forms[from->second].bucket,
                             .after = PACK_NONE,
                             .before = PACK_NONE,
                             .cut = (uint16_t)from->cut,
                             .after_start = from->after_start};
    if (from->after) made.after = bucket_list(self, to, from->after, from->after_count);
    if (from->before) made.before = bucket_list(self, to, from->before, from->before_count);
    uint32_t number = block_add(to, SECTION_CONTRACTIONS, &made);
    if (number == UINT16_MAX) {
        place start = {0, 1, 1};
        problems_add(self->problems, start, CARE_SEVERITY_ERROR, CARE_E_LIMIT, "the pack has more than 65,000 contractions");
    }
    return (uint16_t)number;
}

static void write_forms(const program *self, const vocabulary *words, block *to) {
    pack_form_detail *details = arena_take(self->arena, words->table_size * sizeof *details);
    for (size_t i = 0; details && i < self->form_texts.count; i++) {
        const form *from = self->forms + i;
        if (from->bucket == PROGRAM_NONE) continue;
        pack_form_detail *made = details + from->bucket;
        made->text = block_slice(to, self->form_texts.items[i]);
        made->length = (uint16_t)self->form_texts.items[i].length;
        if (from->flags & FORM_CONTRACTION) made->contraction = write_contraction(self, from, to);
    }
    for (uint32_t i = 0; details && i < words->table_size; i++) {
        block_add(to, SECTION_FORMS, words->table + i);
        block_add(to, SECTION_FORM_DETAILS, details + i);
    }
    for (uint32_t i = 0; i < self->clitic_count; i++) {
        uint32_t number = intern_find(&self->form_texts, self->clitics[i].at, self->clitics[i].length);
        pack_clitic made = {block_slice(to, self->clitics[i]), self->clitics[i].length, self->forms[number].bucket};
        block_add(to, SECTION_CLITICS, &made);
    }
}

/* ---- Phrases ---- */

#define SPARSER 4u /* times that a table's room may be doubled for a hash without crowded buckets */

/* What the phrases take, one after the other. */
typedef struct takings {
    uint64_t *masks;     /* of each symbol: the positions that take it; empty between phrases */
    uint16_t *symbols;   /* those with a mask, in the order in which they came */
    uint32_t count;
    pack_taking *table;
} takings;

static bool takings_new(arena *memory, uint32_t symbol_count, takings *out) {
    out->masks = arena_take(memory, symbol_count * sizeof *out->masks);
    out->symbols = arena_take(memory, symbol_count * sizeof *out->symbols);
    out->table = arena_take(memory, ((size_t)symbol_count << SPARSER) * sizeof *out->table);
    return out->masks && out->symbols && out->table;
}

static void take(takings *self, uint32_t symbol, uint32_t number) {
    if (!self->masks[symbol]) self->symbols[self->count++] = (uint16_t)symbol;
    self->masks[symbol] |= UINT64_C(1) << number;
}

static void gather_takings(const program *self, const vocabulary *words, const built_phrase *from, takings *out) {
    out->count = 0;
    for (uint32_t p = 0; p < from->position_count; p++) {
        const position *at = from->positions + p;
        for (uint32_t kinds = at->kinds; kinds; kinds &= kinds - 1) take(out, words->symbol_count + (uint32_t)__builtin_ctz(kinds), p);
        uint32_t count = 0;
        const uint32_t *forms = at->class_index == PROGRAM_NONE ? NULL : spelling_forms(self, at->class_index, &count);
        for (uint32_t i = 0; i < count; i++) take(out, self->forms[forms[i]].symbol, p);
    }
}

/* Puts the symbols into their buckets. False if one of these does not hold them all. */
static bool fill_buckets(takings *self, const pack_phrase *made) {
    memset(self->table, 0, (UINT64_C(1) << (32 - made->taking_shift)) * sizeof *self->table);
    for (uint32_t i = 0; i < self->count; i++) {
        pack_taking *bucket = self->table + pack_hash_taking(self->symbols[i], made->factor, made->taking_shift);
        uint32_t at = 0;
        while (at < PACK_BUCKET && bucket->symbols[at]) at++;
        if (at == PACK_BUCKET) return false;
        bucket->symbols[at] = self->symbols[i];
    }
    return true;
}

/* Looks for a factor that spreads the symbols well enough; if there is none, with more room. */
static bool choose_buckets(takings *self, pack_phrase *made) {
    uint32_t bits = 0;
    while ((UINT32_C(2) << bits) < self->count) bits++;
    made->factor = UINT32_C(0x9e3779b1);
    for (uint32_t most = bits + SPARSER; bits <= most; bits++)
        for (uint32_t tried = 0; tried < 64; tried++) {
            made->taking_shift = (uint8_t)(32 - bits);
            if (fill_buckets(self, made)) return true;
            made->factor = made->factor * UINT32_C(1664525) + 1013904222;
        }
    return false;
}

/* The number, counted from `first`, of a mask; added if it is new. Few phrases have more than some dozens. */
static uint16_t mask_number(block *to, uint32_t first, uint64_t mask) {
    const uint64_t *masks = to->sections[SECTION_MASKS].items;
    uint32_t count = (uint32_t)to->sections[SECTION_MASKS].count;
    for (uint32_t i = first; i < count; i++)
        if (masks[i] == mask) return (uint16_t)(i - first);
    block_add(to, SECTION_MASKS, &mask);
    return (uint16_t)(count - first);
}

static void write_takings(takings *self, pack_phrase *made, block *to) {
    const uint64_t none = 0;
    made->first_taking = (uint32_t)to->sections[SECTION_TAKINGS].count;
    made->first_mask = (uint32_t)to->sections[SECTION_MASKS].count;
    block_add(to, SECTION_MASKS, &none);
    for (uint32_t i = 0; i >> (32 - made->taking_shift) == 0; i++) {
        pack_taking *bucket = self->table + i;
        for (uint32_t at = 0; at < PACK_BUCKET; at++) {
            uint16_t symbol = bucket->symbols[at];
            if (symbol) bucket->masks[at] = mask_number(to, made->first_mask, self->masks[symbol]);
            self->masks[symbol] = 0;
        }
        block_add(to, SECTION_TAKINGS, bucket);
    }
    made->mask_count = (uint16_t)(to->sections[SECTION_MASKS].count - made->first_mask);
}

static bool write_phrase(const program *self, const vocabulary *words, const built_phrase *from, takings *taken, block *to) {
    pack_phrase made = {.starts = from->starts, .accepts = from->accepts, .first_position = (uint32_t)to->sections[SECTION_POSITIONS].count,
                        .rule = from->rule == PROGRAM_NONE ? PACK_NONE : from->rule, .edges = (uint8_t)from->edges,
                        .position_count = (uint8_t)from->position_count, .max_words = (uint8_t)from->max_words,
                        .before_gate = (uint8_t)from->before_gate, .least_before = (uint8_t)from->least_before, .begins = from->begins};
    memcpy(made.needs, from->needs, sizeof made.needs);
    gather_takings(self, words, from, taken);
    if (!choose_buckets(taken, &made)) {
        problems_add(self->problems, from->place, CARE_SEVERITY_ERROR, CARE_E_LIMIT, "the phrase knows too many words; make it two");
        return false;
    }
    write_takings(taken, &made, to);
    for (uint32_t p = 0; p < from->position_count; p++) {
        const position *at = from->positions + p;
        if (at->any) made.any |= UINT64_C(1) << p;
        made.kinds |= (uint8_t)at->kinds;
        pack_position record = {.follow = at->follow, .slot = at->slot == PROGRAM_NONE ? PACK_NONE16 : (uint16_t)at->slot};
        block_add(to, SECTION_POSITIONS, &record);
    }
    block_add(to, SECTION_PHRASES, &made);
    return true;
}

static bool write_phrases(const program *self, const vocabulary *words, block *to) {
    takings taken;
    if (!takings_new(self->arena, words->symbol_count + PACK_KIND_COUNT, &taken)) return false;
    for (size_t i = 0; i < self->phrase_count; i++)
        if (!write_phrase(self, words, self->phrases + i, &taken, to)) return false;
    return true;
}

/* Notes at each symbol the triggers that may begin with it. */
static void mark_triggers(const program *self, const vocabulary *words, gate_tables *gates, const block *to) {
    const pack_trigger *triggers = to->sections[SECTION_TRIGGERS].items;
    for (uint32_t t = 0; t < to->sections[SECTION_TRIGGERS].count; t++) {
        const built_phrase *from = triggers[t].phrase == PACK_NONE ? NULL : self->phrases + triggers[t].phrase;
        for (uint64_t starts = from ? from->starts : 0; starts; starts &= starts - 1) {
            const position *first = from->positions + __builtin_ctzll(starts);
            bool open = first->any || first->kinds; /* then the symbol does not tell */
            uint32_t count = 0;
            const uint32_t *forms = first->class_index == PROGRAM_NONE ? NULL : spelling_forms(self, first->class_index, &count);
            for (uint32_t i = 0; i < count; i++) gates->symbols[self->forms[forms[i]].symbol].triggers |= UINT32_C(1) << (t % 32);
            for (uint32_t s = 0; open && s < words->symbol_count; s++) gates->symbols[s].triggers |= UINT32_C(1) << (t % 32);
        }
    }
}

static void write_gates(const gate_tables *gates, block *to) {
    for (uint32_t i = 0; i < gates->symbol_count + PACK_KIND_COUNT; i++) block_add(to, SECTION_SYMBOL_GATES, gates->symbols + i);
    for (uint32_t i = 0; i < gates->filter_words; i++) block_add(to, SECTION_KEY_FILTER, gates->filter + i);
    for (uint32_t i = 0; i < gates->bucket_count; i++) block_add(to, SECTION_KEY_BUCKETS, gates->buckets + i);
    for (uint32_t i = 0; i < gates->list_count; i++) block_add(to, SECTION_GATE_LIST, gates->list + i);
}

/* ---- On demand ---- */

#define FREQUENT 4000u /* gates met more often than this, per million words, cost more than they save */

/* Whether one of the guards asks for a cue on demand that asks in turn: one such cue may not ask for another, so that asking
 * soon ends. */
static bool asks_asker(const block *to, uint32_t first_guard, uint32_t guard_count) {
    const pack_concept *concepts = to->sections[SECTION_CONCEPTS].items;
    const pack_guard *guards = (const pack_guard *)to->sections[SECTION_GUARDS].items + first_guard;
    const pack_condition *conditions = to->sections[SECTION_CONDITIONS].items;
    const uint32_t *numbers = to->sections[SECTION_NUMBERS].items;
    for (uint32_t g = 0; g < guard_count; g++)
        for (uint32_t c = 0; c < guards[g].condition_count; c++) {
            const pack_condition *at = conditions + guards[g].first_condition + c;
            if (at->kind != PACK_IF_CONCEPT || at->where == PACK_BEFORE) continue;
            const uint32_t *list = numbers + at->list;
            for (uint32_t i = 1; i <= list[0]; i++) {
                uint32_t flags = concepts[list[i]].flags;
                if (flags & CONCEPT_ON_DEMAND && flags & CONCEPT_ASKS) return true;
            }
        }
    return false;
}

/* A condition in brackets, or a plain cue of frequent words, is looked for only where a guard asks. */
static bool on_demand(program *self, const vocabulary *words, const block *to, const concept *at) {
    if (at->is_signal || at->is_remembered || at->is_weighed) return false;
    const pack_concept *made = (const pack_concept *)to->sections[SECTION_CONCEPTS].items + at->number;
    const pack_rule *rules = to->sections[SECTION_RULES].items;
    bool frequent = at->is_unnamed;
    if (asks_asker(to, made->first_guard, made->guard_count)) return false;
    for (uint32_t r = at->first_rule; r < at->first_rule + at->rule_count; r++) {
        if (asks_asker(to, rules[r].first_guard, rules[r].guard_count)) return false;
        if (!frequent) frequent = gate_cost(self, words, self->phrases + rules[r].phrase) > FREQUENT;
    }
    return frequent;
}

static void choose_on_demand(program *self, const vocabulary *words, block *to) {
    pack_concept *concepts = to->sections[SECTION_CONCEPTS].items;
    const pack_rule *rules = to->sections[SECTION_RULES].items;
    for (uint32_t i = 0; i < self->order.count; i++) {
        const concept *at = self->order.items[i];
        bool asked = on_demand(self, words, to, at);
        if (asked) concepts[i].flags |= CONCEPT_ON_DEMAND;
        for (uint32_t r = 0; r < at->rule_count; r++)
            if (rules[at->first_rule + r].phrase != PACK_NONE) self->phrases[rules[at->first_rule + r].phrase].has_gates = !asked;
    }
}

/* ---- The whole ---- */

static void write_sources(const program *self, block *to, pack_header *head) {
    uint64_t fingerprint = 0;
    for (uint32_t i = 0; i < self->layer_count; i++) {
        pack_layer made = {block_slice(to, self->layer_names[i]), block_slice(to, self->layer_versions[i])};
        block_add(to, SECTION_LAYERS, &made);
    }
    for (uint32_t i = 0; i < self->file_count; i++) {
        const care_source *from = self->files + i;
        pack_source made = {self->file_layers[i], block_string(to, from->file, (uint32_t)strlen(from->file)), 0, (uint32_t)from->length};
        made.text = block_string(to, from->text, (uint32_t)from->length);
        block_add(to, SECTION_SOURCES, &made);
        fingerprint = pack_hash_bytes(fingerprint + self->file_layers[i], from->text, from->length);
    }
    head->fingerprint = fingerprint;
    char stemmer[64];
    int length = snprintf(stemmer, sizeof stemmer, "snowball %.*s", self->stemmer.length > 40 ? 40 : (int)self->stemmer.length,
                          self->stemmer.length ? self->stemmer.at : "");
    head->stemmer = block_string(to, stemmer, (uint32_t)length);
    const char *unicode = utf8proc_unicode_version();
    head->unicode = block_string(to, unicode, (uint32_t)strlen(unicode));
}

unsigned char *write_block(program *self, uint64_t *length) {
    block to = {.arena = self->arena};
    to.strings.arena = to.lists.arena = self->arena;
    block_string(&to, "", 0);
    lower_program(self, &to);
    if (self->problems->error_count || self->arena->out_of_memory) return NULL;
    vocabulary words;
    gate_tables gates;
    if (!vocabulary_build(self, &words)) return NULL;
    choose_on_demand(self, &words, &to);
    if (!gate_build(self, &words, &gates)) return NULL;
    mark_triggers(self, &words, &gates, &to);
    write_forms(self, &words, &to);
    if (!write_phrases(self, &words, &to)) return NULL;
    write_gates(&gates, &to);
    pack_header head = {.symbol_count = words.symbol_count, .flags = self->drops_emoji ? PACK_DROPS_EMOJI : 0};
    write_sources(self, &to, &head);
    return block_finish(&to, &head, length);
}
