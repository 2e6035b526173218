/* clock.h - the library's own time within the calls that a script makes: the same work finds colder caches there than in a loop. */
#ifndef CARE_NODE_CLOCK_H
#define CARE_NODE_CLOCK_H

#include <chrono>

static bool care_timing;
static double care_timed_total;

static inline double care_now(void) {
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

template <typename call> static inline auto care_clocked(call run) {
    if (!care_timing) return run();
    double begin = care_now();
    auto status = run();
    care_timed_total += care_now() - begin;
    return status;
}

#define CARE_TIMED(call) care_clocked([&] { return call; })

#endif
