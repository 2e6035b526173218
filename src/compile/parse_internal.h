/* parse_internal.h - what the parts of the parser share: parse.c (driver, statement heads), parse_common.c (helpers),
 * parse_block.c (the lines of cues, signals, contexts and conversations), parse_vocabulary.c (statements about words),
 * parse_phrase.c, parse_guard.c, parse_example.c and keyword.c.
 *
 * Every parse function begins at the current token and leaves the first token that it did not take. On failure it has
 * complained and leaves the rest of the line to be skipped. */
#ifndef CARE_PARSE_INTERNAL_H
#define CARE_PARSE_INTERNAL_H

#include "lex.h"
#include "parse.h"

#define NESTING_MAX 64u

/* ---- First words of lines (keyword.c) ---- */

typedef enum keyword_code {
    KEYWORD_STATEMENT, /* keyword.statement tells which */
    KEYWORD_EXTEND,
    KEYWORD_SAY,
    KEYWORD_HINT,
    KEYWORD_NOT,
    KEYWORD_YIELDS,
    KEYWORD_YES,
    KEYWORD_NO,
    KEYWORD_TRIGGER, /* keyword.trigger tells which */
    KEYWORD_OPENS,
    KEYWORD_MET,
    KEYWORD_NEEDS,
    KEYWORD_UNLESS,
    KEYWORD_BY,
    KEYWORD_COUNTS,
    KEYWORD_PILLAR,
    KEYWORD_DROP,
    KEYWORD_DRAFT,
    KEYWORD_AT,
    KEYWORD_DEGREE,
} keyword_code;

/* The statements in which a line may stand. */
#define IN_SIGNAL 1u
#define IN_CUE 2u
#define IN_CONTEXT 4u
#define IN_CONVERSATION 8u
#define IN_FAMILY 16u

typedef struct keyword {
    const char *word;
    keyword_code code;
    statement_kind statement;
    trigger_kind trigger;
    uint32_t inside; /* IN_... */
    bool item;       /* may stand in the head of those statements too */
} keyword;

/* The keyword that `word` is, or NULL. */
const keyword *keyword_find(slice word);

/* The keyword that `word` may be meant to be, or NULL. */
const keyword *keyword_guess(slice word);

/* The first word of a statement of this kind, and its IN_... bit (0 if it has no lines). */
const char *keyword_of_statement(statement_kind kind);
uint32_t keyword_block(statement_kind kind);

/* The number of a role or channel word, -1 for others; role "anyone" is ROLE_ANYONE. `any_case`: as in examples. */
#define ROLE_ANYONE CARE_ROLE_COUNT
#define ROLE_WORDS "agent, customer, bot, system, leader, staff"
#define CHANNEL_WORDS "call, chat, email, social, survey, review"
int32_t role_from_word(slice word, bool any_case);
int32_t channel_from_word(slice word);

/* ---- The parser ---- */

#define PARSE_EDGES 1u /* the phrase may have edges */
#define PARSE_COMMA 2u /* "," may be an alternative */
#define PARSE_REACH 4u /* "up to 5" ends the phrase */
#define PARSE_OR 8u    /* "or" ends the phrase */

typedef struct label_entry {
    const rule_line *line;
    const statement *owner;
} label_entry;

typedef struct parser {
    arena *arena;
    care_problems *problems;
    lexer lexer;
    uint32_t complained_line; /* the physical line of the last complaint: one mistake is told once */
    bool failed;              /* there was a complaint about the current statement */
    bool any_statement;

    /* parse_phrase.c */
    uint32_t style;              /* PARSE_... of the phrase being parsed */
    uint32_t depth, whole_depth; /* open brackets; those around the whole phrase */
    bool comma_seen;
    phrase **stack; /* children of the phrases being built */
    size_t stack_count, stack_room;

    /* The statement whose lines are being read, and where its next ones go. */
    statement *current;
    rule_line **lines;
    guard **guards;
    yield_line **yields;
    example **examples;
    trigger **triggers;
    statement **statements;

    /* Labels of the current statement: an open hash table of which entries of other owners are free. */
    label_entry *labels;
    size_t label_count, label_room;
} parser;

#ifdef __GNUC__
#define PARSE_FORMAT(position) __attribute__((format(printf, position, (position) + 1)))
#else
#define PARSE_FORMAT(position)
#endif

/* For "%.*s" of a slice: at most its first 40 bytes, whole characters. */
#define SHOWN(text) slice_shown(text), (text).at
int slice_shown(slice text);

/* Complains that text does not parse. Only the first complaint in a physical line is kept: what follows it is guesswork. */
void parse_complain(parser *self, place where, const char *format, ...) PARSE_FORMAT(3);

/* Complains about a mistake after which the rest of the line still makes sense. */
void parse_object(parser *self, place where, const char *format, ...) PARSE_FORMAT(3);

/* Notes what parses, but hardly to what was meant. Notes fail nothing. */
void parse_note(parser *self, place where, const char *format, ...) PARSE_FORMAT(3);

/* Complains about the current token where `expected` should stand. */
void parse_unexpected(parser *self, const char *expected);

/* The current token is the word, and is passed over; or false, silently. */
bool parse_take_word(parser *self, const char *word);
bool parse_take(parser *self, int kind);

bool parse_at_word(const parser *self, const char *word);

/* Nothing more stands in the line; or complains. */
bool parse_line_ends(parser *self, const char *expected);

/* A number from `least` to `most`, which stands for `what`. One out of this range is complained about and taken as `least`. */
bool parse_number(parser *self, const char *what, uint32_t least, uint32_t most, uint32_t *number);

/* A weight, 0 to 100: a whole number, without a "%". */
bool parse_weight_number(parser *self, uint32_t *number);

/* `text`, a token of letters and apostrophes, can be a word of a text; or complains. */
bool parse_check_word(parser *self, place where, slice text);

/* A name of letters, digits, "-" and "_", in parts joined by "." and "/". `shape` tells which parts: */
typedef enum name_shape {
    NAME_PLAIN,     /* crew */
    NAME_SIGNAL,    /* a.b */
    NAME_REFERENCE, /* a.b, cue.c, a.* */
    NAME_RULE,      /* a.b/3 */
    NAME_ANY,       /* plain or reference */
    NAME_NONE,      /* none of these */
} name_shape;
bool parse_name(parser *self, name_shape shape, const char *what, slice *name);

/* Names joined by commas, appended at *tail. */
bool parse_names(parser *self, name_shape shape, const char *what, name_list ***tail);

/* Role words joined by commas, as bits. `of_header`: "agent" means the bot too. */
bool parse_roles(parser *self, bool of_header, uint32_t *roles);

/* Zeroed memory of the arena, or NULL; the arena remembers. */
#define parse_new(self, type) ((type *)arena_take((self)->arena, sizeof(type)))

bool parse_stopped(const parser *self); /* out of memory */

/* A whole phrase up to a guard word, the end of the line, a ")" if one is open, or what `style` says. NULL on failure. */
phrase *parse_phrase(parser *self, uint32_t style, uint32_t *edges);

/* An alternative of a phrase that stands alone in a guard: <list>, "word", #kind. */
phrase *parse_single(parser *self);

/* The current token, a word, looks like a misspelt "needs" or "unless": what stands behind it is a condition with a place.
 * The word that is meant, or NULL. */
const char *parse_guard_guess(const parser *self);

/* Guards up to the first word that begins none, appended at *tail. */
bool parse_guards(parser *self, guard ***tail);

/* The conditions behind "needs", "unless" or "when". */
condition *parse_conditions(parser *self);

/* A place word stands at the current token; and what it says. */
bool parse_at_place(const parser *self);
bool parse_place(parser *self, where_kind *where, uint32_t *number);

/* The current token is "yes" or "no". */
bool parse_example(parser *self, bool positive);

/* A line inside the current statement; items ("by agent") up to the end of the line, the current token being the first. */
bool parse_block_line(parser *self, const keyword *word);
bool parse_items(parser *self);

/* Statements about words: the keyword has been passed over. */
bool parse_vocabulary(parser *self, statement *made);

#endif
