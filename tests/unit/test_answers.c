/* The simple questions: which signals answer them is the pack's to say. */
#include "support/heard.h"

static heard it;

static void open_it(void) {
    heard_open(&it, HEARD_WORDS "answers apology: a.* - a.cold\nanswers tepid: f.t\nsignal a.warm by agent, bot\n say 80 be sorry\nsignal "
                                "a.cold by agent\n say 80 regret\n"
                                "signal q.ask by agent\n say 80 how be it\nsignal f.t by customer\n say 80 fine needs q.ask before 1\n");
}

static void close_it(void) {
    heard_close(&it);
}

TestSuite(answers, .init = open_it, .fini = close_it);

static int32_t ask(int32_t question, const char *first, uint8_t first_role, const char *second, uint8_t second_role) {
    care_turn turns[2] = {{.text = first, .length = strlen(first), .role = first_role},
                          {.text = second, .length = second ? strlen(second) : 0, .role = second_role}};
    int32_t yes = 7;
    cr_assert_eq(care_ask(it.analyzer, question, turns, second ? 2 : 1, &yes, NULL), CARE_OK);
    return yes;
}

Test(answers, of_one_turn) {
    cr_assert_eq(ask(CARE_QUESTION_APOLOGY, "I am sorry", CARE_ROLE_AGENT, NULL, 0), 1);
    cr_assert_eq(ask(CARE_QUESTION_APOLOGY, "I am sorry", CARE_ROLE_BOT, NULL, 0), 1);
    cr_assert_eq(ask(CARE_QUESTION_APOLOGY, "I am sorry", CARE_ROLE_CUSTOMER, NULL, 0), 0, "she may not say it");
    cr_assert_eq(ask(CARE_QUESTION_APOLOGY, "regret", CARE_ROLE_AGENT, NULL, 0), 0, "the pack takes it out");
    cr_assert_eq(ask(CARE_QUESTION_EXCUSE, "I am sorry", CARE_ROLE_AGENT, NULL, 0), 0, "no signal answers this");
}

Test(answers, of_several_turns) {
    cr_assert_eq(ask(CARE_QUESTION_TEPID, "How is it?", CARE_ROLE_AGENT, "Fine", CARE_ROLE_CUSTOMER), 1);
    cr_assert_eq(ask(CARE_QUESTION_TEPID, "Hello", CARE_ROLE_AGENT, "Fine", CARE_ROLE_CUSTOMER), 0);
    cr_assert_eq(ask(CARE_QUESTION_APOLOGY, "Fine", CARE_ROLE_CUSTOMER, "I am sorry", CARE_ROLE_AGENT), 1);
}

Test(answers, the_short_ways_to_ask) {
    int32_t yes = 7;
    cr_assert(care_has_apology(it.analyzer, "I am sorry", 10, &yes) == CARE_OK && yes == 1);
    cr_assert(care_has_excuse(it.analyzer, "I am sorry", 10, &yes) == CARE_OK && yes == 0);
    cr_assert(care_has_empathy(it.analyzer, "I am sorry", 10, &yes) == CARE_OK && yes == 0);
    cr_assert(care_is_tepid(it.analyzer, "Fine", 4, "How is it?", 10, &yes) == CARE_OK && yes == 1);
    cr_assert(care_is_tepid(it.analyzer, "Fine", 4, NULL, 0, &yes) == CARE_OK && yes == 0);
}

Test(answers, errors_name_the_turn) {
    care_turn turns[2] = {{.text = "a", .length = 1}, {.text = "\xff", .length = 1}};
    care_error error = {.size = sizeof error};
    int32_t yes = 7;
    care_analyzer_set(it.analyzer, CARE_OPTION_STRICT, 1);
    cr_assert_eq(care_ask(it.analyzer, CARE_QUESTION_TEPID, turns, 2, &yes, &error), CARE_E_UTF8);
    cr_assert(yes == 0 && error.line == 2 && error.offset == 0);
}
