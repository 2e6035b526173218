/* Byte offsets to UTF-16 units and code points. */
#include <care/care.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* a, e acute (2 bytes), euro (3), a face (4, two UTF-16 units), z */
#define MIXED "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z"

static void converted(const char *text, size_t length, int32_t unit, uint32_t *offsets, size_t count) {
    cr_assert_eq(care_convert_offsets(text, length, unit, offsets, count), CARE_OK);
}

Test(offset, units) {
    uint32_t utf16[] = {0, 1, 3, 6, 10, 11}, points[] = {0, 1, 3, 6, 10, 11}, bytes[] = {0, 1, 3, 6, 10, 11};
    const uint32_t wanted16[] = {0, 1, 2, 3, 5, 6}, wanted_points[] = {0, 1, 2, 3, 4, 5}, wanted_bytes[] = {0, 1, 3, 6, 10, 11};
    converted(MIXED, 11, CARE_UNIT_UTF16, utf16, 6);
    converted(MIXED, 11, CARE_UNIT_CODEPOINT, points, 6);
    converted(MIXED, 11, CARE_UNIT_BYTE, bytes, 6);
    cr_assert_arr_eq(utf16, wanted16, sizeof utf16);
    cr_assert_arr_eq(points, wanted_points, sizeof points);
    cr_assert_arr_eq(bytes, wanted_bytes, sizeof bytes);
}

Test(offset, any_order) {
    uint32_t offsets[] = {11, 0, 6, 1, 10, 10, 3, 11, 0};
    const uint32_t wanted[] = {6, 0, 3, 1, 5, 5, 2, 6, 0};
    converted(MIXED, 11, CARE_UNIT_UTF16, offsets, 9);
    cr_assert_arr_eq(offsets, wanted, sizeof offsets);
}

Test(offset, ill_formed_parts_count_once) {
    uint32_t offsets[] = {1, 3, 4, 5, 6};
    const uint32_t wanted[] = {1, 2, 3, 4, 5}; /* a, a cut off character of two bytes, two stray bytes, z */
    converted("a\xe2\x82\xff\x80z", 6, CARE_UNIT_UTF16, offsets, 5);
    cr_assert_arr_eq(offsets, wanted, sizeof offsets);
}

Test(offset, arguments) {
    uint32_t offsets[] = {1, 12};
    cr_assert_eq(care_convert_offsets(MIXED, 11, CARE_UNIT_UTF16, offsets, 2), CARE_E_ARGUMENT);
    cr_assert_eq(offsets[0], 1, "nothing is changed then");
    cr_assert_eq(care_convert_offsets(MIXED, 11, 3, offsets, 1), CARE_E_ARGUMENT);
    cr_assert_eq(care_convert_offsets(MIXED, 11, -1, offsets, 1), CARE_E_ARGUMENT);
    cr_assert_eq(care_convert_offsets(NULL, 11, CARE_UNIT_BYTE, offsets, 1), CARE_E_ARGUMENT);
    cr_assert_eq(care_convert_offsets(MIXED, 11, CARE_UNIT_BYTE, NULL, 1), CARE_E_ARGUMENT);
    cr_assert_eq(care_convert_offsets(NULL, 0, CARE_UNIT_UTF16, NULL, 0), CARE_OK);
    offsets[0] = 0;
    cr_assert_eq(care_convert_offsets(NULL, 0, CARE_UNIT_CODEPOINT, offsets, 1), CARE_OK);
}

/* Each offset by itself, counted from the start, against all at once. */
Test(offset, one_pass_is_the_same_as_many) {
    enum { LENGTH = 4000 };
    char *text = malloc(LENGTH);
    uint32_t *all = malloc(LENGTH * sizeof *all);
    uint32_t state = 7;
    for (size_t i = 0; i < LENGTH; i++) {
        state = state * 1664525u + 1013904223u;
        text[i] = (char)(state >> 28 > 11 ? state >> 20 : 'a');
        all[i] = (state >> 8) % (LENGTH + 1);
    }
    for (int32_t unit = CARE_UNIT_UTF16; unit <= CARE_UNIT_CODEPOINT; unit++) {
        uint32_t *together = malloc(LENGTH * sizeof *together);
        memcpy(together, all, LENGTH * sizeof *all);
        converted(text, LENGTH, unit, together, LENGTH);
        for (size_t i = 0; i < LENGTH; i++) {
            uint32_t alone = all[i];
            converted(text, LENGTH, unit, &alone, 1);
            cr_assert_eq(alone, together[i], "offset %u", all[i]);
        }
        free(together);
    }
    free(all);
    free(text);
}
