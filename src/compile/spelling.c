/* spelling.c - see spelling.h. */
#include "spelling.h"
#include "../form.h"

#include <libstemmer.h>
#include <string.h>

#define PARTS_MAX 4u /* words that one written word can split into */

/* ---- Forms ---- */

/* `text` normalised into `to` (FORM_MAX bytes); its length, 0 if it is no word that a text could hold. */
static uint32_t fold(slice text, unsigned char *to) {
    return text.length && text.length <= 2 * FORM_MAX ? form_fold((const unsigned char *)text.at, text.length, to) : 0;
}

static uint32_t form_of(program *self, const unsigned char *bytes, uint32_t length, uint32_t flags) {
    uint32_t number = intern(&self->form_texts, bytes, length);
    if (number == INTERN_NONE) return INTERN_NONE;
    if (!arena_reserve(self->arena, (void **)&self->forms, &self->form_room, number + 1u, sizeof *self->forms)) return INTERN_NONE;
    self->forms[number].flags |= flags | FORM_USED;
    return number;
}

static uint32_t form_of_slice(program *self, slice text, place where, uint32_t flags) {
    unsigned char bytes[FORM_MAX];
    uint32_t length = fold(text, bytes);
    if (!length) {
        problems_add(self->problems, where, CARE_SEVERITY_ERROR, CARE_E_SYNTAX, "\"%.*s\" is too long for a word: at most %u bytes",
                     (int)text.length, text.at, FORM_MAX - 4);
        return INTERN_NONE;
    }
    return form_of(self, bytes, length, flags);
}

const uint32_t *spelling_forms(const program *self, uint32_t class_index, uint32_t *count) {
    const slice *item = self->classes.items + class_index;
    *count = item->length / (uint32_t)sizeof(uint32_t);
    return (const uint32_t *)(const void *)item->at;
}

uint32_t spelling_class_of(program *self, uint32_t *form_numbers, uint32_t count) {
    uint32_t kept = 0;
    for (uint32_t i = 1; i < count; i++)
        for (uint32_t to = i; to && form_numbers[to] < form_numbers[to - 1]; to--) {
            uint32_t moved = form_numbers[to];
            form_numbers[to] = form_numbers[to - 1];
            form_numbers[to - 1] = moved;
        }
    for (uint32_t i = 0; i < count; i++)
        if (!kept || form_numbers[i] != form_numbers[kept - 1]) form_numbers[kept++] = form_numbers[i];
    return intern(&self->classes, form_numbers, kept * (uint32_t)sizeof *form_numbers);
}

/* ---- Inflection ---- */

/* The forms found so far for one word. */
typedef struct form_set {
    program *program;
    struct sb_stemmer *stemmer; /* NULL: stems are the words themselves */
    unsigned char stem[FORM_MAX];
    uint32_t stem_length;
    uint32_t *numbers;
    uint32_t count;
    size_t room;
} form_set;

static void set_add(form_set *self, const unsigned char *bytes, uint32_t length) {
    if (!length || length > FORM_MAX) return;
    uint32_t number = form_of(self->program, bytes, length, FORM_WORD);
    if (number == INTERN_NONE ||
        !arena_reserve(self->program->arena, (void **)&self->numbers, &self->room, self->count + 1u, sizeof *self->numbers))
        return;
    self->numbers[self->count++] = number;
}

static uint32_t stem_of(const form_set *self, const unsigned char *bytes, uint32_t length, unsigned char *stem) {
    if (!self->stemmer) {
        memcpy(stem, bytes, length);
        return length;
    }
    const sb_symbol *stemmed = sb_stemmer_stem(self->stemmer, bytes, (int)length);
    int stem_length = sb_stemmer_length(self->stemmer);
    if (!stemmed || stem_length <= 0 || stem_length > (int)FORM_MAX) return 0;
    memcpy(stem, stemmed, (size_t)stem_length);
    return (uint32_t)stem_length;
}

/* Adds a regular form if its stem is the word's. */
static void add_if_related(form_set *self, const unsigned char *bytes, uint32_t length) {
    unsigned char stem[FORM_MAX];
    uint32_t stem_length = stem_of(self, bytes, length, stem);
    if (stem_length && stem_length == self->stem_length && memcmp(stem, self->stem, stem_length) == 0) set_add(self, bytes, length);
}

/* One ending rule: "+s" appends, "=ed" doubles the last letter and appends, "y>ies" replaces the last letters. */
static void add_ending(form_set *self, const unsigned char *bytes, uint32_t length, slice ending) {
    unsigned char made[2 * FORM_MAX];
    uint32_t kept = length;
    const char *added = ending.at + 1;
    uint32_t added_length = ending.length - 1;
    memcpy(made, bytes, length);
    if (ending.at[0] == '=') {
        if (bytes[length - 1] >= 0x80) return; /* a letter of several bytes is not doubled */
        uint32_t letter = length - 1;
        while (letter && (bytes[letter] & 0xc0) == 0x80) letter--;
        memcpy(made + kept, bytes + letter, length - letter);
        kept += length - letter;
    } else if (ending.at[0] != '+') {
        const char *arrow = memchr(ending.at, '>', ending.length);
        if (!arrow) return;
        uint32_t cut = (uint32_t)(arrow - ending.at);
        if (cut >= length || memcmp(bytes + length - cut, ending.at, cut) != 0) return;
        kept = length - cut;
        added = arrow + 1;
        added_length = ending.length - cut - 1;
    }
    if (kept + added_length > FORM_MAX) return;
    memcpy(made + kept, added, added_length);
    add_if_related(self, made, kept + added_length);
}

static void add_endings(form_set *self, const unsigned char *bytes, uint32_t length, const statement **endings, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        for (const word_item *item = endings[i]->words; item; item = item->next) add_ending(self, bytes, length, item->text);
}

/* The forms that `word` lines list for this lemma. */
static void add_listed(form_set *self, const unsigned char *bytes, uint32_t length) {
    for (const statement *at = self->program->statements; at; at = at->next) {
        unsigned char lemma[FORM_MAX];
        if (at->kind != STATEMENT_WORD || fold(at->name, lemma) != length || memcmp(lemma, bytes, length) != 0) continue;
        for (const word_item *item = at->words; item; item = item->next) {
            unsigned char listed[FORM_MAX];
            uint32_t listed_length = fold(item->text, listed);
            set_add(self, listed, listed_length);
        }
    }
}

static uint32_t inflect(program *self, phrase_kind kind, const unsigned char *bytes, uint32_t length) {
    unsigned char key[FORM_MAX + 1];
    key[0] = (unsigned char)kind;
    memcpy(key + 1, bytes, length);
    uint32_t known = intern_find(&self->word_keys, key, length + 1);
    if (known != INTERN_NONE) return self->word_classes[known];

    form_set set = {.program = self};
    set_add(&set, bytes, length);
    bool is_lemma = intern_find(&self->lemmas, bytes, length) != INTERN_NONE;
    bool is_listed = intern_find(&self->listed, bytes, length) != INTERN_NONE;
    if (kind != PHRASE_EXACT && (is_lemma || !is_listed)) {
        bool none = !self->stemmer.length || (self->stemmer.length == 4 && memcmp(self->stemmer.at, "none", 4) == 0);
        char name[32] = "";
        if (!none && self->stemmer.length < sizeof name) memcpy(name, self->stemmer.at, self->stemmer.length);
        set.stemmer = none ? NULL : sb_stemmer_new(name, NULL);
        if (!none && !set.stemmer) self->arena->out_of_memory = true; /* its name was checked */
        set.stem_length = stem_of(&set, bytes, length, set.stem);
        if (is_lemma) add_listed(&set, bytes, length);
        /* Without a stemmer nothing could tell a right form from a wrong one: words then stand for what is listed. */
        if (!none) {
            add_endings(&set, bytes, length, self->endings, self->ending_count);
            if (kind == PHRASE_DERIVED) add_endings(&set, bytes, length, self->derivations, self->derivation_count);
        }
        if (set.stemmer) sb_stemmer_delete(set.stemmer);
    }
    uint32_t made = spelling_class_of(self, set.numbers, set.count);
    uint32_t key_number = intern(&self->word_keys, key, length + 1);
    if (made == INTERN_NONE || key_number == INTERN_NONE) return INTERN_NONE;
    if (!arena_reserve(self->arena, (void **)&self->word_classes, &self->word_class_room, key_number + 1u, sizeof *self->word_classes))
        return INTERN_NONE;
    return self->word_classes[key_number] = made;
}

/* ---- Words as written ---- */

uint32_t spelling_classes(program *self, phrase_kind kind, slice text, place where, uint32_t *classes, uint32_t room) {
    unsigned char bytes[FORM_MAX];
    uint32_t length = fold(text, bytes);
    if (self->arena->out_of_memory) return 0;
    if (!length) {
        problems_add(self->problems, where, CARE_SEVERITY_ERROR, CARE_E_SYNTAX, "\"%.*s\" is no word: a word has 1 to %u bytes",
                     (int)text.length, text.at, FORM_MAX - 4);
        return 0;
    }
    uint32_t known = intern_find(&self->form_texts, bytes, length);
    if (known != INTERN_NONE && self->forms[known].flags & FORM_CONTRACTION && !(self->forms[known].flags & FORM_CONDITIONAL)) {
        uint32_t parts[2] = {self->forms[known].first, self->forms[known].second};
        for (uint32_t i = 0; i < 2 && i < room; i++) classes[i] = spelling_class_of(self, parts + i, 1);
        return room < 2 ? room : 2;
    }
    /* The tokens of a number end where letters begin. */
    if (bytes[0] >= '0' && bytes[0] <= '9') {
        uint32_t digits = 0;
        while (digits < length && !(bytes[digits] >= 'a' && bytes[digits] <= 'z')) digits++;
        if (digits < length && room >= 2) {
            classes[0] = inflect(self, PHRASE_EXACT, bytes, digits);
            classes[1] = inflect(self, PHRASE_EXACT, bytes + digits, length - digits);
            return 2;
        }
    }
    for (uint32_t i = 0; i < self->clitic_count; i++) {
        const slice *clitic = self->clitics + i;
        if (length <= clitic->length || memcmp(bytes + length - clitic->length, clitic->at, clitic->length) != 0 || room < 2) continue;
        if (intern_find(&self->wholes, bytes, length) != INTERN_NONE) break;
        classes[0] = inflect(self, PHRASE_EXACT, bytes, length - clitic->length);
        classes[1] = inflect(self, PHRASE_EXACT, bytes + length - clitic->length, clitic->length);
        return 2;
    }
    classes[0] = inflect(self, kind, bytes, length);
    return 1;
}

/* ---- Statements about words ---- */

static void remember(interner *in, slice text) {
    unsigned char bytes[FORM_MAX];
    uint32_t length = fold(text, bytes);
    if (length) intern(in, bytes, length);
}

static void flag_words(program *self, const statement *at, uint32_t flags) {
    for (const word_item *item = at->words; item; item = item->next) {
        form_of_slice(self, item->text, item->place, flags);
        if (flags & FORM_WORD) remember(&self->wholes, item->text);
    }
}

static void add_clitics(program *self, const statement *at) {
    for (const word_item *item = at->words; item; item = item->next) {
        uint32_t number = form_of_slice(self, item->text, item->place, FORM_WORD);
        if (number == INTERN_NONE ||
            !arena_reserve(self->arena, (void **)&self->clitics, &self->clitic_room, self->clitic_count + 1u, sizeof *self->clitics))
            continue;
        uint32_t to = self->clitic_count++;
        for (; to && self->clitics[to - 1].length < self->form_texts.items[number].length; to--) self->clitics[to] = self->clitics[to - 1];
        self->clitics[to] = self->form_texts.items[number];
    }
}

static uint32_t *form_list(program *self, const word_item *items, uint32_t flags, uint32_t *count, bool *start) {
    uint32_t *numbers = NULL;
    size_t room = 0;
    for (const word_item *item = items; item; item = item->next) {
        if (start && item->text.length == 1 && item->text.at[0] == '^') {
            *start = true;
            continue;
        }
        uint32_t number = form_of_slice(self, item->text, item->place, flags);
        if (flags & FORM_WORD) remember(&self->wholes, item->text);
        if (number == INTERN_NONE || !arena_reserve(self->arena, (void **)&numbers, &room, *count + 1u, sizeof *numbers)) continue;
        self->forms[number].is_neighbour = true;
        numbers[(*count)++] = number;
    }
    return numbers;
}

static void add_contraction(program *self, const statement *at) {
    const word_item *first = at->words, *second = first ? first->next : NULL;
    if (!second || second->next) {
        problems_add(self->problems, at->place, CARE_SEVERITY_ERROR, CARE_E_SYNTAX,
                     "a contraction reads as two forms: contraction im = i 'm");
        return;
    }
    uint32_t first_form = form_of_slice(self, first->text, first->place, FORM_WORD),
             second_form = form_of_slice(self, second->text, second->place, FORM_WORD);
    uint32_t number = form_of_slice(self, at->name, at->place, FORM_CONTRACTION);
    remember(&self->wholes, first->text);
    remember(&self->wholes, second->text);
    if (first_form == INTERN_NONE || second_form == INTERN_NONE || number == INTERN_NONE) return;
    uint32_t length = self->form_texts.items[number].length, cut = self->form_texts.items[first_form].length;
    if (length < 2) {
        problems_add(self->problems, at->place, CARE_SEVERITY_ERROR, CARE_E_SYNTAX, "a contraction has at least two letters");
        return;
    }
    form made = self->forms[number];
    made.first = first_form;
    made.second = second_form;
    made.cut = cut < length ? cut : length - 1;
    if (at->after || at->before) {
        made.flags |= FORM_CONDITIONAL;
        made.after_count = made.before_count = 0;
        if (at->after) made.after = form_list(self, at->after, FORM_WORD, &made.after_count, &made.after_start);
        if (at->before) made.before = form_list(self, at->before, 0, &made.before_count, NULL);
        if (at->after && !made.after) made.after = arena_take(self->arena, sizeof *made.after); /* "^" alone: an empty list */
    }
    uint32_t flags = self->forms[number].flags; /* the lists may have added to them */
    self->forms[number] = made;
    self->forms[number].flags |= flags;
}

/* The more frequent a word is, the less it helps to gate a phrase. By Zipf's law the r-th has a share of about 6 % / r. */
static void add_common(program *self, const statement *at, uint32_t *rank) {
    for (const word_item *item = at->words; item; item = item->next) {
        uint32_t number = form_of_slice(self, item->text, item->place, 0);
        if (number != INTERN_NONE && !self->forms[number].frequency) self->forms[number].frequency = 60000u / ++*rank + 1;
    }
}

static bool stemmer_exists(slice name) {
    if (name.length == 4 && memcmp(name.at, "none", 4) == 0) return true;
    for (const char **known = sb_stemmer_list(); *known; known++)
        if (strlen(*known) == name.length && memcmp(*known, name.at, name.length) == 0) return true;
    return false;
}

static void complain_stemmer(program *self, const statement *at) {
    char known[640];
    size_t used = 0;
    for (const char **each = sb_stemmer_list(); *each; each++) {
        size_t length = strlen(*each);
        if (used + length + 3 > sizeof known) break;
        memcpy(known + used, *each, length);
        memcpy(known + used + length, ", ", 2);
        used += length + 2;
    }
    COMPLAIN(self, at->place, "there is no Snowball stemmer \"%.*s\"; there are %.*snone", SLICE(at->name), (int)used, known);
}

bool spelling_prepare(program *self) {
    uint32_t rank = 0;
    for (const statement *at = self->statements; at; at = at->next) {
        switch (at->kind) {
            case STATEMENT_STEMMER:
                if (!stemmer_exists(at->name))
                    complain_stemmer(self, at);
                else
                    self->stemmer = at->name;
                break;
            case STATEMENT_ENDING:
                if (arena_reserve(self->arena, (void **)&self->endings, &self->ending_room, self->ending_count + 1u, sizeof *self->endings))
                    self->endings[self->ending_count++] = at;
                break;
            case STATEMENT_DERIVATION:
                if (arena_reserve(self->arena, (void **)&self->derivations, &self->derivation_room, self->derivation_count + 1u,
                                  sizeof *self->derivations))
                    self->derivations[self->derivation_count++] = at;
                break;
            case STATEMENT_WORD:
                remember(&self->lemmas, at->name);
                remember(&self->wholes, at->name);
                for (const word_item *item = at->words; item; item = item->next) {
                    remember(&self->listed, item->text);
                    remember(&self->wholes, item->text);
                }
                break;
            case STATEMENT_CLITIC: add_clitics(self, at); break;
            case STATEMENT_CONTRACTION: add_contraction(self, at); break;
            case STATEMENT_FILLER:
                flag_words(self, at, FORM_FILLER | FORM_WORD);
                if (at->name.length) self->drops_emoji = true;
                break;
            case STATEMENT_STAMMER: flag_words(self, at, FORM_STAMMER | FORM_WORD); break;
            case STATEMENT_ABBREVIATION: flag_words(self, at, FORM_ABBREVIATION); break;
            case STATEMENT_COMMON: add_common(self, at, &rank); break;
            default: break;
        }
    }
    return !self->arena->out_of_memory;
}
