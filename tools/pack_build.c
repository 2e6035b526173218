/* pack_build.c - `care pack check` and `care pack compile`: pack text in, its problems or its bytes out. */
#define _POSIX_C_SOURCE 200809L
#include "pack_command.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static care_pack *build(pack_request *self, int first, problem_report *report) {
    for (int i = first; i < self->count; i++) pack_choice_add(&self->shared.packs, self->names[i]);
    return pack_choice_open(&self->shared.packs, report);
}

static void write_count(size_t count, const char *what) {
    printf("%zu %s%s", count, what, count == 1 ? "" : "s");
}

int pack_check(pack_request *self) {
    if (self->count == 0) return tool_misuse(self->shared.command, "no file");
    problem_report report = {.on_output = true};
    care_pack *pack = build(self, 0, &report);
    care_pack_info info = {.size = sizeof info};
    if (pack != NULL && care_pack_get_info(pack, &info) == CARE_OK)
        printf("ok: %s %s: %u layer%s, %u signals, %u rules, %u phrases, %u forms, %u contexts; fingerprint %016" PRIx64 "\n", info.name,
               info.version, info.layer_count, info.layer_count == 1 ? "" : "s", info.signal_count, info.rule_count, info.phrase_count,
               info.form_count, info.context_count, info.fingerprint);
    if (pack != NULL || report.errors > 0) { /* otherwise nothing was compiled: why, is told */
        write_count(report.errors, "error");
        fputs(", ", stdout);
        write_count(report.notes, "note");
        putchar('\n');
    }
    care_pack_unref(pack);
    return pack != NULL ? TOOL_DONE : TOOL_UNREADABLE;
}

/* Writes beside the file and puts it in place at the end, so that a reader never sees half a pack. */
static int write_file(const char *name, const void *bytes, size_t length) {
    buffer beside = {0};
    buffer_print(&beside, "%s.new", name);
    FILE *file = fopen(beside.bytes, "wb");
    bool good = file != NULL && fwrite(bytes, 1, length, file) == length;
    int reason = errno;
    if (file != NULL && fclose(file) != 0 && good) {
        good = false;
        reason = errno;
    }
    if (good && rename(beside.bytes, name) != 0) {
        good = false;
        reason = errno;
    }
    if (!good) {
        tool_say("%s: %s", name, strerror(reason));
        if (file != NULL) remove(beside.bytes);
    }
    buffer_free(&beside);
    return good ? TOOL_DONE : TOOL_UNWRITABLE;
}

static bool ends_with(const char *name, const char *ending) {
    size_t length = strlen(name), size = strlen(ending);
    return length >= size && strcmp(name + length - size, ending) == 0;
}

int pack_compile(pack_request *self) {
    if (self->count < 2) return tool_misuse(self->shared.command, "OUT and at least one FILE are needed");
    const char *out = self->names[0];
    if (ends_with(out, ".care")) return tool_misuse(self->shared.command, "OUT comes first, and '%s' looks like pack text", out);
    problem_report report = {0};
    care_pack *pack = build(self, 1, &report);
    if (pack == NULL) {
        if (report.errors > 0) tool_say("%zu error%s; %s is not written", report.errors, report.errors == 1 ? "" : "s", out);
        return TOOL_UNREADABLE;
    }
    size_t length = 0;
    const void *bytes = care_pack_bytes(pack, &length);
    int code = TOOL_DONE;
    if (strcmp(out, "-") == 0)
        fwrite(bytes, 1, length, stdout);
    else
        code = write_file(out, bytes, length);
    care_pack_unref(pack);
    return code;
}
