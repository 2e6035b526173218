/* finding.c - Finding and Candidate: immutable records that hold the library's own, and make a field's object when it is asked
 * for, because most are asked for one or two fields, if at all. What is found together stands in one piece of memory, with what
 * all of it needs to know; it is given back when the last of them goes. One that was unpickled holds the fields' objects. */
#include "binding.h"

typedef struct findings findings;

typedef struct finding {
    PyObject_HEAD
    findings *among;
    care_finding at;
} finding;

struct findings {
    size_t living;             /* how many of them somebody holds */
    PyObject *values;          /* of one that was unpickled: a tuple of the fields; all else is empty then */
    PyObject *owner;           /* of `names` */
    name_table *names;
    PyObject *text, *previous; /* what was said in the findings' turn and in the one before; or a chunk and nothing */
    const batch_chunk *chunk;
    size_t first;              /* in the chunk */
    const care_slot *slots;
    const care_evidence *evidence;
    finding each[];            /* and behind them, where there is no chunk, their evidence and slots */
};

enum { SIGNAL, START, END, TEXT, CONFIDENCE, RULE, SLOTS, EVIDENCE, DEGREE, CONTEXTS, TURN, REASON, FIELDS };

static const char *const field_names[FIELDS] = {"signal", "start",    "end",    "text",     "confidence", "rule",
                                                "slots",  "evidence", "degree", "contexts", "turn",       "reason"};

static PyTypeObject *finding_type, *candidate_type, *slot_type, *evidence_type;

static PyStructSequence_Field slot_fields[] = {
    {"slot", "its name"},
    {"start", "where it starts in the turn's text"},
    {"end", "where it ends"},
    {"text", "the words"},
    {NULL, NULL},
};

static PyStructSequence_Field evidence_fields[] = {
    {"rule", "the phrase that matched"},
    {"start", "where it starts in the text of turn `turn`"},
    {"end", "where it ends; the same for a condition without words"},
    {"turn", "the turn that it stands in"},
    {"weight", "what it adds, 0 to 100"},
    {"text", "the words; None where that turn's text is not kept"},
    {NULL, NULL},
};

/* ---- Making ---- */

/* Room for `count`, and for `more` bytes behind them. */
static findings *make_room(size_t count, size_t more) {
    findings *self = PyObject_Malloc(sizeof *self + count * sizeof *self->each + more);
    if (!self) return (findings *)PyErr_NoMemory();
    self->living = count;
    self->values = self->owner = self->text = self->previous = NULL;
    self->chunk = NULL;
    return self;
}

/* By hand: an analysis drives the code of PyObject_Init from the processor's cache, and to fetch it again costs more than to do
 * without. Cleared first, because newer interpreters keep flags beside the count. It holds no reference to its type, which the
 * module never lets go. */
static PyObject *make_object(findings *among, size_t index, PyTypeObject *type) {
    finding *self = &among->each[index];
    self->ob_base = (PyObject){0};
    Py_SET_REFCNT((PyObject *)self, 1);
    Py_SET_TYPE((PyObject *)self, type);
    self->among = among;
    return (PyObject *)self;
}

/* A list of `count` of them. In *made is what they share, of which the caller sets the texts; NULL where there are none. */
static PyObject *make_list(PyObject *owner, name_table *names, const care_finding *at, size_t count, size_t more, findings **made) {
    PyObject *list = PyList_New((Py_ssize_t)count);
    findings *self = *made = list && count ? make_room(count, more) : NULL;
    if (count && !self) Py_CLEAR(list);
    if (!self) return list;
    self->owner = Py_NewRef(owner);
    self->names = names;
    for (size_t i = 0; i < count; i++) {
        self->each[i].at = at[i];
        PyTypeObject *type = at[i].suppressed_by == CARE_SUPPRESSED_NOT ? finding_type : candidate_type;
        PyList_SetItem(list, (Py_ssize_t)i, make_object(self, i, type));
    }
    return list;
}

PyObject *findings_of_call(const text_call *call, const care_result *result, const care_finding *at, size_t count) {
    size_t slots = result->slot_count * sizeof(care_slot), evidence = result->evidence_count * sizeof(care_evidence);
    findings *self;
    PyObject *list = make_list(call->handle, &call->analyzers->names, at, count, evidence + slots, &self);
    if (!self) return list;
    self->text = Py_NewRef(call->text);
    self->previous = Py_XNewRef(call->previous);
    char *more = (char *)&self->each[count];
    self->evidence = (const care_evidence *)(const void *)more;
    self->slots = (const care_slot *)(const void *)(more + evidence);
    if (evidence) memcpy(more, result->evidence, evidence);
    if (slots) memcpy(more + evidence, result->slots, slots);
    return list;
}

PyObject *findings_of_chunk(PyObject *owner, name_table *names, PyObject *handle, const batch_chunk *chunk, size_t first, size_t count) {
    findings *self;
    PyObject *list = make_list(owner, names, count ? &chunk->findings[first] : NULL, count, 0, &self);
    if (!self) return list;
    self->text = Py_NewRef(handle);
    self->chunk = chunk;
    self->first = first;
    self->slots = chunk->slots;
    self->evidence = chunk->evidence;
    return list;
}

static void let_go(findings *self) {
    Py_XDECREF(self->values);
    Py_XDECREF(self->owner);
    Py_XDECREF(self->text);
    Py_XDECREF(self->previous);
    PyObject_Free(self);
}

static void finding_dealloc(PyObject *object) {
    findings *among = ((finding *)object)->among;
    if (!--among->living) let_go(among);
}

/* ---- Words ---- */

static PyObject *words_in_call(const finding *self, uint32_t turn, uint32_t begin, uint32_t end) {
    PyObject *object = turn == self->at.turn ? self->among->text : self->among->previous;
    return object ? text_slice(object, begin, end) : Py_NewRef(Py_None);
}

static PyObject *words_in_chunk(const batch_chunk *chunk, const kept_words *said) {
    const char *text = chunk->text + said->at;
    if (said->bytes) return PyBytes_FromStringAndSize(text, said->length);
    PyObject *made = PyUnicode_DecodeUTF8(text, said->length, "surrogatepass");
    if (made || !PyErr_ExceptionMatches(PyExc_UnicodeDecodeError)) return made;
    PyErr_Clear(); /* a column of strings may hold any bytes */
    return PyUnicode_DecodeUTF8(text, said->length, "replace");
}

/* ---- Fields ---- */

/* Ends a record whose items are set: NULL if one of them could not be made. */
static PyObject *check(PyObject *record) {
    if (record && PyErr_Occurred()) Py_CLEAR(record);
    return record;
}

static PyObject *slot_object(const finding *self, uint32_t i) {
    const findings *all = self->among;
    const care_slot *slot = &all->slots[i];
    PyObject *made = PyStructSequence_New(slot_type);
    if (!made) return NULL;
    PyStructSequence_SetItem(made, 0, names_slot(all->names, slot->slot));
    PyStructSequence_SetItem(made, 1, PyLong_FromUnsignedLong(slot->begin));
    PyStructSequence_SetItem(made, 2, PyLong_FromUnsignedLong(slot->end));
    PyStructSequence_SetItem(made, 3, all->chunk ? words_in_chunk(all->chunk, &all->chunk->slot_words[i])
                                                 : words_in_call(self, self->at.turn, slot->begin, slot->end));
    return check(made);
}

static PyObject *evidence_object(const finding *self, uint32_t i) {
    const findings *all = self->among;
    const care_evidence *evidence = &all->evidence[i];
    PyObject *made = PyStructSequence_New(evidence_type);
    if (!made) return NULL;
    PyStructSequence_SetItem(made, 0, names_rule(all->names, evidence->rule));
    PyStructSequence_SetItem(made, 1, PyLong_FromUnsignedLong(evidence->begin));
    PyStructSequence_SetItem(made, 2, PyLong_FromUnsignedLong(evidence->end));
    PyStructSequence_SetItem(made, 3, PyLong_FromUnsignedLong(evidence->turn));
    PyStructSequence_SetItem(made, 4, PyLong_FromLong(evidence->weight));
    PyStructSequence_SetItem(made, 5, all->chunk ? words_in_chunk(all->chunk, &all->chunk->evidence_words[i])
                                                 : words_in_call(self, evidence->turn, evidence->begin, evidence->end));
    return check(made);
}

static uint32_t count_evidence(const finding *self) {
    if (self->at.first_evidence == CARE_NONE) return 0;
    uint32_t count = 1;
    for (const care_evidence *piece = &self->among->evidence[self->at.first_evidence]; piece->more; piece++) count++;
    return count;
}

/* What `make` makes of the slots, or the evidence, [first, first + count). */
static PyObject *make_tuple(const finding *self, PyObject *(*make)(const finding *, uint32_t), uint32_t first, uint32_t count) {
    PyObject *tuple = PyTuple_New((Py_ssize_t)count);
    for (uint32_t i = 0; tuple && i < count; i++) {
        PyObject *item = make(self, first + i);
        if (item) PyTuple_SetItem(tuple, (Py_ssize_t)i, item);
        else Py_CLEAR(tuple);
    }
    return tuple;
}

static PyObject *get_field(PyObject *object, void *which) {
    const finding *self = (const finding *)object;
    const findings *all = self->among;
    intptr_t field = (intptr_t)which;
    if (all->values) return Py_XNewRef(PyTuple_GetItem(all->values, field));
    switch (field) {
        case SIGNAL: return names_signal(all->names, self->at.signal);
        case START: return PyLong_FromUnsignedLong(self->at.begin);
        case END: return PyLong_FromUnsignedLong(self->at.end);
        case TEXT:
            return all->chunk ? words_in_chunk(all->chunk, &all->chunk->finding_words[all->first + (size_t)(self - all->each)])
                              : words_in_call(self, self->at.turn, self->at.begin, self->at.end);
        case CONFIDENCE: return PyLong_FromUnsignedLong(self->at.confidence);
        case RULE: return names_rule(all->names, self->at.rule);
        case SLOTS: return make_tuple(self, slot_object, self->at.first_slot, self->at.slot_count);
        case EVIDENCE: return make_tuple(self, evidence_object, self->at.first_evidence, count_evidence(self));
        case DEGREE: return PyLong_FromUnsignedLong(self->at.intensity);
        case CONTEXTS: return names_contexts(all->names, self->at.attributes);
        case TURN: return PyLong_FromUnsignedLong(self->at.turn);
        default: return names_reason(all->names, self->at.suppressed_by);
    }
}

/* ---- As a value: equal, hashed, printed and pickled by its fields ---- */

static Py_ssize_t field_count(PyObject *object) {
    return Py_TYPE(object) == candidate_type ? FIELDS : FIELDS - 1;
}

static PyObject *all_fields(PyObject *object) {
    PyObject *tuple = PyTuple_New(field_count(object));
    for (Py_ssize_t i = 0; tuple && i < field_count(object); i++) {
        PyObject *value = get_field(object, (void *)(intptr_t)i);
        if (value) PyTuple_SetItem(tuple, i, value);
        else Py_CLEAR(tuple);
    }
    return tuple;
}

static PyObject *finding_compare(PyObject *one, PyObject *other, int how) {
    if ((how != Py_EQ && how != Py_NE) || Py_TYPE(one) != Py_TYPE(other)) return Py_NewRef(Py_NotImplemented);
    PyObject *left = all_fields(one), *right = left ? all_fields(other) : NULL;
    PyObject *result = right ? PyObject_RichCompare(left, right, how) : NULL;
    Py_XDECREF(left);
    Py_XDECREF(right);
    return result;
}

static Py_hash_t finding_hash(PyObject *object) {
    PyObject *fields = all_fields(object);
    Py_hash_t hash = fields ? PyObject_Hash(fields) : -1;
    Py_XDECREF(fields);
    return hash;
}

static PyObject *finding_repr(PyObject *object) {
    PyObject *fields = all_fields(object), *name = PyType_GetName(Py_TYPE(object));
    PyObject *text = fields && name ? PyUnicode_FromFormat("care.%U(", name) : NULL;
    for (Py_ssize_t i = 0; text && i < PyTuple_Size(fields); i++) {
        PyObject *longer = PyUnicode_FromFormat("%U%s%s=%R", text, i ? ", " : "", field_names[i], PyTuple_GetItem(fields, i));
        Py_DECREF(text);
        text = longer;
    }
    PyObject *whole = text ? PyUnicode_FromFormat("%U)", text) : NULL;
    Py_XDECREF(text);
    Py_XDECREF(name);
    Py_XDECREF(fields);
    return whole;
}

static PyObject *finding_reduce(PyObject *object, PyObject *none) {
    (void)none;
    PyObject *fields = all_fields(object);
    return fields ? Py_BuildValue("(O(N))", Py_TYPE(object), fields) : NULL;
}

static PyObject *finding_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    PyObject *values;
    Py_ssize_t count = type == candidate_type ? FIELDS : FIELDS - 1;
    if (!PyArg_ParseTuple(args, "O!", &PyTuple_Type, &values)) return NULL;
    if ((keywords && PyDict_Size(keywords)) || PyTuple_Size(values) != count)
        return PyErr_Format(PyExc_TypeError, "a tuple of %zd fields is needed", count);
    findings *self = make_room(1, 0);
    if (!self) return NULL;
    self->values = Py_NewRef(values);
    return make_object(self, 0, type);
}

/* A record as a dict of its named fields. */
static PyObject *record_dict(PyObject *record, const PyStructSequence_Field *fields) {
    PyObject *dict = PyDict_New();
    for (int i = 0; dict && fields[i].name; i++)
        if (PyDict_SetItemString(dict, fields[i].name, PyTuple_GetItem(record, i)) < 0) Py_CLEAR(dict);
    return dict;
}

/* Tuples as lists, records as dicts, as JSON has them. */
static PyObject *as_plain(PyObject *value) {
    if (Py_TYPE(value) == slot_type) return record_dict(value, slot_fields);
    if (Py_TYPE(value) == evidence_type) return record_dict(value, evidence_fields);
    if (!PyTuple_Check(value)) return Py_NewRef(value);
    PyObject *list = PyList_New(0);
    for (Py_ssize_t i = 0; list && i < PyTuple_Size(value); i++) {
        PyObject *item = as_plain(PyTuple_GetItem(value, i));
        if (!item || PyList_Append(list, item) < 0) Py_CLEAR(list);
        Py_XDECREF(item);
    }
    return list;
}

static PyObject *finding_as_dict(PyObject *object, PyObject *none) {
    (void)none;
    PyObject *fields = all_fields(object), *dict = fields ? PyDict_New() : NULL;
    for (Py_ssize_t i = 0; dict && i < PyTuple_Size(fields); i++) {
        PyObject *value = as_plain(PyTuple_GetItem(fields, i));
        if (!value || PyDict_SetItemString(dict, field_names[i], value) < 0) Py_CLEAR(dict);
        Py_XDECREF(value);
    }
    Py_XDECREF(fields);
    return dict;
}

/* ---- The types ---- */

static PyMethodDef methods[] = {
    {"as_dict", finding_as_dict, METH_NOARGS,
     "as_dict($self, /)\n--\n\nIts fields by name, its slots and evidence as lists of dicts: what JSON can say."},
    {"__reduce__", finding_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

#define FIELD(name, number, doc) {name, get_field, NULL, doc, (void *)(intptr_t)(number)}

static PyGetSetDef getters[] = {
    FIELD("signal", SIGNAL, "What was found: a signal's id, such as 'apology.regret'."),
    FIELD("start", START, "Where it starts in its text: code points of a str, bytes of bytes."),
    FIELD("end", END, "Where it ends: text[start:end] is the words."),
    FIELD("text", TEXT, "The words, of the type of its text."),
    FIELD("confidence", CONFIDENCE, "How sure, 0 to 100."),
    FIELD("rule", RULE, "The rule with the most weight in it, such as 'apology.regret/sorry'."),
    FIELD("slots", SLOTS, "Parts of it with names, such as whom it blames: a tuple of Slot."),
    FIELD("evidence", EVIDENCE, "Everything that spoke for it, a tuple of Evidence; empty in a batch that was not asked for it."),
    FIELD("degree", DEGREE, "0 to 3; 0 where the signal has no degrees."),
    FIELD("contexts", CONTEXTS, "Names of the contexts that it stands in, such as 'asked'."),
    FIELD("turn", TURN, "The index of its turn: in the batch or the conversation; of one text 0, or 1 after `previous`."),
    FIELD("reason", REASON, "Why it does not count: a context's name, such as 'negated', or what its rule lacks."),
    {NULL, NULL, NULL, NULL, NULL},
};

static bool make_type(PyObject *module, PyTypeObject **type, const char *name, const char *doc, Py_ssize_t fields) {
    static PyGetSetDef finding_getters[FIELDS]; /* all but the last, and the end */
    memcpy(finding_getters, getters, (FIELDS - 1) * sizeof *getters);
    PyType_Slot slots[] = {
        {Py_tp_doc, (void *)(uintptr_t)doc},
        {Py_tp_new, (void *)finding_new},
        {Py_tp_dealloc, (void *)finding_dealloc},
        {Py_tp_richcompare, (void *)finding_compare},
        {Py_tp_hash, (void *)finding_hash},
        {Py_tp_repr, (void *)finding_repr},
        {Py_tp_methods, methods},
        {Py_tp_getset, fields == FIELDS ? getters : finding_getters},
        {0, NULL},
    };
    PyType_Spec spec = {name, sizeof(finding), 0, Py_TPFLAGS_DEFAULT, slots};
    *type = (PyTypeObject *)PyType_FromSpec(&spec);
    PyObject *names = *type ? PyTuple_New(fields) : NULL;
    for (Py_ssize_t i = 0; names && i < fields; i++) PyTuple_SetItem(names, i, PyUnicode_InternFromString(field_names[i]));
    bool done = names && PyObject_SetAttrString((PyObject *)*type, "__match_args__", names) == 0;
    Py_XDECREF(names);
    return done && PyModule_AddObjectRef(module, strrchr(name, '.') + 1, (PyObject *)*type) == 0;
}

static bool make_record(PyObject *module, PyTypeObject **type, const char *name, const char *doc, PyStructSequence_Field *fields,
                        int count) {
    PyStructSequence_Desc about = {name, doc, fields, count};
    *type = PyStructSequence_NewType(&about);
    return *type && PyModule_AddObjectRef(module, strrchr(name, '.') + 1, (PyObject *)*type) == 0;
}

bool finding_make_types(PyObject *module) {
    return make_type(module, &candidate_type, "care.Candidate",
                     "Something that was considered and does not count, and why. Its fields are a Finding's, and `reason`.", FIELDS) &&
           make_type(module, &finding_type, "care.Finding",
                     "Something that was found in a text, and where. Immutable, equal by its fields; can be pickled.", FIELDS - 1) &&
           make_record(module, &slot_type, "care.Slot", "A part of a finding that has a name.", slot_fields, 4) &&
           make_record(module, &evidence_type, "care.Evidence", "Something that speaks for a finding.", evidence_fields, 6);
}
