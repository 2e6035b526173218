/* names.h - what a pack says of itself, as JavaScript objects, and its names, as arrays that the layer asks for once a pack. */
#ifndef CARE_NODE_NAMES_H
#define CARE_NODE_NAMES_H

#include "box.h"
#include "words.h"

#include <napi.h>

#include <string.h>

/* What the pack that call `maker` made holds, for the collector; the bytes of the English one are the addon's. */
static inline int64_t care_pack_held(const care_pack *pack, const char *maker) {
    size_t length = 0;
    if (!strcmp(maker, "pack_english")) return 0;
    care_pack_bytes(pack, &length);
    return static_cast<int64_t>(length);
}

static inline napi_value care_describe_pack(napi_env env, const care_pack_info *info) {
    napi_value object;
    char fingerprint[17];
    if (napi_create_object(env, &object) != napi_ok) return nullptr;
    snprintf(fingerprint, sizeof fingerprint, "%016llx", static_cast<unsigned long long>(info->fingerprint));
    care_set_string(env, object, "name", info->name);
    care_set_string(env, object, "version", info->version);
    care_set_string(env, object, "fingerprint", fingerprint);
    care_set_string(env, object, "stemmer", info->stemmer);
    care_set_string(env, object, "unicode", info->unicode);
    care_set_number(env, object, "format", info->format);
    care_set_number(env, object, "layerCount", info->layer_count);
    care_set_number(env, object, "signalCount", info->signal_count);
    care_set_number(env, object, "ruleCount", info->rule_count);
    care_set_number(env, object, "phraseCount", info->phrase_count);
    care_set_number(env, object, "formCount", info->form_count);
    care_set_number(env, object, "contextCount", info->context_count);
    return object;
}

static inline napi_value care_describe_signal(napi_env env, const care_signal_info *info) {
    napi_value object;
    if (napi_create_object(env, &object) != napi_ok) return nullptr;
    care_set_string(env, object, "id", info->id);
    care_set_string(env, object, "meaning", info->meaning);
    care_set_string(env, object, "pillar", info->pillar);
    care_set_number(env, object, "roles", info->roles);
    care_set_number(env, object, "polarity", info->polarity);
    care_set_number(env, object, "flags", info->flags);
    care_set_number(env, object, "drops", info->drops);
    care_set_number(env, object, "threshold", info->threshold);
    return object;
}

static inline napi_value care_describe_rule(napi_env env, const care_rule_info *info) {
    napi_value object;
    if (napi_create_object(env, &object) != napi_ok) return nullptr;
    care_set_string(env, object, "name", info->name);
    care_set_string(env, object, "file", info->file);
    care_set_string(env, object, "text", info->text);
    care_set_number(env, object, "line", info->line);
    care_set_number(env, object, "weight", info->weight);
    care_set_number(env, object, "signal", info->signal == CARE_NONE ? -1 : info->signal);
    return object;
}

/* Name `index` of a kind: 0 signals, 1 rules, 2 contexts, 3 slots; NULL beyond the last. */
static inline const char *care_pack_name(const care_pack *pack, uint32_t kind, uint32_t index) {
    care_signal_info signal = {};
    signal.size = sizeof signal;
    care_rule_info rule = {};
    rule.size = sizeof rule;
    switch (kind) {
    case 0: return care_pack_signal(pack, index, &signal) == CARE_OK ? signal.id : nullptr;
    case 1: return care_pack_rule(pack, index, &rule) == CARE_OK ? rule.name : nullptr;
    case 2: return care_pack_context_name(pack, index);
    default: return care_pack_slot_name(pack, index);
    }
}

/* pack_names(pack, kind): an array of strings. */
static inline Napi::Value care_pack_names(const Napi::CallbackInfo &info) {
    napi_env env = info.Env();
    const care_pack *pack = static_cast<const care_pack *>(care_object_of(env, info[0], CARE_KIND_PACK, "pack"));
    uint32_t kind = 0;
    napi_value list, string;
    if (!pack || napi_get_value_uint32(env, info[1], &kind) != napi_ok || napi_create_array(env, &list) != napi_ok) return Napi::Value();
    const char *name;
    for (uint32_t i = 0; (name = care_pack_name(pack, kind, i)); i++) {
        if (napi_create_string_utf8(env, name, NAPI_AUTO_LENGTH, &string) != napi_ok || napi_set_element(env, list, i, string) != napi_ok)
            return Napi::Value();
    }
    return Napi::Value(env, list);
}

/* start(fail): called once in each environment with the function that throws errors; gives the array in which findings cross. */
static inline Napi::Value care_start(const Napi::CallbackInfo &info) {
    napi_env env = info.Env();
    care_environment *environment = care_environment_of(env);
    if (!environment || environment->fail) return Napi::Value();
    napi_create_reference(env, info[0], 1, &environment->fail);
    napi_value words = nullptr;
    if (!care_words_reserve(env, environment, 1, &words)) care_throw_error(env, CARE_E_MEMORY, nullptr, nullptr);
    return Napi::Value(env, words);
}

#endif
