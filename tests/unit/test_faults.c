/* Texts that nobody should send, and arguments that nobody should give: a status or a result, never a crash. */
#include "support/exercise.h"
#include "support/heard.h"
#include "support/wide.h"

static heard it;

static void open_it(void) {
    heard_open(&it, EVERYTHING);
    heard_suppressed(&it);
    heard_evidence(&it);
}

static void close_it(void) {
    heard_close(&it);
}

TestSuite(faults, .init = open_it, .fini = close_it);

/* One agent's turn of any bytes, in memory of just its size. The number of its findings; its flags in *flags. */
static size_t analyze(const char *text, size_t length, uint8_t *flags) {
    char *exact = malloc(length ? length : 1);
    memcpy(exact, text, length);
    care_turn turn = {.text = exact, .length = length};
    care_status status = care_analyze(it.analyzer, &turn, 1, &it.result, NULL);
    cr_assert_eq(status, CARE_OK, "%s", care_status_name(status));
    exercise_result(it.pack, &turn, &it.result, false);
    for (size_t i = 0; i < it.result.finding_count && !it.result.turn_flags[0]; i++)
        MUST(exercise_boundary(&turn, it.result.findings[i].begin) && exercise_boundary(&turn, it.result.findings[i].end));
    if (flags) *flags = it.result.turn_flags[0];
    free(exact);
    return it.result.finding_count;
}

#define ANALYZE(text) analyze("" text, sizeof(text) - 1, NULL)
#define SORRY "i am sorry"

Test(faults, empty) {
    care_turn turn = {.text = NULL, .length = 0};
    cr_assert_eq(care_analyze(it.analyzer, &turn, 1, &it.result, NULL), CARE_OK);
    cr_assert_eq(it.result.turn_count, 1);
    cr_assert_eq(care_analyze(it.analyzer, NULL, 0, &it.result, NULL), CARE_OK);
    cr_assert_eq(it.result.turn_count, 0);
    cr_assert_eq(ANALYZE(""), 0);
    cr_assert_eq(ANALYZE(" \t\r\n"), 0);
    cr_assert_eq(wide_analyze(it.analyzer, NULL, 0, CARE_ROLE_AGENT, CARE_CHANNEL_UNKNOWN, NULL, 0, &it.result, NULL), CARE_OK);
}

Test(faults, nul_bytes_are_white_space) {
    cr_assert_eq(ANALYZE("\0"), 0);
    cr_assert_eq(ANALYZE("\0" SORRY "\0"), 1);
    cr_assert_eq(ANALYZE("i\0am\0sorry"), 1);
    cr_assert_eq(ANALYZE("i am sor\0ry"), 0);
    cr_assert_eq(ANALYZE("\0:\0;\0<\0www.\0$\0'\0"), 0);
}

Test(faults, ill_formed_utf8) {
    static const char *const wrong[] = {"\x80",     "\xbf",         "\xc0\xaf",         "\xc2",     "\xe0\x80\x80",         "\xe2\x82",
                                        "\xe2",     "\xed\xa0\x80", "\xed\xbf\xbf",     "\xef\xbf", "\xf0\x80\x80\x80",     "\xf0\x9f\x98",
                                        "\xf0\x9f", "\xf0",         "\xf4\x90\x80\x80", "\xf5",     "\xf8\x88\x80\x80\x80", "\xfc",
                                        "\xfe",     "\xff"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[100];
        uint8_t flags;
        int length = snprintf(text, sizeof text, "%s" SORRY "%s, %s" SORRY "%s", wrong[i], wrong[i], wrong[i], wrong[i]);
        cr_assert_eq(analyze(text, (size_t)length, &flags), 2, "%zu", i);
        cr_assert_eq(flags, CARE_TURN_ILL_FORMED);
        length = snprintf(text, sizeof text, "i am so%srry", wrong[i]);
        cr_assert_eq(analyze(text, (size_t)length, &flags), 0, "%zu", i);
        cr_assert_eq(flags, CARE_TURN_ILL_FORMED);
    }
    uint8_t flags;
    analyze("caf\xc3\xa9", 5, &flags);
    cr_assert_eq(flags, 0);
}

Test(faults, strictness) {
    care_error error = {.size = sizeof error};
    care_turn turns[2] = {{.text = SORRY, .length = 10}, {.text = "so \xe2\x82 sorry", .length = 11}};
    cr_assert_eq(care_analyzer_set(it.analyzer, CARE_OPTION_STRICT, 1), CARE_OK);
    cr_assert_eq(care_analyze(it.analyzer, turns, 2, &it.result, &error), CARE_E_UTF8);
    cr_assert(error.status == CARE_E_UTF8 && error.line == 2 && error.offset == 3 && error.message[0]);
    cr_assert(it.result.finding_count == 0 && it.result.turn_count == 0, "an error leaves an empty result");
    cr_assert_eq(care_analyze(it.analyzer, turns, 1, &it.result, &error), CARE_OK);
    cr_assert_eq(it.result.finding_count, 1);
}

/* Every sequence of three bytes out of those that matter, in the middle of a sentence. */
Test(faults, all_short_byte_sequences) {
    static const unsigned char bytes[] = {0,   '\n', '\r', ' ', '!', '"', '#', '$',  '\'', '-',  '.',  '0',  ':',  ';', '<',
                                          '>', '?',  '@',  'a', 'A', 'w', '_', 0x80, 0xc2, 0xe2, 0x99, 0xf0, 0x9f, 0xff};
    size_t count = sizeof bytes;
    for (size_t i = 0; i < count * count * count; i++) {
        char text[] = "i'm so sorry...the";
        text[4] = (char)bytes[i % count];
        text[5] = (char)bytes[i / count % count];
        text[6] = (char)bytes[i / count / count];
        care_turn turn = {.text = text, .length = sizeof text - 1};
        cr_assert_eq(care_analyze(it.analyzer, &turn, 1, &it.result, NULL), CARE_OK);
        exercise_result(it.pack, &turn, &it.result, false);
    }
}

/* A text cut after every byte. */
Test(faults, cut_anywhere) {
    static const char *const texts[] = {EVERYTHING_TURNS};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t length = 0; length <= strlen(texts[i]); length++) {
            analyze(texts[i], length, NULL);
            analyze(texts[i] + length, strlen(texts[i]) - length, NULL);
        }
}

Test(faults, line_ends) {
    static const char *const ends[] = {"\n",       "\r",           "\r\n",         "\n\r", "\v",   "\f",
                                       "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9", "\n\n", "\r\r", "\r\n\r\n"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char text[200];
        int length = snprintf(text, sizeof text, "%sI am sorry%sI am sorry%s", ends[i], ends[i], ends[i]);
        cr_assert_eq(analyze(text, (size_t)length, NULL), 2, "%zu", i);
    }
}

Test(faults, other_scripts) {
    cr_assert_eq(ANALYZE("\xd7\x90\xd7\xa0\xd7\x99 \xd7\x9e\xd7\xa6\xd7\x98\xd7\xa2\xd7\xa8, i am sorry \xd8\xa2\xd8\xb3\xd9\x81"),
                 1);                                                                                           /* right to left */
    cr_assert_eq(ANALYZE("\xe2\x80\xae" SORRY "\xe2\x80\xac"), 1);                                             /* an override around it */
    cr_assert_eq(ANALYZE("i am s\xcc\x81\xcc\x82\xcc\x83orry"), 0);                                            /* another word */
    cr_assert_eq(ANALYZE("\xcc\x81 i am sorry \xcc\x81\xcc\x81"), 1);                                          /* marks by themselves */
    cr_assert_eq(ANALYZE("\xef\xbb\xbf" SORRY), 1);                                                            /* a byte order mark */
    cr_assert_eq(ANALYZE("\xef\xbd\x89 am \xef\xbd\x93\xef\xbd\x8f\xef\xbd\x92\xef\xbd\x92\xef\xbd\x99"), 1);  /* fullwidth */
    cr_assert_eq(ANALYZE("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 " SORRY), 1);
}

Test(faults, one_word_of_many_marks) {
    size_t length = 200000;
    char *text = malloc(length + 1);
    text[0] = 'o';
    for (size_t i = 1; i + 1 < length; i += 2) memcpy(text + i, "\xcc\x81", 2);
    text[length - 1] = 'x';
    analyze(text, length, NULL);
    free(text);
}

/* Ten million bytes of one kind, in a time that grows with the length only. */
static void analyze_long(const char *piece) {
    size_t bytes = strlen(piece), length = 10000000 / bytes * bytes;
    char *text = malloc(length);
    for (size_t i = 0; i < length; i += bytes) memcpy(text + i, piece, bytes);
    analyze(text, length, NULL);
    free(text);
}

#define LONG_TEXT(name, piece) \
    Test(faults, long_##name) { analyze_long(piece); }

LONG_TEXT(word, "a")
LONG_TEXT(sentence, "the late sorry ")
LONG_TEXT(sentences, "I am sorry. ")
LONG_TEXT(number, "1")
LONG_TEXT(numbers, "1,")
LONG_TEXT(stops, ".")
LONG_TEXT(marks, "!")
LONG_TEXT(quotes, "\"")
LONG_TEXT(apostrophes, "'")
LONG_TEXT(hyphens, "-")
LONG_TEXT(spaces, " ")
LONG_TEXT(line_ends, "\n")
LONG_TEXT(cited, ">\n")
LONG_TEXT(brackets, "<a")
LONG_TEXT(handles, "@a")
LONG_TEXT(link, "www.")
LONG_TEXT(emoji, "\xf0\x9f\x98\x80")
LONG_TEXT(accents, "e\xcc\x81")
LONG_TEXT(ill_formed, "\xff")
LONG_TEXT(clitics, "i 'm ")
LONG_TEXT(hints, "sorry sorry! ")

Test(faults, lone_surrogates) {
    care_error error = {.size = sizeof error};
    static const uint16_t text[] = {0xd800, 'i', 0xdc00, ' ', 'a', 'm', 0xdbff, 0xd83d, 0xde00, 's', 'o', 'r', 'r', 'y', 0xd800};
    cr_assert_eq(wide_analyze(it.analyzer, text, sizeof text / 2, CARE_ROLE_AGENT, CARE_CHANNEL_UNKNOWN, NULL, 0, &it.result, NULL),
                 CARE_OK);
    cr_assert(it.result.turn_flags[0] & CARE_TURN_ILL_FORMED);
    static const uint16_t split[] = {'i', ' ', 'a', 'm', 0xd800, 's', 'o', 'r', 'r', 'y', 0xdfff};
    cr_assert_eq(wide_analyze(it.analyzer, split, sizeof split / 2, CARE_ROLE_AGENT, CARE_CHANNEL_UNKNOWN, NULL, 0, &it.result, NULL),
                 CARE_OK);
    cr_assert_eq(it.result.finding_count, 1, "a lone surrogate separates words");
    cr_assert(it.result.findings[0].begin == 0 && it.result.findings[0].end == 10);
    cr_assert_eq(care_analyzer_set(it.analyzer, CARE_OPTION_STRICT, 1), CARE_OK);
    cr_assert_eq(wide_analyze(it.analyzer, split, sizeof split / 2, CARE_ROLE_AGENT, CARE_CHANNEL_UNKNOWN, split, 4, &it.result, &error),
                 CARE_E_UTF8);
    cr_assert_eq(it.result.finding_count, 0);
    cr_assert(error.line == 2 && error.offset == 8, "in bytes of the caller's text");
}

/* What stands behind a text is not the text's: its last word ends with it. */
Test(faults, nothing_behind_the_text_counts) {
    static const char text[] = "sorry, I am so sorry. sorry sorry", behind[] = "x' 9-\xc3";
    char copy[sizeof text + 16];
    for (size_t length = 1; length < sizeof text; length++) {
        memcpy(copy, text, length);
        for (size_t i = 0; i < sizeof behind; i++) {
            memset(copy + length, ' ', 16);
            copy[length] = behind[i];
            care_turn turn = {.text = copy, .length = length};
            const care_word *words;
            size_t count;
            cr_assert_eq(care_analyze(it.analyzer, &turn, 1, &it.result, NULL), CARE_OK);
            cr_assert_eq(care_analyzer_words(it.analyzer, &words, &count), CARE_OK);
            cr_assert(count && words[count - 1].end <= length, "%zu bytes and '%c' behind", length, behind[i]);
        }
    }
}

/* ---- Arguments ---- */

#define REFUSED(turn_, wanted)                                                                     \
    do {                                                                                           \
        care_error error = {.size = sizeof error};                                                 \
        care_turn turns[2] = {{.text = SORRY, .length = 10}, turn_};                               \
        cr_assert_eq(care_analyze(it.analyzer, turns, 2, &it.result, &error), (wanted));           \
        cr_assert(error.status == (wanted) && error.line == 2 && error.message[0]);                \
        cr_assert(it.result.finding_count == 0 && it.result.turn_count == 0);                      \
        cr_assert_eq(care_analyze(it.analyzer, turns, 1, &it.result, &error), CARE_OK);            \
        cr_assert_eq(it.result.finding_count, 1, "it goes on working");                            \
    } while (0)

Test(faults, bad_turns) {
    REFUSED(((care_turn){.text = NULL, .length = 1}), CARE_E_ARGUMENT);
    REFUSED(((care_turn){.text = "", .role = CARE_ROLE_COUNT}), CARE_E_ARGUMENT);
    REFUSED(((care_turn){.text = "", .role = 255}), CARE_E_ARGUMENT);
    REFUSED(((care_turn){.text = "", .channel = CARE_CHANNEL_COUNT}), CARE_E_ARGUMENT);
    REFUSED(((care_turn){.text = "", .flags = CARE_TURN_ILL_FORMED}), CARE_E_ARGUMENT);
    REFUSED(((care_turn){.text = "", .flags = 128}), CARE_E_ARGUMENT);
    REFUSED(((care_turn){.text = "", .unit = CARE_UNIT_CODEPOINT + 1}), CARE_E_ARGUMENT);
    REFUSED(((care_turn){.text = "", .flags = CARE_TURN_UTF16}), CARE_E_ARGUMENT);
    REFUSED(((care_turn){.text = "", .length = (uint64_t)CARE_TEXT_MAX + 1}), CARE_E_LIMIT);
    REFUSED(((care_turn){.text = "", .length = UINT64_MAX}), CARE_E_LIMIT);
}

Test(faults, bad_calls) {
    care_turn turn = {.text = "", .length = 0};
    care_result wrong = {.size = 1};
    care_error small = {.size = 4, .line = 77};
    cr_assert_eq(care_analyze(NULL, &turn, 1, &it.result, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_analyze(it.analyzer, NULL, 1, &it.result, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_analyze(it.analyzer, &turn, 1, NULL, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_analyze(it.analyzer, &turn, 1, &wrong, &small), CARE_E_ARGUMENT);
    cr_assert(small.line == 77 && small.status == 0, "an error of another size is left alone");
    cr_assert_eq(care_analyzer_new(NULL, it.pack, NULL, NULL), CARE_E_ARGUMENT);
    care_analyzer *none = it.analyzer;
    cr_assert_eq(care_analyzer_new(&none, NULL, NULL, NULL), CARE_E_ARGUMENT);
    cr_assert_null(none);
    cr_assert_eq(care_analyzer_set(NULL, CARE_OPTION_STRICT, 1), CARE_E_ARGUMENT);
    cr_assert_eq(care_analyzer_set(it.analyzer, 0, 1), CARE_E_ARGUMENT);
    cr_assert_eq(care_analyzer_set(it.analyzer, 4, 1), CARE_E_ARGUMENT);
    cr_assert_eq(care_analyzer_set(it.analyzer, CARE_OPTION_STRICT, 2), CARE_E_ARGUMENT);
    cr_assert_eq(care_analyzer_set(it.analyzer, CARE_OPTION_STRICT, -1), CARE_E_ARGUMENT);
    int32_t yes = 7;
    cr_assert_eq(care_ask(it.analyzer, CARE_QUESTION_COUNT, &turn, 1, &yes, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_ask(it.analyzer, -1, &turn, 1, &yes, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_ask(it.analyzer, CARE_QUESTION_TEPID, &turn, 1, NULL, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_ask(NULL, CARE_QUESTION_TEPID, &turn, 1, &yes, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(yes, 7);
    cr_assert_eq(care_has_apology(NULL, "", 0, &yes), CARE_E_ARGUMENT);
    cr_assert_eq(care_has_apology(it.analyzer, "", 0, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_has_apology(it.analyzer, NULL, 1, &yes), CARE_E_ARGUMENT);
    cr_assert_eq(care_is_tepid(it.analyzer, NULL, 0, NULL, 0, &yes), CARE_OK);
    cr_assert_eq(yes, 0);
    care_analyzer_free(NULL);
    care_analyzer_trim(NULL);
    care_conversation_free(NULL);
    care_pack_unref(NULL);
    care_problems_free(NULL);
    cr_assert_null(care_pack_ref(NULL));
    cr_assert_null(care_analyzer_pack(NULL));
    cr_assert_eq(care_analyzer_pack(it.analyzer), it.pack);
}

Test(faults, bad_utf16_calls) {
    static const uint16_t text[] = {'a'};
    cr_assert_eq(wide_analyze(NULL, text, 1, 0, 0, NULL, 0, &it.result, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(wide_analyze(it.analyzer, NULL, 1, 0, 0, NULL, 0, &it.result, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(wide_analyze(it.analyzer, text, 1, CARE_ROLE_COUNT, 0, NULL, 0, &it.result, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(wide_analyze(it.analyzer, text, 1, 0, CARE_CHANNEL_COUNT, NULL, 0, &it.result, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(wide_analyze(it.analyzer, text, SIZE_MAX, 0, 0, NULL, 0, &it.result, NULL), CARE_E_LIMIT);
    cr_assert_eq(wide_analyze(it.analyzer, text, 1, 0, 0, text, SIZE_MAX / 2, &it.result, NULL), CARE_E_LIMIT);
}

/* A failed call leaves nothing of the call before in the result. */
Test(faults, no_stale_results) {
    static const uint16_t text[] = {'a'};
    analyze(SORRY, 10, NULL);
    cr_assert_eq(it.result.finding_count, 1);
    cr_assert_eq(wide_analyze(it.analyzer, text, SIZE_MAX, 0, 0, NULL, 0, &it.result, NULL), CARE_E_LIMIT);
    cr_assert(it.result.finding_count == 0 && it.result.turn_count == 0);
}
