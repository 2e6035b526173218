/* answers.c - the simple questions: thin fronts over the one analysis. Which signals answer them is the pack's to say. */
#include "analyzer.h"

typedef enum answer { ANSWER_APOLOGY, ANSWER_EXCUSE, ANSWER_EMPATHY, ANSWER_TEPID } answer;

static care_status ask(care_analyzer *self, answer which, const care_turn *turns, size_t count, int32_t *yes) {
    if (!self || !yes) return CARE_E_ARGUMENT;
    *yes = 0;
    care_result result = {.size = sizeof result};
    care_status status = care_analyze(self, turns, count, &result, NULL);
    if (status != CARE_OK) return status;
    uint32_t concept_count;
    const uint32_t *concepts = pack_list(self->pack, self->pack->answers[which], &concept_count);
    for (size_t i = 0; i < result.finding_count; i++)
        for (uint32_t c = 0; c < concept_count; c++)
            if (self->pack->signals[result.findings[i].signal] == concepts[c]) *yes = 1;
    return CARE_OK;
}

static care_status ask_agent(care_analyzer *self, answer which, const char *text, size_t length, int32_t *yes) {
    care_turn turn = {.text = text, .length = length, .role = CARE_ROLE_AGENT};
    return ask(self, which, &turn, 1, yes);
}

care_status care_has_apology(care_analyzer *self, const char *text, size_t length, int32_t *yes) {
    return ask_agent(self, ANSWER_APOLOGY, text, length, yes);
}

care_status care_has_excuse(care_analyzer *self, const char *text, size_t length, int32_t *yes) {
    return ask_agent(self, ANSWER_EXCUSE, text, length, yes);
}

care_status care_has_empathy(care_analyzer *self, const char *text, size_t length, int32_t *yes) {
    return ask_agent(self, ANSWER_EMPATHY, text, length, yes);
}

care_status care_is_tepid(care_analyzer *self, const char *text, size_t length, const char *question, size_t question_length, int32_t *yes) {
    care_turn turns[2] = {{.text = question, .length = question ? question_length : 0, .role = CARE_ROLE_AGENT, .flags = CARE_TURN_CONTEXT},
                          {.text = text, .length = length, .role = CARE_ROLE_CUSTOMER}};
    return question ? ask(self, ANSWER_TEPID, turns, 2, yes) : ask(self, ANSWER_TEPID, turns + 1, 1, yes);
}
