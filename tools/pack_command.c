/* pack_command.c - `care pack`: dispatch, help and options of its four commands. */
#include "pack_command.h"

#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const char general_help[] =
    "Usage: care pack COMMAND ...\n"
    "\n"
    "A pack is what care listens for, as text that can be read aloud. packs/README.md\n"
    "teaches the language.\n"
    "\n"
    "  care pack list                 the signals there are, and what they mean\n"
    "  care pack show NAME            a signal's rules and the forms they match, or\n"
    "                                 the text of a cue, context, list or slot\n"
    "  care pack check FILE...        all mistakes in pack text; runs its examples\n"
    "  care pack compile OUT FILE...  pack text into one file that loads at once\n"
    "\n"
    "'care pack COMMAND --help' says more on each.\n";

static const char list_help[] =
    "Usage: care pack list [OPTION]...\n"
    "\n"
    "Lists the signals: who says them, whether they count for the speaker's care or\n"
    "against it, the pillar, the number of rules, and what they mean. A * marks a\n"
    "draft, which its author does not call done.\n"
    "\n"
    "  --pack FILE               a pack of your own on top of English, as text or\n"
    "                            compiled; repeatable\n"
    "  --base english|none|FILE  what the first --pack stands on\n"
    "  --format FORMAT           human (a table, default), jsonl (an object a line)\n"
    "                            or json (an array)\n"
    "  --color WHEN              auto (default), always or never: green counts for,\n"
    "                            red against, yellow neither\n"
    "  --width COLUMNS           to wrap at; else the terminal's, or not at all\n"
    "\n"
    "Examples\n"
    "  care pack list\n"
    "  care pack list --pack airline.care | grep crew\n"
    "  care pack list --format json\n";

static const char show_help[] =
    "Usage: care pack show [OPTION]... NAME...\n"
    "\n"
    "Shows the rules of a signal as written, with weight and place, and under each\n"
    "the surface forms of the words in it; above them who says the signal, how it\n"
    "counts, the contexts that it drops, and what its hints must add up to. NAME is\n"
    "an id as 'care pack list' prints it, or a family: the part before the dot.\n"
    "\n"
    "What rules lean on is shown as it stands in the pack's text: cue.NAME for a cue,\n"
    "else the name of a context, list or slot.\n"
    "\n"
    "  --forms                   all surface forms, however many\n"
    "  --pack FILE               a pack of your own on top of English, as text or\n"
    "                            compiled; repeatable\n"
    "  --base english|none|FILE  what the first --pack stands on\n"
    "  --format FORMAT           human (default), jsonl (an object a line) or json\n"
    "                            (an array); always with all forms\n"
    "  --color auto|always|never, --width COLUMNS\n"
    "\n"
    "Examples\n"
    "  care pack show FAMILY.NAME\n"
    "  care pack show cue.NAME\n"
    "  care pack show --pack airline.care FAMILY\n";

static const char check_help[] =
    "Usage: care pack check [--base english|none|FILE] FILE...\n"
    "\n"
    "Compiles pack text on top of the English pack, runs its own examples, and shows\n"
    "all problems at once, each as file:line:column: message. Files are one layer\n"
    "until the next that begins with a 'pack' line of its own. A pack with a\n"
    "'stemmer' line stands alone, as a language of its own. @FILE stands for the\n"
    "files that FILE names, one a line. Notes (an example that proves nothing, a\n"
    "list that nothing uses) do not make a pack invalid.\n"
    "\n"
    "Examples\n"
    "  care pack check airline.care\n"
    "  care pack check @packs/en/order.txt\n"
    "\n"
    "The exit code is 0 if there is no error, 2 if there is one.\n";

static const char compile_help[] =
    "Usage: care pack compile [--base english|none|FILE] OUT FILE...\n"
    "\n"
    "Compiles pack text, with all that it stands on, into the file OUT (- is standard\n"
    "output), which --pack, and the library's care_pack_load, take at once. The same\n"
    "text gives the same bytes. OUT is replaced only if all is well.\n"
    "\n"
    "Examples\n"
    "  care pack compile airline.pack airline.care\n"
    "  care pack compile es.pack es/*.care\n"
    "  care pack compile en.pack @packs/en/order.txt\n"
    "  care analyze --pack airline.pack chat.txt\n";
/* clang-format on */

enum { OPTION_FORMS = OPTION_OWN };

static const struct option known_options[] = {
    {"forms", no_argument, NULL, OPTION_FORMS}, OPTIONS_PACK, OPTIONS_SCREEN, OPTIONS_FORMAT, OPTIONS_HELP};

/* Options that only commands of the other kind take: check and compile read no --pack, list and show write no jsonl. */
static int check_options(const pack_request *self, bool reads_files, int (*work)(pack_request *)) {
    if (reads_files && self->shared.packs.count > 0) return tool_misuse(self->shared.command, "no --pack here: name the files");
    if (reads_files && self->shared.format != FORMAT_HUMAN) return tool_misuse(self->shared.command, "no --format here");
    if (self->all_forms && work != pack_show) return tool_misuse(self->shared.command, "no --forms here: 'care pack show' takes it");
    return TOOL_DONE;
}

static int run(const char *command, const char *command_help, bool reads_files, int (*work)(pack_request *), int count, char **arguments) {
    pack_request self = {.shared = {.command = command, .help = command_help, .known = known_options}};
    int code = TOOL_DONE;
    option_outcome outcome = OPTION_TAKEN;
    opterr = 0;
    for (int option; outcome == OPTION_TAKEN && (option = getopt_long(count, arguments, ":", known_options, NULL)) != -1;)
        if (option == OPTION_FORMS)
            self.all_forms = true;
        else
            outcome = options_take(&self.shared, option, arguments, &code);
    self.count = count - optind;
    self.names = arguments + optind;
    if (outcome == OPTION_TAKEN) {
        code = check_options(&self, reads_files, work);
        if (code == TOOL_DONE) code = work(&self);
    }
    pack_choice_free(&self.shared.packs);
    return code;
}

int pack_command(int count, char **arguments) {
    static const struct {
        const char *name, *title, *help;
        bool reads_files;
        int (*work)(pack_request *);
    } commands[] = {
        {"list", "care pack list", list_help, false, pack_list},
        {"show", "care pack show", show_help, false, pack_show},
        {"check", "care pack check", check_help, true, pack_check},
        {"compile", "care pack compile", compile_help, true, pack_compile},
    };
    if (count < 2) return tool_misuse(arguments[0], "no command: list, show, check or compile");
    if (strcmp(arguments[1], "--help") == 0) {
        fputs(general_help, stdout);
        return TOOL_DONE;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(arguments[1], commands[i].name) == 0)
            return run(commands[i].title, commands[i].help, commands[i].reads_files, commands[i].work, count - 1, arguments + 1);
    return tool_misuse(arguments[0], "there is no command '%s': list, show, check or compile", arguments[1]);
}
