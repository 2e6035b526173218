/* driver.c - runs a fuzz target without libFuzzer: over the files that are named, each as it is and with a few hundred changes
 * drawn from a seed (CARE_SEED, or 1). So the targets are plain tests, with any compiler.
 *
 *     fuzz_analyze FILE ... */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MAX 65536u
#define CHANGED_RUNS 300

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t state;

static uint32_t draw(uint32_t below) {
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % below;
}

/* Changes, doubles or removes a short run of bytes. Gives the new size. */
static size_t change(uint8_t *data, size_t size) {
    size_t at = draw((uint32_t)size + 1), run = 1 + draw(8);
    if (run > size - at) run = size - at;
    switch (draw(4)) {
        case 0:
            for (size_t i = 0; i < run; i++) data[at + i] = (uint8_t)draw(256);
            return size;
        case 1:
            memmove(data + at, data + at + run, size - at - run);
            return size - run;
        case 2: {
            size_t from = draw((uint32_t)(size - run) + 1);
            if (size + run > INPUT_MAX) return size;
            memmove(data + at + run, data + at, size - at);
            memmove(data + at, data + from, run);
            return size + run;
        }
        default:
            if (run) data[at] ^= (uint8_t)(1u << draw(8));
            return size;
    }
}

static int run_file(const char *name) {
    static uint8_t original[INPUT_MAX];
    FILE *file = fopen(name, "rb");
    if (!file) {
        perror(name);
        return 1;
    }
    size_t size = fread(original, 1, sizeof original, file);
    fclose(file);
    for (int run = 0; run <= CHANGED_RUNS; run++) {
        uint8_t *data = malloc(INPUT_MAX), *exact;
        size_t now = size;
        if (!data) return 1;
        memcpy(data, original, size);
        for (uint32_t changes = run ? 1 + draw(6) : 0; changes; changes--) now = change(data, now);
        exact = realloc(data, now ? now : 1);
        (void)LLVMFuzzerTestOneInput(exact ? exact : data, now);
        free(exact ? exact : data);
    }
    return 0;
}

int main(int count, char **arguments) {
    const char *seed = getenv("CARE_SEED");
    state = seed ? strtoull(seed, NULL, 10) : 1;
    for (int i = 1; i < count; i++)
        if (run_file(arguments[i])) return 1;
    printf("%d files, seed %llu\n", count - 1, seed ? strtoull(seed, NULL, 10) : 1ull);
    return count < 2;
}
