/* gate.h - what the scan looks for, so that it need not try every phrase everywhere.
 *
 * A phrase's gates are words, or pairs of words close together, of which every match must hold at least one: the cheapest cut
 * (cut.h) through the phrase, where a word costs as much as it is frequent. */
#ifndef CARE_GATE_H
#define CARE_GATE_H

#include "program.h"
#include "vocabulary.h"

typedef struct gate_tables {
    pack_symbol_gate *symbols; /* symbol_count + PACK_KIND_COUNT */
    uint32_t symbol_count;
    pack_key_bucket *buckets;
    uint32_t bucket_count;
    uint64_t *filter;
    uint32_t filter_words;
    pack_gate *list;
    uint32_t list_count;
} gate_tables;

/* What the gates of a phrase cost: how often, per million words of ordinary text, some gate of it is met. */
uint64_t gate_cost(program *self, const vocabulary *words, const built_phrase *phrase_at);

/* The gates of all phrases with has_gates. False if memory ran out. */
bool gate_build(program *self, const vocabulary *words, gate_tables *out);

#endif
