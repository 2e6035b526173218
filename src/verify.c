/* verify.c - checks a compiled pack in full before anything trusts it.
 *
 * A pack may come from anywhere. After this, every index in it points inside its section, every string ends, every list
 * fits, every hash table has an empty bucket (so that probing ends), and no automaton runs past its positions. */
#include "form.h"

#include <string.h>

typedef struct check {
    const unsigned char *block;
    const pack_header *header;
    care_error *error;
    care_status status;
} check;

static const void *section(const check *self, pack_section which) {
    return self->block + self->header->sections[which].offset;
}

static uint64_t count_of(const check *self, pack_section which) {
    return self->header->sections[which].count;
}

static bool fail(check *self, const void *at, const char *message) {
    if (self->status == CARE_OK) {
        uint64_t offset = at ? (uint64_t)((const unsigned char *)at - self->block) : 0;
        self->status = error_set(self->error, CARE_E_CORRUPT, offset, 0, message);
    }
    return false;
}

static bool string_ok(check *self, uint32_t string, uint64_t length) {
    uint64_t room = count_of(self, SECTION_STRINGS);
    return string < room && length < room - string;
}

static bool list_ok(const check *self, uint32_t list, uint64_t limit) {
    const uint32_t *numbers = section(self, SECTION_NUMBERS);
    uint64_t room = count_of(self, SECTION_NUMBERS);
    if (list >= room || numbers[list] > room - list - 1) return false;
    for (uint32_t i = 0; i < numbers[list]; i++)
        if (numbers[list + 1 + i] >= limit) return false;
    return true;
}

static bool run_ok(uint64_t first, uint64_t count, uint64_t room) {
    return first <= room && count <= room - first;
}

static bool header_ok(check *self, uint64_t length) {
    static const uint32_t sizes[SECTION_COUNT] = PACK_RECORD_SIZES;
    const pack_header *header = self->header;
    uint64_t at = sizeof *header;
    for (int i = 0; i < SECTION_COUNT; i++) {
        uint64_t offset = header->sections[i].offset, count = header->sections[i].count;
        if (offset % 8 || offset < at || offset > length || count > UINT32_MAX || count * sizes[i] > length - offset)
            return fail(self, &header->sections[i], "a section lies outside the pack");
        at = offset + count * sizes[i];
    }
    uint64_t strings = count_of(self, SECTION_STRINGS);
    if (!strings || ((const char *)section(self, SECTION_STRINGS))[strings - 1]) return fail(self, NULL, "the strings do not end");
    if (!string_ok(self, header->stemmer, 0) || !string_ok(self, header->unicode, 0)) return fail(self, header, "bad string");
    if (header->flags & ~(uint64_t)PACK_DROPS_EMOJI || header->reserved) return fail(self, header, "unknown flags");
    if (!header->symbol_count || header->symbol_count > PACK_MAX_SYMBOLS) return fail(self, header, "bad number of symbols");
    return true;
}

static bool power_of_two(uint64_t count) {
    return count && !(count & (count - 1));
}

/* A form is found by its key alone if it is short, so key and text must agree. */
static bool form_ok(check *self, const pack_form *form, const pack_form_detail *detail) {
    if (form->symbol >= self->header->symbol_count || !string_ok(self, detail->text, detail->length)) return false;
    if (!detail->length || detail->length > FORM_MAX || (detail->length > 12) != !!(form->flags & FORM_LONG)) return false;
    const unsigned char *text = (const unsigned char *)section(self, SECTION_STRINGS) + detail->text;
    uint64_t head;
    uint32_t tail;
    form_key(text, detail->length, &head, &tail);
    return head == form->head && tail == form->tail && !memchr(text, 0, detail->length);
}

static bool contraction_ok(check *self, const pack_form_detail *detail, uint64_t form_count) {
    if (detail->contraction >= count_of(self, SECTION_CONTRACTIONS)) return fail(self, detail, "bad contraction");
    const pack_contraction *known = (const pack_contraction *)section(self, SECTION_CONTRACTIONS) + detail->contraction;
    if (known->first >= form_count || known->second >= form_count || known->cut >= detail->length)
        return fail(self, known, "bad contraction");
    if (known->after != PACK_NONE && !list_ok(self, known->after, form_count)) return fail(self, known, "bad condition");
    if (known->before != PACK_NONE && !list_ok(self, known->before, form_count)) return fail(self, known, "bad condition");
    return true;
}

static bool words_ok(check *self) {
    const pack_form *forms = section(self, SECTION_FORMS);
    const pack_form_detail *details = section(self, SECTION_FORM_DETAILS);
    const pack_clitic *clitics = section(self, SECTION_CLITICS);
    uint64_t count = count_of(self, SECTION_FORMS), empty = 0;
    if (!power_of_two(count) || count_of(self, SECTION_FORM_DETAILS) != count) return fail(self, forms, "bad vocabulary size");
    for (uint64_t i = 0; i < count; i++) {
        if (!(forms[i].flags & FORM_USED)) {
            if (forms[i].head || forms[i].tail || forms[i].symbol || forms[i].flags) return fail(self, forms + i, "bad empty form");
            empty++;
            continue;
        }
        const pack_form_detail *detail = details + i;
        if (!form_ok(self, forms + i, detail)) return fail(self, forms + i, "bad form");
        if (forms[i].flags & FORM_CONTRACTION && !contraction_ok(self, detail, count)) return false;
    }
    if (!empty) return fail(self, forms, "the vocabulary has no empty place");
    for (uint64_t i = 0; i < count_of(self, SECTION_CLITICS); i++)
        if (!string_ok(self, clitics[i].text, clitics[i].length) || !clitics[i].length || clitics[i].form >= count)
            return fail(self, clitics + i, "bad clitic");
    return true;
}

/* What words a phrase takes. The tables stand one behind the other, as their masks do, so that checking them takes no longer than
 * the pack is long. No bucket holds a symbol twice, as a look-up adds up what it finds (match.h). */
static bool takings_ok(check *self, const pack_phrase *phrase, uint64_t all, uint64_t *next_taking, uint64_t *next_mask) {
    uint64_t buckets = phrase->taking_shift < 12 || phrase->taking_shift > 32 ? 0 : UINT64_C(1) << (32 - phrase->taking_shift);
    if (!buckets || phrase->first_taking != *next_taking || !run_ok(phrase->first_taking, buckets, count_of(self, SECTION_TAKINGS)) ||
        !phrase->mask_count || phrase->first_mask != *next_mask ||
        !run_ok(phrase->first_mask, phrase->mask_count, count_of(self, SECTION_MASKS)))
        return fail(self, phrase, "bad phrase");
    const pack_taking *table = (const pack_taking *)section(self, SECTION_TAKINGS) + phrase->first_taking;
    const uint64_t *masks = (const uint64_t *)section(self, SECTION_MASKS) + phrase->first_mask;
    *next_taking += buckets;
    *next_mask += phrase->mask_count;
    for (uint64_t i = 0; i < phrase->mask_count; i++)
        if (masks[i] & ~all || (!i && masks[i])) return fail(self, masks + i, "bad mask");
    for (uint64_t i = 0; i < buckets; i++)
        for (uint32_t at = 0; at < PACK_BUCKET; at++) {
            uint32_t symbol = table[i].symbols[at], mask = table[i].masks[at], alike = 0;
            for (uint32_t before = 0; before < at; before++) alike |= table[i].symbols[before] == symbol;
            if (mask >= phrase->mask_count || (symbol ? alike : mask)) return fail(self, table + i, "bad word of a phrase");
        }
    return true;
}

static bool phrases_ok(check *self) {
    const pack_phrase *phrases = section(self, SECTION_PHRASES);
    const pack_position *positions = section(self, SECTION_POSITIONS);
    uint64_t next_taking = 0, next_mask = 0;
    for (uint64_t i = 0; i < count_of(self, SECTION_PHRASES); i++) {
        const pack_phrase *phrase = phrases + i;
        uint32_t count = phrase->position_count;
        if (!count || count > PACK_MAX_POSITIONS || !run_ok(phrase->first_position, count, count_of(self, SECTION_POSITIONS)) ||
            !phrase->max_words || phrase->max_words > PACK_MAX_WORDS || (phrase->edges & ~EDGE_ALL) ||
            (phrase->rule != PACK_NONE && phrase->rule >= count_of(self, SECTION_RULES)))
            return fail(self, phrase, "bad phrase");
        uint64_t all = count == 64 ? UINT64_MAX : (UINT64_C(1) << count) - 1;
        if ((phrase->starts | phrase->accepts | phrase->any) & ~all) return fail(self, phrase, "bad phrase");
        if (!takings_ok(self, phrase, all, &next_taking, &next_mask)) return false;
        for (uint32_t p = 0; p < count; p++) {
            const pack_position *position = positions + phrase->first_position + p;
            if (position->follow & ~all || (position->slot != PACK_NONE16 && position->slot >= count_of(self, SECTION_SLOTS)))
                return fail(self, position, "bad position");
        }
    }
    return true;
}

/* The runs of a bucket's keys begin at one of `room` gates. None of the keys stands twice, as a look-up puts the bits of what it finds
 * together (pack.h). */
static bool keys_ok(const pack_key_bucket *bucket, uint64_t room) {
    for (uint32_t at = 0; at < PACK_BUCKET; at++) {
        uint32_t key = bucket->keys[at], run = bucket->runs[at], alike = 0;
        for (uint32_t before = 0; before < at; before++) alike |= bucket->keys[before] == key;
        if (run > room || !run != !key || (key && alike)) return false;
    }
    return true;
}

static bool gates_ok(check *self) {
    const pack_symbol_gate *symbols = section(self, SECTION_SYMBOL_GATES);
    const pack_key_bucket *buckets = section(self, SECTION_KEY_BUCKETS);
    const pack_gate *list = section(self, SECTION_GATE_LIST);
    const pack_phrase *phrases = section(self, SECTION_PHRASES);
    uint64_t room = count_of(self, SECTION_GATE_LIST), spare = room ? PACK_GATE_AHEAD - 1 : 0, empty = 0;
    if (room < spare) return fail(self, list, "bad gate sizes");
    if (count_of(self, SECTION_SYMBOL_GATES) != self->header->symbol_count + PACK_KIND_COUNT ||
        !power_of_two(count_of(self, SECTION_KEY_FILTER)))
        return fail(self, symbols, "bad gate sizes");
    for (uint64_t i = 0; i < count_of(self, SECTION_SYMBOL_GATES); i++)
        if (symbols[i].company >= TRAITS_COUNT || symbols[i].tier >= TRAITS_COUNT) return fail(self, symbols + i, "bad gate");
    for (uint64_t i = 0; i < count_of(self, SECTION_KEY_BUCKETS); i++) {
        empty += !buckets[i].keys[PACK_BUCKET - 1];
        if (!keys_ok(buckets + i, room - spare)) return fail(self, buckets + i, "bad gate");
    }
    if (!empty) return fail(self, buckets, "the gates have no empty place");
    for (uint64_t i = 0; i < room; i++) {
        if (list[i].phrase >= count_of(self, SECTION_PHRASES) || phrases[list[i].phrase].rule == PACK_NONE)
            return fail(self, list + i, "bad gate");
        uint32_t left = list[i].asks >> PACK_GATE_LEFT, after = i + 1 < room - spare ? list[i + 1].asks >> PACK_GATE_LEFT : 0;
        if (left != 1 && left != after + 1 && (left != PACK_RUN_MOST || after != PACK_RUN_MOST))
            return fail(self, list + i, "a run of gates without an end");
    }
    return true;
}

static bool guards_ok(check *self, uint32_t first, uint32_t count) {
    return run_ok(first, count, count_of(self, SECTION_GUARDS));
}

static bool rules_ok(check *self) {
    const pack_rule *rules = section(self, SECTION_RULES);
    const pack_concept *concepts = section(self, SECTION_CONCEPTS);
    uint64_t rule_count = count_of(self, SECTION_RULES), concept_count = count_of(self, SECTION_CONCEPTS);
    uint64_t signal_count = count_of(self, SECTION_SIGNALS);
    uint64_t owned = 0; /* rules in the concepts' runs: as each rule stands in its own concept's, none stands in two */
    if (concept_count > PACK_MAX_CONCEPTS) return fail(self, concepts, "too many concepts");
    for (uint64_t i = 0; i < concept_count; i++) {
        const pack_concept *concept = concepts + i;
        if (!string_ok(self, concept->name, 0) || !string_ok(self, concept->meaning, 0) || !string_ok(self, concept->pillar, 0) ||
            !run_ok(concept->first_rule, concept->rule_count, rule_count) || !guards_ok(self, concept->first_guard, concept->guard_count) ||
            !run_ok(concept->first_yield, concept->yield_count, count_of(self, SECTION_YIELDS)) ||
            (concept->signal != PACK_NONE16 && concept->signal >= signal_count) || concept->drops >> PACK_MAX_CONTEXTS ||
            concept->polarity < -1 || concept->polarity > 1 || concept->degree > 3)
            return fail(self, concept, "bad concept");
        owned += concept->rule_count;
    }
    if (owned != rule_count) return fail(self, concepts, "the concepts' rules overlap");
    for (uint64_t i = 0; i < rule_count; i++) {
        const pack_rule *rule = rules + i;
        bool phraseless = rule->kind == RULE_WHEN || rule->kind == RULE_CONVERSATION;
        if (!string_ok(self, rule->name, 0) || !string_ok(self, rule->text, 0) || !string_ok(self, rule->file, 0) ||
            rule->concept >= concept_count || rule->kind > RULE_CONVERSATION || rule->weight > 100 ||
            (phraseless ? rule->phrase != PACK_NONE : rule->phrase >= count_of(self, SECTION_PHRASES)) ||
            !guards_ok(self, rule->first_guard, rule->guard_count))
            return fail(self, rule, "bad rule");
        const pack_concept *concept = concepts + rule->concept;
        if (rule->kind == RULE_WHEN && !(concept->flags & CONCEPT_HINTED))
            return fail(self, rule, "a condition that its signal does not tell of");
        if (phraseless && concept->flags & CONCEPT_ON_DEMAND) return fail(self, rule, "a cue on demand without a phrase");
        if (i < concept->first_rule || i - concept->first_rule >= concept->rule_count)
            return fail(self, rule, "a rule outside its concept");
    }
    const pack_phrase *phrases = section(self, SECTION_PHRASES);
    for (uint64_t i = 0; i < count_of(self, SECTION_PHRASES); i++)
        if (phrases[i].rule != PACK_NONE && rules[phrases[i].rule].phrase != i) return fail(self, phrases + i, "a phrase without its rule");
    const uint32_t *signals = section(self, SECTION_SIGNALS);
    for (uint64_t i = 0; i < signal_count; i++)
        if (signals[i] >= concept_count || concepts[signals[i]].signal != i) return fail(self, signals + i, "bad signal");
    return true;
}

static bool conditions_ok(check *self) {
    const pack_guard *guards = section(self, SECTION_GUARDS);
    const pack_condition *conditions = section(self, SECTION_CONDITIONS);
    const pack_yield *yields = section(self, SECTION_YIELDS);
    uint64_t concepts = count_of(self, SECTION_CONCEPTS);
    for (uint64_t i = 0; i < count_of(self, SECTION_GUARDS); i++)
        if (!run_ok(guards[i].first_condition, guards[i].condition_count, count_of(self, SECTION_CONDITIONS)) || guards[i].unless > 1)
            return fail(self, guards + i, "bad guard");
    for (uint64_t i = 0; i < count_of(self, SECTION_CONDITIONS); i++) {
        const pack_condition *condition = conditions + i;
        if (condition->kind > PACK_IF_FIRST || condition->where > PACK_HERE ||
            (condition->kind == PACK_IF_CONCEPT && !list_ok(self, condition->list, concepts)) ||
            (condition->kind == PACK_IF_CONCEPT && condition->where == PACK_BEFORE && condition->number > PACK_MAX_HISTORY) ||
            (condition->kind == PACK_IF_CONTEXT && condition->number >= count_of(self, SECTION_CONTEXTS)))
            return fail(self, condition, "bad condition");
    }
    for (uint64_t i = 0; i < count_of(self, SECTION_YIELDS); i++)
        if (!list_ok(self, yields[i].list, concepts) ||
            (yields[i].where != PACK_HERE && yields[i].where != PACK_IN_SENTENCE && yields[i].where != PACK_IN_TURN))
            return fail(self, yields + i, "bad yield");
    return true;
}

/* Of a cue on demand: guards that ask what stands in the turn show in its flag; and whoever has the flag is not asked for by
 * another that has it, or asking could go round in circles. */
static bool on_demand_ok(check *self, const pack_concept *owner, uint32_t first, uint32_t count) {
    const pack_guard *guards = section(self, SECTION_GUARDS);
    const pack_condition *conditions = section(self, SECTION_CONDITIONS);
    const uint32_t *numbers = section(self, SECTION_NUMBERS);
    const pack_concept *concepts = section(self, SECTION_CONCEPTS);
    for (uint32_t g = first; g < first + count; g++)
        for (uint32_t c = 0; c < guards[g].condition_count; c++) {
            const pack_condition *condition = conditions + guards[g].first_condition + c;
            if (condition->kind == PACK_IF_CONTEXT) return fail(self, condition, "a cue on demand with a guard that asks for contexts");
            if (condition->kind != PACK_IF_CONCEPT || condition->where == PACK_BEFORE) continue;
            if (!(owner->flags & CONCEPT_ASKS)) return fail(self, condition, "a cue on demand with a guard that asks for the turn");
            const uint32_t *list = numbers + condition->list;
            for (uint32_t i = 1; i <= list[0]; i++) {
                uint32_t flags = concepts[list[i]].flags;
                if (flags & CONCEPT_ON_DEMAND && flags & CONCEPT_ASKS)
                    return fail(self, condition, "cues on demand that ask for each other");
            }
        }
    return true;
}

static bool cues_ok(check *self) {
    const pack_concept *concepts = section(self, SECTION_CONCEPTS);
    const pack_rule *rules = section(self, SECTION_RULES);
    for (uint64_t i = 0; i < count_of(self, SECTION_CONCEPTS); i++) {
        const pack_concept *concept = concepts + i;
        if (!(concept->flags & CONCEPT_ON_DEMAND)) continue;
        if (concept->signal != PACK_NONE16) return fail(self, concept, "a signal on demand");
        if (!on_demand_ok(self, concept, concept->first_guard, concept->guard_count)) return false;
        for (uint32_t r = concept->first_rule; r < concept->first_rule + concept->rule_count; r++)
            if (!on_demand_ok(self, concept, rules[r].first_guard, rules[r].guard_count)) return false;
    }
    return true;
}

static bool contexts_ok(check *self) {
    const pack_context *contexts = section(self, SECTION_CONTEXTS);
    const pack_trigger *triggers = section(self, SECTION_TRIGGERS);
    if (count_of(self, SECTION_CONTEXTS) > PACK_MAX_CONTEXTS) return fail(self, contexts, "too many contexts");
    for (uint64_t i = 0; i < count_of(self, SECTION_CONTEXTS); i++)
        if (!string_ok(self, contexts[i].name, 0) ||
            !run_ok(contexts[i].first_trigger, contexts[i].trigger_count, count_of(self, SECTION_TRIGGERS)))
            return fail(self, contexts + i, "bad context");
    for (uint64_t i = 0; i < count_of(self, SECTION_TRIGGERS); i++)
        if (triggers[i].kind > PACK_TRIGGER_EXCEPT ||
            (triggers[i].phrase == PACK_NONE ? triggers[i].kind != PACK_TRIGGER_UNTIL
                                             : triggers[i].phrase >= count_of(self, SECTION_PHRASES)))
            return fail(self, triggers + i, "bad trigger");
    return true;
}

static bool rest_ok(check *self) {
    uint64_t concepts = count_of(self, SECTION_CONCEPTS);
    const pack_conversation_rule *conversations = section(self, SECTION_CONVERSATION_RULES);
    const pack_rule *rules = section(self, SECTION_RULES);
    const pack_concept *concepts_at = section(self, SECTION_CONCEPTS);
    for (uint64_t i = 0; i < count_of(self, SECTION_CONVERSATION_RULES); i++)
        if (conversations[i].rule >= count_of(self, SECTION_RULES) || rules[conversations[i].rule].kind != RULE_CONVERSATION ||
            concepts_at[rules[conversations[i].rule].concept].signal == PACK_NONE16 || !list_ok(self, conversations[i].opens, concepts) ||
            !list_ok(self, conversations[i].met, concepts) || !conversations[i].within)
            return fail(self, conversations + i, "bad conversation rule");
    if (count_of(self, SECTION_CONVERSATION_RULES) > 64) return fail(self, conversations, "too many conversation rules");
    const uint32_t *slots = section(self, SECTION_SLOTS), *answers = section(self, SECTION_ANSWERS);
    for (uint64_t i = 0; i < count_of(self, SECTION_SLOTS); i++)
        if (!string_ok(self, slots[i], 0)) return fail(self, slots + i, "bad slot");
    if (count_of(self, SECTION_ANSWERS) != 4) return fail(self, answers, "bad answers");
    for (uint64_t i = 0; i < 4; i++)
        if (!list_ok(self, answers[i], concepts)) return fail(self, answers + i, "bad answers");
    const pack_speaker *speakers = section(self, SECTION_SPEAKERS);
    for (uint64_t i = 0; i < count_of(self, SECTION_SPEAKERS); i++)
        if (!string_ok(self, speakers[i].label, speakers[i].length) || speakers[i].role >= CARE_ROLE_COUNT)
            return fail(self, speakers + i, "bad speaker");
    const pack_layer *layers = section(self, SECTION_LAYERS);
    if (!count_of(self, SECTION_LAYERS)) return fail(self, layers, "no layer");
    for (uint64_t i = 0; i < count_of(self, SECTION_LAYERS); i++)
        if (!string_ok(self, layers[i].name, 0) || !string_ok(self, layers[i].version, 0)) return fail(self, layers + i, "bad layer");
    const pack_source *sources = section(self, SECTION_SOURCES);
    for (uint64_t i = 0; i < count_of(self, SECTION_SOURCES); i++)
        if (sources[i].layer >= count_of(self, SECTION_LAYERS) || !string_ok(self, sources[i].name, 0) ||
            !string_ok(self, sources[i].text, sources[i].length))
            return fail(self, sources + i, "bad source");
    return true;
}

care_status pack_verify(const unsigned char *block, uint64_t length, care_error *error) {
    const uint16_t one = 1;
    if (*(const unsigned char *)&one != 1)
        return error_set(error, CARE_E_UNSUPPORTED, 0, 0, "compiled packs are little-endian; this machine is not");
    check self = {block, (const pack_header *)block, error, CARE_OK};
    const pack_header *header = self.header;
    if (length < 16 || memcmp(header->magic, PACK_MAGIC, 8) != 0)
        return error_set(error, CARE_E_CORRUPT, 0, 0, "this is not a compiled pack");
    if (header->format != PACK_FORMAT)
        return error_set(error, CARE_E_VERSION, 8, 0, "the pack has another format version; compile it again with this library");
    if (length < sizeof *header || header->header_size != sizeof *header || header->length != length || length % 8)
        return error_set(error, CARE_E_CORRUPT, 12, 0, "the pack is truncated, or longer than it says");
    if (pack_checksum((const uint64_t *)(block + PACK_CHECKSUM_FROM), (length - PACK_CHECKSUM_FROM) / 8) != header->checksum)
        return error_set(error, CARE_E_CORRUPT, 24, 0, "the pack's checksum is wrong: it was altered");
    if (header_ok(&self, length) && words_ok(&self) && phrases_ok(&self) && gates_ok(&self) && rules_ok(&self) && conditions_ok(&self) &&
        cues_ok(&self) && contexts_ok(&self))
        rest_ok(&self);
    return self.status;
}
