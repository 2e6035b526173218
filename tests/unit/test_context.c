/* Contexts: how far each kind of trigger reaches, and what stops it. */
#include "support/heard.h"

static void gives(const char *context, const char *said, const char *wanted) {
    char text[2048];
    heard it;
    snprintf(text, sizeof text, HEARD_WORDS "context c\n%s\nsignal a.b by anyone drop c\n say 80 @x late bus | \"bus\"\n", context);
    heard_open(&it, text);
    heard_suppressed(&it);
    cr_assert_str_eq(heard_one(&it, said), wanted, "%s: %s gives: %s", context, said, it.shown);
    heard_close(&it);
}

#define FREE(words) "a.b/x '" words "' 80"
#define HELD(words) "-a.b/x '" words "' c"

Test(context, after) {
    gives(" after not up to 2", "not bus", HELD("bus"));
    gives(" after not up to 2", "not x bus", HELD("bus"));
    gives(" after not up to 2", "not x x bus", FREE("bus"));
    gives(" after not up to 2", "bus not", FREE("bus"));
    gives(" after not", "not x x x x x x x x x bus", HELD("bus"));
    gives(" after not", "not. bus", FREE("bus"));
    gives(" after not up to 1", "not late bus", HELD("late bus"));
    gives(" after not up to 1", "not not bus", HELD("bus"));
}

Test(context, before) {
    gives(" before nice up to 2", "bus nice", HELD("bus"));
    gives(" before nice up to 2", "bus x nice", HELD("bus"));
    gives(" before nice up to 2", "bus x x nice", FREE("bus"));
    gives(" before nice up to 1", "late bus nice", HELD("late bus"));
    gives(" before nice", "nice bus", FREE("bus"));
}

Test(context, in) {
    gives(" in the word", "bus is the word", HELD("bus"));
    gives(" in the word", "the word bus", HELD("bus"));
    gives(" in the word", "the word. bus", FREE("bus"));
    gives(" in late bus", "late bus", FREE("late bus"));          /* inside the candidate it does not count */
    gives(" in bus", "late bus", FREE("late bus"));
    gives(" in bus", "bus x bus", HELD("bus") " | " HELD("bus")); /* but inside another one it does */
}

Test(context, until) {
    gives(" after not\n until but | ,", "not x but bus", FREE("bus"));
    gives(" after not\n until but | ,", "not x, bus", FREE("bus"));
    gives(" after not\n until but | ,", "not x - bus", FREE("bus"));
    gives(" after not\n until but | ,", "not x bus", HELD("bus"));
    gives(" after not\n until ,\n until but", "not x, bus", FREE("bus"));
    gives(" after not\n until but then", "not x but bus", HELD("bus"));
    gives(" after not\n until but then", "not x but then bus", FREE("bus"));
    gives(" before nice\n until but | ,", "bus but nice", FREE("bus"));
    gives(" before nice\n until but | ,", "bus, nice", FREE("bus"));
    gives(" before nice\n until but | ,", "but bus nice", HELD("bus"));
}

Test(context, except) {
    gives(" after not\n except not only", "not only bus", FREE("bus"));
    gives(" after not\n except not only", "not only not bus", HELD("bus"));
    gives(" after no worry | not\n except no", "no worry bus", HELD("bus")); /* the whole trigger must be part of it */
    gives(" in word\n except word of mouth", "bus word of mouth", FREE("bus"));
    gives(" after no worry\n except no worry | no\n", "no worry bus", FREE("bus")); /* a shorter exception takes nothing back */
    gives(" after no worry\n except no worry\n except no\n", "no worry bus", FREE("bus"));
    gives(" after not\n except not only", "not only x not only bus", FREE("bus"));
}

Test(context, marks) {
    gives(" mark ?", "bus? so", HELD("bus"));
    gives(" mark ?", "bus! so?", FREE("bus"));
    gives(" mark quotes", "he said \"bus\" then", HELD("bus"));
    gives(" mark quotes", "he said \"so\" bus", FREE("bus"));
    gives(" mark quotes", "the \"late\" bus", "-a.b/x 'late\" bus' c");
    gives(" mark cited", "> bus", HELD("bus"));
    gives(" mark cited", "x\n> y\nBus", FREE("Bus"));
    gives(" mark ?\n after not", "not bus", HELD("bus"));
}

/* A context that does not suppress shows in the finding's attributes; `needs` and `unless` may ask for it. */
Test(context, attributes_and_conditions) {
    heard it;
    heard_open(&it, HEARD_WORDS "context n\n after not\ncontext q\n mark ?\nsignal a.b by anyone\n say 80 @free bus\n say 70 @asks car "
                                "needs q\n say 60 @not van unless n or q\n");
    heard_suppressed(&it);
    HEARD(&it, "bus", "a.b/free 'bus' 80");
    HEARD(&it, "not bus?", "a.b/free 'bus' 80 +n +q");
    HEARD(&it, "car. car?", "a.b/asks 'car' 70 +q | -a.b/asks 'car' needs");
    HEARD(&it, "van. van? not van", "a.b/not 'van' 60 | -a.b/not 'van' unless +q | -a.b/not 'van' unless +n");
    heard_close(&it);
}

/* ---- Scopes at their borders ---- */

#define NOWHERE UINT32_MAX

/* One sentence of `count` words: the trigger at `from`, and a word or a comma that stops it at `stop`. */
static void put_long_sentence(char *text, uint32_t count, uint32_t from, uint32_t stop, bool comma) {
    for (uint32_t at = 0; at < count; at++)
        text += sprintf(text, "%s%s ", at == stop && comma ? ", " : "", at == from ? "not" : at == stop && !comma ? "but" : "bus");
}

/* Whether the word at `at` is in the scope, by the definition. */
static bool is_held(bool after, uint32_t reach, uint32_t from, uint32_t stop, bool comma, uint32_t at) {
    bool stops = stop != NOWHERE;
    if (after) return at > from && at - from <= reach && !(stops && stop > from && at >= stop);
    return at < from && from - at <= reach && !(stops && stop <= from && (comma ? at < stop : at <= stop));
}

static void check_long_sentence(heard *it, bool after, uint32_t reach, uint32_t count, uint32_t from, uint32_t stop, bool comma) {
    char text[2048];
    put_long_sentence(text, count, from, stop, comma);
    care_turn turn = {.text = text, .length = strlen(text)};
    cr_assert_eq(care_analyze(it->analyzer, &turn, 1, &it->result, NULL), CARE_OK);
    const care_finding *next = it->result.findings;
    for (uint32_t at = 0; at < count; at++) {
        if (at == from || (at == stop && !comma)) continue;
        cr_assert_eq(next++->attributes, is_held(after, reach, from, stop, comma, at), "%s %u words from %u on, stopped at %u: word %u of %u",
                     after ? "after" : "before", reach, from, stop, at, count);
    }
    cr_assert_eq(next - it->result.findings, (ptrdiff_t)it->result.finding_count);
}

/* A scope is bits in four machine words: it may begin, be stopped and end at the edge of any. */
Test(context, scopes_in_the_longest_sentences) {
    static const uint32_t places[] = {0, 1, 62, 63, 64, 65, 127, 128, 254, 255, NOWHERE};
    static const uint32_t reaches[] = {1, 2, 63, 64, 65, 128, 255, NOWHERE}, counts[] = {64, 65, 256};
    for (size_t r = 0; r < 2 * sizeof reaches / sizeof *reaches; r++) {
        bool after = r % 2;
        uint32_t reach = reaches[r / 2];
        char pack[512], up_to[32] = "";
        if (reach != NOWHERE) snprintf(up_to, sizeof up_to, " up to %u", reach);
        snprintf(pack, sizeof pack, HEARD_WORDS "context c\n %s not%s\n until but | ,\nsignal a.b by anyone\n say 80 bus\n",
                 after ? "after" : "before", up_to);
        heard it;
        heard_open(&it, pack);
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
            for (size_t f = 0; places[f] < counts[c]; f++)
                for (size_t s = 0; s < sizeof places / sizeof *places; s++) {
                    bool stands = places[s] < counts[c];
                    if (!stands && places[s] != NOWHERE) continue;
                    if (places[s] != places[f]) check_long_sentence(&it, after, reach, counts[c], places[f], places[s], false);
                    if (stands) check_long_sentence(&it, after, reach, counts[c], places[f], places[s], true);
                }
        heard_close(&it);
    }
}

/* Triggers share 32 bits among them, whatever their context. */
Test(context, more_triggers_than_bits) {
    enum { TRIGGERS = 70 };
    char pack[4096] = HEARD_WORDS "context few\n after one\n after two\n after three\ncontext many\n", text[64];
    for (uint32_t i = 0; i < TRIGGERS; i++)
        snprintf(pack + strlen(pack), sizeof pack - strlen(pack), " after c%c%c\n", 'a' + i % 26, 'a' + i / 26);
    strcat(pack, "signal a.b by anyone\n say 80 @x bus\n");
    heard it;
    heard_open(&it, pack);
    for (uint32_t i = 0; i < TRIGGERS; i++) {
        snprintf(text, sizeof text, "c%c%c bus", 'a' + i % 26, 'a' + i / 26);
        HEARD(&it, text, "a.b/x 'bus' 80 +many");
    }
    HEARD(&it, "one bus", "a.b/x 'bus' 80 +few");
    HEARD(&it, "three bus. caa two bus", "a.b/x 'bus' 80 +few | a.b/x 'bus' 80 +few +many");
    heard_close(&it);
}
