/* scan.c - see scan.h.
 *
 * A row of passes over short lists: words, places, pairs, opened gates. Each pass thins out what the next one looks at, and asks
 * the memory for what that will need. Most of them take no branches that nobody could foretell, and none waits for what it has
 * just asked for: the tables are larger than the caches near the processor, and waiting would be most of the work. */
#include "scan.h"
#include "match.h"
#include "sort.h"

#include <string.h>

#define STRETCH 320u /* slots: the words of some sentences, and an edge before each and behind the last */
#define OPENED 128u  /* gates that are open before their phrases are tried */

#define AT_PAIRS 15u /* bit d - 1: a pair may stand at this distance */
#define AT_OTHERS 16u

/* A word at which gates may be met. */
typedef struct place {
    uint32_t at, sentence;
    uint16_t slot;
    uint8_t gates;         /* AT_... */
    uint8_t sentence_kind; /* as a bit of pack_gate.sentences */
} place;

/* Two words that may be a gate: the left one at place number `place`. */
typedef struct pair {
    uint32_t key; /* then its bucket */
    uint16_t place, distance;
} pair;

/* A gate that is open: its phrase is to be tried around word `at`. */
typedef struct opened {
    uint32_t phrase, at, sentence;
    uint16_t slot;
} opened;

typedef struct scan {
    const care_pack *pack;
    word_list *words;
    const care_allocator *allocator;
    candidate_list *list;
    uint32_t roles;
    bool out_of_memory;
    uint32_t first_place, pair_count, opened_count;
    pack_traits traits[STRETCH]; /* of each slot */
    uint16_t symbols[STRETCH + PACK_MAX_DISTANCE];
    place places[STRETCH + 1]; /* from first_place + 1 on */
    pair pairs[STRETCH * PACK_MAX_DISTANCE];
    opened opened[OPENED];
} scan;

/* ---- Words to places ---- */

/* The places of one sentence, the last of them first, as the words to the right must be known: byte d - 1 of `rights` is what the
 * word at distance d can be the right one of. `slot` is the sentence's last; gives that before its first. */
static uint32_t find_places(scan *self, uint32_t sentence_index, uint32_t slot) {
    sentence *within = self->words->sentences + sentence_index;
    const word *words = self->words->words;
    const pack_symbol_gate *gates_of = self->pack->symbol_gates;
    uint32_t kind = 1u << (within->marks & (SENTENCE_QUESTION | SENTENCE_EXCLAMATION)), roles = self->roles, rights = 0, triggers = 0;
    place *next = self->places + self->first_place;
    pack_traits together = {0, 0};
    for (uint32_t at = within->last; at-- > within->first; slot--) {
        const pack_symbol_gate *gate = gates_of + words[at].symbol;
        uint32_t pairs = rights & UINT32_C(0x08040201); /* each distance's own bit */
        pairs |= pairs >> 16;
        pairs |= pairs >> 8;
        bool alone = ((gate->roles & roles) != 0) & ((gate->sentences & kind) != 0);
        uint32_t gates = (gate->left & pairs & AT_PAIRS) | (alone | (words[at].kinds != 0)) * AT_OTHERS;
        place found = {at, sentence_index, (uint16_t)slot, (uint8_t)gates, (uint8_t)kind};
        *next = found; /* stays only if it is one: then the next one goes before it */
        next -= gates != 0;
        rights = rights << 8 | gate->right;
        triggers |= gate->triggers;
        pack_traits here = word_traits(self->pack, words + at);
        together.company |= here.company;
        together.tier |= here.tier;
        self->symbols[slot] = words[at].symbol;
        self->traits[slot] = here;
    }
    self->first_place = (uint32_t)(next - self->places);
    within->triggers = triggers;
    within->together = together;
    return slot;
}

/* Lays out as many sentences as fit, from number `first` on; gives the number after them. */
static uint32_t lay_out(scan *self, uint32_t first) {
    const sentence *sentences = self->words->sentences;
    const pack_traits edge = {COMPANY_EDGE, 0};
    uint32_t slot = 0, after = first;
    for (; after < self->words->sentence_count; after++) {
        uint32_t more = sentences[after].last - sentences[after].first + 1;
        if (slot + more >= STRETCH) break;
        slot += more;
    }
    self->first_place = STRETCH;
    memset(self->symbols + slot, 0, (PACK_MAX_DISTANCE + 1) * sizeof *self->symbols);
    for (uint32_t s = after; s-- > first;) {
        self->traits[slot] = edge;
        self->symbols[slot] = 0;
        slot = find_places(self, s, slot - 1);
    }
    self->traits[slot] = edge;
    self->symbols[slot] = 0;
    return after;
}

/* ---- Places to pairs ---- */

/* The pairs that the filter knows, which has few false ones among them. */
static void find_pairs(scan *self) {
    const care_pack *pack = self->pack;
    const uint64_t *filter = pack->pair_filter;
    uint32_t count = 0, filter_mask = pack->filter_mask;
    for (uint32_t p = self->first_place + 1; p <= STRETCH; p++) {
        const uint16_t *symbols = self->symbols + self->places[p].slot;
        uint32_t left = (uint32_t)symbols[0] << 16;
        for (uint32_t distances = self->places[p].gates & AT_PAIRS; distances; distances &= distances - 1) {
            uint32_t distance = (uint32_t)__builtin_ctz(distances) + 1;
            pair made = {left | symbols[distance], (uint16_t)p, (uint16_t)distance};
            uint32_t bit = pack_hash_pair(made.key) & filter_mask;
            self->pairs[count] = made;
            count += (uint32_t)(filter[bit / 64] >> (bit % 64) & 1);
        }
    }
    self->pair_count = count;
    for (uint32_t i = 0; i < count; i++)
        __builtin_prefetch(pack->pair_gates + pack_pair_bucket(pack_hash_pair(self->pairs[i].key), pack->pair_buckets));
}

/* Puts its bucket in the place of each pair's key. */
static void look_up_pairs(scan *self) {
    const care_pack *pack = self->pack;
    for (uint32_t i = 0; i < self->pair_count; i++) {
        uint32_t key = self->pairs[i].key, bucket = pack_pair_bucket(pack_hash_pair(key), pack->pair_buckets);
        while (pack->pair_gates[bucket].key && pack->pair_gates[bucket].key != key)
            bucket = bucket + 1 < pack->pair_buckets ? bucket + 1 : 0;
        self->pairs[i].key = bucket;
        __builtin_prefetch(pack->gate_list + pack->pair_gates[bucket].first);
    }
}

/* ---- Opened gates to candidates ---- */

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

/* Asks for what trying the phrase will touch first. */
static void expect(const scan *self, const opened *gate) {
    const care_pack *pack = self->pack;
    const pack_phrase *phrase = pack->phrases + gate->phrase;
    uint32_t first = gate->slot > phrase->least_before ? gate->slot - phrase->least_before : 0;
    __builtin_prefetch(pack->takings + phrase->first_taking + pack_hash_taking(self->symbols[first], phrase->factor, phrase->taking_shift));
    __builtin_prefetch(pack->positions + phrase->first_position);
}

/* Tries the starts from which a match of the phrase could reach the gate and that were not tried. */
static void try_phrase(scan *self, const opened *gate) {
    const pack_phrase *phrase = self->pack->phrases + gate->phrase;
    const sentence *within = self->words->sentences + gate->sentence;
    uint32_t at = gate->at, *next_start = self->list->next_start + gate->phrase;
    uint32_t start = at > phrase->before_gate ? at - phrase->before_gate : 0;
    if (start < within->first) start = within->first;
    if (*next_start > self->list->base + start) start = *next_start - self->list->base;
    if (at < within->first + phrase->least_before) return;
    uint32_t last = at - phrase->least_before;
    if (start > last) return;
    if (phrase->position_count == 1 && phrase->max_words == 1 && !phrase->edges) { /* a word that is its own gate */
        candidate_add(self, phrase->rule, gate->sentence, at, at + 1);
        *next_start = self->list->base + at + 1;
        return;
    }
    if (phrase->edges & (EDGE_SENTENCE_START | EDGE_TURN_START)) {
        if (start > within->first) return;
        last = start;
    }
    const pack_traits *traits = self->traits + gate->slot;
    while (start <= last) {
        uint32_t end = 0;
        if (pack_traits_meet(phrase->begins, traits[(int32_t)(start - at)])) end = match_at(self->pack, phrase, self->words, within, start);
        if (end) candidate_add(self, phrase->rule, gate->sentence, start, end);
        start = end ? end : start + 1;
    }
    *next_start = self->list->base + start;
}

static void try_opened(scan *self) {
    for (uint32_t i = 0; i < self->opened_count; i++) expect(self, self->opened + i);
    for (uint32_t i = 0; i < self->opened_count; i++) try_phrase(self, self->opened + i);
    self->opened_count = 0;
}

/* ---- Places and pairs to opened gates ---- */

/* Where gates are met. */
typedef struct surroundings {
    uint32_t at, sentence;
    uint16_t slot;
    uint8_t sentence_kind;
    uint32_t distances;     /* the pair's, as a bit of pack_gate.distances; 0 of a single word */
    uint64_t before, after; /* company of the words beside the gate's */
    pack_traits together;   /* of the sentence */
} surroundings;

/* Opens those gates of a run through which somebody of the roles in question can say the phrase in this sentence, between these
 * words. Most gates fail, one way or another. */
static void open_gates(scan *self, uint32_t first, surroundings around) {
    const care_pack *pack = self->pack;
    const pack_gate *gate = pack->gate_list + first;
    uint32_t roles = self->roles, opened_count = self->opened_count;
    for (bool last = false; !last; gate++) {
        last = gate->last;
        opened found = {gate->phrase, around.at, around.sentence, around.slot};
        self->opened[opened_count] = found;
        bool beside = ((gate->before & around.before) != 0) & ((gate->after & around.after) != 0);
        bool said = ((gate->roles & roles) != 0) & ((gate->sentences & around.sentence_kind) != 0);
        bool apart = (gate->distances & around.distances) == around.distances;
        opened_count += beside & said & apart & pack_traits_meet(gate->needs, around.together);
        __builtin_prefetch(pack->phrases + gate->phrase);
        if (opened_count < OPENED) continue;
        self->opened_count = opened_count;
        try_opened(self);
        opened_count = 0;
    }
    self->opened_count = opened_count;
}

/* Opens the gates at all places, from left to right, as a phrase's starts must be tried in that order. */
static void open_all(scan *self) {
    const care_pack *pack = self->pack;
    const pair *next = self->pairs, *end = self->pairs + self->pair_count;
    for (uint32_t p = self->first_place + 1; p <= STRETCH; p++) {
        const place here = self->places[p];
        const pack_traits *traits = self->traits + here.slot;
        surroundings around = {here.at, here.sentence, here.slot, here.sentence_kind, 0, traits[-1].company, traits[1].company,
                               self->words->sentences[here.sentence].together};
        if (here.gates & AT_OTHERS) {
            const pack_symbol_gate *gate = pack->symbol_gates + self->symbols[here.slot];
            if (gate->first != PACK_NONE) open_gates(self, gate->first, around);
            for (uint32_t kinds = self->words->words[here.at].kinds; kinds; kinds &= kinds - 1) {
                gate = pack->symbol_gates + pack->symbol_count + (uint32_t)__builtin_ctz(kinds);
                if (gate->first != PACK_NONE) open_gates(self, gate->first, around);
            }
        }
        for (; next < end && next->place == p; next++) {
            if (!pack->pair_gates[next->key].key) continue; /* the filter was wrong */
            around.distances = 1u << (next->distance - 1);
            around.after = traits[next->distance + 1].company;
            open_gates(self, pack->pair_gates[next->key].first, around);
        }
    }
    try_opened(self);
}

bool scan_read(const care_pack *pack, word_list *words, uint32_t roles, const care_allocator *allocator, candidate_list *list) {
    scan self;
    self.pack = pack;
    self.words = words;
    self.allocator = allocator;
    self.list = list;
    self.roles = roles;
    self.out_of_memory = false;
    self.opened_count = 0;
    list->count = 0;
    if (list->base > UINT32_MAX - 2 * (uint32_t)words->word_count - 2) {
        memset(list->next_start, 0, pack->phrase_count * sizeof *list->next_start);
        list->base = 0;
    }
    for (uint32_t s = 0; s < words->sentence_count && !self.out_of_memory;) {
        s = lay_out(&self, s);
        find_pairs(&self);
        look_up_pairs(&self);
        open_all(&self);
    }
    list->base += (uint32_t)words->word_count + 1;
    return !self.out_of_memory;
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
