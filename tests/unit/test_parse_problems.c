/* What the parser says about pack text that is wrong: the place, the words, and that it goes on. */
#include "support/parsed.h"

#include <criterion/criterion.h>

/* `text` has just these problems. */
static void tells(const char *text, const char *expected) {
    parsed result;
    parsed_open(&result, text);
    cr_assert_str_eq(parsed_problems(&result), expected);
    parsed_close(&result);
}

/* `text` has one problem at this place, with `part` in its message. */
static void tells_part(const char *text, uint32_t line, uint32_t column, const char *part) {
    parsed result;
    parsed_open(&result, text);
    cr_assert_eq(result.problems->count, 1, "%s gives:\n%s", text, parsed_problems(&result));
    const problem *told = result.problems->items;
    cr_assert(strstr(told->message, part), "\"%s\" is not in \"%s\"", part, told->message);
    cr_assert(told->line == line && told->column == column, "%s is told at %u:%u", part, told->line, told->column);
    cr_assert_eq(told->status, CARE_E_SYNTAX);
    cr_assert_str_eq(told->file_name, "t.care");
    parsed_close(&result);
}

/* A "say" line of a signal, from behind its weight on; columns count from there. */
static void rule_tells(const char *written, uint32_t column, const char *part) {
    char text[512];
    (void)snprintf(text, sizeof text, "signal a.b\n  say 80 %s\n", written);
    tells_part(text, 2, column + 9, part);
}

Test(parse_problems, a_gap_has_two_dashes) {
    rule_tells("late -3 bus", 6, "a gap of up to three words is written -3-");
    rule_tells("-3 bus", 1, "a gap of up to three words is written -3-");
}

Test(parse_problems, conditions_are_not_joined_by_and) {
    rule_tells("late unless asked and negated", 19, "where all must hold, write a second \"unless\"");
    rule_tells("late needs short 3 and asked", 20, "where all must hold, write a second \"needs\"");
}

Test(parse_problems, an_example_has_one_reason) {
    tells_part("signal a.b\n  no (asked, negated) x\n", 2, 6, "or a context, and an example for each");
}

Test(parse_problems, labels_that_are_none) {
    tells("signal a.b draft\n  yes Wombat: late\n",
          "note 2:7: \"Wombat:\" is no role, so that it counts as text; the roles are agent, customer, bot, system, leader, staff\n");
    tells("signal a.b draft\n  yes Agent: hello. Customer: late\n",
          "note 2:21: turns are separated by \" / \": without it this label counts as text\n");
    tells("signal a.b draft\n  yes Agent: at 9:15 / Customer: Re:sult late: so\n", "");
}

/* ---- Several at once ---- */

Test(parse_problems, mistakes_far_apart_are_both_told) {
    char text[512] = "pack x 1\n";
    for (int i = 2; i < 100; i++) strcat(text, i == 40 ? "lst a b\n" : i == 90 ? "lists c d\n" : "\n");
    tells(text, "40:1: unknown statement \"lst\"; did you mean \"list\"?\n90:1: unknown statement \"lists\"; did you mean \"list\"?\n");
}

Test(parse_problems, every_physical_line_is_read) {
    tells("list x  a.b |\n  (c | d) |\n  (e . |\n  f) | g,h\n",
          "1:10: expected a word, \"|\" or the end of the phrase, not \".\"\n"
          "3:6: expected a word, \"|\" or the end of the phrase, not \".\"\n"
          "4:9: expected a word, \"|\" or the end of the phrase, not \",\" (alternatives are separated by \"|\")\n");
}

Test(parse_problems, a_wrong_value_does_not_hide_a_wrong_phrase) {
    tells("signal a.b\n  say 120 x (y\n",
          "2:7: weight must be 0 to 100, not 120\n2:15: expected \")\" to close the \"(\" at line 2, column 13\n");
}

Test(parse_problems, lines_after_a_wrong_head_belong_to_it) {
    tells("signal a.b\n  say 80 x\ncontext\n  after y\n  until z\n", "3:8: expected the name of a context, but the line ends\n");
    tells("sgnal a.b\n  say 80 x\ncontxt c\n  after y\n",
          "1:1: unknown statement \"sgnal\"; did you mean \"signal\"?\n3:1: unknown statement \"contxt\"; did you mean \"context\"?\n");
}

Test(parse_problems, they_are_in_the_order_of_the_text) {
    parsed result;
    parsed_open(&result, "cue a\ncue b\nlist\n");
    cr_assert_eq(result.problems->count, 3);
    cr_assert_eq(result.problems->error_count, 3);
    care_problem told = {.size = sizeof told};
    for (uint32_t i = 0; i < 3; i++) {
        cr_assert_eq(care_problems_get(result.problems, i, &told), CARE_OK);
        cr_assert_eq(told.line, i + 1);
        cr_assert_eq(told.severity, CARE_SEVERITY_ERROR);
    }
    parsed_close(&result);
}

Test(parse_problems, the_first_fills_an_error) {
    parsed result;
    parsed_open(&result, "list x a\n  list y b.c\nlist\n");
    care_error error = {.size = sizeof error};
    problems_first(result.problems, &error);
    cr_assert_eq(error.status, CARE_E_SYNTAX);
    cr_assert_eq(error.line, 2);
    cr_assert_eq(error.column, 11);
    cr_assert_eq(error.offset, 19);
    cr_assert_str_eq(error.file, "t.care");
    cr_assert(strstr(error.message, "not \".\""));
    parsed_close(&result);
}

Test(parse_problems, list_of_problems_checks_its_arguments) {
    care_problem told = {.size = sizeof told};
    cr_assert_eq(care_problems_count(NULL), 0);
    cr_assert_eq(care_problems_get(NULL, 0, &told), CARE_E_ARGUMENT);
    care_problems_free(NULL);
    parsed result;
    parsed_open(&result, "list\n");
    cr_assert_eq(care_problems_get(result.problems, 1, &told), CARE_E_ARGUMENT);
    cr_assert_eq(care_problems_get(result.problems, 0, NULL), CARE_E_ARGUMENT);
    told.size = 1;
    cr_assert_eq(care_problems_get(result.problems, 0, &told), CARE_E_ARGUMENT);
    parsed_close(&result);
}

/* ---- Lines ---- */

Test(parse_problems, unknown_statements) {
    tells_part("Signal a.b draft\n", 1, 1, "did you mean \"signal\"?");
    tells_part("blah x\n", 1, 1, "unknown statement \"blah\"; if it goes on from the line before");
    tells_part("signal a.b draft\n  unles asked\n", 2, 3, "did you mean \"unless\"?");
    tells_part("extend sinal a.b\n", 1, 8, "did you mean \"signal\"?");
    tells_part("(a | b)\n", 1, 1, "expected a word that says what the line is");
}

Test(parse_problems, lines_in_the_wrong_statement) {
    tells_part("say 80 x\n", 1, 1, "\"say\" belongs to a signal or a cue, not here");
    tells_part("cue c\n  hint 20 x\n  say y\n", 2, 3, "\"hint\" belongs to a signal, not to a cue");
    tells_part("signal a.b draft\n  until x\n", 2, 3, "\"until\" belongs to a context, not to a signal");
    tells_part("list x a\n  yes b\n", 2, 3,
               "\"yes\" belongs to a signal or a conversation, not behind a list, which ends what was open before");
}

Test(parse_problems, empty_lines) {
    tells_part("signal a.b draft\n  say\n", 2, 3, "nothing stands behind \"say\"");
    tells_part("list empty\n", 1, 1, "the list \"empty\" is empty");
    tells_part("slot empty\n", 1, 1, "the slot \"empty\" is empty");
    tells_part("filler\n", 1, 7, "expected a word, but the line ends");
}

/* ---- Phrases ---- */

Test(parse_problems, unclosed_brackets_name_where_they_opened) {
    rule_tells("a (b | c", 9, "expected \")\" to close the \"(\" at line 2, column 12");
    rule_tells("[b (c]", 6, "expected \")\" to close the \"(\" at line 2, column 13");
    rule_tells("(a | b needs asked", 8, "expected \")\" before \"needs\" to close the \"(\" at line 2, column 10");
    rule_tells("<own", 5, "expected \">\" to close the \"<\" at line 2, column 10");
    rule_tells("{own", 5, "expected \"}\" to close the \"{\" at line 2, column 10");
    rule_tells("a \"b c", 3, "not closed");
    tells_part("list x (a |\n  b\n", 2, 4, "expected \")\" to close the \"(\" at line 1, column 8");
}

Test(parse_problems, brackets_that_close_nothing) {
    rule_tells("a )", 3, "this \")\" closes nothing");
    rule_tells("a ]", 3, "this \"]\" closes nothing");
}

Test(parse_problems, empty_brackets_and_sides) {
    rule_tells("a ()", 3, "nothing stands between these brackets");
    rule_tells("a []", 3, "nothing stands between these brackets");
    rule_tells("a \"\"", 3, "nothing stands between these quotation marks");
    rule_tells("a | | b", 5, "nothing stands on one side of this \"|\"");
    rule_tells("a |", 4, "nothing stands on one side of this \"|\"");
    rule_tells("(a | )", 6, "expected a word or phrase, not \")\"");
    rule_tells("needs asked", 1, "expected a phrase before \"needs\"");
}

Test(parse_problems, edges_stand_at_the_ends) {
    rule_tells("a $ b", 3, "\"$\" in the middle of a phrase");
    rule_tells("a ^ b", 3, "\"^\" in the middle of a phrase");
    rule_tells("a ? | b", 3, "\"?\" in the middle of a phrase");
    rule_tells("a | ^ b", 5, "\"^\" in the middle of a phrase");
    rule_tells("(a $) b", 4, "\"$\" in the middle of a phrase");
    rule_tells("$ a", 1, "it stands only behind the last word");
    tells_part("list x a $\n", 1, 10, "not in a list or slot");
    tells_part("list x ^ a\n", 1, 8, "not in a list or slot");
}

Test(parse_problems, odd_items) {
    rule_tells("#foo", 1, "unknown kind \"#foo\"; the kinds are #number, #money");
    rule_tells("#(x)", 1, "expected a kind directly behind \"#\"");
    rule_tells("a + b", 3, "\"+\" must follow a word, a list or a group directly");
    rule_tells("-2-+", 4, "\"+\" must follow");
    rule_tells("a ~", 3, "\"~\" must follow a word without quotes directly");
    rule_tells("a++", 3, "\"+\" must follow");
    rule_tells("a -0- b", 3, "a gap must be 1 to 64 words, not -0-");
    rule_tells("a -65- b", 3, "a gap must be 1 to 64 words, not -65-");
    rule_tells("own_brand", 1, "no text has \"_\" inside a word: write <own_brand> for the list");
    rule_tells("'sorry'", 1, "'sorry' is no word");
    rule_tells("a <b.c>", 4, "\"b.c\" is not the name of a list");
    rule_tells("a, b", 2, "expected a word, \"|\" or the end of the phrase, not \",\"");
    rule_tells("\xC2\xA3"
               "5",
               1, "unexpected character U+00A3");
    rule_tells("\xE2\x80\x9Chi\xE2\x80\x9D", 1, "a curly quotation mark");
}

Test(parse_problems, words_that_end_a_phrase_are_quoted) {
    rule_tells("(a | unless)", 6, "expected a phrase before \"unless\" (to match the word, quote it)");
    rule_tells("a needs (b or c) in turn", 12,
               "expected \")\" before \"or\" to close the \"(\" at line 2, column 18 (between alternatives write \"|\"");
}

/* ---- Guards ---- */

Test(parse_problems, guard_places) {
    rule_tells("a needs cue.x", 14, "expected a place behind \"cue.x\": in sentence, in turn, nearby, before 1 to 4, left, right and here");
    rule_tells("a needs cue.x inn turn", 15, "expected a place, not \"inn\"; the places are in sentence");
    rule_tells("a needs cue.x in chat", 18, "unknown place \"in chat\"");
    rule_tells("a needs cue.x before 5", 22, "must be 1 to 4, not 5");
    rule_tells("a needs cue.x before", 21, "must be 1 to 4, but the line ends");
    rule_tells("a needs cue.x left 0", 20, "must be 1 to 255, not 0");
    rule_tells("a needs trouble in turn", 9, "write cue.trouble for a cue, trouble.* for a family");
    rule_tells("a needs (b)", 12, "expected a place (in sentence");
}

Test(parse_problems, guard_conditions) {
    rule_tells("a needs", 8, "expected a condition (cue.name in turn");
    rule_tells("a needs asked or in turn", 18, "\"in\" says where, but not what");
    rule_tells("a needs in turn", 9, "\"in\" says where, but not what");
    rule_tells("a needs channel fax", 17, "unknown channel \"fax\"; the channels are call, chat, email, social, survey, review");
    rule_tells("a needs role boss", 14, "unknown role \"boss\"; the roles are agent, customer, bot, system, leader, staff and anyone");
    rule_tells("a needs short x", 15, "must be 1 to 65535, not \"x\"");
    rule_tells("a needs asked b", 15, "expected \"or\", \"needs\", \"unless\" or the end of the line, not \"b\"");
    rule_tells("a needs a.b.c in turn", 9, "\"a.b.c\" is not the name of a cue, signal, family or context");
}

/* ---- Signals and the rest ---- */

Test(parse_problems, weights_and_numbers) {
    tells_part("signal a.b draft\n  say sorry\n", 2, 7, "a weight from 0 to 100 must stand before the phrase: say 80 sorry");
    tells_part("signal a.b draft\n  say -5 x\n", 2, 7, "weight must be 0 to 100, not \"-\"");
    tells_part("signal a.b draft\n  hint 99999999999999999999 x\n", 2, 8, "weight must be 0 to 100, not 99999999999999999999");
    tells_part("signal a.b draft at 0\n", 1, 21, "must be 1 to 100, not 0");
    tells_part("signal a.b draft degree 4\n", 1, 25, "degree must be 0 to 3, not 4");
    tells_part("reweigh a.b/2 101\n", 1, 15, "weight must be 0 to 100, not 101");
    tells_part("context c\n  after x up to 300\n", 2, 17, "must be 1 to 255, not 300");
    tells_part("context c\n  after x up to 3 words\n", 2, 19, "not \"words\"");
}

Test(parse_problems, yields_and_obligations) {
    tells_part("signal a.b draft\n  yields c.d nearby\n", 2, 14, "a finding yields here, in sentence or in turn");
    tells_part("signal a.b draft\n  yields c d\n", 2, 10, "\"c\" is not the name of a signal or family");
    tells_part("conversation a.b\n  opens agent c.d\n  opens agent c.e\n", 3, 9, "two \"opens\" lines");
    tells_part("context c\n  after a\n  until , b\n", 3, 11, "expected \"|\" or the end of the line behind \",\", not \"b\"");
    tells_part("signal a.b\n  say 80 x needs channel (y)\n", 2, 26, "expected a channel: call");
}

Test(parse_problems, long_texts_are_cut_to_fit_an_error) {
    static char name[400], text[900] = "list x ";
    for (size_t i = 0; i + 2 < sizeof name; i += 2) memcpy(name + i, "\xC3\xA9", 2);
    care_source source = {name, text, 0};
    care_problems *problems = problems_new(NULL);
    problems->files = &source;
    problems_add(problems, (place){0, 1, 9}, CARE_SEVERITY_ERROR, CARE_E_EXAMPLE, "%sx%s", name, name);
    care_error error = {.size = sizeof error};
    problems_first(problems, &error);
    cr_assert_eq(strlen(error.file), 126, "%zu", strlen(error.file));
    cr_assert_eq(strlen(error.message), 382);
    cr_assert_eq(error.status, CARE_E_EXAMPLE);
    error = (care_error){.size = 4};
    problems_first(problems, &error);
    cr_assert_eq(error.line, 0);
    care_problems_free(problems);
}

Test(parse_problems, labels) {
    tells_part("signal a.b\n  say 80 @l x\n  hint 20 @m x\n  not @l z\n", 4, 7,
               "the label \"@l\" stands twice in this signal, first at line 2");
    tells_part("signal a.b\n  say 80 @7 x\n", 2, 10, "the label \"@7\" is a number");
    tells_part("signal a.b draft\n  say 80 @ x\n", 2, 10, "expected a label directly behind \"@\"");
}

Test(parse_problems, many_labels) {
    static char text[100000];
    int length = snprintf(text, sizeof text, "signal a.b\n");
    for (int i = 0; i < 3000; i++) length += snprintf(text + length, sizeof text - (size_t)length, "say 1 @l%d x\n", i);
    (void)snprintf(text + length, sizeof text - (size_t)length, "say 1 @l1234 x\n");
    tells_part(text, 3002, 7, "the label \"@l1234\" stands twice in this signal, first at line 1236");
}

Test(parse_problems, heads) {
    tells_part("signal a\n", 1, 8, "\"a\" is not the id of a signal: write family.name");
    tells_part("cue a.b\n", 1, 5, "\"a.b\" is not the name of a cue");
    tells_part("list it's x\n", 1, 6, "\"it's\" is not the name of a list");
    tells_part("signal cue.x draft\n", 1, 8, "a family can not be named \"cue\"");
    tells_part("family cue\n", 1, 8, "a family can not be named \"cue\"");
    tells_part("context or\n  after x\n", 1, 9, "a context can not be named \"or\"");
    tells_part("cue c idiot\n", 1, 7, "phrases stand on \"say\" lines");
    tells_part("family f by boss\n", 1, 13, "unknown role \"boss\"");
    tells_part("family f by agent by bot\n", 1, 19, "\"by\" stands twice in this family");
    tells_part("family f counts up\n", 1, 17, "expected \"for\", \"against\" or \"neither\" behind \"counts\", not \"up\"");
    tells_part("signal a.b \"x\" \"y\"\n", 1, 16, "two meanings");
    tells_part("list x a\npack p 1\n", 2, 1, "\"pack\" must be the first statement");
    tells_part("pack p\n", 1, 7, "expected the version of the pack");
    tells_part("extend family f\n", 1, 8, "expected \"list\", \"cue\" or \"signal\" behind \"extend\"");
    tells_part("retract brand\n", 1, 9, "expected @ and the name of an example");
    tells_part("list x a needs asked\n", 1, 10, "guards stand in cues and signals");
}

Test(parse_problems, what_a_statement_lacks) {
    tells_part("signal a.b\n  not x\n", 1, 1, "the signal \"a.b\" says nothing: add a line \"say 80 ...\", or the word draft");
    tells_part("cue c\n", 1, 1, "the cue \"c\" says nothing");
    tells_part("context c\n  until x\n", 1, 1, "the context \"c\" begins nowhere");
    tells("conversation a.b\n", "1:1: the conversation \"a.b\" lacks a line \"met role signal within 1\"\n"
                                "1:1: the conversation \"a.b\" lacks a line \"opens role signal\"\n");
    tells_part("conversation a.b\n  opens agent c.d\n  met agent c.e\n", 3, 16, "expected \"within\" and a number of turns");
}

Test(parse_problems, vocabulary) {
    tells_part("ending s\n", 1, 8, "\"s\" is no ending: write +s to append");
    tells_part("ending +s =\n", 1, 11, "\"=\" is no ending");
    tells_part("word be am\n", 1, 9, "expected \":\", not \"am\"");
    tells_part("word be: am/is\n", 1, 10, "\"am/is\" is not one word");
    tells_part("filler #link\n", 1, 8, "a filler is a word, or #emoji in a line of its own");
    tells_part("filler # emoji\n", 1, 7, "expected a word");
    tells_part("filler #emoji um\n", 1, 15, "expected the end of the line");
    tells_part("filler all-right\n", 1, 8, "\"all-right\" is not one word");
    tells_part("contraction im = i\n", 1, 18, "a contraction is read as two words");
    tells_part("contraction im = i 'm after\n", 1, 28, "behind \"after\", but the line ends");
    tells_part("speaker boss: Boss\n", 1, 9, "unknown role \"boss\"; the roles of speakers are");
    tells_part("speaker agent: A | | B\n", 1, 20, "expected a label");
    tells_part("answers thanks: a.*\n", 1, 9, "the questions are apology, excuse, empathy and tepid");
    tells_part("ending \xE2\x82\xAC +s \xE2\x80\x94\n", 1, 8, "is no ending");
    tells_part("ending +s \xE2\x80\x94\n", 1, 11, "unexpected character U+2014");
    tells_part("ending s.t\n", 1, 8, "\"s.t\" is no ending");
    tells_part("derivation\n", 1, 11, "expected an ending, but the line ends");
    tells_part("filler \xE2\x80\x94\n", 1, 8, "unexpected character U+2014: expected a word");
    tells_part("word : am\n", 1, 6, "expected a word, not \":\"");
    tells_part("word all-right: x\n", 1, 6, "\"all-right:\" is not one word");
    tells_part("contraction : x\n", 1, 13, "expected a word, not \":\"");
    tells_part("contraction im i 'm\n", 1, 16, "expected \"=\", not \"i\"");
    tells_part("contraction im = i 'm after a after b\n", 1, 37, "\"after\" stands twice");
    tells_part("contraction im = i 'm after a, b\n", 1, 29, "\"a,\" is not one word");
    tells_part("speaker agent: A: B\n", 1, 17, "expected a label, \"|\" or the end of the line, not \":\"");
    tells_part("pack p 1-beta\n", 1, 8, "\"1-beta\" is no version");
    tells_part("context c\n  mark !\n", 2, 8, "expected \"?\", \"quotes\" or \"cited\"");
}

Test(parse_problems, examples) {
    tells_part("signal a.b draft\n  yes\n", 2, 6, "this example has no text");
    tells_part("signal a.b draft\n  yes [survey]\n", 2, 15, "this example has no text");
    tells_part("signal a.b draft\n  yes [fax] x\n", 2, 7, "unknown channel \"fax\"");
    tells_part("signal a.b draft\n  no (asked x\n", 2, 6, "this \"(\" is not closed");
    tells_part("signal a.b draft\n  no (two words) x\n", 2, 6, "is no reason");
    tells_part("signal a.b draft\n  yes {org} x\n", 2, 7, "expected {slot=its words}");
    tells_part("signal a.b draft\n  yes @a @b x\n", 2, 10, "two names");
    tells_part("signal a.b draft\n  yes Agent: / Customer: x\n", 2, 13, "this turn says nothing");
    tells_part("signal a.b draft\n  yes: x\n", 2, 6, "expected a space behind \"yes\"");
}

/* ---- What was meant ---- */

Test(parse_problems, weights_are_whole_numbers) {
    tells_part("signal a.b\n  say 0.85 x\n", 2, 7, "a weight is a whole number from 0 to 100");
    tells_part("signal a.b\n  say 85% x\n", 2, 7, "a weight is a whole number from 0 to 100");
    tells_part("signal a.b\n  say .85 x\n", 2, 7, "a weight is a whole number from 0 to 100");
    tells_part("signal a.b\n  say 80 x\n  hint 0,5 y\n", 3, 8, "a weight is a whole number from 0 to 100");
    tells_part("reweigh a.b/3 0.5\n", 1, 15, "a weight is a whole number from 0 to 100");
}

Test(parse_problems, misspelt_guards) {
    rule_tells("x unles (y) in sentence", 3, "did you mean \"unless\"?");
    rule_tells("x need (y | z) left 3", 3, "did you mean \"needs\"?");
    rule_tells("x unles cue.y in turn", 3, "did you mean \"unless\"?");
    rule_tells("x | y nedes cue.y before 1", 7, "did you mean \"needs\"?");
    rule_tells("(x | y) unlless (a (b | c)) nearby", 9, "did you mean \"unless\"?");
    tells("signal a.b\n  say 80 i need (help | advice)\n  say 80 need help in turn\n  say 80 useless (thing) left over\n", "");
}

Test(parse_problems, or_between_words_is_noted) {
    parsed result;
    parsed_open(&result,
                "signal a.b\n  say 80 x or y\n  say 80 (x | y) or \"z\"\n  say 80 x \"or\" y | or | (x or y)  needs (x) here or asked\n");
    cr_assert_eq(result.problems->error_count, 0);
    cr_assert_eq(result.problems->count, 2, "%s", parsed_problems(&result));
    for (size_t i = 0; i < 2; i++) {
        cr_assert_eq(result.problems->items[i].severity, CARE_SEVERITY_NOTE);
        cr_assert_eq(result.problems->items[i].line, i + 2);
        cr_assert(strstr(result.problems->items[i].message, "\"or\" is matched as a word"));
    }
    parsed_close(&result);
}
