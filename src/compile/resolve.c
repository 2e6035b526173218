/* resolve.c - see resolve.h. */
#include "resolve.h"

#include "nearest.h"

#include <string.h>

void pointer_list_add(program *self, pointer_list *list, const void *item) {
    if (arena_reserve(self->arena, (void **)&list->items, &list->room, list->count + 1u, sizeof *list->items))
        list->items[list->count++] = item;
}

static bool same(slice a, slice b) {
    return a.length == b.length && (!a.length || memcmp(a.at, b.at, a.length) == 0);
}

static nearest nearest_interned(const interner *names, slice wanted) {
    nearest meant = nearest_begin(wanted);
    for (size_t i = 0; i < names->count; i++) nearest_offer(&meant, names->items[i]);
    return meant;
}

/* ---- Lists, slots, families, contexts ---- */

static void add_named(program *self, named_table *table, const statement *at, const char *what) {
    uint32_t known = intern_find(&table->names, at->name.at, at->name.length);
    if (known != INTERN_NONE && !at->extends) {
        COMPLAIN(self, at->place, "there is a %s \"%.*s\" already; write \"extend %s %.*s\" to add to it", what, SLICE(at->name), what,
                 SLICE(at->name));
        return;
    }
    if (known == INTERN_NONE && at->extends) {
        nearest meant = nearest_interned(&table->names, at->name);
        COMPLAIN(self, at->place, "there is no %s \"%.*s\" to extend: leave out \"extend\" if it is new%s%.*s%s", what, SLICE(at->name),
                 NEAREST(meant));
        return;
    }
    uint32_t number = intern(&table->names, at->name.at, at->name.length);
    if (number == INTERN_NONE || !arena_reserve(self->arena, (void **)&table->items, &table->room, number + 1u, sizeof *table->items))
        return;
    if (known == INTERN_NONE) table->items[number].place = at->place;
    pointer_list_add(self, &table->items[number].parts, at->phrase);
}

named_phrase *resolve_named(program *self, named_table *table, slice name, place where, const char *what) {
    uint32_t number = intern_find(&table->names, name.at, name.length);
    if (number != INTERN_NONE) {
        table->items[number].is_used = true;
        return table->items + number;
    }
    nearest meant = nearest_interned(&table->names, name);
    COMPLAIN(self, where, "there is no %s \"%.*s\"; a %s must stand before it is used%s%.*s%s", what, SLICE(name), what, NEAREST(meant));
    return NULL;
}

static void add_family(program *self, const statement *at) {
    if (intern_find(&self->families, at->name.at, at->name.length) != INTERN_NONE) {
        COMPLAIN(self, at->place, "there is a family \"%.*s\" already", SLICE(at->name));
        return;
    }
    uint32_t number = intern(&self->families, at->name.at, at->name.length);
    if (number == INTERN_NONE ||
        !arena_reserve(self->arena, (void **)&self->family_statements, &self->family_room, number + 1u, sizeof(void *)))
        return;
    self->family_statements[number] = at;
}

static void add_context(program *self, const statement *at) {
    for (uint32_t i = 0; i < self->context_count; i++)
        if (same(self->contexts[i]->name, at->name)) {
            COMPLAIN(self, at->place, "there is a context \"%.*s\" already", SLICE(at->name));
            return;
        }
    if (self->context_count == PACK_MAX_CONTEXTS) {
        COMPLAIN(self, at->place, "a pack has at most %u contexts", PACK_MAX_CONTEXTS);
        return;
    }
    self->contexts[self->context_count++] = at;
}

/* The names of all contexts, for messages. */
typedef struct context_names {
    char text[512];
} context_names;

static context_names list_contexts(const program *self) {
    context_names list = {"none"};
    size_t used = 0;
    for (uint32_t i = 0; i < self->context_count; i++) {
        slice name = self->contexts[i]->name;
        if (used + name.length + 3 > sizeof list.text) continue;
        if (used) memcpy(list.text + used, ", ", 2);
        used += used ? 2 : 0;
        memcpy(list.text + used, name.at, name.length);
        list.text[used += name.length] = '\0';
    }
    return list;
}

uint32_t resolve_context(program *self, slice name, place where) {
    for (uint32_t i = 0; i < self->context_count; i++)
        if (same(self->contexts[i]->name, name)) return i;
    nearest meant = nearest_begin(name);
    for (uint32_t i = 0; i < self->context_count; i++) nearest_offer(&meant, self->contexts[i]->name);
    COMPLAIN(self, where,
             "there is no context \"%.*s\"; the contexts are: %s; a reference to a cue or signal needs a place: %.*s in sentence%s%.*s%s",
             SLICE(name), list_contexts(self).text, SLICE(name), NEAREST(meant));
    return PROGRAM_NONE;
}

/* ---- Concepts ---- */

static concept *find_concept(const program *self, slice name) {
    uint32_t number = intern_find(&self->concept_names, name.at, name.length);
    return number == INTERN_NONE ? NULL : self->concepts[number];
}

/* Cues are named with their kind in front, so that a cue and a signal cannot be taken for each other. */
static slice full_name(program *self, const statement *at) {
    if (at->kind != STATEMENT_CUE) return at->name;
    char *made = arena_take(self->arena, at->name.length + 5u);
    slice name = {made, at->name.length + 4u};
    if (!made) return at->name;
    memcpy(made, "cue.", 4);
    memcpy(made + 4, at->name.at, at->name.length);
    return name;
}

static void settle_header(program *self, concept *made, slice name) {
    const char *dot = memchr(name.at, '.', name.length);
    slice prefix = {name.at, dot ? (uint32_t)(dot - name.at) : name.length};
    uint32_t number = intern_find(&self->families, prefix.at, prefix.length);
    const header *family = number == INTERN_NONE ? NULL : &self->family_statements[number]->header;
    header *own = &made->header;
    if (!family && !own->roles && !made->is_conversation)
        problems_add(self->problems, made->place, CARE_SEVERITY_NOTE, CARE_OK,
                     "there is no family \"%.*s\", so \"%.*s\" may be said by anyone, counts for nobody and drops no context",
                     SLICE(prefix), SLICE(name));
    if (!own->roles) own->roles = family && family->roles ? family->roles : 0x3fu & ~(1u << CARE_ROLE_SYSTEM);
    if (own->polarity == POLARITY_UNSAID) own->polarity = family && family->polarity != POLARITY_UNSAID ? family->polarity : 0;
    if (!own->pillar.length && family) own->pillar = family->pillar;
    if (!own->drop_said && family) own->drops = family->drops;
}

static concept *new_concept(program *self, const statement *at, slice name) {
    uint32_t number = intern(&self->concept_names, name.at, name.length);
    concept *made = arena_take(self->arena, sizeof *made);
    if (!made || number == INTERN_NONE ||
        !arena_reserve(self->arena, (void **)&self->concepts, &self->concept_room, number + 1u, sizeof *self->concepts))
        return NULL;
    self->concepts[number] = made;
    made->name = name;
    made->statement = at;
    made->place = at->place;
    made->is_conversation = at->kind == STATEMENT_CONVERSATION;
    made->is_signal = at->kind == STATEMENT_SIGNAL || made->is_conversation;
    made->header = at->header;
    made->meaning = at->text;
    made->threshold = 60;
    if (made->is_signal) settle_header(self, made, name);
    if (!made->is_signal && !made->header.roles) made->header.roles = 0x3fu & ~(1u << CARE_ROLE_SYSTEM);
    if (!made->is_signal && made->header.polarity == POLARITY_UNSAID) made->header.polarity = 0;
    pointer_list_add(self, made->is_conversation ? &self->conversations : made->is_signal ? &self->signals : &self->cues, made);
    return made;
}

static void add_concept(program *self, const statement *at) {
    slice name = full_name(self, at);
    concept *known = find_concept(self, name);
    const char *what = at->kind == STATEMENT_CUE ? "cue" : at->kind == STATEMENT_SIGNAL ? "signal" : "conversation rule";
    if (known && !at->extends) {
        COMPLAIN(self, at->place, "there is a %s \"%.*s\" already; write \"extend %s %.*s\" to add to it", what, SLICE(name), what,
                 SLICE(at->name));
        return;
    }
    if (!known && at->extends) {
        nearest meant = nearest_interned(&self->concept_names, name);
        COMPLAIN(self, at->place, "there is no %s \"%.*s\" to extend: leave out \"extend\" if it is new%s%.*s%s", what, SLICE(name),
                 NEAREST(meant));
        return;
    }
    if (!known) known = new_concept(self, at, name);
    if (!known) return;
    for (const rule_line *line = at->lines; line; line = line->next) pointer_list_add(self, &known->lines, line);
    for (const guard *one = at->guards; one; one = one->next) pointer_list_add(self, &known->guards, one);
    for (const yield_line *line = at->yields; line; line = line->next) pointer_list_add(self, &known->yields, line);
    for (const example *one = at->examples; one; one = one->next) pointer_list_add(self, &known->examples, one);
    if (at->draft) known->is_draft = true;
    if (at->threshold >= 0 && at->kind == STATEMENT_SIGNAL) known->threshold = at->threshold;
    if (at->degree >= 0 && at->kind == STATEMENT_SIGNAL) known->degree = at->degree;
    if (!at->extends) return;
    if (at->header.roles) known->header.roles = at->header.roles;
    if (at->header.polarity != POLARITY_UNSAID) known->header.polarity = at->header.polarity;
    if (at->header.drop_said) known->header.drops = at->header.drops;
}

/* ---- Examples ---- */

static bool drops(const concept *owner, slice context) {
    for (const name_list *at = owner->header.drops; at; at = at->next)
        if (same(at->name, context)) return true;
    return false;
}

/* The reason that a "no" gives in brackets is one that there is, and that may keep the signal quiet. */
static void check_reason(program *self, const concept *owner, const example *one) {
    static const slice reasons[] = {{"speaker", 7}, {"needs", 5},     {"unless", 6},   {"not", 3},
                                    {"yields", 6},  {"threshold", 9}, {"duplicate", 9}};
    nearest meant = nearest_begin(one->reason);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (same(reasons[i], one->reason)) return;
        nearest_offer(&meant, reasons[i]);
    }
    for (uint32_t i = 0; i < self->context_count; i++) {
        slice name = self->contexts[i]->name;
        nearest_offer(&meant, name);
        if (!same(name, one->reason)) continue;
        if (!drops(owner, name))
            COMPLAIN(self, one->place,
                     "%.*s does not drop %.*s, so that is never the reason: \"drop %.*s\", or \"unless %.*s\" and no (unless)",
                     SLICE(owner->name), SLICE(name), SLICE(name), SLICE(name));
        return;
    }
    COMPLAIN(self, one->place,
             "there is no reason \"%.*s\"; there are speaker, needs, unless, not, yields, threshold, duplicate and the contexts %s%s%.*s%s",
             SLICE(one->reason), list_contexts(self).text, NEAREST(meant));
}

static void check_reasons(program *self) {
    for (uint32_t n = 0; n < self->concept_names.count; n++)
        for (uint32_t i = 0; i < self->concepts[n]->examples.count; i++) {
            const example *one = self->concepts[n]->examples.items[i];
            if (one->reason.length) check_reason(self, self->concepts[n], one);
        }
}

/* ---- What layers take back ---- */

static void turn_off(program *self, const statement *at) {
    concept *known = find_concept(self, at->name);
    if (known && known->is_signal)
        known->is_off = true;
    else {
        nearest meant = nearest_interned(&self->concept_names, at->name);
        COMPLAIN(self, at->place, "there is no signal \"%.*s\" to switch off%s%.*s%s", SLICE(at->name), NEAREST(meant));
    }
}

/* "a.b/3": the rule with label or number 3 of signal a.b. */
static void reweigh(program *self, const statement *at) {
    const char *slash = memchr(at->name.at, '/', at->name.length);
    slice name = {at->name.at, slash ? (uint32_t)(slash - at->name.at) : at->name.length};
    slice label = {slash ? slash + 1 : at->name.at, slash ? at->name.length - name.length - 1 : 0};
    concept *known = find_concept(self, name);
    for (uint32_t i = 0; known && i < known->lines.count; i++) {
        const rule_line *line = known->lines.items[i];
        char number[12];
        uint32_t length = 0, value = i + 1, power = 1;
        while (power <= value / 10) power *= 10;
        for (; power; power /= 10) number[length++] = (char)('0' + value / power % 10);
        slice ordinal = {number, length};
        if (!same(label, line->label.length ? line->label : ordinal)) continue;
        rule_line *copy = arena_take(self->arena, sizeof *copy);
        if (!copy) return;
        *copy = *line;
        copy->weight = (int32_t)at->number;
        known->lines.items[i] = copy;
        return;
    }
    COMPLAIN(self, at->place, "there is no rule \"%.*s\"; care pack show lists a signal's rules", SLICE(at->name));
}

static void retract(program *self, const statement *at) {
    bool found = false;
    for (uint32_t n = 0; n < self->concept_names.count; n++) {
        pointer_list *examples = &self->concepts[n]->examples;
        uint32_t kept = 0;
        for (uint32_t i = 0; i < examples->count; i++) {
            const example *one = examples->items[i];
            bool retracted = one->name.length && same(one->name, at->name);
            found |= retracted;
            if (!retracted) examples->items[kept++] = one;
        }
        examples->count = kept;
    }
    if (!found) COMPLAIN(self, at->place, "there is no example named \"@%.*s\" to retract", SLICE(at->name));
}

/* ---- The order of decision ---- */

static void unnamed_cue(program *self, const concept *owner, condition *from) {
    concept *made = arena_take(self->arena, sizeof *made);
    rule_line *line = arena_take(self->arena, sizeof *line);
    if (!made || !line) return;
    line->kind = LINE_SAY;
    line->place = from->place;
    line->weight = 100;
    line->phrase = from->phrase;
    line->edges = from->edges;
    line->source = owner->name;
    made->name = owner->name;
    made->is_unnamed = true;
    made->header.roles = 0x3fu & ~(1u << CARE_ROLE_SYSTEM);
    made->threshold = 60;
    made->place = from->place;
    pointer_list_add(self, &made->lines, line);
    made->number = self->order.count;
    from->concept = made->number;
    pointer_list_add(self, &self->order, made);
}

static void unnamed_cues(program *self, const concept *owner, const guard *guards) {
    for (const guard *one = guards; one; one = one->next)
        for (condition *at = one->conditions; at; at = at->next)
            if (at->kind == CONDITION_PHRASE) unnamed_cue(self, owner, at);
}

static void put_in_order(program *self, const pointer_list *concepts) {
    for (uint32_t i = 0; i < concepts->count; i++) {
        concept *at = (concept *)(uintptr_t)concepts->items[i];
        for (uint32_t k = 0; k < at->lines.count; k++) unnamed_cues(self, at, ((const rule_line *)at->lines.items[k])->guards);
        for (uint32_t k = 0; k < at->guards.count; k++) {
            guard alone = *(const guard *)at->guards.items[k];
            alone.next = NULL;
            unnamed_cues(self, at, &alone);
        }
        at->number = self->order.count;
        at->signal = at->is_signal ? self->signal_count++ : PROGRAM_NONE;
        pointer_list_add(self, &self->order, at);
    }
}

static void name_layer(program *self, const statement *at) {
    uint32_t layer = self->file_layers[at->place.file];
    if (self->layer_names[layer].length) {
        COMPLAIN(self, at->place, "a pack is named once: here it is \"%.*s\" already", SLICE(self->layer_names[layer]));
        return;
    }
    self->layer_names[layer] = at->name;
    self->layer_versions[layer] = at->text;
}

/* The layers below are settled before a layer takes things back, as its lines stand behind theirs. */
void resolve_program(program *self) {
    for (const statement *at = self->statements; at; at = at->next)
        if (at->kind == STATEMENT_FAMILY) add_family(self, at);
    /* Where memory ran out, tables lack what their names promise: nothing more is looked up. */
    for (const statement *at = self->statements; at && !self->arena->out_of_memory; at = at->next) {
        switch (at->kind) {
        case STATEMENT_PACK: name_layer(self, at); break;
        case STATEMENT_LIST: add_named(self, &self->lists, at, "list"); break;
        case STATEMENT_SLOT: add_named(self, &self->slots, at, "slot"); break;
        case STATEMENT_CONTEXT: add_context(self, at); break;
        case STATEMENT_CUE:
        case STATEMENT_SIGNAL:
        case STATEMENT_CONVERSATION: add_concept(self, at); break;
        case STATEMENT_OFF: turn_off(self, at); break;
        case STATEMENT_REWEIGH: reweigh(self, at); break;
        case STATEMENT_RETRACT: retract(self, at); break;
        case STATEMENT_ANSWERS: pointer_list_add(self, &self->answers, at); break;
        default: break;
        }
    }
    if (!self->arena->out_of_memory) check_reasons(self);
    put_in_order(self, &self->cues);
    put_in_order(self, &self->signals);
    put_in_order(self, &self->conversations);
    if (self->order.count > PACK_MAX_CONCEPTS) {
        place start = {0, 1, 1};
        problems_add(self->problems, start, CARE_SEVERITY_ERROR, CARE_E_LIMIT,
                     "a pack has at most %u cues and signals, conditions in brackets included", PACK_MAX_CONCEPTS);
    }
}

uint32_t resolve_reference(program *self, slice name, place where, uint32_t user, bool any_order, uint32_t **numbers) {
    bool family = name.length > 2 && name.at[name.length - 1] == '*' && name.at[name.length - 2] == '.';
    uint32_t count = 0;
    bool later = false;
    uint32_t *found = arena_take(self->arena, (self->order.count + 1u) * sizeof *found);
    *numbers = found;
    if (!found) return 0;
    for (uint32_t i = 0; i < self->order.count; i++) {
        concept *at = (concept *)(uintptr_t)self->order.items[i];
        if (at->is_unnamed) continue;
        bool named = family ? at->name.length >= name.length && memcmp(at->name.at, name.at, name.length - 1) == 0 : same(at->name, name);
        if (!named) continue;
        if (!any_order && i >= user) {
            later = true;
            continue;
        }
        at->is_used = true;
        found[count++] = i;
    }
    if (count) return count;
    if (later) {
        COMPLAIN(self, where, "\"%.*s\" is decided later than this rule; it must stand before it", SLICE(name));
        return 0;
    }
    nearest meant = nearest_interned(family ? &self->families : &self->concept_names, family ? (slice){name.at, name.length - 2} : name);
    COMPLAIN(self, where, "there is no cue or signal \"%.*s\"%s%.*s%s", SLICE(name), NEAREST(meant));
    return 0;
}

static void note_unused(program *self, place where, const char *what, slice name) {
    problems_add(self->problems, where, CARE_SEVERITY_NOTE, CARE_OK, "nothing refers to the %s \"%.*s\"", what, SLICE(name));
}

void resolve_note_unused(program *self) {
    const struct {
        const named_table *table;
        const char *what;
    } tables[] = {{&self->lists, "list"}, {&self->slots, "slot"}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (uint32_t n = 0; n < tables[i].table->names.count; n++)
            if (!tables[i].table->items[n].is_used)
                note_unused(self, tables[i].table->items[n].place, tables[i].what, tables[i].table->names.items[n]);
    for (uint32_t i = 0; i < self->cues.count; i++) {
        const concept *cue = self->cues.items[i];
        if (!cue->is_used) note_unused(self, cue->place, "cue", cue->name);
    }
}
