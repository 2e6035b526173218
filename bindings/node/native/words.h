/* words.h - findings cross as 32-bit words in an Int32Array; findings.js reads them.
 *
 *     counts of findings, suppressed candidates, slots and evidence
 *     findings, then suppressed candidates, of 8 words:
 *         begin, end, turn, rule, signal | contexts << 16, confidence | degree << 8 | reason << 16 | slots << 24, first slot,
 *         first evidence
 *     slots of 3 words: begin, end, slot
 *     evidence of 5 words: begin, end, turn, rule, weight | more << 16
 *
 * For single calls there is one array, of which C++ knows where its words are, so that no call has to ask; a batch makes its own. */
#ifndef CARE_NODE_WORDS_H
#define CARE_NODE_WORDS_H

#include "error.h"

static inline size_t care_words_needed(const care_result *result) {
    return 4 + 8 * (result->finding_count + result->suppressed_count) + 3 * result->slot_count + 5 * result->evidence_count;
}

static inline int32_t *care_words_finding(int32_t *word, const care_finding *finding) {
    word[0] = static_cast<int32_t>(finding->begin);
    word[1] = static_cast<int32_t>(finding->end);
    word[2] = static_cast<int32_t>(finding->turn);
    word[3] = static_cast<int32_t>(finding->rule);
    word[4] = static_cast<int32_t>(finding->signal | static_cast<uint32_t>(finding->attributes) << 16);
    word[5] = static_cast<int32_t>(finding->confidence | static_cast<uint32_t>(finding->intensity) << 8 |
                                   static_cast<uint32_t>(finding->suppressed_by) << 16 | static_cast<uint32_t>(finding->slot_count) << 24);
    word[6] = static_cast<int32_t>(finding->first_slot);
    word[7] = static_cast<int32_t>(finding->first_evidence);
    return word + 8;
}

static inline void care_words_write(int32_t *word, const care_result *result) {
    *word++ = static_cast<int32_t>(result->finding_count);
    *word++ = static_cast<int32_t>(result->suppressed_count);
    *word++ = static_cast<int32_t>(result->slot_count);
    *word++ = static_cast<int32_t>(result->evidence_count);
    for (size_t i = 0; i < result->finding_count; i++) word = care_words_finding(word, &result->findings[i]);
    for (size_t i = 0; i < result->suppressed_count; i++) word = care_words_finding(word, &result->suppressed[i]);
    for (size_t i = 0; i < result->slot_count; i++) {
        *word++ = static_cast<int32_t>(result->slots[i].begin);
        *word++ = static_cast<int32_t>(result->slots[i].end);
        *word++ = static_cast<int32_t>(result->slots[i].slot);
    }
    for (size_t i = 0; i < result->evidence_count; i++) {
        const care_evidence *evidence = &result->evidence[i];
        *word++ = static_cast<int32_t>(evidence->begin);
        *word++ = static_cast<int32_t>(evidence->end);
        *word++ = static_cast<int32_t>(evidence->turn);
        *word++ = static_cast<int32_t>(evidence->rule);
        *word++ = static_cast<int32_t>(static_cast<uint16_t>(evidence->weight) | static_cast<uint32_t>(evidence->more) << 16);
    }
}

/* A new Int32Array of `count` words; NULL, and nothing pending, if it cannot be had. */
static inline napi_value care_words_make(napi_env env, size_t count, int32_t **data) {
    napi_value buffer, array;
    void *memory;
    if (napi_create_arraybuffer(env, count * sizeof **data, &memory, &buffer) != napi_ok) return nullptr;
    if (napi_create_typedarray(env, napi_int32_array, count, buffer, 0, &array) != napi_ok) return nullptr;
    *data = static_cast<int32_t *>(memory);
    return array;
}

/* The result in an array of its own; NULL, and an exception pending, without memory. */
static inline napi_value care_words_new(napi_env env, const care_result *result) {
    int32_t *data;
    napi_value array = care_words_make(env, care_words_needed(result), &data);
    if (array) {
        care_words_write(data, result);
    } else {
        care_throw_error(env, CARE_E_MEMORY, nullptr, nullptr);
    }
    return array;
}

/* Sees to it that the environment's own array has `count` words and is no giant without need. */
static inline bool care_words_reserve(napi_env env, care_environment *environment, size_t count, bool *made) {
    const size_t usual = 4096;
    bool giant = environment->word_room * sizeof(int32_t) > care_keep_bytes && count <= usual;
    *made = count > environment->word_room || giant;
    if (!*made) return true;
    size_t room = count <= usual ? usual : count + count / 2;
    int32_t *data;
    napi_ref reference;
    napi_value array = care_words_make(env, room, &data);
    if (!array || napi_create_reference(env, array, 1, &reference) != napi_ok) return false;
    if (environment->words) napi_delete_reference(env, environment->words);
    environment->words = reference;
    environment->word_data = data;
    environment->word_room = room;
    return true;
}

/* Writes the result into the environment's array and gives 0 (nothing was found), 1 (read the words) or 2 (the array is a new
 * one: ask for it, then read the words); -1, and an exception pending, without memory. */
static inline int32_t care_words_give(napi_env env, care_environment *environment, const care_result *result) {
    if (!result->finding_count && !result->suppressed_count) return 0;
    bool made;
    if (!care_words_reserve(env, environment, care_words_needed(result), &made)) {
        care_throw_error(env, CARE_E_MEMORY, nullptr, nullptr);
        return -1;
    }
    care_words_write(environment->word_data, result);
    return made ? 2 : 1;
}

#endif
