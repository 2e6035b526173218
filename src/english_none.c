/* english_none.c - stands in for the built-in English pack where there is none: in the tool that compiles it. */
#include "pack.h"

const unsigned char care_english_bytes[8] = {0};
const size_t care_english_length = 0;
