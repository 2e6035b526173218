/* pack_show.c - `care pack show`: the rules of a signal, and what they lean on, as the pack's text has it. */
#include "pack_catalogue.h"

#include "json_text.h"
#include "pack_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Surface forms of a rule that are shown, unless all are asked for. */
#define FORMS_SHOWN 40u

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

/* The forms in one line; of many the first, unless all are asked for. */
static void list_forms(const catalogue *self, uint32_t rule, buffer *line) {
    uint32_t count;
    const char **forms = sorted_forms(self, rule, &count);
    uint32_t shown = self->request->all_forms || count <= FORMS_SHOWN + FORMS_SHOWN / 4 ? count : FORMS_SHOWN;
    for (uint32_t i = 0; i < shown; i++) buffer_print(line, "%s%s", i > 0 ? " " : "", forms[i]);
    if (shown < count) buffer_print(line, " ... and %u more (--forms shows all)", count - shown);
    free(forms);
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
    list_forms(self, index, &line);
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

/* "drops negated, reported; hints must add up to 60" */
static void describe_decision(const catalogue *self, const care_signal_info *signal, buffer *out) {
    buffer_text(out, signal->drops != 0 ? "drops " : "drops no context");
    catalogue_name_contexts(self, signal->drops, out);
    if ((signal->flags & CARE_SIGNAL_CONVERSATION) == 0) buffer_print(out, "; hints must add up to %u", signal->threshold);
}

static void write_head(const catalogue *self, const care_signal_info *signal) {
    buffer line = {0};
    catalogue_name_roles(signal->roles, &line);
    terminal_style(&self->screen, terminal_polarity(signal->polarity));
    fputs(signal->id, stdout);
    terminal_style(&self->screen, STYLE_PLAIN);
    printf("  %s\n  by %s, counts %s%s%s%s\n  ", signal->meaning, line.length > 0 ? line.bytes : "nobody",
           catalogue_polarity(signal->polarity), signal->pillar[0] != '\0' ? ", pillar " : "", signal->pillar,
           (signal->flags & CARE_SIGNAL_DRAFT) != 0 ? ", a draft" : "");
    line.length = 0;
    describe_decision(self, signal, &line);
    terminal_paragraph(&self->screen, STYLE_PLAIN, 2, 4, line.bytes, line.length);
    putchar('\n');
    buffer_free(&line);
}

static void write_signal(const catalogue *self, uint32_t index, bool first) {
    bool human = self->request->shared.format == FORMAT_HUMAN;
    care_signal_info signal = catalogue_signal(self, index);
    if (human) {
        if (!first) putchar('\n');
        write_head(self, &signal);
    } else {
        catalogue_separate(self, first);
        catalogue_write_signal(self, index);
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

/* All signals of this name, or family; true if there are any. */
static bool show_signals(const catalogue *self, const char *name, bool *any) {
    bool found = false;
    for (uint32_t i = 0; i < self->info.signal_count; i++) {
        if (!is_asked_for(catalogue_signal(self, i).id, name)) continue;
        write_signal(self, i, !*any);
        found = *any = true;
    }
    return found;
}

/* ---- What rules lean on: cues, contexts, lists, slots ---- */

static void write_statement(const catalogue *self, const pack_statement *found, const char *name, const char *file, const char *text,
                            bool first) {
    bool human = self->request->shared.format == FORMAT_HUMAN;
    if (!human) {
        catalogue_separate(self, first);
        fputs("{\"kind\":", stdout);
        json_text_word(found->kind);
        json_text_key(false, "name");
        json_text_word(name);
        json_text_key(false, "file");
        json_text_word(file);
        json_text_key(false, "line");
        json_text_number(found->line);
        json_text_key(false, "text");
        json_text_string(text + found->begin, found->end - found->begin);
        putchar('}');
        return;
    }
    if (!first) putchar('\n');
    terminal_style(&self->screen, STYLE_STRONG);
    printf("%s %s", found->kind, name);
    terminal_style(&self->screen, STYLE_FAINT);
    printf("  %s:%u\n", file, found->line);
    terminal_style(&self->screen, STYLE_PLAIN);
    for (size_t at = found->begin; at < found->end;) {
        const char *feed = memchr(text + at, '\n', found->end - at);
        size_t end = feed != NULL ? (size_t)(feed - text) : found->end;
        fputs("  ", stdout);
        terminal_write(text + at, end > at && text[end - 1] == '\r' ? end - at - 1 : end - at);
        putchar('\n');
        at = end + 1;
    }
}

/* All statements of this name in the text of all layers: "cue.trouble" is a cue, a name without a dot one of any kind. */
static bool show_statements(const catalogue *self, const char *name, bool *any) {
    bool cue = strncmp(name, "cue.", 4) == 0, context = false, found = false;
    const char *text, *file;
    for (uint32_t layer = 0; layer < self->info.layer_count; layer++) {
        size_t length;
        for (uint32_t i = 0; (text = care_pack_source(self->pack, layer, i, &file, &length)) != NULL; i++) {
            pack_lines lines;
            pack_lines_begin(&lines, text, length);
            for (pack_statement each; pack_text_find(&lines, cue ? "cue" : NULL, cue ? name + 4 : name, &each);) {
                write_statement(self, &each, cue ? name + 4 : name, file, text, !*any);
                found = *any = true;
                context |= strcmp(each.kind, "context") == 0;
            }
        }
    }
    if (context && self->request->shared.format == FORMAT_HUMAN)
        printf(
            "\n%s is a context: what stands in it does not count for a signal that says 'drop %s'; other findings only carry its name.\n",
            name, name);
    return found;
}

static int complain_unknown(const catalogue *self, const char *name) {
    buffer contexts = {0};
    catalogue_name_contexts(self, UINT32_MAX, &contexts);
    int code = tool_misuse(self->request->shared.command,
                           "there is no signal, family, cue, context, list or slot '%s'; 'care pack list' shows the signals there are; "
                           "the contexts are: %s",
                           name, contexts.length > 0 ? contexts.bytes : "none");
    buffer_free(&contexts);
    return code;
}

int pack_show(pack_request *request) {
    if (request->count == 0) return tool_misuse(request->shared.command, "no name; 'care pack list' shows the signals there are");
    catalogue self;
    int code = catalogue_open(&self, request) ? TOOL_DONE : TOOL_UNREADABLE;
    bool any = false;
    for (int i = 0; i < request->count && code == TOOL_DONE; i++) {
        const char *name = request->names[i];
        bool signals = show_signals(&self, name, &any);
        if (!show_statements(&self, name, &any) && !signals) code = complain_unknown(&self, name);
    }
    if (any && request->shared.format != FORMAT_HUMAN) catalogue_close_array(&self, any);
    catalogue_close(&self);
    return code;
}
