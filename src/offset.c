/* offset.c - see offset.h. */
#include "offset.h"
#include "utf8.h"

#include <string.h>

#define OFFSET_STRIDE 256u

/* Walks on from `at` to the first character boundary at or behind `byte`. */
static offset_place walk(const unsigned char *text, size_t length, int32_t unit, offset_place at, uint32_t byte) {
    while (at.byte < byte) {
        uint64_t eight;
        if (byte - at.byte >= 8) {
            memcpy(&eight, text + at.byte, 8);
            if (!(eight & UINT64_C(0x8080808080808080))) {
                at.byte += 8;
                at.units += 8;
                continue;
            }
        }
        int32_t character;
        at.byte += utf8_decode(text, at.byte, length, &character);
        at.units += unit == CARE_UNIT_UTF16 && character > 0xffff ? 2 : 1;
    }
    return at;
}

static bool is_ascii(const unsigned char *text, size_t length) {
    uint64_t all = 0, eight;
    size_t i = 0;
    for (; i + 8 <= length; i += 8) {
        memcpy(&eight, text + i, 8);
        all |= eight;
    }
    for (; i < length; i++) all |= text[i];
    return !(all & UINT64_C(0x8080808080808080));
}

bool offset_index_read(offset_index *self, const care_allocator *allocator, const unsigned char *text, size_t length, int32_t unit) {
    self->text = text;
    self->length = length;
    self->unit = unit;
    self->count = 0;
    self->same = is_ascii(text, length);
    if (self->same) return true;
    if (!memory_reserve(allocator, (void **)&self->places, &self->room, length / OFFSET_STRIDE + 1, sizeof *self->places)) return false;
    offset_place at = {0, 0};
    for (size_t byte = 0; byte <= length; byte += OFFSET_STRIDE) {
        at = walk(text, length, unit, at, (uint32_t)byte);
        self->places[self->count++] = at;
    }
    return true;
}

uint32_t offset_index_convert(const offset_index *self, uint32_t byte) {
    if (self->same) return byte;
    offset_place near = self->places[byte / OFFSET_STRIDE];
    if (near.byte > byte) near = self->places[byte / OFFSET_STRIDE - 1]; /* its stride began within a character */
    return walk(self->text, self->length, self->unit, near, byte).units;
}

care_status care_convert_offsets(const char *text, size_t length, int32_t unit, uint32_t *offsets, size_t count) {
    if ((!text && length) || (!offsets && count) || unit < CARE_UNIT_BYTE || unit > CARE_UNIT_CODEPOINT) return CARE_E_ARGUMENT;
    for (size_t i = 0; i < count; i++)
        if (offsets[i] > length) return CARE_E_ARGUMENT;
    if (unit == CARE_UNIT_BYTE) return CARE_OK;
    /* Two places are remembered, so that offsets in the order begin, end, begin, end ... cost one pass. */
    offset_place known[2] = {{0, 0}, {0, 0}};
    for (size_t i = 0; i < count; i++) {
        int nearest = known[1].byte <= offsets[i] && known[1].byte >= known[0].byte;
        if (known[nearest].byte > offsets[i]) nearest = !nearest;
        offset_place from = known[nearest].byte > offsets[i] ? (offset_place){0, 0} : known[nearest];
        known[!nearest] = walk((const unsigned char *)text, length, unit, from, offsets[i]);
        offsets[i] = known[!nearest].units;
    }
    return CARE_OK;
}
