/* offset.h - byte offsets to UTF-16 units or code points. */
#ifndef CARE_OFFSET_H
#define CARE_OFFSET_H

#include <care/care.h>

#include "memory.h"

/* A place in a text: a byte on a character boundary, and the units before it. */
typedef struct offset_place {
    uint32_t byte, units;
} offset_place;

/* The places of one text, one for each OFFSET_STRIDE bytes, so that offsets in any order cost a short walk each. Made only
 * for turns that have spans and want another unit. */
typedef struct offset_index {
    const unsigned char *text;
    size_t length;
    int32_t unit;
    bool same; /* all is ASCII: units are bytes */
    offset_place *places;
    size_t count, room;
} offset_index;

/* Indexes `text`. Its array is kept from text to text. False if memory ran out. */
bool offset_index_read(offset_index *self, const care_allocator *allocator, const unsigned char *text, size_t length, int32_t unit);

/* The units before byte `byte`, a character boundary of the text. */
uint32_t offset_index_convert(const offset_index *self, uint32_t byte);

#endif
