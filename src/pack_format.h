/* pack_format.h - what a compiled pack looks like, byte by byte.
 *
 * One relocatable little-endian block: a header, then arrays ("sections") of the fixed-size records below, each aligned to 8.
 * Records point at each other by index, never by address, so that a pack can be mapped from a file and shared. Everything is
 * verified once on loading (verify.c); scanning then needs no checks. A change to any record changes PACK_FORMAT. */
#ifndef CARE_PACK_FORMAT_H
#define CARE_PACK_FORMAT_H

#include "pack_hash.h"

#include <stdbool.h>

#define PACK_MAGIC "CAREPACK"
#define PACK_FORMAT 7u
#define PACK_NONE UINT32_MAX
#define PACK_NONE16 UINT16_MAX

#define PACK_MAX_CONTEXTS 12u  /* bits of care_finding.attributes */
#define PACK_MAX_POSITIONS 64u /* of a phrase: bits of one machine word */
#define PACK_MAX_WORDS 64u     /* that one match spans */
#define PACK_MAX_SENTENCE 256u /* symbols */
#define PACK_MAX_HISTORY 4u    /* turns before that guards can see */
#define PACK_MAX_DISTANCE 4u   /* words between the two of a gate pair */
#define PACK_MAX_CONCEPTS 16384u
#define PACK_ROLE_COUNT 6u     /* CARE_ROLE_COUNT */
#define PACK_KIND_COUNT 7u     /* number, money, time, name, caps, emoji, link */
#define PACK_MAX_SYMBOLS (INT16_MAX - PACK_KIND_COUNT) /* of words, so that the kinds' fit behind them, and a bit is left in a key */
#define PACK_NEEDS 2u          /* sets of words that a phrase tells it cannot do without */
#define PACK_BUCKET 4u         /* symbols in a bucket of a phrase's table, or keys of gates in one of theirs */

/* ---- Words ----
 *
 * The vocabulary is a hash table of surface forms with open addressing; a form's number is its bucket. The bucket holds what
 * the hot loop needs; `pack_form_detail` at the same index the rest. A form of up to 12 bytes is compared whole in the
 * bucket, a longer one by its text. Forms that belong to the same classes share a symbol: phrases see only symbols. */
typedef struct pack_form {
    uint64_t head;   /* bytes 0-7, zero-padded */
    uint32_t tail;   /* bytes 8-11, zero-padded; of a longer form: a hash of bytes 8 and up */
    uint16_t symbol; /* 0 if no phrase knows it */
    uint16_t flags;  /* FORM_... */
} pack_form;         /* flags 0: an empty bucket */

#define FORM_USED 1u
#define FORM_LONG 2u         /* more than 12 bytes: compare the text */
#define FORM_FILLER 4u
#define FORM_STAMMER 8u
#define FORM_ABBREVIATION 16u
#define FORM_CONTRACTION 32u /* reads as two forms */
#define FORM_CONDITIONAL 64u /* only beside certain words */
#define FORM_WORD 128u       /* stands for something by itself: an abbreviation, say, need not */
#define FORM_SHARED 256u     /* another form that belongs in this bucket stands behind it */

typedef struct pack_form_detail {
    uint32_t text; /* string */
    uint16_t length;
    uint16_t contraction; /* CONTRACTION: its number */
} pack_form_detail;

typedef struct pack_contraction {
    uint32_t first, second; /* the two forms' numbers */
    uint32_t after, before; /* CONDITIONAL: lists of forms, or NONE */
    uint16_t cut;           /* bytes of the token that belong to the first */
    uint16_t after_start;   /* CONDITIONAL: 1 if the start of a sentence or clause will do */
} pack_contraction;

typedef struct pack_clitic {
    uint32_t text, length, form;
} pack_clitic; /* longest first */

/* ---- Traits ----
 *
 * What tells words apart at a glance: each has one bit of `company` and one of `tier`, a word of some kind (number, name ...) the
 * bit of kinds, too. No two of the most frequent words share a company; words share a tier with those about as frequent, and the
 * rarest of a large pack with others. The traits of several words are those of each of them together: so a few bits tell that none
 * of a set of words is among them, not that one is. */
typedef struct pack_traits {
    uint64_t company, tier;
} pack_traits;

#define TRAITS_COUNT 62u                 /* bits of symbols, in each */
#define TRAITS_KINDS (UINT64_C(1) << 62) /* in each */
#define COMPANY_EDGE (UINT64_C(1) << 63) /* no word: the sentence begins or ends */
#define COMPANY_ANY UINT64_MAX

/* ---- Phrases ----
 *
 * A phrase is a position automaton in one machine word: bit p of `starts`, `accepts` and `follow` is position p. Which positions
 * take a word it looks up, all at once, in a small hash table of its own, of symbols to masks of positions. Token kinds (number,
 * money ...) are symbols too, behind those of words: symbol_count + kind. */
typedef struct pack_phrase {
    pack_traits needs[PACK_NEEDS]; /* every match holds some word of each of these, */
    pack_traits begins;            /* and begins with one of these */
    uint64_t starts, accepts;
    uint64_t any;            /* positions that accept every word */
    uint32_t first_position;
    uint32_t rule;           /* its rule; NONE for the phrases of contexts */
    uint32_t first_taking, first_mask; /* of its table, and of the masks that it refers to; the first of these is empty */
    uint32_t factor;         /* of its table's hash */
    uint16_t mask_count;
    uint8_t taking_shift;    /* 32 - log2 of the table's buckets */
    uint8_t edges;           /* EDGE_... */
    uint8_t position_count;
    uint8_t max_words;       /* no match spans more */
    uint8_t before_gate;     /* no match begins more words than this before a gate of its own, */
    uint8_t least_before;    /* and none fewer */
    uint8_t kinds;           /* token kinds that some position takes, as bits */
    uint8_t reserved[3];     /* 0: where a uint64_t is aligned to 4 bytes, as on i386, nothing else would stand here */
} pack_phrase;

/* A bucket of a phrase's table: up to four symbols, and the positions that take each. A symbol stands in its own bucket, once, or
 * nowhere, so that looking one up takes no branch. */
typedef struct pack_taking {
    uint16_t symbols[PACK_BUCKET]; /* those behind the last are 0 */
    uint16_t masks[PACK_BUCKET];   /* of each in the same place, counted from the phrase's first; of no symbol 0 */
} pack_taking;

#define EDGE_SENTENCE_START 1u /* ^ */
#define EDGE_SENTENCE_END 2u   /* $ */
#define EDGE_TURN_START 4u     /* ^^ */
#define EDGE_TURN_END 8u       /* $$ */
#define EDGE_QUESTION 16u      /* ? */
#define EDGE_EXCLAMATION 32u   /* ! */
#define EDGE_ALL 63u
#define EDGES_AT_START (EDGE_SENTENCE_START | EDGE_TURN_START)
#define EDGES_AT_END (EDGE_SENTENCE_END | EDGE_TURN_END | EDGE_QUESTION | EDGE_EXCLAMATION)

typedef struct pack_position {
    uint64_t follow;
    uint16_t slot; /* NONE16: none */
    uint16_t reserved[3];
} pack_position;

/* ---- Gates ----
 *
 * Every match of a phrase must hold one of its gates: a symbol, a token kind, or a pair of symbols at one of the distances
 * 1 to 4. The scan looks only for gates. What rules most of them out, who speaks, how the sentence ends and which words stand
 * beside them, is told by the gate itself, so that the phrase need not be touched. */
typedef struct pack_gate {
    uint32_t phrase;
    uint32_t asks;          /* in 24 bits pack_said of its concept's roles and the kinds of sentences that its edges allow; above: */
    uint64_t before, after; /* the company of the words to the left and right, in a match */
    pack_traits needs;      /* some word of a match is of these, besides the gate's own */
} pack_gate;                /* three more stand behind the last */

#define PACK_GATE_DISTANCES 24u /* shift of five bits: bit d for a pair of symbols so far apart, bit 0 for one alone */
#define PACK_GATE_LEFT 29u      /* shift of three: the gates of its run from here on, itself among them, */
#define PACK_RUN_MOST 7u        /* or this, if there are as many or more */
#define PACK_GATE_AHEAD 4u      /* so many are looked at at once */

/* The two sides of a conversation, the customer's and the others': most phrases are for one of them, and each has keys of its own,
 * so that a scan meets few gates that its speaker cannot open. */
#define PACK_SIDES 2u

static inline uint32_t pack_roles_of_side(uint32_t side) {
    const uint32_t customer = UINT32_C(1) << 1; /* CARE_ROLE_CUSTOMER */
    return side ? customer : ~customer;
}

typedef struct pack_symbol_gate {
    uint32_t said;         /* pack_said of the gates that this symbol is alone */
    uint32_t triggers;     /* bit t % 32: trigger number t may begin with it */
    uint8_t company, tier; /* numbers of bits, below TRAITS_COUNT */
    uint8_t pairs[PACK_SIDES]; /* of each side: bit d - 1 if it is the left one of some pair at distance d; */
} pack_symbol_gate;            /* symbol_count of them, then one a token kind */

#define PACK_PAIRS_RIGHT 4u /* shift of four more: and if it is the right one */

/* A bucket of a hash table: which symbols, or pairs of them, open which gates. Full ones overflow into the next; the others have
 * their empty places behind. No key stands twice. */
typedef struct pack_key_bucket {
    uint32_t keys[PACK_BUCKET]; /* pack_key; 0: an empty place */
    uint32_t runs[PACK_BUCKET]; /* of each: 1 + the first of its gates; of none 0 */
} pack_key_bucket;

/* Of a pair of symbols, or of `left` alone where `right` is 0, for a side. */
static inline uint32_t pack_key(uint32_t side, uint32_t left, uint32_t right) {
    return side << 31 | left << 16 | right;
}

static inline uint32_t pack_key_side(uint32_t key) {
    return key >> 31;
}

static inline uint32_t pack_key_left(uint32_t key) {
    return key >> 16 & INT16_MAX;
}

static inline uint32_t pack_key_right(uint32_t key) {
    return key & UINT16_MAX;
}

/* Who says it in what sentence: bit 4 * role + kind, of all these roles (bits) and kinds (bits of SENTENCE_QUESTION and
 * SENTENCE_EXCLAMATION). */
static inline uint32_t pack_said(uint32_t roles, uint32_t kinds) {
    uint32_t said = 0;
    for (uint32_t role = 0; role < PACK_ROLE_COUNT; role++) said |= (roles >> role & 1) * kinds << 4 * role;
    return said;
}

/* ---- Rules ----
 *
 * A concept is a cue or a signal; it owns a run of rules, each with a phrase. Concepts stand in the order in which they
 * are decided: guards see only those before. */
typedef struct pack_concept {
    uint32_t name, meaning, pillar; /* strings */
    uint32_t first_rule, rule_count;
    uint32_t first_guard, guard_count; /* for all its rules */
    uint32_t first_yield, yield_count;
    uint16_t signal;    /* its public number, NONE16 for a cue */
    uint16_t drops;     /* contexts that suppress it, as bits */
    uint8_t roles;      /* bits */
    uint8_t flags;      /* CONCEPT_... */
    int8_t polarity;
    uint8_t degree;
    uint8_t threshold;
    uint8_t reserved[3];
} pack_concept;

#define CONCEPT_DRAFT 1u
#define CONCEPT_CONVERSATION 2u
#define CONCEPT_OFF 4u
#define CONCEPT_CONTEXTS 8u /* some rule asks in which contexts it stands */
#define CONCEPT_LOOKALIKES 16u /* it has look-alike phrases */
#define CONCEPT_ON_DEMAND 32u /* a cue that is looked for only when a guard asks: its phrases have no gates */
#define CONCEPT_ASKS 64u      /* its guards ask for what stands in the turn */
#define CONCEPT_HINTED 128u   /* some of its rules are conditions: hints by themselves */

typedef struct pack_rule {
    uint32_t name, text, file; /* strings */
    uint32_t line;
    uint32_t phrase;      /* NONE for a condition that is a hint by itself, and for conversation rules */
    uint32_t first_guard;
    uint16_t guard_count;
    uint16_t concept;
    uint8_t kind;         /* RULE_... */
    uint8_t weight;
    uint16_t slots;       /* 1 if the phrase has any */
} pack_rule;

#define RULE_SAY 0u
#define RULE_HINT 1u
#define RULE_NOT 2u
#define RULE_WHEN 3u
#define RULE_CONVERSATION 4u

typedef struct pack_guard {
    uint32_t first_condition;
    uint16_t condition_count; /* any of them */
    uint16_t unless;          /* 1: and then it fails */
} pack_guard;

typedef struct pack_condition {
    uint8_t kind;    /* CONDITION_... of compile/syntax.h, without PHRASE */
    uint8_t where;   /* WHERE_... */
    uint16_t number; /* turns, words (NONE16: any); a context's number; bits of channels or roles */
    uint32_t list;   /* REFERENCE: a list of concepts */
} pack_condition;

#define PACK_IF_CONCEPT 0u
#define PACK_IF_CONTEXT 1u
#define PACK_IF_CHANNEL 2u
#define PACK_IF_ROLE 3u
#define PACK_IF_SHORT 4u
#define PACK_IF_LONG 5u
#define PACK_IF_FIRST 6u

#define PACK_IN_SENTENCE 0u
#define PACK_IN_TURN 1u
#define PACK_NEARBY 2u
#define PACK_BEFORE 3u
#define PACK_LEFT 4u
#define PACK_RIGHT 5u
#define PACK_HERE 6u

typedef struct pack_yield {
    uint32_t list;  /* of concepts */
    uint32_t where; /* HERE, IN_SENTENCE, IN_TURN */
} pack_yield;

/* ---- Contexts ---- */

typedef struct pack_context {
    uint32_t name;
    uint32_t first_trigger, trigger_count;
    uint32_t marks;    /* bits 1 << MARK_... */
    uint32_t triggers; /* those that cast scopes: bit t % 32 of trigger number t */
} pack_context;

typedef struct pack_trigger {
    uint32_t phrase; /* NONE for a bare "until ," */
    uint16_t reach;  /* words; NONE16: all */
    uint8_t kind;    /* TRIGGER_... of compile/syntax.h */
    uint8_t comma;
} pack_trigger;

#define PACK_TRIGGER_AFTER 0u
#define PACK_TRIGGER_BEFORE 1u
#define PACK_TRIGGER_IN 2u
#define PACK_TRIGGER_UNTIL 3u
#define PACK_TRIGGER_EXCEPT 4u

#define PACK_MARK_QUESTION 1u
#define PACK_MARK_QUOTES 2u
#define PACK_MARK_CITED 4u

/* ---- The rest ---- */

typedef struct pack_conversation_rule {
    uint32_t rule;
    uint32_t opens, met; /* lists of concepts */
    uint16_t within;     /* turns of the roles in met_roles */
    uint8_t opens_roles, met_roles;
} pack_conversation_rule;

typedef struct pack_speaker {
    uint32_t label, length; /* string, case-folded */
    uint32_t role;
} pack_speaker;

typedef struct pack_source {
    uint32_t layer;
    uint32_t name;         /* string */
    uint32_t text, length; /* string */
} pack_source;

typedef struct pack_layer {
    uint32_t name, version; /* strings */
} pack_layer;

/* Sections, in the order in which they stand in the block. Lists are runs in `numbers`: a count, then that many. */
typedef enum pack_section {
    SECTION_STRINGS, /* bytes; every string ends in NUL */
    SECTION_NUMBERS, /* uint32_t */
    SECTION_FORMS,
    SECTION_FORM_DETAILS,
    SECTION_CONTRACTIONS,
    SECTION_CLITICS,
    SECTION_PHRASES,
    SECTION_POSITIONS,
    SECTION_TAKINGS,
    SECTION_MASKS, /* uint64_t */
    SECTION_SYMBOL_GATES,
    SECTION_KEY_FILTER, /* uint64_t bits */
    SECTION_KEY_BUCKETS,
    SECTION_GATE_LIST,
    SECTION_CONCEPTS,
    SECTION_RULES,
    SECTION_GUARDS,
    SECTION_CONDITIONS,
    SECTION_YIELDS,
    SECTION_CONTEXTS,
    SECTION_TRIGGERS,
    SECTION_CONVERSATION_RULES,
    SECTION_SIGNALS, /* uint32_t: the concept of each public signal */
    SECTION_SLOTS,   /* uint32_t: strings */
    SECTION_ANSWERS, /* uint32_t: lists of concepts: apology, excuse, empathy, tepid */
    SECTION_SPEAKERS,
    SECTION_LAYERS,
    SECTION_SOURCES,
    SECTION_COUNT
} pack_section;

typedef struct pack_header {
    char magic[8];
    uint32_t format;
    uint32_t header_size;
    uint64_t length;      /* of the whole block, bytes */
    uint64_t checksum;    /* of the block from `fingerprint` on */
    uint64_t fingerprint; /* of the sources */
    uint32_t symbol_count;
    uint32_t stemmer, unicode; /* strings, for information */
    uint32_t reserved; /* 0 */
    uint64_t flags; /* PACK_... */
    struct {
        uint64_t offset; /* bytes from the start of the block */
        uint64_t count;  /* records */
    } sections[SECTION_COUNT];
} pack_header;

#define PACK_DROPS_EMOJI 1u /* they are fillers */

#define PACK_CHECKSUM_FROM 32u /* offsetof(pack_header, fingerprint) */

/* Bytes of a record of each section. */
#define PACK_RECORD_SIZES                                                                                                                  \
    {                                                                                                                                      \
        1, 4, sizeof(pack_form), sizeof(pack_form_detail), sizeof(pack_contraction), sizeof(pack_clitic), sizeof(pack_phrase),             \
            sizeof(pack_position), sizeof(pack_taking), 8, sizeof(pack_symbol_gate), 8, sizeof(pack_key_bucket), sizeof(pack_gate),        \
            sizeof(pack_concept), sizeof(pack_rule), sizeof(pack_guard), sizeof(pack_condition), sizeof(pack_yield), sizeof(pack_context), \
            sizeof(pack_trigger), sizeof(pack_conversation_rule), 4, 4, 4, sizeof(pack_speaker), sizeof(pack_layer), sizeof(pack_source)   \
    }

_Static_assert(sizeof(pack_form) == 16, "frozen by PACK_FORMAT");
_Static_assert(sizeof(pack_phrase) == 104, "frozen by PACK_FORMAT");
_Static_assert(sizeof(pack_position) == 16, "frozen by PACK_FORMAT");
_Static_assert(sizeof(pack_taking) == 16, "frozen by PACK_FORMAT");
_Static_assert(sizeof(pack_gate) == 40, "frozen by PACK_FORMAT");
_Static_assert(sizeof(pack_symbol_gate) == 12, "frozen by PACK_FORMAT");
_Static_assert(sizeof(pack_key_bucket) == 32, "frozen by PACK_FORMAT");
_Static_assert(sizeof(pack_rule) == 32, "frozen by PACK_FORMAT");
_Static_assert(sizeof(pack_concept) == 48, "frozen by PACK_FORMAT");

/* Whether some word may be among the words of both. */
static inline bool pack_traits_meet(pack_traits a, pack_traits b) {
    return ((a.company & b.company) != 0) & ((a.tier & b.tier) != 0);
}

#endif
