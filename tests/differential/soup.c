/* soup.c - see soup.h. */
#include "soup.h"

#include <stdbool.h>
#include <string.h>

uint32_t soup_random(void *context, uint32_t below) {
    soup *self = context;
    uint64_t mixed = self->state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return below ? (uint32_t)((mixed ^ mixed >> 31) % below) : 0;
}

static void put(soup *self, const char *text, size_t length) {
    if (self->used + length > SOUP_BYTES) return;
    memcpy(self->bytes + self->used, text, length);
    self->used += length;
}

static void put_text(soup *self, const char *text) {
    put(self, text, strlen(text));
}

/* What stands between words, mostly a space. */
static void put_gap(soup *self) {
    /* clang-format off */
    static const char *const gaps[] = {
        ", ", ". ", "? ", "! ", "... ", " - ", "--", "\n", "\n\n", "\r\n", "; ", ": ", " (", ") ", " \"", "\" ", "\xe2\x80\x9c",
        "\xe2\x80\x9d ", " \xc2\xab", "\xc2\xbb ", "\xe2\x80\x9e", "\xe2\x80\x94", " \xe2\x80\x93 ", "\xe2\x80\xa6 ", ".", "-", "?!",
        ". . ", "\xe3\x80\x82", "\xef\xbc\x9f", "\xef\xbc\x81", "\xe2\x80\xbd", "\xe2\x80\xa8", "\xc2\x85", "\xc2\xa0", "\n> ", "\n >",
        "\t", "  ", "/", "'", "\xe2\x80\x99", "- ", " '", "_", "\n- ", "..", "\xe2\x80\x8b", "\xef\xb8\x8f", "", "\r", "\xe3\x80\x80",
        " ,",
    };
    /* clang-format on */
    if (soup_random(self, 5))
        put_text(self, " ");
    else
        put_text(self, gaps[soup_random(self, sizeof gaps / sizeof *gaps)]);
}

/* Tokens that no vocabulary holds, and some that make reading hard. */
static void put_odd(soup *self) {
    /* clang-format off */
    static const char *const odd[] = {
        "42", "$5", "\xe2\x82\xac" "20", "12.50", "1,000,000.50", "17:30", "5pm", "5:30pm", "9AM", "4th", "3x", "50%",
        "20\xe2\x82\xac", "$5%", "5$6", "US$7", "1.", ".5", "v1.2", "12.", "1..2", "a.b", "Zeta", "\xc3\x89lodie", "\xc3\x89T\xc3\x89",
        "WOW", "I", "A", "B", "I'm", "I'LL", "IT'S", "iPhone", "McX", "@you", "@BOB's", "a@b.example", "#tag", "#1", "#WOW", "<name>",
        "<NAME_1>", "<3", "<3>", "<>", ":)", ":-(", ";P", ":/", ":D", ":Dx", "http://a.example/x?y=z,", "https://a.example.",
        "www.a.example", "WWW.a.example", "www.", "http://\xe6\x97\xa5.example/\xc3\xa9", "\xf0\x9f\x99\x82",
        "\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd", "\xe2\x9d\xa4\xef\xb8\x8f", "\xc2\xa9", "\xe2\x84\xa2", "\xe2\x9d\xb6",
        "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa", "1\xef\xb8\x8f\xe2\x83\xa3", "\xef\xbc\x95", "\xc2\xbd", "\xc2\xb2", "na\xc3\xafve",
        "nai\xcc\x88ve", "\xef\xac\x81ne", "\xef\xbd\x86\xef\xbd\x89\xef\xbd\x8e\xef\xbd\x85", "Stra\xc3\x9f" "e",
        "\xe4\xbd\xa0\xe5\xa5\xbd", "\xd7\xa9\xd7\x9c", "e.g.", "p.m.", "'m", "'re", "'ll", "'s", "n't", "\xe2\x80\x99s",
        "rock'n'roll", "o'", "'tis", "don't've", "zyx's", "zyx'll", "zyxn't", "_", "a_b", "_'s", "zyx-", "wor-", "5-", "no-", "--",
        "->", "$", "%", "\xe2\x82\xac", "@", "#", "&", "*", "+1", "\xe2\x84\x96", "\xe1\xbe\xb3", "I\xcc\x87", "\xc5\xbf",
        "\xe1\x85\x9f", "\xc2\xad", "x\xc2\xad" "y", "\xef\xbb\xbf", "\xca\xbc" "s", "we\xca\xbc" "re", "we\xef\xbc\x87re",
        "we\xe2\x80\x98ll", "\xef\xbd\x97\xef\xbd\x85\xef\xbc\x87\xef\xbd\x92\xef\xbd\x85", "AAAAaaaa", "zzzzyx", "1000", "111",
    };
    /* clang-format on */
    put_text(self, odd[soup_random(self, sizeof odd / sizeof *odd)]);
}

static void put_bytes(soup *self) {
    for (uint32_t n = 1 + soup_random(self, 4); n > 0; n--) {
        char byte = (char)soup_random(self, 256);
        put(self, &byte, 1);
    }
}

static bool is_vowel(char letter) {
    return letter && strchr("aeiou", letter);
}

/* A word in one of the spellings that ought to make no difference, or in one that does. */
static void put_spelled(soup *self, const char *word) {
    uint32_t how = soup_random(self, 24);
    size_t length = strlen(word), stretched = how == 0 ? soup_random(self, (uint32_t)length + 1) : length;
    for (size_t i = 0; i < length; i++) {
        char letter = word[i];
        bool is_small = letter >= 'a' && letter <= 'z';
        if (is_small && (how == 1 || (how == 2 && i == 0) || (how == 3 && soup_random(self, 2)))) letter = (char)(letter - 32);
        if (letter == '\'' && how < 12)
            put_text(self, how % 3 == 0 ? "\xca\xbc" : "\xe2\x80\x99");
        else if (is_small && how == 4)
            put(self, (char[]){'\xef', '\xbd', (char)(letter - 'a' + 0x81)}, 3);
        else
            put(self, &letter, 1);
        if (i == stretched) put(self, (char[]){letter, letter, letter, letter}, 2 + soup_random(self, 3));
        if (how == 5 && is_vowel(letter)) put_text(self, "\xcc\x81");
    }
    if (how == 6) put_text(self, "'s");
    if (how == 7) put_text(self, "- ");
}

static void put_known(soup *self) {
    put_spelled(self, oracle_form(self->oracle, soup_random(self, oracle_form_count(self->oracle))));
}

/* The words of some phrase, as they are or with noise between them. */
static void put_sample(soup *self) {
    char sample[1024];
    if (!oracle_sample(self->oracle, soup_random, self, sample, sizeof sample)) return;
    if (soup_random(self, 3)) {
        if (!soup_random(self, 3) && sample[0] >= 'a' && sample[0] <= 'z') sample[0] = (char)(sample[0] - 32);
        put_text(self, sample);
        return;
    }
    for (char *word = strtok(sample, " "); word; word = strtok(NULL, " ")) {
        if (!soup_random(self, 12)) continue;
        put_spelled(self, word);
        if (!soup_random(self, 8))
            put_gap(self);
        else
            put_text(self, " ");
        if (!soup_random(self, 8)) put_known(self), put_text(self, " ");
    }
}

static void put_turn(soup *self) {
    uint32_t items = soup_random(self, 40) ? soup_random(self, 12) : soup_random(self, 400);
    bool even = !soup_random(self, 3); /* samples only, cleanly parted: what authors have in mind */
    if (!soup_random(self, 12)) put_text(self, ">");
    for (uint32_t n = 0; n <= items; n++) {
        uint32_t what = soup_random(self, 20);
        if (what < 8 || even)
            put_sample(self);
        else if (what < 15)
            put_known(self);
        else if (what < 19)
            put_odd(self);
        else if (!soup_random(self, 4))
            put_bytes(self);
        if (even)
            put_text(self, (const char *[]){". ", "? ", ", ", " ", "! "}[soup_random(self, 5)]);
        else
            put_gap(self);
    }
}

void soup_next(soup *self) {
    static const uint8_t roles[] = {CARE_ROLE_AGENT,    CARE_ROLE_AGENT, CARE_ROLE_AGENT,  CARE_ROLE_CUSTOMER, CARE_ROLE_CUSTOMER,
                                    CARE_ROLE_CUSTOMER, CARE_ROLE_BOT,   CARE_ROLE_SYSTEM, CARE_ROLE_LEADER,   CARE_ROLE_STAFF};
    size_t starts[SOUP_TURNS + 1];
    self->used = 0;
    self->count = soup_random(self, 3) ? 1 : 1 + soup_random(self, SOUP_TURNS);
    for (size_t i = 0; i < self->count; i++) {
        starts[i] = self->used;
        put_turn(self);
    }
    starts[self->count] = self->used;
    uint8_t channel = (uint8_t)soup_random(self, CARE_CHANNEL_COUNT);
    for (size_t i = 0; i < self->count; i++) {
        self->turns[i] = (care_turn){.text = self->bytes + starts[i],
                                     .length = starts[i + 1] - starts[i],
                                     .channel = channel,
                                     .role = roles[soup_random(self, sizeof roles)],
                                     .flags = (uint8_t)(soup_random(self, 10) ? 0 : CARE_TURN_CONTEXT)};
    }
}
