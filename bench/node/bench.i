/* bench.i - what the benchmark measures against, with the typemaps of the calls themselves; in no other build. */

%{
#include "bench.h"
%}

%rename("%(strip:[care_])s") "";

%typemap(out) double {
    $result = Napi::Number::New(env, $1);
}

care_status care_empty_text(care_analyzer *analyzer, uint32_t options, care_text text, int32_t role, int32_t channel, care_text previous, care_result *result, care_error *error);
care_status care_empty_joined(care_analyzer *analyzer, uint32_t options, care_text text, care_columns columns, care_result *batch, care_error *error);
care_status care_timed_text(care_analyzer *analyzer, uint32_t options, care_text text, int32_t role, int32_t channel, care_text previous, care_result *result, care_error *error);
care_status care_timed_joined(care_environment *environment, care_analyzer *analyzer, uint32_t options, care_text text, care_columns columns, care_result *batch, care_error *error);
care_status care_silent_text(care_analyzer *analyzer, uint32_t options, care_text text, int32_t role, int32_t channel, care_text previous, care_result *result, care_error *error);
double care_timed(void);
double care_time_text(care_analyzer *analyzer, uint32_t options, care_text text, int32_t role, int32_t channel, care_text previous, uint32_t rounds);
