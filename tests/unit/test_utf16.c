/* Texts in UTF-16: the same findings, with spans in their units. */
#include "support/heard.h"
#include "support/wide.h"

static heard it;

static void open_it(void) {
    heard_open(&it, HEARD_WORDS "cue k\n say key\nslot who #name\nsignal a.b by agent\n say 80 i be sorry [{who}]\n hint 10 late\nsignal "
                                "c.d by customer\n say 70 fine needs cue.k before 1\n"
                                "conversation v.w\n opens customer c.d\n met agent a.b within 1\n");
    heard_evidence(&it);
}

static void close_it(void) {
    heard_close(&it);
}

TestSuite(utf16, .init = open_it, .fini = close_it);

#define WIDE(name, ...) static const uint16_t name[] = {__VA_ARGS__}
#define LENGTH(name) (sizeof(name) / sizeof *(name))

static void analyze(const uint16_t *text, size_t length, uint8_t role, const uint16_t *before, size_t before_length) {
    cr_assert_eq(wide_analyze(it.analyzer, text, length, role, CARE_CHANNEL_CHAT, before, before_length, &it.result, NULL), CARE_OK);
}

Test(utf16, spans) {
    /* a face (two units), an accented letter (one unit, two bytes), curly apostrophe (one unit, three bytes) */
    WIDE(text, 0xd83d, 0xde00, ' ', 0xe9, ' ', 'i', 0x2019, 'm', ' ', 's', 'o', 'r', 'r', 'y', ' ', 'A', 'n', 'n', ',', 'l', 'a', 't', 'e');
    analyze(text, LENGTH(text), CARE_ROLE_AGENT, NULL, 0);
    cr_assert_eq(it.result.finding_count, 1);
    const care_finding *found = it.result.findings;
    cr_assert(found->begin == 5 && found->end == 18 && found->turn == 0 && found->confidence == 90);
    cr_assert(found->slot_count == 1 && it.result.slots[found->first_slot].begin == 15 && it.result.slots[found->first_slot].end == 18);
    const care_evidence *evidence = it.result.evidence + found->first_evidence;
    cr_assert(evidence[0].begin == 5 && evidence[0].end == 18 && evidence[1].begin == 19 && evidence[1].end == 23);
}

Test(utf16, the_turn_before_is_the_other_side) {
    WIDE(before, 0x20ac, ' ', 'k', 'e', 'y');
    WIDE(text, 'f', 'i', 'n', 'e');
    analyze(text, LENGTH(text), CARE_ROLE_CUSTOMER, before, LENGTH(before));
    cr_assert_eq(it.result.finding_count, 1);
    cr_assert(it.result.findings[0].begin == 0 && it.result.findings[0].end == 4 && it.result.findings[0].turn == 1);
    analyze(text, LENGTH(text), CARE_ROLE_CUSTOMER, NULL, 0);
    cr_assert_eq(it.result.finding_count, 0);
}

Test(utf16, surrogates) {
    for (uint32_t unit = 0xd800; unit <= 0xdfff; unit++) {
        uint16_t text[] = {'i', ' ', 'a', 'm', ' ', (uint16_t)unit, 's', 'o', 'r', 'r', 'y', (uint16_t)unit};
        analyze(text, LENGTH(text), CARE_ROLE_AGENT, NULL, 0);
        cr_assert(it.result.finding_count == 1 && it.result.findings[0].begin == 0 && it.result.findings[0].end == 11);
        cr_assert(it.result.turn_flags[0] & CARE_TURN_ILL_FORMED);
    }
}

/* The time grows with the length, whatever order the spans come in. */
Test(utf16, long_texts) {
    static const char piece[] = "late? Late, I'm sorry Ann. ";
    size_t bytes = sizeof piece - 1, count = 40000;
    uint16_t *text = malloc(count * bytes * sizeof *text);
    for (size_t i = 0; i < count * bytes; i++) text[i] = i % (3 * bytes) == 5 ? 0x20ac : (unsigned char)piece[i % bytes];
    analyze(text, count * bytes, CARE_ROLE_AGENT, text, 100);
    cr_assert(it.result.finding_count > count * 9 / 10 && it.result.evidence_count > count);
    for (size_t i = 0; i < it.result.finding_count; i++) {
        const care_finding *at = it.result.findings + i;
        cr_assert(at->end - at->begin == 13 && text[at->begin] == 'I' && text[at->end - 1] == 'n');
    }
    free(text);
}

/* Every character below U+FFFF and some above, by itself and before a finding. */
Test(utf16, all_characters_count_right) {
    for (uint32_t character = 0; character < 0x11000; character++) {
        if (character >= 0xd800 && character < 0xe000) continue;
        uint16_t text[12];
        size_t length = 0;
        if (character < 0x10000) {
            text[length++] = (uint16_t)character;
        } else {
            text[length++] = (uint16_t)(0xd800 + ((character - 0x10000) >> 10));
            text[length++] = (uint16_t)(0xdc00 + ((character - 0x10000) & 0x3ff));
        }
        size_t begin = ++length;
        text[begin - 1] = '\n';
        memcpy(text + begin, (const uint16_t[]){'I', '\'', 'm', ' '}, 8);
        analyze(text, begin + 4, CARE_ROLE_AGENT, NULL, 0);
        cr_assert(!(it.result.turn_flags[0] & CARE_TURN_ILL_FORMED), "%x", character);
    }
}

/* One result may hold turns of every kind, and each keeps its own unit, also as evidence of a later turn. */
Test(utf16, a_unit_for_each_turn) {
    heard_close(&it);
    heard_open(&it, HEARD_WORDS "signal a.b by agent\n say 80 i be sorry\nsignal c.d by customer\n say 70 fine\nconversation v.w\n opens "
                                "customer c.d\n met agent a.b within 1\n");
    heard_evidence(&it);
    WIDE(face, 0xd83d, 0xde00, ' ', 'f', 'i', 'n', 'e');
    static const char bytes[] = "\xf0\x9f\x98\x80 fine";
    care_turn turns[] = {
        {.text = bytes, .length = sizeof bytes - 1, .role = CARE_ROLE_CUSTOMER, .unit = CARE_UNIT_BYTE},
        {.text = bytes, .length = sizeof bytes - 1, .role = CARE_ROLE_CUSTOMER, .unit = CARE_UNIT_UTF16},
        {.text = bytes, .length = sizeof bytes - 1, .role = CARE_ROLE_CUSTOMER, .unit = CARE_UNIT_CODEPOINT},
        {.text = (const char *)face, .length = LENGTH(face), .role = CARE_ROLE_CUSTOMER, .flags = CARE_TURN_UTF16, .unit = CARE_UNIT_UTF16},
        {.text = (const char *)face,
         .length = LENGTH(face),
         .role = CARE_ROLE_CUSTOMER,
         .flags = CARE_TURN_UTF16,
         .unit = CARE_UNIT_CODEPOINT},
        {.text = "\xc3\xa9 no", .length = 5, .role = CARE_ROLE_AGENT, .unit = CARE_UNIT_CODEPOINT},
    };
    static const uint32_t begins[] = {5, 3, 2, 3, 2};
    cr_assert_eq(care_analyze(it.analyzer, turns, 6, &it.result, NULL), CARE_OK);
    cr_assert_eq(it.result.finding_count, 6);
    for (size_t i = 0; i < 5; i++)
        cr_assert(it.result.findings[i].begin == begins[i] && it.result.findings[i].end == begins[i] + 4, "turn %zu", i);
    const care_finding *missed = it.result.findings + 5;
    const care_evidence *why = it.result.evidence + missed->first_evidence;
    cr_assert(missed->turn == 5 && missed->begin == 0 && missed->end == 4, "the whole turn, in its own unit");
    cr_assert(why->turn == 4 && why->begin == 2 && why->end == 6, "the turn that asked, in its own unit");
    turns[3].unit = CARE_UNIT_BYTE;
    cr_assert_eq(care_analyze(it.analyzer, turns, 6, &it.result, NULL), CARE_E_ARGUMENT);
}
