/* recent.h - the last few turns of a conversation, kept only when evidence is shown: it may stand in a turn before. */
#ifndef TOOL_RECENT_H
#define TOOL_RECENT_H

#include "input.h"

#define RECENT_COUNT 16

typedef struct recent_turn {
    int64_t number; /* as the input calls it */
    uint32_t index; /* as the library counts it */
    bool used;
    buffer text;
} recent_turn;

typedef struct recent {
    recent_turn turns[RECENT_COUNT];
    uint32_t count; /* turns of this conversation so far, the one at hand included */
} recent;

/* Forgets all: a conversation begins. */
void recent_clear(recent *self);

/* The turn at hand; its text is copied only if `keep`. */
void recent_add(recent *self, int64_t number, const char *text, size_t length, bool keep);

/* The turn that the library calls `index`, or NULL if it is too long ago. */
const recent_turn *recent_find(const recent *self, uint32_t index);

void recent_free(recent *self);

#endif
