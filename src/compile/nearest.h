/* nearest.h - what was meant by a name that is not there: the one offered that differs from it by the fewest letters. */
#ifndef CARE_NEAREST_H
#define CARE_NEAREST_H

#include "syntax.h"

typedef struct nearest {
    slice wanted;
    slice best; /* empty as long as nothing is near enough */
    size_t distance;
} nearest;

nearest nearest_begin(slice wanted);

/* Of names that are equally near the first one offered stays. */
void nearest_offer(nearest *self, slice name);

/* For messages, "%s%.*s%s" of: nothing, or "; did you mean "name"?". */
#define NEAREST(found)                                                                                                                     \
    (found).best.length ? "; did you mean \"" : "", (int)(found).best.length, (found).best.at, (found).best.length ? "\"?" : ""

#endif
