/* pack.c - loading, sharing and asking a pack. */
#include "match.h"
#include <care/compile.h>

#include <string.h>

static void pack_view(care_pack *self) {
    const pack_header *header = self->header = (const pack_header *)self->block;
#define VIEW(field, which) self->field = (const void *)(self->block + header->sections[which].offset)
#define COUNT(which) (uint32_t) header->sections[which].count
    VIEW(strings, SECTION_STRINGS);
    VIEW(numbers, SECTION_NUMBERS);
    VIEW(forms, SECTION_FORMS);
    VIEW(form_details, SECTION_FORM_DETAILS);
    VIEW(contractions, SECTION_CONTRACTIONS);
    VIEW(clitics, SECTION_CLITICS);
    VIEW(phrases, SECTION_PHRASES);
    VIEW(positions, SECTION_POSITIONS);
    VIEW(takings, SECTION_TAKINGS);
    VIEW(masks, SECTION_MASKS);
    VIEW(symbol_gates, SECTION_SYMBOL_GATES);
    VIEW(key_filter, SECTION_KEY_FILTER);
    VIEW(key_buckets, SECTION_KEY_BUCKETS);
    VIEW(gate_list, SECTION_GATE_LIST);
    VIEW(concepts, SECTION_CONCEPTS);
    VIEW(rules, SECTION_RULES);
    VIEW(guards, SECTION_GUARDS);
    VIEW(conditions, SECTION_CONDITIONS);
    VIEW(yields, SECTION_YIELDS);
    VIEW(contexts, SECTION_CONTEXTS);
    VIEW(triggers, SECTION_TRIGGERS);
    VIEW(conversation_rules, SECTION_CONVERSATION_RULES);
    VIEW(signals, SECTION_SIGNALS);
    VIEW(slots, SECTION_SLOTS);
    VIEW(answers, SECTION_ANSWERS);
    VIEW(speakers, SECTION_SPEAKERS);
    VIEW(layers, SECTION_LAYERS);
    VIEW(sources, SECTION_SOURCES);
    self->form_mask = COUNT(SECTION_FORMS) - 1;
    self->bucket_count = COUNT(SECTION_KEY_BUCKETS);
    self->filter_mask = COUNT(SECTION_KEY_FILTER) * 64 - 1;
    self->symbol_count = header->symbol_count;
    self->drops_emoji = header->flags & PACK_DROPS_EMOJI;
    self->clitic_count = COUNT(SECTION_CLITICS);
    self->phrase_count = COUNT(SECTION_PHRASES);
    self->concept_count = COUNT(SECTION_CONCEPTS);
    self->rule_count = COUNT(SECTION_RULES);
    self->context_count = COUNT(SECTION_CONTEXTS);
    self->conversation_rule_count = COUNT(SECTION_CONVERSATION_RULES);
    self->signal_count = COUNT(SECTION_SIGNALS);
    self->slot_count = COUNT(SECTION_SLOTS);
    self->speaker_count = COUNT(SECTION_SPEAKERS);
    self->layer_count = COUNT(SECTION_LAYERS);
    self->source_count = COUNT(SECTION_SOURCES);
#undef VIEW
#undef COUNT
    for (uint32_t i = 0; i < self->clitic_count; i++) {
        const unsigned char *text = (const unsigned char *)self->strings + self->clitics[i].text;
        uint32_t length = self->clitics[i].length, letters = 0;
        while (letters < length && text[letters] >= 'a' && text[letters] <= 'z') letters++;
        uint64_t ends = length > 1 ? pack_ending_bit(text + length) : UINT64_MAX;
        self->clitic_ends |= ends;
        if (letters == length) self->letter_clitic_ends |= ends;
    }
    for (uint32_t kind = 0; kind < PACK_KIND_COUNT; kind++)
        self->kind_gates |= (uint32_t)(self->symbol_gates[self->symbol_count + kind].said != 0) << kind;
}

static care_status pack_open(care_pack **out, const void *bytes, size_t length, bool copy, const care_allocator *given, care_error *error) {
    if (!out) return CARE_E_ARGUMENT;
    *out = NULL;
    if (!bytes || (!copy && (uintptr_t)bytes % 8))
        return error_set(error, CARE_E_ARGUMENT, 0, 0, "the pack's bytes are NULL or not aligned to 8");
    care_allocator allocator = memory_choose(given);
    care_pack *self = memory_resize(&allocator, NULL, 0, 1, sizeof *self);
    if (!self) return error_set(error, CARE_E_MEMORY, 0, 0, care_status_message(CARE_E_MEMORY));
    memset(self, 0, sizeof *self);
    self->allocator = allocator;
    atomic_init(&self->references, 1);
    self->owns_block = copy;
    self->length = length;
    if (copy) {
        void *block = memory_resize(&allocator, NULL, 0, length + 8, 1);
        if (!block) {
            memory_resize(&allocator, self, 1, 0, sizeof *self);
            return error_set(error, CARE_E_MEMORY, 0, 0, care_status_message(CARE_E_MEMORY));
        }
        memcpy(block, bytes, length);
        self->block = block;
    } else {
        self->block = bytes;
    }
    care_status status = pack_verify(self->block, length, error);
    if (status != CARE_OK) {
        care_pack_unref(self);
        return status;
    }
    pack_view(self);
    *out = self;
    return CARE_OK;
}

care_status care_pack_load(care_pack **out, const void *bytes, size_t length, const care_allocator *allocator, care_error *error) {
    return pack_open(out, bytes, length, true, allocator, error);
}

care_status care_pack_map(care_pack **out, const void *bytes, size_t length, const care_allocator *allocator, care_error *error) {
    return pack_open(out, bytes, length, false, allocator, error);
}

care_status care_pack_english(care_pack **out, const care_allocator *allocator) {
    if (!out) return CARE_E_ARGUMENT;
    *out = NULL;
    if (!care_english_length) return CARE_E_UNSUPPORTED;
    return pack_open(out, care_english_bytes, care_english_length, false, allocator, NULL);
}

care_pack *care_pack_ref(care_pack *self) {
    if (self) atomic_fetch_add_explicit(&self->references, 1, memory_order_relaxed);
    return self;
}

void care_pack_unref(care_pack *self) {
    if (!self || atomic_fetch_sub_explicit(&self->references, 1, memory_order_acq_rel) != 1) return;
    care_allocator allocator = self->allocator;
    if (self->owns_block) memory_resize(&allocator, (void *)(uintptr_t)self->block, (size_t)self->length + 8, 0, 1);
    memory_resize(&allocator, self, 1, 0, sizeof *self);
}

const void *care_pack_bytes(const care_pack *self, size_t *length) {
    if (length) *length = self ? (size_t)self->length : 0;
    return self ? self->block : NULL;
}

care_status care_pack_get_info(const care_pack *self, care_pack_info *info) {
    if (!self || !info || info->size != sizeof *info) return CARE_E_ARGUMENT;
    uint32_t used = 0;
    for (uint32_t i = 0; i <= self->form_mask; i++) used += self->forms[i].flags & FORM_USED;
    const pack_layer *top = self->layers + self->layer_count - 1;
    info->format = self->header->format;
    info->fingerprint = self->header->fingerprint;
    info->name = self->strings + top->name;
    info->version = self->strings + top->version;
    info->stemmer = self->strings + self->header->stemmer;
    info->unicode = self->strings + self->header->unicode;
    info->layer_count = self->layer_count;
    info->signal_count = self->signal_count;
    info->rule_count = self->rule_count;
    info->phrase_count = self->phrase_count;
    info->form_count = used;
    info->context_count = self->context_count;
    return CARE_OK;
}

care_status care_pack_signal(const care_pack *self, uint32_t signal, care_signal_info *info) {
    if (!self || !info || info->size != sizeof *info || signal >= self->signal_count) return CARE_E_ARGUMENT;
    const pack_concept *concept = self->concepts + self->signals[signal];
    info->roles = concept->roles;
    info->polarity = concept->polarity;
    info->flags = concept->flags & (CONCEPT_DRAFT | CONCEPT_CONVERSATION);
    info->drops = concept->drops;
    info->threshold = concept->threshold;
    info->id = self->strings + concept->name;
    info->meaning = self->strings + concept->meaning;
    info->pillar = self->strings + concept->pillar;
    return CARE_OK;
}

uint32_t care_pack_find_signal(const care_pack *self, const char *id) {
    for (uint32_t i = 0; self && id && i < self->signal_count; i++)
        if (strcmp(self->strings + self->concepts[self->signals[i]].name, id) == 0) return i;
    return CARE_NONE;
}

care_status care_pack_rule(const care_pack *self, uint32_t rule, care_rule_info *info) {
    if (!self || !info || info->size != sizeof *info || rule >= self->rule_count) return CARE_E_ARGUMENT;
    const pack_rule *record = self->rules + rule;
    uint16_t signal = self->concepts[record->concept].signal;
    info->signal = signal == PACK_NONE16 ? CARE_NONE : signal;
    info->line = record->line;
    info->weight = record->weight;
    info->name = self->strings + record->name;
    info->file = self->strings + record->file;
    info->text = self->strings + record->text;
    return CARE_OK;
}

const char *care_pack_context_name(const care_pack *self, uint32_t index) {
    return self && index < self->context_count ? self->strings + self->contexts[index].name : NULL;
}

const char *care_pack_slot_name(const care_pack *self, uint32_t index) {
    return self && index < self->slot_count ? self->strings + self->slots[index] : NULL;
}

const char *care_pack_reason_name(const care_pack *self, uint32_t reason) {
    static const char *const names[] = {"", "speaker", "needs", "unless", "not", "yields", "threshold", "duplicate"};
    if (reason < sizeof names / sizeof *names) return names[reason];
    return reason >= CARE_SUPPRESSED_CONTEXT ? care_pack_context_name(self, reason - CARE_SUPPRESSED_CONTEXT) : NULL;
}

int32_t care_pack_speaker_role(const care_pack *self, const char *label, size_t length) {
    for (uint32_t i = 0; self && label && i < self->speaker_count; i++) {
        const pack_speaker *speaker = self->speakers + i;
        if (speaker->length != length) continue;
        size_t same = 0;
        for (; same < length; same++) {
            unsigned char byte = (unsigned char)label[same];
            if (byte >= 'A' && byte <= 'Z') byte = (unsigned char)(byte + 32);
            if (byte != (unsigned char)self->strings[speaker->label + same]) break;
        }
        if (same == length) return (int32_t)speaker->role;
    }
    return -1;
}

const char *care_pack_rule_form(const care_pack *self, uint32_t rule, uint32_t index) {
    if (!self || rule >= self->rule_count || self->rules[rule].phrase == PACK_NONE) return NULL;
    const pack_phrase *phrase = self->phrases + self->rules[rule].phrase;
    for (uint32_t form = 0; form <= self->form_mask; form++) {
        if (!(self->forms[form].flags & FORM_USED) || self->forms[form].flags & FORM_CONTRACTION || !self->forms[form].symbol) continue;
        if (!match_taking_symbol(self, phrase, self->forms[form].symbol)) continue;
        if (!index--) return self->strings + self->form_details[form].text;
    }
    return NULL;
}

const char *care_pack_source(const care_pack *self, uint32_t layer, uint32_t file, const char **name, size_t *length) {
    for (uint32_t i = 0; self && i < self->source_count; i++) {
        const pack_source *source = self->sources + i;
        if (source->layer != layer || file--) continue;
        if (name) *name = self->strings + source->name;
        if (length) *length = source->length;
        return self->strings + source->text;
    }
    return NULL;
}
