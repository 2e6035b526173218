/* What pack text is read as: every kind of statement, line, guard and example. */
#include "support/parsed.h"

#include <criterion/criterion.h>

/* `text` parses without a problem to trees that are shown as `expected`. */
static void reads(const char *text, const char *expected) {
    parsed result;
    parsed_open(&result, text);
    cr_assert_str_eq(parsed_problems(&result), "");
    cr_assert_str_eq(parsed_show(&result), expected);
    parsed_close(&result);
}

/* A phrase of a list. */
static void phrase_reads(const char *written, const char *expected) {
    char text[1024], shown[1024];
    (void)snprintf(text, sizeof text, "list x  %s\n", written);
    (void)snprintf(shown, sizeof shown, "list x = %s\n", expected);
    reads(text, shown);
}

/* A "say" line of a signal, from its phrase on. */
static void rule_reads(const char *written, const char *expected) {
    char text[1024], shown[1024];
    (void)snprintf(text, sizeof text, "signal a.b\n  say 80 %s\n", written);
    (void)snprintf(shown, sizeof shown, "signal a.b\n  say 80 %s\n", expected);
    reads(text, shown);
}

/* ---- Words and vocabulary ---- */

Test(parse, pack_has_name_and_version) {
    reads("pack en-GB 1.2\n", "pack en-GB '1.2'\n");
}

Test(parse, stemmer) {
    reads("stemmer none\n", "stemmer none\n");
}

Test(parse, endings_of_three_kinds) {
    reads("ending +s e>ing =ed +'s y>\nderivation +ly\n", "ending: +s, e>ing, =ed, +'s, y>\nderivation: +ly\n");
}

Test(parse, word_lists_its_forms) {
    reads("word be: am is 'm 're  # odd ones\n", "word be: am, is, 'm, 're\n");
    reads("word be : am\n", "word be: am\n");
}

Test(parse, clitics_fillers_stammers_common_words) {
    reads("clitic 's n't\nfiller um uh\nstammer i we\ncommon the i\n", "clitic: 's, n't\nfiller: um, uh\nstammer: i, we\ncommon: the, i\n");
}

Test(parse, abbreviations_may_hold_full_stops) {
    reads("abbreviation mr e.g a.m.\n", "abbreviation: mr, e.g, a.m.\n");
}

Test(parse, contraction_is_two_words) {
    reads("contraction im = i 'm\n", "contraction im: i, 'm\n");
}

Test(parse, contraction_names_its_neighbours) {
    reads("contraction were = we 're  after ^ and   before sorry glad\n", "contraction were: we, 're after ^, and before sorry, glad\n");
    reads("contraction were = we 're  before sorry\n", "contraction were: we, 're before sorry\n");
}

Test(parse, speaker_labels_may_hold_spaces) {
    reads("speaker agent: Agent | Support Team | Mr. Smith\n", "speaker role 0: Agent, Support Team, Mr. Smith\n");
    reads("speaker leader: Team Leader |  # more\n    Boss\n", "speaker role 4: Team Leader, Boss\n");
}

Test(parse, answers_add_and_take_away) {
    reads("answers apology: apology.*, x.y - apology.a, apology.b - apology.c\n",
          "answers apology names apology.* x.y minus apology.a apology.b apology.c\n");
    reads("answers tepid: fine.* other.*\n", "answers tepid names fine.* other.*\n");
}

/* ---- Phrases ---- */

Test(parse, phrase_of_one_word) {
    phrase_reads("word", "word");
}

Test(parse, phrase_of_words_in_order) {
    phrase_reads("a b c", "(a b c)");
}

Test(parse, alternatives) {
    phrase_reads("(a | b c)", "(a | (b c))");
    phrase_reads("a b | c", "((a b) | c)");
    phrase_reads("((a))", "a");
}

Test(parse, options) {
    phrase_reads("[a | b] c", "([(a | b)] c)");
    phrase_reads("a [b]", "(a [b])");
}

Test(parse, repetitions) {
    phrase_reads("very+ good", "({{very}}+ good)");
    phrase_reads("(a | b)+", "{{(a | b)}}+");
    phrase_reads("<x>+", "{{<x>}}+");
    phrase_reads("#number+", "{{#number}}+");
    phrase_reads("follow-up+ now", "({{(follow up)}}+ now)");
    phrase_reads("[a | b]+ c", "([{{(a | b)}}+] c)");
}

Test(parse, exact_forms) {
    phrase_reads("\"delay\"", "\"delay\"");
    phrase_reads("\"two  words\" x", "(\"two\" \"words\" x)");
    phrase_reads("\"needs\" \"unless\"", "(\"needs\" \"unless\")");
    phrase_reads("\"follow-up\" \":-)\"", "(\"follow\" \"up\" \":-)\")");
    phrase_reads("\"very\"+", "{{\"very\"}}+");
}

Test(parse, derivations) {
    phrase_reads("apolog~ now", "(apolog~ now)");
    phrase_reads("self-serv~", "(self serv~)");
}

Test(parse, hyphens_separate_words) {
    phrase_reads("follow-up call", "(follow up call)");
    phrase_reads("(follow-up | x)", "((follow up) | x)");
}

Test(parse, apostrophes_stay_in_words) {
    phrase_reads("don't i'm 'm customers'", "(don't i'm 'm customers')");
    phrase_reads("don\xE2\x80\x99t", "don\xE2\x80\x99t");
}

Test(parse, words_of_other_scripts) {
    phrase_reads("perd\xC3\xB3n \xD0\xB8\xD0\xB7\xD0\xB2\xD0\xB8\xD0\xBD\xD0\xB8 \xF0\x9F\x99\x8F",
                 "(perd\xC3\xB3n \xD0\xB8\xD0\xB7\xD0\xB2\xD0\xB8\xD0\xBD\xD0\xB8 \xF0\x9F\x99\x8F)");
}

Test(parse, gaps_and_any_words) {
    phrase_reads("a -3- b * c", "(a -3- b * c)");
}

Test(parse, kinds_of_tokens) {
    phrase_reads("#number #money #time #name #caps #emoji #link", "(#number #money #time #name #caps #emoji #link)");
}

Test(parse, lists_and_slots) {
    phrase_reads("<crew> {org}", "(<crew> {org})");
}

Test(parse, case_is_kept) {
    phrase_reads("Hello OK", "(Hello OK)");
}

Test(parse, words_of_the_notation_are_words_in_phrases) {
    phrase_reads("say not before in turn", "(say not before in turn)");
    phrase_reads("or | say or | (say or not)", "(or | (say or) | (say or not))");
    rule_reads("up to 5 when", "(up to 5 when)");
}

Test(parse, edges_of_a_phrase) {
    rule_reads("^ ok $", "ok edges ^ $");
    rule_reads("^^ ok $$", "ok edges ^^ $$");
    rule_reads("is it ok ?", "(is it ok) edges ?");
    rule_reads("ok!", "ok edges !");
    rule_reads("ok $ ?", "ok edges $ ?");
    rule_reads("^ a | b $", "(a | b) edges ^ $");
    rule_reads("ok $ unless asked", "ok edges $ unless context asked");
}

/* ---- Lines ---- */

Test(parse, line_goes_on_after_a_bar) {
    reads("list x  a |\n  b |\nc\n", "list x = (a | b | c)\n");
}

Test(parse, line_goes_on_after_a_comma) {
    reads("family f  drop a,\n    b\n", "family f drop a b\n");
}

Test(parse, line_goes_on_in_a_bar) {
    reads("list x  a\n    | b\n    | c\n", "list x = (a | b | c)\n");
    reads("list x\n    | b\n    | c\n", "list x = (b | c)\n");
}

Test(parse, line_goes_on_in_a_guard) {
    reads("signal a.b\n  say 80 a\n    needs asked\n     unless first\n", "signal a.b\n  say 80 a needs context asked unless first\n");
}

Test(parse, guard_at_the_same_depth_is_a_line) {
    reads("signal a.b\n  say 80 a\n  needs asked\n", "signal a.b needs context asked\n  say 80 a\n");
    reads("signal a.b\n  needs asked\n  say 80 a\n", "signal a.b needs context asked\n  say 80 a\n");
}

Test(parse, comments_and_empty_lines_do_not_break_a_line) {
    reads("list x  a |  # one\n\n# two\n    # three\n  b\n", "list x = (a | b)\n");
    reads("list x  a\n  # one\n\n  | b\n", "list x = (a | b)\n");
}

Test(parse, bar_too_many_swallows_no_statement) {
    parsed result;
    parsed_open(&result, "list x  a |\nlist y  b\n");
    cr_assert_str_eq(parsed_show(&result), "list x = *\nlist y = b\n");
    cr_assert(strstr(parsed_problems(&result), "1:12: nothing stands on one side of this \"|\""));
    parsed_close(&result);
}

Test(parse, comments) {
    reads("# all of it\n#and this\n  #and this\nlist x a # and # this\n", "list x = a\n");
    reads("list x a #number #\n", "list x = (a #number)\n");
}

Test(parse, line_ends_of_all_kinds) {
    reads("list x a\r\nlist y\tb\r\n", "list x = a\nlist y = b\n");
    reads("list x a", "list x = a\n");
    reads("\xEF\xBB\xBFlist x a\n", "list x = a\n");
    reads("", "");
    reads("\n\n  \n# only this", "");
}

/* ---- Lists, slots, cues, contexts ---- */

Test(parse, slot) {
    reads("slot org  <brand> | brand #name\n", "slot org = (<brand> | (brand #name))\n");
}

Test(parse, cue_has_phrases_without_weight) {
    reads("cue rude by customer\n  say idiot unless (not an idiot) in sentence\n  not useful idiot\n  drop negated\n",
          "cue rude by 2 drop negated\n  say 100 idiot unless phrase (not an idiot) sentence\n  not (useful idiot)\n");
}

Test(parse, cue_phrase_that_begins_with_a_number_is_noted) {
    parsed result;
    parsed_open(&result, "cue c\n  say 24 hours\n  say \"24\" hours\n");
    cr_assert_str_eq(parsed_show(&result), "cue c\n  say 100 (24 hours)\n  say 100 (\"24\" hours)\n");
    cr_assert_str_eq(parsed_problems(&result),
                     "note 2:7: a cue has no weights: \"24\" is read as a word of the phrase; quote it if that is meant, or remove it\n");
    cr_assert_eq(result.problems->error_count, 0);
    parsed_close(&result);
}

Test(parse, context_triggers) {
    reads("context negated\n  after not | never   up to 5\n  before (be | would be) nice up to 3\n  in the word -1-\n  until but | , | "
          "however\n"
          "  except ^ not only\n  mark ?\n  mark quotes\n  mark cited\n",
          "context negated\n  after (not | never) up to 5\n  before ((be | (would be)) nice) up to 3\n  in (the word -1-)\n  until (but | "
          "however) comma\n"
          "  except (not only) edges ^\n  mark ?\n  mark quotes\n  mark cited\n");
}

Test(parse, comma_at_the_end_of_until_does_not_go_on) {
    reads("context c\n  after no\n  until but | ,\n  except no worries\n",
          "context c\n  after no\n  until but comma\n  except (no worries)\n");
    reads("context c\n  after no\n  until ,\n  except no worries\n", "context c\n  after no\n  until  comma\n  except (no worries)\n");
}

Test(parse, up_to_is_quoted_to_be_words) {
    reads("context c\n  after \"up\" to 5\n  in up to 5\n", "context c\n  after (\"up\" to 5)\n  in (up to 5)\n");
}

/* ---- Families and signals ---- */

Test(parse, family) {
    reads("family excuse  by agent   counts against   pillar respond   drop negated, reported\n",
          "family excuse by 5 counts -1 pillar respond drop negated reported\n");
    reads("family f\n  by customer, leader\n  counts for\n", "family f by 12 counts 1\n");
    reads("family f by anyone counts neither drop none\n", "family f by 37 counts 0 drop none\n");
}

Test(parse, signal_head) {
    reads("signal a.b \"says # it\" by staff counts for pillar p drop none draft at 70 degree 2  # note\n",
          "signal a.b 'says # it' by 20 counts 1 pillar p drop none draft at 70 degree 2\n");
}

Test(parse, signal_items_on_lines_of_their_own) {
    reads("signal a.b\n  by agent\n  counts neither\n  at 1\n  degree 0\n  draft\n", "signal a.b by 5 counts 0 draft at 1 degree 0\n");
}

Test(parse, rules_of_a_signal) {
    reads("signal a.b\n  say 90 @new-here i be new\n  hint 40 we have\n  not new to you | new here\n",
          "signal a.b\n  say 90 @new-here (i be new)\n  hint 40 (we have)\n  not ((new to you) | (new here))\n");
}

Test(parse, hint_without_phrase) {
    reads("signal a.b\n  say 0 x\n  hint 30 when cue.trouble in turn or before 1 unless first\n  hint 5 @l when asked\n",
          "signal a.b\n  say 0 x\n  hint 30 nothing needs cue.trouble turn or cue.trouble before 1 unless first\n  hint 5 @l nothing needs "
          "context asked\n");
}

Test(parse, rule_keeps_its_source) {
    parsed result;
    parsed_open(&result, "signal a.b\n  say 80 @l  a |  # c\n    b   # end\n  not c\n");
    cr_assert_str_eq(parsed_problems(&result), "");
    slice source = result.first->lines->source;
    cr_assert_eq(source.length, strlen("say 80 @l  a |  # c\n    b"));
    cr_assert_arr_eq(source.at, "say 80 @l  a |  # c\n    b", source.length);
    cr_assert_eq(result.first->lines->place.line, 2);
    cr_assert_eq(result.first->lines->place.column, 3);
    parsed_close(&result);
}

Test(parse, places_of_phrases) {
    parsed result;
    parsed_open(&result, "list x  a |\n  follow-up\n");
    const phrase *second = result.first->phrase->children[1];
    cr_assert_eq(second->children[1]->place.line, 2);
    cr_assert_eq(second->children[1]->place.column, 10);
    parsed_close(&result);
}

Test(parse, yields) {
    reads("signal a.b\n  say 80 x\n  yields c.d, e.*\n  yields f.g in turn\n  yields f.h in sentence\n",
          "signal a.b\n  say 80 x\n  yields c.d e.* here\n  yields f.g turn\n  yields f.h sentence\n");
}

Test(parse, labels_may_repeat_in_other_signals) {
    reads("signal a.b\n  say 80 @l x\nsignal a.c\n  say 80 @l x\n", "signal a.b\n  say 80 @l x\nsignal a.c\n  say 80 @l x\n");
}

/* ---- Guards ---- */

Test(parse, guard_places) {
    rule_reads("x needs cue.c in sentence", "x needs cue.c sentence");
    rule_reads("x needs a.b in turn", "x needs a.b turn");
    rule_reads("x needs a.* nearby", "x needs a.* nearby");
    rule_reads("x needs cue.c before 4", "x needs cue.c before 4");
    rule_reads("x needs cue.c left 4", "x needs cue.c left 4");
    rule_reads("x needs cue.c right unless cue.c left", "x needs cue.c right any unless cue.c left any");
    rule_reads("x unless cue.c here", "x unless cue.c here");
}

Test(parse, guard_phrases) {
    rule_reads("x needs (a b | c) in sentence", "x needs phrase ((a b) | c) sentence");
    rule_reads("x needs (^ ok $) in turn", "x needs phrase ok edges ^ $ turn");
    rule_reads("x needs <list> left 3 or \"no\" right", "x needs phrase <list> left 3 or phrase \"no\" right any");
    rule_reads("x unless ((a | b) \"or\" c ?) before 1", "x unless phrase ((a | b) \"or\" c) edges ? before 1");
    rule_reads("x unless #money in turn", "x unless phrase #money turn");
}

Test(parse, guard_conditions_without_place) {
    rule_reads("x needs asked", "x needs context asked");
    rule_reads("x needs channel survey, review", "x needs channel 60");
    rule_reads("x needs role bot or role agent, leader", "x needs role 4 or role 11");
    rule_reads("x unless short 6 unless long 7 unless first", "x unless short 6 unless long 7 unless first");
}

Test(parse, guard_alternatives) {
    rule_reads("x needs cue.c in turn or first or (a) here needs asked",
               "x needs cue.c turn or first or phrase a here needs context asked");
}

Test(parse, guard_repeats_the_reference) {
    rule_reads("x needs cue.c in turn or before 1 or right 2", "x needs cue.c turn or cue.c before 1 or cue.c right 2");
    rule_reads("x needs (a b) nearby or before 2", "x needs phrase (a b) nearby or phrase (a b) before 2");
}

Test(parse, guards_in_heads) {
    reads("cue c by agent needs asked unless cue.d in turn or before 1\n  say x\n",
          "cue c by 5 needs context asked unless cue.d turn or cue.d before 1\n  say 100 x\n");
}

/* ---- Examples ---- */

static void examples_read(const char *lines, const char *expected) {
    char text[1024], shown[1024];
    (void)snprintf(text, sizeof text, "signal a.b draft\n%s", lines);
    (void)snprintf(shown, sizeof shown, "signal a.b draft%s\n", expected);
    reads(text, shown);
}

Test(parse, example_text_runs_to_the_end_of_the_line) {
    examples_read("  yes  It's \"ok\" # no comment, |\n  no\tFine,  \r\n  yes x\n",
                  "\n  yes -1:It's \"ok\" # no comment, |\n  no -1:Fine,\n  yes -1:x");
}

Test(parse, example_annotations) {
    examples_read("  yes @brand {org=Brand Q} [survey] {when = on Monday} See Brand Q.\n",
                  "\n  yes @brand channel 5 {org=Brand Q} {when=on Monday} -1:See Brand Q.");
    examples_read("  no (asked) [email] @n Is it?\n", "\n  no @n (asked) channel 3 -1:Is it?");
    examples_read("  yes (sigh) ok\n  no Agent: (sigh) ok\n", "\n  yes -1:(sigh) ok\n  no 0:(sigh) ok");
}

Test(parse, example_turns) {
    examples_read("  yes Agent: How was it? / CUSTOMER: Fine. / bot:Ok / System: x / Leader: y / Staff: z\n",
                  "\n  yes 0:How was it? / 1:Fine. / 2:Ok / 3:x / 4:y / 5:z");
    examples_read("  yes Hello there / Customer: Hi\n", "\n  yes -1:Hello there / 1:Hi");
}

Test(parse, example_slash_that_separates_nothing) {
    examples_read("  yes Open 24/7 and / or so / Note: later /Customer: x / Customer y\n",
                  "\n  yes -1:Open 24/7 and / or so / Note: later /Customer: x / Customer y");
}

/* ---- Conversations and layers ---- */

Test(parse, conversation) {
    reads("conversation conv.x   \"nobody asked\"\n  by agent\n  opens customer fine.*, cue.x\n  met agent, leader probe.a within 2\n"
          "  yes Agent: a / Customer: b\n  no c\n",
          "conversation conv.x 'nobody asked' by 5\n  opens 2 fine.* cue.x\n  met 15 probe.a within 2\n  yes 0:a / 1:b\n  no -1:c\n");
}

Test(parse, layers) {
    reads("extend list crew      | steward\nextend signal excuse.policy\n  say 80 x\nextend cue refusal\noff excuse.comparison\n"
          "reweigh excuse.policy/3  60\nreweigh excuse.policy/new-here 0\nretract @brand\n",
          "extend list crew = steward\nextend signal excuse.policy\n  say 80 x\nextend cue refusal\noff excuse.comparison\n"
          "reweigh excuse.policy/3 number 60\nreweigh excuse.policy/new-here\nretract brand\n");
}

Test(parse, sources_are_appended) {
    care_source sources[2] = {{"a", "list a x\n", 9}, {"b", "\nlist b y\n", 10}};
    arena memory = {.allocator = memory_default()};
    care_problems *problems = problems_new(NULL);
    problems->files = sources;
    statement *first = NULL, **tail = &first;
    for (uint32_t i = 0; i < 2; i++) tail = parse_source(&memory, problems, i, tail);
    cr_assert_eq(first->place.file, 0);
    cr_assert_eq(first->next->place.file, 1);
    cr_assert_eq(first->next->place.line, 2);
    cr_assert_eq(tail, &first->next->next);
    care_problems_free(problems);
    arena_free(&memory);
}
