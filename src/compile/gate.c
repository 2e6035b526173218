/* gate.c - see gate.h. */
#include "gate.h"
#include "../sort.h"
#include "cut.h"
#include "traits.h"

#include <string.h>

#define FILTER_KEYS 4u           /* keys for each 64 bits of the filter, at most */
#define PAIRS_MAX 2000u          /* symbol pairs that one pair of positions may need */
#define COMPANY 8               /* times as often as by chance that two words of a phrase stand together */

typedef struct collector {
    program *program;
    const vocabulary *words;
    traits_table traits;
    uint64_t *items; /* key << 32 | phrase << 5 | distances as in pack_gate */
    size_t count, room;
} collector;

/* One network serves all phrases. */
static cut_network *scratch_of(program *self) {
    if (!self->scratch) self->scratch = arena_take(self->arena, sizeof *self->scratch);
    return self->scratch;
}

/* ---- Costs ---- */

static void class_weight(const vocabulary *words, const position *at, int64_t *frequency, uint32_t *symbols) {
    const uint16_t *members = vocabulary_members(words, at->class_index, symbols);
    *frequency = 0;
    for (uint32_t i = 0; i < *symbols; i++) *frequency += (int64_t)words->frequencies[members[i]];
    for (uint32_t kinds = at->kinds; kinds; kinds &= kinds - 1) *frequency += VOCABULARY_KIND_FREQUENCY;
}

static void price_pairs(cut_network *self, const built_phrase *phrase_at, const int64_t *frequency, const uint32_t *symbols) {
    for (uint32_t p = 0; p < phrase_at->position_count; p++)
        for (uint32_t q = 0; q < phrase_at->position_count; q++) {
            uint8_t distances = self->distances[p][q];
            if (!distances || distances & CUT_TOO_FAR || phrase_at->positions[p].kinds || phrase_at->positions[q].kinds) continue;
            if ((uint64_t)symbols[p] * symbols[q] > PAIRS_MAX) continue;
            /* Words that stand in one phrase keep company elsewhere, too: far more often than chance would have it. */
            int64_t together = COMPANY * frequency[p] * frequency[q] / 1000000 * __builtin_popcount(distances);
            if (together > frequency[p] || together > frequency[q]) together = frequency[p] < frequency[q] ? frequency[p] : frequency[q];
            self->capacity[2 * p + 1][2 * q] = together + frequency[p] / 64 + symbols[p] * symbols[q] / 16 + 1;
        }
}

/* The cheapest gates of the phrase, as a cut; gives what they cost. */
static int64_t find_gates(cut_network *self, const vocabulary *words, const built_phrase *phrase_at) {
    int64_t frequency[PACK_MAX_POSITIONS];
    uint32_t symbols[PACK_MAX_POSITIONS];
    cut_lay_out(self, phrase_at);
    for (uint32_t p = 0; p < phrase_at->position_count; p++) {
        frequency[p] = 0;
        symbols[p] = 0;
        if (phrase_at->positions[p].any) continue;
        class_weight(words, phrase_at->positions + p, frequency + p, symbols + p);
        self->capacity[2 * p][2 * p + 1] = frequency[p] + 1;
    }
    price_pairs(self, phrase_at, frequency, symbols);
    return cut_find(self);
}

/* ---- Collecting ---- */

static void collect(collector *self, uint32_t key, uint32_t number, uint32_t distances) {
    if (arena_reserve(self->program->arena, (void **)&self->items, &self->room, self->count + 1, sizeof *self->items))
        self->items[self->count++] = (uint64_t)key << 32 | number << 5 | distances;
}

static void collect_single(collector *self, uint32_t side, const position *at, uint32_t number) {
    uint32_t count;
    const uint16_t *members = vocabulary_members(self->words, at->class_index, &count);
    for (uint32_t i = 0; i < count; i++) collect(self, pack_key(side, members[i], 0), number, 1);
    for (uint32_t kinds = at->kinds; kinds; kinds &= kinds - 1)
        collect(self, pack_key(side, self->words->symbol_count + (uint32_t)__builtin_ctz(kinds), 0), number, 1);
}

static void collect_pair(collector *self, uint32_t side, const position *left, const position *right, uint8_t distances, uint32_t number) {
    uint32_t left_count, right_count;
    const uint16_t *lefts = vocabulary_members(self->words, left->class_index, &left_count);
    const uint16_t *rights = vocabulary_members(self->words, right->class_index, &right_count);
    for (uint32_t l = 0; l < left_count; l++)
        for (uint32_t r = 0; r < right_count; r++) collect(self, pack_key(side, lefts[l], rights[r]), number, (uint32_t)distances << 1);
}

/* How many words of a match can stand before each position: the most, and the fewest. */
static void find_depths(const built_phrase *phrase_at, uint32_t *most, uint32_t *fewest) {
    bool changed = true;
    for (uint32_t p = 0; p < phrase_at->position_count; p++) {
        bool starts = phrase_at->starts >> p & 1;
        most[p] = 0;
        fewest[p] = starts ? 0 : PACK_MAX_WORDS;
    }
    while (changed) {
        changed = false;
        for (uint32_t p = 0; p < phrase_at->position_count; p++) {
            if (fewest[p] == PACK_MAX_WORDS) continue; /* not reached */
            for (uint64_t next = phrase_at->positions[p].follow; next; next &= next - 1) {
                uint32_t q = (uint32_t)__builtin_ctzll(next);
                if (most[p] + 1 < phrase_at->max_words && most[q] < most[p] + 1) {
                    most[q] = most[p] + 1;
                    changed = true;
                }
                if (fewest[q] > fewest[p] + 1) {
                    fewest[q] = fewest[p] + 1;
                    changed = true;
                }
            }
        }
    }
}

/* The keys of one side. */
static void collect_keys(collector *self, uint32_t side, const cut_network *scratch, uint32_t number) {
    const built_phrase *phrase_at = self->program->phrases + number;
    for (uint32_t p = 0; p < phrase_at->position_count; p++) {
        if (phrase_at->positions[p].any) continue;
        if (cut_holds_position(scratch, p)) collect_single(self, side, phrase_at->positions + p, number);
        for (uint32_t q = 0; q < phrase_at->position_count; q++)
            if (cut_holds_pair(scratch, p, q))
                collect_pair(self, side, phrase_at->positions + p, phrase_at->positions + q, scratch->distances[p][q], number);
    }
}

/* How far from a match's beginning a gate can stand. */
static void find_reach(built_phrase *phrase_at, const cut_network *scratch) {
    uint32_t most[PACK_MAX_POSITIONS], fewest[PACK_MAX_POSITIONS];
    find_depths(phrase_at, most, fewest);
    phrase_at->least_before = PACK_MAX_WORDS;
    for (uint32_t p = 0; p < phrase_at->position_count; p++) {
        bool is_gate = !phrase_at->positions[p].any && cut_holds_position(scratch, p);
        for (uint32_t q = 0; q < phrase_at->position_count && !phrase_at->positions[p].any; q++) is_gate |= cut_holds_pair(scratch, p, q);
        if (!is_gate) continue;
        if (most[p] > phrase_at->before_gate) phrase_at->before_gate = most[p];
        if (fewest[p] < phrase_at->least_before) phrase_at->least_before = fewest[p];
    }
}

static void collect_phrase(collector *self, cut_network *scratch, uint32_t number) {
    built_phrase *phrase_at = self->program->phrases + number;
    find_gates(scratch, self->words, phrase_at);
    find_reach(phrase_at, scratch);
    for (uint32_t side = 0; side < PACK_SIDES; side++)
        if (phrase_at->roles & pack_roles_of_side(side)) collect_keys(self, side, scratch, number);
}

/* ---- Tables ---- */

static bool by_number(const void *context, const void *left, const void *right) {
    (void)context;
    return *(const uint64_t *)left < *(const uint64_t *)right;
}

/* The kinds of sentences that the edges allow, as bits: 1 for a question, 2 for an exclamation. */
static uint32_t kinds_of(uint32_t edges) {
    uint32_t kinds = 15;
    if (edges & EDGE_QUESTION) kinds &= 1u << 1 | 1u << 3;
    if (edges & EDGE_EXCLAMATION) kinds &= 1u << 2 | 1u << 3;
    return kinds;
}

/* Gates of gate_tables.list that stand together. */
typedef struct gate_run {
    uint32_t first, count;
} gate_run;

/* The runs there are, so that none stands twice: many pairs of words open the same phrases in the same company, and what is small
 * stays near the processor. */
typedef struct run_table {
    gate_run *runs; /* a hash table */
    size_t mask;
} run_table;

/* The newest run of gates, or the same one that stands before it, which then takes its place. */
static gate_run find_alike(const run_table *self, gate_tables *out, gate_run newest) {
    const pack_gate *gates = out->list + newest.first;
    size_t at = (size_t)pack_hash_bytes(newest.count, gates, newest.count * sizeof *gates) & self->mask;
    for (; self->runs[at].count; at = (at + 1) & self->mask) {
        gate_run there = self->runs[at];
        if (there.count != newest.count || memcmp(out->list + there.first, gates, newest.count * sizeof *gates) != 0) continue;
        out->list_count = newest.first;
        return there;
    }
    return self->runs[at] = newest;
}

/* The gates of one key, whose items are sorted, with the distances of one phrase put together. */
static gate_run append_gates(const collector *collected, const run_table *runs, gate_tables *out, const uint64_t *items, size_t count) {
    const program *self = collected->program;
    uint32_t first = out->list_count, key = (uint32_t)(*items >> 32), left = pack_key_left(key), right = pack_key_right(key);
    for (size_t i = 0; i < count; i++) {
        uint32_t number = (uint32_t)items[i] >> 5, distances = items[i] & 31;
        if (out->list_count > first && out->list[out->list_count - 1].phrase == number) {
            out->list[out->list_count - 1].asks |= distances << PACK_GATE_DISTANCES;
            continue;
        }
        const built_phrase *phrase_at = self->phrases + number;
        pack_gate added = {.phrase = number, .asks = pack_said(phrase_at->roles, kinds_of(phrase_at->edges)) | distances << PACK_GATE_DISTANCES};
        traits_of_gate(&collected->traits, number, left, right ? right : left, &added);
        out->list[out->list_count++] = added;
    }
    for (uint32_t i = first; i < out->list_count; i++) {
        uint32_t here_on = out->list_count - i;
        out->list[i].asks |= (here_on < PACK_RUN_MOST ? here_on : PACK_RUN_MOST) << PACK_GATE_LEFT;
    }
    gate_run newest = {first, out->list_count - first};
    return find_alike(runs, out, newest);
}

static size_t same_keys(const collector *self, size_t from) {
    size_t to = from;
    while (to < self->count && self->items[to] >> 32 == self->items[from] >> 32) to++;
    return to - from;
}

/* Tells the symbols of the key what they can be in which of these gates. */
static void tell_symbols(gate_tables *out, uint32_t key, gate_run made) {
    uint32_t said = 0, distances = 0, side = pack_key_side(key), left = pack_key_left(key), right = pack_key_right(key);
    for (uint32_t i = made.first; i < made.first + made.count; i++) {
        said |= out->list[i].asks & ((UINT32_C(1) << PACK_GATE_DISTANCES) - 1);
        distances |= out->list[i].asks >> PACK_GATE_DISTANCES >> 1 & 15;
    }
    if (right) {
        out->symbols[left].pairs[side] |= (uint8_t)distances;
        out->symbols[right].pairs[side] |= (uint8_t)(distances << PACK_PAIRS_RIGHT);
    } else {
        out->symbols[left].said |= said;
    }
}

static void add_key(gate_tables *out, uint32_t key, uint32_t first) {
    uint32_t hash = pack_hash_key(key), bucket = pack_bucket_of_key(hash, out->bucket_count), free_place = 0;
    while (out->buckets[bucket].keys[PACK_BUCKET - 1]) bucket = bucket + 1 < out->bucket_count ? bucket + 1 : 0;
    while (out->buckets[bucket].keys[free_place]) free_place++;
    out->buckets[bucket].keys[free_place] = key;
    out->buckets[bucket].runs[free_place] = first + 1;
    uint32_t bit = hash & (out->filter_words * 64 - 1);
    out->filter[bit / 64] |= UINT64_C(1) << (bit % 64);
}

/* What stands behind the last gate, as the scan looks ahead: gates that nobody can open. */
static void add_spare(gate_tables *out) {
    for (uint32_t i = 1; out->list_count && i < PACK_GATE_AHEAD; i++) {
        pack_gate spare = {.phrase = out->list->phrase, .asks = 1u << PACK_GATE_LEFT};
        out->list[out->list_count++] = spare;
    }
}

static bool make_tables(collector *self, gate_tables *out) {
    arena *memory = self->program->arena;
    size_t keys = 0;
    sort(self->items, self->count, sizeof *self->items, by_number, NULL);
    for (size_t i = 0; i < self->count; i += same_keys(self, i)) keys++;
    out->bucket_count = (uint32_t)(keys / 3 + keys / 24 + 1); /* three of four places are filled */
    out->filter_words = 1024;
    while (out->filter_words < keys / FILTER_KEYS) out->filter_words *= 2;
    out->symbol_count = self->words->symbol_count;
    run_table runs = {.mask = 1023};
    while (runs.mask < 2 * keys) runs.mask = 2 * runs.mask + 1;
    runs.runs = arena_take(memory, (runs.mask + 1) * sizeof *runs.runs);
    out->symbols = arena_take(memory, (out->symbol_count + PACK_KIND_COUNT) * sizeof *out->symbols);
    out->buckets = arena_take(memory, out->bucket_count * sizeof *out->buckets);
    out->filter = arena_take(memory, out->filter_words * sizeof *out->filter);
    out->list = arena_take(memory, (self->count + PACK_GATE_AHEAD) * sizeof *out->list);
    if (!runs.runs || !out->symbols || !out->buckets || !out->filter || !out->list) return false;
    for (size_t i = 0, count; i < self->count; i += count) {
        uint32_t key = (uint32_t)(self->items[i] >> 32);
        count = same_keys(self, i);
        gate_run made = append_gates(self, &runs, out, self->items + i, count);
        tell_symbols(out, key, made);
        add_key(out, key, made.first);
    }
    add_spare(out);
    for (uint32_t s = 0; s < out->symbol_count; s++) {
        out->symbols[s].company = self->traits.companies[s];
        out->symbols[s].tier = self->traits.tiers[s];
    }
    return true;
}

uint64_t gate_cost(program *self, const vocabulary *words, const built_phrase *phrase_at) {
    cut_network *scratch = scratch_of(self);
    return scratch ? (uint64_t)find_gates(scratch, words, phrase_at) : 0;
}

bool gate_build(program *self, const vocabulary *words, gate_tables *out) {
    collector found = {.program = self, .words = words};
    memset(out, 0, sizeof *out);
    cut_network *scratch = scratch_of(self);
    if (!scratch) return false;
    for (uint32_t i = 0; i < self->phrase_count; i++)
        if (self->phrases[i].has_gates) collect_phrase(&found, scratch, i);
    return !self->arena->out_of_memory && traits_build(self, words, scratch, &found.traits) && make_tables(&found, out);
}
