/* calls.h - the calls of one text, in the shape in which a script makes them. */
#ifndef CARE_BINDINGS_CALLS_H
#define CARE_BINDINGS_CALLS_H

#include <care/care.h>

/* A text as the interpreter holds it, or as it could be had from it; borrowed. */
typedef struct care_text {
    const char *bytes; /* NULL: no text was given */
    uint64_t length;   /* as in care_turn */
    uint8_t flags;     /* CARE_TURN_UTF16 or 0 */
    uint8_t unit;      /* CARE_UNIT_... */
} care_text;

/* In place: a turn that is built elsewhere and then copied makes the processor wait for its small stores. */
static inline void care_turn_set(care_turn *turn, care_text text, int32_t role, int32_t channel, uint8_t flags) {
    turn->text = text.bytes;
    turn->length = text.length;
    turn->time_ms = 0;
    turn->conversation = 0;
    turn->role = (uint8_t)role;
    turn->channel = (uint8_t)channel;
    turn->flags = (uint8_t)(text.flags | flags);
    turn->unit = text.unit;
}

/* Writes the turn, and before it `previous`, if there is one, said by the other side; gives their number. */
static inline size_t care_turns_of(care_text text, int32_t role, int32_t channel, care_text previous, care_turn turns[2]) {
    size_t count = 0;
    int32_t other = role == CARE_ROLE_CUSTOMER ? CARE_ROLE_AGENT : CARE_ROLE_CUSTOMER;
    if (previous.bytes) care_turn_set(&turns[count++], previous, other, channel, CARE_TURN_CONTEXT);
    care_turn_set(&turns[count++], text, role, channel, 0);
    return count;
}

/* Every call says its options, as bits 1 << CARE_OPTION_...: the analyzers of one binding serve calls of all kinds. */
static inline void care_set_options(care_analyzer *analyzer, uint32_t options) {
    for (int32_t option = CARE_OPTION_SUPPRESSED; option <= CARE_OPTION_STRICT; option++)
        care_analyzer_set(analyzer, option, options >> option & 1);
}

static inline care_status care_analyze_text(care_analyzer *analyzer, uint32_t options, care_text text, int32_t role, int32_t channel,
                                            care_text previous, care_result *result, care_error *error) {
    care_turn turns[2];
    care_set_options(analyzer, options);
    return care_analyze(analyzer, turns, care_turns_of(text, role, channel, previous, turns), result, error);
}

static inline care_status care_ask_text(care_analyzer *analyzer, uint32_t options, int32_t question, care_text text, int32_t role,
                                        int32_t channel, care_text previous, int32_t *yes, care_error *error) {
    care_turn turns[2];
    care_set_options(analyzer, options);
    return care_ask(analyzer, question, turns, care_turns_of(text, role, channel, previous, turns), yes, error);
}

static inline care_status care_feed_text(care_conversation *conversation, care_analyzer *analyzer, uint32_t options, care_text text,
                                         int32_t role, int32_t channel, care_result *result, care_error *error) {
    care_turn turn;
    care_turn_set(&turn, text, role, channel, 0);
    care_set_options(analyzer, options);
    return care_conversation_feed(conversation, analyzer, &turn, result, error);
}

static inline care_status care_preview_text(care_conversation *conversation, care_analyzer *analyzer, uint32_t options, care_text text,
                                            int32_t role, int32_t channel, care_result *result, care_error *error) {
    care_turn turn;
    care_turn_set(&turn, text, role, channel, 0);
    care_set_options(analyzer, options);
    return care_conversation_preview(conversation, analyzer, &turn, result, error);
}

#endif
