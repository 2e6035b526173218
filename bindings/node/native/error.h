/* error.h - a status that is not CARE_OK becomes an exception, made and thrown by the layer's function `fail`. */
#ifndef CARE_NODE_ERROR_H
#define CARE_NODE_ERROR_H

#include "environment.h"

#include <stdio.h>

static inline void care_set_string(napi_env env, napi_value object, const char *name, const char *text) {
    napi_value value;
    if (!text) text = "";
    if (napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &value) == napi_ok) napi_set_named_property(env, object, name, value);
}

static inline void care_set_number(napi_env env, napi_value object, const char *name, double number) {
    napi_value value;
    if (napi_create_double(env, number, &value) == napi_ok) napi_set_named_property(env, object, name, value);
}

/* A list of {severity, status, file, line, column, message}; empty where nothing was listed. */
static inline napi_value care_list_problems(napi_env env, const care_problems *problems) {
    napi_value list;
    size_t count = care_problems_count(problems);
    if (napi_create_array_with_length(env, count, &list) != napi_ok) return nullptr;
    for (size_t i = 0; i < count; i++) {
        care_problem problem = {};
        problem.size = sizeof problem;
        napi_value entry;
        if (care_problems_get(problems, i, &problem) != CARE_OK || napi_create_object(env, &entry) != napi_ok) return nullptr;
        care_set_string(env, entry, "severity", problem.severity == CARE_SEVERITY_NOTE ? "note" : "error");
        care_set_string(env, entry, "code", care_status_name(problem.status));
        care_set_string(env, entry, "file", problem.file);
        care_set_number(env, entry, "line", problem.line);
        care_set_number(env, entry, "column", problem.column);
        care_set_string(env, entry, "message", problem.message);
        napi_set_element(env, list, static_cast<uint32_t>(i), entry);
    }
    return list;
}

/* Leaves an exception pending; `error` may be NULL. */
static inline void care_throw_error(napi_env env, care_status status, const care_error *error, const care_problems *problems) {
    care_environment *environment = care_environment_of(env);
    napi_value details, fail, undefined, ignored;
    const char *message = error && error->message[0] ? error->message : care_status_message(status);
    if (environment && environment->fail && napi_get_reference_value(env, environment->fail, &fail) == napi_ok && fail &&
        napi_create_object(env, &details) == napi_ok && napi_get_undefined(env, &undefined) == napi_ok) {
        care_set_string(env, details, "code", care_status_name(status));
        care_set_string(env, details, "message", message);
        care_set_string(env, details, "file", error ? error->file : "");
        care_set_number(env, details, "line", error ? error->line : 0);
        care_set_number(env, details, "column", error ? error->column : 0);
        care_set_number(env, details, "offset", error ? static_cast<double>(error->offset) : 0);
        napi_value list = care_list_problems(env, problems);
        if (list) napi_set_named_property(env, details, "problems", list);
        napi_call_function(env, undefined, fail, 1, &details, &ignored);
        return;
    }
    napi_throw_error(env, care_status_name(status), message);
}

/* The same for the call that is running, whose error and problems the environment holds. */
static inline void care_throw_status(napi_env env, care_status status) {
    care_environment *environment = care_environment_of(env);
    if (!environment) return;
    care_error error = environment->error;
    environment->error.status = CARE_OK;
    environment->error.message[0] = 0;
    care_throw_error(env, status, error.status == status ? &error : nullptr, environment->problems);
}

/* Whether it is Node's own kind of typed array. */
static inline bool care_is_node_buffer(napi_env env, napi_value value) {
    napi_value global, constructor;
    napi_valuetype type;
    bool is = false;
    return napi_get_global(env, &global) == napi_ok && napi_get_named_property(env, global, "Buffer", &constructor) == napi_ok &&
           napi_typeof(env, constructor, &type) == napi_ok && type == napi_function &&
           napi_instanceof(env, value, constructor, &is) == napi_ok && is;
}

/* What a value is, for messages: "null", "a number" ..., in the words of lib/error.js. */
static inline const char *care_kind_of(napi_env env, napi_value value) {
    static const char *const names[] = {"undefined", "null", "a boolean", "a number", "a string", "a symbol", "an object", "a function",
                                        "an external", "a bigint"};
    napi_valuetype type = napi_undefined;
    double number = 0;
    bool is = false;
    napi_typeof(env, value, &type);
    if (type == napi_object && napi_is_array(env, value, &is) == napi_ok && is) return "an array";
    if (type == napi_object && napi_is_buffer(env, value, &is) == napi_ok && is)
        return care_is_node_buffer(env, value) ? "a Buffer" : "a typed array";
    if (type == napi_number && napi_get_value_double(env, value, &number) == napi_ok && number != number) return "NaN";
    return static_cast<size_t>(type) < sizeof names / sizeof *names ? names[type] : "something else";
}

/* Leaves a TypeError pending: "text must be a string, not null". */
static inline void care_throw_type(napi_env env, const char *argument, const char *expected, napi_value value) {
    char message[160];
    snprintf(message, sizeof message, "%s must be %s, not %s", argument, expected, care_kind_of(env, value));
    napi_throw_type_error(env, "ERR_INVALID_ARG_TYPE", message);
}

#endif
