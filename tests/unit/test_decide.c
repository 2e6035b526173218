/* From candidates to findings: guards, look-alikes, hints, duplicates, roles, and what yields to what. */
#include "support/heard.h"

#define OPEN(text)           \
    heard it;                \
    heard_open(&it, HEARD_WORDS text); \
    heard_suppressed(&it)

Test(decide, who_may_say_it) {
    OPEN("signal a.b by agent\n say 80 @x late\nsignal a.c by customer, leader\n say 70 @y late\n");
    HEARD(&it, "late", "a.b/x 'late' 80 | -a.c/y 'late' speaker");
    HEARD_TURNS_GIVE(&it, "C: late", "a.c/y 'late' 70 | -a.b/x 'late' speaker");
    HEARD_TURNS_GIVE(&it, "B: late", "a.b/x 'late' 80 | -a.c/y 'late' speaker"); /* a bot is judged as an agent */
    HEARD_TURNS_GIVE(&it, "L: late", "a.c/y 'late' 70 | -a.b/x 'late' speaker");
    HEARD_TURNS_GIVE(&it, "T: late", "-a.b/x 'late' speaker | -a.c/y 'late' speaker");
    HEARD_TURNS_GIVE(&it, "S: late", "");
    heard_close(&it);
}

Test(decide, places) {
    OPEN("cue k\n say key\nsignal a.b by anyone\n say 80 @s one needs cue.k in sentence\n say 80 @t two needs cue.k in turn\n say 80 @n "
         "three needs cue.k nearby\n"
         " say 80 @l four needs cue.k left 2\n say 80 @r five needs cue.k right\n say 80 @h six key seven needs cue.k here\n");
    HEARD(&it, "one key. one", "a.b/s 'one' 80 | -a.b/s 'one' needs");
    HEARD(&it, "two. x. x. key", "a.b/t 'two' 80");
    HEARD(&it, "key. three. three. three", "a.b/n 'three' 80 | -a.b/n 'three' needs | -a.b/n 'three' needs");
    HEARD(&it, "three. key", "a.b/n 'three' 80");
    HEARD(&it, "key x four", "a.b/l 'four' 80");
    HEARD(&it, "key x x four", "-a.b/l 'four' needs");
    HEARD(&it, "four key", "-a.b/l 'four' needs");
    HEARD(&it, "five x x x x x key", "a.b/r 'five' 80");
    HEARD(&it, "key five", "-a.b/r 'five' needs");
    HEARD(&it, "six key seven", "a.b/h 'six key seven' 80");
    heard_close(&it);
}

Test(decide, turns_before) {
    OPEN("cue k\n say key\nsignal a.b by anyone\n say 80 @x one needs cue.k before 2\n say 70 @f two needs first\n say 60 @o three needs "
         "cue.k in turn or before 1\n");
    HEARD_TURNS_GIVE(&it, "C: key / A: one", "1: a.b/x 'one' 80");
    HEARD_TURNS_GIVE(&it, "C: key / A: so / A: one", "2: a.b/x 'one' 80");
    HEARD_TURNS_GIVE(&it, "C: key / A: so / C: so / A: one", "3: -a.b/x 'one' needs");
    HEARD_TURNS_GIVE(&it, "A: key one", "-a.b/x 'one' needs");
    HEARD_TURNS_GIVE(&it, "A: two / A: two", "0: a.b/f 'two' 70 | 1: -a.b/f 'two' needs");
    HEARD_TURNS_GIVE(&it, "A: key three / A: three / A: three", "0: a.b/o 'three' 60 | 1: a.b/o 'three' 60 | 2: -a.b/o 'three' needs");
    heard_close(&it);
}

Test(decide, phrases_as_conditions) {
    OPEN("list l key | lock\nsignal a.b by anyone\n say 80 @x one needs (key two | lock) in sentence\n say 70 @y three unless <l> left 1\n "
         "say 60 @z four needs (key) before 1\n");
    HEARD(&it, "one key two", "a.b/x 'one' 80");
    HEARD(&it, "one key", "-a.b/x 'one' needs");
    HEARD(&it, "one lock three", "a.b/x 'one' 80 | -a.b/y 'three' unless");
    HEARD(&it, "lock x three", "a.b/y 'three' 70");
    HEARD_TURNS_GIVE(&it, "C: key / A: four", "1: a.b/z 'four' 60");
    heard_close(&it);
}

/* What is looked for only where a guard asks: whatever was found, the next turn is asked anew. */
Test(decide, what_is_asked_in_each_turn) {
    OPEN("signal a.b by anyone\n say 80 @x one needs (key | lock -2- up) in turn\n");
    HEARD_TURNS_GIVE(&it, "A: one / A: one key / A: one / S: one key / A: key / A: one / A: one. lock it up / A: lock up",
                     "1: a.b/x 'one' 80 | 6: a.b/x 'one' 80 | 0: -a.b/x 'one' needs | 2: -a.b/x 'one' needs | 5: -a.b/x 'one' needs");
    HEARD_TURNS_GIVE(&it, "A: one / A: lock it one up / A: one", "1: a.b/x 'one' 80 | 0: -a.b/x 'one' needs | 2: -a.b/x 'one' needs");
    HEARD_TURNS_GIVE(&it, "A: one / A: key one", "1: a.b/x 'one' 80 | 0: -a.b/x 'one' needs");
    heard_close(&it);
}

/* In a sentence of 256 words, wherever it stands. */
Test(decide, what_is_asked_in_a_long_sentence) {
    OPEN("signal a.b by anyone\n say 80 @x one needs (key two) in sentence\n");
    for (int at = 1; at < 255; at++) {
        char said[2000] = "one ";
        for (int i = 1; i < 256; i++) strcat(said, i == at ? "key " : i == at + 1 ? "two " : "so ");
        HEARD(&it, said, "a.b/x 'one' 80");
    }
    heard_close(&it);
}

Test(decide, other_conditions) {
    OPEN("signal a.b by anyone\n say 80 @c one needs channel survey, chat\n say 70 @r two needs role bot\n say 60 @s three needs short 3\n "
         "say 50 @l four needs long 3\n say 40 @a five needs short 2 unless role bot\n");
    cr_assert_str_eq(heard_as(&it, "one", CARE_ROLE_AGENT, CARE_CHANNEL_SURVEY), "a.b/c 'one' 80");
    cr_assert_str_eq(heard_as(&it, "one", CARE_ROLE_AGENT, CARE_CHANNEL_EMAIL), "-a.b/c 'one' needs");
    HEARD(&it, "two", "-a.b/r 'two' needs");
    HEARD_TURNS_GIVE(&it, "B: two", "a.b/r 'two' 70");
    HEARD(&it, "three x x", "a.b/s 'three' 60");
    HEARD(&it, "three x x x", "-a.b/s 'three' needs");
    HEARD(&it, "four :) x", "-a.b/l 'four' needs"); /* an emoji is no word */
    HEARD(&it, "four. x x", "a.b/l 'four' 50");
    HEARD(&it, "five", "a.b/a 'five' 40");
    HEARD(&it, "five x x", "-a.b/a 'five' needs");
    HEARD_TURNS_GIVE(&it, "B: five", "-a.b/a 'five' unless");
    heard_close(&it);
}

Test(decide, guards_of_the_whole_signal) {
    OPEN("cue k\n say key\nsignal a.b by anyone\n needs cue.k in turn\n say 80 @x one\n say 70 @y two unless (three) in turn\n");
    HEARD(&it, "one key", "a.b/x 'one' 80");
    HEARD(&it, "one two", "-a.b/x 'one' needs | -a.b/y 'two' needs");
    HEARD(&it, "two three key", "-a.b/y 'two' unless");
    heard_close(&it);
}

Test(decide, cues) {
    OPEN("cue k by customer\n say key | lock\n not lock up\n needs long 2\ncue m\n say map unless cue.k in sentence\nsignal a.b by "
         "anyone\n say 80 @x one needs cue.k in turn\n say 70 @y two needs cue.m in turn\n");
    HEARD_TURNS_GIVE(&it, "C: one key", "a.b/x 'one' 80");
    HEARD_TURNS_GIVE(&it, "A: one key", "-a.b/x 'one' needs");
    HEARD_TURNS_GIVE(&it, "C: one lock", "a.b/x 'one' 80");
    HEARD_TURNS_GIVE(&it, "C: one lock up", "-a.b/x 'one' needs");
    HEARD_TURNS_GIVE(&it, "A: two map", "a.b/y 'two' 70");
    HEARD_TURNS_GIVE(&it, "C: two map key", "-a.b/y 'two' needs");
    heard_close(&it);
}

Test(decide, look_alikes) {
    OPEN("signal a.b by anyone\n say 80 @x so good\n hint 60 @h good\n not good grief | never so\n");
    HEARD(&it, "so good", "a.b/x 'so good' 99");
    HEARD(&it, "so good grief", "-a.b/x 'so good' not | -a.b/h 'good' not");
    HEARD(&it, "good grief. so good", "a.b/x 'so good' 99 | -a.b/h 'good' not");
    heard_close(&it);
}

Test(decide, guards_of_look_alikes) {
    OPEN("signal a.b by anyone\n say 80 @x good\n not good grief   unless (at all) in sentence\n");
    HEARD(&it, "good grief", "-a.b/x 'good' not");
    HEARD(&it, "good grief at all", "a.b/x 'good' 80");
    heard_close(&it);
}

Test(decide, of_overlapping_findings_the_strongest_stays) {
    OPEN("signal a.b by anyone\n say 70 @x so good\n say 80 @y good day\n say 80 @z so good day\n");
    HEARD(&it, "so good day", "a.b/z 'so good day' 80 | -a.b/x 'so good' duplicate | -a.b/y 'good day' duplicate");
    HEARD(&it, "good day, so good", "a.b/y 'good day' 80 | a.b/x 'so good' 70");
    heard_close(&it);
}

Test(decide, hints) {
    OPEN("cue k\n say key\nsignal a.b by anyone at 70\n hint 40 @x one\n hint 30 @y two\n hint 35 when cue.k in turn\n say 50 @s three\n");
    HEARD(&it, "one", "-a.b/x 'one' threshold");
    HEARD(&it, "one x two", "a.b/x 'one x two' 70");
    HEARD(&it, "two one one", "a.b/x 'two one one' 70"); /* a hint counts once a sentence */
    HEARD(&it, "one. two", "-a.b/x 'one' threshold | -a.b/y 'two' threshold");
    HEARD(&it, "one. key", "a.b/x 'one' 75");
    HEARD(&it, "three", "a.b/s 'three' 50");
    HEARD(&it, "three one two key", "a.b/s 'three' 99");
    HEARD(&it, "key", "");
    heard_close(&it);
}

Test(decide, yields) {
    OPEN("cue k\n say key\nsignal a.b by anyone\n say 80 @x so late\n yields a.c\nsignal a.c by anyone\n say 70 @y late bus\nsignal a.d by "
         "anyone\n say 60 @z one\n yields a.c in sentence\n"
         "signal a.e by anyone\n say 50 @w two\n yields a.* in turn\nsignal a.f by anyone\n say 40 @k six\n yields cue.k in turn\n");
    HEARD(&it, "so late bus", "a.c/y 'late bus' 70 | -a.b/x 'so late' yields");
    HEARD(&it, "so late. late bus", "a.b/x 'so late' 80 | a.c/y 'late bus' 70");
    HEARD(&it, "one late bus", "a.c/y 'late bus' 70 | -a.d/z 'one' yields");
    HEARD(&it, "one. late bus", "a.d/z 'one' 60 | a.c/y 'late bus' 70");
    HEARD(&it, "two. late bus", "a.c/y 'late bus' 70 | -a.e/w 'two' yields");
    HEARD(&it, "two two", "a.e/w 'two' 50 | a.e/w 'two' 50");
    HEARD(&it, "six. key", "-a.f/k 'six' yields");
    heard_close(&it);
}

Test(decide, signals_as_conditions) {
    OPEN("signal a.b by anyone\n say 80 @x one\nsignal a.c by anyone\n hint 30 @h two\n say 70 @y three needs a.b in turn\nsignal d.e by "
         "anyone\n say 60 @z four needs a.* in turn\n");
    HEARD(&it, "one three", "a.b/x 'one' 80 | a.c/y 'three' 70");
    HEARD(&it, "three", "-a.c/y 'three' needs");
    HEARD(&it, "two four", "-a.c/h 'two' threshold | -d.e/z 'four' needs");
    HEARD(&it, "one four", "a.b/x 'one' 80 | d.e/z 'four' 60");
    heard_close(&it);
}
