/* automaton.c - see automaton.h. */
#include "automaton.h"
#include "resolve.h"
#include "spelling.h"

#include <string.h>

#define PARTS_MAX 4u
#define NESTED_MAX 64u /* lists inside lists */

/* A part of a phrase: the positions that can begin it and end it. */
typedef struct fragment {
    uint64_t first, last;
    bool nullable;
    uint32_t longest; /* words; more than PACK_MAX_WORDS: no bound */
} fragment;

typedef struct builder {
    program *program;
    position positions[PACK_MAX_POSITIONS];
    uint32_t count;
    uint32_t slot;   /* of the positions being made */
    bool has_slots;
    uint32_t nested; /* lists and slots around the part being built */
    bool too_large, failed;
    place place;     /* of the phrase */
} builder;

static fragment build(builder *self, const phrase *tree);

/* ---- One word ---- */

/* What a single position accepts. */
typedef struct unit {
    uint32_t *forms;
    uint32_t count;
    size_t room;
    uint8_t kinds;
    bool any;
} unit;

static void unit_add_class(builder *self, unit *to, uint32_t class_index) {
    if (class_index == INTERN_NONE) {
        self->failed = true;
        return;
    }
    uint32_t count;
    const uint32_t *forms = spelling_forms(self->program, class_index, &count);
    if (!arena_reserve(self->program->arena, (void **)&to->forms, &to->room, to->count + count, sizeof *to->forms)) {
        self->failed = true;
        return;
    }
    memcpy(to->forms + to->count, forms, count * sizeof *forms);
    to->count += count;
}

static uint8_t kind_bit(const builder *self, const phrase *tree) {
    if (tree->number == KIND_EMOJI && self->program->drops_emoji)
        COMPLAIN(self->program, tree->place, "\"filler #emoji\" drops emoji before phrases are looked for: nothing can match #emoji here");
    return (uint8_t)(1u << tree->number);
}

/* Adds `tree` to the unit if it always matches exactly one word (and hands out no slot). */
static bool unit_add(builder *self, unit *to, const phrase *tree) {
    uint32_t classes[PARTS_MAX];
    switch (tree->kind) {
        case PHRASE_WORD:
        case PHRASE_EXACT:
        case PHRASE_DERIVED: {
            uint32_t count = spelling_classes(self->program, tree->kind, tree->text, tree->place, classes, PARTS_MAX);
            self->failed |= count == 0;
            if (count != 1) return false;
            unit_add_class(self, to, classes[0]);
            return true;
        }
        case PHRASE_KIND: to->kinds |= kind_bit(self, tree); return true;
        case PHRASE_ANY: to->any = true; return true;
        case PHRASE_SEQUENCE: return tree->child_count == 1 && unit_add(self, to, tree->children[0]);
        case PHRASE_CHOICE: {
            unit all = {0};
            for (uint32_t i = 0; i < tree->child_count; i++)
                if (!unit_add(self, &all, tree->children[i])) return false;
            uint32_t joined = all.count ? spelling_class_of(self->program, all.forms, all.count) : INTERN_NONE;
            if (all.count) unit_add_class(self, to, joined);
            to->kinds |= all.kinds;
            to->any |= all.any;
            return true;
        }
        default: return false;
    }
}

static fragment position_new(builder *self, uint32_t class_index, uint8_t kinds, bool any) {
    fragment made = {0, 0, false, 1};
    if (self->count == PACK_MAX_POSITIONS) {
        self->too_large = true;
        return made;
    }
    position *added = self->positions + self->count;
    memset(added, 0, sizeof *added);
    added->class_index = class_index;
    added->slot = self->slot;
    added->kinds = kinds;
    added->any = any;
    made.first = made.last = UINT64_C(1) << self->count++;
    return made;
}

static fragment position_of_unit(builder *self, unit *from) {
    uint32_t class_index = from->count ? spelling_class_of(self->program, from->forms, from->count) : PROGRAM_NONE;
    return position_new(self, class_index, from->kinds, from->any);
}

/* ---- Putting together ---- */

static void connect(builder *self, uint64_t from, uint64_t to) {
    for (; from; from &= from - 1) self->positions[__builtin_ctzll(from)].follow |= to;
}

static uint32_t longer(uint32_t a, uint32_t b) {
    return a + b > PACK_MAX_WORDS ? PACK_MAX_WORDS + 1 : a + b;
}

static fragment in_sequence(builder *self, fragment a, fragment b) {
    connect(self, a.last, b.first);
    fragment made = {a.first | (a.nullable ? b.first : 0), b.last | (b.nullable ? a.last : 0), a.nullable && b.nullable,
                     longer(a.longest, b.longest)};
    return made;
}

static fragment either(fragment a, fragment b) {
    fragment made = {a.first | b.first, a.last | b.last, a.nullable || b.nullable, a.longest > b.longest ? a.longest : b.longest};
    return made;
}

static const fragment nothing = {0, 0, true, 0};

static fragment build_word(builder *self, const phrase *tree) {
    uint32_t classes[PARTS_MAX];
    uint32_t count = spelling_classes(self->program, tree->kind, tree->text, tree->place, classes, PARTS_MAX);
    if (!count) self->failed = true;
    fragment made = nothing;
    for (uint32_t i = 0; i < count; i++) made = in_sequence(self, made, position_new(self, classes[i], 0, false));
    return made;
}

/* The children that are single words share one position: lists of words stay small. */
static fragment build_choice(builder *self, phrase *const *children, uint32_t count) {
    fragment made = {0, 0, false, 0};
    unit singles = {0};
    bool any_single = false;
    for (uint32_t i = 0; i < count; i++) {
        if (unit_add(self, &singles, children[i]))
            any_single = true;
        else
            made = either(made, build(self, children[i]));
    }
    if (any_single) made = either(made, position_of_unit(self, &singles));
    return made;
}

static fragment build_gap(builder *self, uint32_t words) {
    fragment made = nothing;
    uint64_t before = 0;
    for (uint32_t i = 0; i < words && !self->too_large; i++) {
        fragment one = position_new(self, PROGRAM_NONE, 0, true);
        connect(self, before, one.first);
        before = one.last;
        if (!i) made.first = one.first;
        made.last |= one.last;
    }
    made.longest = words;
    return made;
}

static fragment build_named(builder *self, named_phrase *named, slice name, place where) {
    if (!named) {
        self->failed = true;
        return nothing;
    }
    if (named->being_built) {
        COMPLAIN(self->program, where, "\"%.*s\" holds itself; take it out of its own phrases", SLICE(name));
        self->failed = true;
        return nothing;
    }
    if (self->nested == NESTED_MAX) {
        COMPLAIN(self->program, where, "lists are nested more than %u deep at \"%.*s\"; write out one of them", NESTED_MAX, SLICE(name));
        self->failed = true;
        return nothing;
    }
    self->nested++;
    named->being_built = true;
    /* A part of a list is itself a choice: taken apart, so that all its single words share a position. */
    phrase **all = NULL;
    size_t room = 0;
    uint32_t count = 0;
    for (uint32_t i = 0; i < named->parts.count; i++) {
        phrase *part = (phrase *)(uintptr_t)named->parts.items[i];
        uint32_t here = part->kind == PHRASE_CHOICE ? part->child_count : 1;
        if (!arena_reserve(self->program->arena, (void **)&all, &room, count + here, sizeof *all)) break;
        if (part->kind == PHRASE_CHOICE)
            memcpy(all + count, part->children, here * sizeof *all);
        else
            all[count] = part;
        count += here;
    }
    fragment made = build_choice(self, all, count);
    named->being_built = false;
    self->nested--;
    return made;
}

static fragment build_slot(builder *self, const phrase *tree) {
    named_phrase *named = resolve_named(self->program, &self->program->slots, tree->text, tree->place, "slot");
    uint32_t outer = self->slot;
    if (named) self->slot = (uint32_t)(named - self->program->slots.items);
    self->has_slots = true;
    fragment made = build_named(self, named, tree->text, tree->place);
    self->slot = outer;
    return made;
}

static fragment build(builder *self, const phrase *tree) {
    if (self->too_large || self->failed) return nothing;
    fragment made = nothing;
    switch (tree->kind) {
        case PHRASE_WORD:
        case PHRASE_EXACT:
        case PHRASE_DERIVED: return build_word(self, tree);
        case PHRASE_LIST:
            return build_named(self, resolve_named(self->program, &self->program->lists, tree->text, tree->place, "list"), tree->text,
                               tree->place);
        case PHRASE_SLOT: return build_slot(self, tree);
        case PHRASE_KIND: return position_new(self, PROGRAM_NONE, kind_bit(self, tree), false);
        case PHRASE_ANY: return position_new(self, PROGRAM_NONE, 0, true);
        case PHRASE_GAP: return build_gap(self, tree->number);
        case PHRASE_SEQUENCE:
            for (uint32_t i = 0; i < tree->child_count; i++) made = in_sequence(self, made, build(self, tree->children[i]));
            return made;
        case PHRASE_CHOICE: return build_choice(self, tree->children, tree->child_count);
        case PHRASE_OPTION:
            made = build(self, tree->children[0]);
            made.nullable = true;
            return made;
        case PHRASE_REPEAT:
            made = build(self, tree->children[0]);
            connect(self, made.last, made.first);
            made.longest = PACK_MAX_WORDS + 1;
            return made;
    }
    return made;
}

/* ---- The whole phrase ---- */

/* Whether some match would consist of any-words only: nothing to look for. */
static bool matches_anything(const builder *self, fragment whole) {
    uint64_t reached = 0, next = whole.first;
    while (next & ~reached) {
        uint64_t fresh = next & ~reached;
        reached |= fresh;
        next = 0;
        for (; fresh; fresh &= fresh - 1) {
            uint32_t p = (uint32_t)__builtin_ctzll(fresh);
            if (!self->positions[p].any) continue;
            if (whole.last >> p & 1) return true;
            next |= self->positions[p].follow;
        }
    }
    return false;
}

uint32_t automaton_build(program *self, const phrase *tree, uint32_t edges, uint32_t rule) {
    builder *at = arena_take(self->arena, sizeof *at);
    if (!at) return PROGRAM_NONE;
    at->program = self;
    at->slot = PROGRAM_NONE;
    at->place = tree->place;
    fragment whole = build(at, tree);
    if (self->arena->out_of_memory || at->failed) return PROGRAM_NONE;
    if (at->too_large) {
        COMPLAIN(self, at->place,
                 "this phrase is too large: more than %u words, counting each word of a gap and each longer member of a list; split it "
                 "into several lines",
                 PACK_MAX_POSITIONS);
        return PROGRAM_NONE;
    }
    if (whole.nullable || matches_anything(at, whole)) {
        COMPLAIN(self, at->place, "this phrase could match without any word of its own; add a word that must be there");
        return PROGRAM_NONE;
    }
    if (!arena_reserve(self->arena, (void **)&self->phrases, &self->phrase_room, self->phrase_count + 1, sizeof *self->phrases))
        return PROGRAM_NONE;
    built_phrase *made = self->phrases + self->phrase_count;
    memset(made, 0, sizeof *made);
    made->starts = whole.first;
    made->accepts = whole.last;
    made->positions = arena_take(self->arena, at->count * sizeof *made->positions);
    if (!made->positions) return PROGRAM_NONE;
    memcpy(made->positions, at->positions, at->count * sizeof *made->positions);
    made->position_count = at->count;
    made->max_words = whole.longest > PACK_MAX_WORDS ? PACK_MAX_WORDS : whole.longest;
    made->edges = edges;
    made->rule = rule;
    made->has_slots = at->has_slots;
    made->place = at->place;
    return (uint32_t)self->phrase_count++;
}
