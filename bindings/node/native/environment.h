/* environment.h - what the addon keeps for each JavaScript environment: the main thread has one, every worker its own.
 *
 * Nothing here is shared between threads, so nothing needs a lock. SWIG's runtime keeps its own record in the one place that
 * Node-API has for it; only SWIG's classes need that, of which there are none here, so ours takes its place (node.i). */
#ifndef CARE_NODE_ENVIRONMENT_H
#define CARE_NODE_ENVIRONMENT_H

#include <node_api.h>

#include <care/compile.h>

#include <stdlib.h>

#ifdef CARE_BENCH
#include "clock.h" /* of bench/node */
#else
#define CARE_TIMED(call) call
#endif

/* Memory that grew beyond this is given back when the call is over. */
static const size_t care_keep_bytes = (size_t)1 << 20;

/* UTF-16 units as they came from JavaScript; kept for the next call. */
struct care_units {
    char16_t *units;
    size_t room;
};

struct care_environment {
    napi_env env;
    size_t owners;            /* the environment itself and every box: finalisers come in no promised order */
    care_units text, previous;
    napi_ref words;           /* the Int32Array in which findings cross */
    int32_t *word_data;       /* where its words are */
    size_t word_room;
    napi_ref fail;            /* the layer's function that throws */
    care_turn *turns;         /* of a batch */
    size_t turn_room;
    bool giant;               /* the call that is running had a text for which memory grew */
    const care_allocator *allocator; /* for what is being made */
    care_error error;         /* of the call that is running */
    care_problems *problems;
};

/* Gives back what a giant text needed; the next call reserves anew. */
static inline void care_environment_shrink(care_environment *self) {
    self->giant = false;
    care_units *kept[] = {&self->text, &self->previous};
    for (care_units *units : kept) {
        if (units->room * sizeof *units->units <= care_keep_bytes) continue;
        free(units->units);
        *units = {};
    }
    if (self->turn_room * sizeof *self->turns > 4 * care_keep_bytes) {
        free(self->turns);
        self->turns = nullptr;
        self->turn_room = 0;
    }
}

static inline care_environment *care_environment_of(napi_env env) {
    void *data = nullptr;
    return napi_get_instance_data(env, &data) == napi_ok ? static_cast<care_environment *>(data) : nullptr;
}

static inline void care_environment_leave(care_environment *self) {
    if (--self->owners) return;
    free(self->text.units);
    free(self->previous.units);
    free(self->turns);
    free(self);
}

static inline void care_environment_finalize(napi_env, void *data, void *) {
    care_environment_leave(static_cast<care_environment *>(data));
}

static inline bool care_environment_make(napi_env env) {
    care_environment *self = static_cast<care_environment *>(calloc(1, sizeof *self));
    if (!self) return false;
    self->env = env;
    self->owners = 1;
    self->error.size = sizeof self->error;
    if (napi_set_instance_data(env, self, care_environment_finalize, nullptr) == napi_ok) return true;
    free(self);
    return false;
}

#endif
