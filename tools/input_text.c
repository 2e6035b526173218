/* input_text.c - transcripts in plain text: a speaker's label, a colon (or a dash between spaces, or a tab), what was said.
 *
 *     channel: call                      (only above the first turn; may be left out)
 *     Agent: How may I help?
 *     Customer: My order came
 *     without the lid.                   (goes on: the turn is two lines)
 *
 * Labels are the pack's, and the user's. Blank lines between turns do not count. What stands above the first label (a
 * title, a date) is a turn of the system, which nobody judges; if it is long, the user is told. A date and a time before the label
 * ("[10:02] Agent: ...") are skipped; "Agent 1", "Priya (Agent)" and "Agent (Priya)" are agents, too.
 *
 * A file without any label has a turn on each line. Whether there is one is known at the first label or at the end; so that
 * an endless file is not kept in memory, a first PENDING_MOST bytes without a label settle it too. */
#include "input.h"

#include <string.h>

#define PENDING_MOST ((size_t)1 << 20)
#define LABEL_MOST 40
#define STRANGER_COUNT 4
#define TITLE_MOST 3 /* lines above the first speaker that need no word */

/* A label that the pack does not know, seen at the start of lines: twice the same, and the user is told. */
typedef struct stranger {
    char text[LABEL_MOST + 1];
    uint64_t line;
    bool told;
} stranger;

typedef struct text_reader {
    lines *source;
    const input_settings *settings;
    const input_taker *taker;
    buffer pending; /* lines before anything is settled, each ended by LF; later the turn at hand */
    uint64_t line;  /* where that begins */
    size_t blanks;  /* blank lines since its last line */
    int32_t role;   /* of the turn at hand */
    int32_t channel;
    int64_t number; /* of the next turn */
    bool settled, labelled;
    bool stop; /* the taker wants no more */
    bool refused;
    stranger strangers[STRANGER_COUNT];
    size_t stranger_next;
} text_reader;

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t';
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

static bool same_letters(const char *one, const char *other, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (lower(one[i]) != lower(other[i])) return false;
    return true;
}

static void trim(const char **text, size_t *length) {
    while (*length > 0 && is_space(**text)) (*text)++, (*length)--;
    while (*length > 0 && is_space((*text)[*length - 1])) (*length)--;
}

/* Bytes of one date or time, in brackets or with a space behind it: "[10:02:33]", "(00:14)", "2026-01-05", "10:02:33". Gives its
 * colons too, which only times have. */
static size_t stamp_length(const char *text, size_t length, size_t *colons) {
    size_t at = 0, digits = 0;
    char close = length == 0 ? '\0' : text[0] == '[' ? ']' : text[0] == '(' ? ')' : '\0';
    *colons = 0;
    if (close != '\0') at++;
    for (; at < length && (is_digit(text[at]) || strchr(":.,-/ TZAPM", text[at]) != NULL) && text[at] != '\0'; at++) {
        if (close == '\0' && is_space(text[at])) break;
        digits += is_digit(text[at]);
        *colons += text[at] == ':';
    }
    if (digits < 3 || (close != '\0' && (at >= length || text[at++] != close))) return 0;
    if (close == '\0' && (at >= length || !is_space(text[at]))) return 0;
    return at;
}

static size_t skip_spaces(const char *text, size_t length, size_t at) {
    while (at < length && is_space(text[at])) at++;
    return at;
}

/* Bytes of the time that a transcript writes before the label, with a date before it, AM or PM or a dash behind it. */
static size_t time_length(const char *text, size_t length) {
    size_t colons, at = stamp_length(text, length, &colons);
    if (at > 0 && colons == 0) {
        size_t begin = skip_spaces(text, length, at);
        at = stamp_length(text + begin, length - begin, &colons);
        if (at > 0) at += begin;
    }
    if (at == 0 || colons == 0) return 0;
    at = skip_spaces(text, length, at);
    if (at + 2 < length && (same_letters(text + at, "am", 2) || same_letters(text + at, "pm", 2)) && is_space(text[at + 2])) at += 2;
    while (at < length && (is_space(text[at]) || text[at] == '-')) at++;
    return at;
}

/* Whose label it is, or -1. */
static int32_t role_of(const input_settings *settings, const char *text, size_t size) {
    for (size_t i = 0; i < settings->label_count; i++)
        if (settings->labels[i].length == size && same_letters(settings->labels[i].text, text, size)) return settings->labels[i].role;
    return care_pack_speaker_role(settings->pack, text, size);
}

static int32_t role_of_trimmed(const input_settings *settings, const char *text, size_t size) {
    trim(&text, &size);
    return size > 0 ? role_of(settings, text, size) : -1;
}

/* The same of "Agent 1", "Priya (Agent)" and "Agent (Priya)", if the whole label is nobody's. */
static int32_t role_of_decorated(const input_settings *settings, const char *text, size_t size) {
    int32_t role = role_of(settings, text, size);
    if (role >= 0 || size == 0) return role;
    if (text[size - 1] == ')') {
        const char *open = memchr(text, '(', size);
        if (open == NULL) return -1;
        size_t before = (size_t)(open - text);
        role = role_of_trimmed(settings, open + 1, size - before - 2);
        return role >= 0 ? role : role_of_trimmed(settings, text, before);
    }
    size_t end = size;
    while (end > 0 && is_digit(text[end - 1])) end--;
    return end < size && end > 0 && is_space(text[end - 1]) ? role_of_trimmed(settings, text, end) : -1;
}

/* Bytes of a dash between spaces, or of a tab, as some transcripts have them behind the label. */
static size_t dash_length(const char *text, size_t length) {
    static const char *const dashes[] = {"\t", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 "};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (length >= strlen(dashes[i]) && memcmp(text, dashes[i], strlen(dashes[i])) == 0) return strlen(dashes[i]);
    return 0;
}

/* The role of a label that a dash ends, or -1; what follows it in *said. Only one that the pack or the user knows: much else
 * begins like that. */
static int32_t dashed_role(const input_settings *settings, const char *line, size_t length, size_t begin, size_t *said) {
    for (size_t at = begin + 1; at < length && at - begin <= LABEL_MOST && line[at] != ':'; at++) {
        size_t dash = dash_length(line + at, length - at);
        if (dash == 0) continue;
        *said = skip_spaces(line, length, at + dash);
        return role_of_decorated(settings, line + begin, at - begin);
    }
    return -1;
}

/* The role of the label that the line begins with, or -1; what follows the label in *said. The bytes of a label that looks
 * like one but is nobody's, in *unknown, are the first of *name. */
static int32_t label_role(const input_settings *settings, const char *line, size_t length, size_t *said, const char **name,
                          size_t *unknown) {
    size_t begin = skip_spaces(line, length, 0), stars = 0;
    *unknown = 0;
    begin += time_length(line + begin, length - begin);
    for (; begin < length && line[begin] == '*'; begin++) stars++; /* **Agent:** */
    int32_t dashed = dashed_role(settings, line, length, begin, said);
    if (dashed >= 0) return dashed;
    const char *colon = memchr(line + begin, ':', length - begin > LABEL_MOST + 1 ? LABEL_MOST + 1 : length - begin);
    if (colon == NULL) return -1;
    const char *text = line + begin;
    size_t size = (size_t)(colon - text);
    *said = (size_t)(colon - line) + 1;
    for (; stars > 0 && *said < length && line[*said] == '*'; stars--) (*said)++;
    *said = skip_spaces(line, length, *said);
    trim(&text, &size);
    if (size == 0) return -1;
    int32_t role = role_of_decorated(settings, text, size);
    bool looks_like_one = text[0] >= 'A' && text[0] <= 'Z' && colon + 1 < line + length && is_space(colon[1]) && text == line + begin &&
                          memchr(text, ' ', size) == NULL;
    *name = text;
    if (role < 0 && looks_like_one) *unknown = size;
    return role;
}

/* `channel: call` above the first turn. */
static bool read_header(text_reader *self, const char *line, size_t length) {
    static const char key[] = "channel";
    const char *colon = memchr(line, ':', length);
    if (colon == NULL) return false;
    const char *name = line;
    size_t size = (size_t)(colon - line);
    trim(&name, &size);
    if (size != sizeof key - 1 || !same_letters(name, key, size)) return false;
    const char *value = colon + 1;
    size_t value_length = length - (size_t)(value - line);
    trim(&value, &value_length);
    char word[16];
    if (value_length >= sizeof word) return false;
    for (size_t i = 0; i < value_length; i++) word[i] = lower(value[i]);
    int32_t channel = care_channel_from_name(word, value_length);
    if (channel < 0) return false;
    self->channel = channel;
    return true;
}

static void give(text_reader *self, const char *text, size_t length, int32_t role, uint64_t line) {
    if (self->stop) return;
    input_turn turn = {.source = self->source, .line = line, .begins = self->number == 0, .number = self->number};
    turn.conversation = (identity){.kind = IDENTITY_TEXT, .text = self->source->name, .length = strlen(self->source->name)};
    turn.turn = (care_turn){.text = length == 0 ? "" : text, .length = length, .role = (uint8_t)role, .channel = (uint8_t)self->channel};
    bool refused = false;
    self->stop = !self->taker->take(self->taker->self, &turn, &refused);
    self->refused |= refused;
    self->number++;
}

/* The turn at hand is over. */
static void give_turn(text_reader *self) {
    if (self->labelled) give(self, self->pending.bytes, self->pending.length, self->role, self->line);
    self->pending.length = 0;
    self->blanks = 0;
}

/* What stands above the first label, if anything does. */
static void give_preamble(text_reader *self) {
    const char *text = self->pending.bytes;
    size_t length = self->pending.length;
    uint64_t line = self->line;
    while (length > 0 && (is_space(text[0]) || text[0] == '\n')) line += text[0] == '\n', text++, length--;
    size_t count = length > 0;
    while (length > 0 && (is_space(text[length - 1]) || text[length - 1] == '\n')) length--;
    for (size_t i = 0; i < length; i++) count += text[i] == '\n';
    if (count > TITLE_MOST)
        lines_complain(self->source, line, "note: these %zu lines stand above the first speaker that is known, and are not judged", count);
    if (length > 0) give(self, text, length, CARE_ROLE_SYSTEM, line);
}

static void give_line(text_reader *self, const char *text, size_t length, uint64_t line) {
    trim(&text, &length);
    if (length > 0) give(self, text, length, self->settings->role, line);
}

/* There is no label: each line is a turn. */
static void settle_unlabelled(text_reader *self) {
    self->settled = true;
    uint64_t line = self->line;
    for (size_t at = 0; at < self->pending.length && !self->stop; line++) {
        const char *text = self->pending.bytes + at;
        const char *feed = memchr(text, '\n', self->pending.length - at);
        size_t length = feed != NULL ? (size_t)(feed - text) : self->pending.length - at;
        give_line(self, text, length, line);
        at += length + 1;
    }
    self->pending.length = 0;
}

static void meet_stranger(text_reader *self, const char *text, size_t length) {
    for (size_t i = 0; i < STRANGER_COUNT; i++) {
        stranger *known = &self->strangers[i];
        if (strlen(known->text) != length || memcmp(known->text, text, length) != 0) continue;
        if (!known->told)
            lines_complain(
                self->source, self->source->number,
                "note: '%s:' (here and on line %llu) is no speaker that the pack knows, and was read as speech; --label '%s=ROLE' "
                "says who it is",
                known->text, (unsigned long long)known->line, known->text);
        known->told = true;
        return;
    }
    stranger *fresh = &self->strangers[self->stranger_next];
    self->stranger_next = (self->stranger_next + 1) % STRANGER_COUNT;
    memset(fresh, 0, sizeof *fresh);
    memcpy(fresh->text, text, length);
    fresh->line = self->source->number;
}

static void begin_turn(text_reader *self, int32_t role, const char *text, size_t length) {
    if (self->labelled)
        give_turn(self);
    else
        give_preamble(self);
    self->settled = self->labelled = true;
    self->pending.length = 0;
    self->blanks = 0;
    self->role = role;
    self->line = self->source->number;
    while (length > 0 && is_space(text[length - 1])) length--;
    buffer_append(&self->pending, text, length);
}

static void read_line(text_reader *self, const char *line, size_t length) {
    const char *trimmed = line;
    size_t size = length;
    trim(&trimmed, &size);
    size_t said = 0, unknown = 0;
    if (self->settled && !self->labelled) {
        give_line(self, line, length, self->source->number);
        return;
    }
    if (!self->settled && self->pending.length == 0) {
        if (size == 0 || read_header(self, line, length)) return;
        self->line = self->source->number;
    }
    const char *name = NULL;
    int32_t role = label_role(self->settings, line, length, &said, &name, &unknown);
    if (role >= 0) {
        begin_turn(self, role, line + said, length - said);
        return;
    }
    if (unknown > 0) meet_stranger(self, name, unknown);
    if (!self->settled) {
        buffer_append(&self->pending, line, length);
        buffer_append(&self->pending, "\n", 1);
        if (self->pending.length > PENDING_MOST) settle_unlabelled(self);
    } else if (size == 0) {
        self->blanks++;
    } else {
        for (size_t i = 0; i <= self->blanks && self->pending.length > 0; i++) buffer_append(&self->pending, "\n", 1);
        self->blanks = 0;
        buffer_append(&self->pending, trimmed, size);
    }
}

int input_read_text(lines *source, const char *first, size_t length, const input_settings *settings, const input_taker *taker) {
    text_reader self = {.source = source, .settings = settings, .taker = taker, .channel = settings->channel};
    bool more = first != NULL;
    for (const char *line = first; more && !self.stop; more = lines_next(source, &line, &length)) read_line(&self, line, length);
    if (self.labelled)
        give_turn(&self);
    else
        settle_unlabelled(&self);
    buffer_free(&self.pending);
    return self.refused ? TOOL_REFUSED : TOOL_DONE;
}
