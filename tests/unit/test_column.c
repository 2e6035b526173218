/* A column in Arrow's layout to turns: every layout, slices, nulls, and buffers that lie. */
#include <care/care.h>

#include <criterion/criterion.h>
#include <string.h>

#define DATA "onetwothree and more than twelve bytes"
#define DATA_BYTES (sizeof DATA - 1)

static const void *data[] = {DATA};
static const uint64_t data_lengths[] = {DATA_BYTES};
static const int32_t offsets[] = {0, 3, 3, 6, 11, (int32_t)DATA_BYTES};
static const char *const wanted[] = {"one", "", "two", "three", " and more than twelve bytes"};

static care_column column_of(uint32_t layout, const void *texts) {
    care_column made = {
        .size = sizeof made, .layout = layout, .length = 5, .texts = texts, .data = data, .data_lengths = data_lengths, .data_count = 1};
    return made;
}

static void holds(const care_column *column, uint64_t begin, size_t count, uint64_t first) {
    care_turn turns[5];
    memset(turns, 0x5a, sizeof turns);
    cr_assert_eq(care_turns_from_column(column, begin, count, turns, NULL), CARE_OK);
    for (size_t i = 0; i < count; i++) {
        const char *text = wanted[first + begin + i];
        cr_assert_eq(turns[i].length, strlen(text), "%zu", i);
        cr_assert(turns[i].length == 0 || memcmp(turns[i].text, text, (size_t)turns[i].length) == 0, "%zu", i);
        cr_assert(turns[i].role == 0x5a && turns[i].conversation == 0x5a5a5a5a, "the rest is left alone");
    }
}

static void all_ways(care_column column) {
    holds(&column, 0, 5, 0);
    holds(&column, 2, 2, 0);
    holds(&column, 5, 0, 0);
    column.first = 2;
    column.length = 3;
    holds(&column, 0, 3, 2);
    holds(&column, 1, 2, 2);
    care_turn turns[5];
    cr_assert_eq(care_turns_from_column(&column, 0, 4, turns, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_turns_from_column(&column, 4, 0, turns, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_turns_from_column(&column, UINT64_MAX, 1, turns, NULL), CARE_E_ARGUMENT);
}

Test(column, offsets_of_32_bits) {
    all_ways(column_of(CARE_COLUMN_STRING, offsets));
}

Test(column, offsets_of_64_bits) {
    static const int64_t wide[] = {0, 3, 3, 6, 11, (int64_t)DATA_BYTES};
    all_ways(column_of(CARE_COLUMN_LARGE_STRING, wide));
}

Test(column, a_buffer_without_bytes_may_be_null) {
    static const int32_t none[] = {0, 0, 0};
    static const void *const nothing[] = {NULL};
    static const uint64_t no_bytes[] = {0};
    care_column column = column_of(CARE_COLUMN_STRING, none);
    column.data = nothing;
    column.data_lengths = no_bytes;
    care_turn turns[2] = {{.length = 7}, {.length = 7}};
    cr_assert_eq(care_turns_from_column(&column, 0, 2, turns, NULL), CARE_OK);
    cr_assert(turns[0].length == 0 && turns[1].length == 0);
}

typedef struct view {
    int32_t length;
    char start[4];
    int32_t buffer, offset;
} view;

static view view_of(const char *text, int32_t buffer, int32_t offset) {
    view made = {(int32_t)strlen(text), {0}, buffer, offset};
    if (strlen(text) <= 12) memcpy((char *)&made + 4, text, strlen(text));
    return made;
}

Test(column, views) {
    static view views[5];
    for (size_t i = 0; i < 5; i++) views[i] = view_of(wanted[i], 0, offsets[i]);
    all_ways(column_of(CARE_COLUMN_STRING_VIEW, views));
}

Test(column, a_null_is_empty) {
    care_column column = column_of(CARE_COLUMN_STRING, offsets);
    const uint8_t valid[] = {0x1b}; /* all but the third */
    column.valid = valid;
    care_turn turns[5];
    cr_assert_eq(care_turns_from_column(&column, 0, 5, turns, NULL), CARE_OK);
    cr_assert(turns[2].length == 0 && turns[1].length == 0 && turns[3].length == 5);
    column.first = 1;
    column.length = 4;
    cr_assert_eq(care_turns_from_column(&column, 0, 4, turns, NULL), CARE_OK);
    cr_assert(turns[1].length == 0 && turns[2].length == 5, "the bits are counted from the buffer's start");
}

static void lies(const care_column *column, uint32_t line) {
    care_turn turns[5];
    care_error error = {.size = sizeof error};
    cr_assert_eq(care_turns_from_column(column, 0, 2, turns, &error), CARE_E_CORRUPT);
    cr_assert(error.status == CARE_E_CORRUPT && error.line == line && error.message[0]);
}

Test(column, buffers_that_lie) {
    static const int32_t beyond[] = {0, 3, 4000}, backwards[] = {3, 0, 3}, below[] = {0, -1, 0};
    static const int64_t far[] = {0, 1, INT64_MAX}, under[] = {INT64_MIN, 0, 0};
    care_column column = column_of(CARE_COLUMN_STRING, beyond);
    lies(&column, 2);
    column.texts = backwards;
    lies(&column, 1);
    column.texts = below;
    lies(&column, 1);
    column = column_of(CARE_COLUMN_LARGE_STRING, far);
    lies(&column, 2);
    column.texts = under;
    lies(&column, 1);
    view views[] = {view_of(wanted[4], 0, offsets[4] + 1), view_of("", 0, 0)};
    column = column_of(CARE_COLUMN_STRING_VIEW, views);
    lies(&column, 1);
    views[0] = view_of(wanted[4], 1, 0);
    lies(&column, 1);
    views[0] = view_of(wanted[4], -1, 0);
    lies(&column, 1);
    views[0] = view_of(wanted[4], 0, -1);
    lies(&column, 1);
    views[0].length = -1;
    lies(&column, 1);
}

Test(column, arguments) {
    care_turn turns[5];
    care_column column = column_of(CARE_COLUMN_STRING_VIEW + 1, offsets);
    cr_assert_eq(care_turns_from_column(&column, 0, 5, turns, NULL), CARE_E_ARGUMENT);
    column = column_of(CARE_COLUMN_STRING, NULL);
    cr_assert_eq(care_turns_from_column(&column, 0, 5, turns, NULL), CARE_E_ARGUMENT);
    column = column_of(CARE_COLUMN_STRING, offsets);
    column.data = NULL;
    cr_assert_eq(care_turns_from_column(&column, 0, 5, turns, NULL), CARE_E_ARGUMENT);
    column = column_of(CARE_COLUMN_STRING, offsets);
    cr_assert_eq(care_turns_from_column(&column, 0, 5, NULL, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_turns_from_column(NULL, 0, 0, turns, NULL), CARE_E_ARGUMENT);
    column.size = 1;
    cr_assert_eq(care_turns_from_column(&column, 0, 5, turns, NULL), CARE_E_ARGUMENT);
    column.size = sizeof column;
    column.first = UINT64_MAX;
    cr_assert_eq(care_turns_from_column(&column, 0, 5, turns, NULL), CARE_E_ARGUMENT);
}
