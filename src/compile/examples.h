/* examples.h - the pack's own examples, run on the compiled pack. */
#ifndef CARE_EXAMPLES_H
#define CARE_EXAMPLES_H

#include "program.h"

/* Runs every example; one that does not hold becomes an error, one that proves nothing a note. CARE_OK or CARE_E_MEMORY. */
care_status examples_run(program *self, care_pack *pack);

#endif
