/* compile.h - for those who author packs: pack text in, a compiled pack or the list of its problems out. */
#ifndef CARE_COMPILE_H
#define CARE_COMPILE_H

#include <care/care.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One file of pack text. Borrowed for the call. */
typedef struct care_source {
    const char *file; /* its name in messages, NUL-terminated */
    const char *text; /* UTF-8 */
    uint64_t length;  /* bytes */
} care_source;

typedef struct care_problems care_problems;

/* Compiles `count` sources, in order, as one pack; on top of `base` if that is not NULL, as a layer that may extend and
 * override it. The pack's own examples are run: one that fails is a problem. On success gives the pack in *out. On failure
 * returns CARE_E_SYNTAX, CARE_E_EXAMPLE or CARE_E_LIMIT and, if `problems` is not NULL, gives every problem found in
 * *problems, to be freed with care_problems_free; the first also fills `error`. Notes (an example that proves nothing) come
 * in *problems on success too. The same text gives the same bytes, but for care_pack_info.unicode under another utf8proc
 * (Debian 12 has 15.0, 13 has 15.1), and the checksum. Any thread. */
CARE_API care_status care_pack_compile(care_pack **out, const care_source *sources, size_t count, const care_pack *base,
                                       const care_allocator *allocator, care_problems **problems, care_error *error);

/* Links the topmost layer of `overlay` onto `base`, as if its text had been compiled there. */
CARE_API care_status care_pack_compose(care_pack **out, const care_pack *base, const care_pack *overlay, const care_allocator *allocator,
                                       care_problems **problems, care_error *error);

#define CARE_SEVERITY_ERROR 0
#define CARE_SEVERITY_NOTE 1

typedef struct care_problem {
    uint32_t size;       /* sizeof(care_problem), set by the caller */
    int32_t severity;    /* CARE_SEVERITY_... */
    care_status status;  /* CARE_E_SYNTAX, CARE_E_EXAMPLE ... */
    uint32_t line;       /* 1-based */
    uint32_t column;     /* 1-based, in bytes */
    const char *file;    /* borrowed from the list, like the message */
    const char *message; /* what is wrong, and the mend */
} care_problem;

/* The number of problems, 0 for NULL; problem `index`, in the order of files and lines (CARE_E_ARGUMENT beyond). */
CARE_API size_t care_problems_count(const care_problems *self);
CARE_API care_status care_problems_get(const care_problems *self, size_t index, care_problem *problem);
CARE_API void care_problems_free(care_problems *self);

/* The text of layer `layer`'s file `file` as it was compiled, NUL-terminated, or NULL beyond the last; its name in *name and
 * bytes in *length (each may be NULL). Borrowed from the pack. Any thread. */
CARE_API const char *care_pack_source(const care_pack *self, uint32_t layer, uint32_t file, const char **name, size_t *length);

#ifdef __cplusplus
}
#endif
#endif
