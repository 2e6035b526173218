/* bench.c - how long the library itself is at work within the calls that bench/python measures; only in builds with
 * CARE_PYTHON_BENCH. One thread at a time. */
#include "binding.h"

#include <time.h>

static int64_t spent;
static long long asked; /* how often it was timed */
static int timed; /* 0: nothing; 1: by the clock on the wall, which is quick to ask; 2: by the thread's own time */

static int64_t now(void) {
    struct timespec time;
    clock_gettime(timed == 1 ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

void bench_begin(void) {
    if (timed) spent -= now();
}

void bench_end(void) {
    if (timed) spent += now(), asked++;
}

/* library_time(how): the nanoseconds that calls spent in the library since the last call of this, and in how many pieces; from now
 * on timed as `how` says. */
PyObject *bench_time(PyObject *module, PyObject *args) {
    (void)module;
    int how;
    if (!PyArg_ParseTuple(args, "i:library_time", &how)) return NULL;
    PyObject *was = Py_BuildValue("LL", (long long)spent, asked);
    spent = asked = 0;
    timed = how;
    return was;
}

/* library_clock(how): what asking the clock costs, twice in each time of that kind. */
PyObject *bench_clock(PyObject *module, PyObject *args) {
    (void)module;
    int was = timed;
    if (!PyArg_ParseTuple(args, "i:library_clock", &timed)) return NULL;
    int64_t begin = now(), end = begin;
    for (int i = 0; i < 1000; i++) end = now();
    timed = was;
    return PyFloat_FromDouble((double)(end - begin) / 1000);
}
