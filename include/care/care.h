/* care.h - hears how people treat each other in customer conversations.
 *
 * Text goes in, findings come out: which signal (an apology, an excuse, empathy, a tepid answer ...), exactly where, how
 * sure, by which rule, with which evidence. What the signals are is data, a pack; the English pack is built in.
 *
 * The shortest program:
 *
 *     care_pack *pack;
 *     care_analyzer *analyzer;
 *     care_pack_english(&pack, NULL);
 *     care_analyzer_new(&analyzer, pack, NULL, NULL);
 *     int32_t yes;
 *     care_has_apology(analyzer, "Sorry about the wait.", 21, &yes);
 *
 * Three objects:
 *   care_pack          compiled rules; immutable; shared by any number of threads; counted references
 *   care_analyzer      a pack at work, with its scratch memory; one thread at a time; create one per thread
 *   care_conversation  turns in order, fed one at a time; one thread at a time
 *
 * Text is a pointer and a length in bytes. It needs no terminator, may hold NUL, is borrowed for the call and never
 * rewritten. Every offset is a half-open byte range [begin, end) into the caller's own bytes, on character boundaries; a turn
 * may ask for UTF-16 units or code points instead, and may itself be UTF-16. Ill-formed text separates words and sets
 * CARE_TURN_ILL_FORMED in the result, unless strictness was asked for. A text is at most CARE_TEXT_MAX bytes.
 *
 * Errors: a call that can fail returns a care_status, CARE_OK (0) or a negative value. Where text is being read it also
 * takes an optional care_error, owned by the caller, filled only on failure. Running out of memory is a status like any
 * other and leaves the objects usable. Nothing here prints, exits, aborts, reads the clock or the locale, or keeps global
 * state. Functions named _free, and care_pack_unref, accept NULL; elsewhere a NULL handle is CARE_E_ARGUMENT.
 *
 * Structs that may grow begin with their own size, set by the caller (care_error error = {.size = sizeof error}).
 * Structs that live in arrays are frozen. */
#ifndef CARE_CARE_H
#define CARE_CARE_H

#include <stddef.h>
#include <stdint.h>

#include <care/export.h>
#include <care/version.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Statuses and errors ------------------------------------------------------------------------------------------ */

typedef int32_t care_status;

#define CARE_OK 0
#define CARE_E_MEMORY (-1)      /* the allocator gave nothing */
#define CARE_E_ARGUMENT (-2)    /* a NULL handle, an unknown role or option, a reserved field that is not zero */
#define CARE_E_UTF8 (-3)        /* ill-formed text where strictness was asked for */
#define CARE_E_LIMIT (-4)       /* a text, batch or pack larger than this library handles */
#define CARE_E_SYNTAX (-5)      /* pack text that does not parse or does not make sense */
#define CARE_E_EXAMPLE (-6)     /* pack text whose own examples do not hold */
#define CARE_E_CORRUPT (-7)     /* a compiled pack that is truncated or altered */
#define CARE_E_VERSION (-8)     /* a compiled pack of a format that this library does not read */
#define CARE_E_PACK (-9)        /* two objects that belong to different packs */
#define CARE_E_STATE (-10)      /* a call out of order */
#define CARE_E_UNSUPPORTED (-11) /* not on this platform */

/* The status's constant name ("CARE_E_MEMORY"); "CARE_E_UNKNOWN" for any other number. Static storage. Any thread. */
CARE_API const char *care_status_name(care_status status);

/* One sentence in plain words. Static storage. Any thread. */
CARE_API const char *care_status_message(care_status status);

typedef struct care_error {
    uint32_t size;      /* sizeof(care_error), set by the caller */
    care_status status; /* what the call returned */
    uint32_t line;      /* 1-based; 0 where no line applies */
    uint32_t column;    /* 1-based, in bytes; 0 where none applies */
    uint64_t offset;    /* bytes from the start of what was read */
    char file[128];     /* NUL-terminated; empty where no file applies; cut on the left if longer */
    char message[384];  /* NUL-terminated: what is wrong, and the mend */
} care_error;

/* ---- Memory ------------------------------------------------------------------------------------------------------- */

/* The one allocation function. `resize(context, NULL, 0, n)` allocates n bytes aligned for any type, `resize(context, p,
 * old, n)` moves, `resize(context, p, old, 0)` frees and returns NULL. A failing call returns NULL and leaves `p` as it
 * was. It may be called from every thread that uses an object made with it. */
typedef struct care_allocator {
    void *context;
    void *(*resize)(void *context, void *pointer, size_t old_size, size_t new_size);
} care_allocator;

/* ---- Packs -------------------------------------------------------------------------------------------------------- */

typedef struct care_pack care_pack;

#define CARE_NONE UINT32_MAX /* "no signal", "no turn", "not suppressed" in fields that say so */

/* Gives the built-in English pack in *out: a reference of the caller's own, returned with care_pack_unref. Fails with
 * CARE_E_MEMORY; with CARE_E_UNSUPPORTED in a library built without it. `allocator` may be NULL (the C library's) and must
 * outlive the pack. Any thread. */
CARE_API care_status care_pack_english(care_pack **out, const care_allocator *allocator);

/* Loads a compiled pack from `length` bytes, copying them. The bytes are verified in full (magic, version, length,
 * checksum, every reference) and hostile ones get CARE_E_CORRUPT or CARE_E_VERSION, with the place in `error` (may be
 * NULL). Any thread. */
CARE_API care_status care_pack_load(care_pack **out, const void *bytes, size_t length, const care_allocator *allocator, care_error *error);

/* The same without the copy: `bytes`, aligned to 8, must stay unchanged until the last reference is returned. */
CARE_API care_status care_pack_map(care_pack **out, const void *bytes, size_t length, const care_allocator *allocator, care_error *error);

/* Takes, and returns, a reference. Any thread. care_pack_ref gives its argument back. */
CARE_API care_pack *care_pack_ref(care_pack *self);
CARE_API void care_pack_unref(care_pack *self);

/* The compiled bytes, to store or send; borrowed from the pack. Writes their number to *length. Any thread. */
CARE_API const void *care_pack_bytes(const care_pack *self, size_t *length);

typedef struct care_pack_info {
    uint32_t size;             /* sizeof(care_pack_info), set by the caller */
    uint32_t format;           /* the blob's format version */
    uint64_t fingerprint;      /* of the rules; the same text gives the same number everywhere */
    const char *name;          /* of the topmost layer; this and the next two are borrowed from the pack */
    const char *version;
    const char *stemmer;       /* Snowball algorithm and library version, for information */
    const char *unicode;       /* Unicode version of the compiling utf8proc, for information */
    uint32_t layer_count;
    uint32_t signal_count;
    uint32_t rule_count;       /* rules that can be named in findings: phrases and conversation rules */
    uint32_t phrase_count;     /* phrases of any kind, cues and contexts included */
    uint32_t form_count;       /* surface forms in the vocabulary */
    uint32_t context_count;
} care_pack_info;

/* Fills *info. CARE_E_ARGUMENT when info->size is not a known one. Any thread. */
CARE_API care_status care_pack_get_info(const care_pack *self, care_pack_info *info);

typedef struct care_signal_info {
    uint32_t size;           /* sizeof(care_signal_info), set by the caller */
    uint32_t roles;          /* bit 1 << role for each role that may say it */
    int32_t polarity;        /* +1 counts for the speaker's care, -1 against, 0 neither */
    uint32_t flags;          /* CARE_SIGNAL_... */
    uint32_t drops;          /* bit n: candidates that stand in context n do not count */
    uint32_t threshold;      /* the weight that its hints must add up to, 0 to 100 */
    const char *id;          /* "excuse.newness"; this and the next two are borrowed from the pack */
    const char *meaning;
    const char *pillar;      /* "communicate" ... or "" */
} care_signal_info;

#define CARE_SIGNAL_DRAFT 1u        /* its author does not call it done */
#define CARE_SIGNAL_CONVERSATION 2u /* found by a conversation rule, not in one turn */

/* Signal `signal`, 0 to signal_count - 1; CARE_E_ARGUMENT beyond. Numbers belong to one pack; ids are the contract. */
CARE_API care_status care_pack_signal(const care_pack *self, uint32_t signal, care_signal_info *info);

/* The number of the signal with this id (NUL-terminated), or CARE_NONE. Any thread. */
CARE_API uint32_t care_pack_find_signal(const care_pack *self, const char *id);

typedef struct care_rule_info {
    uint32_t size;     /* sizeof(care_rule_info), set by the caller */
    uint32_t signal;   /* the signal it serves, or CARE_NONE (a cue) */
    uint32_t line;     /* where it stands in the pack's text, 1-based */
    int32_t weight;    /* 0 to 100 */
    const char *name;  /* "excuse.newness/2"; this and the next two are borrowed from the pack */
    const char *file;
    const char *text;  /* the rule as written */
} care_rule_info;

/* Rule `rule`, 0 to rule_count - 1; CARE_E_ARGUMENT beyond. Any thread. */
CARE_API care_status care_pack_rule(const care_pack *self, uint32_t rule, care_rule_info *info);

/* The name of context or slot `index` ("negated", "org"), or NULL beyond the last. Borrowed. Any thread. */
CARE_API const char *care_pack_context_name(const care_pack *self, uint32_t index);
CARE_API const char *care_pack_slot_name(const care_pack *self, uint32_t index);

/* The role that a speaker label of a transcript stands for ("Agent", "Customer", in any case), or -1. Labels are pack
 * data. `length` in bytes. Any thread. */
CARE_API int32_t care_pack_speaker_role(const care_pack *self, const char *label, size_t length);

/* The `index`-th surface form that rule `rule` can match, for authors, or NULL beyond the last. Borrowed. Any thread. */
CARE_API const char *care_pack_rule_form(const care_pack *self, uint32_t rule, uint32_t index);

/* ---- Turns in, findings out --------------------------------------------------------------------------------------- */

#define CARE_TEXT_MAX 0x7fffffffu /* bytes in one text */

#define CARE_ROLE_AGENT 0
#define CARE_ROLE_CUSTOMER 1
#define CARE_ROLE_BOT 2    /* judged as an agent */
#define CARE_ROLE_SYSTEM 3 /* never judged */
#define CARE_ROLE_LEADER 4
#define CARE_ROLE_STAFF 5
#define CARE_ROLE_COUNT 6

#define CARE_CHANNEL_UNKNOWN 0
#define CARE_CHANNEL_CALL 1
#define CARE_CHANNEL_CHAT 2
#define CARE_CHANNEL_EMAIL 3
#define CARE_CHANNEL_SOCIAL 4
#define CARE_CHANNEL_SURVEY 5
#define CARE_CHANNEL_REVIEW 6
#define CARE_CHANNEL_COUNT 7

/* "agent" ...; NULL for other numbers. And back: -1 for other names. Static storage. Any thread. */
CARE_API const char *care_role_name(int32_t role);
CARE_API const char *care_channel_name(int32_t channel);
CARE_API int32_t care_role_from_name(const char *name, size_t length);
CARE_API int32_t care_channel_from_name(const char *name, size_t length);

#define CARE_TURN_CONTEXT 1u    /* in: read for what follows, report nothing from it */
#define CARE_TURN_ILL_FORMED 2u /* out, in care_result.turn_flags: the text held ill-formed UTF-8, or a lone surrogate */
#define CARE_TURN_UTF16 4u      /* in: the text is UTF-16 in native byte order, aligned to 2, and its length in units */

/* What an offset counts. Ill-formed bytes count as one U+FFFD per maximal ill-formed part, as Python and browsers decode
 * them; a lone surrogate counts as itself. */
#define CARE_UNIT_BYTE 0      /* of UTF-8 */
#define CARE_UNIT_UTF16 1     /* as in JavaScript, Java and .NET */
#define CARE_UNIT_CODEPOINT 2 /* as in Python */

typedef struct care_turn {
    const char *text;      /* UTF-8; with CARE_TURN_UTF16 the address of the first unit */
    uint64_t length;       /* bytes, or units with CARE_TURN_UTF16 */
    int64_t time_ms;       /* since any fixed moment; 0 if unknown. Recorded, not judged */
    uint32_t conversation; /* equal neighbours in a batch are one conversation, in order */
    uint8_t role;          /* CARE_ROLE_... */
    uint8_t channel;       /* CARE_CHANNEL_... */
    uint8_t flags;         /* CARE_TURN_CONTEXT, CARE_TURN_UTF16, both or 0 */
    uint8_t unit;          /* CARE_UNIT_...: what its offsets in results count; not bytes with CARE_TURN_UTF16 */
} care_turn;

/* A candidate is suppressed for one of these reasons, or for standing in a context: CARE_SUPPRESSED_CONTEXT + its number. */
#define CARE_SUPPRESSED_NOT 0u          /* nothing: a finding */
#define CARE_SUPPRESSED_SPEAKER 1u      /* somebody else would have to say it */
#define CARE_SUPPRESSED_NEEDS 2u        /* what the rule needs nearby is not there */
#define CARE_SUPPRESSED_UNLESS 3u       /* something nearby speaks against it */
#define CARE_SUPPRESSED_LOOKALIKE 4u    /* part of a phrase that only looks like it */
#define CARE_SUPPRESSED_YIELDS 5u       /* another finding takes precedence */
#define CARE_SUPPRESSED_THRESHOLD 6u    /* hints that do not add up */
#define CARE_SUPPRESSED_DUPLICATE 7u    /* the same signal is found there with more weight */
#define CARE_SUPPRESSED_CONTEXT 16u

/* "needs", "negated" ...: the reason's name in this pack, or NULL. Borrowed. Any thread. */
CARE_API const char *care_pack_reason_name(const care_pack *self, uint32_t reason);

typedef struct care_finding {
    uint32_t begin, end;     /* of the turn's text, in the turn's unit, half-open; so are those of slots and evidence */
    uint32_t turn;           /* index in the batch; in a conversation, turns fed before this one */
    uint32_t rule;           /* the rule with the most weight in it */
    uint16_t signal;
    uint16_t attributes;     /* bit n: it stands in context n (a context that does not suppress this signal) */
    uint8_t confidence;      /* 0 to 100 */
    uint8_t intensity;       /* 0 to 3; 0 where the signal has no degrees */
    uint8_t suppressed_by;   /* CARE_SUPPRESSED_... */
    uint8_t slot_count;      /* its slots: result.slots[first_slot ...] */
    uint32_t first_slot;
    uint32_t first_evidence; /* its evidence: result.evidence[first_evidence ...], up to the first whose `more` is 0 */
} care_finding;              /* 32 bytes */

typedef struct care_slot {
    uint32_t begin, end;
    uint32_t slot;       /* its name: care_pack_slot_name */
} care_slot;

typedef struct care_evidence {
    uint32_t begin, end; /* of the text of turn `turn`; equal for a condition without a phrase */
    uint32_t turn;
    uint32_t rule;       /* what matched: a phrase of the signal */
    int16_t weight;      /* what it adds, 0 to 100 */
    uint16_t more;       /* 1 if the next record belongs to the same finding */
} care_evidence;

typedef struct care_result {
    uint32_t size;                     /* sizeof(care_result), set by the caller */
    uint32_t reserved;
    const care_finding *findings;      /* by turn, begin, end, signal */
    const care_finding *suppressed;    /* in the same order; empty unless CARE_OPTION_SUPPRESSED */
    const care_slot *slots;
    const care_evidence *evidence;     /* empty unless CARE_OPTION_EVIDENCE, and first_evidence is then CARE_NONE */
    const uint8_t *turn_flags;         /* one per turn */
    size_t finding_count, suppressed_count, slot_count, evidence_count, turn_count;
} care_result;                         /* all pointers are owned by the analyzer and valid until its next call */

/* A column of texts as Apache Arrow lays it out (https://arrow.apache.org/docs/format/Columnar.html). Everything is
 * borrowed for the call. */
typedef struct care_column {
    uint32_t size;         /* sizeof(care_column), set by the caller */
    uint32_t layout;       /* CARE_COLUMN_... */
    uint64_t length;       /* texts; the buffers hold at least first + length */
    uint64_t first;        /* where the column begins in its buffers: Arrow's `offset` */
    const uint8_t *valid;  /* a bit for each text, least significant first, 0 for null; NULL: no text is null */
    const void *texts;     /* the offsets, length + 1 of them, or the views, of 16 bytes each; aligned to their size, views to 8 */
    const void *const *data;      /* where the texts' bytes are: one buffer, or as many as the views have */
    const uint64_t *data_lengths; /* bytes in each */
    uint64_t data_count;
} care_column;

#define CARE_COLUMN_STRING 0       /* 32-bit offsets: utf8, binary */
#define CARE_COLUMN_LARGE_STRING 1 /* 64-bit offsets: large_utf8, large_binary */
#define CARE_COLUMN_STRING_VIEW 2  /* utf8_view, binary_view */

/* Points turns[0] ... turns[count - 1] at texts `begin` ... of the column without copying any, and sets their lengths in
 * bytes; their other fields are left as they are. A null text is empty. CARE_E_ARGUMENT for an unknown layout or a range
 * beyond the column, CARE_E_CORRUPT for a text that lies outside the data; `error` (may be NULL) then tells the text in
 * `line` (1-based, counted from the column's first). Any thread. */
CARE_API care_status care_turns_from_column(const care_column *column, uint64_t begin, size_t count, care_turn *turns, care_error *error);

/* ---- Analyzers ---------------------------------------------------------------------------------------------------- */

typedef struct care_analyzer care_analyzer;

/* Makes an analyzer of `pack` (which it references) in *out. Several may share a pack; one serves one thread at a time.
 * CARE_E_MEMORY. */
CARE_API care_status care_analyzer_new(care_analyzer **out, care_pack *pack, const care_allocator *allocator, care_error *error);
CARE_API void care_analyzer_free(care_analyzer *self);

#define CARE_OPTION_SUPPRESSED 1 /* 1: list suppressed candidates too; 0 (default): do not */
#define CARE_OPTION_EVIDENCE 2   /* 1: list the evidence; 0 (default): do not */
#define CARE_OPTION_STRICT 3     /* 1: ill-formed UTF-8 is CARE_E_UTF8 with its offset; 0 (default): it separates words */

/* CARE_E_ARGUMENT for an unknown option or value. */
CARE_API care_status care_analyzer_set(care_analyzer *self, int32_t option, int64_t value);

/* Gives back the scratch memory, which otherwise stays as large as the largest batch seen. Ends the last result's life. */
CARE_API void care_analyzer_trim(care_analyzer *self);

/* The pack, borrowed. */
CARE_API care_pack *care_analyzer_pack(const care_analyzer *self);

/* Analyses `count` turns and points *result at what was found, until the analyzer's next call. Turns with equal
 * `conversation` that stand together are one conversation: each is judged by those before it. Once warm, it allocates
 * nothing. CARE_E_MEMORY, CARE_E_ARGUMENT, CARE_E_LIMIT, CARE_E_UTF8 (strict); `error` (may be NULL) then tells the turn in
 * `line` (1-based) and the byte of its text in `offset`, and *result is empty. */
CARE_API care_status care_analyze(care_analyzer *self, const care_turn *turns, size_t count, care_result *result, care_error *error);

/* A word as the analysis read it: contractions are two, fillers are gone. For those who wonder why a rule did not match. */
typedef struct care_word {
    uint32_t begin, end; /* bytes of the turn's text in UTF-8, whatever unit the turn asked for; half-open */
    uint32_t sentence;   /* counted from 0 */
    uint32_t kinds;      /* CARE_WORD_... */
    const char *form;    /* the surface form by which the pack knows it, borrowed from the pack; NULL if it does not */
} care_word;

#define CARE_WORD_NUMBER 1u
#define CARE_WORD_MONEY 2u
#define CARE_WORD_TIME 4u
#define CARE_WORD_NAME 8u
#define CARE_WORD_CAPS 16u
#define CARE_WORD_EMOJI 32u
#define CARE_WORD_LINK 64u

/* The words of the last turn that was read, in order; valid until the analyzer's next call. CARE_E_MEMORY. */
CARE_API care_status care_analyzer_words(care_analyzer *self, const care_word **words, size_t *count);

#define CARE_QUESTION_APOLOGY 0 /* does someone apologise? A non-apology is none */
#define CARE_QUESTION_EXCUSE 1  /* does someone make an excuse? */
#define CARE_QUESTION_EMPATHY 2 /* does someone show empathy? */
#define CARE_QUESTION_TEPID 3   /* is an answer tepid? */
#define CARE_QUESTION_COUNT 4

/* Analyses `count` turns as care_analyze does and writes to *yes 1 or 0: whether one of them has a finding that answers
 * `question`, one of CARE_QUESTION_... Which signals do is the pack's to say. The errors are care_analyze's. */
CARE_API care_status care_ask(care_analyzer *self, int32_t question, const care_turn *turns, size_t count, int32_t *yes, care_error *error);

/* The same for one text of `length` bytes that an agent says; for the last, that a customer says, given the question before
 * it (may be NULL). */
CARE_API care_status care_has_apology(care_analyzer *self, const char *text, size_t length, int32_t *yes);
CARE_API care_status care_has_excuse(care_analyzer *self, const char *text, size_t length, int32_t *yes);
CARE_API care_status care_has_empathy(care_analyzer *self, const char *text, size_t length, int32_t *yes);
CARE_API care_status care_is_tepid(care_analyzer *self, const char *text, size_t length, const char *question, size_t question_length,
                                   int32_t *yes);

/* ---- Offsets ------------------------------------------------------------------------------------------------------ */

/* Turns `count` byte offsets into the UTF-8 in `text` into offsets in `unit`, in place, in one pass. They need not be sorted,
 * though sorted ones are faster. For offsets that were kept; a turn's `unit` asks for new ones. CARE_E_ARGUMENT for an unknown
 * unit or an offset beyond `length`; nothing is changed then. Any thread. */
CARE_API care_status care_convert_offsets(const char *text, size_t length, int32_t unit, uint32_t *offsets, size_t count);

/* ---- Conversations ------------------------------------------------------------------------------------------------ */

typedef struct care_conversation care_conversation;

/* A conversation under `pack` (referenced). Small: a few hundred bytes. CARE_E_MEMORY. */
CARE_API care_status care_conversation_new(care_conversation **out, care_pack *pack, const care_allocator *allocator, care_error *error);
CARE_API void care_conversation_free(care_conversation *self);

/* Reads the next turn with `analyzer` (of the same pack, else CARE_E_PACK), remembers what later turns need of it, not its
 * text, and points *result at its findings, those of conversation rules among them. turn->conversation is not looked at. */
CARE_API care_status care_conversation_feed(care_conversation *self, care_analyzer *analyzer, const care_turn *turn, care_result *result,
                                            care_error *error);

/* The same without remembering: a draft, a half-typed reply, a speech recogniser's partial result. */
CARE_API care_status care_conversation_preview(const care_conversation *self, care_analyzer *analyzer, const care_turn *turn,
                                               care_result *result, care_error *error);

/* ---- Version ------------------------------------------------------------------------------------------------------ */

/* "0.1.0": of the library at run time. Static storage. Any thread. */
CARE_API const char *care_version(void);

#ifdef __cplusplus
}
#endif
#endif
