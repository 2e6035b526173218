/* intern.h - equal byte strings become one number: the forms, classes, strings and lists of a pack being compiled. */
#ifndef CARE_INTERN_H
#define CARE_INTERN_H

#include "arena.h"
#include "syntax.h"

typedef struct interner {
    arena *arena;
    slice *items; /* in the order in which they came */
    size_t count, room;
    uint32_t *buckets; /* item + 1; 0 is empty */
    size_t bucket_count;
} interner;

#define INTERN_NONE UINT32_MAX

/* The number of these bytes, which are copied if new. INTERN_NONE if memory ran out (sticky in the arena). */
uint32_t intern(interner *self, const void *bytes, uint32_t length);

/* The same, or INTERN_NONE if they are not there. */
uint32_t intern_find(const interner *self, const void *bytes, uint32_t length);

#endif
