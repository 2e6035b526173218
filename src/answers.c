/* answers.c - the simple questions: thin fronts over the one analysis. Which signals answer them is the pack's to say. */
#include "analyzer.h"

care_status care_ask(care_analyzer *self, int32_t question, const care_turn *turns, size_t count, int32_t *yes, care_error *error) {
    if (!self || !yes || question < 0 || question >= CARE_QUESTION_COUNT)
        return error_set(error, CARE_E_ARGUMENT, 0, 0, "an argument is NULL, or the question is none of CARE_QUESTION_...");
    *yes = 0;
    care_result result = {.size = sizeof result};
    care_status status = care_analyze(self, turns, count, &result, error);
    if (status != CARE_OK) return status;
    uint32_t concept_count;
    const uint32_t *concepts = pack_list(self->pack, self->pack->answers[question], &concept_count);
    for (size_t i = 0; i < result.finding_count; i++)
        for (uint32_t c = 0; c < concept_count; c++)
            if (self->pack->signals[result.findings[i].signal] == concepts[c]) *yes = 1;
    return CARE_OK;
}

static care_status ask_agent(care_analyzer *self, int32_t question, const char *text, size_t length, int32_t *yes) {
    care_turn turn = {.text = text, .length = length, .role = CARE_ROLE_AGENT};
    return care_ask(self, question, &turn, 1, yes, NULL);
}

care_status care_has_apology(care_analyzer *self, const char *text, size_t length, int32_t *yes) {
    return ask_agent(self, CARE_QUESTION_APOLOGY, text, length, yes);
}

care_status care_has_excuse(care_analyzer *self, const char *text, size_t length, int32_t *yes) {
    return ask_agent(self, CARE_QUESTION_EXCUSE, text, length, yes);
}

care_status care_has_empathy(care_analyzer *self, const char *text, size_t length, int32_t *yes) {
    return ask_agent(self, CARE_QUESTION_EMPATHY, text, length, yes);
}

care_status care_is_tepid(care_analyzer *self, const char *text, size_t length, const char *question, size_t question_length,
                          int32_t *yes) {
    care_turn turns[2] = {{.text = question, .length = question ? question_length : 0, .role = CARE_ROLE_AGENT, .flags = CARE_TURN_CONTEXT},
                          {.text = text, .length = length, .role = CARE_ROLE_CUSTOMER}};
    return care_ask(self, CARE_QUESTION_TEPID, turns + !question, 2 - !question, yes, NULL);
}
