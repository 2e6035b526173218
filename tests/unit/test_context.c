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
