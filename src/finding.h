/* finding.h - the last step within a turn: verdicts to findings, with precedence, byte spans, slots and evidence. */
#ifndef CARE_FINDING_H
#define CARE_FINDING_H

#include "decide.h"

/* What the caller sees, for a whole batch. */
typedef struct finding_list {
    care_finding *findings, *suppressed;
    care_slot *slots;
    care_evidence *evidence;
    size_t finding_count, finding_room, suppressed_count, suppressed_room, slot_count, slot_room, evidence_count, evidence_room;
    bool with_suppressed, with_evidence;
} finding_list;

/* Adds the verdicts of turn number `turn_index`. False if memory ran out. */
bool finding_read(const turn_view *turn, uint32_t turn_index, const fact_list *facts, verdict_list *verdicts, finding_list *list);

/* Moves the open obligations of `state` by one turn of `text_length` bytes and adds the findings of conversation rules; the
 * turn's other findings were added before. False if memory ran out. */
bool finding_read_conversation(const turn_view *turn, uint32_t turn_index, uint32_t text_length, const fact_list *facts, history *state,
                               finding_list *list);

/* Puts what was added from these counts on into the order of begin, end and signal. */
void finding_sort(finding_list *list, size_t first_finding, size_t first_suppressed);

#endif
