/* scan.c - see scan.h. */
#include "scan.h"
#include "match.h"
#include "sort.h"

#include <string.h>

typedef struct scan {
    const care_pack *pack;
    word_list *words;
    const care_allocator *allocator;
    candidate_list *list;
    uint32_t roles;
    uint32_t sentence_kind; /* as a bit of pack_gate.sentences */
    pack_traits together;   /* of all words of the sentence */
    pack_traits traits[PACK_MAX_SENTENCE + 2]; /* [i + 1]: of word i of the sentence */
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
    if (!match_may_stand(phrase, self->together)) return;
    if (phrase->position_count == 1 && phrase->max_words == 1 && !phrase->edges) { /* a word that is its own gate */
        candidate_add(self, phrase->rule, sentence_index, at, at + 1);
        *next_start = self->list->base + at + 1;
        return;
    }
    if (phrase->edges) {
        if (!match_edges_allow(phrase, self->words, within)) return;
        if (phrase->edges & (EDGE_SENTENCE_START | EDGE_TURN_START)) {
            if (start > within->first) return;
            last = start;
        }
    }
    const pack_traits *traits = self->traits + 1 - within->first;
    while (start <= last) {
        uint32_t end = 0;
        if (pack_traits_meet(phrase->begins, traits[start])) end = match_at(self->pack, phrase, self->words, within, start);
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
           ((gate->after & around->after) != 0) & pack_traits_meet(gate->needs, self->together);
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
static uint32_t find_gates(scan *self, uint32_t sentence_index, gated *found) {
    const sentence *within = self->words->sentences + sentence_index;
    const word *words = self->words->words;
    uint32_t rights = 0, count = 0, triggers = 0;
    const pack_traits edge = {COMPANY_EDGE, 0};
    pack_traits *traits = self->traits + 1, together = {0, 0};
    traits[-1] = traits[within->last - within->first] = edge;
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
        pack_traits here = match_traits(self->pack, words + at);
        together.company |= here.company;
        together.tier |= here.tier;
        traits[at - within->first] = here;
        triggers |= gate->triggers;
    }
    self->words->sentences[sentence_index].triggers = triggers;
    self->together = self->words->sentences[sentence_index].together = together;
    return count;
}

static void scan_sentence(scan *self, uint32_t sentence_index) {
    const care_pack *pack = self->pack;
    const sentence *within = self->words->sentences + sentence_index;
    const word *words = self->words->words;
    gated found[PACK_MAX_SENTENCE];
    self->sentence_kind = 1u << (within->marks & (SENTENCE_QUESTION | SENTENCE_EXCLAMATION));
    for (uint32_t count = find_gates(self, sentence_index, found); count--;) {
        uint32_t at = found[count].at;
        uint16_t symbol = words[at].symbol;
        const pack_traits *traits = self->traits + 1 + (at - within->first);
        surroundings around = {sentence_index, traits[-1].company, traits[1].company};
        for (uint32_t kinds = words[at].kinds; kinds; kinds &= kinds - 1)
            gate_single(self, pack->symbol_gates + pack->symbol_count + (uint32_t)__builtin_ctz(kinds), &around, at);
        if (found[count].gates & AT_OTHERS) gate_single(self, pack->symbol_gates + symbol, &around, at);
        for (uint32_t pairs = found[count].gates & AT_PAIRS; pairs; pairs &= pairs - 1) {
            uint32_t distance = (uint32_t)__builtin_ctz(pairs) + 1;
            around.after = traits[distance + 1].company;
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

void scan_sort(candidate *items, size_t count) {
    sort(items, count, sizeof *items, by_concept, NULL);
}

bool scan_read(const care_pack *pack, word_list *words, uint32_t roles, const care_allocator *allocator, candidate_list *list) {
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
