/* batch.h - many texts in one call: they cross joined into one string, with two words a text that say where each ends and who
 * says it. Node-API asks about 50 ns for each string that it is handed; joining costs a fifth of that. */
#ifndef CARE_NODE_BATCH_H
#define CARE_NODE_BATCH_H

#include "text.h"
#include "words.h"

/* For each text its length in units, and role | channel << 8 | CARE_GOES_ON. Borrowed from an Int32Array. */
struct care_columns {
    const int32_t *words;
    size_t count;
};

static const uint32_t CARE_GOES_ON = 1u << 16; /* in the conversation of the text before */

static inline bool care_read_columns(napi_env env, napi_value value, const char *argument, care_columns *columns) {
    napi_typedarray_type type;
    size_t length;
    void *words;
    napi_status status = napi_get_typedarray_info(env, value, &type, &length, &words, nullptr, nullptr);
    if (status != napi_ok || type != napi_int32_array || length % 2) {
        care_throw_type(env, argument, "an Int32Array of two words a text", value);
        return false;
    }
    columns->words = static_cast<const int32_t *>(words);
    columns->count = length / 2;
    return true;
}

/* Fills one turn for each text; false where their lengths do not add up to that of the joined text. */
static inline bool care_turns_of_joined(care_text text, care_columns columns, care_turn *turns) {
    uint64_t begin = 0;
    uint32_t conversation = 0;
    for (size_t i = 0; i < columns.count; i++) {
        uint64_t length = static_cast<uint32_t>(columns.words[2 * i]);
        uint32_t said = static_cast<uint32_t>(columns.words[2 * i + 1]);
        if (length > text.length - begin) return false;
        conversation += !(said & CARE_GOES_ON);
        turns[i].text = text.bytes + begin * sizeof(char16_t);
        turns[i].length = length;
        turns[i].time_ms = 0;
        turns[i].conversation = conversation;
        turns[i].role = static_cast<uint8_t>(said);
        turns[i].channel = static_cast<uint8_t>(said >> 8);
        turns[i].flags = CARE_TURN_UTF16;
        turns[i].unit = CARE_UNIT_UTF16;
        begin += length;
    }
    return begin == text.length;
}

static inline care_status care_refuse_columns(care_error *error) {
    error->status = CARE_E_ARGUMENT;
    snprintf(error->message, sizeof error->message, "the lengths of the texts do not add up to the length of the joined text");
    return CARE_E_ARGUMENT;
}

static inline care_status care_analyze_joined(care_environment *environment, care_analyzer *analyzer, uint32_t options, care_text text,
                                              care_columns columns, care_result *result, care_error *error) {
    if (columns.count > environment->turn_room) {
        care_turn *turns = static_cast<care_turn *>(realloc(environment->turns, columns.count * sizeof *turns));
        if (!turns) return CARE_E_MEMORY;
        environment->turns = turns;
        environment->turn_room = columns.count;
        if (columns.count * sizeof *turns > 4 * care_keep_bytes) environment->giant = true;
    }
    if (!care_turns_of_joined(text, columns, environment->turns)) return care_refuse_columns(error);
    care_set_options(analyzer, options);
    return CARE_TIMED(care_analyze(analyzer, environment->turns, columns.count, result, error));
}

#endif
