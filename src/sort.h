/* sort.h - sorts an array by any strict order, in place: insertion for few, a heap for many. No allocation, no recursion, and
 * no input that makes it slow. Inline, so that the compiler knows the size and the order where it is used. */
#ifndef CARE_SORT_H
#define CARE_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define SORT_FEW 32u
#define SORT_ITEM_MAX 64u /* bytes */

/* Whether `a` stands before `b`; `context` is the sorter's. */
typedef bool sort_order(const void *context, const void *a, const void *b);

static inline void sort_swap(unsigned char *a, unsigned char *b, size_t size) {
    unsigned char moved[SORT_ITEM_MAX];
    memcpy(moved, a, size);
    memcpy(a, b, size);
    memcpy(b, moved, size);
}

static inline void sort_sift_down(unsigned char *items, size_t root, size_t count, size_t size, sort_order *before, const void *context) {
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && before(context, items + child * size, items + (child + 1) * size)) child++;
        if (!before(context, items + root * size, items + child * size)) return;
        sort_swap(items + root * size, items + child * size, size);
    }
}

/* Items of `size` bytes, at most SORT_ITEM_MAX. */
static inline void sort(void *array, size_t count, size_t size, sort_order *before, const void *context) {
    unsigned char *items = array;
    if (count > SORT_FEW) {
        for (size_t root = count / 2; root--;) sort_sift_down(items, root, count, size, before, context);
        for (size_t last = count; --last;) {
            sort_swap(items, items + last * size, size);
            sort_sift_down(items, 0, last, size, before, context);
        }
        return;
    }
    for (size_t i = 1; i < count; i++)
        for (size_t to = i; to && before(context, items + to * size, items + (to - 1) * size); to--)
            sort_swap(items + to * size, items + (to - 1) * size, size);
}

#endif
