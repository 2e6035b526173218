/* sample.c - texts for tests, made from a pack: its examples, its words, and what its phrases match. */
#include "rules.h"

#include <string.h>

typedef struct writer {
    const phrase_book *phrases;
    oracle_random *random;
    void *context;
    char *to;
    size_t room, used;
} writer;

static uint32_t below(writer *self, size_t count) {
    return self->random(self->context, (uint32_t)count);
}

static void write_word(writer *self, const char *word) {
    size_t length = strlen(word);
    if (self->used + length + 2 > self->room) return;
    if (self->used) self->to[self->used++] = ' ';
    memcpy(self->to + self->used, word, length);
    self->used += length;
}

static void write_any(writer *self) {
    const text_list *known = &self->phrases->words->known;
    write_word(self, known->count && below(self, 3) ? known->items[below(self, known->count)] : "zyx");
}

static void write_kind(writer *self, uint32_t kind) {
    static const char *const kinds[KIND_COUNT][4] = {
        [KIND_NUMBER] = {"7", "42", "1,000", "12%"},
        [KIND_MONEY] = {"$5",
                        "\xc2\xa3"
                        "12.50",
                        "30\xe2\x82\xac", "$1,000.00"},
        [KIND_TIME] = {"17:30", "5pm", "9:15", "11am"},
        [KIND_NAME] = {"Zeta", "\xc3\x89lodie", "<name>", "@maria"},
        [KIND_CAPS] = {"NEVER", "WTF", "A1B", "NOW"},
        [KIND_EMOJI] = {":)", "\xf0\x9f\x99\x82", "<3", "\xe2\x9d\xa4\xef\xb8\x8f"},
        [KIND_LINK] = {"www.example.org", "https://example.org/a?b=c", "http://example.org", "https://example.org."}};
    write_word(self, kinds[kind][below(self, 4)]);
}

static void write_phrase(writer *self, const phrase *it) {
    switch (it->kind) {
    case PHRASE_WORD:
    case PHRASE_EXACT:
    case PHRASE_DERIVED: {
        const written_word *written = &self->phrases->written[it->number];
        size_t before = self->used;
        for (size_t p = 0; p < written->parts && written->counts[p]; p++) {
            write_word(self, self->phrases->words->known.items[written->forms[p][below(self, written->counts[p])]]);
        }
        if (written->parts == 2 && below(self, 2)) { /* "do n't" and "don't" */
            char *space = strchr(self->to + before + (before > 0), ' ');
            if (space) {
                memmove(space, space + 1, self->used - (size_t)(space + 1 - self->to));
                self->used--;
            }
        }
        break;
    }
    case PHRASE_KIND: write_kind(self, it->number); break;
    case PHRASE_ANY: write_any(self); break;
    case PHRASE_GAP:
        for (uint32_t n = below(self, it->number + 1); n > 0; n--) write_any(self);
        break;
    case PHRASE_LIST:
    case PHRASE_SLOT: {
        const definition *means = phrase_definition(self->phrases, it);
        if (means) write_phrase(self, means->phrases[below(self, means->count)]);
        break;
    }
    case PHRASE_SEQUENCE:
        for (uint32_t i = 0; i < it->child_count; i++) write_phrase(self, it->children[i]);
        break;
    case PHRASE_CHOICE: write_phrase(self, it->children[below(self, it->child_count)]); break;
    case PHRASE_OPTION:
        if (below(self, 2)) write_phrase(self, it->children[0]);
        break;
    case PHRASE_REPEAT:
        do write_phrase(self, it->children[0]);
        while (!below(self, 3));
        break;
    }
    self->to[self->used] = '\0';
}

static bool write_guards(writer *self, const guard *it) {
    for (; it; it = it->next) {
        for (const condition *one = it->conditions; one; one = one->next) {
            if (!one->phrase || below(self, 2)) continue;
            write_phrase(self, one->phrase);
            return true;
        }
    }
    return false;
}

size_t oracle_sample(const oracle *self, oracle_random *random, void *context, char *to, size_t room) {
    writer now = {self->rules->phrases, random, context, to, room, 0};
    if (room) to[0] = '\0';
    size_t statements = 0;
    for (const statement *it = self->statements; it; it = it->next) statements += it->lines || it->triggers;
    if (!statements) return 0;
    size_t which = below(&now, statements);
    for (const statement *it = self->statements; it; it = it->next) {
        if (!(it->lines || it->triggers) || which-- > 0) continue;
        size_t lines = 0;
        for (const rule_line *said = it->lines; said; said = said->next) lines++;
        for (const trigger *one = it->triggers; one; one = one->next) lines++;
        size_t chosen = below(&now, lines);
        for (const rule_line *said = it->lines; said; said = said->next) {
            if (chosen-- > 0) continue;
            if (said->phrase && below(&now, 8))
                write_phrase(&now, said->phrase);
            else
                write_guards(&now, said->guards);
        }
        for (const trigger *one = it->triggers; one; one = one->next) {
            if (chosen-- == 0 && one->phrase) write_phrase(&now, one->phrase);
        }
        break;
    }
    return now.used;
}

uint32_t oracle_form_count(const oracle *self) {
    const word_book *words = self->rules->phrases->words;
    return (uint32_t)(words->known.count + words->contraction_count + words->abbreviations.count);
}

const char *oracle_form(const oracle *self, uint32_t index) {
    const word_book *words = self->rules->phrases->words;
    if (index < words->known.count) return words->known.items[index];
    index -= (uint32_t)words->known.count;
    if (index < words->contraction_count) return words->contractions[index].token;
    index -= (uint32_t)words->contraction_count;
    return index < words->abbreviations.count ? words->abbreviations.items[index] : NULL;
}

static uint8_t first_role(uint32_t roles) {
    for (uint8_t role = 0; role < CARE_ROLE_COUNT; role++) {
        if (roles >> role & 1) return role;
    }
    return 0;
}

void oracle_examples(const oracle *self, oracle_visit_example *visit, void *context) {
    for (const statement *it = self->statements; it; it = it->next) {
        uint8_t role = 0;
        for (size_t i = 0; i < self->rules->concept_count; i++) {
            if (slice_equals(it->name, self->rules->concepts[i].name)) role = first_role(self->rules->concepts[i].roles);
        }
        for (const example *one = it->examples; one; one = one->next) {
            care_turn turns[64];
            size_t count = 0;
            for (const example_turn *said = one->turns; said && count < 64; said = said->next) {
                turns[count++] = (care_turn){.text = said->text.at,
                                             .length = said->text.length,
                                             .role = said->role >= 0 ? (uint8_t)said->role : role,
                                             .channel = (uint8_t)one->channel};
            }
            visit(context, turns, count, it->name.at, one->place.line);
        }
    }
}
