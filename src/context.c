/* context.c - see context.h.
 *
 * A context's triggers cast scopes over the words of the sentence. As a sentence has at most 256 words, a scope is a set of
 * 256 bits, one for each. */
#include "context.h"
#include "match.h"

#include <string.h>

#define SET_WORDS (PACK_MAX_SENTENCE / 64)

typedef struct word_set {
    uint64_t bits[SET_WORDS];
} word_set;

static void set_add(word_set *self, uint32_t at) {
    self->bits[at / 64] |= UINT64_C(1) << (at % 64);
}

static bool set_has(const word_set *self, uint32_t at) {
    return self->bits[at / 64] >> (at % 64) & 1;
}

static void set_add_range(word_set *self, uint32_t first, uint32_t end) {
    for (uint32_t next; first < end; first = next) {
        next = (first | 63) + 1;
        uint64_t from_first = UINT64_MAX << (first % 64);
        self->bits[first / 64] |= next <= end ? from_first : from_first & ~(UINT64_MAX << (end % 64));
    }
}

/* The first member from `first` on, or `end` if there is none before it. */
static uint32_t set_first(const word_set *self, uint32_t first, uint32_t end) {
    for (uint32_t next; first < end; first = next) {
        next = (first | 63) + 1;
        uint64_t bits = self->bits[first / 64] & UINT64_MAX << (first % 64);
        if (!bits) continue;
        uint32_t found = (first & ~63u) + (uint32_t)__builtin_ctzll(bits);
        return found < end ? found : end;
    }
    return end;
}

/* Behind the last member in [first, end), or `first` if there is none. */
static uint32_t set_behind_last(const word_set *self, uint32_t first, uint32_t end) {
    for (uint32_t next; first < end; end = next) {
        next = (end - 1) & ~63u;
        uint64_t bits = self->bits[next / 64] & UINT64_MAX >> (63 - (end - 1) % 64);
        if (!bits) continue;
        uint32_t behind = next + 64 - (uint32_t)__builtin_clzll(bits);
        return behind > first ? behind : first;
    }
    return first;
}

/* What one context's triggers cast over one sentence; word numbers count from the sentence's first. */
typedef struct scope {
    word_set after;          /* words that stand after a trigger, within its reach */
    word_set before;
    bool anywhere;           /* some `in` trigger stands in the sentence, */
    uint32_t first, last;    /* the leftmost of them beginning, the rightmost ending here */
} scope;

typedef struct sentence_reader {
    const care_pack *pack;
    const word_list *words;
    const sentence *within;
    uint32_t count; /* words of the sentence */
    uint32_t trigger_count; /* words that may begin triggers, */
    uint8_t at[PACK_MAX_SENTENCE]; /* where each of these stands, */
    uint32_t triggers[PACK_MAX_SENTENCE]; /* and which, as bits of pack_symbol_gate.triggers */
} sentence_reader;

static void open_sentence(sentence_reader *self, const care_pack *pack, const word_list *words, const sentence *within) {
    self->pack = pack;
    self->words = words;
    self->within = within;
    self->count = within->last - within->first;
    uint32_t count = 0;
    for (uint32_t at = 0; within->triggers && at < self->count; at++) {
        self->at[count] = (uint8_t)at;
        self->triggers[count] = pack->symbol_gates[words->words[within->first + at].symbol].triggers;
        count += self->triggers[count] != 0;
    }
    self->trigger_count = count;
}

/* The matches of one trigger, from left to right. */
typedef struct match_reader {
    const pack_phrase *phrase;
    word_set begins; /* words that may begin one, and stand behind the last one found */
    uint32_t start, end; /* of that one, counted from the sentence's first word */
} match_reader;

/* The words that may begin the trigger; without branches, as nobody could foretell them. */
static match_reader open_matches(const sentence_reader *self, uint32_t number) {
    match_reader made = {self->pack->phrases + self->pack->triggers[number].phrase, {{0}}, 0, 0};
    if (!(self->within->triggers >> (number % 32) & 1) || !match_may_stand(made.phrase, self->within->together)) return made;
    for (uint32_t i = 0; i < self->trigger_count; i++)
        made.begins.bits[self->at[i] / 64] |= (uint64_t)(self->triggers[i] >> (number % 32) & 1) << (self->at[i] % 64);
    return made;
}

static bool next_match(const sentence_reader *self, match_reader *from) {
    for (uint32_t i = from->end / 64; i < SET_WORDS; i++)
        for (uint64_t *bits = from->begins.bits + i; *bits;) {
            uint32_t at = 64 * i + (uint32_t)__builtin_ctzll(*bits);
            *bits &= *bits - 1;
            uint32_t last = at < from->end ? 0 : match_at(self->pack, from->phrase, self->words, self->within, self->within->first + at);
            if (!last) continue;
            from->start = at;
            from->end = last - self->within->first;
            return true;
        }
    return false;
}

/* What stops or excuses the context's triggers in one sentence. */
typedef struct limits {
    word_set stops_after, stops_before; /* no scope to the right goes on with these words, or to the left beyond these */
    bool excepts;
    uint16_t excepted_to[PACK_MAX_SENTENCE]; /* [w]: the furthest end of the `except` phrases that hold word w; 0 if none */
} limits;

static void except(limits *self, uint32_t first, uint32_t end) {
    if (!self->excepts) memset(self->excepted_to, 0, sizeof self->excepted_to);
    self->excepts = true;
    for (uint32_t at = first; at < end; at++)
        if (self->excepted_to[at] < end) self->excepted_to[at] = (uint16_t)end;
}

static void stop_at_commas(const sentence_reader *self, limits *out) {
    for (uint32_t at = 0; at < self->count; at++) {
        if (!(self->words->words[self->within->first + at].marks & WORD_COMMA)) continue;
        set_add(&out->stops_after, at);
        if (at) set_add(&out->stops_before, at - 1);
    }
}

static void read_limits(const sentence_reader *self, const pack_context *context, limits *out) {
    memset(&out->stops_after, 0, sizeof out->stops_after);
    memset(&out->stops_before, 0, sizeof out->stops_before);
    out->excepts = false;
    bool commas = false;
    for (uint32_t i = 0; i < context->trigger_count; i++) {
        uint32_t number = context->first_trigger + i;
        const pack_trigger *trigger = self->pack->triggers + number;
        if (trigger->kind != PACK_TRIGGER_UNTIL && trigger->kind != PACK_TRIGGER_EXCEPT) continue;
        commas |= trigger->comma;
        if (trigger->phrase == PACK_NONE) continue;
        for (match_reader found = open_matches(self, number); next_match(self, &found);) {
            if (trigger->kind == PACK_TRIGGER_EXCEPT) {
                except(out, found.start, found.end);
                continue;
            }
            set_add(&out->stops_after, found.start);
            set_add(&out->stops_before, found.end - 1);
        }
    }
    if (commas) stop_at_commas(self, out);
}

/* Casts one trigger's scope from its match [first, last). */
static void cast(const sentence_reader *self, const limits *limits_here, const pack_trigger *trigger, uint32_t first, uint32_t last,
                 scope *out) {
    if (limits_here->excepts && limits_here->excepted_to[first] >= last) return;
    if (trigger->kind == PACK_TRIGGER_IN) {
        if (!out->anywhere || first < out->first) out->first = first;
        if (!out->anywhere || last > out->last) out->last = last;
        out->anywhere = true;
        return;
    }
    uint32_t reach = trigger->reach; /* as far as it says, or all */
    if (trigger->kind == PACK_TRIGGER_AFTER) {
        uint32_t end = self->count - last < reach ? self->count : last + reach;
        set_add_range(&out->after, last, set_first(&limits_here->stops_after, last, end));
    } else {
        uint32_t begin = first < reach ? 0 : first - reach;
        set_add_range(&out->before, set_behind_last(&limits_here->stops_before, begin, first), first);
    }
}

static void read_scope(const sentence_reader *self, const pack_context *context, scope *out) {
    memset(out, 0, sizeof *out);
    limits limits_here;
    bool limits_read = false;
    const uint32_t end = context->first_trigger + context->trigger_count;
    for (uint32_t bits = context->triggers & self->within->triggers; bits; bits &= bits - 1)
        for (uint32_t number = (uint32_t)__builtin_ctz(bits); number < end; number += 32) {
            const pack_trigger *trigger = self->pack->triggers + number;
            if (number < context->first_trigger || trigger->kind > PACK_TRIGGER_IN) continue;
            for (match_reader found = open_matches(self, number); next_match(self, &found);) {
                if (!limits_read) read_limits(self, context, &limits_here);
                limits_read = true;
                cast(self, &limits_here, trigger, found.start, found.end, out);
            }
        }
}

static bool stands_in(const sentence_reader *self, const scope *cast_here, const candidate *at) {
    uint32_t first = at->first - self->within->first, last = at->last - self->within->first;
    if (set_has(&cast_here->after, first) || set_has(&cast_here->before, last - 1)) return true;
    return cast_here->anywhere && (cast_here->first < first || cast_here->last > last);
}

/* The marks that hold for the whole sentence, as bits of pack_context.marks. */
static uint32_t marks_of(const sentence *within) {
    return (within->marks & SENTENCE_QUESTION ? PACK_MARK_QUESTION : 0) | (within->marks & SENTENCE_CITED ? PACK_MARK_CITED : 0);
}

static void read_sentence(const sentence_reader *self, candidate *items, size_t count) {
    const word *words = self->words->words;
    for (uint32_t c = 0; c < self->pack->context_count; c++) {
        const pack_context *context = self->pack->contexts + c;
        bool marked = context->marks & marks_of(self->within), quotes = context->marks & PACK_MARK_QUOTES;
        bool triggered = context->triggers & self->within->triggers;
        if (!(marked | quotes | triggered)) continue;
        scope cast_here;
        if (triggered) read_scope(self, context, &cast_here);
        for (size_t i = 0; i < count; i++) {
            bool quoted = quotes && words[items[i].first].marks & WORD_QUOTED;
            if (marked || quoted || (triggered && stands_in(self, &cast_here, items + i))) items[i].contexts |= (uint16_t)(1u << c);
        }
    }
}

void context_read(const care_pack *pack, const word_list *words, candidate_list *candidates) {
    for (size_t from = 0, to; from < candidates->count; from = to) {
        const uint32_t sentence_index = candidates->items[from].sentence;
        bool asked = false;
        for (to = from; to < candidates->count && candidates->items[to].sentence == sentence_index; to++)
            asked |= pack->concepts[candidates->items[to].concept].flags & CONCEPT_CONTEXTS;
        if (!asked) continue;
        const sentence *within = words->sentences + sentence_index;
        sentence_reader self;
        open_sentence(&self, pack, words, within);
        read_sentence(&self, candidates->items + from, to - from);
    }
}
