/* wide.h - for tests of texts in UTF-16: one turn, and the one before it by the other side. */
#ifndef CARE_TESTS_WIDE_H
#define CARE_TESTS_WIDE_H

#include <care/care.h>

static inline care_turn wide_turn(const uint16_t *text, size_t length, uint8_t role, uint8_t channel) {
    care_turn turn = {
        .text = (const char *)text, .length = length, .role = role, .channel = channel, .flags = CARE_TURN_UTF16, .unit = CARE_UNIT_UTF16};
    return turn;
}

static inline care_status wide_analyze(care_analyzer *analyzer, const uint16_t *text, size_t length, uint8_t role, uint8_t channel,
                                       const uint16_t *before, size_t before_length, care_result *result, care_error *error) {
    uint8_t other = role == CARE_ROLE_CUSTOMER ? CARE_ROLE_AGENT : CARE_ROLE_CUSTOMER;
    care_turn turns[2] = {wide_turn(before, before_length, other, channel), wide_turn(text, length, role, channel)};
    turns[0].flags |= CARE_TURN_CONTEXT;
    return care_analyze(analyzer, turns + !before, 2 - (size_t)!before, result, error);
}

#endif
