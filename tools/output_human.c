/* output_human.c - conversations for people: each turn wrapped beside its number and speaker, the words that were noticed
 * underlined, the signal beside the underline, a few counts at the end.
 *
 *       3  agent     I have just started here, so I cannot tell you.
 *                    ^~~~~~~~~~~~~~~~~~~~~~~~~ family.name 90  what it means
 */
#include "output.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPEAKER_COLUMN 5
#define TEXT_COLUMN 15

void human_output_begin(human_output *self, const care_pack *pack, const terminal *screen, const output_choice *choice) {
    care_pack_info info = {.size = sizeof info};
    memset(self, 0, sizeof *self);
    self->pack = pack;
    self->screen = *screen;
    self->choice = *choice;
    if (care_pack_get_info(pack, &info) == CARE_OK) self->signal_count = info.signal_count;
    self->counts = tool_allocate(self->signal_count, sizeof *self->counts);
}

void human_output_title(human_output *self, const char *title, size_t length, int32_t channel) {
    if (self->conversations++ > 0) putchar('\n');
    terminal_style(&self->screen, STYLE_STRONG);
    terminal_write(title, length);
    terminal_style(&self->screen, STYLE_PLAIN);
    if (channel != CARE_CHANNEL_UNKNOWN) printf(" (%s)", care_channel_name(channel));
    fputs("\n\n", stdout);
}

/* ---- Marks ---- */

static void marks_add(human_output *self, const care_finding *finding, bool suppressed) {
    if (self->mark_count == self->mark_room) {
        self->mark_room = self->mark_room * 2 + 16;
        self->marks = tool_resize(self->marks, self->mark_room, sizeof *self->marks);
    }
    self->marks[self->mark_count++] = (mark){finding, suppressed};
}

/* Both lists are in order; at the same place what counts comes first. */
static void marks_collect(human_output *self, const care_result *result) {
    size_t suppressed_count = self->choice.suppressed ? result->suppressed_count : 0;
    size_t found = 0, dropped = 0;
    self->mark_count = 0;
    while (found < result->finding_count || dropped < suppressed_count) {
        const care_finding *next = found < result->finding_count ? &result->findings[found] : NULL;
        const care_finding *other = dropped < suppressed_count ? &result->suppressed[dropped] : NULL;
        bool first = next != NULL && (other == NULL || next->begin <= other->begin);
        marks_add(self, first ? next : other, !first);
        *(first ? &found : &dropped) += 1;
    }
}

/* A mark without words, or on the whole course of a conversation, stands below the turn. */
static bool mark_is_below(const human_output *self, const mark *shown) {
    care_signal_info signal = {.size = sizeof signal};
    if (shown->finding->begin == shown->finding->end) return true;
    return care_pack_signal(self->pack, shown->finding->signal, &signal) == CARE_OK && (signal.flags & CARE_SIGNAL_CONVERSATION) != 0;
}

static style mark_style(const human_output *self, const mark *shown) {
    care_signal_info signal = {.size = sizeof signal};
    if (shown->suppressed || care_pack_signal(self->pack, shown->finding->signal, &signal) != CARE_OK) return STYLE_FAINT;
    return terminal_polarity(signal.polarity);
}

/* ---- A line of the text ---- */

/* The style of the byte at `at`: that of the first finding it belongs to. */
static style style_at(const human_output *self, size_t first, size_t end, size_t at) {
    for (size_t i = first; i < self->mark_count && self->marks[i].finding->begin < end; i++) {
        const mark *shown = &self->marks[i];
        if (shown->suppressed || at < shown->finding->begin || at >= shown->finding->end || mark_is_below(self, shown)) continue;
        return mark_style(self, shown);
    }
    return STYLE_PLAIN;
}

/* text[begin, end), coloured where findings lie; `first` is the first mark that may reach into it. */
static void write_line(const human_output *self, const char *text, size_t begin, size_t end, size_t first) {
    if (!self->screen.colour || first == self->mark_count || self->marks[first].finding->begin >= end) {
        terminal_write(text + begin, end - begin);
        putchar('\n');
        return;
    }
    style now = STYLE_PLAIN;
    size_t start = begin;
    for (size_t at = begin; at < end; at += text_character(text, end, at).bytes) {
        style wanted = style_at(self, first, end, at);
        if (wanted == now) continue;
        terminal_write(text + start, at - start);
        terminal_style(&self->screen, wanted);
        now = wanted;
        start = at;
    }
    terminal_write(text + start, end - start);
    if (now != STYLE_PLAIN) terminal_style(&self->screen, STYLE_PLAIN);
    putchar('\n');
}

/* The underline of a mark in the line, and its label where it ends. */
static void write_underline(const human_output *self, const mark *shown, const care_turn *turn, const care_result *result,
                            const recent *turns, size_t begin, size_t end) {
    const care_finding *finding = shown->finding;
    const char *text = turn->text;
    size_t from = finding->begin > begin ? finding->begin : begin;
    size_t to = finding->end < end ? finding->end : end;
    size_t column = TEXT_COLUMN + text_width(text + begin, from - begin);
    size_t width = text_width(text + from, to - from);
    terminal_repeat(' ', column);
    terminal_style(&self->screen, mark_style(self, shown));
    putchar(finding->begin >= begin ? '^' : shown->suppressed ? '-' : '~');
    terminal_repeat(shown->suppressed ? '-' : '~', width > 1 ? width - 1 : 0);
    terminal_style(&self->screen, STYLE_PLAIN);
    if (finding->end > end) {
        putchar('\n'); /* it goes on in the next line, where the label will be */
        return;
    }
    human_output_label(self, shown, text, column, column + (width > 0 ? width : 1), TEXT_COLUMN, result);
    human_output_reasons(self, shown, turn, result, turns, TEXT_COLUMN);
}

static void write_marks_below(const human_output *self, const care_turn *turn, const care_result *result, const recent *turns) {
    for (size_t i = 0; i < self->mark_count; i++) {
        if (!mark_is_below(self, &self->marks[i])) continue;
        terminal_repeat(' ', TEXT_COLUMN);
        terminal_style(&self->screen, mark_style(self, &self->marks[i]));
        putchar('=');
        terminal_style(&self->screen, STYLE_PLAIN);
        human_output_label(self, &self->marks[i], turn->text, TEXT_COLUMN, TEXT_COLUMN + 1, TEXT_COLUMN, result);
        human_output_reasons(self, &self->marks[i], turn, result, turns, TEXT_COLUMN);
    }
}

static void write_speaker(const human_output *self, int64_t number, int32_t role) {
    char counted[24];
    snprintf(counted, sizeof counted, "%" PRId64, number);
    terminal_style(&self->screen, STYLE_FAINT);
    printf("%*s  ", SPEAKER_COLUMN - 2, number < 0 ? "" : counted);
    terminal_style(&self->screen, STYLE_STRONG);
    const char *name = care_role_name(role);
    size_t used = strlen(counted) > SPEAKER_COLUMN - 2 && number >= 0 ? strlen(counted) + 2 : SPEAKER_COLUMN;
    size_t room = TEXT_COLUMN - 1 > used + strlen(name) ? TEXT_COLUMN - 1 - used - strlen(name) : 0;
    fputs(name, stdout);
    terminal_style(&self->screen, STYLE_PLAIN);
    terminal_repeat(' ', room + 1);
}

void human_output_turn(human_output *self, int64_t number, const care_turn *turn, const care_result *result, const recent *turns) {
    size_t length = (size_t)turn->length;
    marks_collect(self, result);
    write_speaker(self, number, turn->role);
    for (size_t begin = 0, next = 0, first = 0; begin < length || begin == 0; begin = next) {
        size_t end = terminal_fit(turn->text, length, begin, self->screen.width - TEXT_COLUMN, &next);
        if (begin > 0) terminal_repeat(' ', end > begin ? TEXT_COLUMN : 0);
        while (first < self->mark_count && self->marks[first].finding->end <= begin) first++;
        write_line(self, turn->text, begin, end, first);
        for (size_t i = first; i < self->mark_count && self->marks[i].finding->begin < end; i++)
            if (self->marks[i].finding->end > begin && !mark_is_below(self, &self->marks[i]))
                write_underline(self, &self->marks[i], turn, result, turns, begin, end);
        if (next >= length) break;
    }
    write_marks_below(self, turn, result, turns);
    for (size_t i = 0; i < result->finding_count; i++) self->counts[result->findings[i].signal]++;
    self->found |= result->finding_count > 0;
    self->turns++;
}

/* ---- Counts ---- */

static void write_counts(human_output *self, int32_t polarity, const char *title) {
    buffer line = {0};
    for (uint32_t i = 0; i < self->signal_count; i++) {
        care_signal_info signal = {.size = sizeof signal};
        if (self->counts[i] == 0 || care_pack_signal(self->pack, i, &signal) != CARE_OK) continue;
        if ((signal.polarity > 0) - (signal.polarity < 0) != polarity) continue;
        if (self->counts[i] > 1)
            buffer_print(&line, "%s%s %" PRIu64, line.length > 0 ? ", " : "", signal.id, self->counts[i]);
        else
            buffer_print(&line, "%s%s", line.length > 0 ? ", " : "", signal.id);
    }
    if (line.length > 0) {
        terminal_style(&self->screen, terminal_polarity(polarity));
        printf("     %-10s", title);
        terminal_paragraph(&self->screen, STYLE_PLAIN, TEXT_COLUMN, TEXT_COLUMN, line.bytes, line.length);
    }
    buffer_free(&line);
}

void human_output_summary(human_output *self) {
    if (self->turns == 0) return;
    uint64_t total = 0;
    for (uint32_t i = 0; i < self->signal_count; i++) total += self->counts[i];
    terminal_style(&self->screen, STYLE_STRONG);
    printf("\n     %" PRIu64 " turn%s, ", self->turns, self->turns == 1 ? "" : "s");
    if (total == 0)
        fputs("nothing found", stdout);
    else
        printf("%" PRIu64 " finding%s", total, total == 1 ? "" : "s");
    terminal_style(&self->screen, STYLE_PLAIN);
    putchar('\n');
    write_counts(self, 1, "for");
    write_counts(self, -1, "against");
    write_counts(self, 0, "neither");
    if (self->signal_count > 0) memset(self->counts, 0, self->signal_count * sizeof *self->counts);
    self->all_turns += self->turns;
    self->turns = 0;
}

/* What the marks mean, for those who watch. */
static void write_legend(const human_output *self) {
    buffer line = {0};
    buffer_text(&line, "the number is the confidence, 0 to 100; ");
    if (self->screen.colour) buffer_text(&line, "green counts for the speaker's care, red against; ");
    buffer_text(&line, "= marks a finding about the conversation");
    putchar('\n');
    terminal_paragraph(&self->screen, STYLE_FAINT, 0, 0, line.bytes, line.length);
    buffer_free(&line);
}

void human_output_end(human_output *self) {
    if (self->conversations > 1) printf("\n%" PRIu64 " conversations, %" PRIu64 " turns\n", self->conversations, self->all_turns);
    if (self->screen.screen && self->found) write_legend(self);
}

void human_output_free(human_output *self) {
    free(self->marks);
    free(self->counts);
}
