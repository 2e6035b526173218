/* compare.c - see compare.h. */
#include "compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* ---- Lines ---- */

void lines_add(lines *self, const char *text, size_t length) {
    if (self->count == self->room) {
        self->room = self->room ? 2 * self->room : 64;
        self->items = realloc(self->items, self->room * sizeof *self->items);
        if (!self->items) exit(2);
    }
    char *copy = malloc(length + 1);
    if (!copy) exit(2);
    memcpy(copy, text, length);
    copy[length] = '\0';
    self->items[self->count++] = copy;
}

static int by_text(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

void lines_sort(lines *self) {
    if (self->count) qsort(self->items, self->count, sizeof *self->items, by_text);
}

bool lines_equal(const lines *left, const lines *right) {
    if (left->count != right->count) return false;
    for (size_t i = 0; i < left->count; i++) {
        if (strcmp(left->items[i], right->items[i]) != 0) return false;
    }
    return true;
}

void lines_clear(lines *self) {
    for (size_t i = 0; i < self->count; i++) free(self->items[i]);
    free(self->items);
    *self = (lines){0};
}

/* ---- The two ---- */

static char *read_file(const char *name, size_t *length) {
    FILE *file = fopen(name, "rb");
    if (!file) {
        fprintf(stderr, "cannot read %s\n", name);
        return NULL;
    }
    size_t room = 1 << 16;
    char *text = malloc(room);
    *length = 0;
    while (text) {
        *length += fread(text + *length, 1, room - *length, file);
        if (*length < room) break;
        room *= 2;
        char *grown = realloc(text, room);
        if (!grown) exit(2);
        text = grown;
    }
    fclose(file);
    return text;
}

static void print_problems(care_problems *problems) {
    for (size_t i = 0, told = 0; i < care_problems_count(problems) && told < 10; i++) {
        care_problem it = {.size = sizeof it};
        care_problems_get(problems, i, &it);
        if (it.severity != CARE_SEVERITY_ERROR) continue;
        fprintf(stderr, "%s:%u:%u: %s\n", it.file, it.line, it.column, it.message);
        told++;
    }
    care_problems_free(problems);
}

bool pair_change_pack(pair *self, care_pack *pack) {
    care_analyzer_free(self->analyzer);
    care_analyzer_free(self->plain);
    self->analyzer = self->plain = NULL;
    care_pack_unref(self->pack);
    self->pack = pack;
    if (care_analyzer_new(&self->analyzer, pack, NULL, NULL) != CARE_OK || care_analyzer_new(&self->plain, pack, NULL, NULL) != CARE_OK)
        return false;
    return care_analyzer_set(self->analyzer, CARE_OPTION_SUPPRESSED, 1) == CARE_OK &&
           care_analyzer_set(self->analyzer, CARE_OPTION_EVIDENCE, 1) == CARE_OK;
}

bool pair_open(pair *self, char *const *layers, size_t count) {
    care_source sources[64];
    size_t source_count = 0;
    *self = (pair){0};
    for (size_t i = 0; i < count; i++) {
        char *names = layers[i];
        size_t first = source_count;
        for (char *name = strtok(names, ","); name && source_count < 64; name = strtok(NULL, ",")) {
            size_t length;
            char *text = read_file(name, &length);
            if (!text) return false;
            self->texts[self->text_count++] = text;
            sources[source_count++] = (care_source){name, text, length};
        }
        care_problems *problems = NULL;
        care_pack *made = NULL;
        care_error error = {.size = sizeof error};
        care_status status = care_pack_compile(&made, sources + first, source_count - first, self->pack, NULL, &problems, &error);
        if (status != CARE_OK) fprintf(stderr, "%s: %s\n", care_status_name(status), error.message);
        print_problems(problems);
        if (!made) return false;
        care_pack_unref(self->pack);
        self->pack = made;
    }
    care_problems *problems = NULL;
    self->oracle = oracle_new(sources, source_count, &problems);
    print_problems(problems);
    care_pack *pack = self->pack;
    self->pack = NULL;
    return self->oracle && pair_change_pack(self, pack);
}

bool pair_open_text(pair *self, const char *text) {
    care_source source = {"pack", text, strlen(text)};
    care_pack *made = NULL;
    *self = (pair){0};
    if (care_pack_compile(&made, &source, 1, NULL, NULL, NULL, NULL) != CARE_OK) return false;
    self->oracle = oracle_new(&source, 1, NULL);
    return self->oracle && pair_change_pack(self, made);
}

void pair_close(pair *self) {
    care_analyzer_free(self->analyzer);
    care_analyzer_free(self->plain);
    care_pack_unref(self->pack);
    oracle_free(self->oracle);
    for (uint32_t i = 0; i < self->text_count; i++) free(self->texts[i]);
}

/* ---- What they find ---- */

void pair_oracle(pair *self, const care_turn *turns, size_t count, lines *into) {
    oracle_result result = oracle_analyze(self->oracle, turns, count);
    for (size_t i = 0; i < result.finding_count + result.suppressed_count; i++) {
        const oracle_finding *it = i < result.finding_count ? &result.findings[i] : &result.suppressed[i - result.finding_count];
        char line[2048];
        int used = snprintf(line, sizeof line, "%04u [%05u,%05u) %s %s %u %s %x %u", it->turn, it->begin, it->end, it->signal, it->rule,
                            it->confidence, it->reason, it->attributes, it->intensity);
        for (uint32_t s = 0; s < it->slot_count; s++) {
            used +=
                snprintf(line + used, sizeof line - (size_t)used, " {%s [%u,%u)}", it->slots[s].name, it->slots[s].begin, it->slots[s].end);
        }
        lines_add(into, line, (size_t)used);
    }
    lines_sort(into);
}

void describe_result(const care_pack *pack, const care_result *result, uint32_t from, uint32_t to, lines *into) {
    for (size_t i = 0; i < result->finding_count + result->suppressed_count; i++) {
        const care_finding *it = i < result->finding_count ? &result->findings[i] : &result->suppressed[i - result->finding_count];
        if (it->turn < from || it->turn >= to) continue;
        care_signal_info signal = {.size = sizeof signal};
        care_rule_info rule = {.size = sizeof rule};
        care_pack_signal(pack, it->signal, &signal);
        care_pack_rule(pack, it->rule, &rule);
        char line[2048];
        int used = snprintf(line, sizeof line, "%04u [%05u,%05u) %s %s %u %s %x %u", it->turn - from, it->begin, it->end, signal.id,
                            rule.name, it->confidence, it->suppressed_by ? care_pack_reason_name(pack, it->suppressed_by) : "",
                            it->attributes, it->intensity);
        for (uint32_t s = 0; s < it->slot_count; s++) {
            const care_slot *slot = &result->slots[it->first_slot + s];
            used += snprintf(line + used, sizeof line - (size_t)used, " {%s [%u,%u)}", care_pack_slot_name(pack, slot->slot), slot->begin,
                             slot->end);
        }
        lines_add(into, line, (size_t)used);
    }
    lines_sort(into);
}

bool pair_library(pair *self, const care_turn *turns, size_t count, lines *into) {
    care_result result = {.size = sizeof result};
    if (care_analyze(self->analyzer, turns, count, &result, NULL) != CARE_OK) return false;
    describe_result(self->pack, &result, 0, UINT32_MAX, into);
    return true;
}

bool pair_conversation(pair *self, const care_turn *turns, size_t count, lines *into) {
    care_conversation *conversation;
    if (care_conversation_new(&conversation, self->pack, NULL, NULL) != CARE_OK) return false;
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        lines draft = {0}, fed = {0};
        care_result result = {.size = sizeof result};
        good = care_conversation_preview(conversation, self->analyzer, &turns[i], &result, NULL) == CARE_OK;
        if (good) describe_result(self->pack, &result, 0, UINT32_MAX, &draft);
        good = good && care_conversation_feed(conversation, self->analyzer, &turns[i], &result, NULL) == CARE_OK;
        if (good) describe_result(self->pack, &result, 0, UINT32_MAX, &fed);
        good = good && lines_equal(&draft, &fed);
        for (size_t k = 0; k < fed.count; k++) lines_add(into, fed.items[k], strlen(fed.items[k]));
        lines_clear(&draft);
        lines_clear(&fed);
    }
    lines_sort(into);
    care_conversation_free(conversation);
    return good;
}

/* ---- Promises ---- */

/* Whether `offset` lies inside a well-formed character. */
static bool is_inside_character(const care_turn *turn, uint32_t offset) {
    for (uint32_t back = 1; back <= 3 && back <= offset; back++) {
        utf8proc_int32_t code;
        uint32_t start = offset - back;
        utf8proc_ssize_t size =
            utf8proc_iterate((const utf8proc_uint8_t *)turn->text + start, (utf8proc_ssize_t)(turn->length - start), &code);
        if (size > (utf8proc_ssize_t)back) return true;
    }
    return false;
}

static bool is_bad_span(const care_turn *turn, uint32_t begin, uint32_t end) {
    return begin > end || end > turn->length || is_inside_character(turn, begin) || is_inside_character(turn, end);
}

static bool is_ordered(const care_finding *left, const care_finding *right) {
    if (left->turn != right->turn) return left->turn < right->turn;
    if (left->begin != right->begin) return left->begin < right->begin;
    if (left->end != right->end) return left->end < right->end;
    return left->signal <= right->signal;
}

static const char *broken_promise(const care_result *result, const care_turn *turns) {
    for (int k = 0; k < 2; k++) {
        const care_finding *all = k ? result->suppressed : result->findings;
        size_t count = k ? result->suppressed_count : result->finding_count;
        for (size_t i = 0; i < count; i++) {
            const care_finding *it = &all[i];
            if (is_bad_span(&turns[it->turn], it->begin, it->end)) return "a span is out of range or inside a character";
            if (it->begin == it->end && turns[it->turn].length) return "a finding is empty";
            if (i && !is_ordered(&all[i - 1], it)) return "findings are out of order";
            if (!k != !it->suppressed_by) return "a suppressed finding";
            for (uint32_t s = 0; s < it->slot_count; s++) {
                const care_slot *slot = &result->slots[it->first_slot + s];
                if (is_bad_span(&turns[it->turn], slot->begin, slot->end)) return "a slot is out of range or inside a character";
                if (slot->begin < it->begin || slot->end > it->end) return "a slot lies outside its finding";
            }
            int32_t weight = 0;
            bool more = it->first_evidence != CARE_NONE;
            for (uint32_t e = it->first_evidence; more; e++) {
                const care_evidence *evidence = &result->evidence[e];
                if (e >= result->evidence_count) return "evidence is out of range";
                if (is_bad_span(&turns[evidence->turn], evidence->begin, evidence->end))
                    return "evidence is out of range or inside a character";
                weight += evidence->weight;
                more = evidence->more != 0;
            }
            if (it->first_evidence == CARE_NONE) return "a finding without evidence";
            if (it->confidence != (weight > 99 && it->confidence < 100 ? 99 : weight))
                return "the evidence does not add up to the confidence";
        }
    }
    return "";
}

/* Whether an analyzer that lists findings only gives the same ones. `all` came from the other and is still alive. */
static bool same_findings(pair *self, const care_turn *turns, size_t count, const care_result *all) {
    care_result result = {.size = sizeof result};
    if (care_analyze(self->plain, turns, count, &result, NULL) != CARE_OK) return false;
    if (result.suppressed_count || result.evidence_count || result.finding_count != all->finding_count) return false;
    lines left = {0}, right = {0};
    care_result findings = *all;
    findings.suppressed_count = 0;
    describe_result(self->pack, &findings, 0, UINT32_MAX, &left);
    describe_result(self->pack, &result, 0, UINT32_MAX, &right);
    bool same = lines_equal(&left, &right);
    lines_clear(&left);
    lines_clear(&right);
    return same;
}

const char *pair_differ(pair *self, const care_turn *turns, size_t count) {
    lines wanted = {0}, found = {0}, fed = {0};
    care_result result = {.size = sizeof result};
    const char *wrong = "";
    pair_oracle(self, turns, count, &wanted);
    if (care_analyze(self->analyzer, turns, count, &result, NULL) != CARE_OK)
        wrong = "care_analyze failed";
    else
        wrong = broken_promise(&result, turns);
    if (!*wrong) {
        describe_result(self->pack, &result, 0, UINT32_MAX, &found);
        if (!lines_equal(&wanted, &found))
            wrong = "library and oracle differ";
        else if (!same_findings(self, turns, count, &result))
            wrong = "without suppressed candidates, the findings differ";
        else if (!pair_conversation(self, turns, count, &fed))
            wrong = "care_conversation_feed failed, or preview differs from it";
        else if (!lines_equal(&found, &fed))
            wrong = "fed turn by turn, the findings differ";
    }
    lines_clear(&wanted);
    lines_clear(&found);
    lines_clear(&fed);
    return wrong;
}
