/* pack_catalogue.c - see pack_catalogue.h. */
#include "pack_catalogue.h"
#include "pack_text.h"

#include "json_text.h"

#include <stdio.h>
#include <stdlib.h>

bool catalogue_open(catalogue *self, const pack_request *request) {
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

void catalogue_close(catalogue *self) {
    free(self->rule_counts);
    care_pack_unref(self->pack);
}

care_signal_info catalogue_signal(const catalogue *self, uint32_t index) {
    care_signal_info signal = {.size = sizeof signal};
    care_pack_signal(self->pack, index, &signal);
    return signal;
}

const char *catalogue_polarity(int32_t polarity) {
    return polarity > 0 ? "for" : polarity < 0 ? "against" : "neither";
}

void catalogue_name_roles(uint32_t roles, buffer *out) {
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

void catalogue_name_contexts(const catalogue *self, uint32_t mask, buffer *out) {
    uint32_t any = 0;
    for (uint32_t i = 0; i < self->info.context_count; i++)
        if ((mask >> i & 1) != 0) buffer_print(out, "%s%s", any++ > 0 ? ", " : "", care_pack_context_name(self->pack, i));
}

void catalogue_name_statements(const catalogue *self, const char *kind, buffer *out) {
    const char *text, *file;
    size_t length;
    for (uint32_t layer = 0; layer < self->info.layer_count; layer++)
        for (uint32_t i = 0; (text = care_pack_source(self->pack, layer, i, &file, &length)) != NULL; i++) {
            pack_lines lines;
            pack_lines_begin(&lines, text, length);
            for (pack_statement each; pack_text_find(&lines, kind, NULL, &each);)
                if (!each.extends) buffer_print(out, "%s%.*s", out->length > 0 ? ", " : "", (int)each.name_length, text + each.name);
        }
}

void catalogue_separate(const catalogue *self, bool first) {
    bool array = self->request->shared.format == FORMAT_JSON;
    fputs(array && first ? "[\n" : array ? ",\n" : first ? "" : "\n", stdout);
}

void catalogue_close_array(const catalogue *self, bool any) {
    bool array = self->request->shared.format == FORMAT_JSON;
    fputs(array && !any ? "[]\n" : array ? "\n]\n" : any ? "\n" : "", stdout);
}

void catalogue_write_signal(const catalogue *self, uint32_t index) {
    care_signal_info signal = catalogue_signal(self, index);
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
    json_text_word(catalogue_polarity(signal.polarity));
    json_text_key(false, "pillar");
    json_text_word(signal.pillar[0] != '\0' ? signal.pillar : NULL);
    json_text_key(false, "draft");
    fputs((signal.flags & CARE_SIGNAL_DRAFT) != 0 ? "true" : "false", stdout);
    json_text_key(false, "conversation");
    fputs((signal.flags & CARE_SIGNAL_CONVERSATION) != 0 ? "true" : "false", stdout);
    json_text_key(false, "drops");
    putchar('[');
    for (uint32_t i = 0, any = 0; i < 32; i++) {
        const char *name = (signal.drops >> i & 1) != 0 ? care_pack_context_name(self->pack, i) : NULL;
        if (name == NULL) continue;
        if (any++ > 0) putchar(',');
        json_text_word(name);
    }
    putchar(']');
    json_text_key(false, "threshold");
    json_text_number(signal.threshold);
    json_text_key(false, "rule_count");
    json_text_number(self->rule_counts[index]);
    json_text_key(false, "meaning");
    json_text_word(signal.meaning);
}
