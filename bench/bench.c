/* bench.c - the library measured against what limits it, in one run: its own oracle, Hyperscan's literal scan of as many
 * phrases, itself with ten times as many rules. Ratios count; the megabytes a second depend on the machine.
 *
 *     care_bench [MEGABYTES]       all of it
 *     care_bench --count BYTES     analyses a corpus of that size once and no more: for an instruction counter */
#define _POSIX_C_SOURCE 199309L
#include "corpus.h"

#include <care/compile.h>
#include <hs.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BATCH_TURNS 96u /* about 6 KB of text */
#define ROUNDS 5
#define MANY_RULES 10u

static void die(const char *what) {
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

static void expect(care_status status) {
    if (status != CARE_OK) die(care_status_message(status));
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now); /* of this process alone: other work on the machine does not count */
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* ---- What is measured ---- */

typedef struct subject {
    const char *name;
    double (*run)(struct subject *self, const corpus *texts); /* gives the findings or hits */
    void *object;
    const void *more;
    size_t share; /* measures one part in `share` of the corpus */
    double best;  /* bytes a second */
    double found; /* per megabyte */
} subject;

static double run_batches(subject *self, const corpus *texts) {
    size_t found = 0;
    for (size_t from = 0; from < texts->turn_count / self->share; from += BATCH_TURNS) {
        size_t count = texts->turn_count / self->share - from;
        care_result result = {.size = sizeof result};
        expect(care_analyze(self->object, texts->turns + from, count < BATCH_TURNS ? count : BATCH_TURNS, &result, NULL));
        found += result.finding_count;
    }
    return (double)found;
}

static double run_calls(subject *self, const corpus *texts) {
    size_t found = 0;
    for (size_t i = 0; i < texts->turn_count / self->share; i++) {
        care_result result = {.size = sizeof result};
        expect(care_analyze(self->object, texts->turns + i, 1, &result, NULL));
        found += result.finding_count;
    }
    return (double)found;
}

static double run_oracle(subject *self, const corpus *texts) {
    size_t found = 0, count = texts->turn_count / self->share;
    for (size_t from = 0; from < count; from += BATCH_TURNS)
        found += oracle_analyze(self->object, texts->turns + from, count - from < BATCH_TURNS ? count - from : BATCH_TURNS).finding_count;
    return (double)found;
}

static int count_hit(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context) {
    (void)id, (void)from, (void)to, (void)flags;
    ++*(size_t *)context;
    return 0;
}

static double run_hyperscan(subject *self, const corpus *texts) {
    size_t hits = 0;
    hs_scratch_t *scratch = (hs_scratch_t *)(uintptr_t)self->more;
    for (size_t i = 0; i < texts->turn_count / self->share; i++)
        if (hs_scan(self->object, texts->turns[i].text, (unsigned)texts->turns[i].length, 0, scratch, count_hit, &hits) != HS_SUCCESS)
            die("hs_scan");
    return (double)hits;
}

static double run_hyperscan_whole(subject *self, const corpus *texts) {
    size_t hits = 0;
    if (hs_scan(self->object, texts->text, (unsigned)texts->length, 0, (hs_scratch_t *)(uintptr_t)self->more, count_hit, &hits) !=
        HS_SUCCESS)
        die("hs_scan");
    return (double)hits;
}

/* Rounds take turns, so that a busy moment of the machine hurts all subjects alike; each keeps its best. */
static void measure(subject *subjects, size_t count, const corpus *texts) {
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < count; i++) {
            double bytes = (double)texts->length / (double)subjects[i].share, start = seconds();
            double found = subjects[i].run(subjects + i, texts), speed = bytes / (seconds() - start);
            if (speed > subjects[i].best) subjects[i].best = speed;
            subjects[i].found = found / bytes * 1e6;
        }
}

/* ---- Hyperscan's patterns: for every phrase of the pack words that it matches ---- */

/* Many phrases are one frequent word, which costs Hyperscan most; so it is measured with and without such literals. */
#define WORD_LITERAL 4u /* bytes: a literal knows no word boundary, and shorter ones stand in half of all words */
#define LONG_LITERAL 8u

static hs_database_t *literals_of(const oracle *pack, uint32_t count, size_t least, corpus *random) {
    const char **texts = calloc(count, sizeof *texts);
    size_t *lengths = calloc(count, sizeof *lengths);
    unsigned *flags = calloc(count, sizeof *flags), *ids = calloc(count, sizeof *ids);
    if (!texts || !lengths || !flags || !ids) die("out of memory");
    for (uint32_t i = 0; i < count; i++) {
        char *text = calloc(1, 1024);
        if (!text) die("out of memory");
        for (int tries = 0; (!lengths[i] || lengths[i] < least) && tries < 50; tries++)
            lengths[i] = oracle_sample(pack, corpus_random, random, text, 1000);
        texts[i] = text;
        flags[i] = HS_FLAG_CASELESS;
        ids[i] = i;
        if (!lengths[i]) lengths[i] = (size_t)snprintf(text, 1024, "literal%u", i);
    }
    hs_database_t *made = NULL;
    hs_compile_error_t *error = NULL;
    if (hs_compile_lit_multi(texts, flags, ids, lengths, count, HS_MODE_BLOCK, NULL, &made, &error) != HS_SUCCESS) die(error->message);
    return made; /* the literals live as long as the program */
}

/* ---- Ten times as many rules ---- */

static care_pack *with_more_rules(care_pack *base, uint32_t rules, const char *const *common, size_t common_count, corpus *random) {
    char *text = malloc((size_t)rules * 160 + 200);
    if (!text) die("out of memory");
    size_t length = (size_t)sprintf(text, "pack synthetic 1\nfamily synthetic by anyone counts neither\n");
    for (uint32_t i = 0; i < rules; i++) {
        if (i % 30 == 0) length += (size_t)sprintf(text + length, "signal synthetic.s%u \"made up\"\n", i / 30);
        length += (size_t)sprintf(text + length, "    say 80");
        for (uint32_t w = 0, words = 2 + corpus_random(random, 4); w < words; w++) {
            /* ordinary words and words of its own, as real phrases have; quoted, as some are words of the language */
            if (corpus_random(random, 2))
                length += (size_t)sprintf(text + length, " \"%s\"", common[corpus_random(random, (uint32_t)common_count)]);
            else
                length += (size_t)sprintf(text + length, " zu%u", corpus_random(random, 3000));
            if (w + 1 < words && corpus_random(random, 5) == 0) length += (size_t)sprintf(text + length, " -2-");
        }
        if (length) length += (size_t)sprintf(text + length, " qa%u\n", corpus_random(random, 3000));
    }
    care_source source = {"synthetic.care", text, length};
    care_pack *made;
    care_error error = {.size = sizeof error};
    if (care_pack_compile(&made, &source, 1, base, NULL, NULL, &error) != CARE_OK) die(error.message);
    free(text);
    return made;
}

/* ---- Allocations of a warm call ---- */

static size_t allocations;

static void *counting_resize(void *context, void *pointer, size_t old_size, size_t new_size) {
    (void)context, (void)old_size;
    if (!new_size) {
        free(pointer);
        return NULL;
    }
    allocations++;
    return realloc(pointer, new_size);
}

static size_t warm_allocations(care_pack *pack, const corpus *texts) {
    const care_allocator counting = {NULL, counting_resize};
    care_analyzer *analyzer;
    expect(care_analyzer_new(&analyzer, pack, &counting, NULL));
    subject once = {.object = analyzer, .share = 1};
    run_batches(&once, texts);
    size_t before = allocations;
    run_batches(&once, texts);
    size_t warm = allocations - before;
    care_analyzer_free(analyzer);
    return warm;
}

int main(int count, char **arguments) {
    bool only_count = count == 3 && strcmp(arguments[1], "--count") == 0;
    size_t bytes = only_count ? strtoul(arguments[2], NULL, 10) : (count > 1 ? strtoul(arguments[1], NULL, 10) : 4) * 1000000;
    care_pack *pack;
    expect(care_pack_english(&pack, NULL));
    care_source sources[64];
    size_t source_count = 0;
    char *copy = NULL;
    const char *common[2000];
    size_t common_count = 0;
    for (uint32_t i = 0; i < 64; i++) {
        size_t length;
        const char *name, *text = care_pack_source(pack, 0, i, &name, &length);
        if (!text) break;
        sources[source_count].file = name;
        sources[source_count].text = text;
        sources[source_count++].length = length;
        if (common_count) continue;
        copy = malloc(length + 1);
        if (!copy) die("out of memory");
        common_count = corpus_common_words(text, length, copy, common, 2000);
    }
    oracle *plain = oracle_new(sources, source_count, NULL);
    if (!plain || !common_count) die("the English pack does not parse, or names no common words");
    corpus texts = corpus_make(plain, common, common_count, bytes, 7);
    care_analyzer *analyzer;
    expect(care_analyzer_new(&analyzer, pack, NULL, NULL));
    if (only_count) {
        subject once = {.object = analyzer, .share = 1};
        printf("%zu bytes, %.0f findings\n", texts.length, run_batches(&once, &texts));
        return 0;
    }

    care_pack_info info = {.size = sizeof info};
    expect(care_pack_get_info(pack, &info));
    corpus random = {.state = 11};
    hs_database_t *literals = literals_of(plain, info.phrase_count, WORD_LITERAL, &random),
                  *long_literals = literals_of(plain, info.phrase_count, LONG_LITERAL, &random);
    hs_scratch_t *scratch = NULL;
    if (hs_alloc_scratch(literals, &scratch) != HS_SUCCESS || hs_alloc_scratch(long_literals, &scratch) != HS_SUCCESS)
        die("hs_alloc_scratch");
    care_pack *many = with_more_rules(pack, info.phrase_count * (MANY_RULES - 1), common, common_count, &random);
    care_analyzer *many_analyzer;
    expect(care_analyzer_new(&many_analyzer, many, NULL, NULL));

    subject subjects[] = {
        {.name = "library, batches of 96 turns", .run = run_batches, .object = analyzer, .share = 1},
        {.name = "library, one turn a call", .run = run_calls, .object = analyzer, .share = 1},
        {.name = "library, ten times the rules", .run = run_batches, .object = many_analyzer, .share = 1},
        {.name = "plain oracle", .run = run_oracle, .object = plain, .share = 40},
        {.name = "Hyperscan literals, turn by turn", .run = run_hyperscan, .object = literals, .more = scratch, .share = 1},
        {.name = "Hyperscan literals, all at once", .run = run_hyperscan_whole, .object = literals, .more = scratch, .share = 1},
        {.name = "the same of 8 bytes or more, by turn", .run = run_hyperscan, .object = long_literals, .more = scratch, .share = 1},
    };
    const size_t subject_count = sizeof subjects / sizeof *subjects;
    measure(subjects, subject_count, &texts);

    printf("%zu turns, %zu bytes; %u phrases, %u forms; one thread, best of %d rounds\n\n", texts.turn_count, texts.length,
           info.phrase_count, info.form_count, ROUNDS);
    printf("%-36s %10s %12s %16s\n", "", "MB/s", "library is", "found per MB");
    for (size_t i = 0; i < subject_count; i++)
        printf("%-36s %10.2f %11.2fx %16.0f\n", subjects[i].name, subjects[i].best / 1e6, subjects[0].best / subjects[i].best,
               subjects[i].found);
    printf("\nallocations in a warm pass over the corpus: %zu\n", warm_allocations(pack, &texts));
    return 0;
}
