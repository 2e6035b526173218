/* corpus.c - see corpus.h. */
#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TURN_ROOM 2048u
#define RARE_WORDS 4000u

uint32_t corpus_random(void *context, uint32_t below) {
    corpus *self = context;
    uint64_t mixed = self->state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)(((mixed ^ (mixed >> 31)) >> 32) * below >> 32);
}

static void *take(size_t bytes) {
    void *taken = calloc(1, bytes);
    if (!taken) {
        fputs("bench: out of memory\n", stderr);
        exit(1);
    }
    return taken;
}

size_t corpus_common_words(const char *source, size_t length, char *copy, const char **words, size_t room) {
    size_t count = 0;
    memcpy(copy, source, length);
    copy[length] = '\0';
    for (char *line = copy, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next) *next++ = '\0';
        if (strncmp(line, "common ", 7) != 0) continue;
        for (char *word = strtok(line + 7, " \t\r"); word && count < room && strcmp(word, "#") != 0; word = strtok(NULL, " \t\r"))
            words[count++] = word;
    }
    return count;
}

/* Zipf by halving: the first half of the words is as likely as all further ones together. */
static uint32_t zipf(corpus *self, uint32_t count) {
    uint32_t span = 1;
    while (span < count && corpus_random(self, 100) < 85) span *= 2;
    return corpus_random(self, span < count ? span : count);
}

/* A word made of syllables, always the same for a number. */
static size_t rare_word(uint32_t number, char *to) {
    static const char onsets[] = "bdfgklmnprstvz", vowels[] = "aeiou";
    size_t length = 0;
    for (uint32_t rest = number * 2654435761u + 977, syllables = 2 + number % 3; syllables; syllables--, rest /= 70) {
        to[length++] = onsets[rest % 14];
        to[length++] = vowels[rest / 14 % 5];
    }
    return length;
}

static size_t make_turn(corpus *self, const oracle *pack, const char *const *common, size_t common_count, char *to) {
    size_t length = 0, words = 3 + corpus_random(self, 20);
    size_t special = corpus_random(self, 12) == 0 ? corpus_random(self, (uint32_t)words) : words;
    for (size_t w = 0; w < words && length < TURN_ROOM / 2; w++) {
        if (w) to[length++] = ' ';
        if (w == special) {
            length += oracle_sample(pack, corpus_random, self, to + length, TURN_ROOM / 2);
            continue;
        }
        size_t begin = length;
        if (corpus_random(self, 100) < 65) {
            const char *word = common[zipf(self, (uint32_t)common_count)];
            memcpy(to + length, word, strlen(word));
            length += strlen(word);
        } else {
            length += rare_word(zipf(self, RARE_WORDS), to + length);
        }
        if (!w && to[begin] >= 'a' && to[begin] <= 'z') to[begin] = (char)(to[begin] - 32);
        if (corpus_random(self, 14) == 0) to[length++] = ",.?!"[corpus_random(self, 4)];
    }
    to[length++] = '.';
    return length;
}

corpus corpus_make(const oracle *pack, const char *const *common, size_t common_count, size_t bytes, uint64_t seed) {
    corpus self = {.state = seed};
    self.text = take(bytes + 2 * TURN_ROOM);
    self.turns = take((bytes / 4 + 16) * sizeof *self.turns);
    while (self.length < bytes) {
        care_turn *turn = self.turns + self.turn_count;
        turn->length = make_turn(&self, pack, common, common_count, self.text + self.length);
        turn->text = self.text + self.length;
        turn->conversation = (uint32_t)(self.turn_count / 8);
        turn->role = self.turn_count % 2 ? CARE_ROLE_CUSTOMER : CARE_ROLE_AGENT;
        self.length += turn->length;
        self.text[self.length++] = '\n';
        self.turn_count++;
    }
    return self;
}

void corpus_free(corpus *self) {
    free(self->text);
    free(self->turns);
}
