/* What must hold for every pack: the same text gives the same bytes, bytes give back the same pack, and it makes no difference
 * whether a layer was compiled on its base or composed with it. */
#include "texts.h"

static const char *const packs[] = {"toy_en.care", "toy_es.care", "toy_phrases.care"};

static char *read_pack(const char *name, size_t *length) {
    char path[4096];
    snprintf(path, sizeof path, "%s/tests/packs/%s", CARE_SOURCE_DIRECTORY, name);
    FILE *file = fopen(path, "rb");
    cr_assert_not_null(file, "%s", path);
    char *text = malloc(1 << 16);
    cr_assert_not_null(text);
    *length = fread(text, 1, 1 << 16, file);
    fclose(file);
    return text;
}

static care_pack *compile_on(const char *name, const care_pack *base) {
    size_t length;
    char *text = read_pack(name, &length);
    care_source source = {name, text, length};
    care_pack *pack = NULL;
    care_error error = {.size = sizeof error};
    cr_assert_eq(care_pack_compile(&pack, &source, 1, base, NULL, NULL, &error), CARE_OK, "%s: %s", name, error.message);
    free(text);
    return pack;
}

static bool same_bytes(const care_pack *left, const care_pack *right) {
    size_t left_length, right_length;
    const void *left_bytes = care_pack_bytes(left, &left_length), *right_bytes = care_pack_bytes(right, &right_length);
    return left_length == right_length && memcmp(left_bytes, right_bytes, left_length) == 0;
}

/* Both packs find the same in the texts made of the pack `name`. */
static void expect_same_findings(const char *name, care_pack *left, care_pack *right) {
    texts *self = texts_open(name, 8);
    care_analyzer *one, *other;
    cr_assert_eq(care_analyzer_new(&one, left, NULL, NULL), CARE_OK);
    cr_assert_eq(care_analyzer_new(&other, right, NULL, NULL), CARE_OK);
    for (int i = 0; i < TEXTS_CONVERSATIONS; i++) {
        lines here = {0}, there = {0};
        care_result result = {.size = sizeof result};
        soup_next(&self->soup);
        cr_assert_eq(care_analyze(one, self->soup.turns, self->soup.count, &result, NULL), CARE_OK);
        describe_result(left, &result, 0, UINT32_MAX, &here);
        cr_assert_eq(care_analyze(other, self->soup.turns, self->soup.count, &result, NULL), CARE_OK);
        describe_result(right, &result, 0, UINT32_MAX, &there);
        cr_assert(lines_equal(&here, &there), "%s, conversation %d", name, i);
        lines_clear(&here);
        lines_clear(&there);
    }
    care_analyzer_free(one);
    care_analyzer_free(other);
    texts_close(self);
}

Test(packs, the_same_text_gives_the_same_bytes) {
    for (size_t i = 0; i < sizeof packs / sizeof *packs; i++) {
        care_pack *one = compile_on(packs[i], NULL), *other = compile_on(packs[i], NULL);
        cr_assert(same_bytes(one, other), "%s", packs[i]);
        care_pack_unref(one);
        care_pack_unref(other);
    }
}

Test(packs, bytes_give_back_the_pack) {
    for (size_t i = 0; i < sizeof packs / sizeof *packs; i++) {
        care_pack *made = compile_on(packs[i], NULL), *loaded, *mapped;
        size_t length;
        const void *bytes = care_pack_bytes(made, &length);
        cr_assert_eq(care_pack_load(&loaded, bytes, length, NULL, NULL), CARE_OK);
        cr_assert_eq(care_pack_map(&mapped, bytes, length, NULL, NULL), CARE_OK);
        cr_assert(same_bytes(made, loaded) && same_bytes(made, mapped));
        expect_same_findings(packs[i], made, loaded);
        expect_same_findings(packs[i], made, mapped);
        care_pack_unref(mapped);
        care_pack_unref(loaded);
        care_pack_unref(made);
    }
}

Test(packs, a_layer_composed_is_a_layer_compiled) {
    care_pack *base = compile_on("toy_en.care", NULL), *layered = compile_on("toy_layer.care", base), *composed;
    care_error error = {.size = sizeof error};
    cr_assert_eq(care_pack_compose(&composed, base, layered, NULL, NULL, &error), CARE_OK, "%s", error.message);
    cr_assert(same_bytes(layered, composed));
    expect_same_findings("toy_en.care", layered, composed);
    care_pack_unref(composed);
    care_pack_unref(layered);
    care_pack_unref(base);
}

Test(packs, a_layer_that_says_nothing_changes_nothing) {
    care_pack *base = compile_on("toy_en.care", NULL), *layered = NULL;
    care_source source = {"nothing.care", "pack nothing 1\n", 15};
    cr_assert_eq(care_pack_compile(&layered, &source, 1, base, NULL, NULL, NULL), CARE_OK);
    expect_same_findings("toy_en.care", base, layered);
    care_pack_unref(layered);
    care_pack_unref(base);
}
