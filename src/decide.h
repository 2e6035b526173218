/* decide.h - the fifth step: candidates to findings.
 *
 * Concepts are decided in the pack's order, so that guards rest only on what is settled. */
#ifndef CARE_DECIDE_H
#define CARE_DECIDE_H

#include "facts.h"
#include "history.h"

/* A finding or a suppressed candidate of a signal, in words; finding.c turns it into bytes. */
typedef struct verdict {
    uint32_t concept, rule, sentence, first, last;
    uint32_t rule_first; /* where `rule` matches: the strongest of several hints need not be the first */
    uint32_t first_proof, proof_count; /* in verdict_list.proofs */
    uint16_t contexts;
    uint8_t confidence, suppressed_by;
} verdict;

typedef struct proof {
    uint32_t rule, first, last; /* words; both 0 for a condition that is a hint by itself */
    uint32_t weight;
} proof;

typedef struct verdict_list {
    verdict *items;
    size_t count, room;
    proof *proofs;
    size_t proof_count, proof_room;
} verdict_list;

/* What is known of the turn being decided. */
typedef struct turn_view {
    const care_pack *pack;
    const care_allocator *allocator;
    const word_list *words;
    const history *before;
    uint32_t role, channel, word_count;
    bool with_suppressed;
} turn_view;

/* Decides the candidates, which are sorted by scan_sort, into `facts` and `verdicts`, which are cleared before. `on_demand` holds
 * what guards asked for beside them. False if memory ran out. */
bool decide_turn(const turn_view *turn, candidate_list *candidates, fact_list *facts, fact_list *on_demand, verdict_list *verdicts);

#endif
