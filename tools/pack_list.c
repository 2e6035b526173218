/* pack_list.c - `care pack list` and `care pack show`: what a pack listens for, and by which rules. */
#include "pack_command.h"

#include "json_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct catalogue {
    const pack_request *request;
    care_pack *pack;
    care_pack_info info;
    terminal screen;
    uint32_t *rule_counts; /* by signal */
} catalogue;

static bool catalogue_open(catalogue *self, const pack_request *request) {
    problem_report report = {0};
    *self = (catalogue){.request = request, .info = {.size = sizeof self->info}};
    self->pack = pack_choice_open(&request->shared.packs, &report);
    if (self->pack == NULL || care_pack_get_info(self->pack, &self->info) != CARE_OK) return false;
    terminal_open(&self->screen, request->shared.colour, request->shared.width);
    if (!self->screen.screen && request->shared.width == 0) self->screen.width = 10000; /* for grep, a line each */
    self->rule_counts = tool_allocate(self->info.signal_count, sizeof *self->rule_counts);
    for (uint32_t i = 0; i < self->info.rule_count; i++) {
        care_rule_info rule = {.size = sizeof rule};
        if (care_pack_rule(self->pack, i, &rule) == CARE_OK && rule.signal < self->info.signal_count) self->rule_counts[rule.signal]++;
    }
    return true;
}

static void catalogue_close(catalogue *self) {
    free(self->rule_counts);
    care_pack_unref(self->pack);
}

static care_signal_info signal_at(const catalogue *self, uint32_t index) {
    care_signal_info signal = {.size = sizeof signal};
    care_pack_signal(self->pack, index, &signal);
    return signal;
}

static const char *polarity_name(int32_t polarity) {
    return polarity > 0 ? "for" : polarity < 0 ? "against" : "neither";
}

/* "agent, leader"; a bot is left out beside an agent, as whom it is judged, and all roles but the system's are "anyone". */
static void name_roles(uint32_t roles, buffer *out) {
    uint32_t anyone = 0;
    for (int32_t role = 0; role < CARE_ROLE_COUNT; role++)
        if (role != CARE_ROLE_SYSTEM) anyone |= 1u << role;
    if ((roles & anyone) == anyone) {
        buffer_text(out, "anyone");
        return;
    }
    for (int32_t role = 0; role < CARE_ROLE_COUNT; role++) {
        if ((roles >> role & 1) == 0 || (role == CARE_ROLE_BOT && (roles >> CARE_ROLE_AGENT & 1) != 0)) continue;
        buffer_print(out, "%s%s", out->length > 0 ? "," : "", care_role_name(role));
    }
}

/* What stands before object `first` or a later one, and after the last: an array, or an object a line. */
static void write_separator(const catalogue *self, bool first) {
    bool array = self->request->shared.format == FORMAT_JSON;
    fputs(array && first ? "[\n" : array ? ",\n" : first ? "" : "\n", stdout);
}

static void write_closing(const catalogue *self, bool any) {
    bool array = self->request->shared.format == FORMAT_JSON;
    fputs(array && !any ? "[]\n" : array ? "\n]\n" : any ? "\n" : "", stdout);
}

/* ---- list ---- */

static void write_signal_json(const catalogue *self, uint32_t index) {
    care_signal_info signal = signal_at(self, index);
    fputs("{\"signal\":", stdout);
    json_text_word(signal.id);
    json_text_key(false, "by");
    putchar('[');
    for (int32_t role = 0, any = 0; role < CARE_ROLE_COUNT; role++) {
        if ((signal.roles >> role & 1) == 0) continue;
        if (any++ > 0) putchar(',');
        json_text_word(care_role_name(role));
    }
    putchar(']');
    json_text_key(false, "counts");
    json_text_word(polarity_name(signal.polarity));
    json_text_key(false, "pillar");
    json_text_word(signal.pillar[0] != '\0' ? signal.pillar : NULL);
    json_text_key(false, "draft");
    fputs((signal.flags & CARE_SIGNAL_DRAFT) != 0 ? "true" : "false", stdout);
    json_text_key(false, "conversation");
    fputs((signal.flags & CARE_SIGNAL_CONVERSATION) != 0 ? "true" : "false", stdout);
    json_text_key(false, "rule_count");
    json_text_number(self->rule_counts[index]);
    json_text_key(false, "meaning");
    json_text_word(signal.meaning);
}

/* How wide the columns of the table must be. */
typedef struct columns {
    size_t id, roles, pillar;
} columns;

static columns measure(const catalogue *self) {
    columns wide = {.id = 6, .roles = 2, .pillar = 6};
    for (uint32_t i = 0; i < self->info.signal_count; i++) {
        care_signal_info signal = signal_at(self, i);
        buffer roles = {0};
        name_roles(signal.roles, &roles);
        if (strlen(signal.id) > wide.id) wide.id = strlen(signal.id);
        if (roles.length > wide.roles) wide.roles = roles.length;
        if (strlen(signal.pillar) > wide.pillar) wide.pillar = strlen(signal.pillar);
        buffer_free(&roles);
    }
    return wide;
}

static void write_row(const catalogue *self, uint32_t index, columns wide) {
    care_signal_info signal = signal_at(self, index);
    buffer roles = {0};
    name_roles(signal.roles, &roles);
    terminal_style(&self->screen, terminal_polarity(signal.polarity));
    fputs(signal.id, stdout);
    terminal_style(&self->screen, STYLE_PLAIN);
    printf("%-*s  %-*s  %-7s  %-*s  %5u  ", (int)(wide.id - strlen(signal.id)) + 1, (signal.flags & CARE_SIGNAL_DRAFT) != 0 ? "*" : "",
           (int)wide.roles, roles.length > 0 ? roles.bytes : "", polarity_name(signal.polarity), (int)wide.pillar, signal.pillar,
           self->rule_counts[index]);
    size_t column = wide.id + wide.roles + wide.pillar + 23;
    terminal_paragraph(&self->screen, STYLE_PLAIN, column, column, signal.meaning, strlen(signal.meaning));
    buffer_free(&roles);
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
        drafts += (signal_at(self, i).flags & CARE_SIGNAL_DRAFT) != 0;
    }
    printf("\n%s %s: %u signals", self->info.name, self->info.version, self->info.signal_count);
    if (drafts > 0) printf(", %u of them drafts (*)", drafts);
    printf(", %u rules\n", self->info.rule_count);
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
            write_separator(&self, i == 0);
            write_signal_json(&self, i);
            putchar('}');
        }
        write_closing(&self, self.info.signal_count > 0);
    }
    catalogue_close(&self);
    return good ? TOOL_DONE : TOOL_UNREADABLE;
}

/* ---- show ---- */

static int compare_words(const void *one, const void *other) {
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* The surface forms of a rule in the order of the alphabet, to be freed. */
static const char **sorted_forms(const catalogue *self, uint32_t rule, uint32_t *count) {
    *count = 0;
    while (care_pack_rule_form(self->pack, rule, *count) != NULL) ++*count;
    const char **forms = tool_allocate(*count, sizeof *forms);
    for (uint32_t i = 0; i < *count; i++) forms[i] = care_pack_rule_form(self->pack, rule, i);
    qsort(forms, *count, sizeof *forms, compare_words);
    return forms;
}

static void write_rule(const catalogue *self, uint32_t index, const care_rule_info *rule) {
    buffer line = {0};
    terminal_style(&self->screen, STYLE_STRONG);
    printf("  %3d  %s", rule->weight, rule->name);
    terminal_style(&self->screen, STYLE_FAINT);
    printf("  %s:%u\n", rule->file, rule->line);
    terminal_style(&self->screen, STYLE_PLAIN);
    text_squeeze(&line, rule->text);
    terminal_repeat(' ', 7);
    terminal_paragraph(&self->screen, STYLE_PLAIN, 7, 11, line.bytes, line.length);
    line.length = 0;
    uint32_t count;
    const char **forms = sorted_forms(self, index, &count);
    for (uint32_t i = 0; i < count; i++) buffer_print(&line, "%s%s", i > 0 ? " " : "", forms[i]);
    free(forms);
    if (line.length > 0) {
        terminal_repeat(' ', 7);
        terminal_paragraph(&self->screen, STYLE_FAINT, 7, 7, line.bytes, line.length);
    }
    buffer_free(&line);
}

static void write_rule_json(const catalogue *self, uint32_t index, const care_rule_info *rule) {
    fputs("{\"rule\":", stdout);
    json_text_word(rule->name);
    json_text_key(false, "weight");
    json_text_number(rule->weight);
    json_text_key(false, "file");
    json_text_word(rule->file);
    json_text_key(false, "line");
    json_text_number(rule->line);
    json_text_key(false, "text");
    json_text_word(rule->text);
    json_text_key(false, "forms");
    putchar('[');
    uint32_t count;
    const char **forms = sorted_forms(self, index, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) putchar(',');
        json_text_word(forms[i]);
    }
    free(forms);
    fputs("]}", stdout);
}

static void write_signal(const catalogue *self, uint32_t index, bool first) {
    bool human = self->request->shared.format == FORMAT_HUMAN;
    care_signal_info signal = signal_at(self, index);
    if (human) {
        buffer line = {0};
        name_roles(signal.roles, &line);
        if (!first) putchar('\n');
        terminal_style(&self->screen, terminal_polarity(signal.polarity));
        fputs(signal.id, stdout);
        terminal_style(&self->screen, STYLE_PLAIN);
        printf("  %s\n  by %s, counts %s%s%s%s\n\n", signal.meaning, line.length > 0 ? line.bytes : "nobody",
               polarity_name(signal.polarity), signal.pillar[0] != '\0' ? ", pillar " : "", signal.pillar,
               (signal.flags & CARE_SIGNAL_DRAFT) != 0 ? ", a draft" : "");
        buffer_free(&line);
    } else {
        write_separator(self, first);
        write_signal_json(self, index);
        json_text_key(false, "rules");
        putchar('[');
    }
    for (uint32_t i = 0, any = 0; i < self->info.rule_count; i++) {
        care_rule_info rule = {.size = sizeof rule};
        if (care_pack_rule(self->pack, i, &rule) != CARE_OK || rule.signal != index) continue;
        if (human) {
            write_rule(self, i, &rule);
            continue;
        }
        if (any++ > 0) putchar(',');
        write_rule_json(self, i, &rule);
    }
    if (!human) fputs("]}", stdout);
}

/* An id, or all of a family. */
static bool is_asked_for(const char *id, const char *name) {
    size_t length = strlen(name);
    return strncmp(id, name, length) == 0 && (id[length] == '\0' || id[length] == '.');
}

int pack_show(pack_request *request) {
    if (request->count == 0) return tool_misuse(request->shared.command, "no signal; 'care pack list' shows those there are");
    catalogue self;
    int code = catalogue_open(&self, request) ? TOOL_DONE : TOOL_UNREADABLE;
    bool any = false;
    for (int name = 0; name < request->count && code == TOOL_DONE; name++) {
        bool found = false;
        for (uint32_t i = 0; i < self.info.signal_count && !found; i++) found = is_asked_for(signal_at(&self, i).id, request->names[name]);
        if (!found)
            code = tool_misuse(request->shared.command, "there is no signal or family '%s'; 'care pack list' shows those there are",
                               request->names[name]);
    }
    for (uint32_t i = 0; code == TOOL_DONE && i < self.info.signal_count; i++) {
        bool asked = false;
        for (int name = 0; name < request->count; name++) asked |= is_asked_for(signal_at(&self, i).id, request->names[name]);
        if (asked) write_signal(&self, i, !any);
        any |= asked;
    }
    if (code == TOOL_DONE && request->shared.format != FORMAT_HUMAN) write_closing(&self, any);
    catalogue_close(&self);
    return code;
}
