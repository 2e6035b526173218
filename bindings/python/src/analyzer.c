/* analyzer.c - the calls of one text, as methods of the class that care.Analyzer derives from, by the same steps of call.c that
 * SWIG's wrappers of conversations go: a wrapper takes its arguments in a tuple and needs a Python function around it for names and
 * defaults, and the two cost more than all the rest. */
#include "binding.h"

typedef struct analyzer {
    PyObject_HEAD
    PyObject *handle;
    analyzer_set *set;
} analyzer;

#define EVIDENCE (1u << CARE_OPTION_EVIDENCE)
#define SUPPRESSED (1u << CARE_OPTION_SUPPRESSED)

/* ---- Arguments ---- */

/* Puts arguments, by place or by name, into `found`, of which the first must be there. */
static bool read_arguments(PyObject *const *args, Py_ssize_t count, PyObject *keywords, const char *method, const char *const *names,
                           Py_ssize_t most, PyObject **found) {
    if (count > most) {
        PyErr_Format(PyExc_TypeError, "%s() takes at most %zd arguments (%zd given)", method, most, count);
        return false;
    }
    for (Py_ssize_t i = 0; i < count; i++) found[i] = args[i];
    for (Py_ssize_t k = 0; keywords && k < PyTuple_Size(keywords); k++) {
        PyObject *name = PyTuple_GetItem(keywords, k);
        Py_ssize_t i = 0;
        while (i < most && PyUnicode_CompareWithASCIIString(name, names[i])) i++;
        if (i == most || found[i]) {
            PyErr_Format(PyExc_TypeError,
                         i == most ? "%s() got an unexpected keyword argument '%U'" : "%s() got multiple values for argument '%U'", method,
                         name);
            return false;
        }
        found[i] = args[count + k];
    }
    if (!found[0]) PyErr_Format(PyExc_TypeError, "%s() missing its argument 'text'", method);
    return found[0] != NULL;
}

static const char *const analyze_names[] = {"text", "role", "previous", "channel"};
static const char *const ask_names[] = {"text", "question"};

/* ---- Calls ---- */

static void raise_failure(care_status status, const care_error *error) {
    raise_status(status);
    if (error->status != CARE_OK) raise_add_error(error);
}

static bool begin(text_call *call, analyzer *self, PyObject *text_object, PyObject *previous_object, care_text *text, care_text *previous) {
    if (!self->handle) return raise_state("an analyzer whose __init__ was not called");
    return call_take_analyzer(call, self->handle, self->set) && call_take_text(call, text_object, text) &&
           call_take_previous(call, previous_object ? previous_object : Py_None, previous);
}

static PyObject *analyze(analyzer *self, uint32_t options, PyObject *const *args, Py_ssize_t count, PyObject *keywords,
                         const char *method) {
    PyObject *found[4] = {NULL}, *made = NULL;
    if (!read_arguments(args, count, keywords, method, analyze_names, 4, found)) return NULL;
    int32_t role = found[1] ? text_role(found[1]) : CARE_ROLE_AGENT;
    int32_t channel = found[3] ? text_channel(found[3]) : CARE_CHANNEL_UNKNOWN;
    if (role < 0 || channel < 0) return NULL;
    text_call call = {0};
    care_text text, previous;
    if (begin(&call, self, found[0], found[2], &text, &previous)) {
        care_result result;
        care_error error;
        result.size = sizeof result;
        error.size = sizeof error;
        error.status = CARE_OK;
        call_leave(&call);
        care_status status = care_analyze_text(call.analyzer, options, text, role, channel, previous, &result, &error);
        call_return(&call);
        if (status != CARE_OK) raise_failure(status, &error);
        else made = options & SUPPRESSED ? call_suppressed(&call, &result) : call_findings(&call, &result);
    }
    call_end(&call);
    return made;
}

static PyObject *ask(analyzer *self, int32_t question, PyObject *text_object, PyObject *previous_object) {
    PyObject *made = NULL;
    text_call call = {0};
    care_text text, previous;
    if (begin(&call, self, text_object, previous_object, &text, &previous)) {
        care_error error;
        error.size = sizeof error;
        error.status = CARE_OK;
        int32_t yes;
        call_leave(&call);
        care_status status =
            care_ask_text(call.analyzer, 0, question, text, question == CARE_QUESTION_TEPID ? CARE_ROLE_CUSTOMER : CARE_ROLE_AGENT,
                          CARE_CHANNEL_UNKNOWN, previous, &yes, &error);
        call_return(&call);
        if (status != CARE_OK) raise_failure(status, &error);
        else made = PyBool_FromLong(yes);
    }
    call_end(&call);
    return made;
}

static PyObject *ask_agent(PyObject *self, int32_t question, PyObject *const *args, Py_ssize_t count, PyObject *keywords,
                           const char *method) {
    PyObject *found[1] = {NULL};
    if (!read_arguments(args, count, keywords, method, ask_names, 1, found)) return NULL;
    return ask((analyzer *)self, question, found[0], NULL);
}

static PyObject *analyzer_analyze(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *keywords) {
    return analyze((analyzer *)self, EVIDENCE, args, count, keywords, "analyze");
}

static PyObject *analyzer_suppressed(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *keywords) {
    return analyze((analyzer *)self, EVIDENCE | SUPPRESSED, args, count, keywords, "suppressed");
}

static PyObject *analyzer_has_apology(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *keywords) {
    return ask_agent(self, CARE_QUESTION_APOLOGY, args, count, keywords, "has_apology");
}

static PyObject *analyzer_has_excuse(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *keywords) {
    return ask_agent(self, CARE_QUESTION_EXCUSE, args, count, keywords, "has_excuse");
}

static PyObject *analyzer_has_empathy(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *keywords) {
    return ask_agent(self, CARE_QUESTION_EMPATHY, args, count, keywords, "has_empathy");
}

static PyObject *analyzer_is_tepid(PyObject *self, PyObject *const *args, Py_ssize_t count, PyObject *keywords) {
    PyObject *found[2] = {NULL};
    if (!read_arguments(args, count, keywords, "is_tepid", ask_names, 2, found)) return NULL;
    return ask((analyzer *)self, CARE_QUESTION_TEPID, found[0], found[1]);
}

/* ---- The type ---- */

static PyObject *analyzer_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    (void)args, (void)keywords;
    return PyType_GenericAlloc(type, 0);
}

/* _open(handle): to be called before anything else. */
static PyObject *analyzer_open(PyObject *object, PyObject *handle) {
    analyzer *self = (analyzer *)object;
    analyzer_set *set = handle_analyzers(handle);
    if (!set) return NULL;
    if (self->handle) return raise_state("an analyzer is opened once");
    Py_INCREF(handle);
    self->handle = handle;
    self->set = set;
    Py_INCREF(Py_None);
    return Py_None;
}

static PyObject *analyzer_handle(PyObject *object, void *none) {
    (void)none;
    PyObject *handle = ((analyzer *)object)->handle;
    if (!handle) return raise_state("an analyzer whose __init__ was not called");
    Py_INCREF(handle);
    return handle;
}

static void analyzer_dealloc(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    Py_XDECREF(((analyzer *)object)->handle);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
    Py_DECREF(type);
}

#define METHOD(name, signature, doc)                                                                                                       \
    { #name, (PyCFunction)(void (*)(void))analyzer_##name, METH_FASTCALL | METH_KEYWORDS, #name signature "\n--\n\n" doc }
#define OF_ANALYZE "($self, /, text, role='agent', previous=None, channel=None)"

static PyMethodDef methods[] = {
    METHOD(analyze, OF_ANALYZE,
           "What is found in a text, as a list of Finding in the text's order.\n"
           "\n"
           "`text` is a str, and offsets count its code points, or bytes (bytearray, memoryview) of UTF-8, and they count bytes:\n"
           "text[finding.start:finding.end] is finding.text. `role` is who says it, one of care.ROLES; `previous` what the other side\n"
           "said just before, if anything; `channel` one of care.CHANNELS.\n"
           "\n"
           "Raises TypeError for a text of another type, ValueError for an unknown name, CareError with the code \"limit\" for more\n"
           "than 2 GiB.\n"
           "\n"
           ">>> import care\n"
           ">>> [finding] = care.analyze(\"D\\u00e9sol\\u00e9 ... I'm sorry about that.\")\n"
           ">>> finding.signal, finding.start, finding.end, finding.text\n"
           "('apology.regret', 11, 31, \"I'm sorry about that\")\n"
           ">>> [piece.rule for piece in finding.evidence] == [finding.rule]\n"
           "True\n"
           ">>> [finding.signal for finding in care.analyze(\"Fine.\", role=\"customer\", previous=\"How was everything?\")]\n"
           "['fine.tepid']\n"),
    METHOD(suppressed, OF_ANALYZE,
           "What was considered in a text and does not count, as a list of Candidate, each with its `reason`.\n"
           "\n"
           "Arguments and errors are those of analyze.\n"
           "\n"
           ">>> import care\n"
           ">>> {candidate.reason for candidate in care.suppressed(\"I'm not sorry.\") if candidate.signal == \"apology.regret\"}\n"
           "{'not'}\n"),
    METHOD(has_apology, "($self, /, text)",
           "Whether an agent who says `text` apologises. A non-apology (\"sorry if\") is none. Errors are those of analyze.\n"
           "\n"
           ">>> import care\n"
           ">>> care.has_apology(\"Sorry about the wait.\"), care.has_apology(\"Sorry if that upset you.\")\n"
           "(True, False)\n"),
    METHOD(has_excuse, "($self, /, text)",
           "Whether an agent who says `text` makes an excuse. Errors are those of analyze.\n"
           "\n"
           ">>> import care\n"
           ">>> care.has_excuse(\"Our system is really slow today.\")\n"
           "True\n"),
    METHOD(has_empathy, "($self, /, text)",
           "Whether an agent who says `text` shows empathy. Errors are those of analyze.\n"
           "\n"
           ">>> import care\n"
           ">>> care.has_empathy(\"You have every right to be annoyed.\")\n"
           "True\n"),
    METHOD(is_tepid, "($self, /, text, question=None)",
           "Whether `text` is a customer's tepid answer to the agent's `question`. Errors are those of analyze.\n"
           "\n"
           ">>> import care\n"
           ">>> care.is_tepid(\"Fine.\", question=\"How was your stay?\"), care.is_tepid(\"Fine.\", question=\"How are you?\")\n"
           "(True, False)\n"),
    {"_open", analyzer_open, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef getters[] = {
    {"_handle", analyzer_handle, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

bool analyzer_make_type(PyObject *module) {
    PyType_Slot slots[] = {
        {Py_tp_new, (void *)analyzer_new},
        {Py_tp_dealloc, (void *)analyzer_dealloc},
        {Py_tp_methods, methods},
        {Py_tp_getset, getters},
        {0, NULL},
    };
    PyType_Spec spec = {"care._care.OneText", sizeof(analyzer), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
    PyObject *type = PyType_FromSpec(&spec);
    bool done = type && PyModule_AddObjectRef(module, "OneText", type) == 0;
    Py_XDECREF(type);
    return done;
}
