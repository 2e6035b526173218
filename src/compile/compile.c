/* compile.c - pack text to a pack: the public calls, and the steps in their order. */
#include "examples.h"
#include "parse.h"
#include "resolve.h"
#include "spelling.h"
#include "write.h"

#include "../pack.h"
#include <care/compile.h>

#include <string.h>

/* The sources of all layers, in order. */
typedef struct layers {
    care_source *files;
    uint32_t *file_layers;
    uint32_t file_count, layer_count;
} layers;

static bool layers_make(arena *memory, const care_pack *base, const care_source *sources, size_t count, layers *out) {
    uint32_t base_files = base ? base->source_count : 0;
    out->files = arena_take(memory, (base_files + count + 1) * sizeof *out->files);
    out->file_layers = arena_take(memory, (base_files + count + 1) * sizeof *out->file_layers);
    if (!out->files || !out->file_layers) return false;
    for (uint32_t i = 0; i < base_files; i++) {
        const pack_source *from = base->sources + i;
        care_source file = {base->strings + from->name, base->strings + from->text, from->length};
        out->files[i] = file;
        out->file_layers[i] = from->layer;
    }
    uint32_t top = base ? base->layer_count : 0;
    for (size_t i = 0; i < count; i++) {
        out->files[base_files + i] = sources[i];
        out->file_layers[base_files + i] = top;
    }
    out->file_count = base_files + (uint32_t)count;
    out->layer_count = top + 1;
    return true;
}

static void parse_all(program *self) {
    statement **tail = &self->statements;
    for (uint32_t i = 0; i < self->file_count; i++) {
        if (self->files[i].length > UINT32_MAX / 8) {
            place start = {i, 1, 1};
            problems_add(self->problems, start, CARE_SEVERITY_ERROR, CARE_E_LIMIT, "a file of a pack has at most 512 MB");
            continue;
        }
        tail = parse_source(self->arena, self->problems, i, tail);
    }
}

/* Every layer says its name and version first. */
static void check_names(program *self) {
    for (uint32_t layer = 0; layer < self->layer_count; layer++) {
        if (self->layer_names[layer].length) continue;
        place start = {0, 1, 1};
        while (start.file + 1 < self->file_count && self->file_layers[start.file] != layer) start.file++;
        COMPLAIN(self, start, "a pack begins with its name and version: pack my-pack 1");
    }
}

static care_status status_of(const arena *memory, const care_problems *problems) {
    if (memory->out_of_memory || problems->out_of_memory) return CARE_E_MEMORY;
    for (size_t i = 0; i < problems->count; i++)
        if (problems->items[i].severity == CARE_SEVERITY_ERROR) return problems->items[i].status;
    return CARE_OK;
}

static care_status compile_layers(care_pack **out, arena *memory, care_problems *problems, const layers *from) {
    program *self = arena_take(memory, sizeof *self);
    if (!self) return CARE_E_MEMORY;
    self->arena = memory;
    self->problems = problems;
    self->files = from->files;
    self->file_count = from->file_count;
    self->file_layers = from->file_layers;
    self->layer_count = from->layer_count;
    self->layer_names = arena_take(memory, from->layer_count * sizeof *self->layer_names);
    self->layer_versions = arena_take(memory, from->layer_count * sizeof *self->layer_versions);
    if (!self->layer_names || !self->layer_versions) return CARE_E_MEMORY;
    interner *tables[] = {&self->form_texts, &self->lemmas, &self->listed, &self->wholes, &self->classes, &self->word_keys,
                          &self->lists.names, &self->slots.names, &self->concept_names, &self->families};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) tables[i]->arena = memory;

    parse_all(self);
    if (memory->out_of_memory) return CARE_E_MEMORY;
    resolve_program(self);
    if (memory->out_of_memory) return CARE_E_MEMORY;
    check_names(self);
    if (!spelling_prepare(self)) return CARE_E_MEMORY;
    uint64_t length = 0;
    unsigned char *bytes = write_block(self, &length);
    if (!bytes) {
        care_status status = status_of(memory, problems);
        return status == CARE_OK ? CARE_E_MEMORY : status;
    }
    resolve_note_unused(self);
    care_error error = {.size = sizeof error};
    care_status status = care_pack_load(out, bytes, (size_t)length, &memory->allocator, &error);
    if (status != CARE_OK) return status;
    status = examples_run(self, *out);
    return status == CARE_OK ? status_of(memory, problems) : status;
}

care_status care_pack_compile(care_pack **out, const care_source *sources, size_t count, const care_pack *base, const care_allocator *given,
                              care_problems **problems_out, care_error *error) {
    if (!out) return CARE_E_ARGUMENT;
    *out = NULL;
    if (problems_out) *problems_out = NULL;
    if (!sources || !count) return error_set(error, CARE_E_ARGUMENT, 0, 0, "there is no source to compile");
    for (size_t i = 0; i < count; i++)
        if (!sources[i].file || (!sources[i].text && sources[i].length))
            return error_set(error, CARE_E_ARGUMENT, 0, 0, "a source has no file name or no text");
    if (count > UINT16_MAX) return error_set(error, CARE_E_LIMIT, 0, 0, "a pack has at most 65,535 files");
    arena memory = {.allocator = memory_choose(given)};
    care_problems *problems = problems_new(given);
    layers from;
    care_status status = CARE_E_MEMORY;
    if (problems && layers_make(&memory, base, sources, count, &from)) {
        problems->files = from.files;
        problems->first_noted = from.file_count - (uint32_t)count;
        status = compile_layers(out, &memory, problems, &from);
        problems_sort(problems);
    }
    if (status != CARE_OK) {
        care_pack_unref(*out);
        *out = NULL;
        error_set(error, status, 0, 0, care_status_message(status));
        if (problems && status != CARE_E_MEMORY && error) problems_first(problems, error);
    }
    if (problems) problems->files = NULL;
    arena_free(&memory);
    if (problems_out)
        *problems_out = problems;
    else
        care_problems_free(problems);
    return status;
}

care_status care_pack_compose(care_pack **out, const care_pack *base, const care_pack *overlay, const care_allocator *allocator,
                              care_problems **problems, care_error *error) {
    if (!out) return CARE_E_ARGUMENT;
    *out = NULL;
    if (problems) *problems = NULL;
    if (!base || !overlay) return error_set(error, CARE_E_ARGUMENT, 0, 0, "composing needs a base and an overlay");
    arena memory = {.allocator = memory_choose(allocator)};
    care_source *files = arena_take(&memory, (overlay->source_count + 1u) * sizeof *files);
    if (!files) return error_set(error, CARE_E_MEMORY, 0, 0, care_status_message(CARE_E_MEMORY));
    uint32_t count = 0;
    for (uint32_t i = 0; i < overlay->source_count; i++) {
        const pack_source *from = overlay->sources + i;
        if (from->layer != overlay->layer_count - 1) continue;
        care_source file = {overlay->strings + from->name, overlay->strings + from->text, from->length};
        files[count++] = file;
    }
    care_status status = care_pack_compile(out, files, count, base, allocator, problems, error);
    arena_free(&memory);
    return status;
}
