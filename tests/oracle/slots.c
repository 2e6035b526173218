/* slots.c - which words of a match belong to which slot.
 *
 * The longest match can often be read in several ways. The one counts whose slots begin as early and are as long as they can
 * be. Ways of the same part of a phrase over the same words are looked for once. */
#include "phrase.h"

#include <string.h>

#define MOST_SLOTS 8u /* that one finding hands out */

/* One way in which a node matches words [at, end): the slot of each of them, or NULL; and what was asked. */
typedef struct way {
    const phrase *node;
    uint32_t from; /* of a sequence: its first child that is meant */
    uint32_t at, end;
    const definition *inside, *before; /* the slot around the node; the slot of the word before it */
    bool found;
    const definition **slots;
    struct way *next;
} way;

typedef struct search {
    arena *arena;
    const phrase_book *phrases;
    const reading *in;
    way *known[1024]; /* ways that were looked for before */
} search;

/* Whether these slots are better than those of the way: at the first word that tells the two apart a slot goes on, or else
 * there is a slot (of two the one that is defined first). */
static bool is_better(const way *than, const definition *const *slots) {
    const definition *before = than->before;
    for (uint32_t i = 0; i < than->end - than->at; before = slots[i], i++) {
        const definition *here = slots[i], *there = than->slots[i];
        if (here == there) continue;
        if (!here || !there) return here != NULL;
        return here == before || (there != before && here < there);
    }
    return false;
}

static const way *best_way(search *self, const phrase *it, uint32_t from, uint32_t at, uint32_t end, const definition *inside,
                           const definition *before);

static void keep(way *self, const definition *const *slots) {
    if (self->found && !is_better(self, slots)) return;
    self->found = true;
    if (self->end > self->at) memcpy(self->slots, slots, (self->end - self->at) * sizeof *slots);
}

static void try_node(search *self, way *into, const phrase *it) {
    const way *found = best_way(self, it, 0, into->at, into->end, into->inside, into->before);
    if (found->found) keep(into, found->slots);
}

/* The first node up to some word, the second (a sequence: from child `from` on) behind it. */
static void try_pair(search *self, way *into, const phrase *first, const phrase *second, uint32_t from, bool must_advance) {
    ends all;
    all.count = 0;
    phrase_ends(self->phrases, first, self->in, into->at, into->end, &all);
    for (uint32_t k = 0; k < all.count; k++) {
        uint32_t middle = all.at[k], size = middle - into->at;
        if (must_advance && !size) continue;
        const way *left = best_way(self, first, 0, into->at, middle, into->inside, into->before);
        if (!left->found) continue;
        const way *right = best_way(self, second, from, middle, into->end, into->inside, size ? left->slots[size - 1] : into->before);
        if (!right->found) continue;
        const definition *both[LONGEST];
        if (size) memcpy(both, left->slots, size * sizeof *both);
        if (into->end > middle) memcpy(both + size, right->slots, (into->end - middle) * sizeof *both);
        keep(into, both);
    }
}

static void find_way(search *self, way *into) {
    const phrase *it = into->node;
    const definition *plain[LONGEST] = {NULL};
    ends all;
    all.count = 0;
    switch (it->kind) {
    case PHRASE_LIST:
    case PHRASE_SLOT: {
        const definition *means = phrase_definition(self->phrases, it);
        for (size_t i = 0; means && i < means->count; i++) {
            const definition *inside = it->kind == PHRASE_SLOT ? means : into->inside;
            const way *found = best_way(self, means->phrases[i], 0, into->at, into->end, inside, into->before);
            if (found->found) keep(into, found->slots);
        }
        break;
    }
    case PHRASE_SEQUENCE:
        if (into->from + 1 == it->child_count)
            try_node(self, into, it->children[into->from]);
        else
            try_pair(self, into, it->children[into->from], it, into->from + 1, false);
        break;
    case PHRASE_CHOICE:
        for (uint32_t i = 0; i < it->child_count; i++) try_node(self, into, it->children[i]);
        break;
    case PHRASE_OPTION:
        if (into->at == into->end)
            keep(into, plain);
        else
            try_node(self, into, it->children[0]);
        break;
    case PHRASE_REPEAT:
        try_node(self, into, it->children[0]);
        try_pair(self, into, it->children[0], it, 0, true);
        break;
    default:
        for (uint32_t i = 0; i < into->end - into->at; i++) plain[i] = into->inside;
        phrase_ends(self->phrases, it, self->in, into->at, into->end, &all);
        for (uint32_t k = 0; k < all.count; k++) {
            if (all.at[k] == into->end) keep(into, plain);
        }
    }
}

static const way *best_way(search *self, const phrase *it, uint32_t from, uint32_t at, uint32_t end, const definition *inside,
                           const definition *before) {
    way **list = &self->known[((uintptr_t)it / sizeof *it + from + 31 * at + 17 * end) % 1024];
    for (const way *known = *list; known; known = known->next) {
        bool same = known->node == it && known->from == from && known->at == at && known->end == end && known->inside == inside &&
                    known->before == before;
        if (same) return known;
    }
    way *made = take(self->arena, sizeof *made);
    *made = (way){.node = it,
                  .from = from,
                  .at = at,
                  .end = end,
                  .inside = inside,
                  .before = before,
                  .slots = take(self->arena, (end - at) * sizeof *made->slots)};
    find_way(self, made);
    made->next = *list;
    *list = made;
    return made;
}

static bool has_slot(const phrase_book *self, const phrase *it) {
    bool has = it->kind == PHRASE_SLOT;
    for (uint32_t i = 0; i < it->child_count; i++) has = has || has_slot(self, it->children[i]);
    const definition *means = it->kind == PHRASE_LIST ? phrase_definition(self, it) : NULL;
    for (size_t i = 0; means && i < means->count; i++) has = has || has_slot(self, means->phrases[i]);
    return has;
}

size_t phrase_slots(arena *from, const phrase_book *self, const phrase *it, const reading *in, span match, slot_span **slots) {
    size_t count = 0;
    *slots = NULL;
    if (!has_slot(self, it)) return 0;
    search *now = take(from, sizeof *now);
    *now = (search){.arena = from, .phrases = self, .in = in};
    const way *best = best_way(now, it, 0, match.first, match.last, NULL, NULL);
    *slots = take(from, (match.last - match.first) * sizeof **slots);
    for (uint32_t i = 0; best->found && i < match.last - match.first; i++) {
        const definition *slot = best->slots[i];
        if (!slot) continue;
        if (i && slot == best->slots[i - 1])
            (*slots)[count - 1].last++;
        else if (count == MOST_SLOTS)
            break;
        else
            (*slots)[count++] = (slot_span){slot->name, match.first + i, match.first + i + 1};
    }
    return count;
}
