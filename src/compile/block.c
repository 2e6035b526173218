/* block.c - see block.h. */
#include "block.h"

#include <string.h>

static const uint32_t record_sizes[SECTION_COUNT] = PACK_RECORD_SIZES;

static uint32_t append(block *self, pack_section section, const void *records, size_t count) {
    size_t size = record_sizes[section], first = self->sections[section].count;
    if (!arena_reserve(self->arena, &self->sections[section].items, &self->sections[section].room, first + count, size)) return 0;
    memcpy((char *)self->sections[section].items + first * size, records, count * size);
    self->sections[section].count += count;
    return (uint32_t)first;
}

uint32_t block_add(block *self, pack_section section, const void *record) {
    return append(self, section, record, 1);
}

uint32_t block_string(block *self, const char *bytes, uint32_t length) {
    if (self->arena->out_of_memory) return 0;
    size_t known = self->strings.count;
    uint32_t number = intern(&self->strings, bytes, length);
    if (number == INTERN_NONE ||
        !arena_reserve(self->arena, (void **)&self->string_offsets, &self->string_room, number + 1u, sizeof(uint32_t)))
        return 0;
    if (number < known) return self->string_offsets[number];
    uint32_t offset = (uint32_t)self->sections[SECTION_STRINGS].count;
    if (length) append(self, SECTION_STRINGS, bytes, length);
    append(self, SECTION_STRINGS, "", 1);
    return self->string_offsets[number] = offset;
}

uint32_t block_slice(block *self, slice text) {
    return block_string(self, text.at, text.length);
}

uint32_t block_list(block *self, const uint32_t *numbers, uint32_t count) {
    if (self->arena->out_of_memory) return 0;
    size_t known = self->lists.count;
    uint32_t number = intern(&self->lists, numbers, count * (uint32_t)sizeof *numbers);
    if (number == INTERN_NONE || !arena_reserve(self->arena, (void **)&self->list_offsets, &self->list_room, number + 1u, sizeof(uint32_t)))
        return 0;
    if (number < known) return self->list_offsets[number];
    uint32_t offset = append(self, SECTION_NUMBERS, &count, 1);
    if (count) append(self, SECTION_NUMBERS, numbers, count);
    return self->list_offsets[number] = offset;
}

static uint64_t align_eight(uint64_t bytes) {
    return (bytes + 7) & ~UINT64_C(7);
}

unsigned char *block_finish(block *self, pack_header *head, uint64_t *length) {
    uint64_t at = sizeof *head;
    for (int i = 0; i < SECTION_COUNT; i++) {
        head->sections[i].offset = at;
        head->sections[i].count = self->sections[i].count;
        at = align_eight(at + self->sections[i].count * record_sizes[i]);
    }
    memcpy(head->magic, PACK_MAGIC, 8);
    head->format = PACK_FORMAT;
    head->header_size = sizeof *head;
    head->length = at;
    unsigned char *bytes = arena_take(self->arena, (size_t)at);
    if (!bytes || self->arena->out_of_memory) return NULL;
    for (int i = 0; i < SECTION_COUNT; i++)
        if (self->sections[i].count)
            memcpy(bytes + head->sections[i].offset, self->sections[i].items, self->sections[i].count * record_sizes[i]);
    memcpy(bytes, head, sizeof *head);
    head->checksum = pack_checksum((const uint64_t *)(void *)(bytes + PACK_CHECKSUM_FROM), (at - PACK_CHECKSUM_FROM) / 8);
    memcpy(bytes, head, sizeof *head);
    *length = at;
    return bytes;
}
