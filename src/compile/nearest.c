/* nearest.c - see nearest.h. */
#include "nearest.h"

#define LENGTH_MAX 48u
#define DISTANCE_MAX 2u

static char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
}

/* Letters to insert, delete, replace or swap with the next, to make one of the other. */
static size_t edit_distance(slice word, slice other) {
    size_t rows[3][LENGTH_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= other.length; j++) last[j] = j;
    for (size_t i = 1; i <= word.length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= other.length; j++) {
            char mine = lower(word.at[i - 1]), its = lower(other.at[j - 1]);
            size_t best = last[j - 1] + (mine != its);
            if (last[j] + 1 < best) best = last[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            if (i > 1 && j > 1 && mine == lower(other.at[j - 2]) && lower(word.at[i - 2]) == its && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
        size_t *free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    return last[other.length];
}

nearest nearest_begin(slice wanted) {
    return (nearest){.wanted = wanted, .best = {"", 0}, .distance = DISTANCE_MAX + 1};
}

void nearest_offer(nearest *self, slice name) {
    slice wanted = self->wanted;
    if (wanted.length > LENGTH_MAX || name.length > LENGTH_MAX) return;
    if (name.length + DISTANCE_MAX < wanted.length || wanted.length + DISTANCE_MAX < name.length) return;
    size_t distance = edit_distance(wanted, name);
    if (distance >= self->distance || distance * 3 > name.length) return;
    self->distance = distance;
    self->best = name;
}
