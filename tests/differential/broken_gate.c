/* broken_gate.c - does the comparison notice anything? What lets a phrase through is broken by hand, one after the other: each time
 * some phrase is no longer looked for behind one symbol, token kind or pair of symbols, or among words that it needs or begins with,
 * and random conversations must show it.
 *
 *     broken_gate LAYER...
 *
 * Some gates are met so rarely that random texts miss them: four in five must be noticed. */
#include "compare.h"
#include "pack_format.h"
#include "soup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONVERSATIONS 1500

/* Traits in the block: with none of them, nothing is let through. */
typedef struct gate {
    size_t offset, size; /* bytes */
} gate;

static size_t find_gates(const unsigned char *block, gate *gates, size_t room) {
    pack_header header;
    size_t count = 0;
    memcpy(&header, block, sizeof header);
    for (uint64_t i = 0; i < header.sections[SECTION_GATE_LIST].count && count < room; i++) {
        size_t at = (size_t)(header.sections[SECTION_GATE_LIST].offset + i * sizeof(pack_gate));
        gates[count++] = (gate){at + offsetof(pack_gate, needs), sizeof(pack_traits)};
    }
    for (uint64_t i = 0; i < header.sections[SECTION_PHRASES].count && count < room; i++) {
        pack_phrase one;
        size_t at = (size_t)(header.sections[SECTION_PHRASES].offset + i * sizeof one);
        memcpy(&one, block + at, sizeof one);
        bool of_context = one.rule == PACK_NONE; /* words that may begin these are marked elsewhere */
        gates[count++] = (gate){at + (of_context ? offsetof(pack_phrase, needs) : offsetof(pack_phrase, begins)), sizeof(pack_traits)};
    }
    return count;
}

/* The pack with one gate closed, and its checksum made right again. */
static care_pack *break_gate(const void *block, size_t length, gate broken) {
    uint64_t *copy = malloc(length);
    care_pack *pack = NULL;
    if (!copy) return NULL;
    memcpy(copy, block, length);
    memset((unsigned char *)copy + broken.offset, 0, broken.size);
    uint64_t checksum = pack_checksum(copy + PACK_CHECKSUM_FROM / 8, (length - PACK_CHECKSUM_FROM) / 8);
    memcpy((unsigned char *)copy + offsetof(pack_header, checksum), &checksum, sizeof checksum);
    care_error error = {.size = sizeof error};
    if (care_pack_load(&pack, copy, length, NULL, &error) != CARE_OK) fprintf(stderr, "%s\n", error.message);
    free(copy);
    return pack;
}

static bool is_noticed(pair *self, soup *source) {
    for (int i = 0; i < CONVERSATIONS; i++) {
        soup_next(source);
        if (*pair_differ(self, source->turns, source->count)) return true;
    }
    return false;
}

int main(int count, char **arguments) {
    static gate gates[4096];
    pair self;
    soup *source = calloc(1, sizeof *source);
    if (count < 2 || !source || !pair_open(&self, arguments + 1, (size_t)(count - 1))) return 2;
    source->state = 1;
    source->oracle = self.oracle;
    care_pack *whole = care_pack_ref(self.pack);
    size_t length, tried = 0, noticed = 0;
    const unsigned char *block = care_pack_bytes(whole, &length);
    size_t gate_count = find_gates(block, gates, sizeof gates / sizeof *gates), step = gate_count / 48 + 1;
    bool sound = !is_noticed(&self, source);
    for (size_t i = 0; i < gate_count; i += step) {
        care_pack *broken = break_gate(block, length, gates[i]);
        if (!broken || !pair_change_pack(&self, broken)) return 2;
        tried++;
        noticed += is_noticed(&self, source);
    }
    care_pack_unref(whole);
    pair_close(&self);
    free(source);
    printf("%zu of %zu gates broken one by one: %zu noticed%s\n", tried, gate_count, noticed,
           sound ? "" : "; and the whole pack differs, too");
    return !sound || !tried || noticed * 5 < tried * 4;
}
