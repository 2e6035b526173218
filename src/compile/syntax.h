/* syntax.h - what pack text says, as trees. parse.c makes them, resolve.c and the modules after it read them.
 *
 * All nodes live in one arena and are never freed one by one. Strings are slices of the source text, not terminated. */
#ifndef CARE_SYNTAX_H
#define CARE_SYNTAX_H

#include "../pack_format.h" /* EDGE_... of whole phrases */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct slice {
    const char *at;
    uint32_t length; /* bytes */
} slice;

/* Where something stands, for messages. `file` counts the sources of all layers in order; line and column are 1-based. */
typedef struct place {
    uint32_t file, line, column;
} place;

/* ---- Phrases ---- */

typedef enum phrase_kind {
    PHRASE_WORD,     /* word        all inflections */
    PHRASE_EXACT,    /* "word"      one form; "two words" parses to a sequence of these */
    PHRASE_DERIVED,  /* word~       all derivations */
    PHRASE_LIST,     /* <name> */
    PHRASE_SLOT,     /* {name} */
    PHRASE_KIND,     /* #number ... */
    PHRASE_ANY,      /* *           one word of any kind */
    PHRASE_GAP,      /* -n-         up to n words of any kind */
    PHRASE_SEQUENCE, /* children in order, at least one */
    PHRASE_CHOICE,   /* one of the children, at least one */
    PHRASE_OPTION,   /* [child] */
    PHRASE_REPEAT,   /* child+ */
} phrase_kind;

typedef enum token_kind_name {
    KIND_NUMBER,
    KIND_MONEY,
    KIND_TIME,
    KIND_NAME,
    KIND_CAPS,
    KIND_EMOJI,
    KIND_LINK,
    KIND_COUNT
} token_kind_name;

typedef struct phrase {
    phrase_kind kind;
    place place;
    slice text;              /* WORD, EXACT, DERIVED: the word; LIST, SLOT: the name */
    uint32_t number;         /* GAP: n; KIND: a token_kind_name */
    struct phrase **children; /* SEQUENCE, CHOICE: child_count of them; OPTION, REPEAT: one */
    uint32_t child_count;
} phrase;

/* ---- Guards ---- */

typedef enum where_kind { WHERE_SENTENCE, WHERE_TURN, WHERE_NEARBY, WHERE_BEFORE, WHERE_LEFT, WHERE_RIGHT, WHERE_HERE } where_kind;

typedef enum condition_kind {
    CONDITION_REFERENCE, /* name in place: cue.x, a.b, a.* */
    CONDITION_PHRASE,    /* (phrase) in place */
    CONDITION_CONTEXT,   /* name of a context */
    CONDITION_CHANNEL,   /* numbers: bit 1 << channel */
    CONDITION_ROLE,      /* number: bit 1 << role */
    CONDITION_SHORT,     /* number: words */
    CONDITION_LONG,
    CONDITION_FIRST,
} condition_kind;

typedef struct condition {
    condition_kind kind;
    place place;
    slice name;       /* REFERENCE, CONTEXT; for a reference as written: "cue.trouble", "action.*" */
    phrase *phrase;   /* PHRASE */
    uint32_t edges;   /* PHRASE */
    where_kind where; /* REFERENCE, PHRASE */
    uint32_t number;  /* BEFORE, LEFT, RIGHT: turns or words (LEFT, RIGHT: UINT32_MAX if not said); CHANNEL, ROLE: bits; SHORT, LONG */
    uint32_t concept; /* PHRASE: the number of the unnamed cue that resolve.c makes of it */
    struct condition *next; /* the next alternative: joined by "or" */
} condition;

typedef struct guard {
    bool unless;           /* else needs */
    condition *conditions; /* any of them */
    struct guard *next;    /* and this */
} guard;

/* ---- Rules ---- */

typedef enum line_kind { LINE_SAY, LINE_HINT, LINE_NOT } line_kind;

typedef struct rule_line {
    line_kind kind;
    place place;
    slice source;     /* the line as written, keyword included, for care_rule_info.text */
    slice label;      /* without the @; empty if none */
    int32_t weight;   /* SAY, HINT of signals: 0 to 100; cues: 100 */
    phrase *phrase;   /* NULL for "hint N when ..." */
    uint32_t edges;
    guard *guards;    /* a hint's "when" is one `needs` guard here */
    struct rule_line *next;
} rule_line;

/* No rule is made of it: weight 0 switches it off. */
static inline bool rule_line_is_off(const rule_line *line) {
    return line->kind != LINE_NOT && line->weight == 0;
}

typedef struct name_list {
    slice name;       /* "a.b", "a.*", a context's name */
    place place;
    struct name_list *next;
} name_list;

typedef struct yield_line {
    name_list *names;
    where_kind where; /* HERE (overlap), SENTENCE, TURN */
    struct yield_line *next;
} yield_line;

typedef struct example_turn {
    int32_t role;  /* -1 if not said */
    slice text;
    struct example_turn *next;
} example_turn;

typedef struct example_slot {
    slice name, text;
    struct example_slot *next;
} example_slot;

typedef struct example {
    bool positive;
    place place;
    slice name;       /* without the @; empty if none */
    slice reason;     /* of a "no": empty if not said */
    int32_t channel;  /* 0 if not said */
    example_slot *slots;
    example_turn *turns; /* at least one; the last is tested */
    struct example *next;
} example;

typedef struct header { /* what families and signals may both say */
    uint32_t roles;      /* bits 1 << role; 0 if not said. "agent" sets the bot's bit too; "anyone" all but system */
    int32_t polarity;    /* +1, -1, 0; POLARITY_UNSAID */
    slice pillar;        /* empty if not said */
    bool drop_said;      /* with drop_said and no drops: "drop none" */
    name_list *drops;
} header;
#define POLARITY_UNSAID 2

/* ---- Statements ---- */

typedef enum statement_kind {
    STATEMENT_PACK,         /* name = name, text = version */
    STATEMENT_STEMMER,      /* name */
    STATEMENT_ENDING,       /* endings */
    STATEMENT_DERIVATION,   /* endings */
    STATEMENT_WORD,         /* name = lemma; words = forms */
    STATEMENT_CLITIC,       /* words */
    STATEMENT_CONTRACTION,  /* name = token; words = the two forms; after, before */
    STATEMENT_FILLER,       /* words, or name: "emoji" */
    STATEMENT_STAMMER,      /* words */
    STATEMENT_ABBREVIATION, /* words */
    STATEMENT_COMMON,       /* words */
    STATEMENT_SPEAKER,      /* role; words = labels, each may hold spaces */
    STATEMENT_ANSWERS,      /* name = apology, excuse, empathy or tepid; names, minus */
    STATEMENT_LIST,         /* name, phrase */
    STATEMENT_SLOT,         /* name, phrase */
    STATEMENT_CUE,          /* name, header, lines, guards */
    STATEMENT_CONTEXT,      /* name, triggers */
    STATEMENT_FAMILY,       /* name, header */
    STATEMENT_SIGNAL,       /* name, text = meaning, header, lines, guards, yields, examples ... */
    STATEMENT_CONVERSATION, /* name, text = meaning, header, opens_*, met_*, examples */
    STATEMENT_OFF,          /* name = signal */
    STATEMENT_REWEIGH,      /* name = rule ("a.b/3"), number = weight */
    STATEMENT_RETRACT,      /* name = example */
} statement_kind;

typedef struct word_item { /* in ENDING: the text is as written ("+s", "e>ing", "=ed") */
    slice text;
    place place;
    struct word_item *next;
} word_item;

typedef enum trigger_kind { TRIGGER_AFTER, TRIGGER_BEFORE, TRIGGER_IN, TRIGGER_UNTIL, TRIGGER_EXCEPT, TRIGGER_MARK } trigger_kind;
typedef enum mark_kind { MARK_QUESTION, MARK_QUOTES, MARK_CITED } mark_kind;

typedef struct trigger {
    trigger_kind kind;
    place place;
    phrase *phrase;   /* NULL for MARK, and for UNTIL when only "," stands there */
    uint32_t edges;
    uint32_t reach;   /* AFTER, BEFORE: words; UINT32_MAX if not said */
    bool comma;       /* UNTIL: "," is among the phrases */
    mark_kind mark;
    struct trigger *next;
} trigger;

typedef struct statement {
    statement_kind kind;
    place place;
    bool extends;     /* LIST, CUE, SIGNAL: adds to one that stands before */
    slice name;
    slice text;
    uint32_t number;
    word_item *words, *after, *before;
    phrase *phrase;
    header header;
    bool draft;
    int32_t threshold; /* SIGNAL: -1 if not said */
    int32_t degree;    /* SIGNAL: -1 if not said */
    rule_line *lines;  /* in order */
    guard *guards;     /* for all lines */
    yield_line *yields;
    example *examples;
    trigger *triggers;
    name_list *names, *minus;            /* ANSWERS; CONVERSATION: opens */
    uint32_t opens_roles, met_roles;     /* CONVERSATION */
    name_list *met;
    uint32_t within;                     /* CONVERSATION: turns */
    int32_t role;                        /* SPEAKER */
    struct statement *next;
} statement;

#endif
