/* options.h - the options that several commands take, read in one place. */
#ifndef TOOL_OPTIONS_H
#define TOOL_OPTIONS_H

#include "packs.h"
#include "terminal.h"

#include <getopt.h>

typedef enum output_format { FORMAT_HUMAN, FORMAT_JSONL, FORMAT_JSON } output_format;

typedef struct options {
    const char *command; /* "care analyze", for messages */
    const char *help;
    const struct option *known; /* to guess which one was meant */
    pack_choice packs;
    colour_choice colour;
    size_t width;
    output_format format;
} options;

/* Codes of long options without a letter: the shared ones, and from OPTION_OWN on the command's. */
enum { OPTION_PACK = 256, OPTION_BASE, OPTION_COLOUR, OPTION_WIDTH, OPTION_FORMAT, OPTION_HELP, OPTION_OWN };

/* clang-format off */
#define OPTIONS_PACK {"pack", required_argument, NULL, OPTION_PACK}, {"base", required_argument, NULL, OPTION_BASE}
#define OPTIONS_SCREEN {"color", required_argument, NULL, OPTION_COLOUR}, {"colour", required_argument, NULL, OPTION_COLOUR}, \
    {"width", required_argument, NULL, OPTION_WIDTH}
#define OPTIONS_FORMAT {"format", required_argument, NULL, OPTION_FORMAT}
#define OPTIONS_HELP {"help", no_argument, NULL, OPTION_HELP}, {NULL, 0, NULL, 0}
/* clang-format on */

/* What became of an option: go on, or leave with *code. */
typedef enum option_outcome { OPTION_TAKEN, OPTION_LEAVE } option_outcome;

/* Takes an option of the shared ones; any other code is a mistake of the user's. */
option_outcome options_take(options *self, int option, char **arguments, int *code);

/* A role or channel by its name, or a misuse that lists those there are. */
option_outcome options_take_role(const options *self, const char *name, int32_t *role, int *code);
option_outcome options_take_channel(const options *self, const char *name, int32_t *channel, int *code);

#endif
