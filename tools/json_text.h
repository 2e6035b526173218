/* json_text.h - JSON on standard output, compact. */
#ifndef TOOL_JSON_TEXT_H
#define TOOL_JSON_TEXT_H

#include "common.h"

/* A string with its quotes. UTF-8 stays as it is; each ill-formed part becomes one U+FFFD, so that the output is always JSON. */
void json_text_string(const char *text, size_t length);

/* The same for a NUL-terminated string; null for NULL. */
void json_text_word(const char *word);

void json_text_number(int64_t number);

/* ,"key": - without the comma if `first`. */
void json_text_key(bool first, const char *key);

#endif
