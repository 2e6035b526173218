/* care.c - the command line program: main, the commands, the general help. */
#define _POSIX_C_SOURCE 200809L
#include "commands.h"
#include "common.h"

#include <care/care.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>

/* clang-format off */
static const char help[] =
    "care hears how people treat each other in customer conversations.\n"
    "\n"
    "Usage: care COMMAND ...\n"
    "\n"
    "  care analyze FILE...           what a careful listener would notice\n"
    "  care explain TEXT              one text in full: what was found, what was not\n"
    "                                 counted, and why\n"
    "  care pack list                 the signals there are, and what they mean\n"
    "  care pack show NAME            a signal's rules and the forms they match, or\n"
    "                                 the text of a cue, context, list or slot\n"
    "  care pack check FILE...        all mistakes in pack text; runs its examples\n"
    "  care pack compile OUT FILE...  pack text into one file that loads at once\n"
    "  care COMMAND --help            more on a command, with examples\n"
    "  care --version\n"
    "\n"
    "Try it:\n"
    "  care analyze chat.txt          a transcript: 'Agent: ...', 'Customer: ...'\n"
    "  care analyze --why chat.txt    with the rule behind each finding\n"
    "  care analyze --format jsonl turns.jsonl\n"
    "                                 one JSON object a turn in, one out\n"
    "  care explain --role customer 'It was ok.'\n"
    "\n"
    "Exit codes:\n"
    "  0  done\n"
    "  1  the command line makes no sense\n"
    "  2  a file could not be read, a pack is not valid, or memory ran out\n"
    "  3  some lines of the input were refused; the rest was done\n"
    "  4  the output could not be written\n"
    "What is found never changes the exit code.\n";
/* clang-format on */

static int run(int count, char **arguments) {
    static const struct {
        const char *name;
        char title[16];
        int (*run)(int count, char **arguments);
    } commands[] = {
        {"analyze", "care analyze", analyze_command}, {"explain", "care explain", explain_command}, {"pack", "care pack", pack_command}};
    const char *name = count > 1 ? arguments[1] : "";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || (strcmp(name, "help") == 0 && count == 2)) {
        fputs(help, stdout);
        return TOOL_DONE;
    }
    if (strcmp(name, "--version") == 0) {
        printf("care %s\n", care_version());
        return TOOL_DONE;
    }
    char option[] = "--help", title[16];
    bool asks = strcmp(name, "help") == 0; /* care help analyze */
    if (asks) name = arguments[2];
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(name, commands[i].name) != 0) continue;
        memcpy(title, commands[i].title, sizeof title);
        char *question[] = {title, option, NULL};
        if (asks) return commands[i].run(2, question);
        arguments[1] = title;
        return commands[i].run(count - 1, arguments + 1);
    }
    if (count < 2) return tool_misuse("care", "no command");
    return tool_misuse("care", "there is no command '%s'", name);
}

int main(int count, char **arguments) {
    signal(SIGPIPE, SIG_IGN); /* a reader that leaves is a failed write, reported as such */
    setvbuf(stdout, NULL, _IOFBF, (size_t)1 << 16);
    return tool_finish(run(count, arguments));
}
