/* What can be asked of a pack, of statuses and of names. */
#include "support/everything.h"
#include "support/heard.h"

Test(pack, info) {
    care_pack *pack = heard_compile(EVERYTHING);
    care_pack_info info = {.size = sizeof info}, wrong = {.size = 4};
    cr_assert_eq(care_pack_get_info(pack, &info), CARE_OK);
    cr_assert_str_eq(info.name, "all");
    cr_assert_str_eq(info.version, "1");
    cr_assert(strstr(info.stemmer, "english") && info.unicode[0] && info.format && info.fingerprint);
    cr_assert(info.layer_count == 1 && info.signal_count == 6 && info.context_count == 5 && info.phrase_count > 20 && info.form_count > 50);
    cr_assert_eq(care_pack_get_info(pack, &wrong), CARE_E_ARGUMENT);
    cr_assert_eq(care_pack_get_info(NULL, &info), CARE_E_ARGUMENT);
    cr_assert_eq(care_pack_get_info(pack, NULL), CARE_E_ARGUMENT);
    care_pack_unref(pack);
}

Test(pack, signals) {
    care_pack *pack = heard_compile(EVERYTHING);
    care_signal_info info = {.size = sizeof info};
    uint32_t sorry = care_pack_find_signal(pack, "a.sorry"), late = care_pack_find_signal(pack, "b.late"),
             conversation = care_pack_find_signal(pack, "v.unasked");
    cr_assert_eq(care_pack_signal(pack, sorry, &info), CARE_OK);
    cr_assert(info.polarity == 1 && info.flags == 0 && info.roles == (1u << CARE_ROLE_AGENT | 1u << CARE_ROLE_BOT));
    cr_assert_str_eq(info.id, "a.sorry");
    cr_assert_str_eq(info.meaning, "is sorry");
    cr_assert_str_eq(info.pillar, "care");
    cr_assert_eq(care_pack_signal(pack, late, &info), CARE_OK);
    cr_assert(info.polarity == -1 && info.flags == CARE_SIGNAL_DRAFT && !(info.roles >> CARE_ROLE_SYSTEM & 1));
    cr_assert_eq(care_pack_signal(pack, conversation, &info), CARE_OK);
    cr_assert_eq(info.flags, CARE_SIGNAL_CONVERSATION);
    cr_assert_eq(care_pack_signal(pack, 6, &info), CARE_E_ARGUMENT);
    cr_assert_eq(care_pack_find_signal(pack, "a"), CARE_NONE);
    cr_assert_eq(care_pack_find_signal(pack, "cue.k"), CARE_NONE);
    cr_assert_eq(care_pack_find_signal(pack, NULL), CARE_NONE);
    cr_assert_eq(care_pack_find_signal(NULL, "a.sorry"), CARE_NONE);
    care_pack_unref(pack);
}

Test(pack, rules) {
    care_pack *pack =
        heard_compile(HEARD_WORDS "cue k\n say key\nsignal a.b by anyone\n  say 80 @x late  [bus] needs cue.k in turn\n  hint 5 car\n");
    care_pack_info info = {.size = sizeof info};
    care_rule_info rule = {.size = sizeof rule};
    bool named = false, numbered = false;
    care_pack_get_info(pack, &info);
    for (uint32_t i = 0; i < info.rule_count; i++) {
        cr_assert_eq(care_pack_rule(pack, i, &rule), CARE_OK);
        cr_assert_str_eq(rule.file, "test.care");
        if (strcmp(rule.name, "a.b/x") == 0) {
            named = true;
            cr_assert(rule.weight == 80 && rule.signal == 0 && rule.line == 12, "line %u", rule.line);
            cr_assert_str_eq(rule.text, "say 80 @x late  [bus] needs cue.k in turn");
            cr_assert_str_neq(care_pack_rule_form(pack, i, 0), "");
            uint32_t forms = 0;
            while (care_pack_rule_form(pack, i, forms)) forms++;
            cr_assert_gt(forms, 1);
        }
        if (strcmp(rule.name, "a.b/2") == 0) numbered = rule.weight == 5;
        if (strcmp(rule.name, "cue.k/1") == 0) cr_assert_eq(rule.signal, CARE_NONE);
    }
    cr_assert(named && numbered);
    cr_assert_eq(care_pack_rule(pack, info.rule_count, &rule), CARE_E_ARGUMENT);
    cr_assert_null(care_pack_rule_form(pack, info.rule_count, 0));
    care_pack_unref(pack);
}

Test(pack, names) {
    care_pack *pack = heard_compile(EVERYTHING);
    cr_assert_str_eq(care_pack_context_name(pack, 0), "negated");
    cr_assert_null(care_pack_context_name(pack, 5));
    cr_assert_str_eq(care_pack_slot_name(pack, 0), "who");
    cr_assert_null(care_pack_slot_name(pack, 1));
    cr_assert_str_eq(care_pack_reason_name(pack, CARE_SUPPRESSED_LOOKALIKE), "not");
    cr_assert_str_eq(care_pack_reason_name(pack, CARE_SUPPRESSED_CONTEXT + 2), "asked");
    cr_assert_null(care_pack_reason_name(pack, CARE_SUPPRESSED_CONTEXT + 5));
    cr_assert_null(care_pack_reason_name(pack, 8));
    cr_assert_eq(care_pack_speaker_role(pack, "aGeNt", 5), CARE_ROLE_AGENT);
    cr_assert_eq(care_pack_speaker_role(pack, "support team", 12), CARE_ROLE_AGENT);
    cr_assert_eq(care_pack_speaker_role(pack, "Caller", 6), CARE_ROLE_CUSTOMER);
    cr_assert_eq(care_pack_speaker_role(pack, "Call", 4), -1);
    cr_assert_eq(care_pack_speaker_role(pack, "", 0), -1);
    care_pack_unref(pack);
    cr_assert_str_eq(care_role_name(CARE_ROLE_STAFF), "staff");
    cr_assert(!care_role_name(-1) && !care_role_name(CARE_ROLE_COUNT) && !care_channel_name(-1) && !care_channel_name(CARE_CHANNEL_COUNT));
    for (int32_t i = 0; i < CARE_ROLE_COUNT; i++) cr_assert_eq(care_role_from_name(care_role_name(i), strlen(care_role_name(i))), i);
    for (int32_t i = 0; i < CARE_CHANNEL_COUNT; i++)
        cr_assert_eq(care_channel_from_name(care_channel_name(i), strlen(care_channel_name(i))), i);
    cr_assert_eq(care_role_from_name("age", 3), -1);
    cr_assert_eq(care_channel_from_name(NULL, 0), -1);
    cr_assert_str_eq(care_status_name(CARE_E_UTF8), "CARE_E_UTF8");
    cr_assert_str_eq(care_status_name(-99), "CARE_E_UNKNOWN");
    cr_assert(care_status_message(CARE_OK)[0] && care_status_message(12345)[0] && care_version()[0]);
}

Test(pack, references) {
    care_pack *pack = heard_compile(EVERYTHING);
    care_analyzer *analyzer = NULL;
    cr_assert_eq(care_analyzer_new(&analyzer, pack, NULL, NULL), CARE_OK);
    cr_assert_eq(care_pack_ref(pack), pack);
    care_pack_unref(pack);
    care_pack_unref(pack); /* the analyzer has one of its own */
    care_turn turn = {.text = "I am sorry.", .length = 11};
    care_result result = {.size = sizeof result};
    cr_assert_eq(care_analyze(analyzer, &turn, 1, &result, NULL), CARE_OK);
    cr_assert_eq(result.finding_count, 1);
    care_analyzer_free(analyzer);
}

/* A pack keeps its text: compiled again, it is the same pack. */
Test(pack, sources) {
    care_pack *pack = heard_compile(EVERYTHING);
    const char *name;
    size_t length;
    const char *text = care_pack_source(pack, 0, 0, &name, &length);
    cr_assert_eq(length, sizeof EVERYTHING - 1);
    cr_assert_str_eq(text, EVERYTHING);
    cr_assert_str_eq(name, "test.care");
    cr_assert_null(care_pack_source(pack, 0, 1, NULL, NULL));
    cr_assert_null(care_pack_source(pack, 1, 0, NULL, NULL));
    care_pack_unref(pack);
}

Test(pack, answers) {
    heard it;
    heard_open(&it, EVERYTHING);
    int32_t yes;
    cr_assert(!care_has_apology(it.analyzer, "I am sorry.", 11, &yes) && yes);
    cr_assert(!care_has_empathy(it.analyzer, "I am sorry.", 11, &yes) && yes);
    cr_assert(!care_has_excuse(it.analyzer, "I am sorry.", 11, &yes) && !yes);
    cr_assert(!care_has_excuse(it.analyzer, "It was late.", 12, &yes) && yes);
    cr_assert(!care_is_tepid(it.analyzer, "Fine.", 5, "How was it?", 11, &yes) && yes);
    cr_assert(!care_is_tepid(it.analyzer, "Fine.", 5, NULL, 0, &yes) && yes);
    cr_assert(!care_is_tepid(it.analyzer, "Great.", 6, "Fine.", 5, &yes) && !yes);
    heard_close(&it);
}
