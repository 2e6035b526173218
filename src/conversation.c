/* conversation.c - turns fed one at a time: what is remembered between them is a `history`, and nothing else. */
#include "analyzer.h"

#include <string.h>

struct care_conversation {
    care_allocator allocator;
    care_pack *pack;
    history *state; /* in the same block, behind this */
};

static size_t conversation_bytes(const care_pack *pack) {
    return sizeof(care_conversation) + history_bytes(pack);
}

care_status care_conversation_new(care_conversation **out, care_pack *pack, const care_allocator *given, care_error *error) {
    if (!out) return CARE_E_ARGUMENT;
    *out = NULL;
    if (!pack) return error_set(error, CARE_E_ARGUMENT, 0, 0, "a conversation needs a pack");
    care_allocator allocator = memory_choose(given);
    care_conversation *self = memory_resize(&allocator, NULL, 0, conversation_bytes(pack), 1);
    if (!self) return error_set(error, CARE_E_MEMORY, 0, 0, care_status_message(CARE_E_MEMORY));
    self->allocator = allocator;
    self->pack = care_pack_ref(pack);
    self->state = (history *)(void *)(self + 1);
    memset(self->state, 0, history_bytes(pack));
    history_clear(self->state, pack);
    *out = self;
    return CARE_OK;
}

void care_conversation_free(care_conversation *self) {
    if (!self) return;
    care_allocator allocator = self->allocator;
    size_t bytes = conversation_bytes(self->pack);
    care_pack_unref(self->pack);
    memory_resize(&allocator, self, bytes, 0, 1);
}

/* Reads the turn on a copy of what is remembered, left in analyzer->state: a failure loses nothing. */
static care_status read_draft(const care_conversation *self, care_analyzer *analyzer, const care_turn *turn, care_result *result,
                              care_error *error) {
    if (!self || !analyzer || !turn || !result || result->size != sizeof *result)
        return error_set(error, CARE_E_ARGUMENT, 0, 0, "an argument is NULL, or result->size is not sizeof(care_result)");
    if (analyzer->pack != self->pack)
        return error_set(error, CARE_E_PACK, 0, 0, "the analyzer's pack is not the conversation's; make both from one pack");
    analyzer_begin(analyzer);
    analyzer_result(analyzer, 0, result);
    if (!memory_reserve(&analyzer->allocator, (void **)&analyzer->turn_flags, &analyzer->turn_flag_room, 1, sizeof *analyzer->turn_flags))
        return error_set(error, CARE_E_MEMORY, 0, 0, care_status_message(CARE_E_MEMORY));
    memcpy(analyzer->state, self->state, history_bytes(self->pack));
    care_status status = analyzer_read(analyzer, turn, self->state->turn_count, analyzer->state, analyzer->turn_flags, error);
    if (status != CARE_OK) analyzer_begin(analyzer);
    analyzer_result(analyzer, status == CARE_OK, result);
    return status;
}

care_status care_conversation_feed(care_conversation *self, care_analyzer *analyzer, const care_turn *turn, care_result *result,
                                   care_error *error) {
    care_status status = read_draft(self, analyzer, turn, result, error);
    if (status == CARE_OK) memcpy(self->state, analyzer->state, history_bytes(self->pack));
    return status;
}

care_status care_conversation_preview(const care_conversation *self, care_analyzer *analyzer, const care_turn *turn, care_result *result,
                                      care_error *error) {
    return read_draft(self, analyzer, turn, result, error);
}
