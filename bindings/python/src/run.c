/* run.c - a part of a batch is gathered under the interpreter's lock, which costs little, and analysed without it. */
#include "binding.h"

#include <stdlib.h>

/* A run ends, where a conversation does, after this many bytes of text, so that who waits for it can be interrupted. */
#define RUN_BYTES (1u << 18)

/* Scratch memory is as large as the largest text; that of larger ones is not kept. */
#define KEEP_BYTES (1u << 20)

/* So many texts are gathered at a time, which the processor's cache then still holds when they are analysed; and one call of the
 * library is given so many bytes, which its scratch memory then fits. */
#define BLOCK_TEXTS 512
#define BLOCK_BYTES 65536

/* What a run holds while it is at work; a block is texts [begin, end). */
typedef struct run {
    const batch_job *job;
    uint64_t begin, end, last;
    care_turn *turns;
    PyObject **held; /* the block's texts, where they are objects */
    size_t held_count, room;
    PyObject *owned; /* a list of copies that turns point into; NULL where there are none */
    uint64_t bytes;
    batch_chunk *found;
    care_status status;
    care_error error;
} run;

/* ---- A block's texts ---- */

static bool own(run *self, PyObject *copy) {
    if (!self->owned) self->owned = PyList_New(0);
    bool done = self->owned && PyList_Append(self->owned, copy) == 0;
    Py_DECREF(copy);
    return done;
}

static bool gather_text(run *self, PyObject *object, uint64_t index, care_turn *turn) {
    turn->time_ms = KIND_STRING;
    Py_ssize_t length;
    if (Py_IS_TYPE(object, &PyUnicode_Type)) { /* nearly all are: without the steps of text_read */
        turn->text = PyUnicode_AsUTF8AndSize(object, &length);
        turn->length = (uint64_t)length;
        if (turn->text) return true;
        PyErr_Clear(); /* lone surrogates, or no memory: text_read tells which */
    } else if (Py_IS_TYPE(object, &PyBytes_Type)) {
        turn->text = PyBytes_AsString(object);
        turn->length = (uint64_t)Py_SIZE(object);
        turn->time_ms = KIND_BYTES;
        return true;
    }
    if (object == Py_None) {
        turn->text = "";
        turn->length = 0;
        return true;
    }
    care_text text;
    PyObject *copy = NULL;
    if (!text_read(object, "texts", (Py_ssize_t)index, &text, &copy)) {
        Py_XDECREF(copy);
        return false;
    }
    turn->text = text.bytes;
    turn->length = text.length;
    if (text.unit == CARE_UNIT_BYTE) turn->time_ms = KIND_BYTES;
    else if (copy) turn->time_ms = KIND_SURROGATES;
    return !copy || own(self, copy);
}

/* So many texts ahead objects are fetched from memory: in time, and not so early that an analysis drives them out again. */
#define FETCH_TEXTS 64

#if defined(__GNUC__)
#define FETCH(place) __builtin_prefetch(place)
#else
#define FETCH(place) ((void)(place))
#endif

/* Borrowed; NULL with an exception set where somebody cut the list. */
static PyObject *text_at(const batch_job *job, uint64_t index) {
    return job->list ? PyList_GetItem(job->texts, (Py_ssize_t)index) : PyTuple_GetItem(job->texts, (Py_ssize_t)index);
}

/* Has an object fetched from memory: its head, which lies across two lines of the processor's cache as often as not, and the
 * first words of its text, which stands behind that. */
static void fetch(PyObject *object) {
    const char *place = (const char *)object;
    FETCH(place);
    FETCH(place + 64);
    FETCH(place + 128);
}

/* Takes references, because others may change a list. A block of long texts ends early, lest it copies many that it cannot read. */
static bool gather_sequence(run *self) {
    uint64_t bytes = self->bytes;
    for (uint64_t i = self->begin; i < self->end; i++) {
        if (bytes > RUN_BYTES && i > self->begin && !job_continues(self->job, i)) {
            self->end = i;
            break;
        }
        PyObject *text = text_at(self->job, i);
        PyObject *later = i + FETCH_TEXTS < self->job->length ? text_at(self->job, i + FETCH_TEXTS) : text;
        if (!text || !later) {
            PyErr_SetString(PyExc_RuntimeError, "texts changed its length while it was read");
            return false;
        }
        fetch(later);
        self->held[self->held_count++] = Py_NewRef(text);
        if (!gather_text(self, text, i, &self->turns[i - self->begin])) return false;
        bytes += self->turns[i - self->begin].length;
    }
    return true;
}

/* Without the interpreter's lock. */
static void gather_column(run *self) {
    const batch_job *job = self->job;
    size_t count = (size_t)(self->end - self->begin);
    self->status = arrow_turns(job->column, self->begin, count, self->turns, &self->error);
}

static void let_go(run *self) {
    while (self->held_count) Py_DECREF(self->held[--self->held_count]);
    Py_CLEAR(self->owned);
}

/* ---- A block at work; without the interpreter's lock ---- */

static void fill(run *self) {
    const batch_job *job = self->job;
    const size_t count = (size_t)(self->end - self->begin);
    care_turn *const turns = self->turns;
    const int64_t kind = job->column && arrow_is_binary(job->column) ? KIND_BYTES : KIND_STRING;
    for (size_t i = 0; i < count; i++) {
        care_turn *turn = &turns[i];
        if (job->column) turn->time_ms = kind;
        turn->conversation = (uint32_t)(self->begin + i);
        turn->role = job->role;
        turn->channel = job->channel;
        turn->flags = 0;
        turn->unit = CARE_UNIT_BYTE;
    }
    for (size_t i = 0; job->conversation_of && i < count; i++) turns[i].conversation = job->conversation_of[self->begin + i];
    for (size_t i = 0; job->role_of && i < count; i++) turns[i].role = job->role_of[self->begin + i];
    for (size_t i = 0; job->channel_of && i < count; i++) turns[i].channel = job->channel_of[self->begin + i];
}

static void analyse(run *self, care_analyzer *analyzer) {
    const batch_job *job = self->job;
    for (uint64_t from = self->begin, to; self->status == CARE_OK && from < self->end; from = to) {
        const care_turn *turns = &self->turns[from - self->begin];
        uint64_t bytes = turns[0].length;
        for (to = from + 1; to < self->end && (bytes < BLOCK_BYTES || job_continues(job, to)); to++)
            bytes += self->turns[to - self->begin].length;
        care_result result = {.size = sizeof result};
        BENCH_BEGIN
        self->status = care_analyze(analyzer, turns, (size_t)(to - from), &result, &self->error);
        BENCH_END
        if (self->status != CARE_OK && !job->column) self->error.line += (uint32_t)from;
        if (self->status == CARE_OK && !chunk_add(self->found, &result, turns, from, job->unit)) self->status = CARE_E_MEMORY;
        if (bytes > KEEP_BYTES) care_analyzer_trim(analyzer);
        self->bytes += bytes;
        if (self->bytes > RUN_BYTES) self->end = to; /* a column's next texts are pointed at again by the next run */
    }
}

/* ---- Block after block ---- */

static bool next_block(run *self) {
    const batch_job *job = self->job;
    self->begin = self->end;
    if (self->begin >= self->last || self->bytes > RUN_BYTES || self->status != CARE_OK) return false;
    self->end = self->begin + BLOCK_TEXTS < self->last ? self->begin + BLOCK_TEXTS : self->last;
    while (self->end < self->last && job_continues(job, self->end)) self->end++;
    size_t count = (size_t)(self->end - self->begin);
    if (count <= self->room) return true;
    free(self->turns);
    free(self->held);
    self->turns = malloc(count * sizeof *self->turns);
    self->held = malloc(count * sizeof *self->held);
    self->room = count;
    if (!self->turns || !self->held) self->status = CARE_E_MEMORY;
    return self->status == CARE_OK;
}

/* False with an exception set; self->status tells of the library's failures. */
static bool read_blocks(run *self, care_analyzer *analyzer) {
    bool done = true;
    while (done && next_block(self)) {
        if (self->job->texts) done = gather_sequence(self);
        if (done) {
            Py_BEGIN_ALLOW_THREADS
            if (self->job->column) gather_column(self);
            if (self->status == CARE_OK) {
                fill(self);
                analyse(self, analyzer);
            }
            Py_END_ALLOW_THREADS
        }
        let_go(self);
    }
    return done;
}

/* chunk_run(analyzers, job, options, begin, end): analyses texts from `begin` to `end`, both job_cut's, or, where those are long,
 * to the end of an earlier conversation. Gives a chunk and where the next begins. */
PyObject *chunk_run(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *analyzers_handle, *job_handle;
    unsigned int options;
    run self = {.error = {.size = sizeof(care_error)}};
    unsigned long long begin, end;
    if (!PyArg_ParseTuple(args, "OOIKK:chunk_run", &analyzers_handle, &job_handle, &options, &begin, &end)) return NULL;
    analyzer_set *by = handle_analyzers(analyzers_handle);
    self.job = by ? handle_job(job_handle) : NULL;
    if (!self.job) return NULL;
    self.last = end < self.job->length ? end : self.job->length;
    self.end = begin < self.last ? begin : self.last;
    care_analyzer *analyzer;
    self.status = care_analyzers_take(by->pool, &analyzer);
    if (self.status != CARE_OK) return raise_status(self.status);
    care_set_options(analyzer, options);
    self.found = calloc(1, sizeof *self.found);
    if (!self.found) self.status = CARE_E_MEMORY;
    bool done = read_blocks(&self, analyzer);
    care_analyzers_give(by->pool, analyzer);
    free(self.turns);
    free(self.held);
    if (done && self.status == CARE_OK) {
        chunk_fit(self.found);
        self.found->begin = begin;
        self.found->end = self.end;
        PyObject *made = handle_of_chunk(self.found);
        return made ? Py_BuildValue("(NK)", made, (unsigned long long)self.end) : NULL;
    }
    batch_chunk *unfinished = self.found;
    chunk_free(unfinished);
    if (done) {
        raise_status(self.status);
        if (self.error.status != CARE_OK) raise_add_error(&self.error);
    }
    return NULL;
}
