/* input.h - turns, one at a time, out of files of either kind.
 *
 * A reader hands each turn to a taker, which is done with it when it returns: nothing but the turn at hand is held. */
#ifndef TOOL_INPUT_H
#define TOOL_INPUT_H

#include "lines.h"

#include <care/care.h>

typedef enum identity_kind { IDENTITY_NONE, IDENTITY_TEXT, IDENTITY_NUMBER } identity_kind;

/* What the input calls a conversation. */
typedef struct identity {
    identity_kind kind;
    const char *text;
    size_t length;
    int64_t number;
} identity;

typedef struct input_turn {
    lines *source; /* to complain about */
    uint64_t line;
    identity conversation;
    bool begins;    /* the first turn of its conversation */
    int64_t number; /* of the turn, as given or counted */
    care_turn turn;
} input_turn;

/* A label in front of a line, and the role that the user says it stands for. */
typedef struct label {
    const char *text;
    size_t length;
    int32_t role;
} label;

typedef struct input_taker {
    void *self;
    /* False: no more turns, please (the output is closed). A turn that cannot be analysed is complained about and refused. */
    bool (*take)(void *self, const input_turn *turn, bool *refused);
} input_taker;

typedef struct input_settings {
    const care_pack *pack; /* knows the speakers' labels */
    const label *labels;   /* and these, before them */
    size_t label_count;
    int32_t role;   /* of turns that say none */
    bool role_said; /* else objects must say theirs */
    int32_t channel;
} input_settings;

typedef enum input_kind { INPUT_AUTO, INPUT_TEXT, INPUT_JSONL } input_kind;

/* Reads a file (standard input for "-") to its end, or until the taker wants no more. Gives an exit code. */
int input_read(const char *name, input_kind kind, const input_settings *settings, const input_taker *taker);

/* The two readers, which begin with a line already read (NULL if the file has none). */
int input_read_text(lines *source, const char *first, size_t length, const input_settings *settings, const input_taker *taker);
int input_read_jsonl(lines *source, const char *first, size_t length, const input_settings *settings, const input_taker *taker);

#endif
