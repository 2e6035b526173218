/* history.h - what is remembered of the turns before: which cues and signals they had, and which obligations are open.
 *
 * One flat block that can be copied whole, so that a draft can be tried on a copy. It holds no text. */
#ifndef CARE_HISTORY_H
#define CARE_HISTORY_H

#include "pack.h"

/* An open conversation rule: it was opened at [begin, end) of turn `turn`, and may still be met in `left` turns; 0: closed. */
typedef struct obligation {
    uint32_t turn, begin, end;
    uint32_t rule; /* of the finding that opened it */
    uint32_t left;
} obligation;

typedef struct history {
    uint32_t turn_count; /* so far */
    uint32_t set_words;  /* 64-bit words of one turn's set of concepts */
    uint64_t data[];     /* PACK_MAX_HISTORY sets, the newest at turn_count - 1 modulo that; then the obligations */
} history;

size_t history_bytes(const care_pack *pack);

/* Forgets all turns. Their sets stay as they are: none is read that was not added since. */
void history_clear(history *self, const care_pack *pack);

/* The obligations, one a conversation rule. */
obligation *history_obligations(history *self);

/* Whether `concept` stood in one of the last `turns` turns. */
bool history_has(const history *self, uint32_t concept, uint32_t turns);

/* Adds a turn with the concepts in `set`. */
void history_add(history *self, const uint64_t *set);

#endif
