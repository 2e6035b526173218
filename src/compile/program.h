/* program.h - a pack being compiled: what resolve.c gathers from the trees and the later steps work on.
 *
 * The steps, each a file: parse -> resolve (names to things) -> spelling (words to forms) -> automaton (phrases to positions)
 * -> vocabulary (classes to symbols) -> cut, traits, gate (phrases to gates) -> write (the block) -> examples (does it hold?). */
#ifndef CARE_PROGRAM_H
#define CARE_PROGRAM_H

#include "../pack_format.h"
#include "intern.h"
#include "problems.h"
#include "syntax.h"

#define PROGRAM_NONE UINT32_MAX

/* A surface form. */
typedef struct form {
    uint32_t flags;         /* FORM_... */
    uint32_t first, second; /* CONTRACTION */
    uint32_t cut;           /* bytes */
    uint32_t *after, *before; /* CONDITIONAL: forms; NULL if not said */
    uint32_t after_count, before_count;
    bool after_start;
    uint32_t frequency;     /* per million words of ordinary text, roughly */
    uint16_t symbol;
    bool is_neighbour;      /* a contraction asks for it beside it */
    uint32_t bucket;        /* in the written table; PROGRAM_NONE if it need not be there */
} form;

typedef struct position {
    uint64_t follow;
    uint32_t class_index; /* in program.classes; PROGRAM_NONE if it accepts no words */
    uint32_t slot;        /* PROGRAM_NONE if none */
    uint8_t kinds;
    bool any;
} position;

typedef struct built_phrase {
    uint64_t starts, accepts;
    position *positions;
    uint32_t position_count;
    uint32_t max_words;
    uint32_t edges;
    pack_traits needs[PACK_NEEDS], begins; /* once traits.c has found them */
    uint32_t before_gate, least_before; /* the most and the fewest words of a match that stand before its gate */
    uint32_t rule; /* PROGRAM_NONE for contexts */
    uint8_t roles;  /* of its concept */
    bool has_gates; /* else it is tried only where somebody asks for it */
    bool has_slots;
    place place;
} built_phrase;

/* A line of a concept, a guard, an example ...: what layers add is kept in order behind what stood there. */
typedef struct pointer_list {
    const void **items;
    uint32_t count;
    size_t room;
} pointer_list;

/* A cue or a signal, with what layers added to it. */
typedef struct concept {
    slice name;                 /* "cue.x" for cues, the owner's for unnamed ones */
    const statement *statement; /* NULL for an unnamed cue */
    bool is_signal, is_conversation, is_off, is_draft, is_unnamed;
    bool is_remembered;         /* some guard asks for it in the turns before, or a conversation rule does */
    bool is_used;               /* some rule refers to it */
    bool is_weighed;            /* look-alikes, contexts or hints decide about it: no guard can, alone */
    header header;              /* with the family's settled in */
    slice meaning;
    int32_t threshold, degree;
    pointer_list lines, guards, yields, examples; /* rule_line, guard, yield_line, example */
    uint32_t number;            /* its place in the order of decision */
    uint32_t signal;            /* public number */
    uint32_t first_rule, rule_count;
    place place;
} concept;

typedef struct named_phrase { /* a list or a slot */
    pointer_list parts; /* phrase: any of them */
    place place;
    bool being_built;   /* to catch a list that holds itself */
    bool is_used;       /* some phrase that was built refers to it */
} named_phrase;

typedef struct named_table {
    interner names;
    named_phrase *items;
    size_t room;
} named_table;

typedef struct program {
    arena *arena;
    care_problems *problems;
    const care_source *files;
    uint32_t file_count;
    const uint32_t *file_layers; /* the layer of each file */
    uint32_t layer_count;
    statement *statements;

    slice *layer_names, *layer_versions;
    slice stemmer;
    const statement **endings, **derivations; /* in order */
    uint32_t ending_count, derivation_count;
    size_t ending_room, derivation_room;

    interner form_texts; /* forms by their normalised text */
    form *forms;
    size_t form_room;
    interner lemmas;      /* words with listed forms */
    interner listed;      /* forms that some `word` line lists */
    interner wholes;      /* words that a clitic is not split off, as some statement names them */
    slice *clitics;       /* longest first */
    uint32_t clitic_count;
    size_t clitic_room;

    bool drops_emoji;     /* they are fillers */

    interner classes;     /* sorted arrays of forms, as bytes */
    interner word_keys;   /* kind and word, */
    uint32_t *word_classes; /* and the class they stand for */
    size_t word_class_room;

    named_table lists, slots;
    const statement *contexts[PACK_MAX_CONTEXTS];
    uint32_t context_count;
    interner concept_names;
    concept **concepts;    /* by name number */
    size_t concept_room;
    pointer_list cues, signals, conversations; /* concept, in the order in which they stand */
    pointer_list order;    /* concept, in the order of decision */
    uint32_t signal_count;
    interner families;
    const statement **family_statements;
    size_t family_room;
    pointer_list answers;  /* statement */

    struct cut_network *scratch; /* one serves all phrases (gate.c) */
    built_phrase *phrases;
    size_t phrase_count, phrase_room;
} program;

/* Adds `item`; memory that runs out is remembered by the arena. */
void pointer_list_add(program *self, pointer_list *list, const void *item);

/* Shorthand for a problem with the pack's text. */
#define COMPLAIN(self, where, ...) problems_add((self)->problems, (where), CARE_SEVERITY_ERROR, CARE_E_SYNTAX, __VA_ARGS__)

/* For "%.*s". */
#define SLICE(text) (int)(text).length, (text).at

#endif
