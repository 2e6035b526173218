/* match.c - see match.h. */
#include "match.h"
#include "sort.h"

#include <string.h>

/* ---- One phrase at one place ---- */

/* The positions that take the word. */
static inline uint64_t taking(const care_pack *pack, const pack_phrase *phrase, const word *at) {
    uint64_t positions = phrase->any | pack_taking_positions(pack, phrase, at->symbol);
    for (uint32_t kinds = at->kinds; kinds; kinds &= kinds - 1)
        positions |= pack_taking_positions(pack, phrase, pack->symbol_count + (uint32_t)__builtin_ctz(kinds));
    return positions;
}

static uint64_t followers(const pack_position *positions, uint64_t active) {
    uint64_t follow = 0;
    for (; active; active &= active - 1) follow |= positions[__builtin_ctzll(active)].follow;
    return follow;
}

/* Whether the phrase's edges allow it in this sentence at all. */
static bool edges_allow(const pack_phrase *phrase, const word_list *words, const sentence *within) {
    uint32_t edges = phrase->edges;
    if (edges & (EDGE_SENTENCE_START | EDGE_TURN_START) && !(within->marks & SENTENCE_STARTS)) return false;
    if (edges & EDGE_TURN_START && within != words->sentences) return false;
    if (edges & EDGE_TURN_END && within != words->sentences + words->sentence_count - 1) return false;
    if (edges & EDGE_QUESTION && !(within->marks & SENTENCE_QUESTION)) return false;
    return !(edges & EDGE_EXCLAMATION) || within->marks & SENTENCE_EXCLAMATION;
}

static bool may_end(const pack_phrase *phrase, const sentence *within, uint32_t end) {
    const uint32_t at_end = EDGE_SENTENCE_END | EDGE_TURN_END | EDGE_QUESTION | EDGE_EXCLAMATION;
    return !(phrase->edges & at_end) || (end == within->last && within->marks & SENTENCE_ENDS);
}

/* The same as match_at, where the edges allow the phrase and its positions `active` take the first word. */
static uint32_t run(const care_pack *pack, const pack_phrase *phrase, const word_list *words, const sentence *within, uint32_t start,
                    uint64_t active) {
    const pack_position *positions = pack->positions + phrase->first_position;
    uint32_t end = within->last - start > phrase->max_words ? start + phrase->max_words : within->last;
    uint32_t longest = 0;
    for (uint32_t at = start; active;) {
        at++;
        if (active & phrase->accepts && may_end(phrase, within, at)) longest = at;
        if (at == end) break;
        uint64_t next = followers(positions, active);
        active = next ? next & taking(pack, phrase, words->words + at) : 0;
    }
    return longest;
}

uint32_t match_at(const care_pack *pack, const pack_phrase *phrase, const word_list *words, const sentence *within, uint32_t start) {
    uint64_t active = phrase->starts & taking(pack, phrase, words->words + start);
    if (!active) return 0;
    if (phrase->edges & (EDGE_SENTENCE_START | EDGE_TURN_START) && start != within->first) return 0;
    if (phrase->edges && !edges_allow(phrase, words, within)) return 0;
    return run(pack, phrase, words, within, start, active);
}

/* The slot of one of these positions: `before` if it can go on, else the first there is, else none. */
static uint16_t best_slot(const pack_position *positions, uint64_t here, uint16_t before) {
    uint16_t best = PACK_NONE16;
    for (; here; here &= here - 1) {
        uint16_t slot = positions[__builtin_ctzll(here)].slot;
        if (slot == before && before != PACK_NONE16) return before;
        if (slot < best) best = slot;
    }
    return best;
}

uint32_t match_slots(const care_pack *pack, const pack_phrase *phrase, const word_list *words, uint32_t first, uint32_t last,
                     slot_range *slots, uint32_t room) {
    const pack_position *positions = pack->positions + phrase->first_position;
    uint64_t reach[PACK_MAX_WORDS]; /* reach[i]: positions that can take word first + i and still reach the end at `last` */
    uint32_t count = last - first;
    for (uint32_t i = count; i--;) {
        uint64_t taken = taking(pack, phrase, words->words + first + i);
        reach[i] = i + 1 == count ? taken & phrase->accepts : 0;
        for (; i + 1 < count && taken; taken &= taken - 1)
            if (positions[__builtin_ctzll(taken)].follow & reach[i + 1]) reach[i] |= taken & (0 - taken);
    }
    /* Of several readings the one whose slots begin as early and are as long as they can be. */
    uint32_t found = 0;
    uint16_t slot = PACK_NONE16;
    uint64_t next = phrase->starts;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t here = next & reach[i];
        if (!here) return found;
        uint16_t best = best_slot(positions, here, slot);
        bool goes_on = best == slot && found && slots[found - 1].last == first + i;
        slot = best;
        next = 0;
        for (; here; here &= here - 1)
            if (positions[__builtin_ctzll(here)].slot == slot) next |= positions[__builtin_ctzll(here)].follow;
        if (slot == PACK_NONE16) continue;
        if (goes_on) {
            slots[found - 1].last++;
        } else if (found < room) {
            slots[found].slot = slot;
            slots[found].first = first + i;
            slots[found++].last = first + i + 1;
        }
    }
    return found;
}

/* ---- The scan ---- */

typedef struct scan {
    const care_pack *pack;
    const word_list *words;
    const care_allocator *allocator;
    candidate_list *list;
    uint32_t roles;
    uint32_t sentence_kind; /* as a bit of pack_gate.sentences */
    uint64_t company[PACK_MAX_SENTENCE + 2]; /* [i + 1]: of word i of the sentence, as bits of pack_gate.before */
    bool out_of_memory;
} scan;

static void candidate_add(scan *self, uint32_t rule, uint32_t sentence_index, uint32_t first, uint32_t last) {
    candidate_list *list = self->list;
    if (!memory_reserve(self->allocator, (void **)&list->items, &list->room, list->count + 1, sizeof *list->items)) {
        self->out_of_memory = true;
        return;
    }
    candidate *added = list->items + list->count++;
    added->rule = rule;
    added->sentence = sentence_index;
    added->first = first;
    added->last = last;
    added->concept = self->pack->rules[rule].concept;
    added->contexts = 0;
    added->suppressed_by = CARE_SUPPRESSED_NOT;
}

/* A gate of the phrase was met at word `at`: tries the starts from which a match could reach it and that were not tried. */
static void verify(scan *self, uint32_t phrase_index, uint32_t sentence_index, uint32_t at) {
    const pack_phrase *phrase = self->pack->phrases + phrase_index;
    const sentence *within = self->words->sentences + sentence_index;
    uint32_t *next_start = self->list->next_start + phrase_index;
    uint32_t start = at > phrase->before_gate ? at - phrase->before_gate : 0;
    if (start < within->first) start = within->first;
    if (*next_start > self->list->base + start) start = *next_start - self->list->base;
    if (at < within->first + phrase->least_before) return;
    uint32_t last = at - phrase->least_before;
    if (start > last) return;
    if (phrase->position_count == 1 && phrase->max_words == 1 && !phrase->edges) { /* a word that is its own gate */
        candidate_add(self, phrase->rule, sentence_index, at, at + 1);
        *next_start = self->list->base + at + 1;
        return;
    }
    if (phrase->edges) {
        if (!edges_allow(phrase, self->words, within)) return;
        if (phrase->edges & (EDGE_SENTENCE_START | EDGE_TURN_START)) {
            if (start > within->first) return;
            last = start;
        }
    }
    while (start <= last) {
        uint64_t active = phrase->starts & taking(self->pack, phrase, self->words->words + start);
        uint32_t end = active ? run(self->pack, phrase, self->words, within, start, active) : 0;
        if (end) candidate_add(self, phrase->rule, sentence_index, start, end);
        start = end ? end : start + 1;
    }
    *next_start = self->list->base + start;
}

/* Where a gate is met. */
typedef struct surroundings {
    uint32_t sentence_index;
    uint64_t before, after; /* company of the words beside the gate's */
} surroundings;

/* Whether somebody of the roles in question can say the phrase in a sentence of this kind, between these words. Most gates fail,
 * one way or another: a single branch tells. */
static bool gate_opens(const scan *self, const pack_gate *gate, const surroundings *around) {
    return ((gate->roles & self->roles) != 0) & ((gate->sentences & self->sentence_kind) != 0) & ((gate->before & around->before) != 0) &
           ((gate->after & around->after) != 0);
}

static void gate_single(scan *self, const pack_symbol_gate *symbol, const surroundings *around, uint32_t at) {
    const pack_gate *gate = self->pack->gate_list + symbol->first;
    for (uint32_t i = 0; i < symbol->count; i++, gate++)
        if (gate_opens(self, gate, around)) verify(self, gate->phrase, around->sentence_index, at);
}

static void gate_pair(scan *self, uint16_t left, uint16_t right, uint32_t distance, const surroundings *around, uint32_t at) {
    const care_pack *pack = self->pack;
    uint32_t key = (uint32_t)left << 16 | right, hash = pack_hash_pair(key);
    uint32_t bit = hash & pack->filter_mask;
    if (!(pack->pair_filter[bit / 64] >> (bit % 64) & 1)) return;
    for (uint32_t bucket = hash & pack->pair_mask; pack->pair_gates[bucket].key; bucket = (bucket + 1) & pack->pair_mask) {
        const pack_pair_gate *gate = pack->pair_gates + bucket;
        if (gate->key != key) continue;
        for (uint32_t i = 0; i < gate->count; i++) {
            const pack_gate *opened = pack->gate_list + gate->first + i;
            if (opened->distances >> (distance - 1) & 1 && gate_opens(self, opened, around))
                verify(self, opened->phrase, around->sentence_index, at);
        }
        return;
    }
}

#define AT_PAIRS 15u /* bit d - 1: a pair may stand at this distance */
#define AT_OTHERS 16u

/* A word at which gates may be met. */
typedef struct gated {
    uint32_t at;
    uint32_t gates; /* AT_... */
} gated;

/* The words of a sentence at which gates may be met, the last of them first; gives their number. Without branches, as nobody
 * could foretell them; and backwards, so that the words to the right are known: byte d - 1 of `rights` is what the word at
 * distance d can be the right one of. */
static uint32_t find_gates(scan *self, const sentence *within, gated *found) {
    const word *words = self->words->words;
    uint32_t rights = 0, count = 0;
    uint64_t *company = self->company + 1;
    company[-1] = company[within->last - within->first] = COMPANY_EDGE;
    for (uint32_t at = within->last; at-- > within->first;) {
        const pack_symbol_gate *gate = self->pack->symbol_gates + words[at].symbol;
        uint32_t pairs = rights & UINT32_C(0x08040201); /* each distance's own bit */
        pairs |= pairs >> 16;
        pairs |= pairs >> 8;
        bool alone = ((gate->roles & self->roles) != 0) & ((gate->sentences & self->sentence_kind) != 0);
        uint32_t gates = (gate->left & pairs & AT_PAIRS) | (alone | (words[at].kinds != 0)) * AT_OTHERS;
        found[count].at = at;
        found[count].gates = gates;
        count += gates != 0;
        rights = rights << 8 | gate->right;
        company[at - within->first] = UINT64_C(1) << gate->company | (words[at].kinds != 0) * COMPANY_KINDS;
    }
    return count;
}

static void scan_sentence(scan *self, uint32_t sentence_index) {
    const care_pack *pack = self->pack;
    const sentence *within = self->words->sentences + sentence_index;
    const word *words = self->words->words;
    gated found[PACK_MAX_SENTENCE];
    self->sentence_kind = 1u << (within->marks & (SENTENCE_QUESTION | SENTENCE_EXCLAMATION));
    for (uint32_t count = find_gates(self, within, found); count--;) {
        uint32_t at = found[count].at;
        uint16_t symbol = words[at].symbol;
        const uint64_t *company = self->company + 1 + (at - within->first);
        surroundings around = {sentence_index, company[-1], company[1]};
        for (uint32_t kinds = words[at].kinds; kinds; kinds &= kinds - 1)
            gate_single(self, pack->symbol_gates + pack->symbol_count + (uint32_t)__builtin_ctz(kinds), &around, at);
        if (found[count].gates & AT_OTHERS) gate_single(self, pack->symbol_gates + symbol, &around, at);
        for (uint32_t pairs = found[count].gates & AT_PAIRS; pairs; pairs &= pairs - 1) {
            uint32_t distance = (uint32_t)__builtin_ctz(pairs) + 1;
            around.after = company[distance + 1];
            gate_pair(self, symbol, words[at + distance].symbol, distance, &around, at);
        }
    }
}

/* ---- Order ---- */

static bool by_concept(const void *context, const void *left, const void *right) {
    const candidate *a = left, *b = right;
    (void)context;
    if (a->concept != b->concept) return a->concept < b->concept;
    if (a->first != b->first) return a->first < b->first;
    if (a->last != b->last) return a->last < b->last;
    return a->rule < b->rule;
}

void match_sort(candidate *items, size_t count) {
    sort(items, count, sizeof *items, by_concept, NULL);
}

bool match_read(const care_pack *pack, const word_list *words, uint32_t roles, const care_allocator *allocator, candidate_list *list) {
    scan self;
    self.pack = pack;
    self.words = words;
    self.allocator = allocator;
    self.list = list;
    self.roles = roles;
    self.out_of_memory = false;
    list->count = 0;
    if (list->base > UINT32_MAX - 2 * (uint32_t)words->word_count - 2) {
        memset(list->next_start, 0, pack->phrase_count * sizeof *list->next_start);
        list->base = 0;
    }
    for (uint32_t s = 0; s < words->sentence_count && !self.out_of_memory; s++) scan_sentence(&self, s);
    list->base += (uint32_t)words->word_count + 1;
    return !self.out_of_memory;
}
