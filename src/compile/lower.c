/* lower.c - see lower.h. */
#include "lower.h"
#include "automaton.h"
#include "resolve.h"

#include <string.h>

/* ---- Guards ---- */

static uint16_t clamp16(uint32_t number) {
    return number >= PACK_NONE16 ? PACK_NONE16 : (uint16_t)number;
}

static void remember(program *self, const uint32_t *numbers, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) ((concept *)(uintptr_t)self->order.items[numbers[i]])->is_remembered = true;
}

static void lower_reference(program *self, block *to, const concept *user, const condition *from, pack_condition *made) {
    uint32_t *numbers, count;
    made->kind = PACK_IF_CONCEPT;
    made->where = (uint8_t)from->where;
    made->number = clamp16(from->number);
    if (from->where == WHERE_BEFORE && from->number > PACK_MAX_HISTORY)
        COMPLAIN(self, from->place, "only the last %u turns are remembered: before %u or less", PACK_MAX_HISTORY, PACK_MAX_HISTORY);
    if (from->kind == CONDITION_PHRASE) {
        made->list = block_list(to, &from->concept, 1);
        if (from->where == WHERE_BEFORE) remember(self, &from->concept, 1);
        return;
    }
    count = resolve_reference(self, from->name, from->place, user->number, from->where == WHERE_BEFORE, &numbers);
    made->list = block_list(to, numbers, count);
    if (from->where == WHERE_BEFORE) remember(self, numbers, count);
}

/* For what is counted in 16 bits. */
static uint16_t count16(program *self, uint32_t count, place where, const char *what) {
    if (count > UINT16_MAX)
        problems_add(self->problems, where, CARE_SEVERITY_ERROR, CARE_E_LIMIT, "more than %u %s; split the line", UINT16_MAX, what);
    return (uint16_t)count;
}

static void lower_condition(program *self, block *to, const concept *user, const condition *from) {
    pack_condition made = {0};
    switch (from->kind) {
        case CONDITION_REFERENCE:
        case CONDITION_PHRASE: lower_reference(self, to, user, from, &made); break;
        case CONDITION_CONTEXT: {
            uint32_t number = resolve_context(self, from->name, from->place);
            made.kind = PACK_IF_CONTEXT;
            made.number = number == PROGRAM_NONE ? 0 : (uint16_t)number;
            break;
        }
        case CONDITION_CHANNEL: made.kind = PACK_IF_CHANNEL; made.number = (uint16_t)from->number; break;
        case CONDITION_ROLE: made.kind = PACK_IF_ROLE; made.number = (uint16_t)from->number; break;
        case CONDITION_SHORT: made.kind = PACK_IF_SHORT; made.number = clamp16(from->number); break;
        case CONDITION_LONG: made.kind = PACK_IF_LONG; made.number = clamp16(from->number); break;
        case CONDITION_FIRST: made.kind = PACK_IF_FIRST; break;
    }
    block_add(to, SECTION_CONDITIONS, &made);
}

static void lower_guard(program *self, block *to, const concept *user, const guard *from) {
    pack_guard made = {(uint32_t)to->sections[SECTION_CONDITIONS].count, 0, from->unless};
    uint32_t count = 0;
    for (const condition *at = from->conditions; at; at = at->next, count++) lower_condition(self, to, user, at);
    made.condition_count = count16(self, count, from->conditions->place, "conditions joined by \"or\"");
    block_add(to, SECTION_GUARDS, &made);
}

static uint32_t lower_guards(program *self, block *to, const concept *user, const guard *from, uint32_t *count) {
    uint32_t first = (uint32_t)to->sections[SECTION_GUARDS].count;
    for (*count = 0; from; from = from->next, ++*count) lower_guard(self, to, user, from);
    return first;
}

static bool asks_turn(const guard *guards) {
    for (; guards; guards = guards->next)
        for (const condition *at = guards->conditions; at; at = at->next) {
            bool reference = at->kind == CONDITION_REFERENCE || at->kind == CONDITION_PHRASE;
            if (reference && at->where != WHERE_BEFORE) return true;
        }
    return false;
}

static bool asks_context(const guard *guards) {
    for (; guards; guards = guards->next)
        for (const condition *at = guards->conditions; at; at = at->next)
            if (at->kind == CONDITION_CONTEXT) return true;
    return false;
}

/* ---- Rules ---- */

/* "a.b/label", or "a.b/3" for its third line. */
static uint32_t rule_name(block *to, const concept *owner, slice label, uint32_t ordinal) {
    char digits[12];
    uint32_t count = 0, power = 1;
    while (power <= ordinal / 10) power *= 10;
    for (; power; power /= 10) digits[count++] = (char)('0' + ordinal / power % 10);
    if (!label.length) {
        label.at = digits;
        label.length = count;
    }
    char *name = arena_take(to->arena, owner->name.length + label.length + 2u);
    if (!name) return 0;
    memcpy(name, owner->name.at, owner->name.length);
    name[owner->name.length] = '/';
    memcpy(name + owner->name.length + 1, label.at, label.length);
    return block_string(to, name, owner->name.length + label.length + 1);
}

static uint32_t file_name(program *self, block *to, place where) {
    const char *name = self->files[where.file].file;
    return block_string(to, name, (uint32_t)strlen(name));
}

static void lower_line(program *self, block *to, concept *owner, const rule_line *line, uint32_t ordinal) {
    static const uint8_t kinds[] = {[LINE_SAY] = RULE_SAY, [LINE_HINT] = RULE_HINT, [LINE_NOT] = RULE_NOT};
    pack_rule made = {0};
    uint32_t number = (uint32_t)to->sections[SECTION_RULES].count, guard_count;
    static const slice condition_name = {"condition", 9};
    made.name = rule_name(to, owner, owner->is_unnamed ? condition_name : line->label, ordinal);
    made.text = block_slice(to, line->source);
    made.file = file_name(self, to, line->place);
    made.line = line->place.line;
    made.kind = line->phrase ? kinds[line->kind] : RULE_WHEN;
    made.weight = (uint8_t)(line->weight < 0 ? 0 : line->weight > 100 ? 100 : line->weight);
    made.concept = (uint16_t)owner->number;
    made.first_guard = lower_guards(self, to, owner, line->guards, &guard_count);
    made.guard_count = count16(self, guard_count, line->place, "guards");
    made.phrase = PACK_NONE;
    if (line->phrase) {
        uint32_t built = automaton_build(self, line->phrase, line->edges, number);
        if (built == PROGRAM_NONE) return; /* told */
        made.phrase = built;
        self->phrases[built].roles = (uint8_t)owner->header.roles;
        made.slots = self->phrases[built].has_slots;
    }
    block_add(to, SECTION_RULES, &made);
    owner->rule_count++;
}

/* The list of all concepts that some of the names mean, each once, in the order of decision. */
static uint32_t concepts_of(program *self, block *to, const name_list *names, uint32_t user) {
    bool *wanted = arena_take(self->arena, self->order.count + 1u);
    uint32_t *chosen = arena_take(self->arena, (self->order.count + 1u) * sizeof *chosen), count = 0;
    if (!wanted || !chosen) return 0;
    for (; names; names = names->next) {
        uint32_t *numbers, found = resolve_reference(self, names->name, names->place, user, false, &numbers);
        while (found) wanted[numbers[--found]] = true;
    }
    for (uint32_t c = 0; c < self->order.count; c++)
        if (wanted[c]) chosen[count++] = c;
    remember(self, chosen, count);
    return block_list(to, chosen, count);
}

static void lower_conversation(program *self, block *to, concept *owner) {
    const statement *from = owner->statement;
    slice none = {"", 0};
    pack_rule rule = {0};
    rule.name = rule_name(to, owner, none, 1);
    rule.text = block_slice(to, from->text);
    rule.file = file_name(self, to, from->place);
    rule.line = from->place.line;
    rule.kind = RULE_CONVERSATION;
    rule.weight = 90;
    rule.phrase = PACK_NONE;
    rule.concept = (uint16_t)owner->number;
    pack_conversation_rule made = {0};
    made.rule = block_add(to, SECTION_RULES, &rule);
    owner->rule_count = 1;
    made.opens = concepts_of(self, to, from->names, owner->number);
    made.met = concepts_of(self, to, from->met, owner->number);
    made.within = clamp16(from->within ? from->within : 1);
    made.opens_roles = (uint8_t)from->opens_roles;
    made.met_roles = (uint8_t)from->met_roles;
    if (to->sections[SECTION_CONVERSATION_RULES].count == 64)
        COMPLAIN(self, from->place, "a pack has at most 64 conversation rules");
    block_add(to, SECTION_CONVERSATION_RULES, &made);
}

/* ---- Concepts ---- */

static uint16_t lower_drops(program *self, const name_list *drops) {
    uint16_t bits = 0;
    for (; drops; drops = drops->next) {
        uint32_t number = resolve_context(self, drops->name, drops->place);
        if (number != PROGRAM_NONE) bits |= (uint16_t)(1u << number);
    }
    return bits;
}

static void lower_yields(program *self, block *to, const concept *owner, pack_concept *made) {
    made->first_yield = (uint32_t)to->sections[SECTION_YIELDS].count;
    for (uint32_t i = 0; i < owner->yields.count; i++) {
        const yield_line *line = owner->yields.items[i];
        for (const name_list *name = line->names; name; name = name->next) {
            uint32_t *numbers, count = resolve_reference(self, name->name, name->place, owner->number, true, &numbers), kept = 0;
            for (uint32_t n = 0; n < count; n++)
                if (numbers[n] != owner->number) numbers[kept++] = numbers[n]; /* "a.*" does not mean itself */
            remember(self, numbers, kept);
            pack_yield yield = {block_list(to, numbers, kept), (uint32_t)line->where};
            block_add(to, SECTION_YIELDS, &yield);
            made->yield_count++;
        }
    }
}

static void lower_concept(program *self, block *to, concept *owner) {
    pack_concept made = {0};
    made.name = block_slice(to, owner->name);
    made.meaning = block_slice(to, owner->meaning);
    made.pillar = block_slice(to, owner->header.pillar);
    made.roles = (uint8_t)owner->header.roles;
    made.polarity = (int8_t)owner->header.polarity;
    made.degree = (uint8_t)owner->degree;
    made.threshold = (uint8_t)owner->threshold;
    made.drops = lower_drops(self, owner->header.drops);
    made.signal = owner->is_signal ? (uint16_t)owner->signal : PACK_NONE16;
    made.flags = (uint8_t)((owner->is_draft ? CONCEPT_DRAFT : 0) | (owner->is_conversation ? CONCEPT_CONVERSATION : 0) |
                           (owner->is_off ? CONCEPT_OFF : 0));
    bool contexts = owner->is_signal || made.drops, asks = false;

    made.first_rule = owner->first_rule = (uint32_t)to->sections[SECTION_RULES].count;
    if (owner->is_conversation && !owner->is_off) lower_conversation(self, to, owner);
    for (uint32_t i = 0; i < owner->lines.count && !owner->is_off; i++) {
        const rule_line *line = owner->lines.items[i];
        if (rule_line_is_off(line)) continue;
        lower_line(self, to, owner, line, i + 1);
        contexts |= asks_context(line->guards);
        if (line->kind == LINE_NOT) made.flags |= CONCEPT_LOOKALIKES;
        if (!line->phrase) made.flags |= CONCEPT_HINTED;
        asks |= asks_turn(line->guards);
        owner->is_weighed |= asks_context(line->guards) || line->kind != LINE_SAY;
    }
    owner->is_weighed |= made.drops != 0;
    made.rule_count = owner->rule_count;
    /* The lines' own guards stand before: those of the whole concept are one run. */
    made.first_guard = (uint32_t)to->sections[SECTION_GUARDS].count;
    for (uint32_t i = 0; i < owner->guards.count; i++) {
        guard alone = *(const guard *)owner->guards.items[i];
        alone.next = NULL;
        lower_guard(self, to, owner, &alone);
        contexts |= asks_context(&alone);
        asks |= asks_turn(&alone);
        owner->is_weighed |= asks_context(&alone);
        made.guard_count++;
    }
    lower_yields(self, to, owner, &made);
    if (contexts) made.flags |= CONCEPT_CONTEXTS;
    if (asks) made.flags |= CONCEPT_ASKS;
    uint32_t number = block_add(to, SECTION_CONCEPTS, &made);
    if (owner->is_signal) block_add(to, SECTION_SIGNALS, &number);
}

/* ---- Contexts ---- */

static void lower_context(program *self, block *to, const statement *from) {
    static const uint8_t kinds[] = {[TRIGGER_AFTER] = PACK_TRIGGER_AFTER,
                                    [TRIGGER_BEFORE] = PACK_TRIGGER_BEFORE,
                                    [TRIGGER_IN] = PACK_TRIGGER_IN,
                                    [TRIGGER_UNTIL] = PACK_TRIGGER_UNTIL,
                                    [TRIGGER_EXCEPT] = PACK_TRIGGER_EXCEPT};
    pack_context made = {.name = block_slice(to, from->name), .first_trigger = (uint32_t)to->sections[SECTION_TRIGGERS].count};
    for (const trigger *at = from->triggers; at; at = at->next) {
        if (at->kind == TRIGGER_MARK) {
            made.marks |= (uint16_t)(1u << at->mark);
            continue;
        }
        pack_trigger record = {.phrase = PACK_NONE, .reach = clamp16(at->reach), .kind = kinds[at->kind], .comma = at->comma};
        if (at->phrase) record.phrase = automaton_build(self, at->phrase, at->edges, PROGRAM_NONE);
        if (at->phrase && record.phrase == PROGRAM_NONE) continue;
        uint32_t number = block_add(to, SECTION_TRIGGERS, &record);
        if (record.kind <= PACK_TRIGGER_IN) made.triggers |= UINT32_C(1) << (number % 32);
        made.trigger_count++;
    }
    block_add(to, SECTION_CONTEXTS, &made);
}

/* ---- The rest ---- */

static void lower_answers(program *self, block *to) {
    static const char *const names[4] = {"apology", "excuse", "empathy", "tepid"}; /* as in the names of the public functions */
    uint32_t *chosen = arena_take(self->arena, (self->order.count + 1u) * sizeof *chosen);
    for (uint32_t which = 0; chosen && which < 4; which++) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < self->answers.count; i++) {
            const statement *at = self->answers.items[i];
            if (at->name.length != strlen(names[which]) || memcmp(at->name.at, names[which], at->name.length) != 0) continue;
            bool *wanted = arena_take(self->arena, self->order.count + 1u);
            if (!wanted) return;
            uint32_t *numbers, found;
            for (const name_list *name = at->names; name; name = name->next)
                for (found = resolve_reference(self, name->name, name->place, 0, true, &numbers); found;) wanted[numbers[--found]] = true;
            for (const name_list *name = at->minus; name; name = name->next)
                for (found = resolve_reference(self, name->name, name->place, 0, true, &numbers); found;) wanted[numbers[--found]] = false;
            count = 0;
            for (uint32_t c = 0; c < self->order.count; c++)
                if (wanted[c]) chosen[count++] = c;
        }
        uint32_t list = block_list(to, chosen, count);
        block_add(to, SECTION_ANSWERS, &list);
    }
}

static void lower_speakers(program *self, block *to) {
    for (const statement *at = self->statements; at; at = at->next) {
        if (at->kind != STATEMENT_SPEAKER) continue;
        for (const word_item *item = at->words; item; item = item->next) {
            char *folded = arena_take(self->arena, item->text.length + 1u);
            if (!folded) return;
            for (uint32_t i = 0; i < item->text.length; i++) {
                char byte = item->text.at[i];
                folded[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
            }
            pack_speaker made = {block_string(to, folded, item->text.length), item->text.length, (uint32_t)at->role};
            block_add(to, SECTION_SPEAKERS, &made);
        }
    }
}

void lower_program(program *self, block *to) {
    place start = {0, 1, 1};
    (void)count16(self, (uint32_t)self->slots.names.count + 1, start, "slots");
    for (uint32_t i = 0; i < self->order.count; i++) lower_concept(self, to, (concept *)(uintptr_t)self->order.items[i]);
    for (uint32_t i = 0; i < self->context_count; i++) lower_context(self, to, self->contexts[i]);
    for (size_t i = 0; i < self->slots.names.count; i++) {
        uint32_t name = block_slice(to, self->slots.names.items[i]);
        block_add(to, SECTION_SLOTS, &name);
    }
    lower_answers(self, to);
    lower_speakers(self, to);
}
