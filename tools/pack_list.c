/* pack_list.c - `care pack list`: the signals that a pack listens for, as a table or as JSON. */
#include "pack_catalogue.h"

#include <stdio.h>
#include <string.h>

/* How wide the columns of the table must be. */
typedef struct columns {
    size_t id, roles, pillar;
} columns;

static columns measure(const catalogue *self) {
    columns wide = {.id = 6, .roles = 2, .pillar = 6};
    for (uint32_t i = 0; i < self->info.signal_count; i++) {
        care_signal_info signal = catalogue_signal(self, i);
        buffer roles = {0};
        catalogue_name_roles(signal.roles, &roles);
        if (strlen(signal.id) > wide.id) wide.id = strlen(signal.id);
        if (roles.length > wide.roles) wide.roles = roles.length;
        if (strlen(signal.pillar) > wide.pillar) wide.pillar = strlen(signal.pillar);
        buffer_free(&roles);
    }
    return wide;
}

static void write_row(const catalogue *self, uint32_t index, columns wide) {
    care_signal_info signal = catalogue_signal(self, index);
    buffer roles = {0};
    catalogue_name_roles(signal.roles, &roles);
    terminal_style(&self->screen, terminal_polarity(signal.polarity));
    fputs(signal.id, stdout);
    terminal_style(&self->screen, STYLE_PLAIN);
    printf("%-*s  %-*s  %-7s  %-*s  %5u  ", (int)(wide.id - strlen(signal.id)) + 1, (signal.flags & CARE_SIGNAL_DRAFT) != 0 ? "*" : "",
           (int)wide.roles, roles.length > 0 ? roles.bytes : "", catalogue_polarity(signal.polarity), (int)wide.pillar, signal.pillar,
           self->rule_counts[index]);
    size_t column = wide.id + wide.roles + wide.pillar + 23;
    terminal_paragraph(&self->screen, STYLE_PLAIN, column, column, signal.meaning, strlen(signal.meaning));
    buffer_free(&roles);
}

/* A paragraph of names, if there are any, which are then forgotten. */
static void write_names(const catalogue *self, const char *what, const char *shown_by, buffer *names) {
    if (names->length > 0) {
        int column = printf("%s ('care pack show %s' prints one): ", what, shown_by);
        terminal_paragraph(&self->screen, STYLE_PLAIN, column > 0 ? (size_t)column : 0, 2, names->bytes, names->length);
    }
    names->length = 0;
}

static void write_table(const catalogue *self) {
    columns wide = measure(self);
    uint32_t drafts = 0;
    terminal_style(&self->screen, STYLE_STRONG);
    printf("%-*s   %-*s  %-7s  %-*s  %5s  %s\n", (int)wide.id, "signal", (int)wide.roles, "by", "counts", (int)wide.pillar, "pillar",
           "rules", "meaning");
    terminal_style(&self->screen, STYLE_PLAIN);
    for (uint32_t i = 0; i < self->info.signal_count; i++) {
        write_row(self, i, wide);
        drafts += (catalogue_signal(self, i).flags & CARE_SIGNAL_DRAFT) != 0;
    }
    printf("\n%s %s: %u signals", self->info.name, self->info.version, self->info.signal_count);
    if (drafts > 0) printf(", %u of them drafts (*)", drafts);
    printf(", %u rules\n", self->info.rule_count);
    buffer names = {0};
    catalogue_name_contexts(self, UINT32_MAX, &names);
    write_names(self, "contexts", "NAME", &names);
    catalogue_name_statements(self, "cue", &names);
    write_names(self, "cues", "cue.NAME", &names);
    catalogue_name_statements(self, "list", &names);
    write_names(self, "lists", "NAME", &names);
    catalogue_name_statements(self, "slot", &names);
    write_names(self, "slots", "NAME", &names);
    buffer_free(&names);
}

int pack_list(pack_request *request) {
    if (request->count > 0)
        return tool_misuse(request->shared.command, "one argument too many: '%s' (a pack is named by --pack)", request->names[0]);
    catalogue self;
    bool good = catalogue_open(&self, request);
    if (good && request->shared.format == FORMAT_HUMAN)
        write_table(&self);
    else if (good) {
        for (uint32_t i = 0; i < self.info.signal_count; i++) {
            catalogue_separate(&self, i == 0);
            catalogue_write_signal(&self, i);
            putchar('}');
        }
        catalogue_close_array(&self, self.info.signal_count > 0);
    }
    catalogue_close(&self);
    return good ? TOOL_DONE : TOOL_UNREADABLE;
}
