/* finding.c - see finding.h. */
#include "finding.h"
#include "match.h"
#include "sort.h"

#include <string.h>

#define SLOT_ROOM 8u /* slots of one finding */

/* ---- Precedence ---- */

static bool yields(const turn_view *turn, const fact_list *facts, const verdict *at) {
    const pack_concept *concept = turn->pack->concepts + at->concept;
    candidate place = {.sentence = at->sentence, .first = at->first, .last = at->last};
    for (uint32_t y = 0; y < concept->yield_count; y++) {
        const pack_yield *yield = turn->pack->yields + concept->first_yield + y;
        uint32_t count;
        const uint32_t *targets = pack_list(turn->pack, yield->list, &count);
        for (uint32_t i = 0; i < count; i++)
            if (facts_stand(facts, targets[i], yield->where, PACK_NONE16, &place)) return true;
    }
    return false;
}

/* ---- Words to bytes ---- */

/* Nobody reads half a word: "'m sorry" is shown with the "I" that it belongs to. */
static uint32_t begin_of(const turn_view *turn, uint32_t first) {
    const word *at = turn->words->words + first;
    bool half = at->marks & WORD_CLITIC && first > 0 && at[-1].end == at->begin;
    return half ? at[-1].begin : at->begin;
}

/* The two words of a contraction may share their token's span: the last of them then reaches no further back. */
static uint32_t end_of(const turn_view *turn, uint32_t last) {
    return turn->words->words[last - 1].end;
}

static bool slots_add(const turn_view *turn, const verdict *at, finding_list *list, care_finding *to) {
    const pack_rule *rule = turn->pack->rules + at->rule;
    to->first_slot = (uint32_t)list->slot_count;
    if (!rule->slots || rule->phrase == PACK_NONE) return true;
    slot_range ranges[SLOT_ROOM];
    const sentence *within = turn->words->sentences + at->sentence;
    uint32_t last = match_at(turn->pack, turn->pack->phrases + rule->phrase, turn->words, within, at->rule_first);
    uint32_t count = match_slots(turn->pack, turn->pack->phrases + rule->phrase, turn->words, at->rule_first, last, ranges, SLOT_ROOM);
    if (!memory_reserve(turn->allocator, (void **)&list->slots, &list->slot_room, list->slot_count + count, sizeof *list->slots))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        care_slot *added = list->slots + list->slot_count++;
        added->begin = begin_of(turn, ranges[i].first);
        added->end = end_of(turn, ranges[i].last);
        added->slot = ranges[i].slot;
    }
    to->slot_count = (uint8_t)count;
    return true;
}

static bool evidence_add(const turn_view *turn, uint32_t turn_index, const verdict_list *verdicts, const verdict *at, finding_list *list,
                         care_finding *to) {
    to->first_evidence = CARE_NONE;
    if (!list->with_evidence || !at->proof_count) return true;
    if (!memory_reserve(turn->allocator, (void **)&list->evidence, &list->evidence_room, list->evidence_count + at->proof_count,
                        sizeof *list->evidence))
        return false;
    to->first_evidence = (uint32_t)list->evidence_count;
    for (uint32_t i = 0; i < at->proof_count; i++) {
        const proof *from = verdicts->proofs + at->first_proof + i;
        care_evidence *added = list->evidence + list->evidence_count++;
        bool has_words = from->last > 0;
        added->begin = has_words ? begin_of(turn, from->first) : to->begin;
        added->end = has_words ? end_of(turn, from->last) : to->begin;
        added->turn = turn_index;
        added->rule = from->rule;
        added->weight = (int16_t)from->weight;
        added->more = i + 1 < at->proof_count;
    }
    return true;
}

static bool finding_add(const turn_view *turn, uint32_t turn_index, const verdict_list *verdicts, const verdict *at, finding_list *list) {
    bool kept = at->suppressed_by == CARE_SUPPRESSED_NOT;
    care_finding **items = kept ? &list->findings : &list->suppressed;
    size_t *count = kept ? &list->finding_count : &list->suppressed_count, *room = kept ? &list->finding_room : &list->suppressed_room;
    if (!memory_reserve(turn->allocator, (void **)items, room, *count + 1, sizeof **items)) return false;
    const pack_concept *concept = turn->pack->concepts + at->concept;
    care_finding *added = *items + (*count)++;
    memset(added, 0, sizeof *added);
    added->begin = begin_of(turn, at->first);
    added->end = end_of(turn, at->last);
    added->turn = turn_index;
    added->rule = at->rule;
    added->signal = concept->signal;
    added->attributes = at->contexts;
    added->confidence = at->confidence;
    added->intensity = concept->degree;
    added->suppressed_by = at->suppressed_by;
    return slots_add(turn, at, list, added) && evidence_add(turn, turn_index, verdicts, at, list, added);
}

/* ---- Order ---- */

static bool stands_before(const void *context, const void *left, const void *right) {
    const care_finding *a = left, *b = right;
    (void)context;
    if (a->begin != b->begin) return a->begin < b->begin;
    if (a->end != b->end) return a->end < b->end;
    if (a->signal != b->signal) return a->signal < b->signal;
    if (a->rule != b->rule) return a->rule < b->rule;
    return a->first_slot < b->first_slot;
}

bool finding_read(const turn_view *turn, uint32_t turn_index, const fact_list *facts, verdict_list *verdicts, finding_list *list) {
    for (size_t i = 0; i < verdicts->count; i++) {
        verdict *at = verdicts->items + i;
        if (at->suppressed_by == CARE_SUPPRESSED_NOT && turn->pack->concepts[at->concept].yield_count && yields(turn, facts, at)) {
            if (!list->with_suppressed) continue;
            at->suppressed_by = CARE_SUPPRESSED_YIELDS;
        }
        if (!finding_add(turn, turn_index, verdicts, at, list)) return false;
    }
    return true;
}

void finding_sort(finding_list *list, size_t first_finding, size_t first_suppressed) {
    size_t size = sizeof(care_finding);
    if (list->finding_count > first_finding)
        sort(list->findings + first_finding, list->finding_count - first_finding, size, stands_before, NULL);
    if (list->suppressed_count > first_suppressed)
        sort(list->suppressed + first_suppressed, list->suppressed_count - first_suppressed, size, stands_before, NULL);
}

/* ---- Conversations ---- */

static bool any_in_turn(const care_pack *pack, uint32_t list, const fact_list *facts) {
    uint32_t count;
    const uint32_t *concepts = pack_list(pack, list, &count);
    for (uint32_t i = 0; i < count; i++)
        if (facts_in_turn(facts, concepts[i])) return true;
    return false;
}

/* The first finding of this turn whose concept is in `list`, or NULL. */
static const care_finding *opener(const turn_view *turn, uint32_t turn_index, uint32_t list_of_concepts, const finding_list *list) {
    uint32_t count;
    const uint32_t *concepts = pack_list(turn->pack, list_of_concepts, &count);
    const care_finding *first = NULL;
    for (size_t i = list->finding_count; i-- && list->findings[i].turn == turn_index;)
        for (uint32_t c = 0; c < count; c++)
            if (turn->pack->signals[list->findings[i].signal] == concepts[c] && (!first || stands_before(NULL, list->findings + i, first)))
                first = list->findings + i;
    return first;
}

static bool missed_add(const turn_view *turn, uint32_t turn_index, uint32_t text_length, uint32_t rule, const obligation *missed,
                       finding_list *list) {
    if (!memory_reserve(turn->allocator, (void **)&list->findings, &list->finding_room, list->finding_count + 1, sizeof *list->findings))
        return false;
    const pack_rule *record = turn->pack->rules + rule;
    care_finding *added = list->findings + list->finding_count++;
    memset(added, 0, sizeof *added);
    added->end = text_length;
    added->turn = turn_index;
    added->rule = rule;
    added->signal = turn->pack->concepts[record->concept].signal;
    added->confidence = record->weight;
    added->intensity = turn->pack->concepts[record->concept].degree;
    added->first_slot = (uint32_t)list->slot_count;
    added->first_evidence = CARE_NONE;
    if (!list->with_evidence) return true;
    if (!memory_reserve(turn->allocator, (void **)&list->evidence, &list->evidence_room, list->evidence_count + 1, sizeof *list->evidence))
        return false;
    added->first_evidence = (uint32_t)list->evidence_count;
    care_evidence evidence = {missed->begin, missed->end, missed->turn, missed->rule, (int16_t)record->weight, 0};
    list->evidence[list->evidence_count++] = evidence;
    return true;
}

bool finding_read_conversation(const turn_view *turn, uint32_t turn_index, uint32_t text_length, const fact_list *facts, history *state,
                               finding_list *list) {
    obligation *obligations = history_obligations(state);
    for (uint32_t i = 0; i < turn->pack->conversation_rule_count; i++) {
        const pack_conversation_rule *rule = turn->pack->conversation_rules + i;
        obligation *open = obligations + i;
        if (open->left && rule->met_roles >> turn->role & 1) {
            if (any_in_turn(turn->pack, rule->met, facts))
                open->left = 0;
            else if (--open->left == 0 && !missed_add(turn, turn_index, text_length, rule->rule, open, list))
                return false;
        }
        if (!(rule->opens_roles >> turn->role & 1)) continue;
        const care_finding *opens = opener(turn, turn_index, rule->opens, list);
        if (!opens) continue;
        open->turn = turn_index;
        open->begin = opens->begin;
        open->end = opens->end;
        open->rule = opens->rule;
        open->left = rule->within;
    }
    return true;
}
