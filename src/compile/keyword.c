/* keyword.c - the words of the notation: what a line may begin with, roles, channels. Which of them was meant is guessed by
 * edit distance, for messages. */
#include "parse_internal.h"

#include <string.h>

#define GUESS_LENGTH_MAX 24

#define STATEMENT(word, kind)                                                                                                              \
    { word, KEYWORD_STATEMENT, kind, TRIGGER_AFTER, 0, false }
#define TRIGGER(word, kind)                                                                                                                \
    { word, KEYWORD_TRIGGER, STATEMENT_PACK, kind, IN_CONTEXT, false }
#define LINE(word, code, inside)                                                                                                           \
    { word, code, STATEMENT_PACK, TRIGGER_AFTER, inside, false }
#define ITEM(word, code, inside)                                                                                                           \
    { word, code, STATEMENT_PACK, TRIGGER_AFTER, inside, true }

static const keyword keywords[] = {
    STATEMENT("pack", STATEMENT_PACK),
    STATEMENT("stemmer", STATEMENT_STEMMER),
    STATEMENT("ending", STATEMENT_ENDING),
    STATEMENT("derivation", STATEMENT_DERIVATION),
    STATEMENT("word", STATEMENT_WORD),
    STATEMENT("clitic", STATEMENT_CLITIC),
    STATEMENT("contraction", STATEMENT_CONTRACTION),
    STATEMENT("filler", STATEMENT_FILLER),
    STATEMENT("stammer", STATEMENT_STAMMER),
    STATEMENT("abbreviation", STATEMENT_ABBREVIATION),
    STATEMENT("common", STATEMENT_COMMON),
    STATEMENT("speaker", STATEMENT_SPEAKER),
    STATEMENT("answers", STATEMENT_ANSWERS),
    STATEMENT("list", STATEMENT_LIST),
    STATEMENT("slot", STATEMENT_SLOT),
    STATEMENT("cue", STATEMENT_CUE),
    STATEMENT("context", STATEMENT_CONTEXT),
    STATEMENT("family", STATEMENT_FAMILY),
    STATEMENT("signal", STATEMENT_SIGNAL),
    STATEMENT("conversation", STATEMENT_CONVERSATION),
    STATEMENT("off", STATEMENT_OFF),
    STATEMENT("reweigh", STATEMENT_REWEIGH),
    STATEMENT("retract", STATEMENT_RETRACT),
    LINE("extend", KEYWORD_EXTEND, 0),
    LINE("say", KEYWORD_SAY, IN_SIGNAL | IN_CUE),
    LINE("hint", KEYWORD_HINT, IN_SIGNAL),
    LINE("not", KEYWORD_NOT, IN_SIGNAL | IN_CUE),
    LINE("yields", KEYWORD_YIELDS, IN_SIGNAL),
    LINE("yes", KEYWORD_YES, IN_SIGNAL | IN_CONVERSATION),
    LINE("no", KEYWORD_NO, IN_SIGNAL | IN_CONVERSATION),
    TRIGGER("after", TRIGGER_AFTER),
    TRIGGER("before", TRIGGER_BEFORE),
    TRIGGER("in", TRIGGER_IN),
    TRIGGER("until", TRIGGER_UNTIL),
    TRIGGER("except", TRIGGER_EXCEPT),
    TRIGGER("mark", TRIGGER_MARK),
    LINE("opens", KEYWORD_OPENS, IN_CONVERSATION),
    LINE("met", KEYWORD_MET, IN_CONVERSATION),
    ITEM("needs", KEYWORD_NEEDS, IN_SIGNAL | IN_CUE),
    ITEM("unless", KEYWORD_UNLESS, IN_SIGNAL | IN_CUE),
    ITEM("by", KEYWORD_BY, IN_SIGNAL | IN_CUE | IN_CONVERSATION | IN_FAMILY),
    ITEM("counts", KEYWORD_COUNTS, IN_SIGNAL | IN_CONVERSATION | IN_FAMILY),
    ITEM("pillar", KEYWORD_PILLAR, IN_SIGNAL | IN_CONVERSATION | IN_FAMILY),
    ITEM("drop", KEYWORD_DROP, IN_SIGNAL | IN_CUE | IN_CONVERSATION | IN_FAMILY),
    ITEM("draft", KEYWORD_DRAFT, IN_SIGNAL | IN_CONVERSATION),
    ITEM("at", KEYWORD_AT, IN_SIGNAL),
    ITEM("degree", KEYWORD_DEGREE, IN_SIGNAL | IN_CONVERSATION),
};

#define KEYWORD_COUNT (sizeof keywords / sizeof *keywords)

const keyword *keyword_find(slice word) {
    for (size_t i = 0; i < KEYWORD_COUNT; i++) {
        if (slice_is(word, keywords[i].word)) return &keywords[i];
    }
    return NULL;
}

static char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
}

/* Letters to insert, delete, replace or swap with the next, to make one of the other. */
static size_t edit_distance(slice word, const char *other) {
    size_t rows[3][GUESS_LENGTH_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    size_t length = strlen(other);
    for (size_t j = 0; j <= length; j++) last[j] = j;
    for (size_t i = 1; i <= word.length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= length; j++) {
            char mine = lower(word.at[i - 1]);
            size_t best = last[j - 1] + (mine != other[j - 1]);
            if (last[j] + 1 < best) best = last[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            if (i > 1 && j > 1 && mine == other[j - 2] && lower(word.at[i - 2]) == other[j - 1] && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
        size_t *free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    return last[length];
}

const keyword *keyword_guess(slice word) {
    const keyword *best = NULL;
    size_t best_distance = 3;
    if (word.length > GUESS_LENGTH_MAX) return NULL;
    for (size_t i = 0; i < KEYWORD_COUNT; i++) {
        size_t length = strlen(keywords[i].word);
        if (length + 2 < word.length || word.length + 2 < length) continue;
        size_t distance = edit_distance(word, keywords[i].word);
        if (distance < best_distance && distance * 3 <= length) {
            best_distance = distance;
            best = &keywords[i];
        }
    }
    return best;
}

const char *keyword_of_statement(statement_kind kind) {
    for (size_t i = 0; i < KEYWORD_COUNT; i++) {
        if (keywords[i].code == KEYWORD_STATEMENT && keywords[i].statement == kind) return keywords[i].word;
    }
    return "";
}

uint32_t keyword_block(statement_kind kind) {
    switch (kind) {
    case STATEMENT_SIGNAL: return IN_SIGNAL;
    case STATEMENT_CUE: return IN_CUE;
    case STATEMENT_CONTEXT: return IN_CONTEXT;
    case STATEMENT_CONVERSATION: return IN_CONVERSATION;
    case STATEMENT_FAMILY: return IN_FAMILY;
    default: return 0;
    }
}

int32_t role_from_word(slice word, bool any_case) {
    char name[12];
    if (word.length > sizeof name) return -1;
    for (uint32_t i = 0; i < word.length; i++) name[i] = any_case ? lower(word.at[i]) : word.at[i];
    return slice_is(word, "anyone") ? ROLE_ANYONE : care_role_from_name(name, word.length);
}

int32_t channel_from_word(slice word) {
    int32_t channel = care_channel_from_name(word.at, word.length);
    return channel == CARE_CHANNEL_UNKNOWN ? -1 : channel;
}
