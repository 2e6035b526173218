/* offset.h - byte offsets to UTF-16 units or code points. */
#ifndef CARE_OFFSET_H
#define CARE_OFFSET_H

#include <care/care.h>

/* Walks one text. Two places are remembered, so that offsets in the order begin, end, begin, end ... cost one pass. */
typedef struct offset_map {
    const unsigned char *text;
    size_t length;
    int32_t unit;
    struct {
        uint32_t byte, units;
    } known[2];
} offset_map;

offset_map offset_map_of(const char *text, size_t length, int32_t unit);

/* The units before byte `byte`, which is at most the text's length. */
uint32_t offset_map_convert(offset_map *self, uint32_t byte);

#endif
