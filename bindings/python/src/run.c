/* run.c - a part of a batch is gathered under the interpreter's lock, which costs little, and analysed without it. */
#include "binding.h"

#include <stdlib.h>

/* A run ends, where a conversation does, after this many bytes of text, so that who waits for it can be interrupted. */
#define RUN_BYTES (1u << 20)

/* One call of the library is given so many texts or bytes, which its scratch memory then fits. */
#define BLOCK_TEXTS 256
#define BLOCK_BYTES 65536

/* What a run holds while it is at work. */
typedef struct run {
    const batch_job *job;
    uint64_t begin, end;
    care_turn *turns;
    PyObject *owned; /* a list of copies that turns point into; NULL where there are none */
    batch_chunk *found;
    care_status status;
    care_error error;
    uint64_t failed_at;
} run;

static bool own(run *self, PyObject *copy) {
    if (!self->owned) self->owned = PyList_New(0);
    bool done = self->owned && PyList_Append(self->owned, copy) == 0;
    Py_DECREF(copy);
    return done;
}

static bool gather_text(run *self, PyObject *object, uint64_t index, care_turn *turn) {
    turn->time_ms = KIND_STRING;
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

static bool gather_tuple(run *self) {
    uint64_t bytes = 0;
    for (uint64_t i = self->begin; i < self->end; i++) {
        if (bytes > RUN_BYTES && !job_continues(self->job, i)) {
            self->end = i;
            break;
        }
        care_turn *turn = &self->turns[i - self->begin];
        if (!gather_text(self, PyTuple_GetItem(self->job->texts, (Py_ssize_t)i), i, turn)) return false;
        bytes += turn->length;
    }
    return true;
}

/* Without the interpreter's lock. */
static void gather_column(run *self) {
    const batch_job *job = self->job;
    self->status = arrow_turns(job->column, self->begin, (size_t)(self->end - self->begin), self->turns, &self->error);
    if (self->status != CARE_OK) return;
    int64_t kind = arrow_is_binary(job->column) ? KIND_BYTES : KIND_STRING;
    uint64_t bytes = 0;
    for (uint64_t i = self->begin; i < self->end; i++) {
        if (bytes > RUN_BYTES && !job_continues(job, i)) {
            self->end = i;
            break;
        }
        self->turns[i - self->begin].time_ms = kind;
        bytes += self->turns[i - self->begin].length;
    }
}

static void fill(run *self) {
    const batch_job *job = self->job;
    for (uint64_t i = self->begin; i < self->end; i++) {
        care_turn *turn = &self->turns[i - self->begin];
        turn->conversation = job->conversation_of ? job->conversation_of[i] : (uint32_t)i;
        turn->role = job->role_of ? job->role_of[i] : job->role;
        turn->channel = job->channel_of ? job->channel_of[i] : job->channel;
        turn->flags = 0;
        turn->unit = CARE_UNIT_BYTE;
    }
}

/* Without the interpreter's lock. */
static void analyse(run *self, care_analyzer *analyzer) {
    const batch_job *job = self->job;
    fill(self);
    for (uint64_t from = self->begin, to; self->status == CARE_OK && from < self->end; from = to) {
        uint64_t bytes = self->turns[from - self->begin].length;
        for (to = from + 1; to < self->end && ((to - from < BLOCK_TEXTS && bytes < BLOCK_BYTES) || job_continues(job, to)); to++) bytes += self->turns[to - self->begin].length;
        care_result result = {.size = sizeof result};
        const care_turn *turns = &self->turns[from - self->begin];
        BENCH_BEGIN
        self->status = care_analyze(analyzer, turns, (size_t)(to - from), &result, &self->error);
        BENCH_END
        self->failed_at = from;
        if (self->status == CARE_OK && !chunk_add(self->found, &result, turns, from, job->unit)) self->status = CARE_E_MEMORY;
        if (bytes > RUN_BYTES) care_analyzer_trim(analyzer);
    }
}

static void raise_failure(const run *self) {
    raise_status(self->status);
    if (self->error.status == CARE_OK) return;
    care_error error = self->error;
    if (!self->job->column) error.line = (uint32_t)(self->failed_at + error.line);
    raise_add_error(&error);
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
    if (end > self.job->length) end = self.job->length;
    if (begin > end) begin = end;
    self.begin = begin;
    self.end = end;
    care_analyzer *analyzer;
    self.status = care_analyzers_take(by->pool, &analyzer);
    if (self.status != CARE_OK) return raise_status(self.status);
    care_set_options(analyzer, options);
    self.turns = malloc((size_t)(end - begin + 1) * sizeof *self.turns);
    self.found = calloc(1, sizeof *self.found);
    if (!self.turns || !self.found) self.status = CARE_E_MEMORY;
    bool done = self.status != CARE_OK || self.job->column || gather_tuple(&self);
    if (done && self.status == CARE_OK) {
        Py_BEGIN_ALLOW_THREADS
        if (self.job->column) gather_column(&self);
        if (self.status == CARE_OK) analyse(&self, analyzer);
        Py_END_ALLOW_THREADS
    }
    care_analyzers_give(by->pool, analyzer);
    free(self.turns);
    Py_XDECREF(self.owned);
    if (done && self.status == CARE_OK) {
        self.found->begin = self.begin;
        self.found->end = self.end;
        PyObject *made = handle_of_chunk(self.found);
        return made ? Py_BuildValue("(NK)", made, (unsigned long long)self.end) : NULL;
    }
    chunk_free(self.found);
    if (done) raise_failure(&self);
    return NULL;
}
