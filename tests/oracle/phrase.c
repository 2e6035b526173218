/* phrase.c - a phrase tree at one place of the text, tried in every way. */
#include "phrase.h"

#include <string.h>

static void add_end(ends *self, uint32_t at) {
    for (uint32_t i = 0; i < self->count; i++) {
        if (self->at[i] == at) return;
    }
    self->at[self->count++] = at;
}

const definition *phrase_definition(const phrase_book *self, const phrase *it) {
    for (size_t i = 0; i < self->definition_count; i++) {
        const definition *here = &self->definitions[i];
        if (here->is_slot == (it->kind == PHRASE_SLOT) && same_slice(here->name, it->text)) return here;
    }
    return NULL;
}

/* Whether the words from `at` on are what the written word stands for. A word's number in `written` is kept in its node. */
static bool is_word(const written_word *written, const reading *in, uint32_t at, uint32_t limit) {
    if (limit - at < written->parts) return false;
    for (size_t part = 0; part < written->parts; part++) {
        int32_t form = in->symbols[at + part].known;
        if (form < 0 || !written->has[part][form]) return false;
    }
    return true;
}

static void ends_of_sequence(const phrase_book *self, const phrase *it, const reading *in, uint32_t at, uint32_t limit, ends *into) {
    ends both[2], *now = &both[0], *next = &both[1];
    now->count = 1;
    now->at[0] = at;
    for (uint32_t i = 0; i < it->child_count && now->count; i++) {
        next->count = 0;
        for (uint32_t k = 0; k < now->count; k++) phrase_ends(self, it->children[i], in, now->at[k], limit, next);
        ends *done = now;
        now = next;
        next = done;
    }
    for (uint32_t k = 0; k < now->count; k++) add_end(into, now->at[k]);
}

void phrase_ends(const phrase_book *self, const phrase *it, const reading *in, uint32_t at, uint32_t limit, ends *into) {
    const symbol *word = at < limit ? &in->symbols[at] : NULL;
    switch (it->kind) {
    case PHRASE_WORD:
    case PHRASE_EXACT:
    case PHRASE_DERIVED:
        if (is_word(&self->written[it->number], in, at, limit)) add_end(into, at + (uint32_t)self->written[it->number].parts);
        break;
    case PHRASE_KIND:
        if (word && word->kinds >> it->number & 1) add_end(into, at + 1);
        break;
    case PHRASE_ANY:
        if (word) add_end(into, at + 1);
        break;
    case PHRASE_GAP:
        for (uint32_t n = 0; n <= it->number && at + n <= limit; n++) add_end(into, at + n);
        break;
    case PHRASE_LIST:
    case PHRASE_SLOT: {
        const definition *means = phrase_definition(self, it);
        for (size_t i = 0; means && i < means->count; i++) phrase_ends(self, means->phrases[i], in, at, limit, into);
        break;
    }
    case PHRASE_SEQUENCE: ends_of_sequence(self, it, in, at, limit, into); break;
    case PHRASE_CHOICE:
        for (uint32_t i = 0; i < it->child_count; i++) phrase_ends(self, it->children[i], in, at, limit, into);
        break;
    case PHRASE_OPTION:
        add_end(into, at);
        phrase_ends(self, it->children[0], in, at, limit, into);
        break;
    case PHRASE_REPEAT: {
        ends all;
        all.count = 0;
        phrase_ends(self, it->children[0], in, at, limit, &all);
        for (uint32_t k = 0; k < all.count; k++) phrase_ends(self, it->children[0], in, all.at[k], limit, &all);
        for (uint32_t k = 0; k < all.count; k++) add_end(into, all.at[k]);
        break;
    }
    }
}

/* ---- Edges ---- */

static bool start_holds(uint32_t edges, const reading *in, uint32_t index, uint32_t at) {
    const sentence *within = &in->sentences[index];
    if (edges & (EDGE_SENTENCE_START | EDGE_TURN_START) && (at != within->first || !within->begins)) return false;
    return !(edges & EDGE_TURN_START) || index == 0;
}

static bool end_holds(uint32_t edges, const reading *in, uint32_t index, uint32_t at) {
    const sentence *within = &in->sentences[index];
    if (edges & EDGE_QUESTION && !within->question) return false;
    if (edges & EDGE_EXCLAMATION && !within->exclamation) return false;
    if (edges & (EDGE_SENTENCE_END | EDGE_TURN_END | EDGE_QUESTION | EDGE_EXCLAMATION) && (at != within->last || !within->ends))
        return false;
    return !(edges & EDGE_TURN_END) || index + 1 == in->sentence_count;
}

static spans find_all(arena *from, const phrase_book *self, const phrase *it, uint32_t edges, const reading *in) {
    spans found = {0};
    for (uint32_t s = 0; s < in->sentence_count; s++) {
        const sentence *within = &in->sentences[s];
        for (uint32_t at = within->first; at < within->last;) {
            uint32_t limit = within->last - at > LONGEST ? at + LONGEST : within->last, longest = at;
            ends all;
            all.count = 0;
            if (start_holds(edges, in, s, at)) phrase_ends(self, it, in, at, limit, &all);
            for (uint32_t k = 0; k < all.count; k++) {
                if (all.at[k] > longest && end_holds(edges, in, s, all.at[k])) longest = all.at[k];
            }
            if (longest == at) {
                at++;
                continue;
            }
            found.items = append(from, found.items, &found.room, found.count, sizeof *found.items);
            found.items[found.count++] = (span){s, at, longest};
            at = longest;
        }
    }
    return found;
}

/* Many candidates ask the same of a turn; each phrase is looked for once. */
#define ANSWER_LISTS 1024u

typedef struct answer {
    const phrase *to;
    spans found;
    struct answer *next;
} answer;

spans phrase_find(arena *from, const phrase_book *self, const phrase *it, uint32_t edges, const reading *in) {
    answer **list = &in->answers[(uintptr_t)it / sizeof *it % ANSWER_LISTS];
    for (const answer *known = *list; known; known = known->next) {
        if (known->to == it) return known->found;
    }
    answer *made = take(from, sizeof *made);
    *made = (answer){it, find_all(from, self, it, edges, in), *list};
    *list = made;
    return made->found;
}

void phrase_prepare(arena *from, reading *in) {
    in->answers = take(from, ANSWER_LISTS * sizeof *in->answers);
}

/* ---- Taking in the pack ---- */

static void define(phrase_book *self, const statement *it) {
    phrase key = {.kind = it->kind == STATEMENT_SLOT ? PHRASE_SLOT : PHRASE_LIST, .text = it->name};
    const definition *known = phrase_definition(self, &key);
    definition *here = known ? self->definitions + (known - self->definitions) : NULL;
    if (!here) {
        self->definitions =
            append(self->arena, self->definitions, &self->definition_room, self->definition_count, sizeof *self->definitions);
        here = &self->definitions[self->definition_count++];
        here->name = it->name;
        here->is_slot = it->kind == STATEMENT_SLOT;
    }
    here->phrases = append(self->arena, here->phrases, &here->room, here->count, sizeof *here->phrases);
    here->phrases[here->count++] = it->phrase;
}

static uint32_t number_of(phrase_book *self, const phrase *it) {
    for (size_t i = 0; i < self->written_count; i++) {
        if (self->written[i].kind == it->kind && same_slice(self->written[i].text, it->text)) return (uint32_t)i;
    }
    self->written = append(self->arena, self->written, &self->written_room, self->written_count, sizeof *self->written);
    written_word *made = &self->written[self->written_count++];
    made->kind = it->kind;
    made->text = it->text;
    text_list parts[2] = {{0}, {0}};
    made->parts = words_forms(self->words, it, parts);
    for (size_t p = 0; p < made->parts; p++) {
        made->forms[p] = take(self->arena, parts[p].count * sizeof *made->forms[p]);
        made->has[p] = take(self->arena, self->words->known.count * sizeof *made->has[p]);
        for (size_t i = 0; i < parts[p].count; i++) {
            int32_t form = words_number(self->words, parts[p].items[i]);
            if (form < 0) continue; /* of a list that no rule uses */
            made->forms[p][made->counts[p]++] = form;
            made->has[p][form] = true;
        }
    }
    return (uint32_t)(self->written_count - 1);
}

static void number_phrase(phrase_book *self, phrase *it) {
    if (!it) return;
    if (it->kind == PHRASE_WORD || it->kind == PHRASE_EXACT || it->kind == PHRASE_DERIVED) it->number = number_of(self, it);
    for (uint32_t i = 0; i < it->child_count; i++) number_phrase(self, it->children[i]);
}

static void number_guards(phrase_book *self, const guard *it) {
    for (; it; it = it->next) {
        for (const condition *one = it->conditions; one; one = one->next) number_phrase(self, one->phrase);
    }
}

phrase_book *phrases_new(arena *from, const word_book *words, const statement *statements) {
    phrase_book *self = take(from, sizeof *self);
    self->arena = from;
    self->words = words;
    for (const statement *it = statements; it; it = it->next) {
        if (it->kind == STATEMENT_LIST || it->kind == STATEMENT_SLOT) define(self, it);
        number_phrase(self, it->phrase);
        number_guards(self, it->guards);
        for (const rule_line *line = it->lines; line; line = line->next) {
            number_phrase(self, line->phrase);
            number_guards(self, line->guards);
        }
        for (const trigger *one = it->triggers; one; one = one->next) number_phrase(self, one->phrase);
    }
    return self;
}
