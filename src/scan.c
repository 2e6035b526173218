/* scan.c - see scan.h.
 *
 * A row of passes over short lists: words, places, gates that are met, gates that are open. Each pass thins out what the next one
 * looks at, and asks the memory for what that will need. Most of them take no branches that nobody could foretell, and none waits
 * for what it has just asked for: the tables are larger than the caches near the processor, and waiting would be most of the work. */
#include "scan.h"
#include "match.h"
#include "sort.h"

#include <string.h>

#define MET 256u    /* gates that are met before they are looked at, */
#define OPENED 256u /* open ones before their phrases are tried, */
#define STARTS 512u /* and the phrases' starts */

/* What gates may be met at a word: bit 0, its own; bit d, of a pair with the word at distance d to the right; bit 5, its kind's. */
#define AT_KIND 5u
#define MOST_GATES (8u * (PACK_MAX_DISTANCE + PACK_KIND_COUNT + 1u)) /* that eight words can meet */

/* Gates that are met at word `at` of a sentence: those of a pair of words so far apart or, at distance 0, of one. Each number has
 * an array of its own: read as a whole before the parts have come to the cache, they would have to be waited for. */
typedef struct met_list {
    uint32_t count;
    uint32_t key[MET];  /* as in pack_key_bucket */
    uint32_t gate[MET]; /* the first of its run, once that has been looked up */
    uint32_t at[MET], sentence[MET], distance[MET];
} met_list;

/* A gate that is open: its phrase is to be tried around where it was met. */
typedef struct opened {
    uint32_t phrase, met;
} opened;

/* Where a match of a phrase may start. */
typedef struct start {
    uint64_t active; /* match_begin */
    uint32_t phrase, at, sentence;
} start;

_Static_assert(PACK_ROLE_COUNT == CARE_ROLE_COUNT, "pack_said has bits for all roles");
_Static_assert(CARE_ROLE_CUSTOMER == 1, "pack_roles_of_side knows the customer");
_Static_assert(PACK_RUN_MOST > PACK_GATE_AHEAD, "a gate tells whether its run goes on behind those that are looked at with it");

typedef struct scan {
    const care_pack *pack;
    word_list *words;
    const care_allocator *allocator;
    candidate_list *list;
    uint32_t side;
    uint32_t said; /* pack_said of the roles in question and sentences of kind 0 */
    bool out_of_memory;
    uint32_t opened_count, start_count;
    uint64_t gates[PACK_MAX_SENTENCE / 8]; /* AT_... of eight words of a sentence in each */
    met_list met;
    opened opened[OPENED];
    start starts[STARTS];
} scan;

/* By whom and in what kind of sentence something would be said. */
static uint32_t said_in(const scan *self, const sentence *within) {
    return self->said << (within->marks & (SENTENCE_QUESTION | SENTENCE_EXCLAMATION));
}

/* ---- Words to places ---- */

/* What gates may be met at the words of a sentence. The words to the right must be known, so it goes from there: byte d - 1 of
 * `rights` tells what the word at distance d can be the right one of; only its bit d - 1 is about a pair with this word. */
static void find_places(scan *self, sentence *within) {
    const word *words = self->words->words;
    const pack_symbol_gate *gates_of = self->pack->symbol_gates;
    uint32_t side = self->side, said = said_in(self, within), kind_gates = self->pack->kind_gates;
    uint32_t rights = 0, triggers = 0, kinds = 0;
    uint64_t company = 0, tier = 0, gates = 0;
    for (uint32_t at = within->last; at-- > within->first;) {
        const pack_symbol_gate *gate = gates_of + words[at].symbol;
        uint32_t pairs = rights & UINT32_C(0x08040201); /* bit d - 1 of byte d - 1, which now come together: */
        pairs |= pairs >> 16;
        pairs |= pairs >> 8;
        uint32_t alone = (gate->said & said) != 0, of_kind = (words[at].kinds & kind_gates) != 0;
        gates = gates << 8 | alone | (gate->pairs[side] & pairs & 15) << 1 | of_kind << AT_KIND;
        self->gates[(at - within->first) / 8] = gates; /* until they are this word's and the seven's behind it */
        rights = rights << 8 | gate->pairs[side] >> PACK_PAIRS_RIGHT;
        triggers |= gate->triggers;
        kinds |= words[at].kinds;
        company |= UINT64_C(1) << gate->company;
        tier |= UINT64_C(1) << gate->tier;
    }
    within->triggers = triggers;
    within->together.company = company | (kinds ? TRAITS_KINDS : 0);
    within->together.tier = tier | (kinds ? TRAITS_KINDS : 0);
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

/* Of the starts that were found, finds those that the phrase takes, and its matches there. */
static void try_starts(scan *self) {
    const care_pack *pack = self->pack;
    const word_list *words = self->words;
    uint32_t count = 0;
    for (uint32_t i = 0; i < self->start_count; i++) {
        const pack_phrase *phrase = pack->phrases + self->starts[i].phrase;
        uint32_t symbol = words->words[self->starts[i].at].symbol;
        __builtin_prefetch(pack->takings + phrase->first_taking + pack_hash_taking(symbol, phrase->factor, phrase->taking_shift));
    }
    for (uint32_t i = 0; i < self->start_count; i++) {
        const start *here = self->starts + i;
        const pack_phrase *phrase = pack->phrases + here->phrase;
        __builtin_prefetch(pack->positions + phrase->first_position);
        uint64_t active = match_begin(pack, phrase, words->words + here->at);
        start *kept = self->starts + count;
        kept->phrase = here->phrase;
        kept->at = here->at;
        kept->sentence = here->sentence;
        kept->active = active;
        count += active != 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        const start *here = self->starts + i;
        const pack_phrase *phrase = pack->phrases + here->phrase;
        uint32_t *next_start = self->list->next_start + here->phrase;
        if (self->list->base + here->at < *next_start) continue;
        uint32_t end = match_go_on(pack, phrase, words, words->sentences + here->sentence, here->at, here->active);
        if (end) candidate_add(self, phrase->rule, here->sentence, here->at, end);
        *next_start = self->list->base + (end ? end : here->at + 1);
    }
    self->start_count = 0;
}

/* Finds the starts from which a match of the phrase of an open gate could reach it. */
static void find_starts(scan *self, const opened *open) {
    const care_pack *pack = self->pack;
    const pack_phrase *phrase = pack->phrases + open->phrase;
    const uint32_t at = self->met.at[open->met], sentence_index = self->met.sentence[open->met];
    const sentence *within = self->words->sentences + sentence_index;
    const bool leads = phrase->edges & EDGES_AT_START;
    uint32_t before = at - within->first, count = self->start_count;
    uint32_t most = before < phrase->before_gate ? before : phrase->before_gate, least = phrase->least_before;
    uint32_t starts = (most + 1 - least) & (0 - (uint32_t)(most >= least)), first = at - most;
    if (leads) starts = starts != 0 && most == before;
    for (uint32_t i = 0; i < starts; i++) {
        start *found = self->starts + count;
        found->phrase = open->phrase;
        found->at = first + i;
        found->sentence = sentence_index;
        count += pack_traits_meet(phrase->begins, word_traits(pack, self->words->words + first + i));
    }
    self->start_count = count;
}

/* Tries the phrases of the gates that are open, from left to right, as a phrase's starts must be tried in that order. */
static void try_opened(scan *self) {
    for (uint32_t i = 0; i < self->opened_count; i++) __builtin_prefetch(self->pack->phrases + self->opened[i].phrase);
    for (uint32_t i = 0; i < self->opened_count; i++) {
        if (self->start_count > STARTS - PACK_MAX_SENTENCE) try_starts(self);
        find_starts(self, self->opened + i);
    }
    try_starts(self);
    self->opened_count = 0;
}

/* ---- Met gates to opened ones ---- */

/* The company of the word beside a gate. */
static uint64_t company_of(const scan *self, const sentence *within, uint32_t at) {
    uint64_t inside = 0 - (uint64_t)((at >= within->first) & (at < within->last));
    uint32_t some = within->first + ((at - within->first) & (uint32_t)inside);
    return (word_traits(self->pack, self->words->words + some).company & inside) | (COMPANY_EDGE & ~inside);
}

/* Opens those gates of a run through which somebody of the roles in question can say the phrase in this sentence, between these
 * words. Most gates fail, one way or another. Several are looked at at once, as nobody could foretell where a run ends; behind the
 * pack's last one there is room for that. */
static void open_gates(scan *self, uint32_t number) {
    const uint32_t at = self->met.at[number], distance = self->met.distance[number];
    const sentence *within = self->words->sentences + self->met.sentence[number];
    const pack_gate *gate = self->pack->gate_list + self->met.gate[number];
    const uint64_t before = company_of(self, within, at - 1), after = company_of(self, within, at + distance + 1);
    const pack_traits together = within->together;
    const uint32_t said = said_in(self, within), apart = 1u << PACK_GATE_DISTANCES << distance;
    for (uint32_t left = PACK_RUN_MOST; left > PACK_GATE_AHEAD; gate += PACK_GATE_AHEAD) {
        left = gate->asks >> PACK_GATE_LEFT;
        uint32_t count = self->opened_count;
        for (uint32_t i = 0; i < PACK_GATE_AHEAD; i++) {
            opened found = {gate[i].phrase, number};
            self->opened[count] = found;
            bool beside = ((gate[i].before & before) != 0) & ((gate[i].after & after) != 0);
            bool fits = ((gate[i].asks & said) != 0) & ((gate[i].asks & apart) != 0) & (i < left);
            count += beside & fits & pack_traits_meet(gate[i].needs, together);
        }
        self->opened_count = count;
        if (count > OPENED - PACK_GATE_AHEAD) try_opened(self);
    }
}

/* Finds the first gate of each key's run, and drops the keys that the filter was wrong about. */
static void look_up_runs(scan *self) {
    met_list *met = &self->met;
    uint32_t count = 0;
    for (uint32_t i = 0; i < met->count; i++)
        __builtin_prefetch(self->pack->key_buckets + pack_bucket_of_key(pack_hash_key(met->key[i]), self->pack->bucket_count));
    for (uint32_t i = 0; i < met->count; i++) {
        uint32_t run = pack_run_of_key(self->pack, met->key[i]);
        met->gate[count] = run - 1;
        met->at[count] = met->at[i];
        met->sentence[count] = met->sentence[i];
        met->distance[count] = met->distance[i];
        __builtin_prefetch(self->pack->gate_list + run);
        count += run != 0;
    }
    met->count = count;
}

/* Opens the gates that were met, from left to right. */
static void open_met(scan *self) {
    look_up_runs(self);
    for (uint32_t i = 0; i < self->met.count; i++) open_gates(self, i);
    try_opened(self);
    self->met.count = 0;
}

/* ---- Places to met gates ---- */

/* Meets the gates of the kinds of word `at`; gives their number with those before. */
static uint32_t meet_kinds(scan *self, uint32_t count, uint32_t sentence_index, uint32_t at) {
    for (uint32_t kinds = self->words->words[at].kinds & self->pack->kind_gates; kinds; kinds &= kinds - 1) {
        self->met.key[count] = pack_key(self->side, self->pack->symbol_count + (uint32_t)__builtin_ctz(kinds), 0);
        self->met.at[count] = at;
        self->met.sentence[count] = sentence_index;
        self->met.distance[count++] = 0;
    }
    return count;
}

/* Meets the gates at the places of a sentence that the filter knows, which has few false ones among them. Eight words at a time, as
 * bits, since nobody could foretell at which of them there is something. */
static void meet_gates(scan *self, uint32_t sentence_index) {
    const sentence *within = self->words->sentences + sentence_index;
    const uint64_t *filter = self->pack->key_filter;
    const uint32_t filter_mask = self->pack->filter_mask;
    for (uint32_t first = within->first; first < within->last; first += 8) {
        if (self->met.count > MET - MOST_GATES) open_met(self);
        uint32_t count = self->met.count;
        for (uint64_t places = self->gates[(first - within->first) / 8]; places; places &= places - 1) {
            uint32_t place = (uint32_t)__builtin_ctzll(places), at = first + place / 8, distance = place % 8;
            if (distance == AT_KIND) {
                count = meet_kinds(self, count, sentence_index, at);
                continue;
            }
            const word *left = self->words->words + at;
            uint32_t key = pack_key(self->side, left->symbol, left[distance].symbol & (0 - (uint32_t)(distance != 0)));
            uint32_t bit = pack_hash_key(key) & filter_mask;
            self->met.key[count] = key;
            self->met.at[count] = at;
            self->met.sentence[count] = sentence_index;
            self->met.distance[count] = distance;
            count += (uint32_t)(filter[bit / 64] >> (bit % 64) & 1);
        }
        self->met.count = count;
    }
}

/* Meets the gates of all sides that the roles in question are on. A phrase of both that is met twice is tried once, as its starts are
 * tried already. */
static void scan_sentence(scan *self, uint32_t sentence_index, uint32_t roles) {
    for (self->side = 0; self->side < PACK_SIDES; self->side++) {
        if (!(roles & pack_roles_of_side(self->side))) continue;
        find_places(self, self->words->sentences + sentence_index);
        meet_gates(self, sentence_index);
    }
}

bool scan_read(const care_pack *pack, word_list *words, uint32_t roles, const care_allocator *allocator, candidate_list *list) {
    scan self;
    self.pack = pack;
    self.words = words;
    self.allocator = allocator;
    self.list = list;
    self.said = pack_said(roles, 1);
    self.out_of_memory = false;
    self.met.count = self.opened_count = self.start_count = 0;
    list->count = 0;
    if (list->base > UINT32_MAX - 2 * (uint32_t)words->word_count - 2) {
        memset(list->next_start, 0, pack->phrase_count * sizeof *list->next_start);
        list->base = 0;
    }
    for (uint32_t i = 0; i < words->sentence_count && !self.out_of_memory; i++) scan_sentence(&self, i, roles);
    open_met(&self);
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
