/* fuzz_compile.c - any bytes as pack text: a pack or problems. A pack compiles to the same bytes twice, loads from them, and
 * runs. The first byte chooses whether a small pack stands below. */
#include "support/exercise.h"

#define TEXT_MAX 20000u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static care_pack *the_base(void) {
    static care_pack *pack;
    if (pack) return pack;
    const care_source source = {"all.care", EVERYTHING, sizeof EVERYTHING - 1};
    MUST(care_pack_compile(&pack, &source, 1, NULL, NULL, NULL, NULL) == CARE_OK);
    return pack;
}

static void check_problems(const care_problems *problems, care_status status) {
    size_t errors = 0;
    for (size_t i = 0; i < care_problems_count(problems); i++) {
        care_problem one = {.size = sizeof one};
        MUST(care_problems_get(problems, i, &one) == CARE_OK && one.line >= 1 && one.column >= 1 && one.message[0]);
        errors += one.severity == CARE_SEVERITY_ERROR;
    }
    MUST((status == CARE_OK) == (errors == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size || size > TEXT_MAX) return 0;
    const care_pack *base = data[0] & 1 ? the_base() : NULL;
    char *text = malloc(size);
    MUST(text != NULL);
    memcpy(text, data + 1, size - 1);
    const care_source source = {"fuzz.care", text, size - 1};
    care_pack *pack = NULL, *again = NULL;
    care_problems *problems = NULL;
    care_error error = {.size = sizeof error};
    care_status status = care_pack_compile(&pack, &source, 1, base, NULL, &problems, &error);
    MUST(status == CARE_OK || status == CARE_E_SYNTAX || status == CARE_E_EXAMPLE || status == CARE_E_LIMIT);
    MUST((status == CARE_OK) == (pack != NULL) && (status == CARE_OK || error.status == status));
    check_problems(problems, status);
    care_problems_free(problems);
    if (pack) {
        size_t length, same;
        const void *bytes = care_pack_bytes(pack, &length);
        MUST(care_pack_compile(&again, &source, 1, base, NULL, NULL, NULL) == CARE_OK);
        MUST(memcmp(care_pack_bytes(again, &same), bytes, length) == 0 && same == length);
        care_pack_unref(again);
        MUST(care_pack_load(&again, bytes, length, NULL, NULL) == CARE_OK);
        exercise_pack(again);
        care_pack_unref(again);
    }
    care_pack_unref(pack);
    free(text);
    return 0;
}
