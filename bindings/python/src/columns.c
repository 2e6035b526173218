/* columns.c - what chunks hold, as the buffers of Arrow columns. */
#include "binding.h"

/* Calls `visit` for each chunk of a list. */
static bool each_chunk(PyObject *list, void (*visit)(const batch_chunk *, void *), void *context) {
    if (!PyList_Check(list)) {
        PyErr_SetString(PyExc_TypeError, "chunks must be a list");
        return false;
    }
    for (Py_ssize_t i = 0; i < PyList_Size(list); i++) {
        const batch_chunk *one = handle_chunk(PyList_GetItem(list, i));
        if (!one) return false;
        visit(one, context);
    }
    return true;
}

/* ---- One row a finding ---- */

/* The columns, each a bytes object that is being filled. */
typedef struct columns {
    PyObject *objects[10];
    int64_t *turn;
    int16_t *signal;
    uint32_t *start, *end;
    uint8_t *confidence, *degree;
    int32_t *rule;
    void *offsets; /* of 32 bits, or of 64 where the words are long */
    char *text;
    size_t row, length, at;
    bool large, bytes;
} columns;

static void count_rows(const batch_chunk *one, void *context) {
    columns *self = context;
    self->length += one->finding_count;
    for (size_t i = 0; i < one->finding_count; i++) {
        self->at += one->finding_words[i].length;
        if (one->finding_words[i].bytes) self->bytes = true;
    }
}

/* Arrow's strings are UTF-8: a lone surrogate becomes U+FFFD, which has as many bytes. */
static void mend_surrogates(char *text, size_t length) {
    for (size_t i = 0; i + 2 < length; i++)
        if ((unsigned char)text[i] == 0xed && (unsigned char)text[i + 1] >= 0xa0) memcpy(text + i, "\xef\xbf\xbd", 3);
}

static void write_offset(columns *self) {
    if (self->large) ((int64_t *)self->offsets)[self->row] = (int64_t)self->at;
    else ((int32_t *)self->offsets)[self->row] = (int32_t)self->at;
}

static void write_rows(const batch_chunk *one, void *context) {
    columns *self = context;
    for (size_t i = 0; i < one->finding_count; i++) {
        const care_finding *finding = &one->findings[i];
        const kept_words *said = &one->finding_words[i];
        self->turn[self->row] = finding->turn;
        self->signal[self->row] = (int16_t)finding->signal;
        self->start[self->row] = finding->begin;
        self->end[self->row] = finding->end;
        self->confidence[self->row] = finding->confidence;
        self->degree[self->row] = finding->intensity;
        self->rule[self->row] = (int32_t)finding->rule;
        write_offset(self);
        if (said->length) memcpy(self->text + self->at, one->text + said->at, said->length);
        if (!said->bytes) mend_surrogates(self->text + self->at, said->length);
        self->at += said->length;
        self->row++;
    }
}

static void *room(columns *self, int column, size_t size) {
    self->objects[column] = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)size);
    return self->objects[column] ? PyBytes_AsString(self->objects[column]) : NULL;
}

static bool make_room(columns *self) {
    size_t rows = self->length;
    self->large = self->at > INT32_MAX;
    return (self->turn = room(self, 0, rows * sizeof *self->turn)) && (self->signal = room(self, 1, rows * sizeof *self->signal)) &&
           (self->start = room(self, 2, rows * sizeof *self->start)) && (self->end = room(self, 3, rows * sizeof *self->end)) &&
           (self->confidence = room(self, 4, rows)) && (self->rule = room(self, 5, rows * sizeof *self->rule)) &&
           (self->degree = room(self, 6, rows)) && (self->offsets = room(self, 7, (rows + 1) * (self->large ? 8 : 4))) &&
           (self->text = room(self, 8, self->at));
}

/* columns_read(chunks): bytes of turn (int64), signal (int16), start, end (uint32), confidence (uint8), rule (int32), degree
 * (uint8), the words' offsets (int32, or int64) and bytes; then the number of rows, whether the offsets have 64 bits, and whether
 * the words are bytes. */
PyObject *columns_read(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O:columns_read", &list)) return NULL;
    columns self = {0};
    PyObject *made = NULL;
    if (each_chunk(list, count_rows, &self) && make_room(&self)) {
        self.at = 0;
        each_chunk(list, write_rows, &self);
        write_offset(&self);
        PyObject **of = self.objects;
        made = Py_BuildValue("(OOOOOOOOOKOO)", of[0], of[1], of[2], of[3], of[4], of[5], of[6], of[7], of[8],
                             (unsigned long long)self.length, self.large ? Py_True : Py_False, self.bytes ? Py_True : Py_False);
    }
    for (int i = 0; i < 10; i++) Py_XDECREF(self.objects[i]);
    return made;
}

/* ---- One row a text ---- */

/* For each signal of the pack the bits of its column, or NULL. */
typedef struct wide {
    uint8_t *bits[UINT16_MAX + 1];
} wide;

static void set_bits(const batch_chunk *one, void *context) {
    wide *self = context;
    for (size_t i = 0; i < one->finding_count; i++) {
        uint8_t *bits = self->bits[one->findings[i].signal];
        uint32_t turn = one->findings[i].turn;
        if (bits) bits[turn / 8] |= (uint8_t)(1u << turn % 8);
    }
}

/* columns_wide(chunks, length, signals): for each signal number in the list the bits, one a text, as bytes. */
PyObject *columns_wide(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *list, *signals;
    unsigned long long length;
    if (!PyArg_ParseTuple(args, "OKO:columns_wide", &list, &length, &signals)) return NULL;
    wide *self = PyMem_Calloc(1, sizeof *self);
    PyObject *made = self ? PyList_New(0) : PyErr_NoMemory();
    for (Py_ssize_t i = 0; made && i < PyList_Size(signals); i++) {
        unsigned long signal = PyLong_AsUnsignedLong(PyList_GetItem(signals, i));
        Py_ssize_t size = (Py_ssize_t)(length / 8 + 1);
        PyObject *bits = PyErr_Occurred() || signal > UINT16_MAX ? NULL : PyBytes_FromStringAndSize(NULL, size);
        if (bits) self->bits[signal] = (uint8_t *)memset(PyBytes_AsString(bits), 0, (size_t)size);
        if (!bits || PyList_Append(made, bits) < 0) Py_CLEAR(made);
        Py_XDECREF(bits); /* the list holds it */
    }
    if (made && !each_chunk(list, set_bits, self)) Py_CLEAR(made);
    PyMem_Free(self);
    return made;
}

/* ---- One number a signal ---- */

static void add_counts(const batch_chunk *one, void *context) {
    uint64_t *counts = context;
    for (size_t i = 0; i < one->finding_count; i++) counts[one->findings[i].signal]++;
}

/* columns_counts(chunks): the number of findings of each signal, as a list of as many as there are signals, with zeros behind
 * the last cut off. */
PyObject *columns_counts(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O:columns_counts", &list)) return NULL;
    uint64_t *counts = PyMem_Calloc(UINT16_MAX + 1, sizeof *counts);
    if (!counts) return PyErr_NoMemory();
    PyObject *made = each_chunk(list, add_counts, counts) ? PyList_New(0) : NULL;
    size_t last = UINT16_MAX + 1;
    while (last && !counts[last - 1]) last--;
    for (size_t i = 0; made && i < last; i++) {
        PyObject *number = PyLong_FromUnsignedLongLong(counts[i]);
        if (!number || PyList_Append(made, number) < 0) Py_CLEAR(made);
        Py_XDECREF(number);
    }
    PyMem_Free(counts);
    return made;
}
