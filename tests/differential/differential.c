/* differential.c - library against oracle: on the pack's own examples, on the lines of the files named, on random soup.
 *
 *     differential [-n CONVERSATIONS] [-s SEED] [-m MAXIMUM OF REPORTS] [-e N] [-f FILE]... LAYER...
 *
 * -e asks only every N-th example, which ones the seed tells: the oracle tries every phrase at every word, and takes its time.
 * A layer is a comma-separated list of pack files; the lowest comes first. */
#include "compare.h"
#include "soup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct run {
    pair pair;
    uint64_t checked, differing, findings, suppressed;
    uint64_t most;  /* differences to report */
    uint64_t every; /* how many examples for one that is checked */
    uint64_t example;
} run;

static bool check(run *self, const care_turn *turns, size_t count) {
    self->checked++;
    oracle_result result = oracle_analyze(self->pair.oracle, turns, count);
    self->findings += result.finding_count;
    self->suppressed += result.suppressed_count;
    if (!*pair_differ(&self->pair, turns, count)) return true;
    if (self->differing++ < self->most) pair_report(&self->pair, turns, count);
    return false;
}

static void check_example(void *context, const care_turn *turns, size_t count, const char *signal, uint32_t line) {
    run *self = context;
    if (self->example++ % self->every) return;
    if (!check(self, turns, count)) printf("(the example at line %u, of %.20s)\n\n", line, signal);
}

/* Every line as a turn of either side, and all of them as conversations of eight. */
static void check_file(run *self, const char *name) {
    FILE *file = fopen(name, "rb");
    if (!file) {
        fprintf(stderr, "cannot read %s\n", name);
        exit(2);
    }
    char text[8][4096];
    care_turn turns[8];
    size_t count = 0;
    while (fgets(text[count], sizeof text[count], file)) {
        turns[count] = (care_turn){.text = text[count], .length = strcspn(text[count], "\n"), .role = (uint8_t)(count % 2)};
        for (uint8_t role = 0; role < 2; role++) {
            care_turn alone = turns[count];
            alone.role = role;
            check(self, &alone, 1);
        }
        if (++count < 8) continue;
        check(self, turns, count);
        count = 0;
    }
    if (count) check(self, turns, count);
    fclose(file);
}

/* Sixteen conversations one by one, then as one batch: the findings are the same. */
static bool check_batch(run *self, soup *source) {
    care_turn turns[16 * SOUP_TURNS];
    uint32_t firsts[17] = {0};
    static char bytes[16 * SOUP_BYTES];
    size_t used = 0;
    lines alone[16] = {{0}};
    for (uint32_t c = 0; c < 16; c++) {
        soup_next(source);
        check(self, source->turns, source->count);
        firsts[c + 1] = firsts[c] + (uint32_t)source->count;
        memcpy(bytes + used, source->bytes, source->used);
        for (size_t i = 0; i < source->count; i++) {
            care_turn turn = source->turns[i];
            turn.conversation = c + 7;
            turn.text = bytes + used + (turn.text - source->bytes);
            turns[firsts[c] + i] = turn;
        }
        used += source->used;
        pair_library(&self->pair, source->turns, source->count, &alone[c]);
    }
    care_result result = {.size = sizeof result};
    bool same = care_analyze(self->pair.analyzer, turns, firsts[16], &result, NULL) == CARE_OK && result.turn_count == firsts[16];
    for (uint32_t c = 0; c < 16; c++) {
        lines together = {0};
        if (same) describe_result(self->pair.pack, &result, firsts[c], firsts[c + 1], &together);
        same = same && lines_equal(&alone[c], &together);
        lines_clear(&together);
        lines_clear(&alone[c]);
    }
    if (!same) printf("in one batch, the findings of conversations before %llu differ\n", (unsigned long long)self->checked);
    self->differing += !same;
    return same;
}

int main(int count, char **arguments) {
    run self = {.most = 20, .every = 1};
    uint64_t conversations = 1000, seed = 1;
    char *files[64];
    size_t file_count = 0;
    int at = 1;
    for (; at + 1 < count && arguments[at][0] == '-'; at += 2) {
        uint64_t number = strtoull(arguments[at + 1], NULL, 10);
        switch (arguments[at][1]) {
        case 'n': conversations = number; break;
        case 's': seed = number; break;
        case 'm': self.most = number; break;
        case 'e': self.every = number ? number : 1; break;
        case 'f': files[file_count++ % 64] = arguments[at + 1]; break;
        default: fprintf(stderr, "unknown option %s\n", arguments[at]); return 2;
        }
    }
    if (at >= count || !pair_open(&self.pair, arguments + at, (size_t)(count - at))) return 2;
    self.example = seed;
    oracle_examples(self.pair.oracle, check_example, &self);
    for (size_t i = 0; i < file_count; i++) check_file(&self, files[i]);
    soup *source = calloc(1, sizeof *source);
    if (!source) return 2;
    source->state = seed;
    source->oracle = self.pair.oracle;
    for (uint64_t i = 0; i < conversations; i += 16) check_batch(&self, source);
    free(source);
    pair_close(&self.pair);
    printf("%llu conversations with %llu findings and %llu suppressed candidates: %llu differ\n", (unsigned long long)self.checked,
           (unsigned long long)self.findings, (unsigned long long)self.suppressed, (unsigned long long)self.differing);
    return self.differing > 0;
}
