/* The scan at its limits: sentences as long as they can be, stretches filled to the last slot, more open gates than wait at once,
 * words that share traits, memory that runs out. What is found is compared with what each phrase matches by itself. */
#include "support/failing_allocator.h"
#include "support/heard.h"

#include "match.h"
#include "scan.h"

#define LONG 16384u

typedef struct scanned {
    care_pack *pack;
    care_allocator allocator;
    token_list tokens;
    word_list words;
    candidate_list found;
    candidate *wanted;
    size_t wanted_count, wanted_room;
} scanned;

static void scanned_open(scanned *self, const char *text) {
    memset(self, 0, sizeof *self);
    self->pack = heard_compile(text);
    self->allocator = memory_default();
    self->found.next_start = calloc(self->pack->phrase_count + 1u, sizeof *self->found.next_start);
}

static void scanned_close(scanned *self) {
    free(self->found.next_start);
    memory_resize(&self->allocator, self->found.items, self->found.room, 0, sizeof *self->found.items);
    memory_resize(&self->allocator, self->wanted, self->wanted_room, 0, sizeof *self->wanted);
    memory_resize(&self->allocator, self->words.words, self->words.word_room, 0, sizeof *self->words.words);
    memory_resize(&self->allocator, self->words.sentences, self->words.sentence_room, 0, sizeof *self->words.sentences);
    memory_resize(&self->allocator, self->tokens.tokens, self->tokens.token_room, 0, sizeof *self->tokens.tokens);
    memory_resize(&self->allocator, self->tokens.sentences, self->tokens.sentence_room, 0, sizeof *self->tokens.sentences);
    care_pack_unref(self->pack);
}

static void read_words(scanned *self, const char *text) {
    const unsigned char *bytes = (const unsigned char *)text;
    cr_assert(token_read(self->pack, bytes, (uint32_t)strlen(text), &self->allocator, &self->tokens));
    cr_assert(word_read(self->pack, bytes, &self->tokens, &self->allocator, &self->words));
}

/* The matches by the definition: of each phrase leftmost, longest, then on. */
static void match_by_hand(scanned *self, uint32_t roles) {
    const care_pack *pack = self->pack;
    self->wanted_count = 0;
    for (uint32_t r = 0; r < pack->rule_count; r++) {
        const pack_rule *rule = pack->rules + r;
        if (rule->phrase == PACK_NONE || !(pack->concepts[rule->concept].roles & roles)) continue;
        for (uint32_t s = 0; s < self->words.sentence_count; s++) {
            const sentence *within = self->words.sentences + s;
            for (uint32_t at = within->first, end; at < within->last; at = end ? end : at + 1) {
                end = match_at(pack, pack->phrases + rule->phrase, &self->words, within, at);
                if (!end) continue;
                cr_assert(memory_reserve(&self->allocator, (void **)&self->wanted, &self->wanted_room, self->wanted_count + 1,
                                         sizeof *self->wanted));
                self->wanted[self->wanted_count++] =
                    (candidate){.rule = r, .sentence = s, .first = at, .last = end, .concept = rule->concept};
            }
        }
    }
    scan_sort(self->wanted, self->wanted_count);
}

/* What all words of the sentence show together. */
static void check_sentences(const scanned *self) {
    for (size_t s = 0; s < self->words.sentence_count; s++) {
        const sentence *within = self->words.sentences + s;
        pack_traits together = {0, 0};
        uint32_t triggers = 0;
        for (uint32_t at = within->first; at < within->last; at++) {
            pack_traits here = word_traits(self->pack, self->words.words + at);
            together.company |= here.company;
            together.tier |= here.tier;
            triggers |= self->pack->symbol_gates[self->words.words[at].symbol].triggers;
        }
        cr_assert(within->together.company == together.company && within->together.tier == together.tier);
        cr_assert_eq(within->triggers, triggers);
    }
}

static void compare(scanned *self, const char *text, uint32_t roles) {
    read_words(self, text);
    cr_assert(scan_read(self->pack, &self->words, roles, &self->allocator, &self->found));
    for (size_t i = 1; i < self->found.count; i++)
        cr_assert_leq(self->found.items[i - 1].sentence, self->found.items[i].sentence, "in the order of sentences");
    scan_sort(self->found.items, self->found.count);
    match_by_hand(self, roles);
    check_sentences(self);
    cr_assert_eq(self->found.count, self->wanted_count, "%zu instead of %zu in: %s\n%s", self->found.count, self->wanted_count, text,
                 care_pack_source(self->pack, 0, 0, NULL, NULL));
    for (size_t i = 0; i < self->found.count; i++) {
        const candidate *found = self->found.items + i, *wanted = self->wanted + i;
        cr_assert(found->rule == wanted->rule && found->sentence == wanted->sentence && found->first == wanted->first &&
                      found->last == wanted->last,
                  "rule %u at [%u, %u) instead of rule %u at [%u, %u) in: %s", found->rule, found->first, found->last, wanted->rule,
                  wanted->first, wanted->last, text);
    }
}

/* ---- Words that share traits ---- */

static uint64_t state = 1;

static uint32_t draw(uint32_t below) {
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % below;
}

#define WORDS 300u /* some five of them to a bit of company */
#define LINES 60u

/* A line says: first [second] -gap- (third | fourth). */
typedef struct line {
    uint32_t words[4], gap;
} line;

/* The spelling of a word; behind the last of them stands a number. */
static void put_word(char *text, uint32_t number) {
    char spelled[16];
    if (number == WORDS)
        snprintf(spelled, sizeof spelled, "7 ");
    else
        snprintf(spelled, sizeof spelled, "%c%c%c%c ", 'b' + number % 20, 'a' + number / 20 % 20, 'b' + number / 20, 'o');
    strcat(text, spelled);
}

static void write_lines(char *text, line *lines) {
    static const char *const starts[] = {"", "", "", "", "", "^ ", "^^ "}, *const ends[] = {"", "", "", "", "$", "$$", "?", "!"};
    strcpy(text, HEARD_NAME "common ");
    for (uint32_t i = 0; i < WORDS / 2; i++) put_word(text, i);
    strcat(text, "\nsignal a.b by anyone\n");
    for (uint32_t i = 0; i < LINES; i++) {
        line *made = lines + i;
        for (uint32_t w = 0; w < 4; w++) made->words[w] = draw(draw(2) ? WORDS : 20);
        made->gap = draw(5);
        strcat(text, " say 80 ");
        strcat(text, starts[draw(7)]);
        put_word(text, made->words[0]);
        strcat(text, "[");
        put_word(text, made->words[1]);
        strcat(text, "] ");
        if (made->gap) snprintf(text + strlen(text), 16, "-%u- ", made->gap);
        strcat(text, "(");
        put_word(text, made->words[2]);
        strcat(text, draw(4) ? "| " : "| #number | ");
        put_word(text, made->words[3]);
        strcat(text, draw(4) ? ") " : ")+ ");
        strcat(text, ends[draw(8)]);
        strcat(text, "\n");
    }
}

/* The words of some line, or nearly. */
static void put_line(char *text, const line *from) {
    if (draw(8)) put_word(text, from->words[0]);
    if (draw(2)) put_word(text, from->words[1]);
    for (uint32_t gap = draw(from->gap + 2); gap--;) put_word(text, draw(WORDS + 1));
    if (draw(8)) put_word(text, draw(4) ? from->words[2 + draw(2)] : WORDS);
}

Test(scan, words_that_share_traits) {
    static char pack[LONG], text[LONG];
    static line lines[LINES];
    const char *seed = getenv("CARE_SEED");
    state = seed ? strtoull(seed, NULL, 10) : 1;
    for (int packs = 0; packs < 12; packs++) {
        scanned it;
        write_lines(pack, lines);
        scanned_open(&it, pack);
        for (int round = 0; round < 30; round++) {
            uint32_t stops = round % 3 ? 12 : 200; /* in long sentences nearly everything is needed by chance */
            text[0] = '\0';
            for (uint32_t count = 1 + draw(150); count; count--) {
                put_line(text, lines + draw(LINES));
                if (!draw(stops)) strcat(text, (const char *[]){". ", "? ", "! ", "?! "}[draw(4)]);
            }
            compare(&it, text, UINT32_MAX);
        }
        scanned_close(&it);
    }
}

/* No two of the most frequent words share a company; those that are about as frequent share a tier. */
Test(scan, frequent_words_keep_their_own_company) {
    static char pack[LONG];
    scanned it;
    uint64_t companies = 0;
    strcpy(pack, HEARD_NAME "common ");
    for (uint32_t i = 0; i < 2 * (TRAITS_COUNT - 1); i++) put_word(pack, i);
    strcat(pack, "\nsignal a.b by anyone\n");
    for (uint32_t i = 0; i < 2 * (TRAITS_COUNT - 1); i++) {
        strcat(pack, " say 80 ");
        put_word(pack, i);
        strcat(pack, "\n");
    }
    scanned_open(&it, pack);
    for (uint32_t i = 0; i < 2 * (TRAITS_COUNT - 1); i++) {
        char text[16] = "";
        put_word(text, i);
        read_words(&it, text);
        const pack_symbol_gate *gate = it.pack->symbol_gates + it.words.words[0].symbol;
        cr_assert(it.words.words[0].symbol && gate->company && gate->tier, "unknown words have traits of their own");
        cr_assert_eq(gate->tier, 1 + i / (TRAITS_COUNT - 1), "word %u: tier %u", i, gate->tier);
        if (i == TRAITS_COUNT - 1) companies = 0;
        cr_assert(!(companies >> gate->company & 1), "word %u", i);
        companies |= UINT64_C(1) << gate->company;
    }
    scanned_close(&it);
}

/* ---- Stretches ---- */

/* A sentence of `count` words that begins and ends with what the phrases look for. */
static void put_sentence(char *text, uint32_t count, const char *end) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t left = count - 1 - i;
        strcat(text, i == 0 || left == 1 ? "ka " : i == 1 || left == 0 ? "lo " : i % 50 == 0 ? "mi " : "xo ");
    }
    strcat(text, end);
}

Test(scan, sentences_of_every_length_beside_each_other) {
    static const uint32_t lengths[] = {1, 2, 3, 5, 60, 61, 62, 63, 64, 65, 254, 255, 256, 257, 258, 317, 318, 319, 512, 513};
    static char text[LONG];
    scanned it;
    scanned_open(&it, HEARD_NAME "common ka lo mi xo\nsignal a.b by anyone\n say 80 ka lo\n say 80 ^ ka\n say 80 lo $\n say 80 lo ka\n"
                                 " say 80 ka -3- lo\n say 80 * ka\n say 80 lo *\n say 80 ka -20- lo $$\n say 80 ^^ ka [lo] * -30- mi\n"
                                 " say 80 mi -50- mi\n say 80 lo ?\n say 80 (ka | lo | mi | xo)+\n say 80 xo -60- lo\n");
    for (size_t a = 0; a < sizeof lengths / sizeof *lengths; a++)
        for (size_t b = 0; b < sizeof lengths / sizeof *lengths; b++) {
            text[0] = '\0';
            put_sentence(text, lengths[a], ". ");
            put_sentence(text, lengths[b], "? ");
            put_sentence(text, 1 + (uint32_t)(a + b) % 4, ". ");
            compare(&it, text, UINT32_MAX);
        }
    scanned_close(&it);
}

Test(scan, many_short_sentences) {
    static char text[LONG];
    scanned it;
    scanned_open(&it, HEARD_NAME "signal a.b by anyone\n say 80 ka lo\n say 80 ^ ka $\n say 80 ka * lo\n say 80 ^^ lo\n say 80 lo $$\n");
    for (uint32_t count = 1; count < 700; count += 1 + count / 8) {
        text[0] = '\0';
        for (uint32_t i = 0; i < count; i++) put_sentence(text, 1 + i % 3, i % 2 ? "! " : ". ");
        compare(&it, text, UINT32_MAX);
    }
    scanned_close(&it);
}

/* ---- Gates ---- */

Test(scan, more_gates_open_than_wait) {
    static char pack[LONG];
    scanned it;
    for (uint32_t lines = 120; lines < 400; lines += lines < 135 ? 1 : 40) {
        strcpy(pack, HEARD_NAME "signal a.b by anyone\n");
        for (uint32_t i = 0; i < lines; i++) strcat(pack, i % 3 ? " say 80 ka\n" : " say 80 [ka] ka [lo]\n");
        scanned_open(&it, pack);
        compare(&it, "ka", UINT32_MAX);
        compare(&it, "ka ka lo. ka ka ka, lo ka", UINT32_MAX);
        scanned_close(&it);
    }
}

/* Every word meets gates alone, as the left one of a pair at each distance, and by its kind: as many as can be met at once. The pairs are
 * gates as their words are neither the most frequent nor rare. */
Test(scan, words_that_meet_all_gates) {
    static char pack[LONG], text[LONG];
    static const char *const words[] = {"Ka ", "Lo ", "KA ", "LO "};
    scanned it;
    strcpy(pack, HEARD_NAME "common ");
    for (uint32_t i = 0; i < 60; i++) put_word(pack, i);
    strcat(pack, "ka lo\nsignal a.b by anyone\n say 80 ka -3- lo\n say 80 lo -3- ka\n say 80 ka -3- ka\n say 80 lo -3- lo\n say 80 ka\n"
                 " say 80 lo\n say 80 #name\n say 80 #caps\n say 80 #name -3- ka\n say 80 ka -2- lo [ka] ?\n");
    scanned_open(&it, pack);
    read_words(&it, "ka lo");
    for (uint32_t i = 0; i < 2; i++) {
        const pack_symbol_gate *gate = it.pack->symbol_gates + it.words.words[i].symbol;
        cr_assert(gate->pairs[0] == 0xff && gate->pairs[1] == 0xff && gate->said & 1, "%08x", gate->said);
    }
    for (uint32_t count = 1; count < 258; count += 4) {
        text[0] = '\0';
        for (uint32_t i = 0; i < count; i++) {
            strcat(text, words[draw(4)]);
            if (!draw(20)) strcat(text, ". ");
        }
        compare(&it, text, UINT32_MAX);
    }
    scanned_close(&it);
}

/* In the smallest tables of pairs, keys that are nearly the same share a bucket. */
Test(scan, tables_of_few_pairs) {
    static char pack[LONG], text[LONG];
    for (uint32_t round = 0; round < 200; round++) {
        scanned it;
        strcpy(pack, HEARD_NAME "common ");
        for (uint32_t i = 0; i < 70; i++) put_word(pack, i);
        strcat(pack, "\nsignal a.b by anyone\n");
        for (uint32_t pairs = 1 + round % 6; pairs; pairs--) {
            strcat(pack, " say 80 ");
            put_word(pack, 60 + draw(2));
            strcat(pack, "-3- ");
            put_word(pack, 62 + draw(8));
            strcat(pack, "\n");
        }
        scanned_open(&it, pack);
        text[0] = '\0';
        for (uint32_t count = 100; count; count--) put_word(text, 60 + draw(10));
        compare(&it, text, UINT32_MAX);
        scanned_close(&it);
    }
}

Test(scan, a_pack_without_gates) {
    scanned it;
    scanned_open(&it, HEARD_NAME);
    cr_assert_eq(it.pack->header->sections[SECTION_GATE_LIST].count, 0);
    compare(&it, "ka lo 7. MI @lo?", UINT32_MAX);
    cr_assert_eq(it.found.count, 0);
    compare(&it, "", UINT32_MAX);
    scanned_close(&it);
}

Test(scan, only_what_the_roles_may_say) {
    scanned it;
    scanned_open(&it, HEARD_NAME "signal a.a by agent\n say 80 ka\n say 80 ka lo\n say 80 #number\nsignal a.b by customer\n say 80 ka\n"
                                 " say 80 lo ka\n say 80 #number ka\nsignal a.c by anyone\n say 80 lo\n");
    size_t all = 0;
    for (uint32_t roles = 1; roles < 1u << CARE_ROLE_COUNT; roles <<= 1) {
        compare(&it, "ka lo ka 7 ka lo", roles);
        all += it.found.count;
    }
    cr_assert_gt(all, 0);
    compare(&it, "ka lo ka 7 ka lo", 1u << CARE_ROLE_AGENT | 1u << CARE_ROLE_CUSTOMER);
    compare(&it, "ka lo ka 7 ka lo", 0);
    cr_assert_eq(it.found.count, 0);
    scanned_close(&it);
}

/* ---- From turn to turn ---- */

/* Where each phrase's next try begins is counted through all turns, until the numbers run out. */
Test(scan, starts_are_counted_anew) {
    scanned it;
    scanned_open(&it, HEARD_NAME "signal a.b by anyone\n say 80 ka\n say 80 ka -2- lo\n say 80 (ka lo)+\n");
    it.found.base = UINT32_MAX - 100;
    for (int i = 0; i < 60; i++) {
        compare(&it, "ka lo ka lo. lo xo ka xo lo ka", UINT32_MAX);
        cr_assert_eq(it.found.count, 7);
    }
    cr_assert_lt(it.found.base, 10000);
    scanned_close(&it);
}

Test(scan, memory_that_runs_out) {
    static char text[LONG];
    scanned it;
    scanned_open(&it, HEARD_NAME "signal a.b by anyone\n say 80 ka\n say 80 ka lo\n say 80 xo\n");
    for (int i = 0; i < 60; i++) put_sentence(text, 10, ". ");
    read_words(&it, text);
    for (size_t n = 1; n < 12; n++) {
        failing_allocator memory = {.fail_at = n, .fail_ever_after = true};
        care_allocator failing = failing_allocator_use(&memory);
        candidate_list list = {.next_start = it.found.next_start, .base = it.found.base};
        bool read = scan_read(it.pack, &it.words, UINT32_MAX, &failing, &list);
        cr_assert_eq(read, memory.failures == 0);
        it.found.base = list.base;
        memory_resize(&failing, list.items, list.room, 0, sizeof *list.items);
        cr_assert(memory.live_bytes == 0 && memory.wrong_sizes == 0);
        compare(&it, text, UINT32_MAX);
    }
    scanned_close(&it);
}
