/* analyze.c - `care analyze`: files in, findings out, turn by turn. */
#include "commands.h"
#include "options.h"
#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const char help[] =
    "Usage: care analyze [OPTION]... FILE...\n"
    "\n"
    "Reads conversations and shows, under the words themselves, what a careful\n"
    "listener would notice. FILE may be - for standard input. It is one of two kinds:\n"
    "\n"
    "  plain text   Lines begin with a speaker and a colon (Agent: ...), and a line\n"
    "               that does not goes on with the turn before. Without any speaker\n"
    "               each line is a turn of --role. Above the first turn there may be\n"
    "               a line like 'channel: chat'.\n"
    "  JSON lines   One turn a line, the turns of a conversation together:\n"
    "               {\"conversation\":\"c1\",\"turn\":0,\"role\":\"customer\",\"text\":\"...\"}\n"
    "               \"text\" must be there, and \"role\" unless --role says it;\n"
    "               \"channel\", \"name\" and \"time\" may be.\n"
    "\n"
    "Input\n"
    "  --input text|jsonl        the kind; else JSON lines if it begins with '{'\n"
    "  --role ROLE               of turns that say none: agent (default of text),\n"
    "                            customer, bot, system, leader, staff\n"
    "  --channel CHANNEL         of turns that say none: call, chat, email, social,\n"
    "                            survey, review\n"
    "  --label NAME=ROLE         a speaker that the pack does not know; repeatable\n"
    "  --pack FILE               a pack of your own on top of English, as text or\n"
    "                            compiled; repeatable\n"
    "  --base english|none|FILE  what the first --pack stands on\n"
    "\n"
    "Output\n"
    "  --format FORMAT           human (default), jsonl (one object a turn) or json\n"
    "                            (one array of the same objects)\n"
    "  --why                     the rule behind each finding, and the evidence\n"
    "  --evidence                the same; in JSON what matched, with weights\n"
    "  --suppressed              also candidates that do not count, and the reason\n"
    "  --offsets UNIT            of \"start\" and \"end\" in JSON: byte (default), utf16\n"
    "                            or codepoint\n"
    "  --unbuffered              write each turn at once (done anyway before waiting\n"
    "                            for more input)\n"
    "  --color WHEN              auto (default), always or never: green counts for\n"
    "                            the speaker's care, red against it, yellow neither\n"
    "  --width COLUMNS           to wrap at; else the terminal's\n"
    "\n"
    "Examples\n"
    "  care analyze chat.txt\n"
    "  care analyze --why --suppressed chat.txt\n"
    "  care analyze --label Priya=agent --label Tom=customer chat.txt\n"
    "  care analyze --role customer --channel survey answers.txt\n"
    "  care analyze --pack airline.care --format jsonl turns.jsonl > findings.jsonl\n"
    "  tail -f turns.jsonl | care analyze --input jsonl --format jsonl -\n"
    "\n"
    "A line of JSON that cannot be used is named on standard error and left out; the\n"
    "exit code is then 3. 'care --help' lists the exit codes.\n";
/* clang-format on */

enum {
    OPTION_INPUT = OPTION_OWN,
    OPTION_ROLE,
    OPTION_CHANNEL,
    OPTION_LABEL,
    OPTION_WHY,
    OPTION_EVIDENCE,
    OPTION_SUPPRESSED,
    OPTION_OFFSETS,
    OPTION_UNBUFFERED,
};

static const struct option known_options[] = {
    {"input", required_argument, NULL, OPTION_INPUT},
    {"role", required_argument, NULL, OPTION_ROLE},
    {"channel", required_argument, NULL, OPTION_CHANNEL},
    {"label", required_argument, NULL, OPTION_LABEL},
    {"why", no_argument, NULL, OPTION_WHY},
    {"evidence", no_argument, NULL, OPTION_EVIDENCE},
    {"suppressed", no_argument, NULL, OPTION_SUPPRESSED},
    {"offsets", required_argument, NULL, OPTION_OFFSETS},
    {"unbuffered", no_argument, NULL, OPTION_UNBUFFERED},
    OPTIONS_PACK,
    OPTIONS_SCREEN,
    OPTIONS_FORMAT,
    OPTIONS_HELP,
};

typedef struct analysis {
    options shared;
    output_choice choice;
    input_kind kind;
    input_settings settings;
    label *labels;
    bool offsets_said, unbuffered;
    care_pack *pack;
    care_analyzer *analyzer;
    care_conversation *conversation; /* the one at hand */
    recent turns;
    bool titled;        /* its title is written */
    const lines *noted; /* the file in which ill-formed text was noted */
    human_output human;
    json_output json;
} analysis;

/* ---- Options ---- */

static option_outcome take_label(analysis *self, int *code) {
    const char *equals = strrchr(optarg, '=');
    if (equals == NULL || equals == optarg) {
        *code = tool_misuse(self->shared.command, "--label takes NAME=ROLE, as in --label Priya=agent, not '%s'", optarg);
        return OPTION_LEAVE;
    }
    self->labels = tool_resize(self->labels, self->settings.label_count + 1, sizeof *self->labels);
    self->settings.labels = self->labels;
    label *added = &self->labels[self->settings.label_count++];
    *added = (label){.text = optarg, .length = (size_t)(equals - optarg)};
    return options_take_role(&self->shared, equals + 1, &added->role, code);
}

static option_outcome take_word(analysis *self, const char *option, const char *const *words, int32_t *number, int *code) {
    for (int32_t i = 0; words[i] != NULL; i++) {
        if (strcmp(optarg, words[i]) != 0) continue;
        *number = i;
        return OPTION_TAKEN;
    }
    buffer known = {0};
    for (int32_t i = 0; words[i] != NULL; i++) buffer_print(&known, "%s%s", i == 0 ? "" : words[i + 1] != NULL ? ", " : " or ", words[i]);
    *code = tool_misuse(self->shared.command, "%s is %s, not '%s'", option, known.bytes, optarg);
    buffer_free(&known);
    return OPTION_LEAVE;
}

static option_outcome take_option(analysis *self, int option, char **arguments, int *code) {
    static const char *const kinds[] = {[INPUT_AUTO] = "auto", [INPUT_TEXT] = "text", [INPUT_JSONL] = "jsonl", NULL};
    static const char *const units[] = {[CARE_UNIT_BYTE] = "byte", [CARE_UNIT_UTF16] = "utf16", [CARE_UNIT_CODEPOINT] = "codepoint", NULL};
    int32_t number = INPUT_AUTO;
    option_outcome outcome = OPTION_TAKEN;
    switch (option) {
    case OPTION_INPUT:
        outcome = take_word(self, "--input", kinds, &number, code);
        self->kind = (input_kind)number;
        return outcome;
    case OPTION_ROLE: self->settings.role_said = true; return options_take_role(&self->shared, optarg, &self->settings.role, code);
    case OPTION_CHANNEL: return options_take_channel(&self->shared, optarg, &self->settings.channel, code);
    case OPTION_LABEL: return take_label(self, code);
    case OPTION_WHY:
    case OPTION_EVIDENCE: self->choice.evidence = self->choice.why = true; return outcome;
    case OPTION_SUPPRESSED: self->choice.suppressed = true; return outcome;
    case OPTION_OFFSETS: self->offsets_said = true; return take_word(self, "--offsets", units, &self->choice.unit, code);
    case OPTION_UNBUFFERED: self->unbuffered = true; return outcome;
    default: return options_take(&self->shared, option, arguments, code);
    }
}

/* ---- Turns ---- */

static bool begin_conversation(analysis *self, const input_turn *turn) {
    care_error error = {.size = sizeof error};
    care_conversation_free(self->conversation);
    self->conversation = NULL;
    recent_clear(&self->turns);
    self->titled = false;
    if (self->shared.format == FORMAT_HUMAN) human_output_summary(&self->human);
    care_status status = care_conversation_new(&self->conversation, self->pack, NULL, &error);
    if (status != CARE_OK) lines_complain(turn->source, turn->line, "%s", care_status_message(status));
    return status == CARE_OK;
}

static void write_title(analysis *self, const input_turn *turn) {
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)turn->conversation.number);
    const char *file = tool_file_title(turn->source->name);
    identity_kind kind = turn->conversation.kind;
    bool named = kind == IDENTITY_TEXT && turn->conversation.text != turn->source->name;
    const char *title = named ? turn->conversation.text : kind == IDENTITY_NUMBER ? number : file;
    human_output_title(&self->human, title, named ? turn->conversation.length : strlen(title), turn->turn.channel);
    self->titled = true;
}

static bool take_turn(void *opaque, const input_turn *turn, bool *refused) {
    analysis *self = opaque;
    care_result result = {.size = sizeof result};
    care_error error = {.size = sizeof error};
    if ((turn->begins || self->conversation == NULL) && !begin_conversation(self, turn)) {
        *refused = true;
        return true;
    }
    care_status status = care_conversation_feed(self->conversation, self->analyzer, &turn->turn, &result, &error);
    if (status != CARE_OK) {
        lines_complain(turn->source, turn->line, "%s", error.message[0] != '\0' ? error.message : care_status_message(status));
        *refused = true;
        return true;
    }
    if (result.turn_count > 0 && (result.turn_flags[0] & CARE_TURN_ILL_FORMED) != 0 && self->noted != turn->source) {
        lines_complain(turn->source, turn->line, "note: bytes that are not UTF-8; they separate words");
        self->noted = turn->source;
    }
    recent_add(&self->turns, turn->number, turn->turn.text, (size_t)turn->turn.length, self->choice.evidence);
    if (self->shared.format == FORMAT_HUMAN) {
        if (!self->titled) write_title(self, turn);
        human_output_turn(&self->human, turn->number, &turn->turn, &result, &self->turns);
    } else {
        json_output_turn(&self->json, turn, &result, &self->turns);
    }
    if (self->unbuffered) tool_flush();
    return !ferror(stdout);
}

/* ---- The command ---- */

static int open_analyzer(analysis *self) {
    problem_report report = {0};
    self->pack = pack_choice_open(&self->shared.packs, &report);
    if (self->pack == NULL) return TOOL_UNREADABLE;
    care_error error = {.size = sizeof error};
    care_status status = care_analyzer_new(&self->analyzer, self->pack, NULL, &error);
    if (status == CARE_OK && self->choice.suppressed) status = care_analyzer_set(self->analyzer, CARE_OPTION_SUPPRESSED, 1);
    if (status == CARE_OK && self->choice.evidence) status = care_analyzer_set(self->analyzer, CARE_OPTION_EVIDENCE, 1);
    if (status == CARE_OK) return TOOL_DONE;
    tool_say("%s", care_status_message(status));
    return TOOL_UNREADABLE;
}

static int analyze_files(analysis *self, int count, char **names) {
    int code = open_analyzer(self);
    if (code != TOOL_DONE) return code;
    terminal screen;
    terminal_open(&screen, self->shared.colour, self->shared.width);
    human_output_begin(&self->human, self->pack, &screen, &self->choice);
    self->json = (json_output){.pack = self->pack, .choice = self->choice, .array = self->shared.format == FORMAT_JSON};
    self->settings.pack = self->pack;
    input_taker taker = {.self = self, .take = take_turn};
    for (int i = 0; i < count && !ferror(stdout); i++) {
        self->noted = NULL;
        code = tool_worse(code, input_read(names[i], self->kind, &self->settings, &taker));
    }
    if (self->shared.format == FORMAT_HUMAN) {
        human_output_summary(&self->human);
        human_output_end(&self->human);
    } else {
        json_output_end(&self->json);
    }
    human_output_free(&self->human);
    json_output_free(&self->json);
    return code;
}

int analyze_command(int count, char **arguments) {
    analysis self = {.shared = {.command = arguments[0], .help = help, .known = known_options}};
    int code = TOOL_DONE;
    option_outcome outcome = OPTION_TAKEN;
    opterr = 0;
    for (int option; outcome == OPTION_TAKEN && (option = getopt_long(count, arguments, ":", known_options, NULL)) != -1;)
        outcome = take_option(&self, option, arguments, &code);
    if (outcome == OPTION_TAKEN) {
        if (optind == count)
            code = tool_misuse(self.shared.command, "no file; - is standard input");
        else if (self.offsets_said && self.shared.format == FORMAT_HUMAN)
            code = tool_misuse(self.shared.command, "--offsets needs --format jsonl or json");
        else
            code = analyze_files(&self, count - optind, arguments + optind);
    }
    care_conversation_free(self.conversation);
    care_analyzer_free(self.analyzer);
    care_pack_unref(self.pack);
    recent_free(&self.turns);
    pack_choice_free(&self.shared.packs);
    free(self.labels);
    return code;
}
