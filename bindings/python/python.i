/* python.i - how each kind of argument in care.i crosses into Python.
 *
 * Handles are capsules. A call of one text keeps what it needs to know until its result is made in `call`, a local of the
 * wrapper; the functions beside it (src/call.c) do the work. Failures raise in three steps, as SWIG visits the arguments: the
 * status gives the exception, and the error and the problems, if the function has them, add what they know. */

%{
#include "binding.h"
%}

%init %{
    if (PyInterpreterState_GetID(PyInterpreterState_Get()) != 0) {
        PyErr_SetString(PyExc_ImportError, "care does not support subinterpreters: import it in the main interpreter only");
        return -1;
    }
    if (!finding_make_types(m) || !analyzer_make_type(m)) return -1;
%}

/* ---- Handles ---- */

%typemap(in) care_pack *, const care_pack * {
    $1 = handle_pack($input);
    if (!$1) SWIG_fail;
}
%typemap(in) const care_pack *base {
    $1 = NULL;
    if ($input != Py_None && !($1 = handle_pack($input))) SWIG_fail;
}
%typemap(in, numinputs=0) const care_allocator *none { $1 = NULL; }

%typemap(in, numinputs=0) care_pack **made (care_pack *made), care_analyzers **made (care_analyzers *made), care_conversation **made (care_conversation *made) {
    made = NULL;
    $1 = &made;
}
%typemap(argout) care_pack **made { if (!($result = handle_of_pack(*$1))) SWIG_fail; }
%typemap(argout) care_analyzers **made { if (!($result = handle_of_analyzers(*$1))) SWIG_fail; }
%typemap(argout) care_conversation **made { if (!($result = handle_of_conversation(*$1))) SWIG_fail; }

/* ---- One call of one text ---- */

%typemap(arginit, noblock=1) care_analyzer *analyzer { text_call call = {0}; }
%typemap(in) care_analyzer *analyzer {
    if (!call_take_analyzer(&call, $input, handle_analyzers($input))) SWIG_fail;
    $1 = call.analyzer;
}
%typemap(freearg) care_analyzer *analyzer { call_end(&call); }
%typemap(in) care_conversation *conversation {
    if (!call_take_conversation(&call, $input)) SWIG_fail;
    $1 = call.conversation->conversation;
}
%typemap(in) care_text text { if (!call_take_text(&call, $input, &$1)) SWIG_fail; }
%typemap(in) int32_t role { if (($1 = text_role($input)) < 0) SWIG_fail; }
%typemap(in) int32_t channel { if (($1 = text_channel($input)) < 0) SWIG_fail; }

%typemap(in, numinputs=0) care_result *result (care_result found) {
    found.size = sizeof found;
    $1 = &found;
}
%typemap(argout) care_result *result {
    $result = options & 1u << CARE_OPTION_SUPPRESSED ? call_suppressed(&call, $1) : call_findings(&call, $1);
    if (!$result) SWIG_fail;
}
%typemap(arginit, noblock=1) uint32_t options { uint32_t options = 0; }
%typemap(in) uint32_t options {
    options = (uint32_t)PyLong_AsUnsignedLong($input);
    if (PyErr_Occurred()) SWIG_fail;
    $1 = options;
}

%define OF_ONE_TEXT(name)
%exception name {
    call_leave(&call);
    $action
    call_return(&call);
}
%enddef
OF_ONE_TEXT(care_feed_text)
OF_ONE_TEXT(care_preview_text)

/* ---- Packs ---- */

%define UNLOCKED(name)
%exception name {
    Py_BEGIN_ALLOW_THREADS
    $action
    Py_END_ALLOW_THREADS
}
%enddef
UNLOCKED(care_pack_load)
UNLOCKED(care_pack_compile)
UNLOCKED(care_pack_compose)

%typemap(in) (const void *bytes, size_t length) (Py_buffer view = {0}) {
    if (PyObject_GetBuffer($input, &view, PyBUF_SIMPLE) < 0) SWIG_fail;
    $1 = view.buf ? view.buf : ""; /* an empty buffer may have no address, and is a truncated pack */
    $2 = (size_t)view.len;
}
%typemap(freearg) (const void *bytes, size_t length) { PyBuffer_Release(&view$argnum); }
%typemap(in) (const care_source *sources, size_t count) (care_source *sources = NULL, size_t count = 0) {
    if (!info_read_sources($input, &sources, &count)) SWIG_fail;
    $1 = sources;
    $2 = count;
}
%typemap(freearg) (const care_source *sources, size_t count) { PyMem_Free(sources$argnum); }

%typemap(out) const void * { $result = NULL; }
%typemap(in, numinputs=0) size_t *length (size_t length = 0) { $1 = &length; }
%typemap(argout) size_t *length { if (!($result = PyBytes_FromStringAndSize(result, (Py_ssize_t)*$1))) SWIG_fail; }

%typemap(in, numinputs=0) care_pack_info *info (care_pack_info info), care_signal_info *info (care_signal_info info), care_rule_info *info (care_rule_info info) {
    info.size = sizeof info;
    $1 = &info;
}
%typemap(argout) care_pack_info *info { if (!($result = info_of_pack($1))) SWIG_fail; }
%typemap(argout) care_signal_info *info { if (!($result = info_of_signal($1))) SWIG_fail; }
%typemap(argout) care_rule_info *info { if (!($result = info_of_rule($1))) SWIG_fail; }

/* ---- Failures ---- */

%typemap(out) care_status {
    if ($1 != CARE_OK) {
        raise_status($1);
        SWIG_fail;
    }
}
%typemap(in, numinputs=0) care_error *error (care_error error) {
    error.size = sizeof error;
    error.status = CARE_OK;
    $1 = &error;
}
%typemap(freearg) care_error *error { if ($1->status != CARE_OK) raise_add_error($1); }
%typemap(in, numinputs=0) care_problems **problems (care_problems *problems = NULL) { $1 = &problems; }
%typemap(argout) care_problems **problems {
    PyObject *notes = raise_list_problems(*$1);
    if (!notes || !($result = Py_BuildValue("(NN)", $result, notes))) SWIG_fail;
}
%typemap(freearg) care_problems **problems {
    if (*$1 && PyErr_Occurred()) raise_add_problems(*$1);
    care_problems_free(*$1);
}

/* ---- Batches, and what is no call of the C library ---- */

%native(job_open) PyObject *job_open(PyObject *self, PyObject *args);
%native(job_set) PyObject *job_set(PyObject *self, PyObject *args);
%native(job_length) PyObject *job_length(PyObject *self, PyObject *args);
%native(job_cut) PyObject *job_cut(PyObject *self, PyObject *args);
%native(job_names) PyObject *job_names(PyObject *self, PyObject *args);
%native(job_conversations) PyObject *job_conversations(PyObject *self, PyObject *args);
%native(chunk_run) PyObject *chunk_run(PyObject *self, PyObject *args);
%native(chunk_findings) PyObject *chunk_findings(PyObject *self, PyObject *args);
%native(columns_read) PyObject *columns_read(PyObject *self, PyObject *args);
%native(columns_wide) PyObject *columns_wide(PyObject *self, PyObject *args);
%native(columns_counts) PyObject *columns_counts(PyObject *self, PyObject *args);
%native(conversation_close) PyObject *conversation_close(PyObject *self, PyObject *args);

/* ---- To measure against: SWIG's wrappers of the call of one text, and of one that does nothing ---- */

#ifdef CARE_BENCH
%typemap(in) care_text previous { if (!call_take_previous(&call, $input, &$1)) SWIG_fail; }
OF_ONE_TEXT(care_analyze_text)
%rename(swig_text) care_analyze_text;
care_status care_analyze_text(care_analyzer *analyzer, uint32_t options, care_text text, int32_t role, int32_t channel, care_text previous, care_result *result, care_error *error);
%native(library_clock) PyObject *bench_clock(PyObject *self, PyObject *args);
%native(library_time) PyObject *bench_time(PyObject *self, PyObject *args);
%rename(nothing) care_nothing;
%inline %{
static void care_nothing(care_analyzer *analyzer, uint32_t options, care_text text, int32_t role, int32_t channel, care_text previous) {
    (void)analyzer, (void)options, (void)text, (void)role, (void)channel, (void)previous;
}
%}
#endif
