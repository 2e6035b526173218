/* symbols.c - what the tokens of a text are read as: contractions and clitics split, stretched letters mended, fillers,
 * stammers and cut-off words dropped. */
#include "inside.h"

#include <string.h>

static bool is_known(const word_book *self, const char *text) {
    return words_number(self, text) >= 0;
}

/* The text with its runs of three or more equal ASCII letters cut to `keep`; NULL if it has none. */
static const char *shrink(arena *from, const char *text, size_t keep) {
    size_t length = strlen(text), used = 0;
    char *shrunk = take(from, length + 1);
    bool any = false;
    for (size_t i = 0; i < length;) {
        size_t size = 1, run = 1;
        while (((unsigned char)text[i + size] & 0xc0) == 0x80) size++;
        while (i + (run + 1) * size <= length && memcmp(text + i, text + i + run * size, size) == 0) run++;
        bool stretched = run >= 3 && text[i] >= 'a' && text[i] <= 'z';
        any = any || stretched;
        for (size_t k = 0; k < (stretched ? keep : run); k++, used += size) memcpy(shrunk + used, text + i, size);
        i += run * size;
    }
    return any ? shrunk : NULL;
}

/* The known form that the text is, as it stands or with its stretched letters mended; NULL if it is none. */
static const char *mend(arena *from, const word_book *self, const char *text) {
    if (is_known(self, text)) return text;
    for (size_t keep = 2; keep >= 1; keep--) {
        const char *shrunk = shrink(from, text, keep);
        if (shrunk && is_known(self, shrunk)) return shrunk;
    }
    return NULL;
}

static size_t count_characters(const char *text) {
    size_t count = 0;
    for (; *text; text++) count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

#define LONGEST_SENTENCE 256u
#define LONGEST_WORD 64u /* bytes of a word that is looked up at all */

/* What the reading of one turn has come to. */
typedef struct progress {
    arena *arena;
    const word_book *words;
    reading *into;
    size_t symbol_room, sentence_room;
    uint32_t first_symbol; /* of the sentence being read */
    bool comma;            /* a comma mark stands before whatever comes next */
} progress;

static const symbol *previous_symbol(const progress *self) {
    return self->into->symbol_count > self->first_symbol ? &self->into->symbols[self->into->symbol_count - 1] : NULL;
}

/* Ends the sentence that the symbols since `first_symbol` are, in pieces if it is too long. */
static void close_sentence(progress *self, const token *last) {
    reading *into = self->into;
    for (uint32_t first = self->first_symbol; first < into->symbol_count; first += LONGEST_SENTENCE) {
        uint32_t left = into->symbol_count - first, size = left < LONGEST_SENTENCE ? left : LONGEST_SENTENCE;
        into->sentences = append(self->arena, into->sentences, &self->sentence_room, into->sentence_count, sizeof *into->sentences);
        into->sentences[into->sentence_count++] = (sentence){.first = first,
                                                             .last = first + size,
                                                             .begins = first == self->first_symbol,
                                                             .ends = size == left,
                                                             .question = size == left && last->question,
                                                             .exclamation = size == left && last->exclamation};
    }
    self->first_symbol = into->symbol_count;
    self->comma = false;
}

static void add_symbol(progress *self, const token *from, const char *form, uint32_t kinds, uint32_t begin, uint32_t end) {
    reading *into = self->into;
    const symbol *before = previous_symbol(self);
    if (list_has(&self->words->fillers, form) || (self->words->drops_emoji && kinds >> KIND_EMOJI & 1)) return;
    if (before && strcmp(before->form, form) == 0 && list_has(&self->words->stammers, form)) return;
    into->symbols = append(self->arena, into->symbols, &self->symbol_room, into->symbol_count, sizeof *into->symbols);
    into->symbols[into->symbol_count++] = (symbol){.form = form,
                                                   .known = *form ? words_number(self->words, form) : -1,
                                                   .kinds = kinds,
                                                   .begin = begin,
                                                   .end = end,
                                                   .comma = self->comma,
                                                   .quoted = from->quoted,
                                                   .cited = from->cited};
    self->comma = false;
}

static void add_clitic(progress *self, const token *from, const char *form, uint32_t begin, uint32_t end) {
    uint32_t count = self->into->symbol_count;
    add_symbol(self, from, form, 0, begin, end);
    if (self->into->symbol_count > count) self->into->symbols[count].clitic = true;
}

/* The contraction that the token is here, if it is one. */
static const contraction *find_contraction(const progress *self, const token *it, const token *next) {
    const symbol *before = previous_symbol(self);
    for (size_t i = 0; i < self->words->contraction_count; i++) {
        const contraction *line = &self->words->contractions[i];
        if (strcmp(line->token, it->text) != 0) continue;
        bool after =
            !line->has_after || (before && list_has(&line->after, before->form)) || (line->after_start && (!before || self->comma));
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
    add_clitic(self, it, as->second, ascii ? begin + cut : begin, end);
}

static void read_token(progress *self, const token *it, const token *next) {
    const reading *into = self->into;
    const word_book *words = self->words;
    uint32_t begin = into->characters[it->first].begin, end = into->characters[it->last - 1].end;
    if (it->opaque || strlen(it->text) > LONGEST_WORD) {
        add_symbol(self, it, "", it->kinds, begin, end);
        return;
    }
    const contraction *as = find_contraction(self, it, next);
    const char *clitic = words_clitic(words, it->text), *mended = mend(self->arena, words, it->text);
    if (as) {
        read_contraction(self, it, as, begin, end);
    } else if (clitic && !is_known(words, it->text)) {
        const char *head = take_text(self->arena, it->text, strlen(it->text) - strlen(clitic));
        const char *mended_head = mend(self->arena, words, head);
        size_t size = count_characters(clitic), all = it->last - it->first;
        uint32_t middle = size < all ? into->characters[it->last - size].begin : begin;
        add_symbol(self, it, mended_head ? mended_head : head, it->kinds, begin, middle);
        add_clitic(self, it, clitic, middle, end);
    } else if (mended) {
        add_symbol(self, it, mended, it->kinds, begin, end);
    } else {
        bool dash = it->last < into->character_count && into->characters[it->last].code == '-';
        uint32_t after = it->last + 1 < into->character_count ? into->characters[it->last + 1].code : ' ';
        bool number = it->kinds >> KIND_NUMBER & 1;
        bool cut_off = dash && !number && *it->text != '\'' && after < 128 && (after <= ' ' || after == 127);
        if (!cut_off) add_symbol(self, it, it->text, it->kinds, begin, end);
    }
}

void words_read(arena *from, const word_book *self, reading *into) {
    progress now = {.arena = from, .words = self, .into = into};
    for (uint32_t i = 0; i < into->token_count; i++) {
        const token *it = &into->tokens[i];
        if (it->starts && i) close_sentence(&now, it - 1);
        now.comma = now.comma || it->comma;
        read_token(&now, it, i + 1 < into->token_count ? it + 1 : NULL);
    }
    if (into->token_count) close_sentence(&now, &into->tokens[into->token_count - 1]);
}
