/* box.h - a handle: a JavaScript external that points to a box that holds a pack, analyzers or a conversation.
 *
 * The box says what it holds, and outlives what it held: closed and foreign handles are errors, not crashes. It counts the
 * memory of what it holds and tells JavaScript's collector, which sees only the external and would not hurry otherwise. */
#ifndef CARE_NODE_BOX_H
#define CARE_NODE_BOX_H

#include "error.h"

#include "analyzers.h"

#include <atomic>
#include <new>

enum care_kind { CARE_KIND_PACK, CARE_KIND_ANALYZERS, CARE_KIND_CONVERSATION };

static const char *const care_kind_names[] = {"a Pack", "an Analyzer", "a Conversation"};

static const uint64_t care_box_mark = 0x9c3ba71e5d04f286u;

struct care_box {
    uint64_t mark;
    care_environment *environment;
    void *object;               /* NULL: freed, or being made */
    care_kind kind;
    uint32_t running;           /* works on other threads that use the object */
    bool closed;                /* no call may use it any more */
    bool dropped;               /* nothing in JavaScript refers to it */
    int64_t told;               /* bytes that the collector knows of */
    std::atomic<int64_t> bytes; /* bytes that it holds; works allocate on other threads */
    care_allocator allocator;
};

static inline void *care_box_resize(void *context, void *pointer, size_t old_size, size_t new_size) {
    care_box *box = static_cast<care_box *>(context);
    void *moved = nullptr;
    if (new_size) {
        moved = realloc(pointer, new_size);
        if (!moved) return nullptr;
    } else {
        free(pointer);
    }
    box->bytes.fetch_add(static_cast<int64_t>(new_size) - static_cast<int64_t>(old_size), std::memory_order_relaxed);
    return moved;
}

static inline care_box *care_box_new(care_environment *environment, care_kind kind) {
    care_box *box = new (std::nothrow) care_box();
    if (!box) return nullptr;
    box->mark = care_box_mark;
    box->environment = environment;
    box->kind = kind;
    box->allocator = {box, care_box_resize};
    box->bytes = sizeof *box;
    environment->owners++;
    return box;
}

/* Tells the collector how much more, or less, the box holds than it knows; small changes wait. */
static inline void care_box_tell(care_box *box, int64_t least) {
    int64_t change = box->bytes.load(std::memory_order_relaxed) - box->told, total;
    if (change > -least && change < least) return;
    if (napi_adjust_external_memory(box->environment->env, change, &total) == napi_ok) box->told += change;
}

/* Frees what the box holds, unless works use it; the last of them does. */
static inline void care_box_close(care_box *box) {
    box->closed = true;
    if (box->running) return;
    void *object = box->object;
    box->object = nullptr;
    if (!object) return;
    switch (box->kind) {
    case CARE_KIND_PACK:
        care_pack_unref(static_cast<care_pack *>(object));
        box->bytes = sizeof *box;
        break;
    case CARE_KIND_ANALYZERS: care_analyzers_free(static_cast<care_analyzers *>(object)); break;
    case CARE_KIND_CONVERSATION: care_conversation_free(static_cast<care_conversation *>(object)); break;
    }
    care_box_tell(box, 1);
}

static inline void care_box_free(care_box *box) {
    care_box_close(box);
    box->bytes = 0;
    care_box_tell(box, 1);
    care_environment_leave(box->environment);
    box->mark = 0;
    delete box;
}

static inline void care_box_finalize(napi_env, void *data, void *) {
    care_box *box = static_cast<care_box *>(data);
    box->dropped = true;
    if (!box->running) care_box_free(box);
}

/* A work is over. */
static inline void care_box_rest(care_box *box) {
    if (--box->running) return;
    if (box->dropped) {
        care_box_free(box);
    } else if (box->closed) {
        care_box_close(box);
    }
}

/* The box of a handle, open or closed; NULL, and an exception pending, where `value` is none of that kind. */
static inline care_box *care_box_of(napi_env env, napi_value value, care_kind kind, const char *argument) {
    void *data = nullptr;
    if (napi_get_value_external(env, value, &data) == napi_ok) {
        care_box *box = static_cast<care_box *>(data);
        if (box && box->mark == care_box_mark && box->kind == kind) return box;
    }
    care_throw_type(env, argument, care_kind_names[kind], value);
    return nullptr;
}

/* The same, but a closed one is an error too. */
static inline care_box *care_open_box_of(napi_env env, napi_value value, care_kind kind, const char *argument) {
    care_box *box = care_box_of(env, value, kind, argument);
    if (!box || !box->closed) return box;
    care_error error = {};
    snprintf(error.message, sizeof error.message, "this %s was closed", care_kind_names[kind] + (care_kind_names[kind][1] == 'n' ? 3 : 2));
    care_throw_error(env, CARE_E_STATE, &error, nullptr);
    return nullptr;
}

/* What the handle holds; NULL, and an exception pending, where it is closed or no such handle. */
static inline void *care_object_of(napi_env env, napi_value value, care_kind kind, const char *argument) {
    care_box *box = care_open_box_of(env, value, kind, argument);
    return box ? box->object : nullptr;
}

/* A pack, from its own handle or from that of analyzers, which outlives it. */
static inline care_pack *care_pack_of(napi_env env, napi_value value, const char *argument) {
    void *data = nullptr;
    if (napi_get_value_external(env, value, &data) == napi_ok) {
        care_box *box = static_cast<care_box *>(data);
        if (box->mark == care_box_mark && box->kind == CARE_KIND_ANALYZERS && !box->closed)
            return static_cast<care_analyzers *>(box->object)->pack;
    }
    return static_cast<care_pack *>(care_object_of(env, value, CARE_KIND_PACK, argument));
}

/* A handle that a call is making. */
struct care_making {
    care_box *box = nullptr;
    void *object = nullptr;

    ~care_making() {
        if (!box) return;
        box->object = object;
        care_box_free(box);
    }

    /* The box is the external's from here on; NULL, and nothing kept, if there is no memory for it. */
    napi_value give(napi_env env, int64_t bytes) {
        napi_value external;
        box->object = object;
        object = nullptr;
        if (napi_create_external(env, box, care_box_finalize, nullptr, &external) != napi_ok) {
            object = box->object;
            return nullptr;
        }
        box->bytes += bytes;
        care_box_tell(box, 1);
        box = nullptr;
        return external;
    }
};

/* One of a handle's analyzers, held until the end of the call. */
struct care_taken {
    care_box *box = nullptr;
    care_analyzer *analyzer = nullptr;

    bool take(napi_env env, napi_value value, const char *argument) {
        box = care_open_box_of(env, value, CARE_KIND_ANALYZERS, argument);
        if (!box) return false;
        care_status status = care_analyzers_take(static_cast<care_analyzers *>(box->object), &analyzer);
        if (status == CARE_OK) return true;
        care_throw_error(env, status, nullptr, nullptr);
        return false;
    }

    ~care_taken() {
        if (!analyzer) return;
        if (box->environment->giant) {
            care_analyzer_trim(analyzer);
            care_environment_shrink(box->environment);
        }
        care_analyzers_give(static_cast<care_analyzers *>(box->object), analyzer);
        care_box_tell(box, 1 << 16);
    }
};

#endif
