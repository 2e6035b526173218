/* heard.h - for tests of what a pack hears: compiles a pack from a string, analyses turns, and shows the findings as text.
 *
 *     heard it;
 *     heard_open(&it, HEARD_WORDS "signal a.b \"\" by anyone\n  say 80 @x be late\n");
 *     cr_assert_str_eq(heard_one(&it, "It is late."), "a.b/x 'is late' 80");
 *     heard_close(&it);
 *
 * A finding is shown as its rule, its words and its confidence, then its slots {name=words} and the contexts it stands in
 * +negated; a suppressed candidate (after heard_suppressed) as -rule 'words' reason; evidence (after heard_evidence) as
 * [rule 'words' weight, ...]. Several are joined by " | ". With several turns each begins with its turn's number and a colon. */
#ifndef CARE_TESTS_HEARD_H
#define CARE_TESTS_HEARD_H

#include <care/compile.h>

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define HEARD_NAME "pack test 1\n"
#define HEARD_WORDS                                                                                                              \
    HEARD_NAME "stemmer english\nending +s +es +ed +ing +d e>ing y>ies y>ied =ed =ing\nderivation +er +ly +ment e>ation +y\n"    \
               "word be: am is are was were been being 'm 're 's\nword have: has had having 've\nword not: n't\n"                \
               "clitic 's 'm 're 've 'll 'd n't\n"

#define HEARD_TURNS 16u

typedef struct heard {
    care_pack *pack;
    care_analyzer *analyzer;
    care_result result;
    care_turn turns[HEARD_TURNS];
    size_t turn_count;
    char text[4096];
    char shown[8192];
    size_t length;
} heard;

static inline care_pack *heard_compile_on(const char *text, const care_pack *base) {
    care_source source = {"test.care", text, strlen(text)};
    care_pack *pack = NULL;
    care_problems *problems = NULL;
    care_error error = {.size = sizeof error};
    care_status status = care_pack_compile(&pack, &source, 1, base, NULL, &problems, &error);
    cr_assert_eq(status, CARE_OK, "%s: line %u, column %u: %s", care_status_name(status), error.line, error.column, error.message);
    care_problems_free(problems);
    return pack;
}

static inline care_pack *heard_compile(const char *text) {
    return heard_compile_on(text, NULL);
}

/* The problems of a pack that does not compile (or only has notes), as "line:column: message", one a line. */
static inline const char *heard_problems(const char *text) {
    static char shown[8192];
    care_source source = {"test.care", text, strlen(text)};
    care_pack *pack = NULL;
    care_problems *problems = NULL;
    size_t length = 0;
    shown[0] = '\0';
    care_pack_compile(&pack, &source, 1, NULL, NULL, &problems, NULL);
    for (size_t i = 0; i < care_problems_count(problems) && length < sizeof shown; i++) {
        care_problem one = {.size = sizeof one};
        care_problems_get(problems, i, &one);
        int written = snprintf(shown + length, sizeof shown - length, "%s%u:%u: %s\n", one.severity == CARE_SEVERITY_NOTE ? "note " : "",
                               one.line, one.column, one.message);
        length += written > 0 ? (size_t)written : 0;
    }
    care_problems_free(problems);
    care_pack_unref(pack);
    return shown;
}

static inline void heard_open_pack(heard *self, care_pack *pack) {
    memset(self, 0, sizeof *self);
    self->pack = pack;
    cr_assert_eq(care_analyzer_new(&self->analyzer, pack, NULL, NULL), CARE_OK);
    self->result.size = sizeof self->result;
}

static inline void heard_open(heard *self, const char *pack) {
    heard_open_pack(self, heard_compile(pack));
}

static inline void heard_close(heard *self) {
    care_analyzer_free(self->analyzer);
    care_pack_unref(self->pack);
}

static inline void heard_suppressed(heard *self) {
    cr_assert_eq(care_analyzer_set(self->analyzer, CARE_OPTION_SUPPRESSED, 1), CARE_OK);
}

static inline void heard_evidence(heard *self) {
    cr_assert_eq(care_analyzer_set(self->analyzer, CARE_OPTION_EVIDENCE, 1), CARE_OK);
}

static inline void heard_write(heard *self, const char *format, ...) {
    va_list values;
    va_start(values, format);
    int length = vsnprintf(self->shown + self->length, sizeof self->shown - self->length, format, values);
    va_end(values);
    if (length > 0) self->length += (size_t)length;
    if (self->length >= sizeof self->shown) self->length = sizeof self->shown - 1;
}

static inline const char *heard_rule_name(const heard *self, uint32_t rule) {
    care_rule_info info = {.size = sizeof info};
    cr_assert_eq(care_pack_rule(self->pack, rule, &info), CARE_OK);
    return info.name;
}

static inline void heard_write_evidence(heard *self, const care_finding *finding) {
    const care_evidence *at = self->result.evidence + finding->first_evidence;
    heard_write(self, " [");
    for (;; at++) {
        heard_write(self, "%s '%.*s' %d", heard_rule_name(self, at->rule), (int)(at->end - at->begin),
                    self->turns[at->turn].text + at->begin, at->weight);
        if (!at->more) break;
        heard_write(self, ", ");
    }
    heard_write(self, "]");
}

static inline void heard_write_finding(heard *self, const care_finding *finding) {
    const care_turn *turn = self->turns + finding->turn;
    if (self->length) heard_write(self, " | ");
    if (self->turn_count > 1) heard_write(self, "%u: ", finding->turn);
    cr_assert_leq(finding->begin, finding->end);
    cr_assert_leq(finding->end, turn->length);
    heard_write(self, "%s%s '%.*s' ", finding->suppressed_by ? "-" : "", heard_rule_name(self, finding->rule),
                (int)(finding->end - finding->begin), turn->text + finding->begin);
    if (finding->suppressed_by)
        heard_write(self, "%s", care_pack_reason_name(self->pack, finding->suppressed_by));
    else
        heard_write(self, "%u", finding->confidence);
    for (uint32_t i = 0; i < finding->slot_count; i++) {
        const care_slot *slot = self->result.slots + finding->first_slot + i;
        heard_write(self, " {%s=%.*s}", care_pack_slot_name(self->pack, slot->slot), (int)(slot->end - slot->begin),
                    turn->text + slot->begin);
    }
    for (uint32_t context = 0; context < 12; context++)
        if (finding->attributes >> context & 1) heard_write(self, " +%s", care_pack_context_name(self->pack, context));
    if (finding->first_evidence != CARE_NONE) heard_write_evidence(self, finding);
}

/* The result as text. */
static inline const char *heard_show(heard *self) {
    self->length = 0;
    self->shown[0] = '\0';
    for (size_t i = 0; i < self->result.finding_count; i++) heard_write_finding(self, self->result.findings + i);
    for (size_t i = 0; i < self->result.suppressed_count; i++) heard_write_finding(self, self->result.suppressed + i);
    return self->shown;
}

/* What one turn gives, said by `role` in `channel`. */
static inline const char *heard_as(heard *self, const char *text, uint8_t role, uint8_t channel) {
    memset(self->turns, 0, sizeof self->turns);
    self->turns[0] = (care_turn){.text = text, .length = strlen(text), .role = role, .channel = channel};
    self->turn_count = 1;
    cr_assert_eq(care_analyze(self->analyzer, self->turns, 1, &self->result, NULL), CARE_OK);
    return heard_show(self);
}

/* What an agent's turn gives. */
static inline const char *heard_one(heard *self, const char *text) {
    return heard_as(self, text, CARE_ROLE_AGENT, CARE_CHANNEL_UNKNOWN);
}

/* What "C: text / A: text ..." gives; the letters stand for customer, agent, bot, system, leader (L) and staff (T). */
static inline const char *heard_turns(heard *self, const char *script) {
    static const char letters[] = "ACBSLT";
    memset(self->turns, 0, sizeof self->turns);
    self->turn_count = 0;
    snprintf(self->text, sizeof self->text, "%s", script);
    for (char *at = self->text; at && self->turn_count < HEARD_TURNS;) {
        char *next = strstr(at, " / ");
        if (next) *next = '\0';
        const char *letter = strchr(letters, at[0]);
        cr_assert(letter && at[0] && at[1] == ':' && at[2] == ' ', "bad script: %s", script);
        self->turns[self->turn_count++] = (care_turn){.text = at + 3, .length = strlen(at + 3), .role = (uint8_t)(letter - letters)};
        at = next ? next + 3 : NULL;
    }
    cr_assert_eq(care_analyze(self->analyzer, self->turns, self->turn_count, &self->result, NULL), CARE_OK);
    return heard_show(self);
}

/* Several turns against what they give. */
#define HEARD(self, said, wanted) cr_assert_str_eq(heard_one((self), (said)), (wanted), "%s gives: %s", (said), (self)->shown)
#define HEARD_TURNS_GIVE(self, said, wanted) cr_assert_str_eq(heard_turns((self), (said)), (wanted), "%s gives: %s", (said), (self)->shown)

#endif
