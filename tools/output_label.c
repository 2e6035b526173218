/* output_label.c - what stands beside and below an underline: the signal and what it means; with --why the rule, its place
 * and the evidence. */
#include "output.h"

#include <stdio.h>
#include <string.h>

/* Columns that a label which must be wrapped should have. */
#define LABEL_LEAST 45

/* Appends words of the text in quotes, shortened in the middle of nowhere if they are many. */
static void quote_words(buffer *out, const char *text, size_t begin, size_t end) {
    size_t next;
    size_t stop = terminal_fit(text, end, begin, 60, &next);
    buffer_text(out, "\"");
    text_clean(out, text + begin, stop - begin);
    buffer_text(out, stop < end ? " ...\"" : "\"");
}

/* "gives being new as the reason {org "Brand Q"} [asked]" */
static void describe(const human_output *self, const mark *shown, const char *meaning, const care_slot *slots, const char *text,
                     buffer *out) {
    const care_finding *finding = shown->finding;
    if (shown->suppressed) {
        const char *reason = care_pack_reason_name(self->pack, finding->suppressed_by);
        buffer_print(out, "not counted: %s", reason != NULL ? reason : "?");
    } else {
        buffer_text(out, meaning);
    }
    for (uint32_t i = 0; i < finding->slot_count; i++) {
        const char *name = care_pack_slot_name(self->pack, slots[i].slot);
        buffer_print(out, " {%s ", name != NULL ? name : "?");
        quote_words(out, text, slots[i].begin, slots[i].end);
        buffer_text(out, "}");
    }
    for (uint32_t i = 0; self->choice.why && i < 16; i++) {
        const char *name = (finding->attributes >> i & 1) != 0 ? care_pack_context_name(self->pack, i) : NULL;
        if (name != NULL) buffer_print(out, " [%s]", name);
    }
}

void human_output_label(const human_output *self, const mark *shown, const char *text, size_t begin, size_t after, size_t left,
                        const care_result *result) {
    const care_finding *finding = shown->finding;
    care_signal_info signal = {.size = sizeof signal};
    bool known = care_pack_signal(self->pack, finding->signal, &signal) == CARE_OK;
    style colour = !known || shown->suppressed ? STYLE_FAINT : terminal_polarity(signal.polarity);
    buffer head = {0}, tail = {0};
    buffer_print(&head, "%s %u", known ? signal.id : "?", finding->confidence);
    describe(self, shown, known ? signal.meaning : "", finding->slot_count > 0 ? result->slots + finding->first_slot : NULL, text, &tail);
    size_t width = text_width(head.bytes, head.length) + 2 + text_width(tail.bytes, tail.length);
    size_t column = after + 1;
    if (column + width > self->screen.width) { /* a line of its own, as near to the underline as it fits */
        putchar('\n');
        if (begin + width <= self->screen.width)
            column = begin;
        else if (left + width <= self->screen.width)
            column = self->screen.width - width;
        else
            column = begin + LABEL_LEAST <= self->screen.width ? begin : left;
        terminal_repeat(' ', column);
    } else {
        putchar(' ');
    }
    size_t hanging = column + 2;
    terminal_style(&self->screen, colour);
    fputs(head.bytes, stdout);
    terminal_style(&self->screen, STYLE_PLAIN);
    if (terminal_has_room(&self->screen, column + head.length + 2)) fputs("  ", stdout);
    terminal_paragraph(&self->screen, shown->suppressed ? STYLE_FAINT : STYLE_PLAIN, column + head.length + 2, hanging, tail.bytes,
                       tail.length);
    buffer_free(&head);
    buffer_free(&tail);
}

/* ---- Reasons ---- */

static void write_rule(const human_output *self, uint32_t rule, size_t left) {
    care_rule_info info = {.size = sizeof info};
    if (care_pack_rule(self->pack, rule, &info) != CARE_OK) return;
    buffer line = {0};
    buffer_print(&line, "rule %s, %s:%u", info.name, info.file, info.line);
    terminal_repeat(' ', left + 2);
    terminal_paragraph(&self->screen, STYLE_FAINT, left + 2, left + 4, line.bytes, line.length);
    line.length = 0;
    text_squeeze(&line, info.text);
    care_signal_info signal = {.size = sizeof signal};
    bool said = care_pack_signal(self->pack, info.signal, &signal) == CARE_OK && strcmp(signal.meaning, info.text) == 0;
    if (line.length > 0 && !said) { /* a conversation rule has no text but its meaning */
        terminal_repeat(' ', left + 4);
        terminal_paragraph(&self->screen, STYLE_FAINT, left + 4, left + 8, line.bytes, line.length);
    }
    buffer_free(&line);
}

/* "+30 "new colleague" family.name/3" for one piece of evidence. */
static void write_piece(const human_output *self, const care_evidence *piece, const care_finding *finding, const care_turn *turn,
                        const recent *turns, size_t left) {
    care_rule_info info = {.size = sizeof info};
    const recent_turn *earlier = piece->turn == finding->turn ? NULL : recent_find(turns, piece->turn);
    bool now = piece->turn == finding->turn;
    buffer line = {0};
    buffer_print(&line, "+%d ", piece->weight);
    if (piece->begin < piece->end && now)
        quote_words(&line, turn->text, piece->begin, piece->end);
    else if (earlier != NULL && piece->begin < piece->end && piece->end <= earlier->text.length)
        quote_words(&line, earlier->text.bytes, piece->begin, piece->end);
    else
        buffer_text(&line, "(a condition)");
    if (earlier != NULL) buffer_print(&line, " in turn %lld", (long long)earlier->number);
    if (care_pack_rule(self->pack, piece->rule, &info) == CARE_OK) buffer_print(&line, " by %s", info.name);
    terminal_repeat(' ', left + 4);
    terminal_paragraph(&self->screen, STYLE_FAINT, left + 4, left + 8, line.bytes, line.length);
    buffer_free(&line);
}

/* True if the evidence is no more than the finding itself, which the underline shows. */
static bool says_nothing_new(const care_finding *finding, const care_evidence *piece) {
    return !piece->more && piece->rule == finding->rule && piece->turn == finding->turn && piece->begin == finding->begin &&
           piece->end == finding->end && piece->weight == finding->confidence;
}

void human_output_reasons(const human_output *self, const mark *shown, const care_turn *turn, const care_result *result,
                          const recent *turns, size_t left) {
    if (!self->choice.why) return;
    write_rule(self, shown->finding->rule, left);
    if (shown->finding->first_evidence >= result->evidence_count) return;
    const care_evidence *first = &result->evidence[shown->finding->first_evidence];
    if ((!self->choice.detail || shown->suppressed) && says_nothing_new(shown->finding, first)) return;
    for (const care_evidence *piece = first;; piece++) {
        write_piece(self, piece, shown->finding, turn, turns, left);
        if (!piece->more) break;
    }
}
