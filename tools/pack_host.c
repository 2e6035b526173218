/* pack_host.c - compiles pack text into a C file, while libcare is being built; not installed.
 *
 *     care_pack_host OUTPUT.c FILE.care ...
 *
 * The files are compiled in the order given and bear the names given, so relative names make the same bytes on every
 * machine. Problems go to the standard error, each as file:line:column; after an error there is no output file. */
#include <care/compile.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* The whole file in memory, or NULL. */
static char *read_file(const char *name, uint64_t *length) {
    FILE *file = fopen(name, "rb");
    if (!file) return NULL;
    char *text = NULL;
    if (!fseek(file, 0, SEEK_END)) {
        long size = ftell(file);
        if (size >= 0 && !fseek(file, 0, SEEK_SET)) text = malloc((size_t)size + 1);
        if (text && fread(text, 1, (size_t)size, file) == (size_t)size) {
            *length = (uint64_t)size;
        } else {
            free(text);
            text = NULL;
        }
    }
    fclose(file);
    return text;
}

static void print_problems(const care_problems *problems) {
    for (size_t i = 0; i < care_problems_count(problems); i++) {
        care_problem problem = {.size = sizeof problem};
        if (care_problems_get(problems, i, &problem)) continue;
        const char *severity = problem.severity == CARE_SEVERITY_NOTE ? "note" : "error";
        fprintf(stderr, "%s:%u:%u: %s: %s\n", problem.file, problem.line, problem.column, severity, problem.message);
    }
}

/* False if the file could not be written in full. */
static bool write_bytes(const char *name, const unsigned char *bytes, size_t length) {
    FILE *file = fopen(name, "w");
    if (!file) return false;
    /* As one long string, which compilers read many times faster than a list of numbers. */
    fputs("#include \"pack.h\"\n\n#ifdef __GNUC__\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#endif\n\n"
          "_Alignas(8) const unsigned char care_english_bytes[] =",
          file);
    for (size_t i = 0; i < length; i++)
        fprintf(file, "%s\\%o%s", i % 32 ? "" : "\n\"", bytes[i], i % 32 == 31 || i == length - 1 ? "\"" : "");
    fprintf(file, ";\nconst size_t care_english_length = %zu;\n", length);
    bool failed = ferror(file);
    if (!fclose(file) && !failed) return true;
    remove(name);
    return false;
}

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "usage: care_pack_host OUTPUT.c FILE.care ...\n");
        return 2;
    }
    size_t source_count = (size_t)count - 2;
    care_source *sources = calloc(source_count, sizeof *sources);
    bool ready = sources;
    for (size_t i = 0; ready && i < source_count; i++) {
        sources[i].file = arguments[i + 2];
        sources[i].text = read_file(sources[i].file, &sources[i].length);
        ready = sources[i].text;
        if (!ready) fprintf(stderr, "%s: cannot be read\n", sources[i].file);
    }

    care_pack *pack = NULL;
    care_problems *problems = NULL;
    care_error error = {.size = sizeof error};
    care_status status = CARE_E_ARGUMENT;
    if (ready) {
        status = care_pack_compile(&pack, sources, source_count, NULL, NULL, &problems, &error);
        print_problems(problems);
        if (status && !care_problems_count(problems)) fprintf(stderr, "%s: %s\n", care_status_message(status), error.message);
    }
    if (!status) {
        size_t length;
        const unsigned char *bytes = care_pack_bytes(pack, &length);
        ready = write_bytes(arguments[1], bytes, length);
        if (!ready) fprintf(stderr, "%s: cannot be written\n", arguments[1]);
    }

    care_pack_unref(pack);
    care_problems_free(problems);
    for (size_t i = 0; sources && i < source_count; i++) free((char *)(uintptr_t)sources[i].text);
    free(sources);
    return ready && !status ? 0 : 1;
}
