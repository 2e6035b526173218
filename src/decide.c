/* decide.c - see decide.h. */
#include "decide.h"
#include "match.h"
#include "sort.h"

#include <string.h>

typedef struct decider {
    const turn_view *turn;
    const care_pack *pack;
    fact_list *facts;
    fact_list *on_demand;
    verdict_list *verdicts;
    bool out_of_memory;
} decider;

/* ---- Guards ---- */

static uint32_t guards_fail(decider *self, uint32_t first, uint32_t count, const candidate *at);

/* The words from number `first` on, as bits, with which the phrase may begin: without branches, as nobody could foretell them. */
static uint64_t may_begin(const care_pack *pack, const pack_phrase *phrase, const word *first, uint32_t count) {
    uint64_t bits = 0;
    for (uint32_t i = 0; i < count; i++) bits |= (uint64_t)pack_traits_meet(phrase->begins, word_traits(pack, first + i)) << i;
    return bits;
}

/* Adds every match of one of the cue's phrases in a sentence if its rule's guards hold. */
static void look_for_phrase(decider *self, const pack_concept *concept, const pack_rule *rule, candidate *at) {
    const word_list *words = self->turn->words;
    const sentence *within = words->sentences + at->sentence;
    const pack_phrase *phrase = self->pack->phrases + rule->phrase;
    if (!match_may_stand(phrase, within->together)) return;
    at->last = within->first;
    for (uint32_t from = within->first; from < within->last; from += 64) {
        uint32_t left = within->last - from;
        for (uint64_t bits = may_begin(self->pack, phrase, words->words + from, left < 64 ? left : 64); bits; bits &= bits - 1) {
            uint32_t first = from + (uint32_t)__builtin_ctzll(bits);
            uint32_t last = first < at->last ? 0 : match_at(self->pack, phrase, words, within, first);
            if (!last) continue;
            at->first = first;
            at->last = last;
            if (guards_fail(self, rule->first_guard, rule->guard_count, at)) continue;
            if (guards_fail(self, concept->first_guard, concept->guard_count, at)) continue;
            self->out_of_memory |= !facts_add(self->on_demand, self->turn->allocator, at->concept, at->sentence, first, last);
        }
    }
}

static void look_for(decider *self, uint32_t number);

/* Looks for the cues on demand that the guards ask for. */
static void look_for_guards(decider *self, uint32_t first, uint32_t count) {
    for (const pack_guard *guard = self->pack->guards + first; count--; guard++)
        for (uint32_t c = 0; c < guard->condition_count; c++) {
            const pack_condition *condition = self->pack->conditions + guard->first_condition + c;
            if (condition->kind != PACK_IF_CONCEPT || condition->where == PACK_BEFORE) continue;
            uint32_t asked;
            const uint32_t *concepts = pack_list(self->pack, condition->list, &asked);
            for (uint32_t i = 0; i < asked; i++)
                if (self->pack->concepts[concepts[i]].flags & CONCEPT_ON_DEMAND) look_for(self, concepts[i]);
        }
}

/* Looks for an on-demand cue in the whole turn, once. What its guards ask for is settled or, in turn, a cue on demand whose own
 * guards ask for none (verify.c); such cues are looked for first, as the facts of one cue stand together. */
static void look_for(decider *self, uint32_t number) {
    const pack_concept *concept = self->pack->concepts + number;
    if (facts_ask(self->on_demand, number) || !(concept->roles >> self->turn->role & 1)) return;
    look_for_guards(self, concept->first_guard, concept->guard_count);
    for (uint32_t r = 0; r < concept->rule_count; r++) {
        const pack_rule *rule = self->pack->rules + concept->first_rule + r;
        look_for_guards(self, rule->first_guard, rule->guard_count);
    }
    candidate at = {.concept = (uint16_t)number};
    for (; at.sentence < self->turn->words->sentence_count && !self->out_of_memory; at.sentence++)
        for (uint32_t r = 0; r < concept->rule_count; r++) look_for_phrase(self, concept, self->pack->rules + concept->first_rule + r, &at);
}

static bool concept_stands(decider *self, uint32_t number, const pack_condition *condition, const candidate *at) {
    if (condition->where == PACK_BEFORE) return history_has(self->turn->before, number, condition->number);
    if (!(self->pack->concepts[number].flags & CONCEPT_ON_DEMAND))
        return facts_stand(self->facts, number, condition->where, condition->number, at);
    look_for(self, number);
    return facts_stand(self->on_demand, number, condition->where, condition->number, at);
}

static bool reference_holds(decider *self, const pack_condition *condition, const candidate *at) {
    uint32_t count;
    const uint32_t *concepts = pack_list(self->pack, condition->list, &count);
    for (uint32_t i = 0; i < count; i++)
        if (concept_stands(self, concepts[i], condition, at)) return true;
    return false;
}

static bool condition_holds(decider *self, const pack_condition *condition, const candidate *at) {
    const turn_view *turn = self->turn;
    switch (condition->kind) {
        case PACK_IF_CONCEPT: return reference_holds(self, condition, at);
        case PACK_IF_CONTEXT: return at->contexts >> condition->number & 1;
        case PACK_IF_CHANNEL: return condition->number >> turn->channel & 1;
        case PACK_IF_ROLE: return condition->number >> turn->role & 1;
        case PACK_IF_SHORT: return turn->word_count <= condition->number;
        case PACK_IF_LONG: return turn->word_count >= condition->number;
        default: return turn->before->turn_count == 0;
    }
}

/* The reason for which one of the guards fails, or CARE_SUPPRESSED_NOT. */
static uint32_t guards_fail(decider *self, uint32_t first, uint32_t count, const candidate *at) {
    for (uint32_t i = 0; i < count; i++) {
        const pack_guard *guard = self->pack->guards + first + i;
        bool holds = false;
        for (uint32_t c = 0; c < guard->condition_count && !holds; c++)
            holds = condition_holds(self, self->pack->conditions + guard->first_condition + c, at);
        if (holds == guard->unless) return guard->unless ? CARE_SUPPRESSED_UNLESS : CARE_SUPPRESSED_NEEDS;
    }
    return CARE_SUPPRESSED_NOT;
}

/* ---- One candidate ---- */

static uint32_t rule_kind(const decider *self, const candidate *at) {
    return self->pack->rules[at->rule].kind;
}

static bool is_look_alike(const decider *self, const candidate *at) {
    return rule_kind(self, at) == RULE_NOT && !at->suppressed_by;
}

/* Whether a look-alike phrase of the same concept overlaps candidate `index` of the group. The group is sorted by place, and
 * no match is longer than PACK_MAX_WORDS. */
static bool looks_alike(const decider *self, const candidate *group, size_t count, size_t index) {
    const candidate *at = group + index;
    for (size_t i = index; i-- && group[i].first + PACK_MAX_WORDS > at->first;)
        if (is_look_alike(self, group + i) && group[i].last > at->first) return true;
    for (size_t i = index + 1; i < count && group[i].first < at->last; i++)
        if (is_look_alike(self, group + i)) return true;
    return false;
}

/* Look-alikes whose guards fail are none. */
static void decide_look_alikes(decider *self, candidate *group, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const pack_rule *rule = self->pack->rules + group[i].rule;
        if (rule->kind == RULE_NOT) group[i].suppressed_by = guards_fail(self, rule->first_guard, rule->guard_count, group + i);
    }
}

static uint32_t reason_against(decider *self, const pack_concept *concept, const candidate *group, size_t count, size_t index) {
    const candidate *at = group + index;
    const pack_rule *rule = self->pack->rules + at->rule;
    if (!(concept->roles >> self->turn->role & 1)) return CARE_SUPPRESSED_SPEAKER;
    uint32_t dropped = at->contexts & concept->drops;
    if (dropped) return CARE_SUPPRESSED_CONTEXT + (uint32_t)__builtin_ctz(dropped);
    if (concept->flags & CONCEPT_LOOKALIKES && looks_alike(self, group, count, index)) return CARE_SUPPRESSED_LOOKALIKE;
    uint32_t reason = guards_fail(self, rule->first_guard, rule->guard_count, at);
    return reason ? reason : guards_fail(self, concept->first_guard, concept->guard_count, at);
}

/* ---- Cues ---- */

static void decide_cue(decider *self, uint32_t number, const candidate *group, size_t count) {
    for (size_t i = 0; i < count && !self->out_of_memory; i++)
        if (rule_kind(self, group + i) == RULE_SAY && !group[i].suppressed_by)
            self->out_of_memory |= !facts_add(self->facts, self->turn->allocator, number, group[i].sentence, group[i].first, group[i].last);
}

/* ---- Signals ---- */

static verdict *verdict_add(decider *self, const candidate *at, uint32_t last, uint32_t confidence, uint32_t suppressed_by) {
    verdict_list *list = self->verdicts;
    if (!memory_reserve(self->turn->allocator, (void **)&list->items, &list->room, list->count + 1, sizeof *list->items)) {
        self->out_of_memory = true;
        return NULL;
    }
    verdict *added = list->items + list->count++;
    memset(added, 0, sizeof *added);
    added->concept = at->concept;
    added->rule = at->rule;
    added->sentence = at->sentence;
    added->first = added->rule_first = at->first;
    added->last = last;
    added->first_proof = (uint32_t)list->proof_count;
    added->contexts = at->contexts & (uint16_t)~self->pack->concepts[at->concept].drops;
    added->confidence = (uint8_t)(confidence > 99 ? 99 : confidence);
    added->suppressed_by = (uint8_t)suppressed_by;
    return added;
}

/* Adds evidence to the newest verdict. */
static void proof_add(decider *self, uint32_t rule, uint32_t first, uint32_t last) {
    verdict_list *list = self->verdicts;
    if (self->out_of_memory) return;
    if (!memory_reserve(self->turn->allocator, (void **)&list->proofs, &list->proof_room, list->proof_count + 1, sizeof *list->proofs)) {
        self->out_of_memory = true;
        return;
    }
    proof *added = list->proofs + list->proof_count++;
    added->rule = rule;
    added->first = first;
    added->last = last;
    added->weight = self->pack->rules[rule].weight;
    list->items[list->count - 1].proof_count++;
}

static void suppressed_add(decider *self, const candidate *at) {
    if (!self->turn->with_suppressed) return;
    if (verdict_add(self, at, at->last, self->pack->rules[at->rule].weight, at->suppressed_by))
        proof_add(self, at->rule, at->first, at->last);
}

/* The strongest first: by weight, then length, then place. Hints and the fallen stand behind. */
static bool by_strength(const void *context, const void *left, const void *right) {
    const care_pack *pack = context;
    const candidate *a = left, *b = right;
    bool a_says = pack->rules[a->rule].kind == RULE_SAY && !a->suppressed_by,
         b_says = pack->rules[b->rule].kind == RULE_SAY && !b->suppressed_by;
    if (a_says != b_says) return a_says;
    if (pack->rules[a->rule].weight != pack->rules[b->rule].weight) return pack->rules[a->rule].weight > pack->rules[b->rule].weight;
    if (a->last - a->first != b->last - b->first) return a->last - a->first > b->last - b->first;
    if (a->first != b->first) return a->first < b->first;
    return a->rule < b->rule;
}

static bool by_place(const void *context, const void *left, const void *right) {
    const candidate *a = left, *b = right;
    (void)context;
    if (a->first != b->first) return a->first < b->first;
    return a->rule < b->rule;
}

/* Of overlapping candidates that say the same the strongest stays. */
static void drop_duplicates(decider *self, candidate *group, size_t count, uint32_t sentence_first) {
    uint64_t taken[PACK_MAX_SENTENCE / 64] = {0};
    sort(group, count, sizeof *group, by_strength, self->pack);
    for (size_t i = 0; i < count && rule_kind(self, group + i) == RULE_SAY && !group[i].suppressed_by; i++) {
        bool overlaps = false;
        for (uint32_t w = group[i].first - sentence_first; w < group[i].last - sentence_first; w++)
            overlaps |= taken[w / 64] >> (w % 64) & 1;
        if (overlaps) {
            group[i].suppressed_by = CARE_SUPPRESSED_DUPLICATE;
            continue;
        }
        for (uint32_t w = group[i].first - sentence_first; w < group[i].last - sentence_first; w++)
            taken[w / 64] |= UINT64_C(1) << (w % 64);
    }
    sort(group, count, sizeof *group, by_place, NULL);
}

typedef struct hints {
    uint32_t sum;
    const candidate *first;     /* the leftmost hint, or NULL */
    const candidate *strongest;
    uint32_t last;              /* the rightmost hint's end */
} hints;

/* Whether candidate `index` is the first surviving one of its hint rule in the sentence. */
static bool hint_counts(const decider *self, const candidate *group, size_t index) {
    if (rule_kind(self, group + index) != RULE_HINT || group[index].suppressed_by) return false;
    for (size_t i = 0; i < index; i++)
        if (group[i].rule == group[index].rule && !group[i].suppressed_by) return false;
    return true;
}

static bool condition_hint_holds(decider *self, const pack_rule *rule, const candidate *at) {
    return rule->kind == RULE_WHEN && !guards_fail(self, rule->first_guard, rule->guard_count, at);
}

/* The conditions are asked once a sentence, from its first surviving candidate. */
static const candidate *first_surviving(const decider *self, const candidate *group, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!group[i].suppressed_by && rule_kind(self, group + i) != RULE_NOT) return group + i;
    return NULL;
}

static hints add_up(decider *self, const pack_concept *concept, const candidate *group, size_t count) {
    hints found = {0, NULL, NULL, 0};
    for (size_t i = 0; i < count; i++) {
        if (rule_kind(self, group + i) != RULE_HINT || group[i].suppressed_by) continue;
        if (!found.first) found.first = group + i;
        if (group[i].last > found.last) found.last = group[i].last;
        if (!hint_counts(self, group, i)) continue;
        uint32_t weight = self->pack->rules[group[i].rule].weight;
        if (!found.strongest || weight > self->pack->rules[found.strongest->rule].weight) found.strongest = group + i;
        found.sum += weight;
    }
    const candidate *witness = concept->flags & CONCEPT_HINTED ? first_surviving(self, group, count) : NULL;
    for (uint32_t r = 0; witness && r < concept->rule_count; r++) {
        const pack_rule *rule = self->pack->rules + concept->first_rule + r;
        if (condition_hint_holds(self, rule, witness)) found.sum += rule->weight;
    }
    return found;
}

static void proofs_of_hints(decider *self, const pack_concept *concept, const candidate *group, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (hint_counts(self, group, i)) proof_add(self, group[i].rule, group[i].first, group[i].last);
    const candidate *witness = concept->flags & CONCEPT_HINTED ? first_surviving(self, group, count) : NULL;
    for (uint32_t r = 0; witness && r < concept->rule_count; r++)
        if (condition_hint_holds(self, self->pack->rules + concept->first_rule + r, witness))
            proof_add(self, concept->first_rule + r, 0, 0);
}

/* Proofs [first, first + count) once more, for the newest verdict. */
static void proofs_again(decider *self, size_t first, size_t count) {
    for (size_t i = 0; i < count && !self->out_of_memory; i++) {
        proof again = self->verdicts->proofs[first + i];
        proof_add(self, again.rule, again.first, again.last);
    }
}

/* The candidates of one signal in one sentence. */
static void decide_sentence(decider *self, const pack_concept *concept, candidate *group, size_t count) {
    if (count > 1) drop_duplicates(self, group, count, self->turn->words->sentences[group->sentence].first);
    hints found = add_up(self, concept, group, count);
    bool said = false;
    size_t first_proof = 0, proof_count = 0; /* of the hints, which all findings of the sentence share */
    for (size_t i = 0; i < count; i++) {
        if (rule_kind(self, group + i) != RULE_SAY || group[i].suppressed_by) continue;
        if (!verdict_add(self, group + i, group[i].last, self->pack->rules[group[i].rule].weight + found.sum, CARE_SUPPRESSED_NOT)) return;
        proof_add(self, group[i].rule, group[i].first, group[i].last);
        if (!said) {
            first_proof = self->verdicts->proof_count;
            proofs_of_hints(self, concept, group, count);
            proof_count = self->verdicts->proof_count - first_proof;
        } else {
            proofs_again(self, first_proof, proof_count);
        }
        said = true;
        self->out_of_memory |=
            !facts_add(self->facts, self->turn->allocator, group[i].concept, group[i].sentence, group[i].first, group[i].last);
    }
    if (!said && found.first && found.sum >= concept->threshold) {
        verdict *added = verdict_add(self, found.strongest, found.last, found.sum, CARE_SUPPRESSED_NOT);
        if (!added) return;
        added->first = found.first->first;
        proofs_of_hints(self, concept, group, count);
        self->out_of_memory |=
            !facts_add(self->facts, self->turn->allocator, group->concept, group->sentence, found.first->first, found.last);
        said = true;
    }
    for (size_t i = 0; i < count; i++) {
        if (rule_kind(self, group + i) == RULE_NOT) continue;
        if (rule_kind(self, group + i) == RULE_HINT && !group[i].suppressed_by && !said) group[i].suppressed_by = CARE_SUPPRESSED_THRESHOLD;
        if (group[i].suppressed_by) suppressed_add(self, group + i);
    }
}

static void decide_signal(decider *self, const pack_concept *concept, candidate *group, size_t count) {
    for (size_t from = 0, to; from < count && !self->out_of_memory; from = to) {
        for (to = from; to < count && group[to].sentence == group[from].sentence;) to++;
        decide_sentence(self, concept, group + from, to - from);
    }
}

bool decide_turn(const turn_view *turn, candidate_list *candidates, fact_list *facts, fact_list *on_demand, verdict_list *verdicts) {
    decider self = {turn, turn->pack, facts, on_demand, verdicts, false};
    facts_clear(facts, turn->pack->concept_count);
    facts_clear(on_demand, turn->pack->concept_count);
    verdicts->count = verdicts->proof_count = 0;
    for (size_t from = 0, to; from < candidates->count && !self.out_of_memory; from = to) {
        candidate *group = candidates->items + from;
        for (to = from; to < candidates->count && candidates->items[to].concept == group->concept;) to++;
        const pack_concept *concept = turn->pack->concepts + group->concept;
        if (concept->flags & CONCEPT_LOOKALIKES) decide_look_alikes(&self, group, to - from);
        for (size_t i = 0; i < to - from; i++)
            if (rule_kind(&self, group + i) != RULE_NOT) group[i].suppressed_by = reason_against(&self, concept, group, to - from, i);
        if (concept->signal == PACK_NONE16)
            decide_cue(&self, group->concept, group, to - from);
        else
            decide_signal(&self, concept, group, to - from);
    }
    return !self.out_of_memory;
}
