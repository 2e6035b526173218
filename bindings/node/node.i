/* node.i - how each kind of argument crosses between JavaScript and C.
 *
 * Every typemap calls Node-API itself: SWIG's own would coerce, take null for a string, or build an object a call. What a call
 * holds (an analyzer, a handle being made) is in a C++ object that gives it back however the call ends. */

%{
#include "batch.h"
#include "box.h"
#include "call.h"
#include "names.h"
#include "source.h"
#include "text.h"
#include "words.h"
#include "work.h"
%}

/* ---- Statuses and errors ---- */

%typemap(out) care_status {
    if ($1 != CARE_OK) {
        care_throw_status(env, $1);
        SWIG_fail;
    }
}

%typemap(in, numinputs=0) care_error *error {
    $1 = &care_environment_of(env)->error;
}

%typemap(in, numinputs=0) care_problems **problems (care_listed listed) {
    listed.environment = care_environment_of(env);
    $1 = &listed.environment->problems;
}

/* On success, the notes come beside what was made. */
%typemap(argout) care_problems **problems {
    napi_value both = care_made_with_notes(env, $result, *$1);
    if (!both) SWIG_fail;
    $result = Napi::Value(env, both);
}

/* ---- Handles ---- */

%define CARE_MADE(type, kind_name, bytes_held)
%typemap(in, numinputs=0) type **made (care_making making) {
    care_environment *environment = care_environment_of(env);
    making.box = care_box_new(environment, kind_name);
    if (!making.box) {
        care_throw_error(env, CARE_E_MEMORY, nullptr, nullptr);
        SWIG_fail;
    }
    environment->allocator = kind_name == CARE_KIND_PACK ? nullptr : &making.box->allocator;
    $1 = reinterpret_cast<type **>(&making.object);
}
%typemap(argout) type **made {
    napi_value made = making$argnum.give(env, bytes_held);
    if (!made) {
        care_throw_error(env, CARE_E_MEMORY, nullptr, nullptr);
        SWIG_fail;
    }
    $result = Napi::Value(env, made);
}
%enddef
CARE_MADE(care_pack, CARE_KIND_PACK, care_pack_held(*$1, "$symname"))
CARE_MADE(care_analyzers, CARE_KIND_ANALYZERS, 0)
CARE_MADE(care_conversation, CARE_KIND_CONVERSATION, 0)

%typemap(in, numinputs=0) const care_allocator *none {
    $1 = const_cast<care_allocator *>(care_environment_of(env)->allocator);
}

%typemap(in) care_pack *, const care_pack * {
    $1 = care_pack_of(env, $input, "$1_name");
    if (!$1) SWIG_fail;
}

%typemap(in) const care_pack *base {
    $1 = nullptr;
    if (!$input.IsNull() && !$input.IsUndefined()) {
        $1 = static_cast<care_pack *>(care_object_of(env, $input, CARE_KIND_PACK, "$1_name"));
        if (!$1) SWIG_fail;
    }
}

%typemap(in) care_conversation * {
    $1 = static_cast<care_conversation *>(care_object_of(env, $input, CARE_KIND_CONVERSATION, "$1_name"));
    if (!$1) SWIG_fail;
}

%typemap(in) care_analyzer *analyzer (care_taken taken) {
    if (!taken.take(env, $input, "$1_name")) SWIG_fail;
    $1 = taken.analyzer;
}

%typemap(in, numinputs=0) care_environment *environment {
    $1 = care_environment_of(env);
}

%typemap(in) care_box *handle {
    void *data = nullptr;
    if (napi_get_value_external(env, $input, &data) != napi_ok || static_cast<care_box *>(data)->mark != care_box_mark) {
        care_throw_type(env, "$1_name", "a handle", $input);
        SWIG_fail;
    }
    $1 = static_cast<care_box *>(data);
}

/* ---- Texts, bytes, numbers ---- */

%typemap(in) care_text text {
    if (!care_read_text(env, $input, "$1_name", &care_environment_of(env)->text, &$1)) SWIG_fail;
}

%typemap(in) (const void *bytes, size_t length) {
    napi_typedarray_type type;
    size_t length;
    void *bytes;
    if (napi_get_typedarray_info(env, $input, &type, &length, &bytes, nullptr, nullptr) != napi_ok || type != napi_uint8_array) {
        care_throw_type(env, "$1_name", "a Buffer or Uint8Array", $input);
        SWIG_fail;
    }
    $1 = bytes ? bytes : const_cast<char *>(""); /* an empty one may have no address */
    $2 = length;
}

%typemap(in) (const care_source *sources, size_t count) (care_sources sources) {
    if (!sources.read(env, $input)) SWIG_fail;
    $1 = sources.list;
    $2 = sources.count;
}

%typemap(in) int32_t {
    if (napi_get_value_int32(env, $input, &$1) != napi_ok) {
        care_throw_type(env, "$1_name", "a number", $input);
        SWIG_fail;
    }
}

%typemap(in) uint32_t {
    if (napi_get_value_uint32(env, $input, &$1) != napi_ok) {
        care_throw_type(env, "$1_name", "a number", $input);
        SWIG_fail;
    }
}

%typemap(in) care_columns columns {
    if (!care_read_columns(env, $input, "$1_name", &$1)) SWIG_fail;
}

/* ---- What comes back ---- */

%typemap(in, numinputs=0) care_result *result (care_result found), care_result *batch (care_result found) {
    found = {};
    found.size = sizeof found;
    $1 = &found;
}

%typemap(argout) care_result *result {
    $result = Napi::Value(env, care_words_give(env, care_environment_of(env), $1, info[2]));
}

%typemap(argout) care_result *batch {
    napi_value words = care_words_new(env, $1);
    if (!words) SWIG_fail;
    $result = Napi::Value(env, words);
}

%define CARE_INFO(type, convert)
%typemap(in, numinputs=0) type *info (type filled) {
    filled = {};
    filled.size = sizeof filled;
    $1 = &filled;
}
%typemap(argout) type *info {
    $result = Napi::Value(env, convert(env, $1));
}
%enddef
CARE_INFO(care_pack_info, care_describe_pack)
CARE_INFO(care_signal_info, care_describe_signal)
CARE_INFO(care_rule_info, care_describe_rule)

%typemap(out) const char * {
    $result = $1 ? Napi::Value(env, Napi::String::New(env, $1)) : env.Null();
}

%typemap(in, numinputs=0) size_t *length (size_t length) {
    length = 0;
    $1 = &length;
}
%typemap(out) const void * ""
%typemap(argout) size_t *length {
    $result = Napi::Buffer<uint8_t>::Copy(env, static_cast<const uint8_t *>(result), *$1);
}

%typemap(out) void ""

/* ---- Of this binding alone ---- */

%rename(analyze_batch) care_analyze_joined;
care_status care_analyze_joined(care_environment *environment, care_analyzer *analyzer, uint32_t options, care_text text, care_columns columns, care_result *batch, care_error *error);

%rename(close) care_box_close;
void care_box_close(care_box *handle);

%native(analyze_later) Napi::Value care_analyze_later(const Napi::CallbackInfo &info);
%native(pack_names) Napi::Value care_pack_names(const Napi::CallbackInfo &info);
%native(start) Napi::Value care_start(const Napi::CallbackInfo &info);

/* ---- Our record of the environment takes the place of SWIG's ---- */

%init %{
#undef NODE_API_MODULE
#define NODE_API_MODULE(name, initialize)                                                                                     \
    static napi_value care_initialize(napi_env env, napi_value exports) {                                                     \
        napi_value made = Napi::RegisterModule(env, exports, initialize);                                                     \
        delete Napi::Env(env).GetInstanceData<EnvInstanceData>();                                                             \
        return care_environment_make(env) && care_calls_add(env, made) ? made : nullptr;                                                                   \
    }                                                                                                                         \
    NAPI_MODULE(name, care_initialize)
%}

#ifdef CARE_BENCH
%include "bench.i"
#endif
