/* Memory that runs out: at the n-th allocation, for every n, in every public call that allocates. The call says so, nothing
 * leaks, and the objects that were there before go on working. And: a warm call allocates nothing.
 *
 * The arena of a compilation takes large blocks, so that it would fail in few places; here its blocks are tiny. (This file's
 * arena stands in for the library's.) */
#define BLOCK_BYTES 64u
#include "compile/arena.c"

#include "support/exercise.h"
#include "support/failing_allocator.h"
#include "support/heard.h"
#include "support/wide.h"

static const char *const texts[] = {EVERYTHING_TURNS};
static const uint8_t roles[] = {CARE_ROLE_AGENT, CARE_ROLE_CUSTOMER, CARE_ROLE_AGENT, CARE_ROLE_CUSTOMER, CARE_ROLE_BOT, CARE_ROLE_AGENT};
#define TURNS (sizeof texts / sizeof *texts)
#define FOUND 11u /* findings in them */

static care_turn turns[TURNS];
static care_pack *pack;

static void make_turns(void) {
    pack = heard_compile(EVERYTHING);
    for (size_t i = 0; i < TURNS; i++) turns[i] = (care_turn){.text = texts[i], .length = strlen(texts[i]), .role = roles[i]};
}

static void free_pack(void) {
    care_pack_unref(pack);
}

TestSuite(memory, .init = make_turns, .fini = free_pack);

/* What is being tried: makes what it needs with `allocator`, returns a status, leaves nothing behind. */
typedef care_status attempt(const care_allocator *allocator);

/* Fails the n-th request for every n (every `step`-th from the 200th on), once alone and once with all behind it. */
static void sweep(attempt *try, size_t step) {
    for (int ever_after = 0; ever_after < 2; ever_after++) {
        care_status status = CARE_E_MEMORY;
        for (size_t n = 1; status != CARE_OK; n += n < 200 ? 1 : step) {
            failing_allocator memory = {.fail_at = n, .fail_ever_after = ever_after};
            care_allocator allocator = failing_allocator_use(&memory);
            status = try(&allocator);
            cr_assert_eq(memory.live_bytes, 0, "request %zu: %zu bytes leaked", n, memory.live_bytes);
            cr_assert_eq(memory.wrong_sizes, 0, "request %zu", n);
            cr_assert(memory.failures ? status == CARE_E_MEMORY : status == CARE_OK, "request %zu: %s", n, care_status_name(status));
        }
    }
}

static care_status try_load(const care_allocator *allocator) {
    size_t length;
    const void *bytes = care_pack_bytes(pack, &length);
    care_pack *loaded = NULL, *mapped = NULL;
    care_error error = {.size = sizeof error};
    care_status status = care_pack_load(&loaded, bytes, length, allocator, &error);
    cr_assert(status == error.status && (status == CARE_OK) == (loaded != NULL));
    if (status == CARE_OK) status = care_pack_map(&mapped, bytes, length, allocator, NULL);
    care_pack_unref(loaded);
    care_pack_unref(mapped);
    return status;
}

Test(memory, load) {
    sweep(try_load, 1);
}

static care_status try_compile(const care_allocator *allocator) {
    care_source source = {"test.care", EVERYTHING, sizeof EVERYTHING - 1};
    care_pack *made = NULL;
    care_problems *problems = NULL;
    care_error error = {.size = sizeof error};
    care_status status = care_pack_compile(&made, &source, 1, NULL, allocator, &problems, &error);
    cr_assert((status == CARE_OK) == (made != NULL));
    if (status != CARE_OK) cr_assert_eq(status, error.status);
    care_problems_free(problems);
    if (made) {
        size_t ours, theirs;
        const void *bytes = care_pack_bytes(made, &ours), *wanted = care_pack_bytes(pack, &theirs);
        cr_assert(ours == theirs && memcmp(bytes, wanted, ours) == 0, "the arena's blocks do not show in the pack");
    }
    care_pack_unref(made);
    return status;
}

Test(memory, compile) {
    sweep(try_compile, 1);
}

/* Text with mistakes of many kinds: the problems too take memory. */
static care_status try_mistakes(const care_allocator *allocator) {
    static const char text[] =
        "pack bad 1\nlist a <b>\nlist b <a>\nlist a x\nextend list q x\nsignal s.a by anyone\n say 80 <a> needs nobody\n say 80 -3-\n"
        " say 50 word needs s.z in turn\n say 40 too needs later.a in turn\n yes nothing\n drop nowhere\nsignal s.a\n say 10 x\nsignal "
        "later.a\n say 80 y\n"
        "off s.q\nreweigh s.a/9 10\nretract @none\nstemmer klingon\ncontraction x = a b c\nconversation c.d\n opens agent s.a\n met agent "
        "q.*\n";
    care_source source = {"bad.care", text, sizeof text - 1};
    care_pack *made = NULL;
    care_problems *problems = NULL;
    care_status status = care_pack_compile(&made, &source, 1, NULL, allocator, &problems, NULL);
    cr_assert_null(made);
    if (status == CARE_E_SYNTAX) cr_assert_gt(care_problems_count(problems), 10);
    care_problems_free(problems);
    return status == CARE_E_SYNTAX ? CARE_OK : status;
}

Test(memory, mistakes) {
    sweep(try_mistakes, 1);
}

static care_status try_compose(const care_allocator *allocator) {
    static const char layer[] =
        "pack top 1\nextend list crew pilot\nextend signal a.sorry\n say 70 @new my fault\noff b.other\nreweigh a.sorry/me 50\n";
    care_source source = {"top.care", layer, sizeof layer - 1};
    care_pack *top = NULL, *joined = NULL;
    care_status status = care_pack_compile(&top, &source, 1, pack, NULL, NULL, NULL);
    cr_assert_eq(status, CARE_OK);
    status = care_pack_compose(&joined, pack, top, allocator, NULL, NULL);
    care_pack_unref(joined);
    care_pack_unref(top);
    return status;
}

Test(memory, compose) {
    sweep(try_compose, 1);
}

/* A turn whose analysis ran out of memory gives, tried again, what it always gives. */
static care_status try_analyze(const care_allocator *allocator) {
    care_analyzer *analyzer = NULL;
    care_error error = {.size = sizeof error};
    failing_allocator *memory = allocator->context;
    care_status status = care_analyzer_new(&analyzer, pack, allocator, &error);
    cr_assert(status == error.status && (status == CARE_OK) == (analyzer != NULL));
    if (status != CARE_OK) return status;
    care_analyzer_set(analyzer, CARE_OPTION_SUPPRESSED, 1);
    care_analyzer_set(analyzer, CARE_OPTION_EVIDENCE, 1);
    care_result result = {.size = sizeof result};
    static const uint16_t wide[] = {'i', 0x2019, 'm', ' ', 's', 'o', 'r', 'r', 'y'};
    status = care_analyze(analyzer, turns, TURNS, &result, &error);
    if (status == CARE_OK) status = wide_analyze(analyzer, wide, 9, CARE_ROLE_AGENT, 0, NULL, 0, &result, &error);
    if (status != CARE_OK) {
        cr_assert(status == error.status && result.finding_count == 0 && result.turn_count == 0);
        memory->fail_at = 0;
        cr_assert_eq(care_analyze(analyzer, turns, TURNS, &result, NULL), CARE_OK);
        cr_assert_eq(result.finding_count, FOUND, "%zu", result.finding_count);
        exercise_result(pack, turns, &result, false);
    }
    care_analyzer_free(analyzer);
    return status;
}

Test(memory, analyze) {
    sweep(try_analyze, 1);
}

static care_status try_conversation(const care_allocator *allocator) {
    care_analyzer *analyzer = NULL;
    care_conversation *conversation = NULL;
    failing_allocator *memory = allocator->context;
    care_result result = {.size = sizeof result};
    size_t found = 0;
    care_status status = care_analyzer_new(&analyzer, pack, allocator, NULL), failed;
    if (status == CARE_OK) status = care_conversation_new(&conversation, pack, allocator, NULL);
    failed = status;
    for (size_t i = 0; i < TURNS && conversation; i++) {
        status = care_conversation_feed(conversation, analyzer, turns + i, &result, NULL);
        if (status != CARE_OK) {
            failed = status;
            memory->fail_at = 0;
            status = care_conversation_feed(conversation, analyzer, turns + i, &result, NULL); /* the turn was not taken */
        }
        cr_assert_eq(status, CARE_OK);
        found += result.finding_count;
    }
    if (conversation) cr_assert_eq(found, FOUND, "%zu", found);
    care_conversation_free(conversation);
    care_analyzer_free(analyzer);
    return failed;
}

Test(memory, conversation) {
    sweep(try_conversation, 1);
}

static care_status try_questions(const care_allocator *allocator) {
    care_analyzer *analyzer = NULL;
    int32_t yes = 0;
    care_status status = care_analyzer_new(&analyzer, pack, allocator, NULL);
    if (status == CARE_OK) status = care_has_apology(analyzer, "I am sorry.", 11, &yes);
    if (status == CARE_OK) status = care_has_excuse(analyzer, texts[0], strlen(texts[0]), &yes);
    if (status == CARE_OK) status = care_is_tepid(analyzer, "Fine.", 5, texts[2], strlen(texts[2]), &yes);
    if (status == CARE_OK) cr_assert_eq(yes, 1);
    care_analyzer_free(analyzer);
    return status;
}

Test(memory, questions) {
    sweep(try_questions, 1);
}

/* ---- Warm calls ---- */

Test(memory, a_warm_call_allocates_nothing) {
    failing_allocator memory = {0};
    care_allocator allocator = failing_allocator_use(&memory);
    care_analyzer *analyzer = NULL;
    care_conversation *conversation = NULL;
    care_result result = {.size = sizeof result};
    static const uint16_t wide[] = {'i', 0x2019, 'm', ' ', 's', 'o', 'r', 'r', 'y'};
    int32_t yes;
    size_t cold = 0;
    cr_assert_eq(care_analyzer_new(&analyzer, pack, &allocator, NULL), CARE_OK);
    cr_assert_eq(care_conversation_new(&conversation, pack, &allocator, NULL), CARE_OK);
    care_analyzer_set(analyzer, CARE_OPTION_SUPPRESSED, 1);
    care_analyzer_set(analyzer, CARE_OPTION_EVIDENCE, 1);
    for (int round = 0; round < 3; round++) {
        if (round == 1) cold = memory.requests;
        cr_assert_eq(care_analyze(analyzer, turns, TURNS, &result, NULL), CARE_OK);
        cr_assert_eq(wide_analyze(analyzer, wide, 9, CARE_ROLE_AGENT, 0, wide, 9, &result, NULL), CARE_OK);
        cr_assert_eq(care_conversation_feed(conversation, analyzer, turns, &result, NULL), CARE_OK);
        cr_assert_eq(care_conversation_preview(conversation, analyzer, turns, &result, NULL), CARE_OK);
        cr_assert_eq(care_has_apology(analyzer, texts[0], strlen(texts[0]), &yes), CARE_OK);
        cr_assert_eq(care_is_tepid(analyzer, texts[1], strlen(texts[1]), texts[0], strlen(texts[0]), &yes), CARE_OK);
    }
    cr_assert_eq(memory.requests, cold, "%zu allocations in warm calls", memory.requests - cold);
    size_t full = memory.live_bytes;
    care_analyzer_trim(analyzer);
    cr_assert_lt(memory.live_bytes, full);
    cr_assert_eq(care_analyze(analyzer, turns, TURNS, &result, NULL), CARE_OK);
    cr_assert_eq(result.finding_count, FOUND);
    care_conversation_free(conversation);
    care_analyzer_free(analyzer);
    cr_assert_eq(memory.live_bytes, 0);
    cr_assert_eq(memory.wrong_sizes, 0);
}

/* Reading a pack's numbers and names never allocates; a mapped pack is its handle only. */
Test(memory, a_mapped_pack_is_small) {
    failing_allocator memory = {0};
    care_allocator allocator = failing_allocator_use(&memory);
    size_t length;
    const void *bytes = care_pack_bytes(pack, &length);
    care_pack *mapped = NULL;
    cr_assert_eq(care_pack_map(&mapped, bytes, length, &allocator, NULL), CARE_OK);
    exercise_questions(mapped);
    cr_assert(memory.requests == 1 && memory.live_bytes < 1024);
    care_pack_unref(mapped);
    cr_assert_eq(memory.live_bytes, 0);
}
