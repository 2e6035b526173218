/* throughput.c - how many bytes a second one thread analyses.
 *
 *     care_bench FILE ...      the files' lines are the turns, eight to a conversation; best of some runs */
#define _POSIX_C_SOURCE 199309L
#include <care/care.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUNS 20
#define TURNS_OF_A_CONVERSATION 8

typedef struct workload {
    char *text; /* all files, one after the other */
    size_t length, room;
    care_turn *turns;
    size_t turn_count;
} workload;

static bool read_text(workload *self, const char *name) {
    FILE *file = fopen(name, "rb");
    if (!file) return false;
    size_t got;
    do {
        if (self->room - self->length < 65536) {
            self->room = self->room * 2 + 65536;
            char *grown = realloc(self->text, self->room);
            if (!grown) break;
            self->text = grown;
        }
        got = fread(self->text + self->length, 1, 65536, file);
        self->length += got;
    } while (got);
    bool good = !ferror(file) && feof(file);
    fclose(file);
    return good;
}

static bool split_turns(workload *self) {
    size_t lines = 1;
    for (size_t i = 0; i < self->length; i++) lines += self->text[i] == '\n';
    self->turns = calloc(lines, sizeof *self->turns);
    if (!self->turns) return false;
    for (size_t begin = 0; begin < self->length;) {
        const char *end = memchr(self->text + begin, '\n', self->length - begin);
        size_t length = end ? (size_t)(end - self->text) - begin : self->length - begin;
        care_turn *turn = &self->turns[self->turn_count];
        turn->text = self->text + begin;
        turn->length = length;
        turn->conversation = (uint32_t)(self->turn_count / TURNS_OF_A_CONVERSATION);
        turn->role = self->turn_count % 2 ? CARE_ROLE_AGENT : CARE_ROLE_CUSTOMER;
        self->turn_count++;
        begin += length + 1;
    }
    return true;
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

int main(int count, char **arguments) {
    workload work = {0};
    bool good = count > 1;
    for (int i = 1; good && i < count; i++) good = read_text(&work, arguments[i]);
    good = good && split_turns(&work);
    if (!good) fprintf(stderr, "usage: care_bench FILE ...\n");

    double start = seconds(), best = 1e9;
    care_pack *pack = NULL;
    care_analyzer *analyzer = NULL;
    care_result result = {.size = sizeof result};
    good = good && !care_pack_english(&pack, NULL) && !care_analyzer_new(&analyzer, pack, NULL, NULL);
    double ready = seconds() - start;
    for (int run = 0; good && run < RUNS; run++) {
        start = seconds();
        good = !care_analyze(analyzer, work.turns, work.turn_count, &result, NULL);
        double taken = seconds() - start;
        if (taken < best) best = taken;
    }
    if (good && work.turn_count)
        printf("%zu turns, %zu bytes, %zu findings: %.1f MB/s, %.0f ns a turn; pack and analyzer ready in %.2f ms\n", work.turn_count, work.length,
               result.finding_count, (double)work.length / best * 1e-6, best * 1e9 / (double)work.turn_count, ready * 1e3);
    care_analyzer_free(analyzer);
    care_pack_unref(pack);
    free(work.turns);
    free(work.text);
    return good ? 0 : 1;
}
