/* status.c - names, versions, and the filling of errors. */
#include "pack.h"

#include <string.h>

#define STATUSES(X)                                                                                                     \
    X(CARE_OK, "no error")                                                                                              \
    X(CARE_E_MEMORY, "out of memory: the allocator gave nothing")                                                       \
    X(CARE_E_ARGUMENT, "an argument is NULL, unknown or out of range")                                                  \
    X(CARE_E_UTF8, "the text is not well-formed UTF-8")                                                                 \
    X(CARE_E_LIMIT, "larger than the library handles")                                                                  \
    X(CARE_E_SYNTAX, "the pack text does not make sense")                                                               \
    X(CARE_E_EXAMPLE, "an example of the pack does not hold")                                                           \
    X(CARE_E_CORRUPT, "the compiled pack is truncated or altered; compile it again")                                    \
    X(CARE_E_VERSION, "the compiled pack is of a format that this library does not read; compile it again")             \
    X(CARE_E_PACK, "the objects belong to different packs")                                                             \
    X(CARE_E_STATE, "a call out of order")                                                                              \
    X(CARE_E_UNSUPPORTED, "not supported by this build or platform")

const char *care_status_name(care_status status) {
#define CASE(value, message) \
    case value: return #value;
    switch (status) {
        STATUSES(CASE)
        default: return "CARE_E_UNKNOWN";
    }
#undef CASE
}

const char *care_status_message(care_status status) {
#define CASE(value, message) \
    case value: return message;
    switch (status) {
        STATUSES(CASE)
        default: return "an unknown status";
    }
#undef CASE
}

#define TEXT_OF(number) #number
#define VERSION_TEXT(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *care_version(void) {
    return VERSION_TEXT(CARE_VERSION_MAJOR, CARE_VERSION_MINOR, CARE_VERSION_PATCH);
}

static const char *const role_names[CARE_ROLE_COUNT] = {"agent", "customer", "bot", "system", "leader", "staff"};
static const char *const channel_names[CARE_CHANNEL_COUNT] = {"unknown", "call", "chat", "email", "social", "survey", "review"};

static int32_t name_find(const char *const *names, int32_t count, const char *name, size_t length) {
    for (int32_t i = 0; name && i < count; i++)
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0) return i;
    return -1;
}

const char *care_role_name(int32_t role) {
    return role >= 0 && role < CARE_ROLE_COUNT ? role_names[role] : NULL;
}

const char *care_channel_name(int32_t channel) {
    return channel >= 0 && channel < CARE_CHANNEL_COUNT ? channel_names[channel] : NULL;
}

int32_t care_role_from_name(const char *name, size_t length) {
    return name_find(role_names, CARE_ROLE_COUNT, name, length);
}

int32_t care_channel_from_name(const char *name, size_t length) {
    return name_find(channel_names, CARE_CHANNEL_COUNT, name, length);
}

care_status error_set(care_error *error, care_status status, uint64_t offset, uint32_t line, const char *message) {
    if (!error) return status;
    uint32_t size = error->size;
    if (size < sizeof *error) return status; /* not one of ours: leave it alone */
    memset(error, 0, sizeof *error);
    error->size = size;
    error->status = status;
    error->offset = offset;
    error->line = line;
    size_t length = strlen(message);
    if (length >= sizeof error->message) length = sizeof error->message - 1;
    memcpy(error->message, message, length);
    return status;
}
