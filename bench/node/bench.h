/* bench.h - calls that do nothing, and the library's own time, in nanoseconds a call. */
#ifndef CARE_NODE_BENCH_H
#define CARE_NODE_BENCH_H

#include "batch.h"

#include <chrono>

static inline care_status care_empty_text(care_analyzer *, uint32_t, care_text, int32_t, int32_t, care_text, care_result *, care_error *) {
    return CARE_OK;
}

static inline care_status care_empty_joined(care_analyzer *, uint32_t, care_text, care_columns, care_result *, care_error *) {
    return CARE_OK;
}

/* The library's own time within calls from JavaScript: the same call finds colder caches there than in a loop of C. */
static double care_timed_total;

static inline double care_now(void) {
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/* What reading the clock adds to what it measures. */
static inline double care_clock_cost(void) {
    static double cost = 0;
    if (cost > 0) return cost;
    cost = 1e9;
    for (int i = 0; i < 10000; i++) {
        double begin = care_now(), passed = care_now() - begin;
        if (passed < cost) cost = passed;
    }
    return cost;
}

/* The total since it was last asked for. */
static inline double care_timed(void) {
    double total = care_timed_total;
    care_timed_total = 0;
    return total;
}

static inline care_status care_timed_analyze(care_analyzer *analyzer, const care_turn *turns, size_t count, care_result *result,
                                             care_error *error) {
    double begin = care_now();
    care_status status = care_analyze(analyzer, turns, count, result, error);
    care_timed_total += care_now() - begin - care_clock_cost();
    return status;
}

static inline care_status care_timed_text(care_analyzer *analyzer, uint32_t options, care_text text, int32_t role, int32_t channel,
                                          care_text previous, care_result *result, care_error *error) {
    care_turn turns[2];
    care_set_options(analyzer, options);
    return care_timed_analyze(analyzer, turns, care_turns_of(text, role, channel, previous, turns), result, error);
}

static inline care_status care_timed_joined(care_environment *environment, care_analyzer *analyzer, uint32_t options, care_text text,
                                            care_columns columns, care_result *result, care_error *error) {
    if (columns.count > environment->turn_room) return care_analyze_joined(environment, analyzer, options, text, columns, result, error);
    if (!care_turns_of_joined(text, columns, environment->turns)) return care_refuse_columns(error);
    care_set_options(analyzer, options);
    return care_timed_analyze(analyzer, environment->turns, columns.count, result, error);
}

/* Analyses and gives nothing: what a call with an empty result costs while the library's tables take the caches. */
static inline care_status care_silent_text(care_analyzer *analyzer, uint32_t options, care_text text, int32_t role, int32_t channel,
                                           care_text previous, care_result *, care_error *error) {
    care_result found = {};
    found.size = sizeof found;
    return care_analyze_text(analyzer, options, text, role, channel, previous, &found, error);
}

/* And in a loop of C, in nanoseconds a call. */
static inline double care_time_text(care_analyzer *analyzer, uint32_t options, care_text text, int32_t role, int32_t channel,
                                    care_text previous, uint32_t rounds) {
    care_turn turns[2];
    care_result result = {};
    result.size = sizeof result;
    care_set_options(analyzer, options);
    size_t count = care_turns_of(text, role, channel, previous, turns);
    double begin = care_now();
    for (uint32_t i = 0; i < rounds; i++) care_analyze(analyzer, turns, count, &result, nullptr);
    return (care_now() - begin) / rounds;
}

#endif
