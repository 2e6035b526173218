/* block.h - the compiled pack being put together: records by section, strings and lists stored once. */
#ifndef CARE_BLOCK_H
#define CARE_BLOCK_H

#include "program.h"

typedef struct block {
    arena *arena;
    struct {
        void *items;
        size_t count, room;
    } sections[SECTION_COUNT];
    interner strings, lists;
    uint32_t *string_offsets, *list_offsets;
    size_t string_room, list_room;
} block;

/* Appends one record, copied, and gives its index. */
uint32_t block_add(block *self, pack_section section, const void *record);

/* The offset of a string, of a list of numbers. */
uint32_t block_string(block *self, const char *bytes, uint32_t length);
uint32_t block_slice(block *self, slice text);
uint32_t block_list(block *self, const uint32_t *numbers, uint32_t count);

/* Lays the sections out behind `head`, whose symbol_count, row_words, strings and fingerprint are set. Gives the block,
 * aligned to 8, and its length; NULL if memory ran out. */
unsigned char *block_finish(block *self, pack_header *head, uint64_t *length);

#endif
