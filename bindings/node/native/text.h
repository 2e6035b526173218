/* text.h - a string crosses as UTF-16 into memory of the environment that the next call uses again. */
#ifndef CARE_NODE_TEXT_H
#define CARE_NODE_TEXT_H

#include "error.h"

#include "calls.h"

/* Room for `count` units and the terminator that Node-API writes. */
static inline bool care_units_reserve(care_units *self, size_t count) {
    if (self->room > count) return true;
    size_t room = count < 4095 ? 4096 : count + 1;
    char16_t *units = static_cast<char16_t *>(realloc(self->units, room * sizeof *units));
    if (!units) return false;
    self->units = units;
    self->room = room;
    return true;
}

/* The string's units and their number; false, and an exception pending, where it is no string or there is no memory. */
static inline bool care_read_units(napi_env env, napi_value value, const char *argument, care_units *units, size_t *count) {
    if (!care_units_reserve(units, 0)) {
        care_throw_error(env, CARE_E_MEMORY, nullptr, nullptr);
        return false;
    }
    if (napi_get_value_string_utf16(env, value, units->units, units->room, count) != napi_ok) {
        care_throw_type(env, argument, "a string", value);
        return false;
    }
    if (*count + 1 < units->room) return true;
    if (napi_get_value_string_utf16(env, value, nullptr, 0, count) != napi_ok) return false;
    if (!care_units_reserve(units, *count)) {
        care_throw_error(env, CARE_E_MEMORY, nullptr, nullptr);
        return false;
    }
    return napi_get_value_string_utf16(env, value, units->units, units->room, count) == napi_ok;
}

static inline bool care_read_text(napi_env env, napi_value value, const char *argument, care_units *units, care_text *text) {
    size_t count = 0;
    if (!care_read_units(env, value, argument, units, &count)) return false;
    text->bytes = reinterpret_cast<const char *>(units->units);
    text->length = count;
    text->flags = CARE_TURN_UTF16;
    text->unit = CARE_UNIT_UTF16;
    if (count * sizeof(char16_t) > care_keep_bytes) care_environment_of(env)->giant = true;
    return true;
}

/* undefined and null are no text. */
static inline bool care_read_optional_text(napi_env env, napi_value value, const char *argument, care_units *units, care_text *text) {
    napi_valuetype type;
    text->bytes = nullptr;
    if (napi_typeof(env, value, &type) != napi_ok) return false;
    return type == napi_undefined || type == napi_null || care_read_text(env, value, argument, units, text);
}

#endif
