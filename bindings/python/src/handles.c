/* handles.c - the library's objects as capsules: named, so that one cannot be taken for another, and with destructors. */
#include "binding.h"

#define PACK_NAME "care_pack"
#define ANALYZERS_NAME "care_analyzers"
#define CONVERSATION_NAME "care_conversation"
#define JOB_NAME "care_job"
#define CHUNK_NAME "care_chunk"

static void *get(PyObject *object, const char *name) {
    if (PyCapsule_IsValid(object, name)) return PyCapsule_GetPointer(object, name);
    PyObject *type = PyType_GetName(Py_TYPE(object));
    PyErr_Format(PyExc_TypeError, "a handle of kind %s is needed, not %V", name, type, "that");
    Py_XDECREF(type);
    return NULL;
}

/* ---- Packs ---- */

static void end_pack(PyObject *capsule) {
    care_pack_unref(PyCapsule_GetPointer(capsule, PACK_NAME));
}

PyObject *handle_of_pack(care_pack *pack) {
    PyObject *made = PyCapsule_New(pack, PACK_NAME, end_pack);
    if (!made) care_pack_unref(pack);
    return made;
}

care_pack *handle_pack(PyObject *object) {
    return get(object, PACK_NAME);
}

/* ---- Analyzers ---- */

static void free_analyzers(analyzer_set *self) {
    names_free(&self->names);
    care_analyzers_free(self->pool);
    PyMem_Free(self);
}

static void end_analyzers(PyObject *capsule) {
    free_analyzers(PyCapsule_GetPointer(capsule, ANALYZERS_NAME));
}

PyObject *handle_of_analyzers(care_analyzers *pool) {
    analyzer_set *self = PyMem_Calloc(1, sizeof *self);
    if (!self) {
        care_analyzers_free(pool);
        return PyErr_NoMemory();
    }
    self->pool = pool;
    PyObject *made = names_make(&self->names, pool->pack) ? PyCapsule_New(self, ANALYZERS_NAME, end_analyzers) : PyErr_NoMemory();
    if (!made) free_analyzers(self);
    return made;
}

analyzer_set *handle_analyzers(PyObject *object) {
    return get(object, ANALYZERS_NAME);
}

/* ---- Conversations ---- */

static void end_conversation(PyObject *capsule) {
    spoken_turns *self = PyCapsule_GetPointer(capsule, CONVERSATION_NAME);
    care_conversation_free(self->conversation);
    PyMem_Free(self);
}

PyObject *handle_of_conversation(care_conversation *made) {
    spoken_turns *self = PyMem_Calloc(1, sizeof *self);
    if (self) self->conversation = made;
    else care_conversation_free(made);
    if (!self) return PyErr_NoMemory();
    PyObject *capsule = PyCapsule_New(self, CONVERSATION_NAME, end_conversation);
    if (!capsule) {
        care_conversation_free(made);
        PyMem_Free(self);
    }
    return capsule;
}

spoken_turns *handle_conversation(PyObject *object) {
    return get(object, CONVERSATION_NAME);
}

PyObject *conversation_close(PyObject *self, PyObject *args) {
    (void)self;
    PyObject *handle;
    if (!PyArg_ParseTuple(args, "O:conversation_close", &handle)) return NULL;
    spoken_turns *found = handle_conversation(handle);
    if (!found) return NULL;
    if (found->busy) return raise_state("another thread is using this conversation; close it when that is done");
    care_conversation_free(found->conversation);
    found->conversation = NULL;
    Py_INCREF(Py_None);
    return Py_None;
}

/* ---- Batches ---- */

static void end_job(PyObject *capsule) {
    job_free(PyCapsule_GetPointer(capsule, JOB_NAME));
}

static void end_chunk(PyObject *capsule) {
    chunk_free(PyCapsule_GetPointer(capsule, CHUNK_NAME));
}

PyObject *handle_of_job(batch_job *made) {
    PyObject *capsule = PyCapsule_New(made, JOB_NAME, end_job);
    if (!capsule) job_free(made);
    return capsule;
}

PyObject *handle_of_chunk(batch_chunk *made) {
    PyObject *capsule = PyCapsule_New(made, CHUNK_NAME, end_chunk);
    if (!capsule) chunk_free(made);
    return capsule;
}

batch_job *handle_job(PyObject *object) {
    return get(object, JOB_NAME);
}

batch_chunk *handle_chunk(PyObject *object) {
    return get(object, CHUNK_NAME);
}
