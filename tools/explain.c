/* explain.c - `care explain`: one text, everything that is known about it. */
#include "commands.h"
#include "json_text.h"
#include "options.h"
#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const char help[] =
    "Usage: care explain [OPTION]... TEXT\n"
    "\n"
    "Shows one text in full: its words as the rules see them (unknown ones in\n"
    "brackets); each finding with its rule as written, the rule's place\n"
    "in the pack, the evidence with its weights and the contexts it stands in; and\n"
    "the candidates that are not counted, with the reason. TEXT may be - for standard\n"
    "input. A speaker before it, as in 'Customer: Fine.', is taken as the role.\n"
    "Examples in pack text are not run, so that a pack whose own ones fail can be\n"
    "looked into.\n"
    "\n"
    "  --role ROLE               who says it: agent (default), customer, bot, system,\n"
    "                            leader, staff\n"
    "  --channel CHANNEL         call, chat, email, social, survey or review\n"
    "  --previous TEXT           what the other side said just before; repeatable, in\n"
    "                            the order in which it was said, the sides in turns\n"
    "  --pack FILE               a pack of your own on top of English, as text or\n"
    "                            compiled; repeatable\n"
    "  --base english|none|FILE  what the first --pack stands on\n"
    "  --format human|json       for people (default), or one JSON object\n"
    "  --color WHEN              auto (default), always or never: green counts for\n"
    "                            the speaker's care, red against it, yellow neither\n"
    "  --width COLUMNS           to wrap at; else the terminal's\n"
    "\n"
    "Examples\n"
    "  care explain 'The driver was late, so there was nothing we could do.'\n"
    "  care explain --role customer --previous 'How was your stay?' 'It was ok.'\n"
    "  care explain --role customer --channel survey 'It was ok.'\n"
    "  care explain --format json -- '- a text that begins with a dash'\n"
    "\n"
    "Reasons why a candidate is not counted\n"
    "  speaker    somebody else would have to say it\n"
    "  needs      what the rule needs nearby is missing\n"
    "  unless     something nearby speaks against it\n"
    "  not        part of a phrase that only looks like it\n"
    "  yields     another finding comes first\n"
    "  threshold  hints that do not add up\n"
    "  duplicate  the same signal is found there with more weight\n"
    "  or the name of a context, such as negated, that it stands in\n";
/* clang-format on */

enum { OPTION_ROLE = OPTION_OWN, OPTION_CHANNEL, OPTION_PREVIOUS };

static const struct option known_options[] = {
    {"role", required_argument, NULL, OPTION_ROLE},
    {"channel", required_argument, NULL, OPTION_CHANNEL},
    {"previous", required_argument, NULL, OPTION_PREVIOUS},
    OPTIONS_PACK,
    OPTIONS_SCREEN,
    OPTIONS_FORMAT,
    OPTIONS_HELP,
};

/* Bytes of a speaker's label, its colon included, as transcripts have it. */
#define SPEAKER_MOST ((size_t)41)

typedef struct explanation {
    options shared;
    int32_t role, channel;
    bool role_said;
    const char **previous; /* texts, borrowed from the command line */
    size_t previous_count;
    buffer text;
    care_pack *pack;
    care_analyzer *analyzer;
    care_conversation *conversation;
    recent turns;
} explanation;

static const output_choice everything = {.suppressed = true, .evidence = true, .why = true, .detail = true};

static option_outcome take_option(explanation *self, int option, char **arguments, int *code) {
    switch (option) {
    case OPTION_ROLE: self->role_said = true; return options_take_role(&self->shared, optarg, &self->role, code);
    case OPTION_CHANNEL: return options_take_channel(&self->shared, optarg, &self->channel, code);
    case OPTION_PREVIOUS: self->previous[self->previous_count++] = optarg; return OPTION_TAKEN;
    default: return options_take(&self->shared, option, arguments, code);
    }
}

/* Who speaks to whom: the customer to any of those who serve, and they to the customer. */
static int32_t other_side(int32_t role) {
    return role == CARE_ROLE_CUSTOMER ? CARE_ROLE_AGENT : CARE_ROLE_CUSTOMER;
}

static care_turn turn_of(const explanation *self, const char *text, size_t length, int32_t role) {
    return (care_turn){.text = length > 0 ? text : "", .length = length, .role = (uint8_t)role, .channel = (uint8_t)self->channel};
}

/* Turn `index` of those before the text; the last of them is said by the other side. */
static care_turn previous_turn(const explanation *self, size_t index) {
    size_t distance = self->previous_count - index;
    const char *text = self->previous[index];
    care_turn turn = turn_of(self, text, strlen(text), distance % 2 == 1 ? other_side(self->role) : self->role);
    turn.flags = CARE_TURN_CONTEXT;
    return turn;
}

static care_status feed(explanation *self, const care_turn *turn, care_result *result, care_error *error) {
    recent_add(&self->turns, self->turns.count, turn->text, (size_t)turn->length, true);
    return care_conversation_feed(self->conversation, self->analyzer, turn, result, error);
}

static care_status analyze(explanation *self, const care_turn *turn, care_result *result, care_error *error) {
    care_status status = care_analyzer_new(&self->analyzer, self->pack, NULL, error);
    if (status == CARE_OK) status = care_analyzer_set(self->analyzer, CARE_OPTION_SUPPRESSED, 1);
    if (status == CARE_OK) status = care_analyzer_set(self->analyzer, CARE_OPTION_EVIDENCE, 1);
    if (status == CARE_OK) status = care_conversation_new(&self->conversation, self->pack, NULL, error);
    for (size_t i = 0; status == CARE_OK && i < self->previous_count; i++) {
        care_turn before = previous_turn(self, i);
        status = feed(self, &before, result, error);
    }
    return status == CARE_OK ? feed(self, turn, result, error) : status;
}

/* ---- Output ---- */

/* The words as the rules see them, a bar between sentences, unknown words in brackets. */
static void show_words(const explanation *self, const care_turn *turn) {
    const care_word *words;
    size_t count;
    if (care_analyzer_words(self->analyzer, &words, &count) != CARE_OK || count == 0) return;
    fputs("\n     words  ", stdout);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) fputs(words[i].sentence != words[i - 1].sentence ? " | " : " ", stdout);
        if (words[i].form != NULL)
            fputs(words[i].form, stdout);
        else
            printf("(%.*s)", (int)(words[i].end - words[i].begin), turn->text + words[i].begin);
    }
    putchar('\n');
}

/* First the text with what was found, then again with what was not counted: together they would hide each other. */
static void show(const explanation *self, const care_turn *turn, const care_result *result) {
    human_output human;
    terminal screen;
    terminal_open(&screen, self->shared.colour, self->shared.width);
    human_output_begin(&human, self->pack, &screen, &everything);
    for (size_t i = 0; i < self->previous_count; i++) {
        care_result nothing = {.size = sizeof nothing};
        care_turn before = previous_turn(self, i);
        human_output_turn(&human, -1, &before, &nothing, &self->turns);
    }
    care_result found = *result, dropped = *result;
    found.suppressed_count = 0;
    dropped.finding_count = 0;
    human_output_turn(&human, -1, turn, &found, &self->turns);
    show_words(self, turn);
    bool near = result->suppressed_count > 0;
    if (result->finding_count == 0) printf("\n     nothing found%s\n", near ? "" : ", and no rule came near");
    if (near) {
        puts("\n     not counted\n");
        human_output_turn(&human, -1, turn, &dropped, &self->turns);
    }
    human_output_free(&human);
}

static void write_words(const explanation *self) {
    const care_word *words;
    size_t count;
    if (care_analyzer_words(self->analyzer, &words, &count) != CARE_OK) return;
    json_text_key(false, "words");
    putchar('[');
    for (size_t i = 0; i < count; i++) {
        printf("%s{\"start\":%u,\"end\":%u,\"sentence\":%u,\"form\":", i > 0 ? "," : "", words[i].begin, words[i].end, words[i].sentence);
        if (words[i].form != NULL)
            json_text_word(words[i].form);
        else
            fputs("null", stdout);
        putchar('}');
    }
    putchar(']');
}

static void write_json(const explanation *self, const care_turn *turn, const care_result *result) {
    json_output json = {.pack = self->pack, .choice = everything};
    json_text_key(true, "text");
    json_text_string(turn->text, (size_t)turn->length);
    json_text_key(false, "role");
    json_text_word(care_role_name(turn->role));
    json_text_key(false, "channel");
    json_text_word(care_channel_name(turn->channel));
    write_words(self);
    putchar(',');
    json_output_findings(&json, turn, result, &self->turns);
    json_output_free(&json);
}

/* Where what is said begins: behind a speaker that the pack knows, who then gives the role; not if --role has settled it. */
static size_t take_speaker(explanation *self) {
    const char *text = self->text.bytes;
    size_t length = self->text.length;
    const char *colon = self->role_said || length == 0 ? NULL : memchr(text, ':', length < SPEAKER_MOST ? length : SPEAKER_MOST);
    if (colon == NULL) return 0;
    size_t begin = 0, end = (size_t)(colon - text), said = end + 1;
    while (begin < end && text[begin] == ' ') begin++;
    while (end > begin && text[end - 1] == ' ') end--;
    int32_t role = care_pack_speaker_role(self->pack, text + begin, end - begin);
    if (role < 0 || begin == end) return 0;
    while (said < length && text[said] == ' ') said++;
    self->role = role;
    tool_say("note: '%.*s:' is taken as --role %s, not as speech", (int)(end - begin), text + begin, care_role_name(role));
    return said;
}

static int explain(explanation *self, const char *text) {
    problem_report report = {0};
    care_result result = {.size = sizeof result};
    care_error error = {.size = sizeof error};
    if (strcmp(text, "-") != 0)
        buffer_text(&self->text, text);
    else if (!tool_read_file(text, &self->text))
        return TOOL_UNREADABLE;
    if (strcmp(text, "-") == 0)
        while (self->text.length > 0 && strchr("\r\n", self->text.bytes[self->text.length - 1]) != NULL) self->text.length--;
    self->pack = pack_choice_open(&self->shared.packs, &report);
    if (self->pack == NULL) return TOOL_UNREADABLE;
    size_t said = take_speaker(self);
    care_turn turn = turn_of(self, self->text.bytes + said, self->text.length - said, self->role);
    care_status status = analyze(self, &turn, &result, &error);
    if (status != CARE_OK) {
        tool_say("%s", error.message[0] != '\0' ? error.message : care_status_message(status));
        return TOOL_UNREADABLE;
    }
    if (self->shared.format == FORMAT_HUMAN) {
        show(self, &turn, &result);
    } else {
        putchar('{');
        write_json(self, &turn, &result);
        fputs("}\n", stdout);
    }
    return TOOL_DONE;
}

int explain_command(int count, char **arguments) {
    explanation self = {.shared = {.command = arguments[0], .help = help, .known = known_options},
                        .role = CARE_ROLE_AGENT,
                        .channel = CARE_CHANNEL_UNKNOWN};
    int code = TOOL_DONE;
    option_outcome outcome = OPTION_TAKEN;
    self.shared.packs.hushed = true;
    self.previous = tool_allocate((size_t)count, sizeof *self.previous);
    opterr = 0;
    for (int option; outcome == OPTION_TAKEN && (option = getopt_long(count, arguments, ":", known_options, NULL)) != -1;)
        outcome = take_option(&self, option, arguments, &code);
    if (outcome == OPTION_TAKEN) {
        if (optind == count)
            code = tool_misuse(self.shared.command, "no text");
        else if (optind + 1 < count)
            code = tool_misuse(self.shared.command, "one text at a time: put it in quotes");
        else
            code = explain(&self, arguments[optind]);
    }
    care_conversation_free(self.conversation);
    care_analyzer_free(self.analyzer);
    care_pack_unref(self.pack);
    recent_free(&self.turns);
    buffer_free(&self.text);
    pack_choice_free(&self.shared.packs);
    free(self.previous);
    return code;
}
