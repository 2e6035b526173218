/* english_none.c - no English pack: what the program that compiles the pack is itself linked with. */
#include "pack.h"

const unsigned char care_english_bytes[] = {0};
const size_t care_english_length = 0;
