/* What a finding holds: spans, slots, evidence, degrees, and the order in which findings come. */
#include "support/heard.h"

Test(finding, slots) {
    heard it;
    heard_open(&it, HEARD_WORDS "list place shop | big store\nslot where [the] <place>\nslot what #number day | #name\nsignal a.b by "
                                "anyone\n say 80 @x go to {where} [for {what}]\n say 70 @y {where} or {where}\n");
    HEARD(&it, "go to the big store for 5 days", "a.b/x 'go to the big store for 5 days' 80 {where=the big store} {what=5 days}");
    HEARD(&it, "go to shops", "a.b/x 'go to shops' 80 {where=shops}");
    HEARD(&it, "go to shop for Ann", "a.b/x 'go to shop for Ann' 80 {where=shop} {what=Ann}");
    HEARD(&it, "shop or the shop", "a.b/y 'shop or the shop' 70 {where=shop} {where=the shop}");
    heard_close(&it);
}

Test(finding, evidence) {
    heard it;
    heard_open(
        &it, HEARD_WORDS
        "cue k\n say key\nsignal a.b by anyone\n say 70 @x late\n hint 10 @h bus\n hint 5 @w when cue.k in turn\n hint 60 @g train\n");
    heard_evidence(&it);
    HEARD(&it, "late", "a.b/x 'late' 70 [a.b/x 'late' 70]");
    HEARD(&it, "bus late", "a.b/x 'late' 80 [a.b/x 'late' 70, a.b/h 'bus' 10]");
    HEARD(&it, "late bus bus key", "a.b/x 'late' 85 [a.b/x 'late' 70, a.b/h 'bus' 10, a.b/w '' 5]");
    HEARD(&it, "bus train", "a.b/g 'bus train' 70 [a.b/h 'bus' 10, a.b/g 'train' 60]");
    heard_suppressed(&it);
    HEARD(&it, "bus", "-a.b/h 'bus' threshold [a.b/h 'bus' 10]");
    heard_close(&it);
}

Test(finding, no_evidence_unless_asked) {
    heard it;
    heard_open(&it, HEARD_WORDS "signal a.b by anyone\n say 70 late\n");
    heard_one(&it, "late");
    cr_assert(it.result.evidence_count == 0 && it.result.findings[0].first_evidence == CARE_NONE);
    cr_assert_eq(it.result.suppressed_count, 0);
    heard_close(&it);
}

Test(finding, degrees_and_confidence) {
    heard it;
    heard_open(&it, HEARD_WORDS "signal a.b by anyone degree 2\n say 100 late\nsignal a.c by anyone\n say 0 bus\n");
    heard_one(&it, "late bus");
    cr_assert_eq(it.result.finding_count, 1); /* a weight of 0 switches a rule off */
    cr_assert(it.result.findings[0].intensity == 2 && it.result.findings[0].confidence == 99);
    heard_close(&it);
}

Test(finding, order) {
    heard it;
    heard_open(&it, HEARD_WORDS "signal a.z by anyone\n say 70 @p late\n say 60 @q so\nsignal a.y by anyone\n say 70 @r late bus\n say 70 "
                                "@s late\nsignal a.x by anyone\n say 50 @t late bus here\n");
    HEARD(&it, "so late bus here. late",
          "a.z/q 'so' 60 | a.z/p 'late' 70 | a.y/r 'late bus' 70 | a.x/t 'late bus here' 50 | a.z/p 'late' 70 | a.y/s 'late' 70");
    heard_close(&it);
}

Test(finding, many) {
    heard it;
    heard_open(&it, HEARD_WORDS "signal a.b by anyone\n say 70 late\nsignal a.c by anyone\n say 60 late bus\n hint 10 bus\n");
    enum { COUNT = 5000 };
    char *text = malloc(COUNT * 10 + 1);
    for (size_t i = 0; i < COUNT; i++) memcpy(text + 10 * i, i % 2 ? "late bus. " : "bus, late ", 10);
    care_turn turn = {.text = text, .length = COUNT * 10};
    cr_assert_eq(care_analyze(it.analyzer, &turn, 1, &it.result, NULL), CARE_OK);
    cr_assert_geq(it.result.finding_count, COUNT);
    for (size_t i = 1; i < it.result.finding_count; i++) cr_assert_leq(it.result.findings[i - 1].begin, it.result.findings[i].begin);
    free(text);
    heard_close(&it);
}
