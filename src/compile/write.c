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

/* ---- First words ---- */

typedef struct form_collection {
    uint32_t *forms;
    uint32_t count;
    size_t room;
    bool open; /* words that no class tells can begin it, too */
} form_collection;

static void collect_starts(program *self, const built_phrase *from, form_collection *to) {
    for (uint64_t starts = from->starts; starts; starts &= starts - 1) {
        const position *first = from->positions + __builtin_ctzll(starts);
        to->open |= first->any || first->kinds;
        if (first->class_index == PROGRAM_NONE) continue;
        uint32_t more;
        const uint32_t *added = spelling_forms(self, first->class_index, &more);
        if (!arena_reserve(self->arena, (void **)&to->forms, &to->room, to->count + more, sizeof *to->forms)) return;
        memcpy(to->forms + to->count, added, more * sizeof *added);
        to->count += more;
    }
}

/* A single cheap test then rules most words out as the beginning of a match. */
static bool find_start_classes(program *self) {
    for (size_t i = 0; i < self->phrase_count; i++) {
        form_collection starts = {0};
        collect_starts(self, self->phrases + i, &starts);
        self->phrases[i].start_class = starts.open || !starts.count ? PROGRAM_NONE : spelling_class_of(self, starts.forms, starts.count);
    }
    return !self->arena->out_of_memory;
}

/* ---- Words and phrases ---- */

static uint32_t bucket_list(const program *self, block *to, const uint32_t *forms, uint32_t count) {
    uint32_t *buckets = arena_take(self->arena, (count + 1u) * sizeof *buckets);
    for (uint32_t i = 0; buckets && i < count; i++) buckets[i] = self->forms[forms[i]].bucket;
    return buckets ? block_list(to, buckets, count) : 0;
}

static uint16_t write_contraction(const program *self, const form *from, block *to) {
    pack_contraction made = {.first = self->forms[from->first].bucket, .second = self->forms[from->second].bucket, .after = PACK_NONE, .before = PACK_NONE,
                             .cut = (uint16_t)from->cut, .after_start = from->after_start};
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

static void class_add(block *to, uint64_t few, const uint64_t *row, uint32_t row_words) {
    pack_class made = {few, row ? (uint32_t)to->sections[SECTION_ROWS].count : 0, 0};
    block_add(to, SECTION_CLASSES, &made);
    for (uint32_t i = 0; row && i < row_words; i++) block_add(to, SECTION_ROWS, row + i);
}

/* One class: few symbols as they are, many as bits. */
static void write_class(const vocabulary *words, uint32_t bit, uint64_t *row, block *to) {
    uint32_t row_words = words->symbol_count / 64 + 1, count = 0;
    uint64_t few = UINT64_MAX;
    memset(row, 0, row_words * sizeof *row);
    for (uint32_t s = 1; s < words->symbol_count; s++) {
        if (!(words->rows[(size_t)s * words->row_words + bit / 64] >> (bit % 64) & 1)) continue;
        row[s / 64] |= UINT64_C(1) << (s % 64);
        if (count++ < PACK_SMALL_CLASS) few = few << 16 | s;
    }
    if (count > PACK_SMALL_CLASS)
        class_add(to, UINT64_MAX, row, row_words);
    else
        class_add(to, few, NULL, 0);
}

/* In the order of their numbers; then the class of no symbol, and the class of all, that of unknown words included. */
static void write_classes(const program *self, const vocabulary *words, block *to) {
    uint32_t row_words = words->symbol_count / 64 + 1;
    uint64_t *row = arena_take(self->arena, row_words * sizeof *row);
    for (uint32_t i = 0; row && i < row_words; i++) block_add(to, SECTION_ROWS, row + i); /* the empty row */
    for (uint32_t bit = 0; row && bit < words->class_count; bit++) write_class(words, bit, row, to);
    if (!row) return;
    class_add(to, UINT64_MAX, NULL, 0);
    memset(row, 0xff, row_words * sizeof *row);
    class_add(to, UINT64_MAX, row, row_words);
}

static void write_phrases(const program *self, const vocabulary *words, block *to) {
    for (size_t i = 0; i < self->phrase_count; i++) {
        const built_phrase *from = self->phrases + i;
        pack_phrase made = {.starts = from->starts, .accepts = from->accepts, .first_position = (uint32_t)to->sections[SECTION_POSITIONS].count,
                            .rule = from->rule == PROGRAM_NONE ? PACK_NONE : from->rule, .edges = (uint16_t)from->edges,
                            .position_count = (uint8_t)from->position_count, .max_words = (uint8_t)from->max_words};
        made.start_class = (uint16_t)(from->start_class == PROGRAM_NONE ? words->class_count + 1 : words->class_bits[from->start_class]);
        made.before_gate = (uint8_t)from->before_gate;
        made.least_before = (uint8_t)from->least_before;
        for (uint32_t p = 0; p < from->position_count; p++)
            if (from->positions[p].any) made.any |= UINT64_C(1) << p;
        block_add(to, SECTION_PHRASES, &made);
        for (uint32_t p = 0; p < from->position_count; p++) {
            const position *at = from->positions + p;
            pack_position record = {.follow = at->follow, .slot = PACK_NONE16, .kinds = at->kinds};
            record.class_number = (uint16_t)(at->class_index == PROGRAM_NONE ? words->class_count : words->class_bits[at->class_index]);
            if (at->slot != PROGRAM_NONE) record.slot = (uint16_t)at->slot;
            block_add(to, SECTION_POSITIONS, &record);
        }
    }
}

/* Notes at each symbol the contexts of which some trigger may stand where it does. */
static void mark_contexts(program *self, const vocabulary *words, gate_tables *gates, block *to) {
    pack_context *contexts = to->sections[SECTION_CONTEXTS].items;
    const pack_trigger *triggers = to->sections[SECTION_TRIGGERS].items;
    uint16_t *marks = arena_take(self->arena, words->symbol_count * sizeof *marks);
    if (!marks) return;
    for (uint32_t c = 0; c < self->context_count; c++)
        for (uint32_t t = 0; t < contexts[c].trigger_count; t++) {
            const pack_trigger *at = triggers + contexts[c].first_trigger + t;
            if (at->kind <= PACK_TRIGGER_IN) contexts[c].open |= gate_words(self, words, self->phrases + at->phrase, marks, (uint16_t)(1u << c));
        }
    for (uint32_t s = 0; s < words->symbol_count; s++) gates->symbols[s].contexts = marks[s];
}

static void write_gates(const gate_tables *gates, block *to) {
    for (uint32_t i = 0; i < gates->symbol_count + PACK_KIND_COUNT; i++) block_add(to, SECTION_SYMBOL_GATES, gates->symbols + i);
    for (uint32_t i = 0; i < gates->filter_words; i++) block_add(to, SECTION_PAIR_FILTER, gates->filter + i);
    for (uint32_t i = 0; i < gates->pair_buckets; i++) block_add(to, SECTION_PAIR_GATES, gates->pairs + i);
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
    int length = snprintf(stemmer, sizeof stemmer, "snowball %.*s", self->stemmer.length > 40 ? 40 : (int)self->stemmer.length, self->stemmer.length ? self->stemmer.at : "");
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
    uint32_t *start_classes = arena_take(self->arena, (self->phrase_count + 1) * sizeof *start_classes);
    vocabulary words;
    gate_tables gates;
    if (!start_classes || !find_start_classes(self)) return NULL;
    for (size_t i = 0; i < self->phrase_count; i++) start_classes[i] = self->phrases[i].start_class;
    if (!vocabulary_build(self, start_classes, (uint32_t)self->phrase_count, &words)) return NULL;
    choose_on_demand(self, &words, &to);
    if (!gate_build(self, &words, &gates)) return NULL;
    mark_contexts(self, &words, &gates, &to);
    write_forms(self, &words, &to);
    write_classes(self, &words, &to);
    write_phrases(self, &words, &to);
    write_gates(&gates, &to);
    pack_header head = {.symbol_count = words.symbol_count, .row_words = words.symbol_count / 64 + 1, .flags = self->drops_emoji ? PACK_DROPS_EMOJI : 0};
    write_sources(self, &to, &head);
    return block_finish(&to, &head, length);
}
