/* offset.c - see offset.h. */
#include "offset.h"
#include "utf8.h"

#include <string.h>

offset_map offset_map_of(const char *text, size_t length, int32_t unit) {
    offset_map map = {(const unsigned char *)text, length, unit, {{0, 0}, {0, 0}}};
    return map;
}

uint32_t offset_map_convert(offset_map *self, uint32_t byte) {
    if (self->unit == CARE_UNIT_BYTE) return byte;
    int nearest = self->known[1].byte <= byte && self->known[1].byte >= self->known[0].byte;
    if (self->known[nearest].byte > byte) nearest = !nearest;
    uint32_t at = self->known[nearest].byte, units = self->known[nearest].units;
    if (at > byte) at = units = 0;
    while (at < byte) {
        uint64_t eight;
        if (byte - at >= 8) {
            memcpy(&eight, self->text + at, 8);
            if (!(eight & UINT64_C(0x8080808080808080))) {
                at += 8;
                units += 8;
                continue;
            }
        }
        int32_t character;
        at += utf8_decode(self->text, at, self->length, &character);
        units += self->unit == CARE_UNIT_UTF16 && character > 0xffff ? 2 : 1;
    }
    self->known[!nearest].byte = at;
    self->known[!nearest].units = units;
    return units;
}

care_status care_convert_offsets(const char *text, size_t length, int32_t unit, uint32_t *offsets, size_t count) {
    if ((!text && length) || (!offsets && count) || unit < CARE_UNIT_BYTE || unit > CARE_UNIT_CODEPOINT) return CARE_E_ARGUMENT;
    for (size_t i = 0; i < count; i++)
        if (offsets[i] > length) return CARE_E_ARGUMENT;
    offset_map map = offset_map_of(text, length, unit);
    for (size_t i = 0; i < count; i++) offsets[i] = offset_map_convert(&map, offsets[i]);
    return CARE_OK;
}
