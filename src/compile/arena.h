/* arena.h - memory for one compilation: taken piece by piece, zeroed, given back all at once. */
#ifndef CARE_ARENA_H
#define CARE_ARENA_H

#include "../memory.h"

typedef struct arena_block arena_block;

typedef struct arena {
    care_allocator allocator;
    arena_block *blocks;
    size_t used;        /* bytes of the newest block */
    bool out_of_memory; /* sticky: some arena_take failed */
} arena;

/* `bytes` zeroed bytes aligned for any type, or NULL (and out_of_memory set). */
void *arena_take(arena *self, size_t bytes);

/* Room for `needed` items of `size` in an array of *room items, growing it by copying; false on failure. */
bool arena_reserve(arena *self, void **items, size_t *room, size_t needed, size_t size);

void arena_free(arena *self);

#endif
