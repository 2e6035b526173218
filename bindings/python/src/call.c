/* call.c - what holds one call together: the analyzer that it uses, the objects whose text is read, the lock while it is away. */
#include "binding.h"

/* Below this, giving the interpreter's lock away and taking it again costs more than another thread could gain. */
#define RELEASE_BYTES 4096

/* Scratch memory is as large as the largest text; that of larger ones is not kept. */
#define KEEP_BYTES 1000000

bool call_take_analyzer(text_call *self, PyObject *handle, analyzer_set *analyzers) {
    if (!analyzers) return false;
    self->handle = handle;
    self->analyzers = analyzers;
    care_status status = care_analyzers_take(analyzers->pool, &self->analyzer);
    if (status != CARE_OK) raise_status(status);
    return status == CARE_OK;
}

bool call_take_conversation(text_call *self, PyObject *handle) {
    spoken_turns *found = handle_conversation(handle);
    if (!found) return false;
    if (found->busy) return raise_state("another thread is using this conversation; feed it from one at a time");
    if (!found->conversation) return raise_state("this conversation is closed");
    found->busy = true;
    self->conversation = found;
    return true;
}

bool call_take_text(text_call *self, PyObject *object, care_text *text) {
    self->text = object;
    if (!text_read(object, "text", -1, text, &self->owned_text)) return false;
    if (self->owned_text && !PyUnicode_Check(object)) self->text = self->owned_text; /* sliced later, so the copy */
    self->length += text->length;
    return true;
}

bool call_take_previous(text_call *self, PyObject *object, care_text *text) {
    if (object == Py_None) {
        text->bytes = NULL;
        return true;
    }
    self->previous = object;
    if (!text_read(object, "previous", -1, text, &self->owned_previous)) return false;
    if (self->owned_previous && !PyUnicode_Check(object)) self->previous = self->owned_previous;
    self->length += text->length;
    return true;
}

void call_leave(text_call *self) {
    if (self->length >= RELEASE_BYTES) self->released = PyEval_SaveThread();
    BENCH_BEGIN
}

void call_return(text_call *self) {
    BENCH_END
    if (self->released) PyEval_RestoreThread(self->released);
    self->released = NULL;
}

PyObject *call_findings(const text_call *self, const care_result *result) {
    return findings_of_call(self, result, result->findings, result->finding_count);
}

PyObject *call_suppressed(const text_call *self, const care_result *result) {
    return findings_of_call(self, result, result->suppressed, result->suppressed_count);
}

void call_end(text_call *self) {
    if (self->analyzer) {
        if (self->length > KEEP_BYTES) care_analyzer_trim(self->analyzer);
        care_analyzers_give(self->analyzers->pool, self->analyzer);
    }
    if (self->conversation) self->conversation->busy = false;
    Py_XDECREF(self->owned_text);
    Py_XDECREF(self->owned_previous);
}
