/* Phrases: what each sign of the pack language matches, and which of several matches counts. */
#include "support/heard.h"

/* What a pack of one signal with these lines gives for one turn, against what is wanted. */
static void gives(const char *lines, const char *said, const char *wanted) {
    char text[4096];
    heard it;
    snprintf(text, sizeof text, HEARD_WORDS "list fruit apple | pear tree | plum\nsignal a.b by anyone\n%s\n", lines);
    heard_open(&it, text);
    cr_assert_str_eq(heard_one(&it, said), wanted, "%s: %s gives: %s", lines, said, it.shown);
    heard_close(&it);
}

Test(match, words) {
    gives(" say 80 @x delay", "It was delayed by delays.", "a.b/x 'delayed' 80 | a.b/x 'delays' 80");
    gives(" say 80 @x \"delay\"", "delayed delay DELAY", "a.b/x 'delay' 80 | a.b/x 'DELAY' 80");
    gives(" say 80 @x delay", "delicious", "");
    gives(" say 80 @x \"late today\"", "late today", "a.b/x 'late today' 80");
    gives(" say 80 @x quick~", "quickly quick quicker", "a.b/x 'quickly' 80 | a.b/x 'quick' 80");
}

Test(match, sequences_and_choices) {
    gives(" say 80 @x so (good | bad day) here", "so good here, so bad days here, so here",
          "a.b/x 'so good here' 80 | a.b/x 'so bad days here' 80");
    gives(" say 80 @x so [very] good", "so good so very good", "a.b/x 'so good' 80 | a.b/x 'so very good' 80");
    gives(" say 80 @x a <fruit>", "a apple, a pear tree, a pear", "a.b/x 'a apple' 80 | a.b/x 'a pear tree' 80");
    gives(" say 80 @x one two | three", "one two. three. one three", "a.b/x 'one two' 80 | a.b/x 'three' 80 | a.b/x 'three' 80");
}

Test(match, gaps_and_repeats) {
    gives(" say 80 @x one -2- two", "one two, one x two, one x x two",
          "a.b/x 'one two' 80 | a.b/x 'one x two' 80 | a.b/x 'one x x two' 80");
    gives(" say 80 @x one -2- two", "one x x x two", "");
    gives(" say 80 @x one * two", "one x two", "a.b/x 'one x two' 80");
    gives(" say 80 @x one * two", "one two", "");
    gives(" say 80 @x go+ home", "go go go home", "a.b/x 'go go go home' 80");
    gives(" say 80 @x (tick tock)+", "tick tock tick tock tick", "a.b/x 'tick tock tick tock' 80");
}

Test(match, kinds) {
    gives(" say 80 @x #number", "42 and five", "a.b/x '42' 80");
    gives(" say 80 @x #money", "it cost $5 or 5", "a.b/x '$5' 80");
    gives(" say 80 @x #time", "at 17:30", "a.b/x '17:30' 80");
    gives(" say 80 @x #name", "ask Ann or <name> or @bob", "a.b/x 'Ann' 80 | a.b/x '<name>' 80 | a.b/x '@bob' 80");
    gives(" say 80 @x #caps", "so LATE", "a.b/x 'LATE' 80");
    gives(" say 80 @x #emoji", "ok :)", "a.b/x ':)' 80");
    gives(" say 80 @x #link", "see www.x.example now", "a.b/x 'www.x.example' 80");
    gives(" say 80 @x call #name", "call Ann", "a.b/x 'call Ann' 80");
    gives(" say 80 @x #number days", "for 42 days", "a.b/x '42 days' 80");
}

Test(match, edges) {
    gives(" say 80 @x ^ late", "late, late. late", "a.b/x 'late' 80 | a.b/x 'late' 80");
    gives(" say 80 @x late $", "late, late. late", "a.b/x 'late' 80 | a.b/x 'late' 80");
    gives(" say 80 @x ^^ late", "late. late", "a.b/x 'late' 80");
    gives(" say 80 @x late $$", "late. so late", "a.b/x 'late' 80");
    gives(" say 80 @x ^ late $", "late. so late", "a.b/x 'late' 80");
    gives(" say 80 @x late ?", "late? late!", "a.b/x 'late' 80");
    gives(" say 80 @x late !", "late? so late!", "a.b/x 'late' 80");
    gives(" say 80 @x late ?", "late is it?", "");
}

/* Within a rule: of matches with the same start the longest, the next one behind it. */
Test(match, longest_from_the_left) {
    gives(" say 80 @x one [two [three]]", "one two three", "a.b/x 'one two three' 80");
    gives(" say 80 @x one two | two three | one", "one two three one", "a.b/x 'one two' 80 | a.b/x 'one' 80");
    gives(" say 80 @x one -3- two", "one two two", "a.b/x 'one two two' 80");
    gives(" say 80 @x one two one", "one two one two one", "a.b/x 'one two one' 80");
    gives(" say 80 @x go+", "go go. go", "a.b/x 'go go' 80 | a.b/x 'go' 80");
}

Test(match, no_match_crosses_a_sentence) {
    gives(" say 80 @x so sorry", "so. sorry", "");
    gives(" say 80 @x so sorry", "so, sorry", "a.b/x 'so, sorry' 80");
    gives(" say 80 @x so -9- sorry", "so? it is sorry", "");
}

/* The widest phrase: 64 words, and no more by repetition. */
Test(match, at_most_64_words) {
    char said[400] = "";
    for (int i = 0; i < 70; i++) strcat(said, "go ");
    heard it;
    heard_open(&it, HEARD_WORDS "signal a.b by anyone\n say 80 @x go+\n");
    heard_one(&it, said);
    cr_assert_eq(it.result.finding_count, 2);
    cr_assert_eq(it.result.findings[0].end, 64 * 3 - 1);
    heard_close(&it);
}

/* What gates let through does not depend on which words are called common. */
Test(match, common_words_change_no_finding) {
    static const char *const commons[] = {"", "common one two\n", "common three\n", "common one two three four x go\n"};
    static const char *const said[] = {"one two three",        "one x two", "go one go three two", "two one", "one one two two three three",
                                       "four one x x two four"};
    char wanted[6][8192];
    for (size_t c = 0; c < 4; c++) {
        char text[1000];
        heard it;
        snprintf(text, sizeof text,
                 HEARD_WORDS "%ssignal a.b by anyone\n say 80 one -2- two [three]\n say 70 (one | go) * (two | three)\n say 60 four -1- "
                             "one -2- (two | four)\n",
                 commons[c]);
        heard_open(&it, text);
        for (size_t i = 0; i < 6; i++) {
            if (!c) snprintf(wanted[i], sizeof wanted[i], "%s", heard_one(&it, said[i]));
            cr_assert_str_eq(heard_one(&it, said[i]), wanted[i], "%s with %s", said[i], commons[c]);
        }
        heard_close(&it);
    }
    cr_assert_str_eq(wanted[1], "a.b/1 'one x two' 80");
}
