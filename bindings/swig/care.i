/* care.i - the interface that SWIG turns into the low-level module of each language.
 *
 * It names calls of the public C API (and the few in calls.h that a script needs in another shape); the language's own file,
 * included first, says by typemaps how each kind of argument crosses. The argument names below are what the typemaps go by:
 *
 *   care_pack **made, care_analyzers **made, care_conversation **made      a new handle, returned
 *   care_pack *, care_conversation *                                       a handle; `base` may be none
 *   care_analyzer *analyzer                                                one of a handle's analyzers, until the call's end
 *   care_text text                                                         a string
 *   const void *bytes, size_t length                                       bytes
 *   const care_source *sources, size_t count                               a list of names and texts
 *   care_result *result, care_pack_info *info ...                          returned
 *   care_problems **problems, care_error *error                            thrown, when the status is not CARE_OK
 *
 * The module is not for users: the hand-written layer over it is. */
%module care

%{
#include <stdint.h>
#include <string.h>

#include <care/compile.h>

#include "analyzers.h"
#include "calls.h"
%}

typedef int int32_t;
typedef unsigned int uint32_t;
typedef int32_t care_status;

#if defined(SWIGPYTHON)
%include "python.i"
#elif defined(SWIGJAVASCRIPT)
%include "node.i"
#endif

%rename("%(strip:[care_])s") "";

/* ---- Packs ---- */

care_status care_pack_english(care_pack **made, const care_allocator *none);
care_status care_pack_load(care_pack **made, const void *bytes, size_t length, const care_allocator *none, care_error *error);
care_status care_pack_compile(care_pack **made, const care_source *sources, size_t count, const care_pack *base, const care_allocator *none, care_problems **problems, care_error *error);
care_status care_pack_compose(care_pack **made, const care_pack *base, const care_pack *overlay, const care_allocator *none, care_problems **problems, care_error *error);
const void *care_pack_bytes(const care_pack *pack, size_t *length);
care_status care_pack_get_info(const care_pack *pack, care_pack_info *info);
care_status care_pack_signal(const care_pack *pack, uint32_t signal, care_signal_info *info);
care_status care_pack_rule(const care_pack *pack, uint32_t rule, care_rule_info *info);
const char *care_pack_context_name(const care_pack *pack, uint32_t index);
const char *care_pack_slot_name(const care_pack *pack, uint32_t index);
const char *care_pack_reason_name(const care_pack *pack, uint32_t reason);

/* ---- Analyzers; their calls of one text, of which a script makes most, are each language's own, without SWIG ---- */

care_status care_analyzers_new(care_analyzers **made, care_pack *pack, const care_allocator *none);

/* ---- Conversations ---- */

care_status care_conversation_new(care_conversation **made, care_pack *pack, const care_allocator *none, care_error *error);
care_status care_feed_text(care_conversation *conversation, care_analyzer *analyzer, uint32_t options, care_text text, int32_t role, int32_t channel, care_result *result, care_error *error);
care_status care_preview_text(care_conversation *conversation, care_analyzer *analyzer, uint32_t options, care_text text, int32_t role, int32_t channel, care_result *result, care_error *error);

/* ---- Names ---- */

const char *care_status_name(care_status status);
const char *care_status_message(care_status status);
const char *care_role_name(int32_t number);
const char *care_channel_name(int32_t number);
const char *care_version(void);
