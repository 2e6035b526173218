/* Pack text that nobody writes: too deep, too long, not text at all; and memory that runs out. */
#include "support/failing_allocator.h"
#include "support/parsed.h"

#include <criterion/criterion.h>

#define LONG 1000000u

/* `count` times `piece` between `before` and `behind`; the caller frees it. */
static char *repeated(const char *before, const char *piece, size_t count, const char *behind) {
    size_t length = strlen(before), bytes = strlen(piece);
    char *text = malloc(length + bytes * count + strlen(behind) + 1);
    memcpy(text, before, length);
    for (size_t i = 0; i < count; i++) memcpy(text + length + i * bytes, piece, bytes);
    memcpy(text + length + bytes * count, behind, strlen(behind) + 1);
    return text;
}

/* The number of problems of such a text, which must be the same whenever it is parsed. */
static size_t problems_of(const char *before, const char *piece, size_t count, const char *behind) {
    char *text = repeated(before, piece, count, behind);
    parsed result;
    parsed_open(&result, text);
    size_t problems = result.problems->count;
    parsed_close(&result);
    free(text);
    return problems;
}

Test(parse_hostile, nesting_is_limited) {
    parsed result;
    char *text = repeated("list x ", "(", 64, "a");
    char *whole = repeated(text, ")", 64, "\n");
    parsed_open(&result, whole);
    cr_assert_str_eq(parsed_show(&result), "list x = a\n");
    cr_assert_str_eq(parsed_problems(&result), "");
    parsed_close(&result);
    free(text);
    free(whole);

    text = repeated("list x ", "[", 65, "a");
    parsed_open(&result, text);
    cr_assert_str_eq(parsed_problems(&result), "1:72: brackets are nested more than 64 deep: name the inner part as a list\n");
    parsed_close(&result);
    free(text);
}

Test(parse_hostile, deep_brackets) {
    cr_assert_eq(problems_of("list x ", "(", LONG, ""), 1);
    cr_assert_eq(problems_of("list x ", "[(", LONG / 2, ""), 1);
    cr_assert_eq(problems_of("list x a", ")", LONG, ""), 1);
    cr_assert_eq(problems_of("signal a.b draft\nsay 80 x needs ", "(", LONG, ""), 1);
    cr_assert_eq(problems_of("list x (a", ")+", LONG / 2, ""), 1);
    cr_assert_eq(problems_of("list x (", "a | ", LONG / 4, ""), 1);
}

Test(parse_hostile, long_words_and_lines) {
    cr_assert_eq(problems_of("list x ", "a", LONG, "\n"), 0);
    cr_assert_eq(problems_of("list x ", "a ", LONG / 2, "\n"), 0);
    cr_assert_eq(problems_of("list x ", "a-", LONG / 2, "b\n"), 0);
    cr_assert_eq(problems_of("list x ", "up ", LONG / 3, "\n"), 0);
    cr_assert_eq(problems_of("context x\nafter ", "up to ", LONG / 6, "\n"), 0);
    cr_assert_eq(problems_of("list x a", " | b", LONG / 4, "\n"), 0);
    cr_assert_eq(problems_of("list x a", "\n | b", LONG / 5, "\n"), 0);
    cr_assert_eq(problems_of("list x \"", "a ", LONG / 2, "\"\n"), 0);
    cr_assert_eq(problems_of("signal a.b draft\nyes x", " / Agent: a", LONG / 11, "\n"), 0);
    cr_assert_eq(problems_of("signal a.b draft\nyes ", "/ ", LONG / 2, "\n"), 0);
    cr_assert_eq(problems_of("signal a.b draft\nsay 1 a", " unless first", LONG / 13, "\n"), 0);
    cr_assert_eq(problems_of("signal a.b draft\nsay 1 a needs x", " or x", LONG / 5, "\n"), 0);
    cr_assert_eq(problems_of("", "a", LONG, "\n"), 1);
    cr_assert_eq(problems_of("list x a", " ?", LONG / 2, " b\n"), 1);
    cr_assert_eq(problems_of("list x a.", "b", LONG, "\n"), 1);
}

Test(parse_hostile, many_lines) {
    cr_assert_eq(problems_of("", "\n", LONG, "list x a\n"), 0);
    cr_assert_eq(problems_of("", "# x\n", LONG / 4, "list x a\n"), 0);
    cr_assert_eq(problems_of("list x a |", "\n#", LONG / 2, "\n b\n"), 0);
    cr_assert_eq(problems_of("", "list x a\n\n\n", LONG / 11, ""), 0);
}

Test(parse_hostile, long_names_are_cut_in_messages) {
    char *text = repeated("", "\xC3\xA9", 1000, "\n");
    parsed result;
    parsed_open(&result, text);
    cr_assert_eq(result.problems->count, 1);
    cr_assert_leq(strlen(result.problems->items[0].message), 200);
    cr_assert(strstr(result.problems->items[0].message, "\xC3\xA9\""));
    parsed_close(&result);
    free(text);
}

Test(parse_hostile, mistakes_beyond_a_thousand_are_not_kept) {
    char *text = repeated("", "?\n", 5000, "");
    parsed result;
    parsed_open(&result, text);
    cr_assert_eq(result.problems->count, 1001);
    cr_assert_eq(result.problems->error_count, 5000);
    cr_assert_str_eq(result.problems->items[1000].message, "there are more than a thousand mistakes: mend the others first");
    parsed_close(&result);
    free(text);
}

Test(parse_hostile, notes_do_not_crowd_out_mistakes) {
    char *text = repeated("cue c\n", "say 1 x\n", 2000, "list\n");
    parsed result;
    parsed_open(&result, text);
    cr_assert_eq(result.problems->count, 1001);
    cr_assert_eq(result.problems->error_count, 1);
    care_error error = {.size = sizeof error};
    problems_first(result.problems, &error);
    cr_assert_eq(error.line, 2002);
    parsed_close(&result);
    free(text);
}

static void bytes_tell(const char *text, size_t length, const char *expected) {
    parsed result;
    parsed_open_bytes(&result, text, length, NULL);
    cr_assert_str_eq(parsed_problems(&result), expected);
    parsed_close(&result);
}

Test(parse_hostile, ill_formed_text_is_told_once_a_line) {
    static const char text[] = "list x a\xFF b\xC3\nlist y \"\xE2\x82\"\nlist z c # \xA0\nlist w d\nlist v.\n";
    bytes_tell(text, sizeof text - 1,
               "1:9: the byte 0xFF is not UTF-8 here: save the file as UTF-8\n"
               "2:9: the byte 0xE2 is not UTF-8 here: save the file as UTF-8\n"
               "3:12: the byte 0xA0 is not UTF-8 here: save the file as UTF-8\n"
               "5:6: \"v.\" is not the name of a list: write letters, digits, \"-\" and \"_\"\n");
}

Test(parse_hostile, ill_formed_words) {
    static const char text[] = "word be: a\xFFm\nending +\xFFs\npack p 1\xFF\nfiller \xFF\n";
    bytes_tell(
        text, sizeof text - 1,
        "1:11: the byte 0xFF is not UTF-8 here: save the file as UTF-8\n2:9: the byte 0xFF is not UTF-8 here: save the file as UTF-8\n"
        "3:1: \"pack\" must be the first statement of the first file: move it there\n"
        "3:9: the byte 0xFF is not UTF-8 here: save the file as UTF-8\n4:8: the byte 0xFF is not UTF-8 here: save the file as UTF-8\n");
}

Test(parse_hostile, ill_formed_examples) {
    static const char text[] = "signal a.b draft\nyes a \xED\xA0\x80 b\nno (\xFF) c\n";
    bytes_tell(
        text, sizeof text - 1,
        "2:7: the byte 0xED is not UTF-8 here: save the file as UTF-8\n3:5: the byte 0xFF is not UTF-8 here: save the file as UTF-8\n");
}

Test(parse_hostile, nul_bytes) {
    static const char text[] = "list x a\0b\nlist y b\0\0";
    bytes_tell(text, sizeof text - 1, "1:9: a NUL byte: remove it\n2:9: a NUL byte: remove it\n");
}

Test(parse_hostile, text_may_end_anywhere) {
    static const char text[] =
        "signal a.b \"m\" by agent\n  say 80 @l ^ (a | [\"b\"]) <c>+ -2- {d} #number e~ $ needs (f ?) in turn or before 1\n"
        "  yes @n [chat] {d=x} Agent: a / Customer: b\n  no (needs) \xE2\x82\xAC\nspeaker agent: A B | C\nanswers tepid: a.* - b.c\n"
        "context c\n after a up to 3\n until b | ,\nreweigh a.b/2 30\nextend list x | y";
    for (size_t length = 0; length < sizeof text; length++) {
        char *copy = malloc(length + 1); /* of just this size, so that reading on is found */
        memcpy(copy, text, length);
        char *exact = realloc(copy, length ? length : 1);
        parsed result;
        parsed_open_bytes(&result, exact, length, NULL);
        parsed_close(&result);
        free(exact);
    }
}

Test(parse_hostile, too_large_a_file) {
    care_source source = {"big.care", "x", (uint64_t)CARE_TEXT_MAX + 1};
    arena memory = {.allocator = memory_default()};
    care_problems *problems = problems_new(NULL);
    problems->files = &source;
    statement *first = NULL;
    cr_assert_eq(parse_source(&memory, problems, 0, &first), &first);
    cr_assert_eq(problems->items[0].status, CARE_E_LIMIT);
    care_problems_free(problems);
}

/* Bytes that follow one another as in pack text more often than by chance; always the same ones. */
Test(parse_hostile, random_text) {
    static const char *const pieces[] = {
        "signal a.b", "cue c", "list x", "context c", "say 80", "hint 1", "not", "yes",   "no",    "needs",  "unless", "or",
        "in turn",    "(",     ")",      "[",         "]",      "|",      ",",   "<x>",   "{y}",   "#money", "^",      "$",
        "?",          "+",     "~",      "-2-",       "*",      "\"q\"",  "\"",  "\n",    "\n  ",  "\n    ", " ",      "when",
        "up to 5",    "@l",    "cue.c",  "before 1",  "word",   ":",      "=",   "after", "until", "# c",    "\xFF",   "extend"};
    uint32_t state = 1;
    for (int round = 0; round < 3000; round++) {
        char text[1024] = "";
        for (int i = 0; i < 60; i++) {
            state = state * 1664525u + 1013904223u;
            strcat(text, pieces[(state >> 16) % (sizeof pieces / sizeof *pieces)]);
            if (state & 0x100) strcat(text, " ");
        }
        parsed result;
        parsed_open(&result, text);
        (void)parsed_show(&result);
        parsed_close(&result);
    }
}

/* ---- Out of memory ---- */

Test(parse_hostile, every_allocation_may_fail) {
    char *list = repeated("list long a", " | word", 20000, "\n");
    char *text = repeated(list, "signal a.b\n say 80 @x a\n hint 300 (\n yes a / Agent: b\n", 3, "cue c\n");
    size_t failures = 0;
    for (size_t fail_at = 1;; fail_at++) {
        failing_allocator memory = {.fail_at = fail_at, .fail_ever_after = fail_at % 2 != 0};
        care_allocator allocator = failing_allocator_use(&memory);
        parsed result;
        parsed_open_bytes(&result, text, strlen(text), &allocator);
        bool noticed = !result.problems || result.problems->out_of_memory || result.arena.out_of_memory;
        cr_assert_eq(noticed, memory.failures > 0);
        failures += noticed;
        parsed_close(&result);
        cr_assert_eq(memory.live_blocks, 0);
        cr_assert_eq(memory.live_bytes, 0);
        cr_assert_eq(memory.wrong_sizes, 0);
        if (!memory.failures) break;
    }
    cr_assert_gt(failures, 20);
    free(list);
    free(text);
}
