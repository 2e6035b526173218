/* write.h - the last step before the examples: the whole program as one block. */
#ifndef CARE_WRITE_H
#define CARE_WRITE_H

#include "program.h"

/* Lowers the resolved program and writes the block; NULL if there are problems or memory ran out. */
unsigned char *write_block(program *self, uint64_t *length);

#endif
