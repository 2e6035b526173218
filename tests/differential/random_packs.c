/* random_packs.c - library against oracle under packs that nobody would write: random phrases of every shape, guards, contexts,
 * signals that yield to each other, over six words. What a phrase needs to be looked for at all is hardest to get right where
 * nothing in it is rare.
 *
 *     random_packs [-n PACKS] [-s SEED] [-m MAXIMUM OF REPORTS]
 *
 * The packs are valid as far as the writer knows; the few that are not (a phrase too large, one that matches anything) are
 * passed over. */
#include "compare.h"
#include "soup.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONVERSATIONS 40

typedef struct author {
    soup *dice;
    char text[1 << 15];
    size_t used;
    bool slots; /* phrases may hold slots */
} author;

static uint32_t roll(author *self, uint32_t below) {
    return soup_random(self->dice, below);
}

__attribute__((format(printf, 2, 3))) static void put(author *self, const char *format, ...) {
    va_list values;
    va_start(values, format);
    int length = vsnprintf(self->text + self->used, sizeof self->text - self->used, format, values);
    va_end(values);
    if (length > 0 && self->used + (size_t)length < sizeof self->text) self->used += (size_t)length;
}

static const char *any_word(author *self) {
    static const char *const all[] = {"ka", "lo", "mi", "nu", "pe", "'su"};
    return all[roll(self, 6)];
}

static void put_sequence(author *self, uint32_t depth);

static void put_choice(author *self, uint32_t depth, char open, char close) {
    put(self, "%c", open);
    for (uint32_t n = roll(self, 3) + 1; n > 0; n--) {
        put_sequence(self, depth);
        if (n > 1) put(self, " | ");
    }
    put(self, "%c", close);
}

static void put_item(author *self, uint32_t depth) {
    static const char *const kinds[] = {"#number", "#money", "#time", "#name", "#caps", "#emoji", "#link"};
    switch (roll(self, depth ? 14 : 8)) {
    case 0: put(self, "%s", kinds[roll(self, 7)]); break;
    case 1: put(self, "\"%s\"", any_word(self)); break;
    case 8: put(self, "<list%u>", roll(self, 3)); break;
    case 9:
        if (self->slots)
            put(self, "{slot%u}", roll(self, 2));
        else
            put(self, "*");
        break;
    case 10: put(self, "-%u-", roll(self, 5) + 1); break;
    case 11:
        put_choice(self, depth - 1, '(', ')');
        if (!roll(self, 4)) put(self, "+");
        break;
    case 12: put_choice(self, depth - 1, '[', ']'); break;
    case 13: put(self, "%s+", any_word(self)); break;
    default: put(self, "%s", any_word(self)); break;
    }
}

static void put_sequence(author *self, uint32_t depth) {
    for (uint32_t n = roll(self, depth ? 4 : 2) + 1; n > 0; n--) {
        put_item(self, depth);
        if (n > 1) put(self, " ");
    }
}

/* A sequence with some word in it that must be there, as packs demand, though which one may be open. */
static void put_anchored(author *self, uint32_t depth) {
    uint32_t how = roll(self, 5);
    if (how == 0 && depth) {
        put(self, "(");
        for (uint32_t n = roll(self, 2) + 2; n > 0; n--) {
            put_anchored(self, depth - 1);
            if (n > 1) put(self, " | ");
        }
        put(self, roll(self, 3) ? ")" : ")+");
        return;
    }
    if (how != 1) {
        put_sequence(self, depth);
        put(self, " ");
    }
    put(self, "%s", any_word(self));
    if (how > 2) return;
    put(self, " ");
    put_sequence(self, depth);
}

/* A phrase with its edges. */
static void put_phrase(author *self, uint32_t depth) {
    static const char *const starts[] = {"", "", "", "", "", "", "^ ", "^^ "}, *const ends[] = {"", "",   "",    "",   "",   "",
                                                                                                "", " $", " $$", " ?", " !", " $ ?"};
    put(self, "%s", starts[roll(self, 8)]);
    put_anchored(self, depth);
    put(self, "%s", ends[roll(self, 12)]);
}

static void put_place(author *self) {
    static const char *const places[] = {"in sentence", "in turn", "nearby", "here", "left", "right"};
    uint32_t which = roll(self, 9);
    if (which < 6)
        put(self, " %s", places[which]);
    else
        put(self, " %s %u", (const char *[]){"before", "left", "right"}[which - 6], roll(self, 4) + 1);
}

static void put_condition(author *self, uint32_t concepts) {
    static const char *const plain[] = {"short 5", "long 4", "first", "channel chat, survey", "role agent", "role customer, bot",
                                        "ctx0",    "ctx1",   "ctx2"};
    uint32_t which = roll(self, 14);
    if (which < 9) {
        put(self, "%s", plain[which]);
        return;
    }
    if (which < 12 && concepts)
        put(self, "cue.c%u", roll(self, concepts < 3 ? concepts : 3));
    else if (which == 12 && concepts > 3)
        put(self, roll(self, 2) ? "f.s%u" : "f.*", roll(self, concepts - 3));
    else {
        put(self, "(");
        put_phrase(self, 1);
        put(self, ")");
    }
    put_place(self);
}

static void put_guards(author *self, uint32_t concepts) {
    while (!roll(self, 4)) {
        put(self, roll(self, 2) ? "  needs " : "  unless ");
        put_condition(self, concepts);
        while (!roll(self, 3)) {
            put(self, " or ");
            put_condition(self, concepts);
        }
    }
}

static void put_context(author *self, uint32_t number) {
    static const char *const marks[] = {"?", "quotes", "cited"};
    put(self, "context ctx%u\n", number);
    for (uint32_t n = roll(self, 3) + 1; n > 0; n--) {
        uint32_t kind = roll(self, 4);
        if (kind == 3) {
            put(self, "  mark %s\n", marks[roll(self, 3)]);
            continue;
        }
        put(self, "  %s ", (const char *[]){"after", "before", "in"}[kind]);
        put_phrase(self, 1);
        if (kind < 2 && roll(self, 2)) put(self, "   up to %u", roll(self, 5) + 1);
        put(self, "\n");
    }
    if (roll(self, 2)) {
        put(self, "  until %s", roll(self, 2) ? ", | " : "");
        put_anchored(self, 1);
        put(self, "\n");
    }
    if (!roll(self, 3)) {
        put(self, "  except ");
        put_anchored(self, 1);
        put(self, "\n");
    }
}

static void put_signal(author *self, uint32_t number) {
    static const char *const roles[] = {"anyone", "anyone", "agent", "customer", "agent, leader"}, *const drops[] = {"none", "ctx0",
                                                                                                                     "ctx1, ctx2"};
    put(self, "signal f.s%u  by %s  drop %s  at %u\n", number, roles[roll(self, 5)], drops[roll(self, 3)], 30 + roll(self, 50));
    self->slots = true;
    for (uint32_t n = roll(self, 5) + 1; n > 0; n--) {
        uint32_t kind = roll(self, 8);
        if (kind == 0) {
            put(self, "  hint %u when ", 10 + roll(self, 30));
            put_condition(self, number + 3);
        } else {
            put(self, kind < 6 ? "  say %u " : "  hint %u ", 20 + roll(self, 75));
            put_phrase(self, 2);
            put_guards(self, number + 3);
        }
        put(self, "\n");
    }
    self->slots = false;
    if (!roll(self, 3)) {
        put(self, "  not ");
        put_phrase(self, 1);
        put(self, "\n");
    }
    if (!roll(self, 3))
        put(self, "  yields f.s%u%s\n", (number + 1 + roll(self, 3)) % 4, (const char *[]){"", " in sentence", " in turn"}[roll(self, 3)]);
    if (!roll(self, 5)) put(self, "  unless (%s) right 2\n", any_word(self));
}

static void write_pack(author *self) {
    self->used = 0;
    put(self, "pack random 1\nstemmer none\nclitic 'su\ncontraction lomi = lo mi\ncontraction kanu = ka nu  after ^ lo  before mi "
              "pe\nfiller zu\n");
    put(self, "stammer ka lo\ncommon %s %s %s\n", any_word(self), any_word(self), any_word(self));
    for (uint32_t i = 0; i < 3; i++) {
        put(self, "list list%u  ", i);
        for (uint32_t n = roll(self, 3) + 1; n > 0; n--) {
            put_anchored(self, 0);
            if (n > 1) put(self, " | ");
        }
        put(self, "\n");
    }
    put(self, "slot slot0  #name | ka [lo]\nslot slot1  <list%u> | mi -1- nu\n", roll(self, 3));
    for (uint32_t i = 0; i < 3; i++) {
        put(self, "cue c%u%s\n  say ", i, roll(self, 3) ? "" : "  by customer");
        put_phrase(self, 1);
        put_guards(self, 0);
        put(self, "\n");
    }
    for (uint32_t i = 0; i < 3; i++) put_context(self, i);
    put(self, "family f  by anyone\n");
    for (uint32_t i = 0; i < 4; i++) put_signal(self, i);
    put(self, "conversation v.c\n  opens customer, agent f.s%u\n  met agent f.s%u, cue.c0 within %u\n", roll(self, 4), roll(self, 4),
        roll(self, 3) + 1);
}

int main(int count, char **arguments) {
    uint64_t packs = 100, seed = 1, most = 5, used = 0, differing = 0;
    for (int at = 1; at + 1 < count; at += 2) {
        uint64_t number = strtoull(arguments[at + 1], NULL, 10);
        if (!strcmp(arguments[at], "-n")) packs = number;
        if (!strcmp(arguments[at], "-s")) seed = number;
        if (!strcmp(arguments[at], "-m")) most = number;
    }
    soup *dice = calloc(1, sizeof *dice), *source = calloc(1, sizeof *source);
    author *self = calloc(1, sizeof *self);
    if (!dice || !source || !self) return 2;
    self->dice = dice;
    dice->state = seed;
    for (uint64_t i = 0; i < packs; i++) {
        pair both;
        write_pack(self);
        if (!pair_open_text(&both, self->text)) continue;
        used++;
        source->state = seed + i;
        source->oracle = both.oracle;
        for (int k = 0; k < CONVERSATIONS; k++) {
            soup_next(source);
            if (!*pair_differ(&both, source->turns, source->count)) continue;
            if (differing++ < most) {
                printf("pack %llu:\n%s\n", (unsigned long long)i, self->text);
                pair_report(&both, source->turns, source->count);
            }
            break;
        }
        pair_close(&both);
    }
    free(self);
    free(source);
    free(dice);
    printf("%llu of %llu packs, %d conversations each: %llu packs differ\n", (unsigned long long)used, (unsigned long long)packs,
           CONVERSATIONS, (unsigned long long)differing);
    return differing > 0 || used * 2 < packs;
}
