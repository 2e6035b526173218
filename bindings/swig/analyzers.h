/* analyzers.h - what a binding calls an analyzer: as many of C's as there are calls at once, over one pack.
 *
 * A call takes one, uses it without the interpreter's lock if it likes, and gives it back. Taking and giving happen only
 * where the interpreter allows one at a time (under Python's GIL, on JavaScript's own thread), so they need no lock. */
#ifndef CARE_BINDINGS_ANALYZERS_H
#define CARE_BINDINGS_ANALYZERS_H

#include <care/care.h>

#include <stdlib.h>

typedef struct care_analyzers {
    care_pack *pack;
    const care_allocator *allocator; /* of the analyzers, NULL for the C library's; outlives this */
    care_analyzer **idle;
    size_t idle_count, made_count; /* idle has room for as many as were made */
} care_analyzers;

static inline care_status care_analyzers_new(care_analyzers **out, care_pack *pack, const care_allocator *allocator) {
    care_analyzers *self = (care_analyzers *)calloc(1, sizeof *self);
    *out = self;
    if (!self) return CARE_E_MEMORY;
    self->pack = care_pack_ref(pack);
    self->allocator = allocator;
    return CARE_OK;
}

/* Every analyzer must have been given back. */
static inline void care_analyzers_free(care_analyzers *self) {
    if (!self) return;
    while (self->idle_count) care_analyzer_free(self->idle[--self->idle_count]);
    free(self->idle);
    care_pack_unref(self->pack);
    free(self);
}

/* Gives an idle analyzer, or a new one, in *out. */
static inline care_status care_analyzers_take(care_analyzers *self, care_analyzer **out) {
    *out = NULL;
    if (self->idle_count) {
        *out = self->idle[--self->idle_count];
        return CARE_OK;
    }
    care_analyzer **idle = (care_analyzer **)realloc(self->idle, (self->made_count + 1) * sizeof *idle);
    if (!idle) return CARE_E_MEMORY;
    self->idle = idle;
    care_status status = care_analyzer_new(out, self->pack, self->allocator, NULL);
    if (status == CARE_OK) self->made_count++;
    return status;
}

/* To be called when what the call found has been read. */
static inline void care_analyzers_give(care_analyzers *self, care_analyzer *analyzer) {
    self->idle[self->idle_count++] = analyzer;
}

#endif
