/* shrink.c - makes a conversation that two implementations see differently as small as it gets, and prints it. */
#include "compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct shrinker {
    pair *pair;
    care_turn turns[64];
    char *texts[64]; /* the turns' own copies */
    size_t count;
} shrinker;

static bool still_differs(shrinker *self) {
    return *pair_differ(self->pair, self->turns, self->count) != '\0';
}

static bool drop_turn(shrinker *self, size_t index) {
    shrinker without = *self;
    without.count--;
    memmove(without.turns + index, without.turns + index + 1, (without.count - index) * sizeof *without.turns);
    memmove(without.texts + index, without.texts + index + 1, (without.count - index) * sizeof *without.texts);
    if (!still_differs(&without)) return false;
    free(self->texts[index]);
    *self = without;
    return true;
}

/* Cuts `size` bytes at `at` out of a turn's text, if it still differs then. */
static bool cut(shrinker *self, size_t index, size_t at, size_t size) {
    care_turn *turn = &self->turns[index];
    char *whole = self->texts[index];
    size_t length = (size_t)turn->length;
    char *shorter = malloc(length + 1);
    if (!shorter) exit(2);
    memcpy(shorter, whole, at);
    memcpy(shorter + at, whole + at + size, length - at - size);
    turn->text = shorter;
    turn->length = length - size;
    bool differs = still_differs(self);
    if (differs) {
        self->texts[index] = shorter;
        free(whole);
    } else {
        turn->text = whole;
        turn->length = length;
        free(shorter);
    }
    return differs;
}

static bool simplify(shrinker *self, size_t index) {
    care_turn before = self->turns[index];
    bool simpler = false;
    self->turns[index].flags = 0;
    if (before.flags && still_differs(self))
        simpler = true;
    else
        self->turns[index].flags = before.flags;
    self->turns[index].channel = 0;
    if (before.channel && still_differs(self))
        simpler = true;
    else
        self->turns[index].channel = before.channel;
    return simpler;
}

static void shrink(shrinker *self) {
    for (bool smaller = true; smaller;) {
        smaller = false;
        for (size_t i = 0; i < self->count && self->count > 1; i++) smaller |= drop_turn(self, i);
        for (size_t i = 0; i < self->count; i++) {
            smaller |= simplify(self, i);
            for (size_t size = (size_t)self->turns[i].length; size > 0; size = size > 1 ? size / 2 : 0) {
                for (size_t at = 0; at + size <= self->turns[i].length;) {
                    if (cut(self, i, at, size))
                        smaller = true;
                    else
                        at += size;
                }
            }
        }
    }
}

static void print_text(const care_turn *turn) {
    for (uint64_t i = 0; i < turn->length; i++) {
        unsigned char byte = (unsigned char)turn->text[i];
        if (byte < ' ' || byte == '\\' || byte == '"')
            printf("\\x%02x", byte);
        else
            putchar(byte);
    }
}

static void print_lines(const char *title, const lines *these, const lines *others) {
    printf("%s:\n", title);
    for (size_t i = 0; i < these->count; i++) {
        bool shared = false;
        for (size_t k = 0; k < others->count; k++) shared = shared || strcmp(these->items[i], others->items[k]) == 0;
        printf("  %s %s\n", shared ? " " : "*", these->items[i]);
    }
}

void pair_report(pair *self, const care_turn *turns, size_t count) {
    shrinker now = {.pair = self, .count = count < 64 ? count : 64};
    for (size_t i = 0; i < now.count; i++) {
        now.turns[i] = turns[i];
        now.texts[i] = malloc((size_t)turns[i].length + 1);
        if (!now.texts[i]) exit(2);
        if (turns[i].length) memcpy(now.texts[i], turns[i].text, (size_t)turns[i].length);
        now.turns[i].text = now.texts[i];
    }
    shrink(&now);
    printf("%s\n", pair_differ(self, now.turns, now.count));
    for (size_t i = 0; i < now.count; i++) {
        printf("turn %zu (%s, %s%s): \"", i, care_role_name(now.turns[i].role), care_channel_name(now.turns[i].channel),
               now.turns[i].flags ? ", context" : "");
        print_text(&now.turns[i]);
        printf("\"\n");
    }
    lines wanted = {0}, found = {0};
    pair_oracle(self, now.turns, now.count, &wanted);
    pair_library(self, now.turns, now.count, &found);
    print_lines("oracle", &wanted, &found);
    print_lines("library", &found, &wanted);
    fflush(stdout);
    lines_clear(&wanted);
    lines_clear(&found);
    for (size_t i = 0; i < now.count; i++) free(now.texts[i]);
}
