/* job.c - what a batch is to do: its texts, and for each text who says it, through which channel, in which conversation. */
#include "binding.h"

void job_free(batch_job *self) {
    if (!self) return;
    Py_XDECREF(self->texts);
    Py_XDECREF(self->roles);
    Py_XDECREF(self->channels);
    Py_XDECREF(self->conversations);
    arrow_free(self->column);
    PyMem_Free(self);
}

bool job_continues(const batch_job *self, uint64_t index) {
    return self->conversation_of && self->conversation_of[index] == self->conversation_of[index - 1];
}

static PyObject *keep(PyObject *object) {
    Py_INCREF(object);
    return object;
}

/* `given` is a name for all, or job_names' bytes. */
static bool take_names(PyObject *given, uint8_t *all, PyObject **kept, const uint8_t **of, int32_t (*read)(PyObject *)) {
    if (PyBytes_Check(given)) {
        *kept = keep(given);
        *of = (const uint8_t *)PyBytes_AsString(given);
        return true;
    }
    int32_t number = read(given);
    *all = (uint8_t)number;
    return number >= 0;
}

/* job_open(texts, unit): texts is a tuple, a list, or offers an Arrow column. All are an agent's, each by itself. */
PyObject *job_open(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *texts;
    int unit;
    if (!PyArg_ParseTuple(args, "Oi:job_open", &texts, &unit)) return NULL;
    batch_job *self = PyMem_Calloc(1, sizeof *self);
    if (!self) return PyErr_NoMemory();
    self->unit = unit;
    bool done = true;
    if (PyTuple_Check(texts) || PyList_Check(texts)) {
        self->texts = keep(texts);
        self->list = PyList_Check(texts);
        self->length = (uint64_t)(self->list ? PyList_Size(texts) : PyTuple_Size(texts));
    } else {
        self->column = arrow_open(texts, "texts");
        done = self->column != NULL;
        if (done && !arrow_is_text(self->column)) {
            PyErr_SetString(PyExc_TypeError, "texts must be a column of strings, not of numbers");
            done = false;
        }
        if (done) self->length = arrow_length(self->column);
    }
    if (done) return handle_of_job(self);
    job_free(self);
    return NULL;
}

static bool fits(PyObject *bytes, uint64_t length) {
    if (!bytes || (uint64_t)PyBytes_Size(bytes) == length) return true;
    PyErr_SetString(PyExc_ValueError, "columns of different lengths");
    return false;
}

/* job_set(job, roles, channels, conversations): a name for all, or job_names' bytes; job_conversations' bytes or None. To be
 * called once, before the job is run. */
PyObject *job_set(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *handle, *roles, *channels, *conversations;
    if (!PyArg_ParseTuple(args, "OOOO:job_set", &handle, &roles, &channels, &conversations)) return NULL;
    batch_job *self = handle_job(handle);
    if (!self || self->roles || self->channels || self->conversations) return NULL;
    if (!take_names(roles, &self->role, &self->roles, &self->role_of, text_role) ||
        !take_names(channels, &self->channel, &self->channels, &self->channel_of, text_channel))
        return NULL;
    if (conversations != Py_None) {
        self->conversations = keep(conversations);
        self->conversation_of = (const uint32_t *)(const void *)PyBytes_AsString(conversations);
    }
    if (!fits(self->roles, self->length) || !fits(self->channels, self->length) || !fits(self->conversations, self->length * 4))
        return NULL;
    Py_INCREF(Py_None);
    return Py_None;
}

/* job_length(job) */
PyObject *job_length(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *handle;
    if (!PyArg_ParseTuple(args, "O:job_length", &handle)) return NULL;
    batch_job *self = handle_job(handle);
    return self ? PyLong_FromUnsignedLongLong(self->length) : NULL;
}

/* job_cut(job, at): the first text from `at` on with which a conversation begins, or the length. */
PyObject *job_cut(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *handle;
    unsigned long long at;
    if (!PyArg_ParseTuple(args, "OK:job_cut", &handle, &at)) return NULL;
    batch_job *self = handle_job(handle);
    if (!self) return NULL;
    if (at > self->length) at = self->length;
    while (at && at < self->length && job_continues(self, at)) at++;
    return PyLong_FromUnsignedLongLong(at);
}

/* ---- Columns beside the texts ---- */

static PyObject *names_of_tuple(PyObject *names, bool role, PyObject *made) {
    char *numbers = PyBytes_AsString(made);
    PyObject *known = NULL; /* names are mostly the same object as the one before */
    int32_t number = 0;
    for (Py_ssize_t i = 0; i < PyTuple_Size(names); i++) {
        PyObject *name = PyTuple_GetItem(names, i);
        if (name != known) {
            number = text_name(name, role, i);
            if (number < 0) return NULL;
            known = name;
        }
        numbers[i] = (char)number;
    }
    return made;
}

static PyObject *names_of_column(arrow *column, bool role, PyObject *made) {
    char *numbers = PyBytes_AsString(made);
    for (uint64_t i = 0; i < arrow_length(column); i++) {
        care_turn turn;
        care_status status = arrow_turns(column, i, 1, &turn, NULL);
        if (status != CARE_OK) return raise_status(status);
        int32_t number = role ? care_role_from_name(turn.text, turn.length) : care_channel_from_name(turn.text, turn.length);
        if (arrow_is_null(column, i)) number = role ? -1 : CARE_CHANNEL_UNKNOWN;
        if (number < 0) {
            bool null = arrow_is_null(column, i);
            PyObject *name = null ? NULL : PyUnicode_DecodeUTF8(turn.text, (Py_ssize_t)turn.length, "replace");
            if (null || name) text_refuse_name(role, (Py_ssize_t)i, name);
            Py_XDECREF(name);
            return NULL;
        }
        numbers[i] = (char)number;
    }
    return made;
}

/* job_names(names, role): names as a tuple, or as something that offers an Arrow column, to bytes of numbers; role: True for
 * roles, False for channels. */
PyObject *job_names(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *names;
    int role;
    if (!PyArg_ParseTuple(args, "Op:job_names", &names, &role)) return NULL;
    arrow *column = NULL;
    if (!PyTuple_Check(names)) {
        column = arrow_open(names, role ? "roles" : "channels");
        if (!column) return NULL;
        if (!arrow_is_text(column)) {
            arrow_free(column);
            PyErr_Format(PyExc_TypeError, "%s must be a column of strings, not of numbers", role ? "roles" : "channels");
            return NULL;
        }
    }
    PyObject *made = PyBytes_FromStringAndSize(NULL, column ? (Py_ssize_t)arrow_length(column) : PyTuple_Size(names));
    PyObject *done = !made ? NULL : column ? names_of_column(column, role, made) : names_of_tuple(names, role, made);
    arrow_free(column);
    if (!done) Py_XDECREF(made);
    return done;
}

static bool number_tuple(PyObject *keys, uint32_t *numbers) {
    uint32_t number = 0;
    bool alone = true; /* the key before is missing, or there is none */
    for (Py_ssize_t i = 0; i < PyTuple_Size(keys); i++) {
        PyObject *key = PyTuple_GetItem(keys, i);
        int missing = text_is_missing(key), same = 0;
        if (missing == 0 && !alone) same = PyObject_RichCompareBool(PyTuple_GetItem(keys, i - 1), key, Py_EQ);
        if (missing < 0 || same < 0) return false;
        number += i && !same;
        numbers[i] = number;
        alone = missing;
    }
    return true;
}

static bool number_column(const arrow *column, uint32_t *numbers) {
    bool text = arrow_is_text(column);
    care_turn before = {0}, turn = {0};
    uint64_t value_before = 0;
    uint32_t number = 0;
    bool null_before = false;
    for (uint64_t i = 0; i < arrow_length(column); i++) {
        bool null, same;
        if (text) {
            null = arrow_is_null(column, i);
            care_status status = arrow_turns(column, i, 1, &turn, NULL);
            if (status != CARE_OK) return raise_status(status);
            same = turn.length == before.length && (!turn.length || !memcmp(turn.text, before.text, turn.length)); /* NULL if empty */
            before = turn;
        } else {
            uint64_t value = arrow_number(column, i, &null);
            same = value == value_before;
            value_before = value;
        }
        number += i && (!same || null || null_before);
        numbers[i] = number;
        null_before = null;
    }
    return true;
}

/* job_conversations(keys): a tuple, or what offers an Arrow column, to bytes that hold a 32-bit number for each text, the same
 * for equal neighbours, but one of its own for each that is missing. */
PyObject *job_conversations(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *keys;
    if (!PyArg_ParseTuple(args, "O:job_conversations", &keys)) return NULL;
    arrow *column = NULL;
    if (!PyTuple_Check(keys) && !(column = arrow_open(keys, "conversations"))) return NULL;
    size_t length = column ? (size_t)arrow_length(column) : (size_t)PyTuple_Size(keys);
    PyObject *made = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(length * sizeof(uint32_t)));
    uint32_t *numbers = made ? (uint32_t *)(void *)PyBytes_AsString(made) : NULL;
    if (made && !(column ? number_column(column, numbers) : number_tuple(keys, numbers))) Py_CLEAR(made);
    arrow_free(column);
    return made;
}
