/* binding.h - what the parts of care._care share. Everything here runs under the interpreter's lock unless it says otherwise. */
#ifndef CARE_PYTHON_BINDING_H
#define CARE_PYTHON_BINDING_H

#ifndef Py_LIMITED_API
#define Py_LIMITED_API 0x030b0000
#endif
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <care/compile.h>

#include "analyzers.h"
#include "calls.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* ---- names.c: a pack's names as str objects, each made once ---- */

typedef struct name_table {
    care_pack *pack; /* borrowed */
    PyObject **signals, **rules, **slots, **contexts;
    uint32_t signal_count, rule_count, slot_count, context_count;
} name_table;

bool names_make(name_table *self, care_pack *pack);
void names_free(name_table *self);

/* New references; NULL with an exception set. */
PyObject *names_signal(name_table *self, uint32_t signal);
PyObject *names_rule(name_table *self, uint32_t rule);
PyObject *names_slot(name_table *self, uint32_t slot);
PyObject *names_contexts(name_table *self, uint32_t attributes); /* a tuple */
PyObject *names_reason(name_table *self, uint32_t reason);

/* ---- handles.c: the library's objects in capsules ---- */

typedef struct analyzer_set {
    care_analyzers *pool;
    name_table names;
} analyzer_set;

/* A conversation is closed once `conversation` is NULL, and at work in a call while `busy`. */
typedef struct spoken_turns {
    care_conversation *conversation;
    bool busy;
} spoken_turns;

typedef struct batch_job batch_job;
typedef struct batch_chunk batch_chunk;

/* Each takes what it is given over, also where it fails. */
PyObject *handle_of_pack(care_pack *pack);
PyObject *handle_of_analyzers(care_analyzers *pool);
PyObject *handle_of_conversation(care_conversation *made);
PyObject *handle_of_job(batch_job *made);
PyObject *handle_of_chunk(batch_chunk *made);

/* NULL with a TypeError set where the object is no such handle. */
care_pack *handle_pack(PyObject *object);
analyzer_set *handle_analyzers(PyObject *object);
spoken_turns *handle_conversation(PyObject *object);
batch_job *handle_job(PyObject *object);
batch_chunk *handle_chunk(PyObject *object);

PyObject *conversation_close(PyObject *self, PyObject *args);

/* ---- raise.c: statuses become exceptions ---- */

/* Each sets an exception and gives NULL. */
PyObject *raise_status(care_status status);
PyObject *raise_state(const char *message);

/* Put what is known about it on the exception that is set. */
void raise_add_error(const care_error *error);
void raise_add_problems(const care_problems *problems);

/* A list of tuples (severity, code, file, line, column, message). */
PyObject *raise_list_problems(const care_problems *problems);

/* ---- text.c: strings and bytes as the library reads them ---- */

/* Borrows the bytes of `object`, or of what it puts into *owned, a new reference, where they have to be copied. `name` is the
 * argument's name in messages, followed by [index] if that is not negative. */
bool text_read(PyObject *object, const char *name, Py_ssize_t index, care_text *text, PyObject **owned);

/* Whether it stands for nothing: None, or what does not equal itself, as NaN and NaT, or answers with itself, as pandas' NA; -1 with
 * an exception set. */
int text_is_missing(PyObject *object);

/* The part [begin, end) of a text that text_read has read, in the unit that it said. */
PyObject *text_slice(PyObject *object, uint32_t begin, uint32_t end);

/* Name of a role, or of a channel, to number; -1 with an exception set. `index` is its place in a batch, or -1. */
int32_t text_name(PyObject *name, bool role, Py_ssize_t index);
int32_t text_role(PyObject *name);
int32_t text_channel(PyObject *name);
void text_refuse_name(bool role, Py_ssize_t index, PyObject *name); /* sets the ValueError; NULL is null */

/* ---- finding.c: findings as objects ---- */

bool finding_make_types(PyObject *module);

/* ---- call.c: one call of one text ---- */

/* What a call holds between its arguments and its result. */
typedef struct text_call {
    PyObject *handle; /* of the analyzers; borrowed */
    analyzer_set *analyzers;
    care_analyzer *analyzer;
    spoken_turns *conversation;
    PyObject *text, *previous;             /* borrowed; NULL where there is none */
    PyObject *owned_text, *owned_previous; /* copies of theirs */
    uint64_t length;
    PyThreadState *released;
} text_call;

bool call_take_analyzer(text_call *self, PyObject *handle, analyzer_set *analyzers); /* those of the handle; NULL: it is none */
bool call_take_conversation(text_call *self, PyObject *handle);
bool call_take_text(text_call *self, PyObject *object, care_text *text);
bool call_take_previous(text_call *self, PyObject *object, care_text *text);
void call_leave(text_call *self);  /* releases the interpreter's lock where the texts are long enough to pay */
void call_return(text_call *self); /* takes it again */
PyObject *call_findings(const text_call *self, const care_result *result);
PyObject *call_suppressed(const text_call *self, const care_result *result);
void call_end(text_call *self);

/* A list of findings, or candidates, of a call; the call's objects are referenced. */
PyObject *findings_of_call(const text_call *call, const care_result *result, const care_finding *at, size_t count);

/* ---- analyzer.c: the calls of one text as methods ---- */

bool analyzer_make_type(PyObject *module);

/* ---- info.c: a pack's tables as tuples ---- */

PyObject *info_of_pack(const care_pack_info *info);
PyObject *info_of_signal(const care_signal_info *info);
PyObject *info_of_rule(const care_rule_info *info);

/* A list of (name, text) as sources; *sources is to be freed with PyMem_Free. */
bool info_read_sources(PyObject *list, care_source **sources, size_t *count);

/* ---- arrow.c: columns of texts and numbers from whoever speaks the Arrow C data interface ---- */

typedef struct arrow arrow;

/* Opens what `object` offers by __arrow_c_stream__ or __arrow_c_array__; NULL with an exception set. `name` is the argument's. */
arrow *arrow_open(PyObject *object, const char *name);
void arrow_free(arrow *self);

uint64_t arrow_length(const arrow *self);
bool arrow_is_text(const arrow *self);   /* strings or bytes */
bool arrow_is_binary(const arrow *self); /* bytes */
bool arrow_is_number(const arrow *self); /* whole numbers */

/* Points the turns at texts [begin, begin + count). Needs no interpreter's lock. */
care_status arrow_turns(const arrow *self, uint64_t begin, size_t count, care_turn *turns, care_error *error);

/* Row `row` as a number; *null where there is none. */
uint64_t arrow_number(const arrow *self, uint64_t row, bool *null);
bool arrow_is_null(const arrow *self, uint64_t row);

/* ---- job.c: what a batch is to do ---- */

struct batch_job {
    PyObject *texts; /* a tuple or a list; NULL where they are a column */
    bool list;
    arrow *column;
    uint64_t length;
    PyObject *roles, *channels, *conversations; /* bytes: a number for each text; NULL: `role`, `channel`, each by itself */
    const uint8_t *role_of, *channel_of;
    const uint32_t *conversation_of;
    uint8_t role, channel;
    int32_t unit; /* of a str's offsets */
};

/* Whether text `index`, which is not the first, goes on with the conversation of the one before. */
bool job_continues(const batch_job *self, uint64_t index);

PyObject *job_open(PyObject *self, PyObject *args);
PyObject *job_set(PyObject *self, PyObject *args);
PyObject *job_length(PyObject *self, PyObject *args);
PyObject *job_cut(PyObject *self, PyObject *args);
PyObject *job_names(PyObject *self, PyObject *args);
PyObject *job_conversations(PyObject *self, PyObject *args);
void job_free(batch_job *self);

/* ---- chunk.c: what was found in a part of a batch; its own copy of everything, the words included ---- */

typedef struct kept_words {
    uint64_t at; /* in chunk.text */
    uint32_t length;
    bool bytes;  /* of a text that was given as bytes */
} kept_words;

struct batch_chunk {
    uint64_t begin, end; /* of the batch's texts */
    care_finding *findings; /* their turns count from the batch's first */
    care_slot *slots;
    care_evidence *evidence;
    kept_words *finding_words, *slot_words, *evidence_words;
    char *text;
    size_t finding_count, finding_room, slot_count, slot_room, evidence_count, evidence_room, text_length, text_room;
};

/* To be called when all is added. */
void chunk_fit(batch_chunk *self);

/* A list of findings of a chunk, whose `handle` they reference, and the names' `owner`. */
PyObject *findings_of_chunk(PyObject *owner, name_table *names, PyObject *handle, const batch_chunk *chunk, size_t first, size_t count);

PyObject *chunk_findings(PyObject *self, PyObject *args);
void chunk_free(batch_chunk *self);

/* What kind of text a turn of a batch holds stands in its time_ms, which is not judged. */
#define KIND_STRING 0
#define KIND_BYTES 1
#define KIND_SURROGATES 2 /* a str with lone surrogates: behind the text stands the other of encode_surrogates' two */

/* Adds what an analysis of `turns` found, with offsets in bytes, of which the first is the batch's text number `first`. Needs no
 * interpreter's lock. False if memory ran out. */
bool chunk_add(batch_chunk *self, const care_result *result, const care_turn *turns, uint64_t first, int32_t unit);

/* ---- run.c: a part of a batch at work ---- */

PyObject *chunk_run(PyObject *self, PyObject *args);

/* ---- bench.c: how long the library itself was at work ---- */

#ifdef CARE_BENCH
void bench_begin(void);
void bench_end(void);
PyObject *bench_time(PyObject *self, PyObject *args);
PyObject *bench_clock(PyObject *self, PyObject *args);
#define BENCH_BEGIN bench_begin();
#define BENCH_END bench_end();
#else
#define BENCH_BEGIN
#define BENCH_END
#endif

/* ---- columns.c: findings as columns ---- */

PyObject *columns_read(PyObject *self, PyObject *args);
PyObject *columns_wide(PyObject *self, PyObject *args);
PyObject *columns_counts(PyObject *self, PyObject *args);

#endif
