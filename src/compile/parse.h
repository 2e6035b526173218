/* parse.h - pack text to trees. */
#ifndef CARE_PARSE_H
#define CARE_PARSE_H

#include "arena.h"
#include "problems.h"
#include "syntax.h"

/* Parses source number `file` of problems->files and appends its statements to the list that *tail points at the end of;
 * gives the new end. Whatever does not parse becomes a problem with its place and mend, and parsing goes on with the next
 * line. Out of memory is in the arena or the problems. Strings point into the source text, which must be valid UTF-8
 * (an offset that is not becomes a problem). */
statement **parse_source(arena *arena, care_problems *problems, uint32_t file, statement **tail);

#endif
