/* recent.c - see recent.h. */
#include "recent.h"

void recent_clear(recent *self) {
    for (size_t i = 0; i < RECENT_COUNT; i++) self->turns[i].used = false;
    self->count = 0;
}

void recent_add(recent *self, int64_t number, const char *text, size_t length, bool keep) {
    recent_turn *turn = &self->turns[self->count % RECENT_COUNT];
    turn->number = number;
    turn->index = self->count++;
    turn->used = keep;
    turn->text.length = 0;
    if (keep) buffer_append(&turn->text, text, length);
}

const recent_turn *recent_find(const recent *self, uint32_t index) {
    const recent_turn *turn = &self->turns[index % RECENT_COUNT];
    return turn->used && turn->index == index ? turn : NULL;
}

void recent_free(recent *self) {
    for (size_t i = 0; i < RECENT_COUNT; i++) buffer_free(&self->turns[i].text);
}
