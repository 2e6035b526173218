/* threads.c - one pack, many threads: each must find just what a single thread finds. A plain program, for ThreadSanitizer.
 *
 *     threads_test FILE ...      the files' lines are the turns */
#include <care/compile.h>

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 4
#define ROUNDS 3
#define MAX_TURNS 2000

/* What all threads share, read only. */
typedef struct workload {
    care_pack *pack;
    care_turn turns[MAX_TURNS];
    size_t turn_count;
    uint64_t expected;
} workload;

typedef struct worker {
    const workload *workload;
    pthread_t thread;
    bool failed;
} worker;

static const char small_pack[] = "pack small 1\n"
                                 "word ping: pings pinged\n"
                                 "family test  by anyone  counts neither\n"
                                 "signal test.ping  \"somebody pings\"\n"
                                 "    say 80  ping (it | them)\n"
                                 "    yes  I pinged them.\n";

static uint64_t mix(uint64_t digest, uint64_t value) {
    return (digest ^ value) * 0x100000001b3u;
}

static uint64_t digest_result(uint64_t digest, const care_result *result) {
    for (size_t i = 0; i < result->finding_count; i++) {
        const care_finding *finding = &result->findings[i];
        digest = mix(mix(mix(digest, finding->begin), finding->end), finding->turn);
        digest = mix(mix(mix(digest, finding->rule), finding->signal), finding->confidence);
    }
    return mix(digest, result->finding_count);
}

/* All turns as one batch, then each fed to a conversation; false on an error. */
static bool analyze_all(const workload *self, uint64_t *digest) {
    care_pack *pack = care_pack_ref(self->pack);
    care_analyzer *analyzer = NULL;
    care_conversation *conversation = NULL;
    care_result result = {.size = sizeof result};
    bool good = !care_analyzer_new(&analyzer, pack, NULL, NULL) && !care_conversation_new(&conversation, pack, NULL, NULL);
    care_pack_unref(pack);
    good = good && !care_analyze(analyzer, self->turns, self->turn_count, &result, NULL);
    if (good) *digest = digest_result(0xcbf29ce484222325u, &result);
    for (size_t i = 0; good && i < self->turn_count; i++) {
        good = !care_conversation_feed(conversation, analyzer, &self->turns[i], &result, NULL);
        if (good) *digest = digest_result(*digest, &result);
    }
    care_conversation_free(conversation);
    care_analyzer_free(analyzer);
    return good;
}

static void *work(void *argument) {
    worker *self = argument;
    const care_source source = {"small.care", small_pack, sizeof small_pack - 1};
    for (int round = 0; round < ROUNDS && !self->failed; round++) {
        uint64_t digest = 0;
        care_pack *layered = NULL;
        self->failed = !analyze_all(self->workload, &digest) || digest != self->workload->expected ||
                       care_pack_compile(&layered, &source, 1, NULL, NULL, NULL, NULL);
        care_pack_unref(layered);
    }
    return NULL;
}

/* Appends the file's lines. False if it cannot be read. */
static bool read_turns(workload *self, const char *name) {
    FILE *file = fopen(name, "r");
    if (!file) return false;
    char line[4096];
    while (self->turn_count < MAX_TURNS && fgets(line, sizeof line, file)) {
        size_t length = strlen(line);
        char *text = malloc(length + 1);
        if (!text) break;
        memcpy(text, line, length + 1);
        care_turn *turn = &self->turns[self->turn_count];
        turn->text = text;
        turn->length = length;
        turn->conversation = (uint32_t)(self->turn_count / 8);
        turn->role = self->turn_count % 2 ? CARE_ROLE_AGENT : CARE_ROLE_CUSTOMER;
        turn->channel = CARE_CHANNEL_CHAT;
        self->turn_count++;
    }
    fclose(file);
    return true;
}

int main(int count, char **arguments) {
    static workload shared;
    static worker workers[THREADS];
    bool good = !care_pack_english(&shared.pack, NULL);
    for (int i = 1; good && i < count; i++) good = read_turns(&shared, arguments[i]);
    good = good && shared.turn_count && analyze_all(&shared, &shared.expected);
    if (!good) fprintf(stderr, "one thread alone failed\n");

    int started = 0;
    while (good && started < THREADS) {
        workers[started].workload = &shared;
        good = !pthread_create(&workers[started].thread, NULL, work, &workers[started]);
        if (good) started++;
    }
    for (int i = 0; i < started; i++) {
        pthread_join(workers[i].thread, NULL);
        if (workers[i].failed) fprintf(stderr, "thread %d differs or failed\n", i);
        good = good && !workers[i].failed;
    }
    printf("%zu turns, %d threads, digest %016llx\n", shared.turn_count, started, (unsigned long long)shared.expected);
    care_pack_unref(shared.pack);
    for (size_t i = 0; i < shared.turn_count; i++) free((char *)(uintptr_t)shared.turns[i].text);
    return good ? 0 : 1;
}
