/* cut.c - see cut.h. A phrase has at most 64 positions, so that a matrix will do. */
#include "cut.h"

#include <string.h>

/* ---- The network ---- */

static uint64_t followers(const built_phrase *phrase_at, uint64_t active) {
    uint64_t follow = 0;
    for (; active; active &= active - 1) follow |= phrase_at->positions[__builtin_ctzll(active)].follow;
    return follow;
}

uint64_t cut_any_positions(const built_phrase *phrase_at) {
    uint64_t any = 0;
    for (uint32_t p = 0; p < phrase_at->position_count; p++)
        if (phrase_at->positions[p].any) any |= UINT64_C(1) << p;
    return any;
}

/* Arcs from `from` to every position that `next` reaches with nothing but any-words between. */
static void add_arcs(cut_network *self, const built_phrase *phrase_at, uint32_t from, uint32_t left, uint64_t next, uint64_t any) {
    for (uint32_t distance = 1; next && distance <= PACK_MAX_WORDS + 1; distance++) {
        for (uint64_t words = next & ~any; words; words &= words - 1) {
            uint32_t q = (uint32_t)__builtin_ctzll(words);
            self->capacity[from][2 * q] = CUT_NEVER;
            if (left == PROGRAM_NONE) continue;
            self->distances[left][q] |= (uint8_t)(distance <= PACK_MAX_DISTANCE ? 1u << (distance - 1) : CUT_TOO_FAR);
        }
        next = followers(phrase_at, next & any);
    }
}

/* The positions `from`, and those of any word that can stand behind them. */
static uint64_t with_any_behind(const built_phrase *phrase_at, uint64_t from, uint64_t any) {
    for (uint64_t before = 0; before != from;) {
        before = from;
        from |= followers(phrase_at, from) & any;
    }
    return from;
}

void cut_lay_out(cut_network *self, const built_phrase *phrase_at) {
    uint64_t any = cut_any_positions(phrase_at);
    memset(self, 0, sizeof *self);
    self->source = 2 * phrase_at->position_count;
    self->sink = self->source + 1;
    self->node_count = self->sink + 1;
    add_arcs(self, phrase_at, self->source, PROGRAM_NONE, phrase_at->starts, any);
    if (with_any_behind(phrase_at, phrase_at->starts & any, any) & phrase_at->accepts) self->capacity[self->source][self->sink] = CUT_NEVER;
    for (uint32_t p = 0; p < phrase_at->position_count; p++) {
        if (any >> p & 1) continue;
        add_arcs(self, phrase_at, 2 * p + 1, p, phrase_at->positions[p].follow, any);
        bool may_end = with_any_behind(phrase_at, UINT64_C(1) << p, any) & phrase_at->accepts;
        if (may_end) self->capacity[2 * p + 1][self->sink] = CUT_NEVER;
    }
}

/* ---- The cut ---- */

/* Breadth first from the source over arcs with capacity left. Whether the sink was reached. */
static bool search(cut_network *self) {
    uint32_t queue[CUT_NODES], head = 0, tail = 0;
    for (uint32_t n = 0; n < self->node_count; n++) self->parent[n] = PROGRAM_NONE;
    self->parent[self->source] = self->source;
    queue[tail++] = self->source;
    while (head < tail) {
        uint32_t from = queue[head++];
        for (uint32_t to = 0; to < self->node_count; to++) {
            if (self->parent[to] != PROGRAM_NONE || self->capacity[from][to] <= 0) continue;
            self->parent[to] = from;
            queue[tail++] = to;
        }
    }
    return self->parent[self->sink] != PROGRAM_NONE;
}

int64_t cut_find(cut_network *self) {
    int64_t cost = 0;
    const uint32_t *parent = self->parent;
    while (cost < CUT_NEVER && search(self)) {
        int64_t least = CUT_NEVER;
        for (uint32_t to = self->sink; to != self->source; to = parent[to])
            if (self->capacity[parent[to]][to] < least) least = self->capacity[parent[to]][to];
        for (uint32_t to = self->sink; to != self->source; to = parent[to]) {
            self->capacity[parent[to]][to] -= least;
            self->capacity[to][parent[to]] += least;
        }
        cost += least;
    }
    return cost;
}
