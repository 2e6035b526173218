/* references.c - a pack whose references are taken and returned by many threads at once: it lives as long as the last of them,
 * and no longer. The threads make and free analyzers and conversations, and compile layers on top of the pack. A plain program,
 * for ThreadSanitizer. */
#include "support/exercise.h"

#include <pthread.h>
#include <stdatomic.h>

#define THREADS 8
#define ROUNDS 40

/* Counts what lives, from any thread. */
static atomic_size_t live_bytes;

static void *counting_resize(void *context, void *pointer, size_t old_size, size_t new_size) {
    (void)context;
    void *block = NULL;
    if (new_size && !(block = realloc(pointer, new_size))) return NULL;
    if (!new_size) free(pointer);
    atomic_fetch_add(&live_bytes, new_size);
    atomic_fetch_sub(&live_bytes, old_size);
    return block;
}

static const care_allocator counting = {NULL, counting_resize};

static void compile_layer(const care_pack *base) {
    static const char text[] = "pack top 1\nextend signal a.sorry\n say 70 @new my fault\n";
    const care_source source = {"top.care", text, sizeof text - 1};
    care_pack *layered = NULL;
    MUST(care_pack_compile(&layered, &source, 1, base, &counting, NULL, NULL) == CARE_OK);
    care_pack_unref(layered);
}

/* The thread owns one reference, which it returns at the end. */
static void *work(void *argument) {
    care_pack *pack = argument;
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < 200; i++) care_pack_unref(care_pack_ref(pack));
        care_analyzer *analyzer = NULL;
        care_conversation *conversation = NULL;
        care_result result = {.size = sizeof result};
        care_turn turn = {.text = "I'm sorry for the driver", .length = 24};
        MUST(care_analyzer_new(&analyzer, pack, &counting, NULL) == CARE_OK &&
             care_conversation_new(&conversation, pack, &counting, NULL) == CARE_OK);
        MUST(care_conversation_feed(conversation, analyzer, &turn, &result, NULL) == CARE_OK && result.finding_count == 1);
        if (round % 8 == 0) {
            exercise_pack(pack);
            compile_layer(pack);
        }
        care_analyzer_free(analyzer);
        care_conversation_free(conversation);
    }
    care_pack_unref(pack);
    return NULL;
}

int main(void) {
    static const char text[] = EVERYTHING;
    const care_source source = {"all.care", text, sizeof text - 1};
    pthread_t threads[THREADS];
    care_pack *pack = NULL;
    MUST(care_pack_compile(&pack, &source, 1, NULL, &counting, NULL, NULL) == CARE_OK);
    for (int i = 0; i < THREADS; i++) MUST(pthread_create(&threads[i], NULL, work, care_pack_ref(pack)) == 0);
    care_pack_unref(pack); /* while they run */
    for (int i = 0; i < THREADS; i++) MUST(pthread_join(threads[i], NULL) == 0);
    MUST(atomic_load(&live_bytes) == 0);
    printf("%d threads, nothing left\n", THREADS);
    return 0;
}
