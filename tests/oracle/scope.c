/* scope.c - contexts: whether words stand behind, before or beside a trigger, as far as its scope goes. */
#include "rules.h"

typedef struct asked {
    arena *arena;
    const rule_book *rules;
    const context_rule *context;
    const reading *in;
    span words;
} asked;

static spans find(const asked *self, const trigger *it) {
    return it->phrase ? phrase_find(self->arena, self->rules->phrases, it->phrase, it->edges, self->in) : (spans){0};
}

/* Whether the trigger at `at` is part of an `except` phrase. */
static bool is_excepted(const asked *self, span at) {
    for (const trigger *it = self->context->triggers; it; it = it->next) {
        if (it->kind != TRIGGER_EXCEPT) continue;
        spans all = find(self, it);
        for (size_t i = 0; i < all.count; i++) {
            if (all.items[i].sentence == at.sentence && all.items[i].first <= at.first && at.last <= all.items[i].last) return true;
        }
    }
    return false;
}

/* Whether some `until` stands among words [first, last) of the sentence, or a comma mark there if commas count: `ahead`, the
 * comma before the first word counts and an `until` phrase need only begin there; else the comma behind the last word counts
 * and the phrase need only end there. */
static bool is_stopped(const asked *self, uint32_t first, uint32_t last, bool ahead) {
    for (const trigger *it = self->context->triggers; it; it = it->next) {
        if (it->kind != TRIGGER_UNTIL) continue;
        spans all = find(self, it);
        for (size_t i = 0; i < all.count; i++) {
            uint32_t edge = ahead ? all.items[i].first : all.items[i].last - 1;
            if (all.items[i].sentence == self->words.sentence && edge >= first && edge < last) return true;
        }
        for (uint32_t at = first; it->comma && at < last; at++) {
            if (self->in->symbols[ahead ? at : at + 1].comma) return true;
        }
    }
    return false;
}

static bool is_cast(const asked *self, const trigger *it, span at) {
    uint32_t first = self->words.first, final = self->words.last - 1;
    if (at.sentence != self->words.sentence || is_excepted(self, at)) return false;
    if (it->kind == TRIGGER_IN) return at.first < self->words.first || at.last > self->words.last;
    if (it->kind == TRIGGER_AFTER) return first >= at.last && first - at.last < it->reach && !is_stopped(self, at.last, first + 1, true);
    return final < at.first && at.first - final <= it->reach && !is_stopped(self, final, at.first, false);
}

bool scope_holds(arena *from, const rule_book *rules, const context_rule *context, const reading *in, span words) {
    asked self = {from, rules, context, in, words};
    for (const trigger *it = context->triggers; it; it = it->next) {
        if (it->kind == TRIGGER_MARK) {
            if (it->mark == MARK_QUESTION && in->sentences[words.sentence].question) return true;
            if (it->mark == MARK_QUOTES && in->symbols[words.first].quoted) return true;
            if (it->mark == MARK_CITED && in->symbols[words.first].cited) return true;
        }
        if (it->kind != TRIGGER_AFTER && it->kind != TRIGGER_BEFORE && it->kind != TRIGGER_IN) continue;
        spans all = find(&self, it);
        for (size_t i = 0; i < all.count; i++) {
            if (is_cast(&self, it, all.items[i])) return true;
        }
    }
    return false;
}
