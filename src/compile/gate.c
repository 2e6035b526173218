/* gate.c - see gate.h. The cut is found by Edmonds and Karp's maximum flow; a phrase has at most 64 positions. */
#include "gate.h"
#include "../sort.h"
#include "company.h"

#include <string.h>

#define NODES (2 * PACK_MAX_POSITIONS + 2)
#define NEVER (INT64_C(1) << 50) /* costs more than any cut */
#define PAIRS_MAX 2000u          /* symbol pairs that one pair of positions may need */
#define COMPANY 8               /* times as often as by chance that two words of a phrase stand together */
#define KIND_FREQUENCY 20000     /* of numbers, names ...: per million tokens */

/* One phrase as a flow network: a position is an arc from its node 2p to 2p + 1, whose capacity is its cost as a gate; arcs
 * between positions cost as much as the pair. */
typedef struct network {
    int64_t capacity[NODES][NODES];
    uint32_t node_count, source, sink;
    uint8_t distances[PACK_MAX_POSITIONS][PACK_MAX_POSITIONS]; /* bit d - 1: q can stand d words after p */
} network;

typedef struct collector {
    program *program;
    const vocabulary *words;
    company_table company;
    uint64_t *singles, *pairs; /* key << 32 | list entry */
    size_t single_count, single_room, pair_count, pair_room;
} collector;

/* One network serves all phrases. */
static network *scratch_of(program *self) {
    if (!self->scratch) self->scratch = arena_take(self->arena, sizeof(network));
    return self->scratch;
}

/* ---- Costs ---- */

static void class_weight(const vocabulary *words, const position *at, int64_t *frequency, uint32_t *symbols) {
    *frequency = 0;
    *symbols = 0;
    if (at->class_index != PROGRAM_NONE) {
        for (uint32_t s = 1; s < words->symbol_count; s++) {
            if (!vocabulary_has(words, s, at->class_index)) continue;
            *frequency += (int64_t)words->frequencies[s];
            ++*symbols;
        }
    }
    for (uint32_t kinds = at->kinds; kinds; kinds &= kinds - 1) *frequency += KIND_FREQUENCY;
}

/* ---- The network ---- */

static uint64_t followers(const built_phrase *phrase_at, uint64_t active) {
    uint64_t follow = 0;
    for (; active; active &= active - 1) follow |= phrase_at->positions[__builtin_ctzll(active)].follow;
    return follow;
}

static uint64_t any_positions(const built_phrase *phrase_at) {
    uint64_t any = 0;
    for (uint32_t p = 0; p < phrase_at->position_count; p++)
        if (phrase_at->positions[p].any) any |= UINT64_C(1) << p;
    return any;
}

/* Arcs from `from` to every position that `next` reaches with nothing but any-words between. */
static void add_arcs(network *self, const built_phrase *phrase_at, uint32_t from, uint32_t left, uint64_t next, uint64_t any) {
    for (uint32_t distance = 1; next && distance <= PACK_MAX_WORDS + 1; distance++) {
        for (uint64_t words = next & ~any; words; words &= words - 1) {
            uint32_t q = (uint32_t)__builtin_ctzll(words);
            self->capacity[from][2 * q] = NEVER;
            if (left == PROGRAM_NONE) continue;
            if (distance <= PACK_MAX_DISTANCE)
                self->distances[left][q] |= (uint8_t)(1u << (distance - 1));
            else
                self->distances[left][q] |= 0x80; /* too far for a gate */
        }
        next = followers(phrase_at, next & any);
    }
}

static void price_pairs(network *self, const built_phrase *phrase_at, const int64_t *frequency, const uint32_t *symbols) {
    for (uint32_t p = 0; p < phrase_at->position_count; p++)
        for (uint32_t q = 0; q < phrase_at->position_count; q++) {
            uint8_t distances = self->distances[p][q];
            if (!distances || distances & 0x80 || phrase_at->positions[p].kinds || phrase_at->positions[q].kinds) continue;
            if ((uint64_t)symbols[p] * symbols[q] > PAIRS_MAX) continue;
            /* Words that stand in one phrase keep company elsewhere, too: far more often than chance would have it. */
            int64_t together = COMPANY * frequency[p] * frequency[q] / 1000000 * __builtin_popcount(distances);
            if (together > frequency[p] || together > frequency[q]) together = frequency[p] < frequency[q] ? frequency[p] : frequency[q];
            self->capacity[2 * p + 1][2 * q] = together + frequency[p] / 64 + symbols[p] * symbols[q] / 16 + 1;
        }
}

static void make_network(network *self, const vocabulary *words, const built_phrase *phrase_at) {
    int64_t frequency[PACK_MAX_POSITIONS];
    uint32_t symbols[PACK_MAX_POSITIONS];
    uint64_t any = any_positions(phrase_at);
    memset(self, 0, sizeof *self);
    self->source = 2 * phrase_at->position_count;
    self->sink = self->source + 1;
    self->node_count = self->sink + 1;
    for (uint32_t p = 0; p < phrase_at->position_count; p++) {
        frequency[p] = 0;
        symbols[p] = 0;
        if (any >> p & 1) continue;
        class_weight(words, phrase_at->positions + p, frequency + p, symbols + p);
        self->capacity[2 * p][2 * p + 1] = frequency[p] + 1;
        add_arcs(self, phrase_at, 2 * p + 1, p, phrase_at->positions[p].follow, any);
    }
    add_arcs(self, phrase_at, self->source, PROGRAM_NONE, phrase_at->starts, any);
    price_pairs(self, phrase_at, frequency, symbols);
    /* A match may end at a position, or at any-words behind it. */
    for (uint32_t p = 0; p < phrase_at->position_count; p++) {
        uint64_t reached = UINT64_C(1) << p;
        if (any & reached) continue;
        for (uint64_t before = 0; before != reached;) {
            before = reached;
            reached |= followers(phrase_at, reached & (any | UINT64_C(1) << p)) & any;
        }
        if (phrase_at->accepts & reached) self->capacity[2 * p + 1][self->sink] = NEVER;
    }
}

/* ---- The cut ---- */

/* Breadth first from the source over arcs with capacity left; parents into `parent`. Whether the sink was reached. */
static bool search(const network *self, uint32_t *parent) {
    uint32_t queue[NODES], head = 0, tail = 0;
    for (uint32_t n = 0; n < self->node_count; n++) parent[n] = PROGRAM_NONE;
    parent[self->source] = self->source;
    queue[tail++] = self->source;
    while (head < tail) {
        uint32_t from = queue[head++];
        for (uint32_t to = 0; to < self->node_count; to++) {
            if (parent[to] != PROGRAM_NONE || self->capacity[from][to] <= 0) continue;
            parent[to] = from;
            queue[tail++] = to;
        }
    }
    return parent[self->sink] != PROGRAM_NONE;
}

static void saturate(network *self, uint32_t *parent) {
    while (search(self, parent)) {
        int64_t least = NEVER;
        for (uint32_t to = self->sink; to != self->source; to = parent[to])
            if (self->capacity[parent[to]][to] < least) least = self->capacity[parent[to]][to];
        for (uint32_t to = self->sink; to != self->source; to = parent[to]) {
            self->capacity[parent[to]][to] -= least;
            self->capacity[to][parent[to]] += least;
        }
    }
}

/* ---- Collecting ---- */

static void collect(collector *self, uint64_t **items, size_t *count, size_t *room, uint32_t key, uint32_t entry) {
    if (arena_reserve(self->program->arena, (void **)items, room, *count + 1, sizeof **items))
        (*items)[(*count)++] = (uint64_t)key << 32 | entry;
}

static void collect_single(collector *self, const position *at, uint32_t number) {
    for (uint32_t s = 1; at->class_index != PROGRAM_NONE && s < self->words->symbol_count; s++)
        if (vocabulary_has(self->words, s, at->class_index))
            collect(self, &self->singles, &self->single_count, &self->single_room, s, number << 4);
    for (uint32_t kinds = at->kinds; kinds; kinds &= kinds - 1)
        collect(self, &self->singles, &self->single_count, &self->single_room, self->words->symbol_count + (uint32_t)__builtin_ctz(kinds),
                number << 4);
}

static void collect_pair(collector *self, const position *left, const position *right, uint8_t distances, uint32_t number) {
    const vocabulary *words = self->words;
    for (uint32_t l = 1; l < words->symbol_count; l++) {
        if (!vocabulary_has(words, l, left->class_index)) continue;
        for (uint32_t r = 1; r < words->symbol_count; r++)
            if (vocabulary_has(words, r, right->class_index))
                collect(self, &self->pairs, &self->pair_count, &self->pair_room, l << 16 | r, number << 4 | distances);
    }
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

static void collect_phrase(collector *self, network *scratch, uint32_t number) {
    built_phrase *phrase_at = self->program->phrases + number;
    uint32_t parent[NODES], most[PACK_MAX_POSITIONS], fewest[PACK_MAX_POSITIONS];
    find_depths(phrase_at, most, fewest);
    phrase_at->least_before = PACK_MAX_WORDS;
    make_network(scratch, self->words, phrase_at);
    saturate(scratch, parent);
    for (uint32_t p = 0; p < phrase_at->position_count; p++) {
        if (phrase_at->positions[p].any) continue;
        bool is_gate = parent[2 * p] != PROGRAM_NONE && parent[2 * p + 1] == PROGRAM_NONE;
        if (is_gate) collect_single(self, phrase_at->positions + p, number);
        for (uint32_t q = 0; q < phrase_at->position_count; q++) {
            if (!scratch->distances[p][q] || parent[2 * p + 1] == PROGRAM_NONE || parent[2 * q] != PROGRAM_NONE) continue;
            collect_pair(self, phrase_at->positions + p, phrase_at->positions + q, scratch->distances[p][q], number);
            is_gate = true;
        }
        if (!is_gate) continue;
        if (most[p] > phrase_at->before_gate) phrase_at->before_gate = most[p];
        if (fewest[p] < phrase_at->least_before) phrase_at->least_before = fewest[p];
    }
}

/* ---- Tables ---- */

static bool by_number(const void *context, const void *left, const void *right) {
    (void)context;
    return *(const uint64_t *)left < *(const uint64_t *)right;
}

/* The kinds of sentences that the edges allow: bit 1 << (1 for a question + 2 for an exclamation). */
static uint8_t sentences_of(uint32_t edges) {
    uint32_t kinds = 15;
    if (edges & EDGE_QUESTION) kinds &= 1u << 1 | 1u << 3;
    if (edges & EDGE_EXCLAMATION) kinds &= 1u << 2 | 1u << 3;
    return (uint8_t)kinds;
}

/* Appends the gates of one key, from symbol `left` to `right`, whose entries are sorted, with the distances of one phrase put
 * together. */
static uint32_t append_gates(const collector *collected, gate_tables *out, uint32_t left, uint32_t right, const uint64_t *items,
                             size_t count) {
    const program *self = collected->program;
    uint32_t first = out->list_count;
    for (size_t i = 0; i < count; i++) {
        uint32_t number = (uint32_t)items[i] >> 4;
        uint8_t distances = items[i] & 15;
        if (out->list_count > first && out->list[out->list_count - 1].phrase == number) {
            out->list[out->list_count - 1].distances |= distances;
            continue;
        }
        pack_gate added = {number, self->phrases[number].roles, sentences_of(self->phrases[number].edges), distances, 0, 0, 0};
        company_of_gate(&collected->company, number, left, right, &added.before, &added.after);
        out->list[out->list_count++] = added;
    }
    return first;
}

static size_t run_of(const uint64_t *items, size_t count, size_t from) {
    size_t to = from;
    while (to < count && items[to] >> 32 == items[from] >> 32) to++;
    return to - from;
}

static bool make_tables(collector *self, gate_tables *out) {
    arena *memory = self->program->arena;
    size_t keys = 0;
    sort(self->singles, self->single_count, sizeof *self->singles, by_number, NULL);
    sort(self->pairs, self->pair_count, sizeof *self->pairs, by_number, NULL);
    for (size_t i = 0; i < self->pair_count; i += run_of(self->pairs, self->pair_count, i)) keys++;
    out->pair_buckets = 64;
    /* The filter keeps nearly all that is not there away from the table, so that it may be full to nine tenths. */
    while (out->pair_buckets < keys + keys / 9 + 2) out->pair_buckets *= 2;
    out->filter_words = out->pair_buckets / 4 > 1024 ? out->pair_buckets / 4 : 1024;
    out->symbol_count = self->words->symbol_count;
    out->symbols = arena_take(memory, (out->symbol_count + PACK_KIND_COUNT) * sizeof *out->symbols);
    out->pairs = arena_take(memory, out->pair_buckets * sizeof *out->pairs);
    out->filter = arena_take(memory, out->filter_words * sizeof *out->filter);
    out->list = arena_take(memory, (self->single_count + self->pair_count + 1) * sizeof *out->list);
    if (!out->symbols || !out->pairs || !out->filter || !out->list) return false;
    for (size_t i = 0, run; i < self->single_count; i += run) {
        run = run_of(self->singles, self->single_count, i);
        pack_symbol_gate *gate = out->symbols + (self->singles[i] >> 32);
        uint32_t symbol = (uint32_t)(self->singles[i] >> 32);
        gate->first = append_gates(self, out, symbol, symbol, self->singles + i, run);
        if (out->list_count - gate->first > UINT16_MAX) {
            place start = {0, 1, 1};
            problems_add(self->program->problems, start, CARE_SEVERITY_ERROR, CARE_E_LIMIT,
                         "more than %u phrases rest on one word; join some of them", UINT16_MAX);
            return false;
        }
        gate->count = (uint16_t)(out->list_count - gate->first);
        for (uint32_t e = 0; e < gate->count; e++) {
            gate->roles |= out->list[gate->first + e].roles;
            gate->sentences |= out->list[gate->first + e].sentences;
        }
    }
    for (size_t i = 0, run; i < self->pair_count; i += run) {
        run = run_of(self->pairs, self->pair_count, i);
        uint32_t key = (uint32_t)(self->pairs[i] >> 32), hash = pack_hash_pair(key), bucket = hash & (out->pair_buckets - 1);
        while (out->pairs[bucket].key) bucket = (bucket + 1) & (out->pair_buckets - 1);
        pack_pair_gate *gate = out->pairs + bucket;
        gate->key = key;
        gate->first = append_gates(self, out, key >> 16, key & 0xffff, self->pairs + i, run);
        gate->count = out->list_count - gate->first;
        uint32_t bit = hash & (out->filter_words * 64 - 1);
        out->filter[bit / 64] |= UINT64_C(1) << (bit % 64);
        for (uint32_t e = 0; e < gate->count; e++) {
            out->symbols[key >> 16].left |= out->list[gate->first + e].distances;
            out->symbols[key & 0xffff].right |= out->list[gate->first + e].distances;
        }
    }
    for (uint32_t s = 0; s < out->symbol_count; s++) out->symbols[s].company = self->company.of_symbols[s];
    return true;
}

uint64_t gate_cost(program *self, const vocabulary *words, const built_phrase *phrase_at) {
    network *scratch = scratch_of(self);
    uint32_t parent[NODES];
    uint64_t cost = 0;
    if (!scratch) return 0;
    make_network(scratch, words, phrase_at);
    saturate(scratch, parent);
    /* The flow that left the source came back as capacity towards it. */
    for (uint32_t n = 0; n < scratch->node_count; n++) cost += (uint64_t)scratch->capacity[n][scratch->source];
    return cost;
}

bool gate_build(program *self, const vocabulary *words, gate_tables *out) {
    collector found = {.program = self, .words = words};
    memset(out, 0, sizeof *out);
    network *scratch = scratch_of(self);
    if (!scratch) return false;
    for (uint32_t i = 0; i < self->phrase_count; i++)
        if (self->phrases[i].has_gates) collect_phrase(&found, scratch, i);
    return !self->arena->out_of_memory && company_build(self, words, &found.company) && make_tables(&found, out);
}
