/* judge.c - one turn: candidates, the reasons against them, what hints add, what gives way.
 *
 * Concepts are judged one after the other in the pack's order; of the turns before, everything is known. Nothing else is
 * remembered between questions: whoever wants to know whether a phrase stands somewhere looks for it in the text. */
#include "rules.h"

#include <string.h>

#define HISTORY 4u /* turns before that guards can see */

typedef struct judge {
    arena *arena;
    const rule_book *rules;
    judged_turn *turn;
    size_t concept; /* the one being judged; guards see only those before it */
} judge;

static void add_span(arena *from, spans *to, span at) {
    to->items = append(from, to->items, &to->room, to->count, sizeof at);
    to->items[to->count++] = at;
}

static bool overlap(span left, span right) {
    return left.first < right.last && right.first < left.last;
}

/* ---- Guards ---- */

/* Where a condition's phrase, cue or signals stand in `turn`. */
static spans places(const judge *self, const condition *it, const judged_turn *turn) {
    if (turn->said->role == CARE_ROLE_SYSTEM) return (spans){0};
    if (it->kind == CONDITION_PHRASE) return phrase_find(self->arena, self->rules->phrases, it->phrase, it->edges, &turn->text);
    spans all = {0};
    size_t seen = turn == self->turn ? self->concept : self->rules->concept_count; /* of this turn only what is settled */
    for (size_t i = 0; i < seen; i++) {
        if (!rules_named(it->name, &self->rules->concepts[i])) continue;
        for (size_t k = 0; k < turn->facts[i].count; k++) add_span(self->arena, &all, turn->facts[i].items[k]);
    }
    return all;
}

static bool stands(const condition *it, span fact, span words) {
    bool same = fact.sentence == words.sentence;
    switch (it->where) {
    case WHERE_TURN: return true;
    case WHERE_NEARBY: return fact.sentence + 1 >= words.sentence && fact.sentence <= words.sentence + 1;
    case WHERE_LEFT: return same && fact.last <= words.first && (it->number == UINT32_MAX || words.first - (fact.last - 1) <= it->number);
    case WHERE_RIGHT: return same && fact.first >= words.last && (it->number == UINT32_MAX || fact.first - (words.last - 1) <= it->number);
    case WHERE_HERE: return overlap(fact, words);
    default: return same;
    }
}

static bool place_holds(const judge *self, const condition *it, span words) {
    if (it->where == WHERE_BEFORE) {
        const judged_turn *turn = self->turn->before;
        for (uint32_t back = 1; turn && back <= it->number && back <= HISTORY; back++, turn = turn->before) {
            if (places(self, it, turn).count) return true;
        }
        return false;
    }
    spans all = places(self, it, self->turn);
    for (size_t i = 0; i < all.count; i++) {
        if (stands(it, all.items[i], words)) return true;
    }
    return false;
}

static bool in_context(const judge *self, slice name, span words) {
    for (size_t i = 0; i < self->rules->context_count; i++) {
        const context_rule *it = &self->rules->contexts[i];
        if (same_slice(name, it->name)) return scope_holds(self->arena, self->rules, it, &self->turn->text, words);
    }
    return false;
}

static bool condition_holds(const judge *self, const condition *it, span words) {
    switch (it->kind) {
    case CONDITION_REFERENCE:
    case CONDITION_PHRASE: return place_holds(self, it, words);
    case CONDITION_CONTEXT: return in_context(self, it->name, words);
    case CONDITION_CHANNEL: return it->number >> self->turn->said->channel & 1;
    case CONDITION_ROLE: return it->number >> self->turn->said->role & 1;
    case CONDITION_SHORT: return self->turn->text.word_count <= it->number;
    case CONDITION_LONG: return self->turn->text.word_count >= it->number;
    case CONDITION_FIRST: return !self->turn->before;
    }
    return false;
}

/* The first guard's reason against the words, or "". */
static const char *guards_against(const judge *self, const guard *it, span words) {
    for (; it; it = it->next) {
        bool holds = false;
        for (const condition *one = it->conditions; one; one = one->next) holds = holds || condition_holds(self, one, words);
        if (holds == it->unless) return it->unless ? "unless" : "needs";
    }
    return "";
}

/* ---- Candidates ---- */

static bool looks_alike(const judge *self, const concept *of, span words) {
    for (size_t i = 0; i < of->line_count; i++) {
        const rule_line *it = of->lines[i].said;
        if (it->kind != LINE_NOT) continue;
        spans all = phrase_find(self->arena, self->rules->phrases, it->phrase, it->edges, &self->turn->text);
        for (size_t k = 0; k < all.count; k++) {
            if (overlap(all.items[k], words) && !*guards_against(self, it->guards, all.items[k])) return true;
        }
    }
    return false;
}

static const char *reason_against(const judge *self, const concept *of, const line *by, span words) {
    if (!(of->roles >> self->turn->said->role & 1)) return "speaker";
    for (size_t i = 0; i < self->rules->context_count; i++) {
        const context_rule *it = &self->rules->contexts[i];
        if (!(of->drops >> i & 1)) continue;
        if (scope_holds(self->arena, self->rules, it, &self->turn->text, words))
            return take_text(self->arena, it->name.at, it->name.length);
    }
    if (looks_alike(self, of, words)) return "not";
    const char *reason = guards_against(self, by->said->guards, words);
    for (size_t i = 0; !*reason && i < of->guard_count; i++) reason = guards_against(self, of->guards[i], words);
    return reason;
}

static uint32_t attributes(const judge *self, const concept *of, span words) {
    uint32_t bits = 0;
    for (size_t i = 0; i < self->rules->context_count; i++) {
        if (of->drops >> i & 1) continue;
        if (scope_holds(self->arena, self->rules, &self->rules->contexts[i], &self->turn->text, words)) bits |= 1u << i;
    }
    return bits;
}

static void add_candidate(const judge *self, candidates *to, candidate it) {
    to->items = append(self->arena, to->items, &to->room, to->count, sizeof it);
    to->items[to->count++] = it;
}

/* All matches of the concept's lines of one kind, each with the reason against it. */
static candidates find_candidates(const judge *self, const concept *of, line_kind kind) {
    candidates found = {0};
    for (size_t i = 0; i < of->line_count; i++) {
        const line *by = &of->lines[i];
        if (by->said->kind != kind || !by->said->phrase) continue;
        if (kind != LINE_NOT && by->weight == 0) continue; /* switched off */
        spans all = phrase_find(self->arena, self->rules->phrases, by->said->phrase, by->said->edges, &self->turn->text);
        for (size_t k = 0; k < all.count; k++) {
            candidate it = {.of = of, .line = by, .at = all.items[k], .confidence = (uint32_t)by->weight};
            it.reason = reason_against(self, of, by, it.at);
            it.attributes = attributes(self, of, it.at);
            it.slot_count = phrase_slots(self->arena, self->rules->phrases, by->said->phrase, &self->turn->text, it.at, &it.slots);
            add_candidate(self, &found, it);
        }
    }
    return found;
}

/* ---- Signals ---- */

static bool is_stronger(const candidate *left, const candidate *right) {
    uint32_t left_length = left->at.last - left->at.first, right_length = right->at.last - right->at.first;
    if (left->line->weight != right->line->weight) return left->line->weight > right->line->weight;
    if (left_length != right_length) return left_length > right_length;
    if (left->at.first != right->at.first) return left->at.first < right->at.first;
    return left->line->number < right->line->number;
}

/* Again and again takes the strongest candidate left and lets fall whatever overlaps it. */
static void drop_duplicates(candidates *all) {
    for (candidate *last = NULL, *next;; last = next) {
        next = NULL;
        for (size_t i = 0; i < all->count; i++) {
            candidate *it = &all->items[i];
            if (!*it->reason && (!last || is_stronger(last, it)) && (!next || is_stronger(it, next))) next = it;
        }
        if (!next) return;
        for (size_t i = 0; i < all->count; i++) {
            candidate *it = &all->items[i];
            if (!*it->reason && it != next && is_stronger(next, it) && overlap(it->at, next->at)) it->reason = "duplicate";
        }
    }
}

typedef struct hint_sum {
    uint32_t weight;
    const candidate *strongest;
    span words; /* from the first hint to the last */
} hint_sum;

static bool comes_first(const candidate *left, const candidate *right) {
    return left->at.first != right->at.first ? left->at.first < right->at.first : left->line->number < right->line->number;
}

/* What the hints of one sentence add up to: each line once. */
static hint_sum add_hints(const judge *self, const concept *of, const candidates *says, const candidates *hints, uint32_t which) {
    hint_sum sum = {0};
    const candidate *witness = NULL; /* conditions that are hints by themselves are asked from the first candidate that stands */
    for (size_t i = 0; i < says->count; i++) {
        const candidate *it = &says->items[i];
        if (!*it->reason && it->at.sentence == which && (!witness || comes_first(it, witness))) witness = it;
    }
    for (size_t n = 0; n < of->line_count; n++) {
        const candidate *first = NULL;
        for (size_t i = 0; i < hints->count; i++) {
            const candidate *it = &hints->items[i];
            if (it->line != &of->lines[n] || *it->reason || it->at.sentence != which) continue;
            if (!witness || comes_first(it, witness)) witness = it;
            if (!first) first = it;
            if (!sum.strongest && it == first) sum.words = it->at;
            if (it->at.first < sum.words.first) sum.words.first = it->at.first;
            if (it->at.last > sum.words.last) sum.words.last = it->at.last;
            if (it != first) continue;
            sum.weight += (uint32_t)it->line->weight;
            const candidate *best = sum.strongest;
            bool better =
                !best || it->line->weight > best->line->weight || (it->line->weight == best->line->weight && comes_first(it, best));
            if (better) sum.strongest = it;
        }
    }
    for (size_t n = 0; witness && n < of->line_count; n++) {
        const line *by = &of->lines[n];
        if (by->said->kind == LINE_HINT && !by->said->phrase && !*guards_against(self, by->said->guards, witness->at))
            sum.weight += (uint32_t)by->weight;
    }
    return sum;
}

static void judge_sentence(judge *self, const concept *of, candidates *says, candidates *hints, uint32_t which) {
    hint_sum sum = add_hints(self, of, says, hints, which);
    bool said = false;
    for (size_t i = 0; i < says->count; i++) {
        candidate *it = &says->items[i];
        if (*it->reason || it->at.sentence != which) continue;
        said = true;
        it->confidence = it->confidence + sum.weight > 99 ? 99 : it->confidence + sum.weight;
    }
    if (!said && sum.strongest && sum.weight >= (uint32_t)of->threshold) {
        candidate made = *sum.strongest;
        made.at = sum.words;
        made.confidence = sum.weight > 99 ? 99 : sum.weight;
        add_candidate(self, says, made);
        said = true;
    }
    for (size_t i = 0; i < hints->count; i++) {
        candidate *it = &hints->items[i];
        if (it->at.sentence != which) continue;
        if (!*it->reason && said) continue;
        if (!*it->reason) it->reason = "threshold";
        add_candidate(self, says, *it);
    }
}

static void judge_concept(judge *self, const concept *of) {
    spans *facts = &self->turn->facts[self->concept];
    candidates says = find_candidates(self, of, LINE_SAY);
    if (!of->is_cue) {
        candidates hints = find_candidates(self, of, LINE_HINT);
        drop_duplicates(&says);
        for (uint32_t s = 0; s < self->turn->text.sentence_count; s++) judge_sentence(self, of, &says, &hints, s);
    }
    for (size_t i = 0; i < says.count; i++) {
        if (!*says.items[i].reason) add_span(self->arena, facts, says.items[i].at);
        if (!of->is_cue) add_candidate(self, &self->turn->candidates, says.items[i]);
    }
}

/* ---- Precedence ---- */

static bool gives_way(const judge *self, const candidate *it) {
    for (size_t n = 0; n < it->of->yield_count; n++) {
        const yield_line *yields = it->of->yields[n];
        for (size_t c = 0; c < self->rules->concept_count; c++) {
            const name_list *name = yields->names;
            while (name && !rules_named(name->name, &self->rules->concepts[c])) name = name->next;
            if (!name || &self->rules->concepts[c] == it->of) continue;
            for (size_t k = 0; k < self->turn->facts[c].count; k++) {
                span other = self->turn->facts[c].items[k];
                if (yields->where == WHERE_TURN || (yields->where == WHERE_SENTENCE && other.sentence == it->at.sentence) ||
                    (yields->where == WHERE_HERE && overlap(other, it->at))) {
                    return true;
                }
            }
        }
    }
    return false;
}

judged_turn *judge_turn(arena *from, const rule_book *rules, const care_turn *said, const judged_turn *before) {
    judged_turn *turn = take(from, sizeof *turn);
    turn->said = said;
    turn->before = before;
    turn->facts = take(from, (rules->concept_count + 1) * sizeof *turn->facts);
    text_read(from, rules->phrases->words, &turn->text, said->text, (size_t)said->length);
    words_read(from, rules->phrases->words, &turn->text);
    phrase_prepare(from, &turn->text);
    judge self = {.arena = from, .rules = rules, .turn = turn};
    if (said->role == CARE_ROLE_SYSTEM) return turn;
    for (self.concept = 0; self.concept < rules->concept_count; self.concept ++) {
        const concept *of = &rules->concepts[self.concept];
        if (!of->is_off && !of->conversation) judge_concept(&self, of);
    }
    for (size_t i = 0; i < turn->candidates.count; i++) {
        candidate *it = &turn->candidates.items[i];
        if (!*it->reason && gives_way(&self, it)) it->reason = "yields";
    }
    return turn;
}
