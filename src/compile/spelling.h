/* spelling.h - which surface forms a word of a phrase stands for. Snowball is asked here, and never at run time. */
#ifndef CARE_SPELLING_H
#define CARE_SPELLING_H

#include "program.h"

/* Settles clitics, contractions, fillers and the other statements about words. False if memory ran out. */
bool spelling_prepare(program *self);

/* The one or more words, one after the other, that `text` (a word as written in a phrase) stands for: a class for each, up to
 * `room`. 0 if it cannot be a word; that becomes a problem. `kind` is PHRASE_WORD, PHRASE_EXACT or PHRASE_DERIVED. */
uint32_t spelling_classes(program *self, phrase_kind kind, slice text, place where, uint32_t *classes, uint32_t room);

/* The class of these forms (sorted and made unique here). */
uint32_t spelling_class_of(program *self, uint32_t *form_numbers, uint32_t count);

/* The forms of a class. */
const uint32_t *spelling_forms(const program *self, uint32_t class_index, uint32_t *count);

#endif
