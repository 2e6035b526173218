/* bench.i - what the benchmark measures against, with the typemaps of the calls themselves; in no other build. */

%{
#include "bench.h"
%}

%rename("%(strip:[care_])s") "";

%typemap(in) care_text previous {
    if (!care_read_optional_text(env, $input, "$1_name", &care_environment_of(env)->previous, &$1)) SWIG_fail;
}

%typemap(out) double {
    $result = Napi::Number::New(env, $1);
}

%rename(swig_text) care_analyze_text;
care_status care_analyze_text(care_analyzer *analyzer, uint32_t options, care_text text, int32_t role, int32_t channel, care_text previous, care_result *result, care_error *error);
care_status care_empty_text(care_analyzer *analyzer, uint32_t options, care_text text, int32_t role, int32_t channel, care_text previous, care_result *result, care_error *error);
care_status care_empty_how(care_analyzer *analyzer, uint32_t how, care_text text, care_result *result, care_error *error);
care_status care_empty_joined(care_analyzer *analyzer, uint32_t options, care_text text, care_columns columns, care_result *batch, care_error *error);
void care_again(care_environment *environment, care_analyzer *analyzer, uint32_t options, uint32_t units);
double care_timed(int32_t measure);
double care_clock_cost(void);
