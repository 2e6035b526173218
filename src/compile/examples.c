/* examples.c - see examples.h. */
#include "examples.h"

#include <stdio.h>
#include <string.h>

#define TURNS_MAX 32u

typedef struct trial {
    program *program;
    care_pack *pack;
    care_analyzer *analyzer;
    const concept *owner;
    const example *example;
    care_turn turns[TURNS_MAX];
    uint32_t turn_count;
    care_result result;
    bool *reached; /* rules by number: a `yes` of their signal reaches them */
} trial;

/* The first role that may say the signal. */
static uint8_t usual_role(const concept *owner) {
    for (uint8_t role = 0; role < CARE_ROLE_COUNT; role++)
        if (owner->header.roles >> role & 1) return role;
    return CARE_ROLE_AGENT;
}

static bool set_turns(trial *self) {
    self->turn_count = 0;
    for (const example_turn *at = self->example->turns; at; at = at->next) {
        if (self->turn_count == TURNS_MAX) return false;
        care_turn *turn = self->turns + self->turn_count++;
        memset(turn, 0, sizeof *turn);
        turn->text = at->text.at;
        turn->length = at->text.length;
        turn->role = at->role < 0 ? usual_role(self->owner) : (uint8_t)at->role;
        turn->channel = (uint8_t)self->example->channel;
    }
    return self->turn_count > 0;
}

/* The owner's findings (or suppressed candidates) in the last turn: the next one from *at on, or NULL. */
static const care_finding *next_of_owner(const trial *self, const care_finding *items, size_t count, size_t *at) {
    while (*at < count) {
        const care_finding *item = items + (*at)++;
        if (item->signal == self->owner->signal && item->turn == self->turn_count - 1) return item;
    }
    return NULL;
}

static slice last_text(const trial *self) {
    slice text = {self->turns[self->turn_count - 1].text, (uint32_t)self->turns[self->turn_count - 1].length};
    return text;
}

/* The same rule was suppressed for the same reason before `item`. */
static bool is_told(const trial *self, const care_finding *item) {
    size_t at = 0;
    for (const care_finding *other; (other = next_of_owner(self, self->result.suppressed, self->result.suppressed_count, &at)) != item;)
        if (other->rule == item->rule && other->suppressed_by == item->suppressed_by) return true;
    return false;
}

/* The owner's candidates that were suppressed, "needs of a.b/3, not of a.b/new", cut where there is no more room; empty if no
 * phrase reached the text. */
static void list_reasons(const trial *self, char *list, size_t room) {
    list[0] = '\0';
    size_t at = 0, used = 0;
    for (const care_finding *item; (item = next_of_owner(self, self->result.suppressed, self->result.suppressed_count, &at));) {
        if (is_told(self, item)) continue;
        care_rule_info rule = {.size = sizeof rule};
        (void)care_pack_rule(self->pack, item->rule, &rule);
        int length = snprintf(list + used, room - used, "%s%s of %s", used ? ", " : "",
                              care_pack_reason_name(self->pack, item->suppressed_by), rule.name);
        if (length < 0 || (size_t)length >= room - used) return;
        used += (size_t)length;
    }
}

/* The owner's rules that fire in a `yes`, or would if no other of them fired there. */
static void note_reached(const trial *self) {
    size_t at = 0;
    for (const care_finding *item; (item = next_of_owner(self, self->result.findings, self->result.finding_count, &at));)
        for (const care_evidence *one = self->result.evidence + item->first_evidence;; one++) {
            self->reached[one->rule] = true;
            if (!one->more) break;
        }
    at = 0;
    for (const care_finding *item; (item = next_of_owner(self, self->result.suppressed, self->result.suppressed_count, &at));)
        if (item->suppressed_by == CARE_SUPPRESSED_DUPLICATE) self->reached[item->rule] = true;
}

static void check_slots(const trial *self) {
    slice text = last_text(self);
    for (const example_slot *wanted = self->example->slots; wanted; wanted = wanted->next) {
        bool met = false;
        size_t at = 0;
        for (const care_finding *item; !met && (item = next_of_owner(self, self->result.findings, self->result.finding_count, &at));)
            for (uint32_t s = 0; s < item->slot_count; s++) {
                const care_slot *slot = self->result.slots + item->first_slot + s;
                const char *name = care_pack_slot_name(self->pack, slot->slot);
                met |= strlen(name) == wanted->name.length && memcmp(name, wanted->name.at, wanted->name.length) == 0 &&
                       slot->end - slot->begin == wanted->text.length &&
                       memcmp(text.at + slot->begin, wanted->text.at, wanted->text.length) == 0;
            }
        if (!met)
            problems_add(self->program->problems, self->example->place, CARE_SEVERITY_ERROR, CARE_E_EXAMPLE,
                         "the example gives no slot %.*s with \"%.*s\"", SLICE(wanted->name), SLICE(wanted->text));
    }
}

static void check(const trial *self) {
    care_problems *problems = self->program->problems;
    const example *one = self->example;
    char reasons[400];
    size_t at = 0;
    const care_finding *found = next_of_owner(self, self->result.findings, self->result.finding_count, &at);
    list_reasons(self, reasons, sizeof reasons);
    if (one->positive && !found) {
        if (reasons[0])
            problems_add(problems, one->place, CARE_SEVERITY_ERROR, CARE_E_EXAMPLE,
                         "the example gives no %.*s: what reaches it is suppressed, by %s", SLICE(self->owner->name), reasons);
        else
            problems_add(problems, one->place, CARE_SEVERITY_ERROR, CARE_E_EXAMPLE,
                         "the example gives no %.*s: no phrase reaches it (a word takes its other forms only where it is the base form, "
                         "two words their contraction only where both are written)",
                         SLICE(self->owner->name));
    } else if (one->positive) {
        check_slots(self);
        note_reached(self);
    } else if (found) {
        care_rule_info rule = {.size = sizeof rule};
        (void)care_pack_rule(self->pack, found->rule, &rule);
        slice text = last_text(self);
        problems_add(problems, one->place, CARE_SEVERITY_ERROR, CARE_E_EXAMPLE,
                     "the example should stay quiet, but \"%.*s\" gives %.*s by %s (line %u of %s)", (int)(found->end - found->begin),
                     text.at + found->begin, SLICE(self->owner->name), rule.name, rule.line, rule.file);
    } else if (one->reason.length) {
        char wanted[64] = "";
        if (one->reason.length < sizeof wanted) memcpy(wanted, one->reason.at, one->reason.length);
        bool met = false;
        at = 0;
        for (const care_finding *item; (item = next_of_owner(self, self->result.suppressed, self->result.suppressed_count, &at));)
            met |= strcmp(care_pack_reason_name(self->pack, item->suppressed_by), wanted) == 0;
        if (!met)
            problems_add(problems, one->place, CARE_SEVERITY_ERROR, CARE_E_EXAMPLE,
                         "the example stays quiet, but not because of \"%s\": %s%s", wanted,
                         reasons[0] ? "it is suppressed by " : "no phrase reaches it", reasons);
    } else if (!reasons[0] && !self->owner->is_conversation) {
        problems_add(problems, one->place, CARE_SEVERITY_NOTE, CARE_OK, "the example proves nothing: no phrase of %.*s reaches it",
                     SLICE(self->owner->name));
    }
}

static care_status run(trial *self) {
    if (!set_turns(self)) {
        problems_add(self->program->problems, self->example->place, CARE_SEVERITY_ERROR, CARE_E_LIMIT, "an example has 1 to %u turns",
                     TURNS_MAX);
        return CARE_OK;
    }
    self->result.size = sizeof self->result;
    care_status status = care_analyze(self->analyzer, self->turns, self->turn_count, &self->result, NULL);
    if (status == CARE_OK) check(self);
    return status;
}

/* On top of another pack a `yes` may hold by a rule from below, and say nothing of the rule that was written with it. */
static void tell_unreached(const trial *self) {
    care_problems *problems = self->program->problems;
    for (uint32_t i = 0; i < self->program->order.count && problems->first_noted; i++) {
        const concept *owner = self->program->order.items[i];
        uint32_t rule = owner->first_rule;
        for (uint32_t l = 0; l < owner->lines.count && owner->is_signal && !owner->is_conversation && !owner->is_off; l++) {
            const rule_line *line = owner->lines.items[l];
            if (rule_line_is_off(line)) continue;
            if (line->kind != LINE_NOT && !self->reached[rule])
                problems_add(problems, line->place, CARE_SEVERITY_NOTE, CARE_OK, "no \"yes\" of %.*s reaches this rule: write one",
                             SLICE(owner->name));
            rule++;
        }
    }
}

care_status examples_run(program *self, care_pack *pack) {
    trial one = {.program = self, .pack = pack};
    care_pack_info info = {.size = sizeof info};
    care_status status = care_pack_get_info(pack, &info);
    if (!(one.reached = arena_take(self->arena, info.rule_count + 1u))) return CARE_E_MEMORY;
    if (status == CARE_OK) status = care_analyzer_new(&one.analyzer, pack, &self->arena->allocator, NULL);
    if (status == CARE_OK) status = care_analyzer_set(one.analyzer, CARE_OPTION_SUPPRESSED, 1);
    if (status == CARE_OK) status = care_analyzer_set(one.analyzer, CARE_OPTION_EVIDENCE, 1);
    for (uint32_t i = 0; i < self->order.count && status == CARE_OK; i++) {
        one.owner = self->order.items[i];
        for (uint32_t e = 0; e < one.owner->examples.count && status == CARE_OK && !one.owner->is_off; e++) {
            one.example = one.owner->examples.items[e];
            status = run(&one);
        }
    }
    if (status == CARE_OK) tell_unreached(&one);
    care_analyzer_free(one.analyzer);
    return status;
}
