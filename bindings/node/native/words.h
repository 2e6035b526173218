/* words.h - findings cross as 32-bit words in an Int32Array; findings.js reads them.
 *
 *     how many findings, how many suppressed candidates, where the slots begin, where the evidence begins
 *     findings, suppressed candidates, slots, evidence: the structs of care.h as they stand, compiled packs being little-endian
 *
 * For single calls there is one array, of which C++ knows where its words are, so that no call has to ask; a batch makes its own. */
#ifndef CARE_NODE_WORDS_H
#define CARE_NODE_WORDS_H

#include "error.h"

#include <string.h>

static const size_t care_words_head = 4;

static_assert(sizeof(care_finding) == 8 * 4 && sizeof(care_slot) == 3 * 4 && sizeof(care_evidence) == 5 * 4, "findings.js counts on it");

static inline size_t care_words_needed(const care_result *result) {
    return care_words_head + 8 * (result->finding_count + result->suppressed_count) + 3 * result->slot_count + 5 * result->evidence_count;
}

template <typename record> static inline int32_t *care_words_copy(int32_t *word, const record *records, size_t count) {
    if (count) memcpy(word, records, count * sizeof *records);
    return word + count * (sizeof *records / sizeof *word);
}

static inline void care_words_write(int32_t *words, const care_result *result) {
    int32_t *word = words + care_words_head;
    word = care_words_copy(word, result->findings, result->finding_count);
    word = care_words_copy(word, result->suppressed, result->suppressed_count);
    words[0] = static_cast<int32_t>(result->finding_count);
    words[1] = static_cast<int32_t>(result->suppressed_count);
    words[2] = static_cast<int32_t>(word - words);
    word = care_words_copy(word, result->slots, result->slot_count);
    words[3] = static_cast<int32_t>(word - words);
    care_words_copy(word, result->evidence, result->evidence_count);
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

/* Sees to it that the environment's own array has `count` words and is no giant without need; a new one is put into *array. */
static inline bool care_words_reserve(napi_env env, care_environment *environment, size_t count, napi_value *array) {
    const size_t usual = 4096;
    bool giant = environment->word_room * sizeof(int32_t) > care_keep_bytes && count <= usual;
    if (count <= environment->word_room && !giant) return true;
    size_t room = count <= usual ? usual : count + count / 2;
    int32_t *data;
    napi_ref reference;
    napi_value made = care_words_make(env, room, &data);
    if (!made || napi_create_reference(env, made, 1, &reference) != napi_ok) return false;
    if (environment->words) napi_delete_reference(env, environment->words);
    environment->words = reference;
    environment->word_data = data;
    environment->word_room = room;
    *array = made;
    return true;
}

/* Writes the result into the environment's array. Gives undefined where nothing was found, the array where it is a new one, and
 * otherwise `same`, which is anything else that is at hand; an exception is pending without memory. */
static inline napi_value care_words_give(napi_env env, care_environment *environment, const care_result *result, napi_value same) {
    if (!result->finding_count && !result->suppressed_count) return nullptr;
    if (!care_words_reserve(env, environment, care_words_needed(result), &same)) {
        care_throw_error(env, CARE_E_MEMORY, nullptr, nullptr);
        return nullptr;
    }
    care_words_write(environment->word_data, result);
    return same;
}

#endif
