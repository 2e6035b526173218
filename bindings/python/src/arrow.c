/* arrow.c - columns by the Arrow C data interface (https://arrow.apache.org/docs/format/CDataInterface.html), which pyarrow,
 * pandas and Polars offer: pointers to their own buffers, nothing copied, none of them needed to build this. */
#include "binding.h"

/* ---- The interface's structs, as it prescribes them ---- */

struct ArrowSchema {
    const char *format, *name, *metadata;
    int64_t flags, n_children;
    struct ArrowSchema **children, *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length, null_count, offset, n_buffers, n_children;
    const void **buffers;
    struct ArrowArray **children, *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

/* A column is pieces; `begin` is the row at which one begins. */
typedef struct piece {
    struct ArrowArray array;
    uint64_t begin;
    care_column column;
    const void *data[1];
    uint64_t data_lengths[1];
} piece;

struct arrow {
    char format[4];
    piece **pieces;
    size_t count;
    uint64_t length;
};

/* ---- Opening ---- */

void arrow_free(arrow *self) {
    if (!self) return;
    for (size_t i = 0; i < self->count; i++) {
        if (self->pieces[i]->array.release) self->pieces[i]->array.release(&self->pieces[i]->array);
        PyMem_Free(self->pieces[i]);
    }
    PyMem_Free(self->pieces);
    PyMem_Free(self);
}

static bool is_format(const arrow *self, const char *formats) {
    size_t length = strlen(self->format);
    for (const char *at = formats; *at;) {
        size_t one = strcspn(at, " ");
        if (one == length && !strncmp(at, self->format, one)) return true;
        at += one + (at[one] == ' ');
    }
    return false;
}

bool arrow_is_text(const arrow *self) {
    return is_format(self, "u U vu z Z vz");
}

bool arrow_is_binary(const arrow *self) {
    return is_format(self, "z Z vz");
}

bool arrow_is_number(const arrow *self) {
    return is_format(self, "c C s S i I l L");
}

/* What care_turns_from_column wants to know about a piece. */
static void describe_texts(const arrow *self, piece *part) {
    const struct ArrowArray *array = &part->array;
    bool view = self->format[0] == 'v', large = self->format[0] == 'U' || self->format[0] == 'Z';
    care_column *column = &part->column;
    column->size = sizeof *column;
    column->layout = view ? CARE_COLUMN_STRING_VIEW : large ? CARE_COLUMN_LARGE_STRING : CARE_COLUMN_STRING;
    column->length = (uint64_t)array->length;
    column->first = (uint64_t)array->offset;
    column->valid = array->null_count ? array->buffers[0] : NULL;
    column->texts = array->buffers[1];
    if (view) {
        column->data_count = array->n_buffers > 3 ? (uint64_t)array->n_buffers - 3 : 0;
        column->data = array->buffers + 2;
        column->data_lengths = column->data_count ? array->buffers[array->n_buffers - 1] : NULL;
        return;
    }
    int64_t last = array->offset + array->length;
    part->data[0] = array->buffers[2];
    if (column->texts)
        part->data_lengths[0] = large ? (uint64_t)((const int64_t *)column->texts)[last] : (uint64_t)((const int32_t *)column->texts)[last];
    column->data = part->data;
    column->data_lengths = part->data_lengths;
    column->data_count = 1;
}

/* Takes the array over. */
static bool add_piece(arrow *self, struct ArrowArray *array) {
    piece *part = PyMem_Calloc(1, sizeof *part);
    piece **pieces = part ? PyMem_Realloc(self->pieces, (self->count + 1) * sizeof *pieces) : NULL;
    if (!pieces) {
        PyMem_Free(part);
        array->release(array);
        PyErr_NoMemory();
        return false;
    }
    self->pieces = pieces;
    pieces[self->count++] = part;
    part->array = *array;
    array->release = NULL;
    part->begin = self->length;
    self->length += (uint64_t)part->array.length;
    if (arrow_is_text(self)) describe_texts(self, part);
    return true;
}

static bool read_schema(arrow *self, struct ArrowSchema *schema, const char *name) {
    bool fits = strlen(schema->format) < sizeof self->format && !schema->dictionary;
    if (fits) strcpy(self->format, schema->format);
    fits = fits && (arrow_is_text(self) || arrow_is_number(self));
    if (!strcmp(schema->format, "+s"))
        PyErr_Format(PyExc_TypeError, "%s must be one column, not a whole table: give one of its columns", name);
    else if (!fits)
        PyErr_Format(PyExc_TypeError, "%s must be a column of strings%s, not of Arrow's type '%s'%s", name,
                     strcmp(name, "conversations") ? "" : " or whole numbers", schema->format,
                     schema->dictionary ? " with a dictionary" : "");
    return fits;
}

static bool read_stream(arrow *self, PyObject *capsule, const char *name) {
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, "arrow_array_stream");
    if (!stream) return false;
    struct ArrowSchema schema;
    int failed = stream->get_schema(stream, &schema);
    if (!failed) {
        bool fits = read_schema(self, &schema, name);
        schema.release(&schema);
        if (!fits) return false;
    }
    while (!failed) {
        struct ArrowArray array;
        failed = stream->get_next(stream, &array);
        if (failed || !array.release) break;
        if (!add_piece(self, &array)) return false;
    }
    const char *why = failed ? stream->get_last_error(stream) : NULL;
    if (failed) PyErr_Format(PyExc_ValueError, "%s could not be read as an Arrow column: %s", name, why ? why : "no reason given");
    return !failed;
}

static bool read_array(arrow *self, PyObject *pair, const char *name) {
    PyObject *first = PyTuple_Check(pair) && PyTuple_Size(pair) == 2 ? PyTuple_GetItem(pair, 0) : NULL;
    struct ArrowSchema *schema = first ? PyCapsule_GetPointer(first, "arrow_schema") : NULL;
    struct ArrowArray *array = schema ? PyCapsule_GetPointer(PyTuple_GetItem(pair, 1), "arrow_array") : NULL;
    if (!array) {
        if (!PyErr_Occurred()) PyErr_Format(PyExc_TypeError, "__arrow_c_array__ of %s gave no pair of capsules", name);
        return false;
    }
    if (!read_schema(self, schema, name)) return false;
    return add_piece(self, array); /* which moves it: the capsule's is released then */
}

arrow *arrow_open(PyObject *object, const char *name) {
    arrow *self = PyMem_Calloc(1, sizeof *self);
    if (!self) {
        PyErr_NoMemory();
        return NULL;
    }
    bool stream = PyObject_HasAttrString(object, "__arrow_c_stream__");
    PyObject *method = PyObject_GetAttrString(object, stream ? "__arrow_c_stream__" : "__arrow_c_array__");
    PyObject *given = method ? PyObject_CallObject(method, NULL) : NULL;
    bool done = given && (stream ? read_stream(self, given, name) : read_array(self, given, name));
    Py_XDECREF(given);
    Py_XDECREF(method);
    if (done) return self;
    arrow_free(self);
    return NULL;
}

/* ---- Reading ---- */

uint64_t arrow_length(const arrow *self) {
    return self->length;
}

/* The piece that row `row` is in. */
static const piece *piece_at(const arrow *self, uint64_t row) {
    size_t low = 0, high = self->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (self->pieces[middle]->begin <= row) low = middle;
        else high = middle;
    }
    return self->pieces[low];
}

care_status arrow_turns(const arrow *self, uint64_t begin, size_t count, care_turn *turns, care_error *error) {
    while (count) {
        const piece *part = piece_at(self, begin);
        uint64_t within = begin - part->begin, rest = part->column.length - within;
        size_t some = rest < count ? (size_t)rest : count;
        care_status status = care_turns_from_column(&part->column, within, some, turns, error);
        if (status != CARE_OK) return status;
        begin += some;
        turns += some;
        count -= some;
    }
    return CARE_OK;
}

/* Whether nothing stands at `at` of the piece's buffers. */
static bool is_null(const piece *part, uint64_t at) {
    const uint8_t *valid = part->array.null_count ? part->array.buffers[0] : NULL;
    return valid && !(valid[at / 8] >> at % 8 & 1);
}

bool arrow_is_null(const arrow *self, uint64_t row) {
    const piece *part = piece_at(self, row);
    return is_null(part, row - part->begin + (uint64_t)part->array.offset);
}

uint64_t arrow_number(const arrow *self, uint64_t row, bool *null) {
    const piece *part = piece_at(self, row);
    uint64_t at = row - part->begin + (uint64_t)part->array.offset;
    const void *values = part->array.buffers[1];
    *null = is_null(part, at);
    switch (self->format[0]) {
        case 'c': case 'C': return ((const uint8_t *)values)[at];
        case 's': case 'S': return ((const uint16_t *)values)[at];
        case 'i': case 'I': return ((const uint32_t *)values)[at];
        default: return ((const uint64_t *)values)[at];
    }
}
