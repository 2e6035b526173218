/* failing_allocator.h - an allocator for tests: fails the n-th request, counts what lives, and checks the sizes it is told.
 *
 *     failing_allocator memory = {.fail_at = 3};
 *     care_allocator allocator = failing_allocator_use(&memory);
 *
 * A request is an allocation or a growing; giving back and shrinking never fail. Every block moves when it is resized, so that
 * a pointer kept too long is found by the sanitizers. For one thread. */
#ifndef CARE_TESTS_FAILING_ALLOCATOR_H
#define CARE_TESTS_FAILING_ALLOCATOR_H

#include <care/care.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef struct failing_allocator {
    size_t fail_at;       /* the request that fails, from 1; 0: none */
    bool fail_ever_after; /* the requests after it fail too */
    size_t requests;      /* so far */
    size_t failures;
    size_t live_blocks, live_bytes, peak_bytes;
    size_t wrong_sizes; /* calls that told an old size that was not the block's */
} failing_allocator;

/* Stands before each block. */
typedef struct failing_block {
    alignas(max_align_t) size_t size;
} failing_block;

static inline void *failing_resize(void *context, void *pointer, size_t old_size, size_t new_size) {
    failing_allocator *self = context;
    failing_block *old = pointer ? (failing_block *)pointer - 1 : NULL;
    size_t true_size = old ? old->size : 0;
    if (old_size != true_size) self->wrong_sizes++;
    failing_block *block = NULL;
    if (new_size) {
        if (new_size > true_size) {
            self->requests++;
            bool fails = self->fail_at && (self->requests == self->fail_at || (self->fail_ever_after && self->requests > self->fail_at));
            if (fails || new_size > SIZE_MAX - sizeof *block) {
                self->failures++;
                return NULL;
            }
        }
        block = malloc(sizeof *block + new_size);
        if (!block) return NULL;
        block->size = new_size;
        memset(block + 1, 0xA5, new_size);
        if (old) memcpy(block + 1, pointer, true_size < new_size ? true_size : new_size);
        self->live_blocks++;
        self->live_bytes += new_size;
    }
    if (old) {
        self->live_blocks--;
        self->live_bytes -= true_size;
        free(old);
    }
    if (self->live_bytes > self->peak_bytes) self->peak_bytes = self->live_bytes;
    return block ? block + 1 : NULL;
}

static inline care_allocator failing_allocator_use(failing_allocator *self) {
    care_allocator allocator = {self, failing_resize};
    return allocator;
}

#endif
