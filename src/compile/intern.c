/* intern.c - see intern.h. */
#include "intern.h"
#include "../pack_format.h"

#include <string.h>

static size_t bucket_of(const interner *self, const void *bytes, uint32_t length) {
    size_t at = (size_t)pack_hash_bytes(0, bytes, length) & (self->bucket_count - 1);
    for (; self->buckets[at]; at = (at + 1) & (self->bucket_count - 1)) {
        const slice *item = self->items + self->buckets[at] - 1;
        if (item->length == length && (!length || memcmp(item->at, bytes, length) == 0)) break;
    }
    return at;
}

static bool grow(interner *self) {
    size_t count = self->bucket_count ? self->bucket_count * 2 : 64;
    uint32_t *buckets = arena_take(self->arena, count * sizeof *buckets);
    if (!buckets) return false;
    self->buckets = buckets;
    self->bucket_count = count;
    for (size_t i = 0; i < self->count; i++) buckets[bucket_of(self, self->items[i].at, self->items[i].length)] = (uint32_t)i + 1;
    return true;
}

uint32_t intern(interner *self, const void *bytes, uint32_t length) {
    if (self->count * 2 >= self->bucket_count && !grow(self)) return INTERN_NONE;
    size_t at = bucket_of(self, bytes, length);
    if (self->buckets[at]) return self->buckets[at] - 1;
    char *copy = arena_take(self->arena, length + 1u);
    if (!copy || !arena_reserve(self->arena, (void **)&self->items, &self->room, self->count + 1, sizeof *self->items)) return INTERN_NONE;
    if (length) memcpy(copy, bytes, length);
    self->items[self->count].at = copy;
    self->items[self->count++].length = length;
    self->buckets[at] = (uint32_t)self->count;
    return (uint32_t)self->count - 1;
}

uint32_t intern_find(const interner *self, const void *bytes, uint32_t length) {
    if (!self->bucket_count) return INTERN_NONE;
    size_t at = bucket_of(self, bytes, length);
    return self->buckets[at] ? self->buckets[at] - 1 : INTERN_NONE;
}
