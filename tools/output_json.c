/* output_json.c - findings as JSON: one object a turn, its keys always in the same order.
 *
 * Offsets are the library's bytes. For another unit all offsets of a turn are collected, sorted, converted in one pass over
 * the text, and looked up as they are written. */
#include "output.h"

#include "json_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Offsets ---- */

static void offsets_add(json_output *self, uint32_t begin, uint32_t end) {
    if (self->offset_room - self->offset_count < 2) {
        self->offset_room = self->offset_room * 2 + 64;
        self->offsets = tool_resize(self->offsets, self->offset_room, sizeof *self->offsets);
        self->converted = tool_resize(self->converted, self->offset_room, sizeof *self->converted);
    }
    self->offsets[self->offset_count++] = begin;
    self->offsets[self->offset_count++] = end;
}

static int offsets_compare(const void *one, const void *other) {
    uint32_t left = *(const uint32_t *)one, right = *(const uint32_t *)other;
    return (left > right) - (left < right);
}

static uint32_t offsets_find(const json_output *self, uint32_t offset) {
    if (self->choice.unit == CARE_UNIT_BYTE) return offset;
    const uint32_t *found = bsearch(&offset, self->offsets, self->offset_count, sizeof offset, offsets_compare);
    return found != NULL ? self->converted[found - self->offsets] : offset;
}

static bool has_evidence(const json_output *self, const care_result *result, const care_finding *finding) {
    return self->choice.evidence && finding->first_evidence < result->evidence_count;
}

/* Every place in this turn that write_finding writes. */
static void offsets_add_finding(json_output *self, const care_result *result, const care_finding *finding) {
    offsets_add(self, finding->begin, finding->end);
    for (uint32_t i = 0; i < finding->slot_count; i++)
        offsets_add(self, result->slots[finding->first_slot + i].begin, result->slots[finding->first_slot + i].end);
    if (!has_evidence(self, result, finding)) return;
    for (const care_evidence *piece = &result->evidence[finding->first_evidence];; piece++) {
        if (piece->turn == finding->turn) offsets_add(self, piece->begin, piece->end);
        if (!piece->more) break;
    }
}

static void offsets_collect(json_output *self, const care_turn *turn, const care_result *result) {
    self->offset_count = 0;
    if (self->choice.unit == CARE_UNIT_BYTE) return;
    for (size_t i = 0; i < result->finding_count; i++) offsets_add_finding(self, result, &result->findings[i]);
    for (size_t i = 0; self->choice.suppressed && i < result->suppressed_count; i++)
        offsets_add_finding(self, result, &result->suppressed[i]);
    if (self->offset_count == 0) return;
    qsort(self->offsets, self->offset_count, sizeof *self->offsets, offsets_compare);
    memcpy(self->converted, self->offsets, self->offset_count * sizeof *self->offsets);
    care_convert_offsets(turn->text, (size_t)turn->length, self->choice.unit, self->converted, self->offset_count);
}

static void write_span(uint32_t start, uint32_t end) {
    printf("\"start\":%u,\"end\":%u", start, end);
}

/* A place in the turn at hand. */
static void write_place(const json_output *self, uint32_t begin, uint32_t end) {
    write_span(offsets_find(self, begin), offsets_find(self, end));
}

/* ---- Findings ---- */

static const char *rule_name(const json_output *self, uint32_t rule) {
    care_rule_info info = {.size = sizeof info};
    return care_pack_rule(self->pack, rule, &info) == CARE_OK ? info.name : NULL;
}

static void write_text(const char *text, uint32_t begin, uint32_t end) {
    json_text_key(false, "text");
    json_text_string(text + begin, end - begin);
}

static void write_slots(const json_output *self, const care_turn *turn, const care_result *result, const care_finding *finding) {
    if (finding->slot_count == 0) return;
    json_text_key(false, "slots");
    putchar('[');
    for (uint32_t i = 0; i < finding->slot_count; i++) {
        const care_slot *slot = &result->slots[finding->first_slot + i];
        fputs(i > 0 ? ",{\"slot\":" : "{\"slot\":", stdout);
        json_text_word(care_pack_slot_name(self->pack, slot->slot));
        putchar(',');
        write_place(self, slot->begin, slot->end);
        write_text(turn->text, slot->begin, slot->end);
        putchar('}');
    }
    putchar(']');
}

/* Evidence in a turn before is shown by that turn's words, unless they are too long ago. */
static void write_earlier(const json_output *self, const care_evidence *piece, const recent *turns) {
    const recent_turn *earlier = recent_find(turns, piece->turn);
    if (earlier == NULL || piece->begin > earlier->text.length || piece->end > earlier->text.length) {
        fputs("\"start\":null,\"end\":null,\"turn\":null,\"weight\":", stdout);
        json_text_number(piece->weight);
        fputs(",\"text\":null", stdout);
        return;
    }
    uint32_t span[2] = {piece->begin, piece->end};
    care_convert_offsets(earlier->text.bytes, earlier->text.length, self->choice.unit, span, 2);
    write_span(span[0], span[1]);
    json_text_key(false, "turn");
    json_text_number(earlier->number);
    json_text_key(false, "weight");
    json_text_number(piece->weight);
    write_text(earlier->text.bytes, piece->begin, piece->end);
}

static void write_evidence(const json_output *self, const care_turn *turn, const care_result *result, const care_finding *finding,
                           const recent *turns) {
    if (!self->choice.evidence) return;
    json_text_key(false, "evidence");
    putchar('[');
    const recent_turn *now = recent_find(turns, finding->turn);
    bool more = has_evidence(self, result, finding);
    for (uint32_t i = finding->first_evidence; more; i++) {
        const care_evidence *piece = &result->evidence[i];
        fputs(i > finding->first_evidence ? ",{\"rule\":" : "{\"rule\":", stdout);
        json_text_word(rule_name(self, piece->rule));
        putchar(',');
        if (piece->turn == finding->turn) {
            write_place(self, piece->begin, piece->end);
            json_text_key(false, "turn");
            json_text_number(now != NULL ? now->number : piece->turn);
            json_text_key(false, "weight");
            json_text_number(piece->weight);
            write_text(turn->text, piece->begin, piece->end);
        } else {
            write_earlier(self, piece, turns);
        }
        putchar('}');
        more = piece->more != 0;
    }
    putchar(']');
}

/* What explain adds: how strong, in which contexts, the rule as written and where. */
static void write_detail(const json_output *self, const care_finding *finding) {
    if (!self->choice.detail) return;
    care_rule_info rule = {.size = sizeof rule};
    bool known = care_pack_rule(self->pack, finding->rule, &rule) == CARE_OK;
    json_text_key(false, "degree");
    json_text_number(finding->intensity);
    json_text_key(false, "contexts");
    putchar('[');
    bool first = true;
    for (uint32_t i = 0; i < 16; i++) {
        if ((finding->attributes >> i & 1) == 0) continue;
        if (!first) putchar(',');
        json_text_word(care_pack_context_name(self->pack, i));
        first = false;
    }
    putchar(']');
    json_text_key(false, "rule_text");
    json_text_word(known ? rule.text : NULL);
    json_text_key(false, "file");
    json_text_word(known ? rule.file : NULL);
    json_text_key(false, "line");
    json_text_number(known ? rule.line : 0);
}

static void write_finding(const json_output *self, const care_turn *turn, const care_result *result, const care_finding *finding,
                          const recent *turns) {
    care_signal_info signal = {.size = sizeof signal};
    fputs("{\"signal\":", stdout);
    json_text_word(care_pack_signal(self->pack, finding->signal, &signal) == CARE_OK ? signal.id : NULL);
    putchar(',');
    write_place(self, finding->begin, finding->end);
    json_text_key(false, "confidence");
    json_text_number(finding->confidence);
    json_text_key(false, "rule");
    json_text_word(rule_name(self, finding->rule));
    write_text(turn->text, finding->begin, finding->end);
    write_slots(self, turn, result, finding);
    write_evidence(self, turn, result, finding, turns);
    write_detail(self, finding);
    if (finding->suppressed_by != CARE_SUPPRESSED_NOT) {
        json_text_key(false, "reason");
        json_text_word(care_pack_reason_name(self->pack, finding->suppressed_by));
    }
    putchar('}');
}

static void write_list(const json_output *self, const care_turn *turn, const care_result *result, const care_finding *findings,
                       size_t count, const recent *turns) {
    putchar('[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0) putchar(',');
        write_finding(self, turn, result, &findings[i], turns);
    }
    putchar(']');
}

void json_output_findings(json_output *self, const care_turn *turn, const care_result *result, const recent *turns) {
    offsets_collect(self, turn, result);
    json_text_key(true, "findings");
    write_list(self, turn, result, result->findings, result->finding_count, turns);
    if (!self->choice.suppressed) return;
    json_text_key(false, "suppressed");
    write_list(self, turn, result, result->suppressed, result->suppressed_count, turns);
}

void json_output_turn(json_output *self, const input_turn *turn, const care_result *result, const recent *turns) {
    if (self->array) fputs(self->any ? ",\n" : "[\n", stdout);
    self->any = true;
    fputs("{\"conversation\":", stdout);
    if (turn->conversation.kind == IDENTITY_NUMBER)
        json_text_number(turn->conversation.number);
    else if (turn->conversation.kind == IDENTITY_TEXT)
        json_text_string(turn->conversation.text, turn->conversation.length);
    else
        json_text_word(NULL);
    json_text_key(false, "turn");
    json_text_number(turn->number);
    json_text_key(false, "role");
    json_text_word(care_role_name(turn->turn.role));
    putchar(',');
    json_output_findings(self, &turn->turn, result, turns);
    fputs(self->array ? "}" : "}\n", stdout);
}

void json_output_end(json_output *self) {
    if (self->array) fputs(self->any ? "\n]\n" : "[]\n", stdout);
}

void json_output_free(json_output *self) {
    free(self->offsets);
    free(self->converted);
}
