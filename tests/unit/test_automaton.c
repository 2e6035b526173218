/* Phrases to position automata: their limits, and what cannot be one. */
#include "support/heard.h"

#include <stdlib.h>

/* The problems of a signal with one phrase; `before` stands before it. */
static const char *problems(const char *before, const char *phrase) {
    size_t room = strlen(before) + strlen(phrase) + 1000;
    char *text = malloc(room);
    snprintf(text, room, HEARD_WORDS "%ssignal a.b by anyone\n say 80 %s\n", before, phrase);
    const char *shown = heard_problems(text);
    free(text);
    return shown;
}

static char *times(const char *word, size_t count) {
    char *text = calloc(count + 1, strlen(word) + 1);
    size_t length = strlen(word);
    for (size_t i = 0; i < count; i++) memcpy(text + i * length, word, length);
    return text;
}

Test(automaton, at_most_64_positions) {
    char *fits = times("go ", 64), *large = times("go ", 65);
    cr_assert_str_eq(problems("", fits), "");
    cr_assert(strstr(problems("", large), "this phrase is too large"));
    free(fits);
    free(large);
    cr_assert_str_eq(problems("", "a -62- b"), "");
    cr_assert(strstr(problems("", "a -63- b"), "too large"));
    cr_assert(strstr(problems("list l a b | c d\nlist m <l> <l> <l> <l>\nlist n <m> <m> <m> <m>\n", "<n> <n>"), "too large"));
}

/* A list of single words is one position, however many they are, in lists of lists too. */
Test(automaton, single_words_share_a_position) {
    char *words = malloc(20000);
    size_t used = (size_t)sprintf(words, "list l w0");
    for (int i = 1; i < 1000; i++) used += (size_t)sprintf(words + used, " | w%d", i);
    sprintf(words + used, "\nlist m x | (y | z)\n");
    heard it;
    char *text = malloc(30000);
    snprintf(text, 30000, HEARD_NAME "%ssignal a.b by anyone\n say 80 @x <l> <l> <m> <l>\n", words);
    heard_open(&it, text);
    HEARD(&it, "w1 w999 z w0", "a.b/x 'w1 w999 z w0' 80");
    heard_close(&it);
    free(text);
    free(words);
}

Test(automaton, a_phrase_needs_a_word_of_its_own) {
    static const char *const empty[] = {"[a]", "-3-", "*", "* *", "[a] -2-", "[a] *", "(a | *)", "[a] [b]", "-2- [a]"};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        cr_assert(strstr(problems("", empty[i]), "could match without any word of its own"), "%s", empty[i]);
    static const char *const good[] = {"a -3-", "* a", "[a] b", "-3- a *", "#number", "(a | * b)"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) cr_assert_str_eq(problems("", good[i]), "", "%s", good[i]);
}

Test(automaton, lists_that_hold_themselves) {
    cr_assert(strstr(problems("list l a | <l>\n", "<l>"), "holds itself"));
    cr_assert(strstr(problems("list l a | <m>\nlist m b | <l>\n", "<m>"), "holds itself"));
    cr_assert(strstr(problems("", "<nowhere>"), "there is no list \"nowhere\""));
    cr_assert(strstr(problems("", "{nowhere}"), "there is no slot \"nowhere\""));
}

/* Lists in lists in lists ...: a limit, not the end of the stack. */
Test(automaton, deep_lists) {
    enum { DEEP = 100000 };
    char *text = malloc(DEEP * 40);
    size_t used = (size_t)sprintf(text, "list l0 a b\n");
    for (int i = 1; i < DEEP; i++) used += (size_t)sprintf(text + used, "list l%d <l%d> c\n", i, i - 1);
    char phrase[32];
    snprintf(phrase, sizeof phrase, "<l%d>", DEEP - 1);
    cr_assert(strstr(problems(text, phrase), "nested more than 64 deep"), "%s", problems(text, phrase));
    cr_assert(!strstr(problems(text, "<l30>"), "nested"));
    free(text);
}
