/* history.c - see history.h. */
#include "history.h"

#include <string.h>

static uint32_t set_words_of(const care_pack *pack) {
    return (pack->concept_count + 63) / 64;
}

size_t history_bytes(const care_pack *pack) {
    size_t bytes = sizeof(history) + PACK_MAX_HISTORY * set_words_of(pack) * sizeof(uint64_t);
    bytes += pack->conversation_rule_count * sizeof(obligation);
    return (bytes + 7) & ~(size_t)7;
}

void history_clear(history *self, const care_pack *pack) {
    self->turn_count = 0;
    self->set_words = set_words_of(pack);
    memset(history_obligations(self), 0, pack->conversation_rule_count * sizeof(obligation));
}

obligation *history_obligations(history *self) {
    return (obligation *)(void *)(self->data + PACK_MAX_HISTORY * self->set_words);
}

bool history_has(const history *self, uint32_t concept, uint32_t turns) {
    if (turns > self->turn_count) turns = self->turn_count;
    for (uint32_t back = 1; back <= turns; back++) {
        const uint64_t *set = self->data + (self->turn_count - back) % PACK_MAX_HISTORY * self->set_words;
        if (set[concept / 64] >> (concept % 64) & 1) return true;
    }
    return false;
}

void history_add(history *self, const uint64_t *set) {
    memcpy(self->data + self->turn_count % PACK_MAX_HISTORY * self->set_words, set, self->set_words * sizeof(uint64_t));
    self->turn_count++;
}
