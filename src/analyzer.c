/* analyzer.c - a pack at work: one turn goes through the steps in their order, a batch is turn after turn. */
#include "analyzer.h"
#include "context.h"
#include "form.h"
#include "utf16.h"
#include "utf8.h"

#include <string.h>

/* ---- Life ---- */

static void release(care_analyzer *self, void *items, size_t room, size_t size) {
    memory_resize(&self->allocator, items, room, 0, size);
}

/* Frees the arrays that grow, and zeroes them. */
static void release_scratch(care_analyzer *self) {
#define RELEASE(items, room) release(self, (items), (room), sizeof *(items))
    RELEASE(self->tokens.tokens, self->tokens.token_room);
    RELEASE(self->tokens.sentences, self->tokens.sentence_room);
    RELEASE(self->words.words, self->words.word_room);
    RELEASE(self->words.sentences, self->words.sentence_room);
    RELEASE(self->candidates.items, self->candidates.room);
    RELEASE(self->facts.items, self->facts.room);
    RELEASE(self->on_demand.items, self->on_demand.room);
    RELEASE(self->verdicts.items, self->verdicts.room);
    RELEASE(self->verdicts.proofs, self->verdicts.proof_room);
    RELEASE(self->findings.findings, self->findings.finding_room);
    RELEASE(self->findings.suppressed, self->findings.suppressed_room);
    RELEASE(self->findings.slots, self->findings.slot_room);
    RELEASE(self->findings.evidence, self->findings.evidence_room);
    RELEASE(self->turn_flags, self->turn_flag_room);
    RELEASE(self->narrowed, self->narrowed_room);
    RELEASE(self->offsets.places, self->offsets.room);
    RELEASE(self->shown_words, self->shown_word_room);
#undef RELEASE
    memset(&self->tokens, 0, sizeof self->tokens);
    memset(&self->words, 0, sizeof self->words);
    self->candidates.items = NULL;
    self->candidates.count = self->candidates.room = 0;
    self->facts.items = self->on_demand.items = NULL;
    self->facts.count = self->facts.room = self->on_demand.count = self->on_demand.room = 0;
    memset(&self->verdicts, 0, sizeof self->verdicts);
    finding_list empty = {.with_suppressed = self->findings.with_suppressed, .with_evidence = self->findings.with_evidence};
    self->findings = empty;
    self->turn_flags = NULL;
    self->turn_flag_room = 0;
    self->narrowed = NULL;
    self->shown_words = NULL;
    self->narrowed_room = self->shown_word_room = 0;
    memset(&self->offsets, 0, sizeof self->offsets);
}

/* What depends on the pack's size alone is made once. */
static bool make_fact_tables(care_analyzer *self, fact_list *facts) {
    size_t concepts = self->pack->concept_count, set_words = (concepts + 63) / 64;
    facts->set = memory_resize(&self->allocator, NULL, 0, set_words + 1, sizeof *facts->set);
    facts->asked = memory_resize(&self->allocator, NULL, 0, set_words + 1, sizeof *facts->asked);
    facts->run_first = memory_resize(&self->allocator, NULL, 0, concepts + 1, sizeof *facts->run_first);
    facts->run_count = memory_resize(&self->allocator, NULL, 0, concepts + 1, sizeof *facts->run_count);
    return facts->set && facts->asked && facts->run_first && facts->run_count;
}

static void release_fact_tables(care_analyzer *self, fact_list *facts) {
    size_t concepts = self->pack->concept_count, set_words = (concepts + 63) / 64;
    release(self, facts->set, set_words + 1, sizeof *facts->set);
    release(self, facts->asked, set_words + 1, sizeof *facts->asked);
    release(self, facts->run_first, concepts + 1, sizeof *facts->run_first);
    release(self, facts->run_count, concepts + 1, sizeof *facts->run_count);
}

static bool make_tables(care_analyzer *self) {
    const care_pack *pack = self->pack;
    self->candidates.next_start = memory_resize(&self->allocator, NULL, 0, pack->phrase_count + 1u, sizeof(uint32_t));
    self->state = memory_resize(&self->allocator, NULL, 0, history_bytes(pack), 1);
    if (!make_fact_tables(self, &self->facts) || !make_fact_tables(self, &self->on_demand)) return false;
    if (!self->candidates.next_start || !self->state) return false;
    memset(self->candidates.next_start, 0, (pack->phrase_count + 1u) * sizeof(uint32_t));
    return true;
}

care_status care_analyzer_new(care_analyzer **out, care_pack *pack, const care_allocator *given, care_error *error) {
    if (!out) return CARE_E_ARGUMENT;
    *out = NULL;
    if (!pack) return error_set(error, CARE_E_ARGUMENT, 0, 0, "an analyzer needs a pack");
    care_allocator allocator = memory_choose(given);
    care_analyzer *self = memory_resize(&allocator, NULL, 0, 1, sizeof *self);
    if (!self) return error_set(error, CARE_E_MEMORY, 0, 0, care_status_message(CARE_E_MEMORY));
    memset(self, 0, sizeof *self);
    self->allocator = allocator;
    self->pack = care_pack_ref(pack);
    if (!make_tables(self)) {
        care_analyzer_free(self);
        return error_set(error, CARE_E_MEMORY, 0, 0, care_status_message(CARE_E_MEMORY));
    }
    *out = self;
    return CARE_OK;
}

void care_analyzer_free(care_analyzer *self) {
    if (!self) return;
    care_allocator allocator = self->allocator;
    const care_pack *pack = self->pack;
    release_scratch(self);
    release(self, self->candidates.next_start, pack->phrase_count + 1u, sizeof(uint32_t));
    release_fact_tables(self, &self->facts);
    release_fact_tables(self, &self->on_demand);
    release(self, self->state, history_bytes(pack), 1);
    care_pack_unref(self->pack);
    memory_resize(&allocator, self, 1, 0, sizeof *self);
}

care_status care_analyzer_set(care_analyzer *self, int32_t option, int64_t value) {
    if (!self || (value != 0 && value != 1)) return CARE_E_ARGUMENT;
    switch (option) {
        case CARE_OPTION_SUPPRESSED: self->findings.with_suppressed = value; return CARE_OK;
        case CARE_OPTION_EVIDENCE: self->findings.with_evidence = value; return CARE_OK;
        case CARE_OPTION_STRICT: self->strict = value; return CARE_OK;
        default: return CARE_E_ARGUMENT;
    }
}

void care_analyzer_trim(care_analyzer *self) {
    if (self) release_scratch(self);
}

care_pack *care_analyzer_pack(const care_analyzer *self) {
    return self ? self->pack : NULL;
}

/* ---- One turn ---- */

/* Arrays of these cross the border, so they cannot grow. */
_Static_assert(sizeof(void *) != 8 || sizeof(care_turn) == 32, "frozen");
_Static_assert(sizeof(care_finding) == 32 && sizeof(care_slot) == 12 && sizeof(care_evidence) == 20, "frozen");

static care_status check_turn(const care_turn *turn, uint32_t line, care_error *error) {
    bool wide = turn->flags & CARE_TURN_UTF16;
    if (!turn->text && turn->length) return error_set(error, CARE_E_ARGUMENT, 0, line, "the turn's text is NULL");
    if (turn->role >= CARE_ROLE_COUNT) return error_set(error, CARE_E_ARGUMENT, 0, line, "the turn's role is none of CARE_ROLE_...");
    if (turn->channel >= CARE_CHANNEL_COUNT)
        return error_set(error, CARE_E_ARGUMENT, 0, line, "the turn's channel is none of CARE_CHANNEL_...");
    if (turn->flags & ~(CARE_TURN_CONTEXT | CARE_TURN_UTF16))
        return error_set(error, CARE_E_ARGUMENT, 0, line, "the turn has unknown flags");
    if (turn->unit > CARE_UNIT_CODEPOINT) return error_set(error, CARE_E_ARGUMENT, 0, line, "the turn's unit is none of CARE_UNIT_...");
    if (wide && turn->unit == CARE_UNIT_BYTE)
        return error_set(error, CARE_E_ARGUMENT, 0, line, "the offsets of a turn in UTF-16 cannot be bytes: set its unit");
    if (turn->length > CARE_TEXT_MAX / (wide ? UTF16_MOST_BYTES : 1))
        return error_set(error, CARE_E_LIMIT, 0, line, "a text has at most CARE_TEXT_MAX bytes, in UTF-16 a third as many units");
    return CARE_OK;
}

/* Gives the turn in UTF-8 in *narrow. */
static care_status narrow_turn(care_analyzer *self, const care_turn *turn, uint32_t line, care_turn *narrow, care_error *error) {
    *narrow = *turn;
    size_t length = (size_t)turn->length, offset;
    if (turn->flags & CARE_TURN_UTF16) {
        if (!memory_reserve(&self->allocator, (void **)&self->narrowed, &self->narrowed_room, UTF16_MOST_BYTES * length + 1, 1))
            return error_set(error, CARE_E_MEMORY, 0, line, care_status_message(CARE_E_MEMORY));
        narrow->text = (const char *)self->narrowed;
        narrow->length = utf16_narrow((const uint16_t *)(const void *)turn->text, length, self->narrowed);
        if (narrow->length == length) narrow->unit = CARE_UNIT_BYTE; /* each unit became one: to count the one is to count the other */
    }
    if (!self->strict || !turn->length || utf8_valid((const unsigned char *)narrow->text, (size_t)narrow->length, &offset)) return CARE_OK;
    if (turn->flags & CARE_TURN_UTF16) offset = utf16_units(self->narrowed, offset) * sizeof(uint16_t);
    return error_set(error, CARE_E_UTF8, offset, line, care_status_message(CARE_E_UTF8));
}

/* How much had been found before a turn. */
typedef struct counts {
    size_t findings, suppressed, slots, evidence;
} counts;

static counts count_found(const finding_list *list) {
    counts made = {list->finding_count, list->suppressed_count, list->slot_count, list->evidence_count};
    return made;
}

/* Turns the spans of what was found since `first` ... from bytes into the turn's unit. *length, the text's, too. */
static bool convert_spans(care_analyzer *self, const care_turn *turn, const counts *first, uint32_t *length) {
    finding_list *list = &self->findings;
    offset_index *offsets = &self->offsets;
    if (!offset_index_read(offsets, &self->allocator, (const unsigned char *)turn->text, (size_t)turn->length, turn->unit)) return false;
#define CONVERT(item)                                                                                                                      \
    ((item)->begin = offset_index_convert(offsets, (item)->begin), (item)->end = offset_index_convert(offsets, (item)->end))
    for (size_t i = first->findings; i < list->finding_count; i++) CONVERT(list->findings + i);
    for (size_t i = first->suppressed; i < list->suppressed_count; i++) CONVERT(list->suppressed + i);
    for (size_t i = first->slots; i < list->slot_count; i++) CONVERT(list->slots + i);
    for (size_t i = first->evidence; i < list->evidence_count; i++) CONVERT(list->evidence + i);
#undef CONVERT
    *length = offset_index_convert(offsets, (uint32_t)turn->length);
    return true;
}

void analyzer_begin(care_analyzer *self) {
    finding_list *list = &self->findings;
    self->words.word_count = self->words.sentence_count = 0;
    list->finding_count = list->suppressed_count = list->slot_count = list->evidence_count = 0;
}

/* The steps, for a turn in UTF-8. False if memory ran out. */
static bool run_steps(care_analyzer *self, const care_turn *turn, uint32_t turn_index, history *state) {
    const care_pack *pack = self->pack;
    const care_allocator *allocator = &self->allocator;
    const unsigned char *text = (const unsigned char *)turn->text;
    uint32_t length = (uint32_t)turn->length;
    counts first = count_found(&self->findings);
    turn_view view = {pack, allocator, &self->words, state, turn->role, turn->channel, 0, self->findings.with_suppressed};

    if (!token_read(pack, text, length, allocator, &self->tokens)) return false;
    if (!word_read(pack, text, &self->tokens, allocator, &self->words)) return false;
    /* What others would have to say is of interest only as suppressed. */
    uint32_t roles = view.with_suppressed ? UINT32_MAX : 1u << turn->role;
    if (!scan_read(pack, &self->words, roles, allocator, &self->candidates)) return false;
    context_read(pack, &self->words, &self->candidates);
    scan_sort(self->candidates.items, self->candidates.count);
    view.word_count = self->tokens.word_count;
    if (!decide_turn(&view, &self->candidates, &self->facts, &self->on_demand, &self->verdicts)) return false;
    if (!finding_read(&view, turn_index, &self->facts, &self->verdicts, &self->findings)) return false;
    if (turn->unit != CARE_UNIT_BYTE && !convert_spans(self, turn, &first, &length)) return false;
    if (!finding_read_conversation(&view, turn_index, length, &self->facts, state, &self->findings)) return false;
    finding_sort(&self->findings, first.findings, first.suppressed);
    return true;
}

care_status analyzer_read(care_analyzer *self, const care_turn *turn, uint32_t turn_index, history *state, uint8_t *flags,
                          care_error *error) {
    care_turn narrow;
    care_status status = check_turn(turn, turn_index + 1, error);
    if (status == CARE_OK) status = narrow_turn(self, turn, turn_index + 1, &narrow, error);
    if (status != CARE_OK) return status;
    finding_list *list = &self->findings;
    counts before = count_found(list);
    *flags = turn->flags;
    if (turn->role == CARE_ROLE_SYSTEM) {
        facts_clear(&self->facts, self->pack->concept_count);
    } else {
        if (!run_steps(self, &narrow, turn_index, state))
            return error_set(error, CARE_E_MEMORY, 0, turn_index + 1, care_status_message(CARE_E_MEMORY));
        if (self->tokens.ill_formed) *flags |= CARE_TURN_ILL_FORMED;
    }
    history_add(state, self->facts.set);
    if (turn->flags & CARE_TURN_CONTEXT) {
        list->finding_count = before.findings;
        list->suppressed_count = before.suppressed;
        list->slot_count = before.slots;
        list->evidence_count = before.evidence;
    }
    return CARE_OK;
}

void analyzer_result(const care_analyzer *self, size_t turn_count, care_result *result) {
    const finding_list *list = &self->findings;
    uint32_t size = result->size;
    memset(result, 0, sizeof *result);
    result->size = size;
    result->findings = list->findings;
    result->suppressed = list->suppressed;
    result->slots = list->slots;
    result->evidence = list->evidence;
    result->turn_flags = self->turn_flags;
    result->finding_count = list->finding_count;
    result->suppressed_count = list->suppressed_count;
    result->slot_count = list->slot_count;
    result->evidence_count = list->evidence_count;
    result->turn_count = turn_count;
}

care_status care_analyzer_words(care_analyzer *self, const care_word **words, size_t *count) {
    if (!self || !words || !count) return CARE_E_ARGUMENT;
    *words = NULL;
    *count = 0;
    const word_list *from = &self->words;
    if (!memory_reserve(&self->allocator, (void **)&self->shown_words, &self->shown_word_room, from->word_count, sizeof *self->shown_words))
        return CARE_E_MEMORY;
    for (uint32_t s = 0; s < from->sentence_count; s++)
        for (uint32_t i = from->sentences[s].first; i < from->sentences[s].last; i++) {
            const word *at = from->words + i;
            const char *form = at->form == FORM_NONE ? NULL : self->pack->strings + self->pack->form_details[at->form].text;
            care_word shown = {at->begin, at->end, s, at->kinds, form};
            self->shown_words[i] = shown;
        }
    *words = self->shown_words;
    *count = from->word_count;
    return CARE_OK;
}

/* ---- A batch ---- */

care_status care_analyze(care_analyzer *self, const care_turn *turns, size_t count, care_result *result, care_error *error) {
    if (!self || !result || result->size != sizeof *result || (!turns && count))
        return error_set(error, CARE_E_ARGUMENT, 0, 0, "an argument is NULL, or result->size is not sizeof(care_result)");
    analyzer_begin(self);
    analyzer_result(self, 0, result);
    if (count > UINT32_MAX - 1) return error_set(error, CARE_E_LIMIT, 0, 0, "a batch has at most 2^32 - 2 turns");
    if (!memory_reserve(&self->allocator, (void **)&self->turn_flags, &self->turn_flag_room, count, sizeof *self->turn_flags))
        return error_set(error, CARE_E_MEMORY, 0, 0, care_status_message(CARE_E_MEMORY));
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || turns[i].conversation != turns[i - 1].conversation) history_clear(self->state, self->pack);
        care_status status = analyzer_read(self, turns + i, (uint32_t)i, self->state, self->turn_flags + i, error);
        if (status != CARE_OK) {
            analyzer_begin(self);
            analyzer_result(self, 0, result);
            return status;
        }
    }
    analyzer_result(self, count, result);
    return CARE_OK;
}
