/* keyword.c - the words of the notation: what a line may begin with, roles, channels. */
#include "nearest.h"
#include "parse_internal.h"

#include <string.h>

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

const keyword *keyword_guess(slice word) {
    nearest meant = nearest_begin(word);
    for (size_t i = 0; i < KEYWORD_COUNT; i++) nearest_offer(&meant, (slice){keywords[i].word, (uint32_t)strlen(keywords[i].word)});
    return meant.best.length ? keyword_find(meant.best) : NULL;
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
