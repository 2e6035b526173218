/* rules.h - the oracle's cues, signals and contexts, gathered from the statements that make them up. */
#ifndef CARE_TESTS_ORACLE_RULES_H
#define CARE_TESTS_ORACLE_RULES_H

#include "phrase.h"

typedef struct context_rule {
    slice name;
    const trigger *triggers;
} context_rule;

/* A line of a cue or signal. */
typedef struct line {
    const rule_line *said;
    const char *name; /* excuse.newness/2 */
    int32_t weight;
    uint32_t number; /* among all lines of its concept */
} line;

/* A cue or a signal, or what a conversation rule finds. */
typedef struct concept {
    const char *name; /* cue.trouble, excuse.newness */
    bool is_cue, is_off;
    const statement *conversation; /* else NULL */
    const char *missed;            /* the name of its only rule */
    uint32_t number;               /* a signal's, in the order of the pack */
    uint32_t roles, drops;
    int32_t threshold;
    uint32_t degree;
    line *lines;
    size_t line_count, line_room;
    const guard **guards;
    size_t guard_count, guard_room;
    const yield_line **yields;
    size_t yield_count, yield_room;
}
concept;

typedef struct rule_book {
    arena *arena;
    const phrase_book *phrases;
    concept *concepts; /* in the order in which they are decided */
    size_t concept_count, concept_room;
    context_rule contexts[16];
    size_t context_count;
} rule_book;

struct oracle {
    arena pack, call;
    const statement *statements;
    rule_book *rules;
};

rule_book *rules_new(arena *from, const phrase_book *phrases, const statement *statements);

/* Whether `name` ("excuse.newness", "excuse.*", "cue.x") speaks of the concept. */
bool rules_named(slice name, const concept *it);

/* ---- judge.c: one turn, judged by those before it ---- */

typedef struct candidate {
    const concept *of;
    const line *line; /* the one with the most weight */
    span at;
    const char *reason; /* "" while it stands */
    uint32_t confidence;
    uint32_t attributes;
    bool whole; /* a conversation rule's: the whole turn */
    slot_span *slots;
    size_t slot_count;
} candidate;

typedef struct candidates {
    candidate *items;
    size_t count, room;
} candidates;

/* Facts of one concept in one turn are the matches that stand, whatever yields to what. */
typedef struct judged_turn {
    const care_turn *said;
    reading text;
    spans *facts; /* one list a concept */
    candidates candidates;
    const struct judged_turn *before;
} judged_turn;

judged_turn *judge_turn(arena *from, const rule_book *rules, const care_turn *said, const judged_turn *before);

/* ---- scope.c ---- */

/* Whether the words stand in the context. */
bool scope_holds(arena *from, const rule_book *rules, const context_rule *context, const reading *in, span words);

#endif
