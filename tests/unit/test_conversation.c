/* Turns in order: what is remembered, conversation rules, drafts; and that it does not matter how turns are brought. */
#include "support/heard.h"

#define UNASKED                                                                                                                     \
    HEARD_WORDS "signal c.fine by customer\n say 85 @f ^ fine $\nsignal p.ask by agent\n say 80 @q what\nsignal a.late by anyone\n"  \
                " say 70 @l late needs first or c.fine before 1\nconversation v.unasked\n opens customer c.fine\n met agent p.* within 2\n"

Test(conversation, rules) {
    heard it;
    heard_open(&it, UNASKED);
    heard_evidence(&it);
    HEARD_TURNS_GIVE(&it, "C: fine / A: bye / A: bye",
                     "0: c.fine/f 'fine' 85 [c.fine/f 'fine' 85] | 2: v.unasked/1 'bye' 90 [c.fine/f 'fine' 90]");
    HEARD_TURNS_GIVE(&it, "C: fine / A: bye / A: what",
                     "0: c.fine/f 'fine' 85 [c.fine/f 'fine' 85] | 2: p.ask/q 'what' 80 [p.ask/q 'what' 80]");
    HEARD_TURNS_GIVE(&it, "C: fine / A: bye / C: so / C: so / S: so", "0: c.fine/f 'fine' 85 [c.fine/f 'fine' 85]");
    HEARD_TURNS_GIVE(&it, "A: fine / A: bye / A: bye", "");
    HEARD_TURNS_GIVE(&it, "C: fine / A: so / C: so / A: so / A: so",
                     "0: c.fine/f 'fine' 85 [c.fine/f 'fine' 85] | 3: v.unasked/1 'so' 90 [c.fine/f 'fine' 90]");
    heard_close(&it);
}

/* The finding of a conversation rule stands among the turn's others in their order: by begin, then end. */
Test(conversation, order_of_findings) {
    heard it;
    heard_open(&it, HEARD_WORDS "signal c.fine by customer\n say 85 @f fine\nsignal a.b by anyone\n say 70 @x now\nsignal p.ask by agent\n "
                                "say 80 what\nconversation v.u\n opens customer c.fine\n met agent p.* within 1\n");
    HEARD_TURNS_GIVE(&it, "C: fine / A: now we go now",
                     "0: c.fine/f 'fine' 85 | 1: a.b/x 'now' 70 | 1: v.u/1 'now we go now' 90 | 1: a.b/x 'now' 70");
    heard_close(&it);
}

Test(conversation, batches_part_where_the_number_changes) {
    heard it;
    heard_open(&it, UNASKED);
    care_turn turns[] = {{.text = "fine", .length = 4, .role = CARE_ROLE_CUSTOMER, .conversation = 7},
                         {.text = "late", .length = 4, .conversation = 7},
                         {.text = "fine", .length = 4, .role = CARE_ROLE_CUSTOMER, .conversation = 7},
                         {.text = "late", .length = 4, .conversation = 8},
                         {.text = "late", .length = 4, .conversation = 8}};
    memcpy(it.turns, turns, sizeof turns);
    it.turn_count = 5;
    cr_assert_eq(care_analyze(it.analyzer, turns, 5, &it.result, NULL), CARE_OK);
    cr_assert_str_eq(heard_show(&it), "0: c.fine/f 'fine' 85 | 1: a.late/l 'late' 70 | 2: c.fine/f 'fine' 85 | 3: a.late/l 'late' 70");
    heard_close(&it);
}

/* What a conversation before left behind is not seen, however far back a guard looks; nor what it opened. */
Test(conversation, the_next_one_begins_without_memory) {
    heard it;
    heard_open(&it, HEARD_WORDS "signal c.fine by customer\n say 85 @f fine\nsignal p.ask by agent\n say 80 @q what\n"
                                "signal a.late by anyone\n say 70 @l late needs c.fine before 4\n"
                                "conversation v.u\n opens customer c.fine\n met agent p.* within 3\n");
    care_turn turns[10];
    for (uint32_t i = 0; i < 10; i++) {
        turns[i] = (care_turn){.text = i < 5 ? "fine" : "late", .length = 4, .conversation = i / 5};
        turns[i].role = i < 5 ? CARE_ROLE_CUSTOMER : CARE_ROLE_AGENT;
    }
    memcpy(it.turns, turns, sizeof turns);
    it.turn_count = 10;
    for (int again = 0; again < 2; again++) {
        cr_assert_eq(care_analyze(it.analyzer, turns, 10, &it.result, NULL), CARE_OK);
        cr_assert_str_eq(heard_show(&it), "0: c.fine/f 'fine' 85 | 1: c.fine/f 'fine' 85 | 2: c.fine/f 'fine' 85 | 3: c.fine/f 'fine' 85 | "
                                          "4: c.fine/f 'fine' 85");
    }
    heard_close(&it);
}

/* A turn that is there to be read only reports nothing, but counts for what follows. */
Test(conversation, turns_for_context) {
    heard it;
    heard_open(&it, UNASKED);
    it.turns[0] = (care_turn){.text = "fine", .length = 4, .role = CARE_ROLE_CUSTOMER, .flags = CARE_TURN_CONTEXT};
    it.turns[1] = (care_turn){.text = "late", .length = 4};
    it.turn_count = 2;
    cr_assert_eq(care_analyze(it.analyzer, it.turns, 2, &it.result, NULL), CARE_OK);
    cr_assert_str_eq(heard_show(&it), "1: a.late/l 'late' 70");
    cr_assert_eq(it.result.turn_flags[0], CARE_TURN_CONTEXT);
    heard_close(&it);
}

Test(conversation, fed_turns_and_drafts) {
    heard it;
    heard_open(&it, UNASKED);
    care_conversation *conversation = NULL;
    cr_assert_eq(care_conversation_new(&conversation, it.pack, NULL, NULL), CARE_OK);
    care_turn fine = {.text = "fine", .length = 4, .role = CARE_ROLE_CUSTOMER}, late = {.text = "late", .length = 4},
              bye = {.text = "bye", .length = 3};
    cr_assert_eq(care_conversation_feed(conversation, it.analyzer, &fine, &it.result, NULL), CARE_OK);
    cr_assert(it.result.finding_count == 1 && it.result.findings[0].turn == 0);
    for (int drafts = 0; drafts < 5; drafts++) {
        cr_assert_eq(care_conversation_preview(conversation, it.analyzer, &late, &it.result, NULL), CARE_OK);
        cr_assert(it.result.finding_count == 1 && it.result.findings[0].turn == 1, "drafts are forgotten");
    }
    cr_assert_eq(care_conversation_feed(conversation, it.analyzer, &bye, &it.result, NULL), CARE_OK);
    cr_assert_eq(it.result.finding_count, 0);
    cr_assert_eq(care_conversation_preview(conversation, it.analyzer, &late, &it.result, NULL), CARE_OK);
    cr_assert(it.result.finding_count == 1 && it.result.findings[0].begin == 0,
              "the obligation that ran out, not what came two turns before");
    care_turn bad = {.text = "", .role = 99};
    cr_assert_eq(care_conversation_feed(conversation, it.analyzer, &bad, &it.result, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_conversation_feed(conversation, it.analyzer, &bye, &it.result, NULL), CARE_OK);
    cr_assert(it.result.finding_count == 1 && it.result.findings[0].turn == 2, "a bad turn was not taken");
    care_conversation_free(conversation);
    heard_close(&it);
}

Test(conversation, of_another_pack) {
    heard it, other;
    heard_open(&it, UNASKED);
    heard_open(&other, UNASKED);
    care_conversation *conversation = NULL;
    care_turn turn = {.text = "", .length = 0};
    care_error error = {.size = sizeof error};
    cr_assert_eq(care_conversation_new(&conversation, it.pack, NULL, NULL), CARE_OK);
    cr_assert_eq(care_conversation_feed(conversation, other.analyzer, &turn, &it.result, &error), CARE_E_PACK);
    cr_assert_eq(error.status, CARE_E_PACK);
    cr_assert_eq(care_conversation_feed(NULL, other.analyzer, &turn, &it.result, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_conversation_feed(conversation, NULL, &turn, &it.result, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_conversation_feed(conversation, it.analyzer, NULL, &it.result, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_conversation_feed(conversation, it.analyzer, &turn, NULL, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_conversation_new(NULL, it.pack, NULL, NULL), CARE_E_ARGUMENT);
    care_conversation_free(conversation);
    cr_assert_eq(care_conversation_new(&conversation, NULL, NULL, NULL), CARE_E_ARGUMENT);
    cr_assert_null(conversation);
    heard_close(&other);
    heard_close(&it);
}

/* The same turns in batches of one to all of them, and fed: the same findings. */
Test(conversation, however_the_turns_are_brought) {
    static const char *const words[] = {"fine", "so late today", "what now", "bye", "late. late. fine", "fine late"};
    enum { TURNS = 60 };
    heard it, all;
    heard_open(&it, UNASKED);
    care_pack_ref(it.pack);
    heard_open_pack(&all, it.pack);
    care_turn turns[TURNS];
    uint32_t state = 5;
    for (size_t i = 0; i < TURNS; i++) {
        state = state * 1664525u + 1013904223u;
        const char *text = words[(state >> 16) % 6];
        turns[i] = (care_turn){.text = text, .length = strlen(text), .role = (uint8_t)(state >> 30), .conversation = (uint32_t)i / 10};
    }
    cr_assert_eq(care_analyze(all.analyzer, turns, TURNS, &all.result, NULL), CARE_OK);
    cr_assert_gt(all.result.finding_count, 10);
    for (size_t conversations = 1; conversations <= TURNS / 10; conversations++) {
        size_t seen = 0;
        for (size_t from = 0; from < TURNS; from += 10 * conversations) {
            size_t count = TURNS - from < 10 * conversations ? TURNS - from : 10 * conversations;
            cr_assert_eq(care_analyze(it.analyzer, turns + from, count, &it.result, NULL), CARE_OK);
            for (size_t i = 0; i < it.result.finding_count; i++, seen++) {
                care_finding one = it.result.findings[i], wanted = all.result.findings[seen];
                one.turn += (uint32_t)from;
                one.first_slot = wanted.first_slot;
                cr_assert_arr_eq(&one, &wanted, sizeof one);
            }
        }
        cr_assert_eq(seen, all.result.finding_count);
    }
    heard_close(&all);
    heard_close(&it);
}
