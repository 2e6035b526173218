/* Compiled packs from anywhere: cut short, altered, altered with the checksum made right again. Every one is refused, or runs
 * without a step outside.
 *
 * For the last kind the pack is laid out anew with gaps between its sections, and the gaps are poisoned where the address
 * sanitizer is there: so a step outside a section is seen, even if it stays inside the block. */
#include "pack_format.h"
#include "support/exercise.h"
#include "support/heard.h"

#if defined(__SANITIZE_ADDRESS__)
#define POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POISONS 1
#endif
#endif
#ifdef POISONS
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

#define GAP 1024u

static const uint32_t record_sizes[SECTION_COUNT] = PACK_RECORD_SIZES;

/* A block that may be changed. */
typedef struct blob {
    unsigned char *bytes;
    size_t length;
} blob;

static pack_header *header_of(const blob *self) {
    return (pack_header *)(void *)self->bytes;
}

static size_t section_bytes(const pack_header *header, int which) {
    return (size_t)header->sections[which].count * record_sizes[which];
}

static void *record(const blob *self, pack_section which, size_t index) {
    cr_assert_lt(index, header_of(self)->sections[which].count);
    return self->bytes + header_of(self)->sections[which].offset + index * record_sizes[which];
}

static blob blob_new(const char *text, size_t gap) {
    care_pack *pack = heard_compile(text);
    size_t length;
    const unsigned char *bytes = care_pack_bytes(pack, &length);
    const pack_header *from = (const pack_header *)(const void *)bytes;
    size_t total = sizeof *from;
    for (int i = 0; i < SECTION_COUNT; i++) total += (gap + section_bytes(from, i) + 7) & ~(size_t)7;
    total += gap;
    blob made = {calloc(1, total), total};
    pack_header head = *from;
    size_t at = sizeof head;
    for (int i = 0; i < SECTION_COUNT; i++) {
        at = (at + gap + 7) & ~(size_t)7;
        head.sections[i].offset = at;
        memcpy(made.bytes + at, bytes + from->sections[i].offset, section_bytes(from, i));
        at += section_bytes(from, i);
    }
    made.length = gap ? total : (at + 7) & ~(size_t)7;
    head.length = made.length;
    memcpy(made.bytes, &head, sizeof head);
    exercise_repair(made.bytes, made.length);
    care_pack_unref(pack);
    return made;
}

static void poison(const blob *self, bool on) {
    size_t at = sizeof(pack_header);
    for (int i = 0; i <= SECTION_COUNT; i++) {
        size_t to = i < SECTION_COUNT ? (size_t)header_of(self)->sections[i].offset : self->length;
        if (on)
            ASAN_POISON_MEMORY_REGION(self->bytes + at, to - at);
        else
            ASAN_UNPOISON_MEMORY_REGION(self->bytes + at, to - at);
        if (i < SECTION_COUNT) at = to + section_bytes(header_of(self), i);
    }
}

static care_status load(const blob *self) {
    care_pack *pack = NULL;
    care_error error = {.size = sizeof error};
    care_status status = care_pack_load(&pack, self->bytes, self->length, NULL, &error);
    cr_assert((status == CARE_OK) == (pack != NULL));
    if (status != CARE_OK) cr_assert(error.status == status && error.message[0] && error.offset <= self->length);
    care_pack_unref(pack);
    return status;
}

static care_status load_repaired(const blob *self) {
    exercise_repair(self->bytes, self->length);
    return load(self);
}

/* Loads the block, whatever it holds, and uses it if it is taken. Whether it was. */
static bool try(const blob *self) {
    care_pack *pack = NULL;
    exercise_repair(self->bytes, self->length);
    care_status status = care_pack_map(&pack, self->bytes, self->length, NULL, NULL);
    if (status != CARE_OK) {
        cr_assert(!pack && (status == CARE_E_CORRUPT || status == CARE_E_VERSION));
        return false;
    }
    poison(self, true);
    exercise_pack(pack);
    poison(self, false);
    care_pack_unref(pack);
    return true;
}

/* ---- What is refused ---- */

Test(verify, an_unaltered_pack_loads) {
    blob plain = blob_new(EVERYTHING, 0), wide = blob_new(EVERYTHING, GAP);
    cr_assert_eq(load(&plain), CARE_OK);
    cr_assert_eq(load(&wide), CARE_OK);
    cr_assert(try(&wide));
    free(plain.bytes);
    free(wide.bytes);
}

Test(verify, cut_at_every_length) {
    blob whole = blob_new(EVERYTHING, 0);
    for (size_t length = 0; length < whole.length; length++) {
        unsigned char *exact = malloc(length ? length : 1); /* so that a byte too far is seen */
        memcpy(exact, whole.bytes, length);
        blob cut = {exact, length};
        cr_assert_eq(load(&cut), CARE_E_CORRUPT, "%zu bytes", length);
        care_pack *pack = NULL;
        cr_assert_neq(care_pack_map(&pack, exact, length, NULL, NULL), CARE_OK);
        free(exact);
    }
    unsigned char *longer = calloc(1, whole.length + 8);
    memcpy(longer, whole.bytes, whole.length);
    blob extended = {longer, whole.length + 8};
    cr_assert_eq(load(&extended), CARE_E_CORRUPT);
    free(longer);
    free(whole.bytes);
}

Test(verify, every_byte_flipped) {
    blob it = blob_new(EVERYTHING, 0);
    for (size_t at = 0; at < it.length; at++)
        for (int bit = 0; bit < 8; bit += 7) {
            it.bytes[at] ^= (unsigned char)(1 << bit);
            care_status status = load(&it);
            cr_assert(at >= 8 && at < 12 ? status == CARE_E_VERSION : status == CARE_E_CORRUPT, "byte %zu: %s", at,
                      care_status_name(status));
            it.bytes[at] ^= (unsigned char)(1 << bit);
        }
    cr_assert_eq(load(&it), CARE_OK);
    free(it.bytes);
}

Test(verify, other_versions) {
    blob it = blob_new(EVERYTHING, 0);
    for (uint32_t format = 0; format <= PACK_FORMAT; format++) {
        header_of(&it)->format = format;
        cr_assert_eq(load_repaired(&it), format == PACK_FORMAT ? CARE_OK : CARE_E_VERSION);
    }
    header_of(&it)->format = PACK_FORMAT + 1;
    blob short_one = {it.bytes, 16}; /* a future header may be of another size */
    cr_assert_eq(load(&short_one), CARE_E_VERSION);
    free(it.bytes);
}

Test(verify, arguments) {
    blob it = blob_new(EVERYTHING, 0);
    care_pack *pack = NULL;
    cr_assert_eq(care_pack_load(NULL, it.bytes, it.length, NULL, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_pack_load(&pack, NULL, it.length, NULL, NULL), CARE_E_ARGUMENT);
    unsigned char *shifted = malloc(it.length + 8);
    memcpy(shifted + 1, it.bytes, it.length);
    cr_assert_eq(care_pack_map(&pack, shifted + 1, it.length, NULL, NULL), CARE_E_ARGUMENT, "not aligned");
    cr_assert_eq(care_pack_load(&pack, shifted + 1, it.length, NULL, NULL), CARE_OK, "loading copies");
    care_pack_unref(pack);
    free(shifted);
    free(it.bytes);
}

/* ---- References, each kind by itself ---- */

#define REFUSED(type, section, index, field, value)                                                        \
    do {                                                                                                   \
        type *at_ = record(&it, (section), (index));                                                       \
        type kept_ = *at_;                                                                                 \
        at_->field = (value);                                                                              \
        cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT, "%s %zu: %s = %s", #type, (size_t)(index), #field, #value); \
        *at_ = kept_;                                                                                      \
    } while (0)

/* The first record of a section for which `wanted` holds. */
#define FIND(type, section, name, wanted)                                             \
    size_t name = 0;                                                                  \
    for (; name < header_of(&it)->sections[section].count; name++) {                  \
        const type *one = record(&it, (section), name);                               \
        if (wanted) break;                                                            \
    }                                                                                 \
    cr_assert_lt(name, header_of(&it)->sections[section].count, "the pack has no %s", #wanted)

Test(verify, words) {
    blob it = blob_new(EVERYTHING, 0);
    FIND(pack_form, SECTION_FORMS, used, one->flags & FORM_USED && !(one->flags & FORM_LONG));
    FIND(pack_form, SECTION_FORMS, long_form, one->flags & FORM_LONG);
    FIND(pack_form, SECTION_FORMS, empty, !one->flags);
    FIND(pack_form, SECTION_FORMS, pair, one->flags & FORM_CONTRACTION);
    FIND(pack_contraction, SECTION_CONTRACTIONS, conditional, one->after != PACK_NONE);
    size_t split = ((pack_form_detail *)record(&it, SECTION_FORM_DETAILS, pair))->contraction;
    REFUSED(pack_form, SECTION_FORMS, used, symbol, (uint16_t)header_of(&it)->symbol_count);
    REFUSED(pack_form, SECTION_FORMS, used, head, kept_.head + 1);
    REFUSED(pack_form, SECTION_FORMS, used, tail, kept_.tail + 1);
    REFUSED(pack_form, SECTION_FORMS, used, flags, kept_.flags | FORM_LONG);
    REFUSED(pack_form, SECTION_FORMS, long_form, flags, kept_.flags ^ FORM_LONG);
    REFUSED(pack_form, SECTION_FORMS, long_form, tail, kept_.tail + 1);
    REFUSED(pack_form, SECTION_FORMS, empty, flags, FORM_WORD);
    REFUSED(pack_form, SECTION_FORMS, empty, head, 1);
    REFUSED(pack_form_detail, SECTION_FORM_DETAILS, used, length, 0);
    REFUSED(pack_form_detail, SECTION_FORM_DETAILS, used, length, (uint16_t)(kept_.length + 1));
    REFUSED(pack_form_detail, SECTION_FORM_DETAILS, long_form, length, 65);
    REFUSED(pack_form_detail, SECTION_FORM_DETAILS, used, text, UINT32_MAX);
    REFUSED(pack_form_detail, SECTION_FORM_DETAILS, pair, contraction, (uint16_t)header_of(&it)->sections[SECTION_CONTRACTIONS].count);
    REFUSED(pack_contraction, SECTION_CONTRACTIONS, split, first, 256);
    REFUSED(pack_contraction, SECTION_CONTRACTIONS, split, second, UINT32_MAX);
    REFUSED(pack_contraction, SECTION_CONTRACTIONS, split, cut, 64);
    REFUSED(pack_contraction, SECTION_CONTRACTIONS, conditional, after, UINT32_MAX - 1);
    REFUSED(pack_contraction, SECTION_CONTRACTIONS, conditional, before, 1u << 30);
    REFUSED(pack_clitic, SECTION_CLITICS, 0, form, 256);
    REFUSED(pack_clitic, SECTION_CLITICS, 0, text, UINT32_MAX);
    REFUSED(pack_clitic, SECTION_CLITICS, 0, length, 0);
    REFUSED(pack_clitic, SECTION_CLITICS, 0, length, UINT32_MAX);
    cr_assert_eq(load_repaired(&it), CARE_OK);
    free(it.bytes);
}

Test(verify, phrases_and_gates) {
    blob it = blob_new(EVERYTHING, 0);
    uint32_t phrases = (uint32_t)header_of(&it)->sections[SECTION_PHRASES].count;
    FIND(pack_phrase, SECTION_PHRASES, of_context, one->rule == PACK_NONE);
    FIND(pack_phrase, SECTION_PHRASES, of_rule, one->rule != PACK_NONE);
    for (uint32_t i = 0; i < phrases; i++) {
        REFUSED(pack_phrase, SECTION_PHRASES, i, first_position, UINT32_MAX);
        REFUSED(pack_phrase, SECTION_PHRASES, i, position_count, 0);
        REFUSED(pack_phrase, SECTION_PHRASES, i, position_count, 65);
        REFUSED(pack_phrase, SECTION_PHRASES, i, starts, UINT64_MAX);
        REFUSED(pack_phrase, SECTION_PHRASES, i, accepts, UINT64_C(1) << kept_.position_count);
        REFUSED(pack_phrase, SECTION_PHRASES, i, max_words, 0);
        REFUSED(pack_phrase, SECTION_PHRASES, i, max_words, 65);
        REFUSED(pack_phrase, SECTION_PHRASES, i, edges, 64);
        REFUSED(pack_phrase, SECTION_PHRASES, i, rule, UINT32_MAX - 1);
    }
    REFUSED(pack_phrase, SECTION_PHRASES, of_context, rule, 0);
    REFUSED(pack_phrase, SECTION_PHRASES, of_rule, rule, kept_.rule + 1);
    FIND(pack_taking, SECTION_TAKINGS, taking, one->symbols[0] != 0);
    REFUSED(pack_taking, SECTION_TAKINGS, taking, masks[0], UINT16_MAX);
    REFUSED(pack_taking, SECTION_TAKINGS, taking, symbols[0], 0);
    FIND(pack_taking, SECTION_TAKINGS, shared, one->symbols[1] != 0); /* the masks of both would be added up */
    REFUSED(pack_taking, SECTION_TAKINGS, shared, symbols[0], kept_.symbols[1]);
    REFUSED(pack_taking, SECTION_TAKINGS, shared, symbols[PACK_BUCKET - 1], kept_.symbols[0]);
    uint64_t *masks = record(&it, SECTION_MASKS, 0);
    masks[0] = 1;
    cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT);
    masks[0] = 0;
    masks[1] ^= UINT64_C(1) << 63;
    cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT);
    masks[1] ^= UINT64_C(1) << 63;
    REFUSED(pack_phrase, SECTION_PHRASES, 0, first_taking, 1);
    REFUSED(pack_phrase, SECTION_PHRASES, 0, first_mask, 1);
    REFUSED(pack_phrase, SECTION_PHRASES, 0, mask_count, 0);
    REFUSED(pack_phrase, SECTION_PHRASES, 0, mask_count, UINT16_MAX);
    REFUSED(pack_phrase, SECTION_PHRASES, 0, taking_shift, 11);
    REFUSED(pack_phrase, SECTION_PHRASES, 0, taking_shift, 33);
    REFUSED(pack_phrase, SECTION_PHRASES, 0, any, UINT64_MAX);
    REFUSED(pack_position, SECTION_POSITIONS, 0, follow, UINT64_MAX);
    REFUSED(pack_position, SECTION_POSITIONS, 0, slot, 1);
    for (size_t i = 0; i < header_of(&it)->sections[SECTION_SYMBOL_GATES].count; i++) {
        REFUSED(pack_symbol_gate, SECTION_SYMBOL_GATES, i, company, TRAITS_COUNT);
        REFUSED(pack_symbol_gate, SECTION_SYMBOL_GATES, i, company, UINT8_MAX);
        REFUSED(pack_symbol_gate, SECTION_SYMBOL_GATES, i, tier, TRAITS_COUNT);
        REFUSED(pack_symbol_gate, SECTION_SYMBOL_GATES, i, tier, UINT8_MAX);
    }
    FIND(pack_key_bucket, SECTION_KEY_BUCKETS, pair, one->keys[0] != 0 && !one->keys[PACK_BUCKET - 1]);
    REFUSED(pack_key_bucket, SECTION_KEY_BUCKETS, pair, runs[0], UINT32_MAX);
    size_t spare = (size_t)header_of(&it)->sections[SECTION_GATE_LIST].count - (PACK_GATE_AHEAD - 1);
    REFUSED(pack_key_bucket, SECTION_KEY_BUCKETS, pair, runs[0], (uint32_t)spare + 1);
    REFUSED(pack_key_bucket, SECTION_KEY_BUCKETS, pair, runs[0], 0);
    REFUSED(pack_key_bucket, SECTION_KEY_BUCKETS, pair, runs[PACK_BUCKET - 1], 1);
    FIND(pack_key_bucket, SECTION_KEY_BUCKETS, crowded, one->keys[1] != 0); /* their bits would be put together */
    REFUSED(pack_key_bucket, SECTION_KEY_BUCKETS, crowded, keys[0], kept_.keys[1]);
    REFUSED(pack_key_bucket, SECTION_KEY_BUCKETS, crowded, keys[1], kept_.keys[0]);
    for (uint32_t left = 0; left <= PACK_RUN_MOST; left++) {
        if (left != 1) REFUSED(pack_gate, SECTION_GATE_LIST, spare - 1, asks, left << PACK_GATE_LEFT);
        if (left != 1) REFUSED(pack_gate, SECTION_GATE_LIST, spare, asks, left << PACK_GATE_LEFT);
        if (left != 1 && left != 2) REFUSED(pack_gate, SECTION_GATE_LIST, spare - 2, asks, left << PACK_GATE_LEFT);
    }
    uint32_t *list = record(&it, SECTION_GATE_LIST, 0), kept = *list;
    *list = phrases;
    cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT);
    *list = (uint32_t)of_context; /* it has no rule */
    cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT);
    *list = kept;
    for (size_t i = 0; i < header_of(&it)->sections[SECTION_KEY_BUCKETS].count; i++)
        for (size_t k = 0; k < PACK_BUCKET; k++) {
            pack_key_bucket *bucket = record(&it, SECTION_KEY_BUCKETS, i);
            bucket->keys[k] |= 1;
            if (!bucket->runs[k]) bucket->runs[k] = 1;
        }
    cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT, "a table without an empty place");
    free(it.bytes);
}

/* What only rules things out may say anything; what is looked up by it stays inside. */
Test(verify, gates_that_say_anything) {
    static const uint64_t values[] = {0, 1, UINT64_C(1) << 63, UINT64_MAX};
    for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
        blob it = blob_new(EVERYTHING, GAP);
        pack_traits traits = {values[v], values[v]};
        for (size_t i = 0; i < header_of(&it)->sections[SECTION_PHRASES].count; i++) {
            pack_phrase *phrase = record(&it, SECTION_PHRASES, i);
            phrase->needs[0] = phrase->needs[1] = phrase->begins = traits;
            phrase->before_gate = (uint8_t)(v & 1 ? UINT8_MAX : 0);
            phrase->least_before = (uint8_t)(v & 2 ? UINT8_MAX : 0);
        }
        size_t room = (size_t)header_of(&it)->sections[SECTION_GATE_LIST].count;
        for (size_t i = 0; i < room; i++) {
            pack_gate *gate = record(&it, SECTION_GATE_LIST, i);
            gate->needs = traits;
            gate->before = gate->after = values[v];
            size_t left = i + PACK_GATE_AHEAD > room ? 1 : room - i - PACK_GATE_AHEAD + 1; /* all of them are one run */
            gate->asks = (uint32_t)values[v] << 3 >> 3 | (uint32_t)(left < PACK_RUN_MOST ? left : PACK_RUN_MOST) << PACK_GATE_LEFT;
        }
        for (size_t i = 0; i < header_of(&it)->sections[SECTION_SYMBOL_GATES].count; i++) {
            pack_symbol_gate *gate = record(&it, SECTION_SYMBOL_GATES, i);
            gate->said = v & 1 ? 0 : UINT32_MAX;
            memset(gate->pairs, v & 1 ? 0 : UINT8_MAX, sizeof gate->pairs);
            gate->triggers = (uint32_t)values[v];
        }
        for (size_t i = 0; i < header_of(&it)->sections[SECTION_KEY_FILTER].count; i++)
            *(uint64_t *)record(&it, SECTION_KEY_FILTER, i) = UINT64_MAX;
        for (size_t i = 0; i < header_of(&it)->sections[SECTION_CONTEXTS].count; i++)
            ((pack_context *)record(&it, SECTION_CONTEXTS, i))->triggers = (uint32_t)values[v];
        cr_assert(try(&it));
        free(it.bytes);
    }
}

/* No gates, and of keys one bucket, which is empty: the smallest tables there are. */
Test(verify, no_gates) {
    blob it = blob_new(EVERYTHING, 0);
    header_of(&it)->sections[SECTION_GATE_LIST].count = 0;
    cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT, "some key has gates");
    header_of(&it)->sections[SECTION_KEY_BUCKETS].count = 0;
    cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT, "there is no empty place");
    header_of(&it)->sections[SECTION_KEY_BUCKETS].count = 1;
    memset(record(&it, SECTION_KEY_BUCKETS, 0), 0, sizeof(pack_key_bucket));
    cr_assert(try(&it));
    for (uint32_t count = 1; count <= PACK_GATE_AHEAD; count++) { /* gates of which some stand behind the last one only */
        header_of(&it)->sections[SECTION_GATE_LIST].count = count;
        for (uint32_t i = 0; i < count; i++) ((pack_gate *)record(&it, SECTION_GATE_LIST, i))->asks = 1u << PACK_GATE_LEFT;
        cr_assert_eq(load_repaired(&it), count < PACK_GATE_AHEAD - 1 ? CARE_E_CORRUPT : CARE_OK, "%u gates", count);
    }
    free(it.bytes);
}

Test(verify, rules_and_guards) {
    blob it = blob_new(EVERYTHING, 0);
    FIND(pack_concept, SECTION_CONCEPTS, cue, one->signal == PACK_NONE16);
    FIND(pack_concept, SECTION_CONCEPTS, signal, one->signal != PACK_NONE16);
    FIND(pack_rule, SECTION_RULES, say, one->kind == RULE_SAY);
    FIND(pack_rule, SECTION_RULES, when, one->kind == RULE_WHEN);
    FIND(pack_rule, SECTION_RULES, conversation, one->kind == RULE_CONVERSATION);
    FIND(pack_condition, SECTION_CONDITIONS, of_concept, one->kind == PACK_IF_CONCEPT && one->where == PACK_BEFORE);
    FIND(pack_condition, SECTION_CONDITIONS, of_context, one->kind == PACK_IF_CONTEXT);
    REFUSED(pack_concept, SECTION_CONCEPTS, cue, name, UINT32_MAX);
    REFUSED(pack_concept, SECTION_CONCEPTS, cue, meaning, UINT32_MAX);
    REFUSED(pack_concept, SECTION_CONCEPTS, cue, pillar, UINT32_MAX);
    REFUSED(pack_concept, SECTION_CONCEPTS, cue, first_rule, UINT32_MAX);
    REFUSED(pack_concept, SECTION_CONCEPTS, cue, rule_count, UINT32_MAX);
    REFUSED(pack_concept, SECTION_CONCEPTS, cue, rule_count, kept_.rule_count + 1);
    REFUSED(pack_concept, SECTION_CONCEPTS, signal, first_guard, UINT32_MAX);
    REFUSED(pack_concept, SECTION_CONCEPTS, signal, guard_count, UINT32_MAX);
    REFUSED(pack_concept, SECTION_CONCEPTS, signal, first_yield, UINT32_MAX);
    REFUSED(pack_concept, SECTION_CONCEPTS, signal, yield_count, UINT32_MAX);
    REFUSED(pack_concept, SECTION_CONCEPTS, signal, signal, UINT16_MAX - 1);
    REFUSED(pack_concept, SECTION_CONCEPTS, signal, signal, PACK_NONE16);
    REFUSED(pack_concept, SECTION_CONCEPTS, signal, drops, 1u << 12);
    REFUSED(pack_concept, SECTION_CONCEPTS, signal, polarity, 2);
    REFUSED(pack_concept, SECTION_CONCEPTS, signal, degree, 4);
    REFUSED(pack_rule, SECTION_RULES, say, name, UINT32_MAX);
    REFUSED(pack_rule, SECTION_RULES, say, text, UINT32_MAX);
    REFUSED(pack_rule, SECTION_RULES, say, file, UINT32_MAX);
    REFUSED(pack_rule, SECTION_RULES, say, phrase, UINT32_MAX);
    REFUSED(pack_rule, SECTION_RULES, say, phrase, 1u << 20);
    REFUSED(pack_rule, SECTION_RULES, say, kind, RULE_WHEN);
    REFUSED(pack_rule, SECTION_RULES, say, kind, 5);
    REFUSED(pack_rule, SECTION_RULES, say, weight, 101);
    REFUSED(pack_rule, SECTION_RULES, say, concept, UINT16_MAX);
    REFUSED(pack_rule, SECTION_RULES, say, concept, kept_.concept + 1);
    REFUSED(pack_rule, SECTION_RULES, say, first_guard, UINT32_MAX);
    REFUSED(pack_rule, SECTION_RULES, say, guard_count, UINT16_MAX);
    REFUSED(pack_rule, SECTION_RULES, when, phrase, 0);
    size_t hinted = ((pack_rule *)record(&it, SECTION_RULES, when))->concept;
    REFUSED(pack_concept, SECTION_CONCEPTS, hinted, flags, (uint8_t)(kept_.flags & ~CONCEPT_HINTED));
    REFUSED(pack_rule, SECTION_RULES, conversation, kind, RULE_WHEN);
    REFUSED(pack_guard, SECTION_GUARDS, 0, first_condition, UINT32_MAX);
    REFUSED(pack_guard, SECTION_GUARDS, 0, condition_count, UINT16_MAX);
    REFUSED(pack_guard, SECTION_GUARDS, 0, unless, 2);
    REFUSED(pack_condition, SECTION_CONDITIONS, of_concept, list, UINT32_MAX);
    REFUSED(pack_condition, SECTION_CONDITIONS, of_concept, number, PACK_MAX_HISTORY + 1);
    REFUSED(pack_condition, SECTION_CONDITIONS, of_concept, where, 7);
    REFUSED(pack_condition, SECTION_CONDITIONS, of_concept, kind, 7);
    REFUSED(pack_condition, SECTION_CONDITIONS, of_context, number, 5);
    REFUSED(pack_yield, SECTION_YIELDS, 0, list, UINT32_MAX);
    REFUSED(pack_yield, SECTION_YIELDS, 0, where, PACK_BEFORE);
    uint32_t *signals = record(&it, SECTION_SIGNALS, 0), kept = signals[0];
    for (uint32_t wrong = 0; wrong < 3; wrong++) {
        signals[0] = wrong == 0 ? UINT32_MAX : wrong == 1 ? (uint32_t)cue : signals[1];
        cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT);
        signals[0] = kept;
    }
    cr_assert_eq(load_repaired(&it), CARE_OK);
    free(it.bytes);
}

Test(verify, the_rest) {
    blob it = blob_new(EVERYTHING, 0);
    FIND(pack_rule, SECTION_RULES, say, one->kind == RULE_SAY);
    FIND(pack_trigger, SECTION_TRIGGERS, after, one->kind == PACK_TRIGGER_AFTER);
    REFUSED(pack_context, SECTION_CONTEXTS, 0, name, UINT32_MAX);
    REFUSED(pack_context, SECTION_CONTEXTS, 0, first_trigger, UINT32_MAX);
    REFUSED(pack_context, SECTION_CONTEXTS, 0, trigger_count, UINT32_MAX);
    REFUSED(pack_trigger, SECTION_TRIGGERS, after, phrase, UINT32_MAX);
    REFUSED(pack_trigger, SECTION_TRIGGERS, after, phrase, 1u << 20);
    REFUSED(pack_trigger, SECTION_TRIGGERS, after, kind, 5);
    REFUSED(pack_conversation_rule, SECTION_CONVERSATION_RULES, 0, rule, UINT32_MAX);
    REFUSED(pack_conversation_rule, SECTION_CONVERSATION_RULES, 0, rule, (uint32_t)say);
    REFUSED(pack_conversation_rule, SECTION_CONVERSATION_RULES, 0, opens, UINT32_MAX);
    REFUSED(pack_conversation_rule, SECTION_CONVERSATION_RULES, 0, met, UINT32_MAX);
    REFUSED(pack_conversation_rule, SECTION_CONVERSATION_RULES, 0, within, 0);
    REFUSED(pack_speaker, SECTION_SPEAKERS, 0, label, UINT32_MAX);
    REFUSED(pack_speaker, SECTION_SPEAKERS, 0, length, UINT32_MAX);
    REFUSED(pack_speaker, SECTION_SPEAKERS, 0, role, CARE_ROLE_COUNT);
    REFUSED(pack_layer, SECTION_LAYERS, 0, name, UINT32_MAX);
    REFUSED(pack_layer, SECTION_LAYERS, 0, version, UINT32_MAX);
    REFUSED(pack_source, SECTION_SOURCES, 0, layer, 1);
    REFUSED(pack_source, SECTION_SOURCES, 0, name, UINT32_MAX);
    REFUSED(pack_source, SECTION_SOURCES, 0, text, UINT32_MAX);
    REFUSED(pack_source, SECTION_SOURCES, 0, length, UINT32_MAX);
    uint32_t *answers = record(&it, SECTION_ANSWERS, 0), *slots = record(&it, SECTION_SLOTS, 0);
    uint32_t answer = answers[3], slot = slots[0];
    answers[3] = UINT32_MAX;
    cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT);
    answers[3] = answer;
    slots[0] = UINT32_MAX;
    cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT);
    slots[0] = slot;
    char *last = record(&it, SECTION_STRINGS, (size_t)header_of(&it)->sections[SECTION_STRINGS].count - 1);
    *last = 'x';
    cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT, "strings without an end");
    *last = '\0';
    cr_assert_eq(load_repaired(&it), CARE_OK);
    free(it.bytes);
}

Test(verify, sections) {
    blob it = blob_new(EVERYTHING, 0);
    static const uint64_t wrong[] = {0, 1, 4, 8, UINT32_MAX, UINT64_C(1) << 32, UINT64_MAX, UINT64_MAX - 7, UINT64_C(1) << 61};
    pack_header kept = *header_of(&it);
    for (int i = 0; i < SECTION_COUNT; i++)
        for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++) {
            header_of(&it)->sections[i].offset = wrong[w];
            cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT);
            *header_of(&it) = kept;
            header_of(&it)->sections[i].count = wrong[w];
            if (wrong[w] > it.length) cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT);
            (void)try(&it);
            *header_of(&it) = kept;
        }
    static const uint32_t wrong_counts[] = {0, 1, 2, 65535, 65536, UINT32_MAX};
    for (size_t w = 0; w < sizeof wrong_counts / sizeof *wrong_counts; w++) {
        header_of(&it)->symbol_count = wrong_counts[w];
        cr_assert_eq(load_repaired(&it), CARE_E_CORRUPT);
        *header_of(&it) = kept;
    }
    free(it.bytes);
}

/* ---- Altered with care ---- */

/* Changes each 32-bit word of `step` words from `from` on to many values, and each of its bytes. */
static void alter_words(const blob *it, size_t from, size_t step, size_t *taken) {
    for (int section = 0; section < SECTION_COUNT; section++) {
        size_t begin = (size_t)header_of(it)->sections[section].offset, end = begin + section_bytes(header_of(it), section);
        for (size_t at = begin + 4 * from; at + 4 <= end; at += 4 * step) {
            uint32_t kept, word;
            memcpy(&kept, it->bytes + at, 4);
            const uint32_t changed[] = {0,
                                        1,
                                        2,
                                        5,
                                        UINT32_MAX,
                                        INT32_MAX,
                                        kept + 1,
                                        kept - 1,
                                        kept ^ 0x80000000u,
                                        kept ^ 0x8000u,
                                        kept ^ 0x80u,
                                        kept ^ 0x10000u,
                                        kept ^ 0xff00u,
                                        kept ^ 0xff0000u,
                                        kept ^ 0xff000000u,
                                        kept ^ 0xffu,
                                        kept << 1,
                                        kept + 64,
                                        kept * 3 + 7};
            for (size_t i = 0; i < sizeof changed / sizeof *changed; i++) {
                word = changed[i];
                if (word == kept) continue;
                memcpy(it->bytes + at, &word, 4);
                *taken += try(it);
            }
            memcpy(it->bytes + at, &kept, 4);
        }
    }
}

/* A few words in every run; all of them over runs with the variable CARE_SEED, or at once with CARE_SEED=all. */
Test(verify, altered_and_repaired) {
    const char *seed = getenv("CARE_SEED");
    bool all = seed && strcmp(seed, "all") == 0;
    size_t step = all ? 1 : 17, from = seed && !all ? (size_t)strtoul(seed, NULL, 10) % step : 0, taken = 0;
    blob it = blob_new(EVERYTHING, GAP);
    alter_words(&it, from, step, &taken);
    cr_assert(try(&it), "all was put back");
    cr_assert_gt(taken, 0);
    free(it.bytes);
}

/* Several changes at once. */
Test(verify, altered_in_several_places) {
    const char *seed = getenv("CARE_SEED");
    uint64_t state = seed ? strtoul(seed, NULL, 10) + 1 : 1;
    size_t taken = 0;
    blob it = blob_new(EVERYTHING, GAP), kept = blob_new(EVERYTHING, GAP);
    for (int round = 0; round < 3000; round++) {
        memcpy(it.bytes, kept.bytes, it.length);
        for (int change = 0; change < 3; change++) {
            state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            int section = (int)(state >> 33) % SECTION_COUNT;
            size_t bytes = section_bytes(header_of(&it), section);
            size_t offset = bytes >= 4 ? (size_t)(state >> 40) % (bytes / 4) * 4 : 0;
            uint32_t word;
            memcpy(&word, it.bytes + header_of(&it)->sections[section].offset + offset, 4);
            word = state & 1 ? word + 1 : state & 2 ? word - 1 : state & 4 ? (uint32_t)(state >> 20) % 32 : word ^ 1u << (state >> 59);
            if (bytes >= 4) memcpy(it.bytes + header_of(&it)->sections[section].offset + offset, &word, 4);
        }
        taken += try(&it);
    }
    cr_assert_gt(taken, 100, "%zu", taken);
    free(it.bytes);
    free(kept.bytes);
}
