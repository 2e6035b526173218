/* call.h - the calls of one text, by Node-API itself: SWIG's wrapper counts the arguments, looks for the environment at every one
 * of them and builds a number to say that nothing was found, which together cost as much as all that a call cannot do without. */
#ifndef CARE_NODE_CALL_H
#define CARE_NODE_CALL_H

#include "box.h"
#include "text.h"
#include "words.h"

/* What a call is given, in this order, and holds until its end: an analyzer, options or a question, a text, who says it through
 * which channel, and what was said before, if anything. */
struct care_call {
    care_environment *environment;
    care_taken taken;
    uint32_t what;
    care_text text, previous;
    int32_t role, channel;

    /* False, and an exception pending, where the arguments are not these. */
    bool read(napi_env env, napi_callback_info info) {
        napi_value given[6]; /* undefined where there are fewer */
        size_t count = 6;
        void *data = nullptr;
        if (napi_get_cb_info(env, info, &count, given, nullptr, &data) != napi_ok) return false;
        environment = static_cast<care_environment *>(data);
        return taken.take(env, given[0], "analyzer") && number(env, given[1], "options", napi_get_value_uint32, &what) &&
               care_read_text(env, given[2], "text", &environment->text, &text) &&
               number(env, given[3], "role", napi_get_value_int32, &role) &&
               number(env, given[4], "channel", napi_get_value_int32, &channel) &&
               care_read_optional_text(env, given[5], "previous", &environment->previous, &previous);
    }

private:
    template <typename integer>
    static bool number(napi_env env, napi_value value, const char *argument, napi_status get(napi_env, napi_value, integer *),
                       integer *result) {
        if (get(env, value, result) == napi_ok) return true;
        care_throw_type(env, argument, "a number", value);
        return false;
    }
};

/* analyze_text(analyzer, options, text, role, channel, previous): what care_words_give gives, or undefined for nothing. */
static inline napi_value care_call_analyze(napi_env env, napi_callback_info info) {
    care_call call;
    if (!call.read(env, info)) return nullptr;
    care_result found;
    found.size = sizeof found;
    care_status status = CARE_TIMED(care_analyze_text(call.taken.analyzer, call.what, call.text, call.role, call.channel, call.previous,
                                                      &found, &call.environment->error));
    if (status != CARE_OK) care_throw_status(env, status);
    int32_t given = status == CARE_OK ? care_words_give(env, call.environment, &found) : 0;
    napi_value number = nullptr;
    return given > 0 && napi_create_int32(env, given, &number) == napi_ok ? number : nullptr;
}

/* ask_text(analyzer, question, text, role, channel, previous): yes or no. */
static inline napi_value care_call_ask(napi_env env, napi_callback_info info) {
    care_call call;
    if (!call.read(env, info)) return nullptr;
    int32_t yes = 0;
    care_status status = CARE_TIMED(care_ask_text(call.taken.analyzer, 0, static_cast<int32_t>(call.what), call.text, call.role,
                                                  call.channel, call.previous, &yes, &call.environment->error));
    if (status != CARE_OK) care_throw_status(env, status);
    napi_value answer = nullptr;
    return status == CARE_OK && napi_get_boolean(env, yes != 0, &answer) == napi_ok ? answer : nullptr;
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
