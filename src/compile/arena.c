/* arena.c - see arena.h. */
#include "arena.h"

#include <stdalign.h>
#include <string.h>

#ifndef BLOCK_BYTES /* tests make blocks smaller */
#define BLOCK_BYTES 65536u
#endif

struct arena_block {
    arena_block *older;
    size_t size; /* of the whole block, header included */
    alignas(max_align_t) char bytes[];
};

void *arena_take(arena *self, size_t bytes) {
    size_t rounded = (bytes + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (rounded < bytes) rounded = SIZE_MAX - sizeof(arena_block);
    if (!self->blocks || rounded > self->blocks->size - sizeof(arena_block) - self->used) {
        size_t room = rounded > BLOCK_BYTES ? rounded : BLOCK_BYTES;
        arena_block *block = memory_resize(&self->allocator, NULL, 0, room + sizeof(arena_block), 1);
        if (!block) {
            self->out_of_memory = true;
            return NULL;
        }
        block->older = self->blocks;
        block->size = room + sizeof(arena_block);
        self->blocks = block;
        self->used = 0;
    }
    void *taken = self->blocks->bytes + self->used;
    self->used += rounded;
    memset(taken, 0, rounded);
    return taken;
}

bool arena_reserve(arena *self, void **items, size_t *room, size_t needed, size_t size) {
    if (needed <= *room) return true;
    size_t wanted = needed < 8 ? 8 : needed + needed / 2;
    if (wanted > SIZE_MAX / size) return false;
    void *grown = arena_take(self, wanted * size);
    if (!grown) return false;
    if (*room) memcpy(grown, *items, *room * size);
    *items = grown;
    *room = wanted;
    return true;
}

void arena_free(arena *self) {
    while (self->blocks) {
        arena_block *block = self->blocks;
        self->blocks = block->older;
        memory_resize(&self->allocator, block, block->size, 0, 1);
    }
    self->used = 0;
}
