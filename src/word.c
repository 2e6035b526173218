/* word.c - see word.h. */
#include "word.h"
#include "form.h"
#include "utf8.h"

#include <string.h>
#include <utf8proc.h>

typedef struct reader {
    const care_pack *pack;
    const unsigned char *text;
    const token_list *tokens;
    word_list *list;
    size_t sentence_first; /* the first word of the sentence being read */
    uint8_t comma;         /* WORD_COMMA if a dropped token left one behind */
} reader;

static bool list_has(const care_pack *pack, uint32_t list, uint32_t form) {
    uint32_t count;
    const uint32_t *forms = pack_list(pack, list, &count);
    for (uint32_t i = 0; i < count; i++)
        if (forms[i] == form) return true;
    return false;
}

/* Whether an ambiguous contraction stands where it is one. */
static bool condition_holds(const reader *self, const pack_contraction *known, size_t token_index, size_t token_end) {
    const token *at = self->tokens->tokens + token_index;
    if (known->after != PACK_NONE) {
        bool starts = self->list->word_count == self->sentence_first || at->marks & TOKEN_COMMA || self->comma;
        bool beside = self->list->word_count > self->sentence_first &&
                      list_has(self->pack, known->after, self->list->words[self->list->word_count - 1].form);
        if (!beside && !(starts && known->after_start)) return false;
    }
    if (known->before != PACK_NONE) {
        if (token_index + 1 >= token_end) return false;
        if (at[1].form == FORM_NONE || !list_has(self->pack, known->before, at[1].form)) return false;
    }
    return true;
}

/* Whether a word goes under: a filler, or a stammered repetition. */
static bool is_dropped(const reader *self, const token *at, uint32_t form) {
    if (form == FORM_NONE) return at->kinds & TOKEN_EMOJI && self->pack->drops_emoji;
    const pack_form *known = self->pack->forms + form;
    if (known->flags & FORM_FILLER) return true;
    const word_list *list = self->list;
    return known->flags & FORM_STAMMER && list->word_count > self->sentence_first && list->words[list->word_count - 1].form == form;
}

/* Adds a word for bytes [begin, end) of `at` with form `form`. Room for it was made. To the token's first word (`leads`) belong
 * its kinds, and the comma before it. */
static void word_add(reader *self, const token *at, bool leads, uint32_t begin, uint32_t end, uint32_t form) {
    word_list *list = self->list;
    uint8_t comma = self->comma | (leads ? at->marks & WORD_COMMA : 0);
    if (is_dropped(self, at, form)) {
        self->comma = comma;
        return;
    }
    self->comma = 0;
    word *added = list->words + list->word_count++;
    added->begin = begin;
    added->end = end;
    added->form = form;
    added->symbol = form == FORM_NONE ? 0 : self->pack->forms[form].symbol;
    added->kinds = leads ? at->kinds : 0;
    added->marks = (uint8_t)(comma | (at->marks & WORD_QUOTED) | (leads ? 0 : WORD_CLITIC));
}

static bool is_letter(int32_t character) {
    if (character < 0x80) return (character | 0x20) >= 'a' && (character | 0x20) <= 'z';
    utf8proc_category_t category = utf8proc_category(character);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

/* Whether the characters of `size` bytes at `a` and `b` are the same but for ASCII case. */
static bool same_letter(const unsigned char *a, const unsigned char *b, uint32_t size) {
    return size == 1 ? (*a | 0x20) == (*b | 0x20) : memcmp(a, b, size) == 0;
}

/* Looks up `bytes` with runs of three or more equal letters cut to `keep`; FORM_NONE if there are none or it is unknown. */
static uint32_t find_stretched(const reader *self, const unsigned char *bytes, uint32_t length, uint32_t keep) {
    unsigned char cut[FORM_MAX];
    uint32_t written = 0;
    bool stretched = false;
    for (uint32_t i = 0, run; i < length;) {
        int32_t character;
        uint32_t size = utf8_decode(bytes, i, length, &character);
        for (run = 1; i + (run + 1) * size <= length && same_letter(bytes + i, bytes + i + run * size, size);) run++;
        bool shorten = run >= 3 && is_letter(character);
        stretched |= shorten;
        memcpy(cut + written, bytes + i, (shorten ? keep : run) * size);
        written += (shorten ? keep : run) * size;
        i += run * size;
    }
    return stretched ? form_find(self->pack, cut, written) : FORM_NONE;
}

static uint32_t find_unstretched(const reader *self, const unsigned char *bytes, uint32_t length) {
    for (uint32_t keep = form_may_be_stretched(bytes, length) ? 2 : 0; keep; keep--) {
        uint32_t form = find_stretched(self, bytes, length, keep);
        if (form != FORM_NONE && self->pack->forms[form].flags & FORM_WORD) return form;
    }
    return FORM_NONE;
}

/* The form of bytes that are no known contraction: as they stand, or unstretched. */
static uint32_t find_plain(const reader *self, const unsigned char *bytes, uint32_t length) {
    uint32_t form = form_find(self->pack, bytes, length);
    if (form != FORM_NONE && self->pack->forms[form].flags & FORM_WORD) return form;
    return find_unstretched(self, bytes, length);
}

/* Whether the word ends with the clitic, and is more than it. */
static bool ends_with(const care_pack *pack, const pack_clitic *clitic, const unsigned char *bytes, uint32_t length) {
    if (length <= clitic->length) return false;
    const unsigned char *end = bytes + length - clitic->length, *wanted = (const unsigned char *)pack->strings + clitic->text;
    for (uint32_t i = clitic->length; i--;) {
        unsigned char byte = end[i];
        if (byte >= 'A' && byte <= 'Z') byte = (unsigned char)(byte + 32);
        if (byte != wanted[i]) return false;
    }
    return true;
}

/* Where in the text a clitic of `length` plain bytes at the end of a token with characters beyond ASCII begins: counted in
 * characters from the end, since they may be wider there. */
static uint32_t clitic_start(const reader *self, const token *at, const unsigned char *clitic, uint32_t length) {
    uint32_t start = at->end;
    for (uint32_t i = length; i-- && start > at->begin;) {
        if ((clitic[i] & 0xc0) == 0x80) continue;
        start--;
        while (start > at->begin && (self->text[start] & 0xc0) == 0x80) start--;
    }
    return start;
}

/* An unknown token: perhaps a word with a clitic at its end, perhaps a stretched one. */
static void read_unknown(reader *self, const token *at) {
    unsigned char buffer[FORM_MAX];
    uint32_t length;
    if (at->marks & TOKEN_OPAQUE) {
        word_add(self, at, true, at->begin, at->end, FORM_NONE);
        return;
    }
    const unsigned char *bytes = token_bytes(self->text, at->begin, at->end, at->marks, buffer, &length);
    bool may_end = length > 1 && self->pack->clitic_ends & pack_ending_bit(bytes + length);
    for (uint32_t i = 0; may_end && i < self->pack->clitic_count; i++) {
        const pack_clitic *clitic = self->pack->clitics + i;
        if (!ends_with(self->pack, clitic, bytes, length)) continue;
        uint32_t cut = length - clitic->length;
        uint32_t split = at->begin + cut;
        if (at->marks & TOKEN_FOLD) split = clitic_start(self, at, bytes + cut, clitic->length);
        /* A ligature may hold the end of one word and the beginning of the other: they then share the token. */
        word_add(self, at, true, at->begin, split > at->begin ? split : at->end, find_plain(self, bytes, cut));
        word_add(self, at, false, split, at->end, clitic->form);
        return;
    }
    uint32_t form = length ? find_unstretched(self, bytes, length) : FORM_NONE;
    if (form == FORM_NONE && at->marks & TOKEN_CUT_OFF) {
        self->comma |= at->marks & WORD_COMMA;
        return;
    }
    word_add(self, at, true, at->begin, at->end, form);
}

/* Whether the token is a word as it is. It is none where dropped tokens before it leave a comma to it, or a stammered repetition. */
static bool is_settled(const reader *self, const token *at) {
    const word_list *list = self->list;
    bool same = list->word_count > self->sentence_first && list->words[list->word_count - 1].form == at->form;
    return !(at->marks & TOKEN_UNSETTLED) & !self->comma & !(same & (at->form != FORM_NONE));
}

static void read_token(reader *self, size_t index, size_t end) {
    const token *at = self->tokens->tokens + index;
    uint32_t flags = at->form == FORM_NONE ? 0 : self->pack->forms[at->form].flags;
    if (flags & FORM_CONTRACTION) {
        const pack_contraction *known = self->pack->contractions + self->pack->form_details[at->form].contraction;
        if (!(flags & FORM_CONDITIONAL) || condition_holds(self, known, index, end)) {
            bool ascii = !(at->marks & TOKEN_FOLD);
            uint32_t cut = at->begin + known->cut;
            word_add(self, at, true, at->begin, ascii ? cut : at->end, known->first);
            word_add(self, at, false, ascii ? cut : at->begin, at->end, known->second);
            return;
        }
    }
    if (flags & FORM_WORD)
        word_add(self, at, true, at->begin, at->end, at->form);
    else
        read_unknown(self, at);
}

static bool sentence_add(reader *self, const care_allocator *allocator, uint32_t marks, size_t last) {
    word_list *list = self->list;
    if (last == self->sentence_first) return true;
    if (!memory_reserve(allocator, (void **)&list->sentences, &list->sentence_room, list->sentence_count + 1, sizeof *list->sentences))
        return false;
    sentence *added = list->sentences + list->sentence_count++;
    added->first = (uint32_t)self->sentence_first;
    added->last = (uint32_t)last;
    added->marks = marks;
    self->sentence_first = last;
    return true;
}

bool word_read(const care_pack *pack, const unsigned char *text, const token_list *tokens, const care_allocator *allocator,
               word_list *list) {
    reader self = {pack, text, tokens, list, 0, 0};
    list->word_count = list->sentence_count = 0;
    for (size_t s = 0; s < tokens->sentence_count; s++) {
        const token_sentence *from = tokens->sentences + s;
        self.sentence_first = list->word_count;
        self.comma = 0;
        size_t most = list->word_count + 2 * (size_t)(from->last - from->first); /* no token makes more than two words */
        if (!memory_reserve(allocator, (void **)&list->words, &list->word_room, most, sizeof *list->words)) return false;
        if (from->marks & SENTENCE_UNSETTLED) {
            for (uint32_t i = from->first; i < from->last; i++) {
                if (is_settled(&self, tokens->tokens + i))
                    list->words[list->word_count++] = tokens->tokens[i];
                else
                    read_token(&self, i, from->last);
            }
        } else {
            memcpy(list->words + list->word_count, tokens->tokens + from->first, (from->last - from->first) * sizeof(word));
            list->word_count += from->last - from->first;
        }
        /* A sentence without an end is cut, so that no text makes the work on one sentence grow without bound. */
        uint32_t marks = from->marks & ~SENTENCE_UNSETTLED;
        while (list->word_count - self.sentence_first > PACK_MAX_SENTENCE) {
            if (!sentence_add(&self, allocator, marks & ~(SENTENCE_ENDS | SENTENCE_QUESTION | SENTENCE_EXCLAMATION),
                              self.sentence_first + PACK_MAX_SENTENCE))
                return false;
            marks &= ~SENTENCE_STARTS;
        }
        if (!sentence_add(&self, allocator, marks, list->word_count)) return false;
    }
    return true;
}
