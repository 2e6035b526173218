/* exercise.h - for tests and fuzz targets: calls everything a pack can do, and checks what must hold of any result. For packs
 * from anywhere; what fails is printed, and the program aborts. */
#ifndef CARE_TESTS_EXERCISE_H
#define CARE_TESTS_EXERCISE_H

#include "support/everything.h"
#include "support/wide.h"

#include <care/compile.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUST(condition) ((condition) ? (void)0 : exercise_fail(#condition, __FILE__, __LINE__))

static inline void exercise_fail(const char *condition, const char *file, int line) {
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
    abort();
}

/* Sums bytes, so that they are read. */
static inline size_t exercise_read(const char *text) {
    volatile size_t sum = 0;
    for (; text && *text; text++) sum += (unsigned char)*text;
    return sum;
}

static inline bool exercise_boundary(const care_turn *turn, uint32_t at) {
    return at == turn->length || ((unsigned char)turn->text[at] & 0xc0) != 0x80 || at == 0;
}

/* `units`: spans are in other units than the turns' bytes, so that their order is all there is to check. */
static inline void exercise_findings(const care_pack *pack, const care_turn *turns, const care_result *result, const care_finding *items,
                                     size_t count, bool units) {
    care_pack_info info = {.size = sizeof info};
    MUST(care_pack_get_info(pack, &info) == CARE_OK);
    for (size_t i = 0; i < count; i++) {
        const care_finding *at = items + i;
        MUST(at->signal < info.signal_count && at->rule < info.rule_count && at->confidence <= 100 && at->intensity <= 3);
        MUST(at->begin <= at->end && at->turn < result->turn_count);
        MUST(units || at->end <= turns[at->turn].length);
        MUST(care_pack_reason_name(pack, at->suppressed_by) != NULL);
        MUST((size_t)at->first_slot + at->slot_count <= result->slot_count);
        if (i && items[i - 1].turn == at->turn)
            MUST(items[i - 1].begin < at->begin || (items[i - 1].begin == at->begin && items[i - 1].end <= at->end));
        if (i) MUST(items[i - 1].turn <= at->turn);
        for (uint32_t s = 0; s < at->slot_count; s++) {
            const care_slot *slot = result->slots + at->first_slot + s;
            MUST(slot->begin <= slot->end && (units || slot->end <= turns[at->turn].length) && care_pack_slot_name(pack, slot->slot));
        }
        for (uint32_t e = at->first_evidence; e != CARE_NONE; e++) {
            MUST(e < result->evidence_count);
            const care_evidence *evidence = result->evidence + e;
            MUST(evidence->begin <= evidence->end && evidence->turn <= at->turn && evidence->rule < info.rule_count);
            MUST(units || evidence->end <= turns[evidence->turn].length);
            if (!evidence->more) break;
        }
    }
}

static inline void exercise_result(const care_pack *pack, const care_turn *turns, const care_result *result, bool units) {
    exercise_findings(pack, turns, result, result->findings, result->finding_count, units);
    exercise_findings(pack, turns, result, result->suppressed, result->suppressed_count, units);
}

/* Everything that can be asked of a pack. */
static inline void exercise_questions(const care_pack *pack) {
    care_pack_info info = {.size = sizeof info};
    MUST(care_pack_get_info(pack, &info) == CARE_OK);
    exercise_read(info.name), exercise_read(info.version), exercise_read(info.stemmer), exercise_read(info.unicode);
    for (uint32_t i = 0; i < info.signal_count; i++) {
        care_signal_info signal = {.size = sizeof signal};
        MUST(care_pack_signal(pack, i, &signal) == CARE_OK);
        exercise_read(signal.id), exercise_read(signal.meaning), exercise_read(signal.pillar);
        MUST(signal.polarity >= -1 && signal.polarity <= 1);
        MUST(care_pack_find_signal(pack, signal.id) <= i);
    }
    for (uint32_t i = 0; i < info.rule_count; i++) {
        care_rule_info rule = {.size = sizeof rule};
        MUST(care_pack_rule(pack, i, &rule) == CARE_OK);
        exercise_read(rule.name), exercise_read(rule.file), exercise_read(rule.text);
        MUST(rule.weight >= 0 && rule.weight <= 100 && (rule.signal == CARE_NONE || rule.signal < info.signal_count));
        exercise_read(care_pack_rule_form(pack, i, 0));
    }
    for (uint32_t i = 0; i < info.context_count; i++) exercise_read(care_pack_context_name(pack, i));
    for (uint32_t i = 0; care_pack_slot_name(pack, i); i++) exercise_read(care_pack_slot_name(pack, i));
    MUST(care_pack_speaker_role(pack, "Support Team", 12) < CARE_ROLE_COUNT);
    for (uint32_t layer = 0; layer < info.layer_count; layer++)
        for (uint32_t file = 0; ; file++) {
            const char *name;
            size_t length;
            const char *text = care_pack_source(pack, layer, file, &name, &length);
            if (!text) break;
            exercise_read(text), exercise_read(name);
        }
}

/* Reads `count` turns in every way. */
static inline void exercise_turns(care_pack *pack, const care_turn *turns, size_t count) {
    care_analyzer *analyzer = NULL;
    care_conversation *conversation = NULL;
    MUST(care_analyzer_new(&analyzer, pack, NULL, NULL) == CARE_OK && care_conversation_new(&conversation, pack, NULL, NULL) == CARE_OK);
    MUST(care_analyzer_set(analyzer, CARE_OPTION_SUPPRESSED, 1) == CARE_OK &&
         care_analyzer_set(analyzer, CARE_OPTION_EVIDENCE, 1) == CARE_OK);
    care_result result = {.size = sizeof result};
    MUST(care_analyze(analyzer, turns, count, &result, NULL) == CARE_OK && result.turn_count == count);
    exercise_result(pack, turns, &result, false);
    for (size_t i = 0; i < count; i++) {
        MUST(care_conversation_preview(conversation, analyzer, turns + i, &result, NULL) == CARE_OK);
        size_t drafted = result.finding_count;
        MUST(care_conversation_feed(conversation, analyzer, turns + i, &result, NULL) == CARE_OK && result.finding_count == drafted);
    }
    int32_t yes = 0;
    for (size_t i = 0; i < count; i++) {
        MUST(care_has_apology(analyzer, turns[i].text, (size_t)turns[i].length, &yes) == CARE_OK && (yes == 0 || yes == 1));
        MUST(care_has_excuse(analyzer, turns[i].text, (size_t)turns[i].length, &yes) == CARE_OK);
        MUST(care_has_empathy(analyzer, turns[i].text, (size_t)turns[i].length, &yes) == CARE_OK);
        MUST(care_is_tepid(analyzer, turns[i].text, (size_t)turns[i].length, "How?", 4, &yes) == CARE_OK);
    }
    care_conversation_free(conversation);
    care_analyzer_free(analyzer);
}

/* The turns that reach all of EVERYTHING. */
static inline void exercise_pack(care_pack *pack) {
    static const char *const texts[] = {EVERYTHING_TURNS};
    static const uint8_t roles[] = {CARE_ROLE_AGENT,    CARE_ROLE_CUSTOMER, CARE_ROLE_AGENT,
                                    CARE_ROLE_CUSTOMER, CARE_ROLE_BOT,      CARE_ROLE_AGENT};
    care_turn turns[sizeof texts / sizeof *texts];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        turns[i] =
            (care_turn){.text = texts[i], .length = strlen(texts[i]), .role = roles[i], .channel = (uint8_t)(i % CARE_CHANNEL_COUNT)};
    exercise_questions(pack);
    exercise_turns(pack, turns, sizeof texts / sizeof *texts);
    static const uint16_t wide[] = {'S', 'o', 'r', 'r', 'y', '!', ' ', 0xd800, ' ', 'i', 0x2019, 'm',
                                    ' ', 's', 'o', ' ', 's', 'o', 'r', 'r',    'y', ' ', 0xd83d, 0xde00};
    care_analyzer *analyzer = NULL;
    care_result result = {.size = sizeof result};
    MUST(care_analyzer_new(&analyzer, pack, NULL, NULL) == CARE_OK && care_analyzer_set(analyzer, CARE_OPTION_EVIDENCE, 1) == CARE_OK);
    MUST(wide_analyze(analyzer, wide, sizeof wide / 2, CARE_ROLE_AGENT, CARE_CHANNEL_CHAT, wide, 6, &result, NULL) == CARE_OK);
    exercise_result(pack, NULL, &result, true);
    care_analyzer_free(analyzer);
}

/* The block's checksum made right again after a change. `length` is the block's. */
static inline void exercise_repair(unsigned char *block, size_t length) {
    uint64_t lanes[5] = {1, 2, 3, 4, UINT64_C(0xcbf29ce484222325)}; /* the last is their sum */
    size_t words = length < 32 ? 0 : (length - 32) / 8;
    for (size_t at = 0; at < words + 4; at++) {
        uint64_t word, *hash = lanes + (at < words ? at % 4 : 4);
        memcpy(&word, at < words ? block + 32 + 8 * at : (unsigned char *)(lanes + (at - words)), 8);
        *hash = (*hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        *hash ^= *hash >> 32;
    }
    if (length >= 32) memcpy(block + 24, lanes + 4, 8);
}

#endif
