/* source.h - files of pack text cross as one array: a name, a text, a name, a text ... */
#ifndef CARE_NODE_SOURCE_H
#define CARE_NODE_SOURCE_H

#include "error.h"

/* A string as UTF-8, NUL-terminated, to be freed; NULL, and an exception pending, where it is no string or there is no memory. */
static inline char *care_copy_utf8(napi_env env, napi_value value, const char *argument, size_t *length) {
    if (napi_get_value_string_utf8(env, value, nullptr, 0, length) != napi_ok) {
        care_throw_type(env, argument, "a string", value);
        return nullptr;
    }
    char *copy = static_cast<char *>(malloc(*length + 1));
    if (!copy) {
        care_throw_error(env, CARE_E_MEMORY, nullptr, nullptr);
        return nullptr;
    }
    if (napi_get_value_string_utf8(env, value, copy, *length + 1, length) == napi_ok) return copy;
    free(copy);
    return nullptr;
}

struct care_sources {
    care_source *list = nullptr;
    size_t count = 0;

    ~care_sources() {
        for (size_t i = 0; i < count; i++) {
            free(const_cast<char *>(list[i].file));
            free(const_cast<char *>(list[i].text));
        }
        free(list);
    }

    bool read(napi_env env, napi_value array) {
        uint32_t length = 0;
        if (napi_get_array_length(env, array, &length) != napi_ok || length % 2) {
            care_throw_type(env, "sources", "an array of names and texts", array);
            return false;
        }
        list = static_cast<care_source *>(calloc(length / 2 + 1, sizeof *list));
        if (!list) {
            care_throw_error(env, CARE_E_MEMORY, nullptr, nullptr);
            return false;
        }
        while (count < length / 2) {
            uint32_t index = static_cast<uint32_t>(2 * count);
            napi_value file, text;
            size_t name_length, text_length;
            if (napi_get_element(env, array, index, &file) != napi_ok) return false;
            if (napi_get_element(env, array, index + 1, &text) != napi_ok) return false;
            care_source *source = &list[count++];
            source->file = care_copy_utf8(env, file, "file", &name_length);
            if (!source->file) return false;
            source->text = care_copy_utf8(env, text, "text", &text_length);
            if (!source->text) return false;
            source->length = text_length;
        }
        return true;
    }
};

/* The problems of the call that is running, freed at its end, after they were thrown. */
struct care_listed {
    care_environment *environment = nullptr;

    ~care_listed() {
        if (!environment) return;
        care_problems_free(environment->problems);
        environment->problems = nullptr;
    }
};

/* { pack, notes }; NULL, and an exception pending, without memory. */
static inline napi_value care_made_with_notes(napi_env env, napi_value pack, const care_problems *problems) {
    napi_value both, notes = care_list_problems(env, problems);
    if (notes && napi_create_object(env, &both) == napi_ok && napi_set_named_property(env, both, "pack", pack) == napi_ok &&
        napi_set_named_property(env, both, "notes", notes) == napi_ok)
        return both;
    care_throw_error(env, CARE_E_MEMORY, nullptr, nullptr);
    return nullptr;
}

#endif
