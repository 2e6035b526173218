/* work.h - a batch that another thread analyses while JavaScript goes on.
 *
 * Everything that the thread reads is the work's own copy. The analyzer is taken and given back on JavaScript's thread. When a
 * worker is terminated, its works are finished or cancelled before its environment goes, and nothing can be thrown any more. */
#ifndef CARE_NODE_WORK_H
#define CARE_NODE_WORK_H

#include "batch.h"
#include "box.h"

#include <napi.h>

struct care_work {
    napi_async_work work;
    napi_deferred deferred;
    care_box *box;
    care_analyzer *analyzer;
    uint32_t options;
    care_units units;
    care_turn *turns;
    size_t count;
    int32_t *words; /* what was found */
    size_t word_count;
    care_status status;
    care_error error;
};

static inline void care_work_run(napi_env, void *data) {
    care_work *self = static_cast<care_work *>(data);
    care_result result = {};
    result.size = sizeof result;
    care_set_options(self->analyzer, self->options);
    self->status = care_analyze(self->analyzer, self->turns, self->count, &result, &self->error);
    if (self->status != CARE_OK) return;
    self->word_count = care_words_needed(&result);
    self->words = static_cast<int32_t *>(malloc(self->word_count * sizeof *self->words));
    if (self->words) {
        care_words_write(self->words, &result);
    } else {
        self->status = CARE_E_MEMORY;
    }
}

static inline void care_work_free(care_work *self) {
    if (self->analyzer) {
        care_analyzers_give(static_cast<care_analyzers *>(self->box->object), self->analyzer);
        care_box_tell(self->box, 1 << 16);
        care_box_rest(self->box);
    }
    free(self->units.units);
    free(self->turns);
    free(self->words);
    free(self);
}

static inline void care_work_settle(napi_env env, napi_status finished, care_work *self) {
    int32_t *data;
    napi_value value = nullptr;
    if (finished == napi_ok && self->status == CARE_OK) {
        value = care_words_make(env, self->word_count, &data);
        if (value) {
            memcpy(data, self->words, self->word_count * sizeof *data);
            napi_resolve_deferred(env, self->deferred, value);
            return;
        }
        self->status = CARE_E_MEMORY;
    }
    care_throw_error(env, finished == napi_ok ? self->status : CARE_E_STATE, &self->error, nullptr);
    if (napi_get_and_clear_last_exception(env, &value) == napi_ok) napi_reject_deferred(env, self->deferred, value);
}

static inline void care_work_finish(napi_env env, napi_status finished, void *data) {
    care_work *self = static_cast<care_work *>(data);
    care_work_settle(env, finished, self);
    napi_delete_async_work(env, self->work);
    care_work_free(self);
}

/* Copies the call's arguments into the work; false, and an exception pending, if that fails. */
static inline bool care_work_read(care_work *self, const Napi::CallbackInfo &info) {
    napi_env env = info.Env();
    size_t length;
    care_columns columns;
    care_box *box = care_open_box_of(env, info[0], CARE_KIND_ANALYZERS, "analyzer");
    if (!box || napi_get_value_uint32(env, info[1], &self->options) != napi_ok) return false;
    if (!care_read_units(env, info[2], "text", &self->units, &length)) return false;
    if (!care_read_columns(env, info[3], "columns", &columns)) return false;
    self->count = columns.count;
    self->turns = static_cast<care_turn *>(malloc((columns.count + 1) * sizeof *self->turns));
    care_status status = self->turns ? CARE_OK : CARE_E_MEMORY;
    if (status == CARE_OK) {
        care_text text = {reinterpret_cast<const char *>(self->units.units), length, CARE_TURN_UTF16, CARE_UNIT_UTF16};
        if (!care_turns_of_joined(text, columns, self->turns)) status = care_refuse_columns(&self->error);
    }
    if (status == CARE_OK) status = care_analyzers_take(static_cast<care_analyzers *>(box->object), &self->analyzer);
    if (status != CARE_OK) {
        care_throw_error(env, status, &self->error, nullptr);
        return false;
    }
    self->box = box;
    box->running++;
    return true;
}

/* analyze_later(analyzer, options, text, columns): a promise of words. */
static inline Napi::Value care_analyze_later(const Napi::CallbackInfo &info) {
    napi_env env = info.Env();
    napi_value promise, name;
    care_work *self = static_cast<care_work *>(calloc(1, sizeof *self));
    if (!self) {
        care_throw_error(env, CARE_E_MEMORY, nullptr, nullptr);
        return Napi::Value();
    }
    self->error.size = sizeof self->error;
    if (care_work_read(self, info) && napi_create_string_utf8(env, "libcare", NAPI_AUTO_LENGTH, &name) == napi_ok &&
        napi_create_promise(env, &self->deferred, &promise) == napi_ok &&
        napi_create_async_work(env, nullptr, name, care_work_run, care_work_finish, self, &self->work) == napi_ok) {
        if (napi_queue_async_work(env, self->work) == napi_ok) return Napi::Value(env, promise);
        napi_delete_async_work(env, self->work);
    }
    care_work_free(self);
    return Napi::Value();
}

#endif
