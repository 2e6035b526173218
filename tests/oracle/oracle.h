/* oracle.h - the analysis a second time: slow, obvious, and sharing nothing with the library but the parser and the arena.
 *
 * It reads the parsed statements as they are. Every token is normalised by utf8proc, every word of a phrase is inflected and
 * stemmed by Snowball, every phrase is tried at every word. What it says is what packs/README.md says; where the two
 * implementations differ one of them is wrong. For tests only: it leaves the program when memory runs out. */
#ifndef CARE_TESTS_ORACLE_H
#define CARE_TESTS_ORACLE_H

#include <care/compile.h>

typedef struct oracle oracle;

typedef struct oracle_slot {
    const char *name; /* NUL-terminated */
    uint32_t begin, end;
} oracle_slot;

/* A finding, or a suppressed candidate. */
typedef struct oracle_finding {
    uint32_t turn, begin, end;
    const char *signal; /* NUL-terminated, as are the next two */
    const char *rule;
    const char *reason; /* "" for a finding */
    uint32_t confidence;
    uint32_t attributes;
    uint32_t intensity;
    const oracle_slot *slots; /* in the order of the text */
    uint32_t slot_count;
    uint32_t signal_number; /* in the order of the pack */
    uint32_t rule_number;   /* of the signal's lines, from 0 */
} oracle_finding;

typedef struct oracle_result {
    const oracle_finding *findings, *suppressed; /* by turn, begin, end, signal, rule */
    size_t finding_count, suppressed_count;
} oracle_result;

/* Reads the sources of all layers, lowest first. NULL if they do not parse; *problems (if not NULL) then says why. */
oracle *oracle_new(const care_source *sources, size_t count, care_problems **problems);
void oracle_free(oracle *self);

/* What was found, owned by the oracle until its next call. Turns with equal `conversation` that stand together are one. */
oracle_result oracle_analyze(oracle *self, const care_turn *turns, size_t count);

/* ---- For making up texts ---- */

/* The `index`-th word that the pack knows: its phrases' forms, contractions, fillers, abbreviations. */
const char *oracle_form(const oracle *self, uint32_t index);
uint32_t oracle_form_count(const oracle *self);

/* Writes words that some phrase of the pack could match into `to`, NUL-terminated; gives the bytes written. `random` gives a
 * number below its second argument. */
typedef uint32_t oracle_random(void *context, uint32_t below);
size_t oracle_sample(const oracle *self, oracle_random *random, void *context, char *to, size_t room);

/* The pack's own examples: calls `visit` with the turns of each, in order. */
typedef void oracle_visit_example(void *context, const care_turn *turns, size_t count, const char *signal, uint32_t line);
void oracle_examples(const oracle *self, oracle_visit_example *visit, void *context);

#endif
