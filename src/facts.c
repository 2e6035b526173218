/* facts.c - see facts.h. */
#include "facts.h"

#include <string.h>

void facts_clear(fact_list *self, uint32_t concept_count) {
    if (self->is_clear) return;
    memset(self->set, 0, (concept_count + 63) / 64 * sizeof *self->set);
    memset(self->asked, 0, (concept_count + 63) / 64 * sizeof *self->asked);
    self->count = 0;
    self->is_clear = true;
}

bool facts_ask(fact_list *self, uint32_t concept) {
    uint64_t bit = UINT64_C(1) << (concept % 64);
    bool before = self->asked[concept / 64] & bit;
    self->asked[concept / 64] |= bit;
    self->is_clear = false;
    return before;
}

bool facts_in_turn(const fact_list *self, uint32_t concept) {
    return self->set[concept / 64] >> (concept % 64) & 1;
}

bool facts_add(fact_list *self, const care_allocator *allocator, uint32_t concept, uint32_t at_sentence, uint32_t first, uint32_t last) {
    if (!memory_reserve(allocator, (void **)&self->items, &self->room, self->count + 1, sizeof *self->items)) return false;
    self->is_clear = false;
    if (!facts_in_turn(self, concept)) {
        self->set[concept / 64] |= UINT64_C(1) << (concept % 64);
        self->run_first[concept] = (uint32_t)self->count;
        self->run_count[concept] = 0;
    }
    self->run_count[concept]++;
    fact *added = self->items + self->count++;
    added->sentence = at_sentence;
    added->first = first;
    added->last = last;
    return true;
}

/* The number of facts in the run that stand in sentences before number `limit`. */
static uint32_t facts_before(const fact *run, uint32_t count, uint32_t limit) {
    uint32_t low = 0;
    while (low < count) {
        uint32_t middle = low + (count - low) / 2;
        if (run[middle].sentence < limit)
            low = middle + 1;
        else
            count = middle;
    }
    return low;
}

static bool stands(const fact *at, uint32_t where, uint32_t number, const candidate *from) {
    switch (where) {
        case PACK_LEFT: return at->last <= from->first && (number == PACK_NONE16 || from->first - at->last < number);
        case PACK_RIGHT: return at->first >= from->last && (number == PACK_NONE16 || at->first - from->last < number);
        case PACK_HERE: return at->first < from->last && from->first < at->last;
        default: return true;
    }
}

bool facts_stand(const fact_list *self, uint32_t concept, uint32_t where, uint32_t number, const candidate *at) {
    if (!facts_in_turn(self, concept)) return false;
    if (where == PACK_IN_TURN) return true;
    const fact *run = self->items + self->run_first[concept];
    uint32_t count = self->run_count[concept];
    uint32_t lowest = at->sentence, highest = at->sentence;
    if (where == PACK_NEARBY) {
        lowest -= lowest > 0;
        highest++;
    }
    for (uint32_t i = facts_before(run, count, lowest); i < count && run[i].sentence <= highest; i++)
        if (stands(run + i, where, number, at)) return true;
    return false;
}
