/* conformance FILE ... - that the library finds in each conversation of these files what they say, in every unit, from UTF-8
 * and from UTF-16, as a batch and fed turn by turn. The bindings run the same files, so that all give the same.
 *
 *     conformance --write FILE    prints the file with what is found now, to be looked at and kept
 *
 * A line is an object: "name"; "pack", "english" or a list of files of tests/packs, the lowest layer first; "turns", each with
 * "role", "channel" and "text", or "utf16" (a list of units) for what JSON cannot hold; and "findings". A place in those is an
 * object of three offsets; what cannot be had from UTF-8 has null as its "byte". */
#include <care/compile.h>

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TURNS_MAX 16
#define UNITS_MAX 4096

static const char *const unit_names[] = {"byte", "utf16", "codepoint"};

typedef struct run {
    const char *file;
    int line, failures, checks;
    json_t *pack_key; /* of the pack at hand: most lines have the one before's */
    care_pack *pack;
    care_analyzer *analyzer;
    care_turn turns[TURNS_MAX];
    size_t turn_count;
    bool narrow; /* every turn can be had in UTF-8 */
    uint16_t wide[TURNS_MAX][UNITS_MAX];
    size_t wide_length[TURNS_MAX];
} run;

static void fail(run *self, const char *what) {
    fprintf(stderr, "%s:%d: %s\n", self->file, self->line, what);
    self->failures++;
}

static void stop(run *self, const char *what) {
    fail(self, what);
    exit(2);
}

/* ---- What a line says ---- */

static char *read_file(const char *name, size_t *length) {
    char path[4096], *bytes = NULL;
    snprintf(path, sizeof path, "%s/tests/packs/%s", CARE_SOURCE_DIRECTORY, name);
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    if (fseek(file, 0, SEEK_END) == 0) {
        long size = ftell(file);
        rewind(file);
        if (size >= 0 && (bytes = malloc((size_t)size + 1)) != NULL) *length = fread(bytes, 1, (size_t)size, file);
    }
    fclose(file);
    return bytes;
}

static care_pack *compile_layers(run *self, json_t *files) {
    care_pack *pack = NULL;
    size_t i;
    json_t *file;
    json_array_foreach(files, i, file) {
        care_source source = {json_string_value(file), NULL, 0};
        size_t length = 0;
        char *text = source.file ? read_file(source.file, &length) : NULL;
        if (!text) stop(self, "no such pack file");
        source.text = text;
        source.length = length;
        care_pack *layer = NULL;
        if (care_pack_compile(&layer, &source, 1, pack, NULL, NULL, NULL) != CARE_OK) stop(self, "the pack does not compile");
        free(text);
        care_pack_unref(pack);
        pack = layer;
    }
    return pack;
}

static void open_pack(run *self, json_t *key) {
    if (self->pack_key && json_equal(self->pack_key, key)) return;
    care_analyzer_free(self->analyzer);
    care_pack_unref(self->pack);
    json_decref(self->pack_key);
    self->pack_key = json_incref(key);
    self->pack = NULL;
    if (json_is_array(key))
        self->pack = compile_layers(self, key);
    else if (care_pack_english(&self->pack, NULL) != CARE_OK)
        stop(self, "no English pack");
    if (!self->pack || care_analyzer_new(&self->analyzer, self->pack, NULL, NULL) != CARE_OK) stop(self, "no analyzer");
    care_analyzer_set(self->analyzer, CARE_OPTION_EVIDENCE, 1);
}

/* Decodes the well-formed UTF-8 that JSON gives. */
static size_t widen(const char *text, size_t length, uint16_t *to) {
    size_t units = 0;
    for (size_t i = 0; i < length && units + 2 < UNITS_MAX;) {
        unsigned char lead = (unsigned char)text[i];
        size_t more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
        uint32_t code = more == 0 ? lead : lead & (0x3fu >> more);
        for (size_t k = 1; k <= more; k++) code = code << 6 | ((unsigned char)text[i + k] & 0x3f);
        i += more + 1;
        if (code > 0xffff) {
            to[units++] = (uint16_t)(0xd800 + ((code - 0x10000) >> 10));
            to[units++] = (uint16_t)(0xdc00 + (code & 0x3ff));
        } else {
            to[units++] = (uint16_t)code;
        }
    }
    return units;
}

static void read_turn(run *self, json_t *from, size_t at) {
    const char *role = json_string_value(json_object_get(from, "role")), *channel = json_string_value(json_object_get(from, "channel"));
    json_t *text = json_object_get(from, "text"), *units = json_object_get(from, "utf16");
    int32_t role_number = role ? care_role_from_name(role, strlen(role)) : -1;
    int32_t channel_number = channel ? care_channel_from_name(channel, strlen(channel)) : CARE_CHANNEL_UNKNOWN;
    if (role_number < 0 || channel_number < 0 || (!json_is_string(text) && !json_is_array(units)))
        stop(self, "a turn without a role, a channel or a text");
    care_turn turn = {.role = (uint8_t)role_number, .channel = (uint8_t)channel_number};
    if (json_is_string(text)) {
        turn.text = json_string_value(text);
        turn.length = json_string_length(text);
        self->wide_length[at] = widen(turn.text, (size_t)turn.length, self->wide[at]);
    } else {
        self->narrow = false;
        self->wide_length[at] = json_array_size(units) < UNITS_MAX ? json_array_size(units) : UNITS_MAX;
        for (size_t i = 0; i < self->wide_length[at]; i++) self->wide[at][i] = (uint16_t)json_integer_value(json_array_get(units, i));
    }
    self->turns[at] = turn;
}

/* The turns in a unit, from UTF-8 or from UTF-16. */
static void set_turns(run *self, care_turn *turns, uint8_t unit, bool wide) {
    for (size_t i = 0; i < self->turn_count; i++) {
        turns[i] = self->turns[i];
        turns[i].unit = unit;
        if (!wide) continue;
        turns[i].text = (const char *)self->wide[i];
        turns[i].length = self->wide_length[i];
        turns[i].flags = CARE_TURN_UTF16;
    }
}

/* ---- What is found, as JSON with plain numbers for places ---- */

static json_t *span_json(json_t *object, uint32_t begin, uint32_t end) {
    json_object_set_new(object, "start", json_integer(begin));
    json_object_set_new(object, "end", json_integer(end));
    return object;
}

static const char *rule_name(const run *self, uint32_t rule) {
    care_rule_info info = {.size = sizeof info};
    return care_pack_rule(self->pack, rule, &info) == CARE_OK ? info.name : "";
}

static json_t *finding_json(const run *self, const care_result *result, const care_finding *finding) {
    care_signal_info signal = {.size = sizeof signal};
    care_pack_signal(self->pack, finding->signal, &signal);
    json_t *object = json_pack("{s:i,s:s,s:s,s:i,s:i}", "turn", (int)finding->turn, "signal", signal.id, "rule",
                               rule_name(self, finding->rule), "confidence", (int)finding->confidence, "degree", (int)finding->intensity);
    span_json(object, finding->begin, finding->end);
    json_t *slots = json_array(), *evidence = json_array();
    for (uint32_t i = 0; i < finding->slot_count; i++) {
        const care_slot *slot = result->slots + finding->first_slot + i;
        json_array_append_new(slots,
                              span_json(json_pack("{s:s}", "slot", care_pack_slot_name(self->pack, slot->slot)), slot->begin, slot->end));
    }
    const care_evidence *piece = finding->first_evidence == CARE_NONE ? NULL : result->evidence + finding->first_evidence;
    for (; piece; piece = piece->more ? piece + 1 : NULL)
        json_array_append_new(evidence, span_json(json_pack("{s:s,s:i,s:i}", "rule", rule_name(self, piece->rule), "turn", (int)piece->turn,
                                                            "weight", (int)piece->weight),
                                                  piece->begin, piece->end));
    json_object_set_new(object, "slots", slots);
    json_object_set_new(object, "evidence", evidence);
    return object;
}

static void append_findings(const run *self, const care_result *result, json_t *list) {
    for (size_t i = 0; i < result->finding_count; i++) json_array_append_new(list, finding_json(self, result, result->findings + i));
}

static json_t *find_in_batch(run *self, const care_turn *turns) {
    care_result result = {.size = sizeof result};
    json_t *list = json_array();
    if (care_analyze(self->analyzer, turns, self->turn_count, &result, NULL) != CARE_OK) fail(self, "care_analyze failed");
    append_findings(self, &result, list);
    return list;
}

static json_t *find_in_conversation(run *self, const care_turn *turns) {
    care_result result = {.size = sizeof result};
    care_conversation *conversation = NULL;
    json_t *list = json_array();
    if (care_conversation_new(&conversation, self->pack, NULL, NULL) != CARE_OK) stop(self, "no conversation");
    for (size_t i = 0; i < self->turn_count; i++) {
        if (care_conversation_feed(conversation, self->analyzer, turns + i, &result, NULL) != CARE_OK)
            fail(self, "care_conversation_feed failed");
        append_findings(self, &result, list);
    }
    care_conversation_free(conversation);
    return list;
}

/* ---- Against what is wanted ---- */

/* A copy in which the objects of three offsets are the one of `unit`. */
static json_t *in_unit(const json_t *from, uint8_t unit) {
    if (json_is_object(from) && json_object_get(from, "codepoint")) return json_incref(json_object_get(from, unit_names[unit]));
    json_t *copy = json_is_object(from) ? json_object() : json_is_array(from) ? json_array() : json_deep_copy(from), *value;
    const char *key;
    size_t i;
    if (json_is_object(from))
        json_object_foreach((json_t *)(uintptr_t)from, key, value) json_object_set_new(copy, key, in_unit(value, unit));
    if (json_is_array(from)) json_array_foreach(from, i, value) json_array_append_new(copy, in_unit(value, unit));
    return copy;
}

static void compare(run *self, json_t *found, const json_t *wanted, const char *how, uint8_t unit) {
    self->checks++;
    if (!json_equal(found, wanted)) {
        char what[64], *shown = json_dumps(found, JSON_COMPACT | JSON_SORT_KEYS),
                       *hoped = json_dumps(wanted, JSON_COMPACT | JSON_SORT_KEYS);
        snprintf(what, sizeof what, "%s, in units of %s:", how, unit_names[unit]);
        fail(self, what);
        fprintf(stderr, "  found  %s\n  wanted %s\n", shown, hoped);
        free(shown);
        free(hoped);
    }
    json_decref(found);
}

static void check_line(run *self, const json_t *wanted) {
    care_turn turns[TURNS_MAX];
    for (uint8_t unit = 0; unit < 3; unit++) {
        json_t *hoped = in_unit(wanted, unit);
        for (int wide = 0; wide < 2; wide++) {
            if (wide ? unit == CARE_UNIT_BYTE : !self->narrow) continue;
            set_turns(self, turns, unit, wide);
            compare(self, find_in_batch(self, turns), hoped, wide ? "a batch of UTF-16" : "a batch", unit);
            compare(self, find_in_conversation(self, turns), hoped, wide ? "a conversation in UTF-16" : "a conversation", unit);
        }
        json_decref(hoped);
    }
}

/* ---- Writing ---- */

/* Three findings lists that differ in their places alone become one. */
static json_t *merge(json_t *const lists[3]) {
    json_t *first = lists[CARE_UNIT_CODEPOINT], *value;
    const char *key;
    size_t i;
    if (json_is_array(first)) {
        json_t *made = json_array();
        json_array_foreach(first, i, value) {
            json_t *parts[3];
            for (int unit = 0; unit < 3; unit++) parts[unit] = json_array_get(lists[unit], i);
            json_array_append_new(made, merge(parts));
        }
        return made;
    }
    if (!json_is_object(first)) return json_deep_copy(first);
    json_t *made = json_object();
    json_object_foreach(first, key, value) {
        json_t *parts[3];
        for (int unit = 0; unit < 3; unit++) parts[unit] = lists[unit] ? json_object_get(lists[unit], key) : NULL;
        if (strcmp(key, "start") != 0 && strcmp(key, "end") != 0)
            json_object_set_new(made, key, merge(parts));
        else
            json_object_set_new(made, key,
                                json_pack("{s:o,s:O,s:O}", "byte", parts[0] ? json_incref(parts[0]) : json_null(), "utf16", parts[1],
                                          "codepoint", parts[2]));
    }
    return made;
}

static void write_line(run *self, json_t *line) {
    care_turn turns[TURNS_MAX];
    json_t *lists[3] = {NULL, NULL, NULL};
    for (uint8_t unit = self->narrow ? 0 : 1; unit < 3; unit++) {
        set_turns(self, turns, unit, unit != CARE_UNIT_BYTE);
        lists[unit] = find_in_batch(self, turns);
    }
    json_object_set_new(line, "findings", merge(lists));
    for (int unit = 0; unit < 3; unit++) json_decref(lists[unit]);
    char *shown = json_dumps(line, JSON_COMPACT);
    puts(shown);
    free(shown);
}

static void read_line(run *self, const char *text, bool write) {
    json_error_t error;
    json_t *line = json_loads(text, JSON_ALLOW_NUL, &error);
    if (!line) stop(self, error.text);
    json_t *turns = json_object_get(line, "turns"), *turn, *wanted = json_object_get(line, "findings");
    size_t i;
    open_pack(self, json_object_get(line, "pack"));
    self->turn_count = json_array_size(turns);
    self->narrow = true;
    if (self->turn_count == 0 || self->turn_count > TURNS_MAX) stop(self, "no turns, or too many");
    json_array_foreach(turns, i, turn) read_turn(self, turn, i);
    if (write)
        write_line(self, line);
    else if (!json_is_array(wanted))
        fail(self, "it does not say what is found");
    else
        check_line(self, wanted);
    json_decref(line);
}

int main(int count, char **arguments) {
    static run self;
    bool write = count > 1 && strcmp(arguments[1], "--write") == 0;
    for (int i = write ? 2 : 1; i < count; i++) {
        char *text = NULL;
        size_t room = 0;
        self.file = arguments[i];
        self.line = 0;
        FILE *file = fopen(self.file, "r");
        if (!file) stop(&self, "cannot be read");
        while (getline(&text, &room, file) > 0) {
            self.line++;
            read_line(&self, text, write);
        }
        free(text);
        fclose(file);
    }
    care_analyzer_free(self.analyzer);
    care_pack_unref(self.pack);
    json_decref(self.pack_key);
    if (!write) printf("%d checks, %d failures\n", self.checks, self.failures);
    return self.failures || (!write && self.checks == 0);
}
