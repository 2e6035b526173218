/* output.h - findings, written for machines or for people. */
#ifndef TOOL_OUTPUT_H
#define TOOL_OUTPUT_H

#include "recent.h"
#include "terminal.h"

/* What is shown beside the findings. */
typedef struct output_choice {
    bool suppressed; /* candidates that do not count */
    bool evidence;   /* what matched, with weights */
    bool why;        /* the rule as written, and where; with the evidence (for people) */
    bool detail;     /* degree, contexts, place and text of the rule (explain) */
    int32_t unit;    /* of offsets: CARE_UNIT_... */
} output_choice;

/* ---- For machines: output_json.c ---- */

typedef struct json_output {
    const care_pack *pack;
    output_choice choice;
    bool array;          /* one array, else one object a line */
    bool any;            /* something was written */
    uint32_t *offsets;   /* of the turn at hand, in bytes, sorted; empty where bytes are written */
    uint32_t *converted; /* the same in the unit that is written */
    size_t offset_count, offset_room;
} json_output;

void json_output_turn(json_output *self, const input_turn *turn, const care_result *result, const recent *turns);

/* "findings":[...] and, if chosen, "suppressed":[...] of one text, without braces around. */
void json_output_findings(json_output *self, const care_turn *turn, const care_result *result, const recent *turns);

/* Closes the array. */
void json_output_end(json_output *self);
void json_output_free(json_output *self);

/* ---- For people: output_human.c ---- */

/* A finding or suppressed candidate to be shown under the text. */
typedef struct mark {
    const care_finding *finding;
    bool suppressed;
} mark;

typedef struct human_output {
    const care_pack *pack;
    terminal screen;
    output_choice choice;
    mark *marks; /* of the turn at hand, by place */
    size_t mark_count, mark_room;
    uint64_t *counts; /* of the conversation, by signal */
    uint64_t turns, conversations, all_turns;
    uint32_t signal_count;
    bool found; /* anything, in any conversation */
} human_output;

void human_output_begin(human_output *self, const care_pack *pack, const terminal *screen, const output_choice *choice);

/* The line above a conversation. */
void human_output_title(human_output *self, const char *title, size_t length, int32_t channel);

/* The turn under its number (none if negative) and speaker, with what was found. */
void human_output_turn(human_output *self, int64_t number, const care_turn *turn, const care_result *result, const recent *turns);

/* The counts below a conversation, if there is one to close. */
void human_output_summary(human_output *self);

/* And below them all, if there were several; on a terminal what the marks mean. */
void human_output_end(human_output *self);
void human_output_free(human_output *self);

/* ---- Under a line of text: output_label.c ---- */

/* What stands beside the underline of a mark: signal, confidence, meaning, slots, contexts. The underline stands from
 * column `begin` to `after`; ends the line. `left` is the column of the text. */
void human_output_label(const human_output *self, const mark *shown, const char *text, size_t begin, size_t after, size_t left,
                        const care_result *result);

/* The rule and the evidence behind a mark, in lines of their own. */
void human_output_reasons(const human_output *self, const mark *shown, const care_turn *turn, const care_result *result,
                          const recent *turns, size_t left);

#endif
