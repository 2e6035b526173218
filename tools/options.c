/* options.c - see options.h. */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static option_outcome take_width(options *self, int *code) {
    char *end;
    unsigned long width = strtoul(optarg, &end, 10);
    if (*end != '\0' || optarg[0] < '0' || optarg[0] > '9' || width < 40 || width > 10000) {
        *code = tool_misuse(self->command, "--width takes a number of columns from 40 to 10000, not '%s'", optarg);
        return OPTION_LEAVE;
    }
    self->width = (size_t)width;
    return OPTION_TAKEN;
}

static option_outcome take_format(options *self, int *code) {
    static const char *const names[] = {[FORMAT_HUMAN] = "human", [FORMAT_JSONL] = "jsonl", [FORMAT_JSON] = "json"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(optarg, names[i]) != 0) continue;
        self->format = (output_format)i;
        return OPTION_TAKEN;
    }
    *code = tool_misuse(self->command, "--format is human, jsonl or json, not '%s'", optarg);
    return OPTION_LEAVE;
}

/* The option that shares most letters at its start with what was written ("--evidences"), or NULL if that are few. */
static const char *guess_option(const options *self, const char *written) {
    const char *best = NULL;
    size_t most = 2;
    for (const struct option *known = self->known; known->name != NULL; known++) {
        size_t same = 0;
        while (known->name[same] != '\0' && known->name[same] == written[same]) same++;
        if (same <= most) continue;
        most = same;
        best = known->name;
    }
    return best;
}

/* What the user wrote is no option: getopt gives '?' or ':', and points behind the argument that it could not take. */
static int options_refuse(const options *self, int option, const char *written) {
    if (option == ':') return tool_misuse(self->command, "'%s' needs a value", written);
    if (optopt >= OPTION_PACK) return tool_misuse(self->command, "'%s': this option takes no value", written);
    if (optopt != 0) return tool_misuse(self->command, "there is no option '-%c'", optopt);
    const char *guess = strncmp(written, "--", 2) == 0 ? guess_option(self, written + 2) : NULL;
    return tool_misuse(self->command, "there is no option '%s'%s%s%s", written, guess != NULL ? "; did you mean '--" : "",
                       guess != NULL ? guess : "", guess != NULL ? "'?" : "");
}

option_outcome options_take(options *self, int option, char **arguments, int *code) {
    switch (option) {
    case OPTION_PACK: pack_choice_add(&self->packs, optarg); return OPTION_TAKEN;
    case OPTION_BASE: self->packs.base = optarg; return OPTION_TAKEN;
    case OPTION_WIDTH: return take_width(self, code);
    case OPTION_FORMAT: return take_format(self, code);
    case OPTION_COLOUR:
        if (terminal_colour_from_name(optarg, &self->colour)) return OPTION_TAKEN;
        *code = tool_misuse(self->command, "--color is auto, always or never, not '%s'", optarg);
        return OPTION_LEAVE;
    case OPTION_HELP:
        fputs(self->help, stdout);
        *code = TOOL_DONE;
        return OPTION_LEAVE;
    default: break;
    }
    *code = options_refuse(self, option, arguments[optind - 1]);
    return OPTION_LEAVE;
}

/* The name's number by `from`; where there is none, a misuse that lists `count` names. */
static option_outcome take_name(const options *self, const char *kind, const char *name, int32_t (*from)(const char *, size_t),
                                const char *(*to)(int32_t), int32_t count, int32_t *number, int *code) {
    *number = from(name, strlen(name));
    if (*number >= 0) return OPTION_TAKEN;
    buffer names = {0};
    for (int32_t i = 0; i < count; i++) buffer_print(&names, "%s%s", i > 0 ? ", " : "", to(i));
    *code = tool_misuse(self->command, "unknown %s '%s'; there are %s", kind, name, names.bytes);
    buffer_free(&names);
    return OPTION_LEAVE;
}

option_outcome options_take_role(const options *self, const char *name, int32_t *role, int *code) {
    return take_name(self, "role", name, care_role_from_name, care_role_name, CARE_ROLE_COUNT, role, code);
}

option_outcome options_take_channel(const options *self, const char *name, int32_t *channel, int *code) {
    return take_name(self, "channel", name, care_channel_from_name, care_channel_name, CARE_CHANNEL_COUNT, channel, code);
}
