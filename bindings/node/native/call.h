/* call.h - the calls of one text, by Node-API itself: SWIG's wrapper counts the arguments, looks for the environment at every one
 * of them and builds a number to say that nothing was found, which together cost as much as all that a call cannot do without.
 *
 * An analysis leaves nothing of Node-API in the processor's caches: each of its functions that is called costs 5 to 10 ns then. So
 * numbers cross in one, and what a call answers is something that it was given. */
#ifndef CARE_NODE_CALL_H
#define CARE_NODE_CALL_H

#include "box.h"
#include "text.h"
#include "words.h"

/* What a call is given, in this order, and holds until its end: an analyzer; in one number options or a question, a role << 8 and a
 * channel << 16; a text; and what was said before, if anything. */
struct care_call {
    napi_value given[4];
    care_environment *environment;
    care_taken taken;
    uint32_t how;
    care_text text, previous;

    /* False, and an exception pending, where the arguments are not these. */
    bool read(napi_env env, napi_callback_info info) {
        size_t count = 4;
        void *data = nullptr;
        if (napi_get_cb_info(env, info, &count, given, nullptr, &data) != napi_ok) return false;
        environment = static_cast<care_environment *>(data);
        previous.bytes = nullptr;
        if (!taken.take(env, given[0], "analyzer")) return false;
        if (napi_get_value_uint32(env, given[1], &how) != napi_ok) {
            care_throw_type(env, "how", "a number", given[1]);
            return false;
        }
        return care_read_text(env, given[2], "text", &environment->text, &text) &&
               (count < 4 || care_read_optional_text(env, given[3], "previous", &environment->previous, &previous));
    }

    uint32_t what() const { return how & 0xff; }
    int32_t role() const { return static_cast<int32_t>(how >> 8 & 0xff); }
    int32_t channel() const { return static_cast<int32_t>(how >> 16); }
};

/* analyze_text(analyzer, how, text, previous): what care_words_give gives. */
static inline napi_value care_call_analyze(napi_env env, napi_callback_info info) {
    care_call call;
    if (!call.read(env, info)) return nullptr;
    care_result found;
    found.size = sizeof found;
    care_status status = CARE_TIMED(care_analyze_text(call.taken.analyzer, call.what(), call.text, call.role(), call.channel(),
                                                      call.previous, &found, &call.environment->error));
    if (status == CARE_OK) return care_words_give(env, call.environment, &found, call.given[2]);
    care_throw_status(env, status);
    return nullptr;
}

/* ask_text(analyzer, how, text, previous): the text for yes, undefined for no. */
static inline napi_value care_call_ask(napi_env env, napi_callback_info info) {
    care_call call;
    if (!call.read(env, info)) return nullptr;
    int32_t yes = 0;
    care_status status = CARE_TIMED(care_ask_text(call.taken.analyzer, 0, static_cast<int32_t>(call.what()), call.text, call.role(),
                                                  call.channel(), call.previous, &yes, &call.environment->error));
    if (status != CARE_OK) care_throw_status(env, status);
    return yes ? call.given[2] : nullptr;
}

static inline bool care_calls_add(napi_env env, napi_value exports) {
    const struct {
        const char *name;
        napi_callback call;
    } calls[] = {{"analyze_text", care_call_analyze}, {"ask_text", care_call_ask}};
    for (const auto &one : calls) {
        napi_value function;
        if (napi_create_function(env, one.name, NAPI_AUTO_LENGTH, one.call, care_environment_of(env), &function) != napi_ok ||
            napi_set_named_property(env, exports, one.name, function) != napi_ok)
            return false;
    }
    return true;
}

#endif
