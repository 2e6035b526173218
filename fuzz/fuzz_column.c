/* fuzz_column.c - any bytes as the buffers of an Arrow column: no text lies outside the data, whatever the offsets say. */
#include "support/exercise.h"

#define ROWS 4u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const size_t widths[] = {4, 8, 16};
    if (size < 3) return 0;
    uint32_t layout = data[0] % 3u;
    size_t entries = ROWS + (layout == CARE_COLUMN_STRING_VIEW ? 0 : 1), texts_bytes = entries * widths[layout];
    if (size - 3 < texts_bytes) return 0;
    /* Copies of just their size, so that the sanitizer sees every step outside. */
    size_t left = size - 3 - texts_bytes, halves[2] = {left / 2, left - left / 2};
    void *texts = malloc(texts_bytes);
    char *parts[2] = {malloc(halves[0] + !halves[0]), malloc(halves[1] + !halves[1])};
    uint8_t *valid = malloc(1);
    MUST(texts && parts[0] && parts[1] && valid);
    memcpy(texts, data + 3, texts_bytes);
    memcpy(parts[0], data + 3 + texts_bytes, halves[0]);
    memcpy(parts[1], data + 3 + texts_bytes + halves[0], halves[1]);
    *valid = data[2];
    const void *buffers[] = {parts[0], parts[1]};
    const uint64_t lengths[] = {halves[0], halves[1]};
    care_column column = {.size = sizeof column, .layout = layout, .first = data[1] % ROWS, .length = ROWS - data[1] % ROWS, .texts = texts,
                          .valid = data[1] & 64 ? valid : NULL, .data = buffers, .data_lengths = lengths, .data_count = 2};
    care_turn turns[ROWS] = {{0}};
    if (care_turns_from_column(&column, 0, (size_t)column.length, turns, NULL) == CARE_OK) {
        unsigned sum = 0;
        for (size_t row = 0; row < column.length; row++)
            for (uint64_t i = 0; i < turns[row].length; i++) sum += (unsigned char)turns[row].text[i];
        MUST(sum <= 255u * 16 * ROWS * (unsigned)(size + 1));
    }
    free(texts);
    free(parts[0]);
    free(parts[1]);
    free(valid);
    return 0;
}
