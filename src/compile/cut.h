/* cut.h - words of a phrase that no match can do without.
 *
 * In the graph of the phrase's positions they are a cut between its beginning and its end. What a position, or a pair of
 * neighbours, costs is for the caller to say; the cheapest cut is found by Edmonds and Karp's maximum flow. */
#ifndef CARE_CUT_H
#define CARE_CUT_H

#include "program.h"

#define CUT_NODES (2 * PACK_MAX_POSITIONS + 2)
#define CUT_NEVER (INT64_C(1) << 50) /* costs more than any cut */
#define CUT_TOO_FAR 0x80u

/* A position is an arc from its node 2p to 2p + 1; positions of any word are none, what stands before them leads to what stands
 * behind. */
typedef struct cut_network {
    int64_t capacity[CUT_NODES][CUT_NODES];
    uint32_t parent[CUT_NODES]; /* after cut_find: PROGRAM_NONE for the nodes behind the cut */
    uint32_t node_count, source, sink;
    uint8_t distances[PACK_MAX_POSITIONS][PACK_MAX_POSITIONS]; /* bit d - 1: q can stand d words after p; CUT_TOO_FAR: farther */
} cut_network;

/* The positions that take every word, as bits. */
uint64_t cut_any_positions(const built_phrase *phrase_at);

/* Lays out the network. The arcs of positions are left at 0: they cost nothing yet. */
void cut_lay_out(cut_network *self, const built_phrase *phrase_at);

/* Finds the cheapest cut and gives its cost: CUT_NEVER or more if there is none. */
int64_t cut_find(cut_network *self);

static inline bool cut_holds_position(const cut_network *self, uint32_t p) {
    return self->parent[2 * p] != PROGRAM_NONE && self->parent[2 * p + 1] == PROGRAM_NONE;
}

static inline bool cut_holds_pair(const cut_network *self, uint32_t p, uint32_t q) {
    return self->distances[p][q] && self->parent[2 * p + 1] != PROGRAM_NONE && self->parent[2 * q] == PROGRAM_NONE;
}

#endif
