/* bench.c - what bench/python measures against; only in builds with CARE_PYTHON_BENCH. */
#include "binding.h"

#include <time.h>

static uint64_t now(void) {
    struct timespec time;
    timespec_get(&time, TIME_UTC);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static uint64_t spent;

/* Called by run.c around the library's own work. */
void bench_begin(void) {
    spent -= now();
}

void bench_end(void) {
    spent += now();
}

/* library_time_of_batches(): nanoseconds that batches spent in the library since the last call; for one thread at a time. */
PyObject *bench_of_batches(PyObject *module, PyObject *args) {
    (void)module, (void)args;
    uint64_t was = spent;
    spent = 0;
    return PyLong_FromUnsignedLongLong(was);
}

/* library_time(analyzers, options, text, count): nanoseconds of one of `count` calls of the library for a text that an agent says. */
PyObject *bench_of_call(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *handle, *object;
    unsigned int options, count;
    if (!PyArg_ParseTuple(args, "OIOI:library_time", &handle, &options, &object, &count)) return NULL;
    text_call call = {0};
    care_text text, none = {NULL, 0, 0, 0};
    PyObject *made = NULL;
    if (call_take_analyzer(&call, handle) && call_take_text(&call, object, &text)) {
        uint64_t begin = now();
        for (unsigned int i = 0; i < count; i++) {
            care_result result = {.size = sizeof result};
            care_error error;
            error.size = sizeof error;
            care_analyze_text(call.analyzer, options, text, CARE_ROLE_AGENT, CARE_CHANNEL_UNKNOWN, none, &result, &error);
        }
        made = PyFloat_FromDouble((double)(now() - begin) / count);
    }
    call_end(&call);
    return made;
}
