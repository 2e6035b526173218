/* chunk.c - what was found in a part of a batch, kept apart from the texts: offsets in the unit asked for, and the words. */
#include "binding.h"

#include <stdlib.h>

/* ---- Room that grows; without the interpreter's lock, so by malloc ---- */

static bool reserve(void **items, size_t *room, size_t needed, size_t size) {
    if (needed <= *room) return true;
    size_t wanted = *room * 2 + 64;
    if (wanted < needed) wanted = needed;
    void *moved = realloc(*items, wanted * size);
    if (!moved) return false;
    *items = moved;
    *room = wanted;
    return true;
}

/* Room in two parallel arrays of one count. */
static bool reserve_pair(void **items, size_t size, kept_words **beside, size_t *room, size_t needed) {
    if (needed <= *room) return true;
    size_t room_of_words = *room;
    return reserve((void **)beside, &room_of_words, needed, sizeof **beside) && reserve(items, room, needed, size);
}

void chunk_free(batch_chunk *self) {
    if (!self) return;
    free(self->findings);
    free(self->slots);
    free(self->evidence);
    free(self->finding_words);
    free(self->slot_words);
    free(self->evidence_words);
    free(self->text);
    free(self);
}

/* Moves an array into memory of its own size. What a chunk grew in goes back to be grown in again, by then known to the
 * processor; only what is kept is touched for the first time, which costs more than all the copying. */
static void fit(void **items, size_t *room, size_t count, size_t size) {
    void *moved = count < *room ? malloc(count * size + 1) : NULL;
    if (!moved) return;
    if (count) memcpy(moved, *items, count * size);
    free(*items);
    *items = moved;
    *room = count;
}

void chunk_fit(batch_chunk *self) {
    size_t room = self->finding_room;
    fit((void **)&self->finding_words, &room, self->finding_count, sizeof *self->finding_words);
    fit((void **)&self->findings, &self->finding_room, self->finding_count, sizeof *self->findings);
    room = self->slot_room;
    fit((void **)&self->slot_words, &room, self->slot_count, sizeof *self->slot_words);
    fit((void **)&self->slots, &self->slot_room, self->slot_count, sizeof *self->slots);
    room = self->evidence_room;
    fit((void **)&self->evidence_words, &room, self->evidence_count, sizeof *self->evidence_words);
    fit((void **)&self->evidence, &self->evidence_room, self->evidence_count, sizeof *self->evidence);
    fit((void **)&self->text, &self->text_room, self->text_length, 1);
}

/* ---- Offsets ---- */

/* A turn's byte offsets and what they are in the other unit; `count` 0 where they are the same. */
typedef struct unit_map {
    uint32_t *bytes, *units;
    size_t count, byte_room, unit_room;
} unit_map;

static bool is_ascii(const char *text, uint64_t length) {
    uint64_t i = 0, eight;
    for (; i + 8 <= length; i += 8) {
        memcpy(&eight, text + i, 8);
        if (eight & UINT64_C(0x8080808080808080)) return false;
    }
    for (; i < length; i++)
        if ((unsigned char)text[i] & 0x80) return false;
    return true;
}

static bool map_add(unit_map *self, uint32_t begin, uint32_t end) {
    if (!reserve((void **)&self->bytes, &self->byte_room, self->count + 2, sizeof *self->bytes)) return false;
    self->bytes[self->count++] = begin;
    self->bytes[self->count++] = end;
    return true;
}

static int compare(const void *one, const void *other) {
    uint32_t left = *(const uint32_t *)one, right = *(const uint32_t *)other;
    return (left > right) - (left < right);
}

/* Every place in the turn that the findings [from, to), all of this turn, name. */
static bool map_read(unit_map *self, const care_result *result, size_t from, size_t to, const care_turn *turn, int32_t unit) {
    self->count = 0;
    if (unit == CARE_UNIT_BYTE || is_ascii(turn->text, turn->length)) return true;
    for (size_t i = from; i < to; i++) {
        const care_finding *finding = &result->findings[i];
        if (!map_add(self, finding->begin, finding->end)) return false;
        for (uint32_t s = 0; s < finding->slot_count; s++)
            if (!map_add(self, result->slots[finding->first_slot + s].begin, result->slots[finding->first_slot + s].end)) return false;
        if (finding->first_evidence == CARE_NONE) continue;
        for (const care_evidence *piece = &result->evidence[finding->first_evidence];; piece++) {
            if (piece->turn == finding->turn && !map_add(self, piece->begin, piece->end)) return false;
            if (!piece->more) break;
        }
    }
    qsort(self->bytes, self->count, sizeof *self->bytes, compare);
    if (!reserve((void **)&self->units, &self->unit_room, self->count, sizeof *self->units)) return false;
    memcpy(self->units, self->bytes, self->count * sizeof *self->units);
    return care_convert_offsets(turn->text, turn->length, unit, self->units, self->count) == CARE_OK;
}

static uint32_t map_find(const unit_map *self, uint32_t byte) {
    if (!self->count) return byte;
    const uint32_t *found = bsearch(&byte, self->bytes, self->count, sizeof byte, compare);
    return found ? self->units[found - self->bytes] : byte;
}

/* ---- Words ---- */

/* Where byte `at` of the narrow text of encode_surrogates stands in the wide one. */
static uint64_t widen(const care_turn *turn, uint64_t at) {
    uint64_t wide = at;
    for (uint64_t i = 0; i < at; i++) wide += (unsigned char)turn->text[i] == 0xff ? 2 : 0;
    return wide;
}

static bool keep_words(batch_chunk *self, kept_words *kept, const care_turn *turn, uint64_t begin, uint64_t end) {
    const char *text = turn->text;
    if (turn->time_ms == KIND_SURROGATES) {
        begin = widen(turn, begin);
        end = widen(turn, end);
        text += turn->length;
    }
    size_t length = (size_t)(end - begin);
    if (!reserve((void **)&self->text, &self->text_room, self->text_length + length, 1)) return false;
    kept->at = self->text_length;
    kept->length = (uint32_t)length;
    kept->bytes = turn->time_ms == KIND_BYTES;
    if (length) memcpy(self->text + self->text_length, text + begin, length);
    self->text_length += length;
    return true;
}

/* ---- Findings ---- */

static bool add_slots(batch_chunk *self, care_finding *finding, const care_slot *slots, const care_turn *turn, const unit_map *map) {
    size_t first = self->slot_count;
    if (!reserve_pair((void **)&self->slots, sizeof *slots, &self->slot_words, &self->slot_room, first + finding->slot_count)) return false;
    for (uint32_t i = 0; i < finding->slot_count; i++) {
        care_slot slot = slots[finding->first_slot + i];
        if (!keep_words(self, &self->slot_words[first + i], turn, slot.begin, slot.end)) return false;
        slot.begin = map_find(map, slot.begin);
        slot.end = map_find(map, slot.end);
        self->slots[self->slot_count++] = slot;
    }
    finding->first_slot = (uint32_t)first;
    return true;
}

static int32_t unit_of(const care_turn *turn, int32_t unit) {
    return turn->time_ms == KIND_BYTES ? CARE_UNIT_BYTE : unit;
}

static bool add_evidence(batch_chunk *self, care_finding *finding, const care_evidence *evidence, const care_turn *turns,
                         uint64_t first_turn, int32_t unit, const unit_map *map) {
    if (finding->first_evidence == CARE_NONE) return true;
    size_t first = self->evidence_count;
    for (const care_evidence *from = &evidence[finding->first_evidence];; from++) {
        care_evidence piece = *from;
        const care_turn *turn = &turns[piece.turn];
        if (!reserve_pair((void **)&self->evidence, sizeof piece, &self->evidence_words, &self->evidence_room, self->evidence_count + 1))
            return false;
        if (!keep_words(self, &self->evidence_words[self->evidence_count], turn, piece.begin, piece.end)) return false;
        if (piece.turn == finding->turn) {
            piece.begin = map_find(map, piece.begin);
            piece.end = map_find(map, piece.end);
        } else {
            uint32_t span[2] = {piece.begin, piece.end};
            care_convert_offsets(turn->text, turn->length, unit_of(turn, unit), span, 2);
            piece.begin = span[0];
            piece.end = span[1];
        }
        piece.turn = (uint32_t)(piece.turn + first_turn);
        self->evidence[self->evidence_count++] = piece;
        if (!from->more) break;
    }
    finding->first_evidence = (uint32_t)first;
    return true;
}

static bool add_turn(batch_chunk *self, const care_result *result, size_t from, size_t to, const care_turn *turns, uint64_t first,
                     int32_t unit, unit_map *map) {
    const care_turn *turn = &turns[result->findings[from].turn];
    if (!map_read(map, result, from, to, turn, unit_of(turn, unit))) return false;
    if (!reserve_pair((void **)&self->findings, sizeof *self->findings, &self->finding_words, &self->finding_room,
                      self->finding_count + to - from))
        return false;
    for (size_t i = from; i < to; i++) {
        care_finding finding = result->findings[i];
        if (!keep_words(self, &self->finding_words[self->finding_count], turn, finding.begin, finding.end)) return false;
        if (!add_slots(self, &finding, result->slots, turn, map)) return false;
        if (!add_evidence(self, &finding, result->evidence, turns, first, unit, map)) return false;
        finding.begin = map_find(map, finding.begin);
        finding.end = map_find(map, finding.end);
        finding.turn = (uint32_t)(finding.turn + first);
        self->findings[self->finding_count++] = finding;
    }
    return true;
}

bool chunk_add(batch_chunk *self, const care_result *result, const care_turn *turns, uint64_t first, int32_t unit) {
    unit_map map = {0};
    bool done = true;
    for (size_t from = 0, to; done && from < result->finding_count; from = to) {
        for (to = from + 1; to < result->finding_count && result->findings[to].turn == result->findings[from].turn;) to++;
        done = add_turn(self, result, from, to, turns, first, unit, &map);
    }
    free(map.bytes);
    free(map.units);
    return done;
}

/* ---- As objects ---- */

/* chunk_findings(analyzers, chunk, index): the findings in text `index` of the batch, as a list. */
PyObject *chunk_findings(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *analyzers_handle, *chunk_handle;
    unsigned long long index;
    if (!PyArg_ParseTuple(args, "OOK:chunk_findings", &analyzers_handle, &chunk_handle, &index)) return NULL;
    analyzer_set *by = handle_analyzers(analyzers_handle);
    batch_chunk *self = by ? handle_chunk(chunk_handle) : NULL;
    if (!self) return NULL;
    size_t low = 0, high = self->finding_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (self->findings[middle].turn < index) low = middle + 1;
        else high = middle;
    }
    for (high = low; high < self->finding_count && self->findings[high].turn == index;) high++;
    return findings_of_chunk(analyzers_handle, &by->names, chunk_handle, self, low, high - low);
}
