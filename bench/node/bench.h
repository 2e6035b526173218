/* bench.h - calls that do nothing, and what else bench.js measures. */
#ifndef CARE_NODE_BENCH_H
#define CARE_NODE_BENCH_H

#include "batch.h"

static inline care_status care_empty_text(care_analyzer *, uint32_t, care_text, int32_t, int32_t, care_text, care_result *, care_error *) {
    return CARE_OK;
}

static inline care_status care_empty_how(care_analyzer *, uint32_t, care_text, care_result *, care_error *) {
    return CARE_OK;
}

static inline care_status care_empty_joined(care_analyzer *, uint32_t, care_text, care_columns, care_result *, care_error *) {
    return CARE_OK;
}

/* Analyses the text of the call before, of so many units, and gives nothing: what comes next finds its caches as a call that
 * analysed left them. */
static inline void care_again(care_environment *environment, care_analyzer *analyzer, uint32_t options, uint32_t units) {
    care_text text = {reinterpret_cast<const char *>(environment->text.units), units, CARE_TURN_UTF16, CARE_UNIT_UTF16}, none = {};
    care_result found;
    found.size = sizeof found;
    care_analyze_text(analyzer, options, text, CARE_ROLE_AGENT, CARE_CHANNEL_UNKNOWN, none, &found, nullptr);
}

/* The library's own time, in nanoseconds, since this was last asked; from now on it is measured, or not. */
static inline double care_timed(int32_t measure) {
    double total = care_timed_total;
    care_timed_total = 0;
    care_timing = measure;
    return total;
}

/* What asking the clock costs. */
static inline double care_clock_cost(void) {
    double begin = care_now(), end = begin;
    for (int i = 0; i < 1000; i++) end = care_now();
    return (end - begin) / 1000;
}

#endif
