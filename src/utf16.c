/* utf16.c - one text in UTF-16, as JavaScript, Java and .NET hold it. It is analysed as UTF-8; the spans are turned back. */
#include "analyzer.h"
#include "utf8.h"

/* A lone surrogate becomes one byte that is ill-formed, and so counts as one unit again. */
#define LONE_SURROGATE 0xffu

static size_t narrow(const uint16_t *text, size_t length, unsigned char *to) {
    size_t written = 0;
    for (size_t i = 0; i < length; i++) {
        uint32_t unit = text[i];
        if (unit < 0x80) {
            to[written++] = (unsigned char)unit;
        } else if (unit < 0xd800 || unit > 0xdfff) {
            written += utf8_encode((int32_t)unit, to + written);
        } else if (unit < 0xdc00 && i + 1 < length && text[i + 1] >= 0xdc00 && text[i + 1] <= 0xdfff) {
            uint32_t low = text[++i];
            written += utf8_encode((int32_t)(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)), to + written);
        } else {
            to[written++] = LONE_SURROGATE;
        }
    }
    return written;
}

/* Who asked, or answered, before a speaker of `role`. */
static uint8_t other_side(int32_t role) {
    return role == CARE_ROLE_CUSTOMER ? CARE_ROLE_AGENT : CARE_ROLE_CUSTOMER;
}

/* A place in a converted text, in bytes and in units. As such a text is well-formed but for lone surrogates, one can walk it
 * both ways; spans in any order that stand close together cost little. */
typedef struct walker {
    const unsigned char *text;
    uint32_t byte, units;
} walker;

static walker walker_of(const care_turn *turn) {
    walker made = {(const unsigned char *)turn->text, 0, 0};
    return made;
}

/* Units of the character that begins with this byte; 0 for the bytes within one. */
static uint32_t units_of(unsigned char byte) {
    if ((byte & 0xc0) == 0x80) return 0;
    return byte >= 0xf0 && byte != LONE_SURROGATE ? 2 : 1;
}

static uint32_t walk_to(walker *self, uint64_t byte) {
    while (self->byte < byte) self->units += units_of(self->text[self->byte++]);
    while (self->byte > byte) self->units -= units_of(self->text[--self->byte]);
    return self->units;
}

static void widen_spans(care_analyzer *self, const care_turn *turns, uint32_t last_turn) {
    finding_list *list = &self->findings;
    walker walkers[2] = {walker_of(turns), walker_of(turns + last_turn)}, *here = walkers + 1;
#define WIDEN(item) ((item)->begin = walk_to(here, (item)->begin), (item)->end = walk_to(here, (item)->end))
    for (size_t i = 0; i < list->finding_count; i++) WIDEN(list->findings + i);
    for (size_t i = 0; i < list->suppressed_count; i++) WIDEN(list->suppressed + i);
    for (size_t i = 0; i < list->slot_count; i++) WIDEN(list->slots + i);
    for (size_t i = 0; i < list->evidence_count; i++) {
        care_evidence *evidence = list->evidence + i;
        here = walkers + (evidence->turn == last_turn);
        WIDEN(evidence);
    }
#undef WIDEN
}

care_status care_analyze_utf16(care_analyzer *self, const uint16_t *text, size_t length, int32_t role, int32_t channel,
                               const uint16_t *previous, size_t previous_length, care_result *result, care_error *error) {
    if (!self || !result || result->size != sizeof *result || (!text && length) || (!previous && previous_length) || role < 0 || role >= CARE_ROLE_COUNT || channel < 0 || channel >= CARE_CHANNEL_COUNT)
        return error_set(error, CARE_E_ARGUMENT, 0, 0, "an argument is NULL, the role or channel is unknown, or result->size is not sizeof(care_result)");
    analyzer_begin(self);
    analyzer_result(self, 0, result);
    if (length > CARE_TEXT_MAX / 3 || previous_length > CARE_TEXT_MAX / 3)
        return error_set(error, CARE_E_LIMIT, 0, 0, "a UTF-16 text has at most CARE_TEXT_MAX / 3 units");
    if (!memory_reserve(&self->allocator, (void **)&self->converted, &self->converted_room, 3 * (length + previous_length) + 1, 1))
        return error_set(error, CARE_E_MEMORY, 0, 0, care_status_message(CARE_E_MEMORY));
    size_t before_bytes = narrow(previous, previous_length, self->converted);
    size_t text_bytes = narrow(text, length, self->converted + before_bytes);
    care_turn turns[2] = {
        {.text = (const char *)self->converted, .length = before_bytes, .role = other_side(role), .channel = (uint8_t)channel, .flags = CARE_TURN_CONTEXT},
        {.text = (const char *)self->converted + before_bytes, .length = text_bytes, .role = (uint8_t)role, .channel = (uint8_t)channel},
    };
    uint32_t first = previous ? 0 : 1;
    care_status status = care_analyze(self, turns + first, 2 - first, result, error);
    if (status == CARE_OK) widen_spans(self, turns + first, 1 - first);
    if (status == CARE_E_UTF8 && error && error->size >= sizeof *error) {
        walker here = walker_of(turns + first + error->line - 1);
        error->offset = walk_to(&here, error->offset) * sizeof *text;
    }
    return status;
}
