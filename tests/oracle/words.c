/* words.c - what a word of the pack stands for, and what the tokens of a text are read as.
 *
 * A word's forms are made as an author would by hand: try every ending, keep what Snowball gives the same stem. */
#include "inside.h"

#include <libstemmer.h>
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
    if (!self->snowball) return "";
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
    if (cut >= ending.length || length < cut || memcmp(word + length - cut, ending.at, cut) != 0) return NULL;
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

void words_forms(const word_book *self, const phrase *it, text_list *into) {
    const char *word = text_normalise(self->arena, it->text.at, it->text.length);
    list_add(self->arena, into, word);
    if (it->kind == PHRASE_EXACT) return;
    const listed *own = NULL;
    bool listed_elsewhere = false;
    for (size_t i = 0; i < self->listed_count; i++) {
        if (strcmp(self->listed[i].word, word) == 0) own = &self->listed[i];
        else if (list_has(&self->listed[i].forms, word)) listed_elsewhere = true;
    }
    if (it->kind == PHRASE_WORD && listed_elsewhere && !own) return;
    for (size_t i = 0; own && i < own->forms.count; i++) list_add(self->arena, into, own->forms.items[i]);
    add_regular(self, word, self->endings, self->ending_count, into);
    if (it->kind == PHRASE_DERIVED) add_regular(self, word, self->derivations, self->derivation_count, into);
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
    self->contractions = append(self->arena, self->contractions, &self->contraction_room, self->contraction_count, sizeof *self->contractions);
    contraction *line = &self->contractions[self->contraction_count++];
    line->token = text_normalise(self->arena, it->name.at, it->name.length);
    if (it->words && it->words->next) {
        line->first = text_normalise(self->arena, it->words->text.at, it->words->text.length);
        line->second = text_normalise(self->arena, it->words->next->text.at, it->words->next->text.length);
    }
    line->conditional = it->after || it->before;
    add_words(self, &line->after, it->after);
    add_words(self, &line->before, it->before);
    line->after_start = list_has(&line->after, "^");
}

static void add_known(word_book *self, const char *form) {
    self->known.items = append(self->arena, self->known.items, &self->known.room, self->known.count, sizeof form);
    self->known.items[self->known.count++] = form;
}

static bool is_seen(word_book *self, const phrase *it) {
    for (size_t i = 0; i < self->seen_count; i++) {
        const phrase *seen = self->seen[i];
        if (seen->kind == it->kind && seen->text.length == it->text.length && memcmp(seen->text.at, it->text.at, it->text.length) == 0) return true;
    }
    self->seen = append(self->arena, self->seen, &self->seen_room, self->seen_count, sizeof it);
    self->seen[self->seen_count++] = it;
    return false;
}

static void add_phrase(word_book *self, const phrase *it) {
    if (!it) return;
    if ((it->kind == PHRASE_WORD || it->kind == PHRASE_EXACT || it->kind == PHRASE_DERIVED) && !is_seen(self, it)) {
        text_list forms = {0};
        words_forms(self, it, &forms);
        for (size_t i = 0; i < forms.count; i++) add_known(self, forms.items[i]);
    }
    for (uint32_t i = 0; i < it->child_count; i++) add_phrase(self, it->children[i]);
}

static void add_guards(word_book *self, const guard *it) {
    for (; it; it = it->next) {
        for (const condition *one = it->conditions; one; one = one->next) add_phrase(self, one->phrase);
    }
}

static void add_phrases(word_book *self, const statement *it) {
    add_phrase(self, it->phrase);
    add_guards(self, it->guards);
    for (const rule_line *line = it->lines; line; line = line->next) {
        add_phrase(self, line->phrase);
        add_guards(self, line->guards);
    }
    for (const trigger *one = it->triggers; one; one = one->next) add_phrase(self, one->phrase);
}

static int by_text(const void *left, const void *right) { return strcmp(*(const char *const *)left, *(const char *const *)right); }

word_book *words_new(arena *from, const statement *statements) {
    word_book *self = take(from, sizeof *self);
    self->arena = from;
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
        case STATEMENT_FILLER: add_words(self, &self->fillers, it->words); break;
        case STATEMENT_STAMMER: add_words(self, &self->stammers, it->words); break;
        case STATEMENT_ABBREVIATION: add_words(self, &self->abbreviations, it->words); break;
        default: break;
        }
    }
    for (const statement *it = statements; it; it = it->next) add_phrases(self, it);
    for (size_t i = 0; i < self->clitics.count; i++) add_known(self, self->clitics.items[i]);
    for (size_t i = 0; i < self->contraction_count; i++) {
        add_known(self, self->contractions[i].first);
        add_known(self, self->contractions[i].second);
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

/* ---- Reading tokens ---- */

int32_t words_number(const word_book *self, const char *form) {
    const char **found = NULL;
    if (self->known.count) found = bsearch(&form, self->known.items, self->known.count, sizeof form, by_text);
    return found ? (int32_t)(found - self->known.items) : -1;
}

static bool is_form(const word_book *self, const char *text) { return words_number(self, text) >= 0 || list_has(&self->fillers, text); }

/* The text with its runs of three or more equal characters cut to `keep`; NULL if it has none. */
static const char *shrink(arena *from, const char *text, size_t keep) {
    size_t length = strlen(text), used = 0;
    char *shrunk = take(from, length + 1);
    bool any = false;
    for (size_t i = 0; i < length;) {
        size_t size = 1, run = 1;
        while (((unsigned char)text[i + size] & 0xc0) == 0x80) size++;
        while (i + (run + 1) * size <= length && memcmp(text + i, text + i + run * size, size) == 0) run++;
        any = any || run >= 3;
        for (size_t k = 0; k < (run >= 3 ? keep : run); k++, used += size) memcpy(shrunk + used, text + i, size);
        i += run * size;
    }
    return any ? shrunk : NULL;
}

/* The known form that the text is, as it stands or with its stretched letters mended; NULL if it is none. */
static const char *mend(arena *from, const word_book *self, const char *text) {
    if (is_form(self, text)) return text;
    for (size_t keep = 2; keep >= 1; keep--) {
        const char *shrunk = shrink(from, text, keep);
        if (shrunk && is_form(self, shrunk)) return shrunk;
    }
    return NULL;
}

/* The longest clitic that the text ends in, behind at least one character. */
static const char *find_clitic(const word_book *self, const char *text) {
    const char *best = NULL;
    size_t length = strlen(text);
    for (size_t i = 0; i < self->clitics.count; i++) {
        const char *clitic = self->clitics.items[i];
        size_t size = strlen(clitic);
        if (size < length && strcmp(text + length - size, clitic) == 0 && (!best || size > strlen(best))) best = clitic;
    }
    return best;
}

static size_t count_characters(const char *text) {
    size_t count = 0;
    for (; *text; text++) count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

/* What the reading of one turn has come to. */
typedef struct progress {
    arena *arena;
    const word_book *words;
    reading *into;
    size_t symbol_room, sentence_room;
    bool open;  /* a sentence has symbols */
    bool comma; /* a comma mark stands before whatever comes next */
} progress;

static const symbol *previous_symbol(const progress *self) {
    return self->open ? &self->into->symbols[self->into->symbol_count - 1] : NULL;
}

static void close_sentence(progress *self, const token *last, bool ends) {
    if (!self->open) return;
    sentence *it = &self->into->sentences[self->into->sentence_count - 1];
    it->last = self->into->symbol_count;
    it->ends = ends;
    it->question = ends && last->question;
    it->exclamation = ends && last->exclamation;
    self->open = false;
}

static void add_symbol(progress *self, const token *from, const char *form, uint32_t kinds, uint32_t begin, uint32_t end) {
    reading *into = self->into;
    const symbol *before = previous_symbol(self);
    if (before && strcmp(before->form, form) == 0 && list_has(&self->words->stammers, form)) return;
    bool cut = self->open && into->symbol_count - into->sentences[into->sentence_count - 1].first == 256;
    if (cut) close_sentence(self, NULL, false);
    if (!self->open) {
        into->sentences = append(self->arena, into->sentences, &self->sentence_room, into->sentence_count, sizeof *into->sentences);
        into->sentences[into->sentence_count++] = (sentence){.first = into->symbol_count, .begins = !cut};
        self->open = true;
    }
    into->symbols = append(self->arena, into->symbols, &self->symbol_room, into->symbol_count, sizeof *into->symbols);
    into->symbols[into->symbol_count++] = (symbol){.form = form, .known = *form ? words_number(self->words, form) : -1, .kinds = kinds,
        .begin = begin, .end = end, .comma = self->comma, .quoted = from->quoted, .cited = from->cited};
    self->comma = false;
}

/* The contraction that the token is here, if it is one. */
static const contraction *find_contraction(const progress *self, const token *it, const token *next) {
    const symbol *before = previous_symbol(self);
    for (size_t i = 0; i < self->words->contraction_count; i++) {
        const contraction *line = &self->words->contractions[i];
        if (strcmp(line->token, it->text) != 0) continue;
        bool after = !line->after.count || (before && list_has(&line->after, before->form)) ||
                     (line->after_start && (!before || self->comma));
        bool ahead = !line->before.count || (next && !next->starts && list_has(&line->before, next->text));
        if (after && ahead) return line;
    }
    return NULL;
}

static void read_contraction(progress *self, const token *it, const contraction *as, uint32_t begin, uint32_t end) {
    uint32_t first_length = (uint32_t)strlen(as->first), cut = first_length < end - begin - 1 ? first_length : end - begin - 1;
    bool ascii = true;
    for (uint32_t i = begin; i < end; i++) ascii = ascii && (unsigned char)self->into->bytes[i] < 0x80;
    add_symbol(self, it, as->first, it->kinds, begin, ascii ? begin + cut : end);
    add_symbol(self, it, as->second, 0, ascii ? begin + cut : begin, end);
}

static void read_token(progress *self, const token *it, const token *next) {
    const reading *into = self->into;
    const word_book *words = self->words;
    uint32_t begin = into->characters[it->first].begin, end = into->characters[it->last - 1].end;
    if (it->opaque) {
        add_symbol(self, it, "", it->kinds, begin, end);
        return;
    }
    const contraction *as = find_contraction(self, it, next);
    const char *clitic = find_clitic(words, it->text), *mended = mend(self->arena, words, it->text);
    if (as) {
        read_contraction(self, it, as, begin, end);
    } else if (clitic && !is_form(words, it->text)) {
        const char *head = take_text(self->arena, it->text, strlen(it->text) - strlen(clitic));
        const char *mended_head = mend(self->arena, words, head);
        size_t size = count_characters(clitic), all = it->last - it->first;
        uint32_t middle = size < all ? into->characters[it->last - size].begin : begin;
        add_symbol(self, it, mended_head ? mended_head : head, it->kinds, begin, middle);
        add_symbol(self, it, clitic, 0, middle, end);
    } else if (mended) {
        if (!list_has(&words->fillers, mended)) add_symbol(self, it, mended, it->kinds, begin, end);
    } else {
        bool dash = it->last < into->character_count && into->characters[it->last].code == '-';
        uint32_t after = it->last + 1 < into->character_count ? into->characters[it->last + 1].code : ' ';
        bool cut_off = dash && (after == ' ' || (after >= 9 && after <= 13));
        if (!cut_off) add_symbol(self, it, it->text, it->kinds, begin, end);
    }
}

void words_read(arena *from, const word_book *self, reading *into) {
    progress now = {.arena = from, .words = self, .into = into};
    for (uint32_t i = 0; i < into->token_count; i++) {
        const token *it = &into->tokens[i];
        if (it->starts) {
            if (i) close_sentence(&now, it - 1, true);
            now.comma = false;
        }
        now.comma = now.comma || it->comma;
        read_token(&now, it, i + 1 < into->token_count ? it + 1 : NULL);
    }
    if (into->token_count) close_sentence(&now, &into->tokens[into->token_count - 1], true);
}
