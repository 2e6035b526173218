/* memory.c - see memory.h. */
#include "memory.h"

#include <stdlib.h>

static void *default_resize(void *context, void *pointer, size_t old_size, size_t new_size) {
    (void)context;
    (void)old_size;
    if (new_size) return realloc(pointer, new_size);
    free(pointer);
    return NULL;
}

care_allocator memory_default(void) {
    care_allocator allocator = {NULL, default_resize};
    return allocator;
}

care_allocator memory_choose(const care_allocator *given) {
    return given ? *given : memory_default();
}

void *memory_resize(const care_allocator *self, void *pointer, size_t old_count, size_t count, size_t size) {
    if (count > SIZE_MAX / size) return NULL;
    if (!pointer && !count) return NULL;
    return self->resize(self->context, pointer, old_count * size, count * size);
}

bool memory_grow(const care_allocator *self, void **items, size_t *room, size_t needed, size_t size) {
    size_t wanted = needed + needed / 2;
    if (wanted < needed) wanted = needed;
    if (wanted < 16) wanted = 16;
    void *grown = memory_resize(self, *items, *room, wanted, size);
    if (!grown) return false;
    *items = grown;
    *room = wanted;
    return true;
}
