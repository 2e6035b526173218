/* memory.h - the caller's allocator, or the C library's, behind one function; and arrays that grow.
 *
 * An object that was given no allocator uses memory_default(). Sizes are bytes; a size that would overflow is a failed
 * allocation. */
#ifndef CARE_MEMORY_H
#define CARE_MEMORY_H

#include <care/care.h>
#include <stdbool.h>

/* The C library's realloc and free. */
care_allocator memory_default(void);

/* `given`, or the default if it is NULL. */
care_allocator memory_choose(const care_allocator *given);

/* count * size bytes instead of old_count * size; NULL on failure (the old block then stays). count 0 frees. */
void *memory_resize(const care_allocator *self, void *pointer, size_t old_count, size_t count, size_t size);

/* Makes room for `needed` items of `size` bytes in *items, which has room for *room: at least half as much again is taken.
 * False if memory ran out; the array then stays as it was. */
bool memory_grow(const care_allocator *self, void **items, size_t *room, size_t needed, size_t size);

static inline bool memory_reserve(const care_allocator *self, void **items, size_t *room, size_t needed, size_t size) {
    return needed <= *room || memory_grow(self, items, room, needed, size);
}

#endif
