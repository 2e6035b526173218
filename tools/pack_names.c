/* pack_names.c - see pack_names.h. */
#include "pack_names.h"

#include <stdlib.h>
#include <string.h>

static void add(pack_names *self, const char *folder, size_t folder_length, const char *name, size_t length) {
    char *item = tool_allocate(folder_length + length + 1, 1);
    memcpy(item, folder, folder_length);
    memcpy(item + folder_length, name, length);
    self->items = tool_resize(self->items, self->count + 1, sizeof *self->items);
    self->items[self->count++] = item;
}

/* The name on a line: without the white space around it; none of a comment. */
static size_t name_on_line(const char **line, size_t length) {
    while (length > 0 && strchr(" \t\r", (*line)[length - 1]) != NULL) length--;
    while (length > 0 && (**line == ' ' || **line == '\t')) (*line)++, length--;
    return length > 0 && **line == '#' ? 0 : length;
}

bool pack_names_add(pack_names *self, const char *name) {
    if (name[0] != '@') {
        add(self, "", 0, name, strlen(name));
        return true;
    }
    const char *list = name + 1, *slash = strrchr(list, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - list) + 1, before = self->count;
    buffer content = {0};
    if (!tool_read_file(list, &content)) {
        buffer_free(&content);
        return false;
    }
    for (const char *at = content.bytes, *end = at + content.length; at < end;) {
        const char *feed = memchr(at, '\n', (size_t)(end - at)), *line = at;
        size_t length = name_on_line(&line, (size_t)((feed == NULL ? end : feed) - at));
        if (length > 0) add(self, list, line[0] == '/' ? 0 : folder, line, length);
        at = feed == NULL ? end : feed + 1;
    }
    buffer_free(&content);
    if (self->count == before) tool_say("%s: a list of pack files, a name a line, names none", list);
    return self->count > before;
}

void pack_names_free(pack_names *self) {
    for (size_t i = 0; i < self->count; i++) free(self->items[i]);
    free(self->items);
    *self = (pack_names){0};
}
