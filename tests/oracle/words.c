/* words.c - what a word of the pack stands for, and what the tokens of a text are read as.
 *
 * A word's forms are made as an author would by hand: try every ending, keep what Snowball gives the same stem. */
#include "inside.h"

#include <libstemmer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Lists of texts ---- */

bool list_has(const text_list *list, const char *text) {
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i], text) == 0) return true;
    }
    return false;
}

void list_add(arena *from, text_list *list, const char *text) {
    if (!*text || list_has(list, text)) return;
    list->items = append(from, list->items, &list->room, list->count, sizeof *list->items);
    list->items[list->count++] = text;
}

static void add_words(word_book *self, text_list *into, const word_item *items) {
    for (; items; items = items->next) list_add(self->arena, into, text_normalise(self->arena, items->text.at, items->text.length));
}

/* ---- Forms ---- */

static const char *stem(const word_book *self, const char *word) {
    const sb_symbol *stemmed = sb_stemmer_stem(self->snowball, (const sb_symbol *)word, (int)strlen(word));
    return take_text(self->arena, (const char *)stemmed, (size_t)sb_stemmer_length(self->snowball));
}

static const char *joined(arena *from, const char *head, size_t head_length, const char *middle, size_t middle_length, slice tail) {
    char *whole = take(from, head_length + middle_length + tail.length + 1);
    memcpy(whole, head, head_length);
    memcpy(whole + head_length, middle, middle_length);
    memcpy(whole + head_length + middle_length, tail.at, tail.length);
    return whole;
}

/* The word with an ending as packs write them: "+s" appends, "e>ing" replaces, "=ed" doubles the last letter. */
static const char *inflect(const word_book *self, const char *word, slice ending) {
    size_t length = strlen(word);
    slice tail = {ending.at + 1, ending.length - 1};
    if (ending.at[0] == '+') return joined(self->arena, word, length, "", 0, tail);
    if (ending.at[0] == '=') {
        size_t letter = length;
        while (letter > 0 && ((unsigned char)word[--letter] & 0xc0) == 0x80) continue;
        return joined(self->arena, word, length, word + letter, length - letter, tail);
    }
    uint32_t cut = 0;
    while (cut < ending.length && ending.at[cut] != '>') cut++;
    if (cut >= ending.length || length <= cut || memcmp(word + length - cut, ending.at, cut) != 0) return NULL;
    return joined(self->arena, word, length - cut, "", 0, (slice){ending.at + cut + 1, ending.length - cut - 1});
}

static void add_regular(const word_book *self, const char *word, word_item *const *endings, size_t count, text_list *into) {
    const char *root = stem(self, word);
    for (size_t k = 0; k < count; k++) {
        for (const word_item *ending = endings[k]; ending; ending = ending->next) {
            const char *form = inflect(self, word, ending->text);
            if (form && *form && strcmp(stem(self, form), root) == 0) list_add(self->arena, into, form);
        }
    }
}

static void add_forms(const word_book *self, phrase_kind kind, const char *word, text_list *into) {
    list_add(self->arena, into, word);
    if (kind == PHRASE_EXACT) return;
    const listed *own = NULL;
    bool listed_elsewhere = false;
    for (size_t i = 0; i < self->listed_count; i++) {
        if (strcmp(self->listed[i].word, word) == 0)
            own = &self->listed[i];
        else if (list_has(&self->listed[i].forms, word))
            listed_elsewhere = true;
    }
    if (listed_elsewhere && !own) return;
    for (size_t i = 0; own && i < own->forms.count; i++) list_add(self->arena, into, own->forms.items[i]);
    if (!self->snowball) return; /* nothing could tell a right form from a wrong one */
    add_regular(self, word, self->endings, self->ending_count, into);
    if (kind == PHRASE_DERIVED) add_regular(self, word, self->derivations, self->derivation_count, into);
}

const char *words_clitic(const word_book *self, const char *text) {
    const char *best = NULL;
    size_t length = strlen(text);
    for (size_t i = 0; i < self->clitics.count; i++) {
        const char *clitic = self->clitics.items[i];
        size_t size = strlen(clitic);
        if (size < length && strcmp(text + length - size, clitic) == 0 && (!best || size > strlen(best))) best = clitic;
    }
    return best;
}

/* Whether a `word` line, a filler ... makes this one word, whatever it ends in. */
static bool is_listed(const word_book *self, const char *word) {
    for (size_t i = 0; i < self->listed_count; i++) {
        if (strcmp(self->listed[i].word, word) == 0 || list_has(&self->listed[i].forms, word)) return true;
    }
    for (size_t i = 0; i < self->contraction_count; i++) {
        const contraction *line = &self->contractions[i];
        if (strcmp(line->first, word) == 0 || strcmp(line->second, word) == 0 || list_has(&line->after, word)) return true;
    }
    return list_has(&self->fillers, word) || list_has(&self->stammers, word);
}

/* Digits at the start of a word are a token of their own: 24hrs. */
static size_t leading_number(const char *word) {
    size_t digits = 0;
    while (word[digits] && !(word[digits] >= 'a' && word[digits] <= 'z')) digits++;
    return word[0] >= '0' && word[0] <= '9' && word[digits] ? digits : 0;
}

size_t words_forms(const word_book *self, const phrase *it, text_list parts[2]) {
    const char *word = text_normalise(self->arena, it->text.at, it->text.length), *clitic = words_clitic(self, word);
    for (size_t i = 0; i < self->contraction_count; i++) {
        const contraction *line = &self->contractions[i];
        if (line->conditional || strcmp(line->token, word) != 0) continue;
        list_add(self->arena, &parts[0], line->first);
        list_add(self->arena, &parts[1], line->second);
        return 2;
    }
    size_t cut = leading_number(word);
    if (!cut && clitic && !is_listed(self, word)) cut = strlen(word) - strlen(clitic);
    if (cut) {
        list_add(self->arena, &parts[0], take_text(self->arena, word, cut));
        list_add(self->arena, &parts[1], word + cut);
        return 2;
    }
    add_forms(self, it->kind, word, &parts[0]);
    return 1;
}

/* ---- Taking in the pack ---- */

static void add_listed(word_book *self, const statement *it) {
    const char *word = text_normalise(self->arena, it->name.at, it->name.length);
    listed *line = NULL;
    for (size_t i = 0; i < self->listed_count; i++) {
        if (strcmp(self->listed[i].word, word) == 0) line = &self->listed[i];
    }
    if (!line) {
        self->listed = append(self->arena, self->listed, &self->listed_room, self->listed_count, sizeof *self->listed);
        line = &self->listed[self->listed_count++];
        line->word = word;
    }
    add_words(self, &line->forms, it->words);
}

static void add_contraction(word_book *self, const statement *it) {
    self->contractions =
        append(self->arena, self->contractions, &self->contraction_room, self->contraction_count, sizeof *self->contractions);
    contraction *line = &self->contractions[self->contraction_count++];
    line->token = text_normalise(self->arena, it->name.at, it->name.length);
    if (it->words && it->words->next) {
        line->first = text_normalise(self->arena, it->words->text.at, it->words->text.length);
        line->second = text_normalise(self->arena, it->words->next->text.at, it->words->next->text.length);
    }
    line->conditional = it->after || it->before;
    for (const word_item *item = it->after; item; item = item->next) {
        if (slice_equals(item->text, "^"))
            line->after_start = true;
        else
            list_add(self->arena, &line->after, text_normalise(self->arena, item->text.at, item->text.length));
    }
    add_words(self, &line->before, it->before);
    line->has_after = it->after;
}

static void add_known(word_book *self, const text_list *forms) {
    text_list *to = &self->known;
    for (size_t i = 0; i < forms->count; i++) {
        to->items = append(self->arena, to->items, &to->room, to->count, sizeof *to->items);
        to->items[to->count++] = forms->items[i];
    }
}

/* Whether an equal node was seen before; words are looked at once, and so are lists. */
static bool is_seen(word_book *self, const phrase *it) {
    for (size_t i = 0; i < self->seen_count; i++) {
        const phrase *seen = self->seen[i];
        if (seen->kind == it->kind && same_slice(seen->text, it->text)) return true;
    }
    self->seen = append(self->arena, self->seen, &self->seen_room, self->seen_count, sizeof it);
    self->seen[self->seen_count++] = it;
    return false;
}

/* The words of a phrase, and of the lists and slots that it names: what no rule uses is not known. */
static void add_phrase(word_book *self, const phrase *it) {
    if (!it) return;
    for (uint32_t i = 0; i < it->child_count; i++) add_phrase(self, it->children[i]);
    bool is_word = it->kind == PHRASE_WORD || it->kind == PHRASE_EXACT || it->kind == PHRASE_DERIVED;
    bool is_named = it->kind == PHRASE_LIST || it->kind == PHRASE_SLOT;
    if (!(is_word || is_named) || is_seen(self, it)) return;
    if (is_word) {
        text_list parts[2] = {{0}, {0}};
        words_forms(self, it, parts);
        add_known(self, &parts[0]);
        add_known(self, &parts[1]);
        return;
    }
    for (const statement *other = self->statements; other; other = other->next) {
        bool same_kind = other->kind == (it->kind == PHRASE_LIST ? STATEMENT_LIST : STATEMENT_SLOT);
        if (same_kind && same_slice(other->name, it->text)) add_phrase(self, other->phrase);
    }
}

static void add_guards(word_book *self, const guard *it) {
    for (; it; it = it->next) {
        for (const condition *one = it->conditions; one; one = one->next) add_phrase(self, one->phrase);
    }
}

/* A signal that a layer switched off says nothing more; what its guards ask for is still looked for. */
static bool is_off(const word_book *self, const statement *it) {
    for (const statement *other = self->statements; other; other = other->next) {
        if (other->kind == STATEMENT_OFF && it->kind != STATEMENT_CUE && same_slice(other->name, it->name)) return true;
    }
    return false;
}

/* Whether `name` is the rule that `line`, the `number`-th of its signal, is: "a.b/label" or "a.b/3". */
static bool is_rule(slice name, slice signal, const rule_line *line, uint32_t number) {
    char digits[16];
    snprintf(digits, sizeof digits, "%u", (unsigned)number);
    slice head = {name.at, signal.length}, tail = {name.at + signal.length + 1, name.length - signal.length - 1};
    if (name.length < signal.length + 2 || !same_slice(head, signal) || name.at[signal.length] != '/') return false;
    return line->label.length ? same_slice(tail, line->label) : slice_equals(tail, digits);
}

/* A rule without weight is switched off, too. */
static bool is_silent(const word_book *self, const statement *owner, const rule_line *line) {
    int32_t weight = line->weight;
    uint32_t number = 1;
    for (const statement *it = self->statements; it != owner; it = it->next) {
        if (it->kind != owner->kind || !same_slice(it->name, owner->name)) continue;
        for (const rule_line *other = it->lines; other; other = other->next) number++;
    }
    for (const rule_line *other = owner->lines; other != line; other = other->next) number++;
    for (const statement *it = self->statements; it; it = it->next) {
        if (it->kind == STATEMENT_REWEIGH && is_rule(it->name, owner->name, line, number)) weight = (int32_t)it->number;
    }
    return line->kind != LINE_NOT && weight == 0;
}

static void add_phrases(word_book *self, const statement *it) {
    bool off = is_off(self, it);
    add_guards(self, it->guards);
    for (const rule_line *line = it->lines; line; line = line->next) {
        if (!off && !is_silent(self, it, line)) add_phrase(self, line->phrase);
        add_guards(self, line->guards);
    }
    for (const trigger *one = it->triggers; one; one = one->next) add_phrase(self, one->phrase);
}

static int by_text(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

word_book *words_new(arena *from, const statement *statements) {
    word_book *self = take(from, sizeof *self);
    self->arena = from;
    self->statements = statements;
    for (const statement *it = statements; it; it = it->next) {
        switch (it->kind) {
        case STATEMENT_STEMMER:
            self->stemmer = take_text(from, it->name.at, it->name.length);
            if (self->snowball) sb_stemmer_delete(self->snowball);
            self->snowball = slice_equals(it->name, "none") ? NULL : sb_stemmer_new(self->stemmer, "UTF_8");
            break;
        case STATEMENT_ENDING: self->endings[self->ending_count++ % 64] = it->words; break;
        case STATEMENT_DERIVATION: self->derivations[self->derivation_count++ % 64] = it->words; break;
        case STATEMENT_WORD: add_listed(self, it); break;
        case STATEMENT_CLITIC: add_words(self, &self->clitics, it->words); break;
        case STATEMENT_CONTRACTION: add_contraction(self, it); break;
        case STATEMENT_FILLER:
            add_words(self, &self->fillers, it->words);
            if (it->name.length) self->drops_emoji = true;
            break;
        case STATEMENT_STAMMER: add_words(self, &self->stammers, it->words); break;
        case STATEMENT_ABBREVIATION: add_words(self, &self->abbreviations, it->words); break;
        default: break;
        }
    }
    for (const statement *it = statements; it; it = it->next) add_phrases(self, it);
    add_known(self, &self->clitics);
    add_known(self, &self->fillers);
    add_known(self, &self->stammers);
    for (size_t i = 0; i < self->contraction_count; i++) {
        const contraction *line = &self->contractions[i];
        const char *both[] = {line->first, line->second};
        add_known(self, &(text_list){.items = both, .count = 2});
        add_known(self, &line->after);
    }
    qsort(self->known.items, self->known.count, sizeof *self->known.items, by_text);
    size_t kept = 0;
    for (size_t i = 0; i < self->known.count; i++) {
        if (!kept || strcmp(self->known.items[kept - 1], self->known.items[i]) != 0) self->known.items[kept++] = self->known.items[i];
    }
    self->known.count = kept;
    return self;
}

void words_free(const word_book *self) {
    if (self->snowball) sb_stemmer_delete(self->snowball);
}

int32_t words_number(const word_book *self, const char *form) {
    const char **found = NULL;
    if (self->known.count) found = bsearch(&form, self->known.items, self->known.count, sizeof form, by_text);
    return found ? (int32_t)(found - self->known.items) : -1;
}
