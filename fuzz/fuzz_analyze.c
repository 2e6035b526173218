/* fuzz_analyze.c - any bytes as turns, read by a small pack that has every kind of rule: no step outside, and the same findings
 * however the turns come (alone in a conversation, in a batch, drafted first).
 *
 * The first byte chooses role, channel and unit; a byte 1 ends a turn, and the byte after it chooses the next ones. */
#include "support/exercise.h"
#include "support/wide.h"

#define TURNS_MAX 8u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static care_pack *the_pack(void) {
    static care_pack *pack;
    if (pack) return pack;
    const care_source source = {"all.care", EVERYTHING, sizeof EVERYTHING - 1};
    MUST(care_pack_compile(&pack, &source, 1, NULL, NULL, NULL, NULL) == CARE_OK);
    return pack;
}

static size_t split(const uint8_t *data, size_t size, care_turn *turns) {
    size_t count = 0;
    while (size && count < TURNS_MAX) {
        const uint8_t *end = size > 1 ? memchr(data + 1, 1, size - 1) : NULL;
        size_t length = end ? (size_t)(end - data) : size;
        turns[count++] = (care_turn){.text = (const char *)data + 1, .length = length - 1, .role = data[0] % CARE_ROLE_COUNT,
                                     .channel = (uint8_t)(data[0] / 8 % CARE_CHANNEL_COUNT), .unit = (uint8_t)(data[0] / 64 % 3)};
        size -= end ? length + 1 : length;
        data += end ? length + 1 : length;
    }
    return count;
}

/* The batch's findings against those of the same turns fed one by one. */
static void compare(care_pack *pack, const care_turn *turns, size_t count) {
    care_analyzer *batch = NULL, *single = NULL;
    care_conversation *conversation = NULL;
    care_result all = {.size = sizeof all}, one = {.size = sizeof one};
    MUST(care_analyzer_new(&batch, pack, NULL, NULL) == CARE_OK && care_analyzer_new(&single, pack, NULL, NULL) == CARE_OK);
    MUST(care_conversation_new(&conversation, pack, NULL, NULL) == CARE_OK);
    MUST(care_analyze(batch, turns, count, &all, NULL) == CARE_OK);
    size_t seen = 0;
    for (size_t i = 0; i < count; i++) {
        MUST(care_conversation_feed(conversation, single, turns + i, &one, NULL) == CARE_OK);
        MUST(one.turn_flags[0] == all.turn_flags[i]);
        for (size_t f = 0; f < one.finding_count; f++, seen++) {
            MUST(seen < all.finding_count);
            const care_finding *a = all.findings + seen, *b = one.findings + f;
            MUST(a->begin == b->begin && a->end == b->end && a->turn == b->turn && a->rule == b->rule && a->signal == b->signal &&
                 a->confidence == b->confidence && a->attributes == b->attributes && a->slot_count == b->slot_count);
        }
    }
    MUST(seen == all.finding_count);
    care_conversation_free(conversation);
    care_analyzer_free(single);
    care_analyzer_free(batch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    care_turn turns[TURNS_MAX];
    size_t count = split(data, size, turns);
    exercise_turns(the_pack(), turns, count);
    compare(the_pack(), turns, count);
    if (size < 4) return 0;
    uint16_t *wide = malloc(size / 2 * 2);
    care_analyzer *analyzer = NULL;
    care_result result = {.size = sizeof result};
    MUST(wide && care_analyzer_new(&analyzer, the_pack(), NULL, NULL) == CARE_OK);
    MUST(care_analyzer_set(analyzer, CARE_OPTION_EVIDENCE, 1) == CARE_OK);
    memcpy(wide, data, size / 2 * 2);
    MUST(wide_analyze(analyzer, wide, size / 2, CARE_ROLE_AGENT, CARE_CHANNEL_CHAT, wide, size / 4, &result, NULL) == CARE_OK);
    exercise_result(the_pack(), turns, &result, true);
    for (size_t i = 0; i < result.finding_count; i++) MUST(result.findings[i].end <= size / 2);
    care_analyzer_free(analyzer);
    free(wide);
    return 0;
}
