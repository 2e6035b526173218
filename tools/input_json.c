/* input_json.c - one turn a line, as JSON:
 *
 *     {"conversation":"c1","turn":0,"role":"customer","text":"...","channel":"chat","name":"...","time":...}
 *
 * "text" must be there, and "role" unless the user said who speaks. Neighbouring lines with the same conversation are one;
 * lines without one are one together. A line that does not fit is named and left out, and the next one is read. */
#include "input.h"
#include "text.h"

#include <jansson.h>
#include <string.h>

typedef struct json_reader {
    lines *source;
    const input_settings *settings;
    const input_taker *taker;
    identity_kind kind;  /* of the conversation at hand */
    buffer conversation; /* its text */
    int64_t identity;    /* its number */
    bool any;            /* there is one */
    int64_t next;        /* the number of the next turn, if it says none */
    bool refused;
    bool stop;
} json_reader;

/* Names the line and what is wrong with it. Always false. */
static bool refuse(json_reader *self, const char *message) {
    lines_complain(self->source, self->source->number, "%s", message);
    self->refused = true;
    return false;
}

/* The member, NULL if it is absent or null. */
static const json_t *member(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    return json_is_null(value) ? NULL : value;
}

/* What a member may be: a role, a channel. */
typedef struct naming {
    const char *key;
    int32_t (*from_name)(const char *name, size_t length);
    const char *(*to_name)(int32_t number);
    int32_t count;
} naming;

static const naming roles = {"role", care_role_from_name, care_role_name, CARE_ROLE_COUNT};
static const naming channels = {"channel", care_channel_from_name, care_channel_name, CARE_CHANNEL_COUNT};

static void list_names(const naming *names, buffer *out) {
    for (int32_t i = 0; i < names->count; i++) buffer_print(out, "%s%s", i > 0 ? ", " : "", names->to_name(i));
}

/* A role or channel by its name; `unsaid` if the line does not say one, which must not be if that is negative. */
static bool read_name(json_reader *self, const json_t *object, const naming *names, int32_t unsaid, uint8_t *out) {
    const json_t *value = member(object, names->key);
    int32_t number = unsaid;
    buffer message = {0};
    if (value == NULL && unsaid < 0) {
        buffer_print(&message, "no \"%s\": one of ", names->key);
        list_names(names, &message);
        buffer_print(&message, "; or give --%s", names->key);
    } else if (value != NULL && !json_is_string(value)) {
        buffer_print(&message, "\"%s\" must be a string", names->key);
    } else if (value != NULL) {
        number = names->from_name(json_string_value(value), json_string_length(value));
        if (number < 0) {
            buffer_print(&message, "unknown %s \"", names->key);
            text_clean(&message, json_string_value(value), json_string_length(value));
            buffer_text(&message, "\"; there are ");
            list_names(names, &message);
        }
    }
    if (message.length > 0) {
        refuse(self, message.bytes);
        buffer_free(&message);
        return false;
    }
    *out = (uint8_t)number;
    return true;
}

static bool read_conversation(json_reader *self, const json_t *object, input_turn *turn) {
    const json_t *value = member(object, "conversation");
    identity *found = &turn->conversation;
    if (value != NULL && !json_is_string(value) && !json_is_integer(value))
        return refuse(self, "\"conversation\" must be a string or an integer");
    found->kind = value == NULL ? IDENTITY_NONE : json_is_string(value) ? IDENTITY_TEXT : IDENTITY_NUMBER;
    if (found->kind == IDENTITY_NUMBER) found->number = json_integer_value(value);
    if (found->kind == IDENTITY_TEXT) {
        found->text = json_string_value(value);
        found->length = json_string_length(value);
    }
    bool same = self->any && self->kind == found->kind && self->identity == found->number && self->conversation.length == found->length &&
                (found->length == 0 || memcmp(self->conversation.bytes, found->text, found->length) == 0);
    turn->begins = !same;
    return true;
}

static bool read_turn(json_reader *self, const json_t *object, input_turn *turn) {
    const json_t *text = member(object, "text");
    const json_t *number = member(object, "turn");
    const json_t *name = member(object, "name");
    const json_t *time = member(object, "time");
    if (text == NULL) return refuse(self, "no \"text\"");
    if (!json_is_string(text)) return refuse(self, "\"text\" must be a string");
    if (number != NULL && !json_is_integer(number)) return refuse(self, "\"turn\" must be an integer");
    if (name != NULL && !json_is_string(name)) return refuse(self, "\"name\" must be a string");
    if (time != NULL && !json_is_number(time) && !json_is_string(time)) return refuse(self, "\"time\" must be a number or a string");
    int32_t role = self->settings->role_said ? self->settings->role : -1;
    if (!read_name(self, object, &roles, role, &turn->turn.role)) return false;
    if (!read_name(self, object, &channels, self->settings->channel, &turn->turn.channel)) return false;
    if (!read_conversation(self, object, turn)) return false;
    turn->number = number != NULL ? json_integer_value(number) : turn->begins ? 0 : self->next;
    turn->turn.text = json_string_value(text);
    turn->turn.length = json_string_length(text);
    turn->turn.time_ms = json_is_integer(time) ? json_integer_value(time) : 0;
    return true;
}

/* What the next line is compared with. */
static void remember(json_reader *self, const input_turn *turn) {
    if (turn->begins) {
        self->kind = turn->conversation.kind;
        self->identity = turn->conversation.number;
        self->conversation.length = 0;
        buffer_append(&self->conversation, turn->conversation.text, turn->conversation.length);
    }
    self->any = true;
    self->next = turn->number < INT64_MAX ? turn->number + 1 : turn->number;
}

static void read_line(json_reader *self, const char *line, size_t length) {
    while (length > 0 && (line[0] == ' ' || line[0] == '\t')) line++, length--;
    if (length == 0) return;
    json_error_t error;
    json_t *object = json_loadb(line, length, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &error);
    if (object == NULL) {
        buffer message = {0};
        buffer_text(&message, "not valid JSON: ");
        text_clean(&message, error.text, strlen(error.text));
        buffer_print(&message, " (byte %d)", error.position);
        refuse(self, message.bytes);
        buffer_free(&message);
        return;
    }
    input_turn turn = {.source = self->source, .line = self->source->number};
    if (!json_is_object(object))
        refuse(self, "not a JSON object");
    else if (read_turn(self, object, &turn)) {
        bool refused = false;
        self->stop = !self->taker->take(self->taker->self, &turn, &refused);
        self->refused |= refused;
        if (!refused) remember(self, &turn);
    }
    json_decref(object);
}

int input_read_jsonl(lines *source, const char *first, size_t length, const input_settings *settings, const input_taker *taker) {
    json_reader self = {.source = source, .settings = settings, .taker = taker};
    bool more = first != NULL;
    for (const char *line = first; more && !self.stop; more = lines_next(source, &line, &length)) read_line(&self, line, length);
    buffer_free(&self.conversation);
    return self.refused ? TOOL_REFUSED : TOOL_DONE;
}
