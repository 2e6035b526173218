/* column.c - a column of texts in Arrow's layout becomes turns that point into it. The buffers are not trusted. */
#include "pack.h"

#include <string.h>

typedef struct text_at {
    const char *text;
    uint64_t length;
} text_at;

/* A view: its length, then up to 12 bytes of text, or 4 bytes of prefix, the number of a buffer, and an offset in it. */
typedef struct view {
    int32_t length;
    union {
        char inlined[12];
        struct {
            char prefix[4];
            int32_t buffer, offset;
        } elsewhere;
    } is;
} view;

_Static_assert(sizeof(view) == 16, "Arrow's");

static bool read_range(const care_column *column, uint64_t buffer, int64_t begin, int64_t end, text_at *text) {
    if (begin < 0 || end < begin || buffer >= column->data_count || (uint64_t)end > column->data_lengths[buffer]) return false;
    if (begin == end) return true; /* where no text has a byte, Arrow may leave the buffer out */
    text->text = (const char *)column->data[buffer] + begin;
    text->length = (uint64_t)(end - begin);
    return true;
}

static bool read_text(const care_column *column, uint64_t row, text_at *text) {
    text->text = NULL;
    text->length = 0;
    if (column->valid && !(column->valid[row / 8] >> (row % 8) & 1)) return true;
    if (column->layout == CARE_COLUMN_STRING) {
        const int32_t *offsets = column->texts;
        return read_range(column, 0, offsets[row], offsets[row + 1], text);
    }
    if (column->layout == CARE_COLUMN_LARGE_STRING) {
        const int64_t *offsets = column->texts;
        return read_range(column, 0, offsets[row], offsets[row + 1], text);
    }
    const view *at = (const view *)column->texts + row;
    if (at->length < 0) return false;
    if ((size_t)at->length <= sizeof at->is.inlined) {
        text->text = at->is.inlined;
        text->length = (uint64_t)at->length;
        return true;
    }
    if (at->is.elsewhere.buffer < 0) return false;
    int64_t begin = at->is.elsewhere.offset;
    return read_range(column, (uint64_t)at->is.elsewhere.buffer, begin, begin + at->length, text);
}

care_status care_turns_from_column(const care_column *column, uint64_t begin, size_t count, care_turn *turns, care_error *error) {
    if (!column || column->size != sizeof *column || (!turns && count))
        return error_set(error, CARE_E_ARGUMENT, 0, 0, "an argument is NULL, or column->size is not sizeof(care_column)");
    if (column->layout > CARE_COLUMN_STRING_VIEW)
        return error_set(error, CARE_E_ARGUMENT, 0, 0, "the column's layout is none of CARE_COLUMN_...");
    if (begin > column->length || count > column->length - begin || column->first > UINT64_MAX / 16 - column->length)
        return error_set(error, CARE_E_ARGUMENT, 0, 0, "the texts asked for lie beyond the column's end");
    if ((!column->texts && count) || (column->data_count && (!column->data || !column->data_lengths)))
        return error_set(error, CARE_E_ARGUMENT, 0, 0, "a buffer of the column is NULL");
    for (size_t i = 0; i < count; i++) {
        text_at text;
        if (!read_text(column, column->first + begin + i, &text))
            return error_set(error, CARE_E_CORRUPT, 0, (uint32_t)(begin + i + 1), "the text lies outside the column's data");
        turns[i].text = text.text;
        turns[i].length = text.length;
    }
    return CARE_OK;
}
