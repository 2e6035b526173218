/* What must hold for every text, whatever a pack says: nothing is left over from the text before, two texts one after the other
 * say what each of them says, and the encoding makes no difference. */
#include "texts.h"
#include "support/wide.h"

/* Rules that look no further than their own sentence. */
#define PLAIN                                                                                                                              \
    "pack plain 1\nstemmer english\nending +s +ed +ing\nword be: am is are 'm 're 's\nword not: n't\nclitic 's 'm 're n't\n"               \
    "contraction im = i 'm\nfiller um\nstammer i the\ncontext negated\n  after not | never up to 4\n  until ,\n"                           \
    "signal a.sorry by anyone drop negated\n  say 80 be -2- sorry\n  say 70 sorry\n  hint 20 really\n"                                     \
    "signal a.fine by anyone drop none\n  say 60 ^ [it] [be] (fine | ok | okay) $\n  say 50 #number -1- (day | hour)\n"                    \
    "signal a.shout by anyone drop negated\n  say 40 #caps #caps\n  say 45 #emoji+\n  yields a.fine in sentence\n"

typedef struct plain {
    care_pack *pack;
    care_analyzer *analyzer;
} plain;

static plain plain_open(void) {
    care_source source = {"plain.care", PLAIN, strlen(PLAIN)};
    plain self = {0};
    care_error error = {.size = sizeof error};
    cr_assert_eq(care_pack_compile(&self.pack, &source, 1, NULL, NULL, NULL, &error), CARE_OK, "%s", error.message);
    cr_assert_eq(care_analyzer_new(&self.analyzer, self.pack, NULL, NULL), CARE_OK);
    care_analyzer_set(self.analyzer, CARE_OPTION_SUPPRESSED, 1);
    return self;
}

/* The findings of one text, moved by `offset` bytes. */
static void plain_find(const plain *self, const char *text, size_t length, uint32_t offset, lines *into) {
    care_turn turn = {.text = text, .length = length};
    care_result result = {.size = sizeof result};
    char line[256];
    cr_assert_eq(care_analyze(self->analyzer, &turn, 1, &result, NULL), CARE_OK);
    for (size_t i = 0; i < result.finding_count + result.suppressed_count; i++) {
        const care_finding *it = i < result.finding_count ? &result.findings[i] : &result.suppressed[i - result.finding_count];
        int used = snprintf(line, sizeof line, "%08u-%08u rule %u %u %u", it->begin + offset, it->end + offset, it->rule, it->confidence,
                            it->suppressed_by);
        lines_add(into, line, (size_t)used);
    }
    lines_sort(into);
}

Test(texts, one_after_the_other_say_what_each_says) {
    texts *source = texts_open("toy_en.care", 3);
    plain self = plain_open();
    static char both[2 * SOUP_BYTES + 2], first[SOUP_BYTES];
    size_t found = 0;
    for (int i = 0; i < 2 * TEXTS_CONVERSATIONS; i++) {
        lines apart = {0}, together = {0};
        soup_next(&source->soup);
        care_turn one = source->soup.turns[0];
        size_t one_length = (size_t)one.length;
        memcpy(first, one.text, one_length);
        memcpy(both, first, one_length);
        memcpy(both + one_length, "\n\n", 2);
        plain_find(&self, first, one_length, 0, &apart);
        soup_next(&source->soup);
        care_turn two = source->soup.turns[0];
        size_t two_length = (size_t)two.length;
        memcpy(both + one_length + 2, two.text, two_length);
        plain_find(&self, two.text, two_length, (uint32_t)one_length + 2, &apart);
        plain_find(&self, both, one_length + 2 + two_length, 0, &together);
        found += together.count;
        cr_assert(lines_equal(&apart, &together), "texts %d", i);
        lines_clear(&apart);
        lines_clear(&together);
    }
    cr_assert_gt(found, 500, "the texts say something");
    care_analyzer_free(self.analyzer);
    care_pack_unref(self.pack);
    texts_close(source);
}

Test(texts, nothing_is_left_over) {
    texts *self = texts_open("toy_en.care", 4);
    care_analyzer *used = self->pair.analyzer;
    for (int i = 0; i < TEXTS_CONVERSATIONS; i++) {
        lines fresh = {0}, first = {0}, again = {0};
        care_analyzer *unused;
        soup_next(&self->soup);
        cr_assert_eq(care_analyzer_new(&unused, self->pair.pack, NULL, NULL), CARE_OK);
        care_analyzer_set(unused, CARE_OPTION_SUPPRESSED, 1);
        texts_find(self, unused, self->soup.turns, self->soup.count, &fresh);
        texts_find(self, used, self->soup.turns, self->soup.count, &first);
        if (i % 7 == 0) care_analyzer_trim(used);
        texts_find(self, used, self->soup.turns, self->soup.count, &again);
        cr_assert(lines_equal(&fresh, &first), "conversation %d, by a new and by an old analyzer", i);
        cr_assert(lines_equal(&first, &again), "conversation %d, twice", i);
        care_analyzer_free(unused);
        lines_clear(&fresh);
        lines_clear(&first);
        lines_clear(&again);
    }
    texts_close(self);
}

/* An ill-formed part becomes a lone surrogate: both separate words, and both count as one unit. */
static size_t to_utf16(const char *text, size_t length, uint16_t *to) {
    size_t units = 0;
    for (size_t at = 0; at < length;) {
        uint32_t code;
        bool good;
        at += texts_character((const unsigned char *)text + at, length - at, &code, &good);
        if (!good) {
            to[units++] = 0xdc00;
        } else if (code > 0xffff) {
            to[units++] = (uint16_t)(0xd800 + ((code - 0x10000) >> 10));
            to[units++] = (uint16_t)(0xdc00 + (code & 0x3ff));
        } else {
            to[units++] = (uint16_t)code;
        }
    }
    return units;
}

#define SPANS_MAX 40000

/* Every place in a result, those of slots and evidence too, in one list; the kinds of record in an order of its own. */
static size_t list_places(const care_result *result, uint32_t *places) {
    size_t count = 0;
#define LIST(items, item_count)                           \
    for (size_t i = 0; i < (item_count); i++) {           \
        cr_assert_lt(count + 2, (size_t)SPANS_MAX);       \
        places[count++] = (items)[i].begin;               \
        places[count++] = (items)[i].end;                 \
    }
    LIST(result->findings, result->finding_count)
    LIST(result->suppressed, result->suppressed_count)
    LIST(result->slots, result->slot_count)
    LIST(result->evidence, result->evidence_count)
#undef LIST
    return count;
}

/* Whether from UTF-8 or from UTF-16: a turn's places in a unit are those in bytes, converted. */
Test(texts, units_and_encodings_make_no_difference) {
    texts *self = texts_open("toy_en.care", 5);
    static uint16_t wide[SOUP_BYTES];
    static uint32_t wanted[SPANS_MAX], converted[SPANS_MAX], places[SPANS_MAX];
    care_analyzer *other;
    cr_assert_eq(care_analyzer_new(&other, self->pair.pack, NULL, NULL), CARE_OK);
    care_analyzer_set(other, CARE_OPTION_SUPPRESSED, 1);
    care_analyzer_set(other, CARE_OPTION_EVIDENCE, 1);
    size_t found = 0;
    for (int i = 0; i < 2 * TEXTS_CONVERSATIONS; i++) {
        care_result result = {.size = sizeof result};
        soup_next(&self->soup);
        care_turn turn = self->soup.turns[0];
        turn.flags = 0;
        cr_assert_eq(care_analyze(other, &turn, 1, &result, NULL), CARE_OK);
        size_t count = list_places(&result, wanted);
        found += result.finding_count;
        for (uint8_t unit = CARE_UNIT_UTF16; unit <= CARE_UNIT_CODEPOINT; unit++) {
            memcpy(converted, wanted, count * sizeof *wanted);
            cr_assert_eq(care_convert_offsets(turn.text, (size_t)turn.length, unit, converted, count), CARE_OK);
            care_turn asked[2] = {turn, wide_turn(wide, to_utf16(turn.text, (size_t)turn.length, wide), turn.role, turn.channel)};
            for (int from = 0; from < 2; from++) {
                asked[from].unit = unit;
                cr_assert_eq(care_analyze(other, asked + from, 1, &result, NULL), CARE_OK);
                cr_assert_eq(list_places(&result, places), count, "text %d", i);
                cr_assert_arr_eq(places, converted, count * sizeof *places, "text %d in unit %d", i, unit);
            }
        }
    }
    cr_assert_gt(found, 100, "the texts say something");
    care_analyzer_free(other);
    texts_close(self);
}

Test(texts, offsets_are_counted_as_decoders_count) {
    texts *self = texts_open("toy_es.care", 6);
    static uint32_t wanted[3][SOUP_BYTES + 1], offsets[SOUP_BYTES + 1];
    for (int i = 0; i < TEXTS_CONVERSATIONS; i++) {
        soup_next(&self->soup);
        const char *text = self->soup.bytes;
        size_t length = self->soup.used, count = 0;
        uint32_t units = 0, points = 0;
        for (size_t at = 0;;) {
            uint32_t code;
            bool good;
            offsets[count] = wanted[CARE_UNIT_BYTE][count] = (uint32_t)at;
            wanted[CARE_UNIT_UTF16][count] = units;
            wanted[CARE_UNIT_CODEPOINT][count++] = points;
            if (at >= length) break;
            at += texts_character((const unsigned char *)text + at, length - at, &code, &good);
            units += code > 0xffff ? 2 : 1;
            points++;
        }
        for (int32_t unit = 0; unit < 3; unit++) {
            static uint32_t some[SOUP_BYTES + 1];
            memcpy(some, offsets, count * sizeof *some);
            cr_assert_eq(care_convert_offsets(text, length, unit, some, count), CARE_OK);
            cr_assert_arr_eq(some, wanted[unit], count * sizeof *some, "text %d in unit %d", i, unit);
        }
    }
    texts_close(self);
}

Test(texts, strictness_tells_the_first_ill_formed_byte) {
    texts *self = texts_open("toy_en.care", 7);
    care_analyzer *strict;
    size_t refused = 0;
    cr_assert_eq(care_analyzer_new(&strict, self->pair.pack, NULL, NULL), CARE_OK);
    cr_assert_eq(care_analyzer_set(strict, CARE_OPTION_STRICT, 1), CARE_OK);
    for (int i = 0; i < 2 * TEXTS_CONVERSATIONS; i++) {
        care_result result = {.size = sizeof result};
        care_error error = {.size = sizeof error};
        soup_next(&self->soup);
        size_t first = 0, turn = 0;
        bool good = true;
        for (; turn < self->soup.count; turn++) {
            const care_turn *it = &self->soup.turns[turn];
            for (first = 0; good && first < it->length;) {
                uint32_t code;
                size_t size = texts_character((const unsigned char *)it->text + first, (size_t)it->length - first, &code, &good);
                if (good) first += size;
            }
            if (!good) break;
        }
        care_status status = care_analyze(strict, self->soup.turns, self->soup.count, &result, &error);
        cr_assert_eq(status, good ? CARE_OK : CARE_E_UTF8, "conversation %d", i);
        if (good) continue;
        refused++;
        cr_assert(error.line == turn + 1 && error.offset == first && result.finding_count == 0, "conversation %d", i);
    }
    cr_assert(refused > 0 && refused < 2 * TEXTS_CONVERSATIONS);
    care_analyzer_free(strict);
    texts_close(self);
}
