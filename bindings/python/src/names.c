/* names.c - a pack's names as Python strings: findings name their signal and rule by the same objects, made when first needed. */
#include "binding.h"

static PyObject **make_room(size_t count) {
    return PyMem_Calloc(count + 1, sizeof(PyObject *));
}

bool names_make(name_table *self, care_pack *pack) {
    memset(self, 0, sizeof *self);
    care_pack_info info = {.size = sizeof info};
    if (care_pack_get_info(pack, &info) != CARE_OK) return false;
    self->pack = pack;
    self->signal_count = info.signal_count;
    self->rule_count = info.rule_count;
    self->context_count = info.context_count;
    while (care_pack_slot_name(pack, self->slot_count)) self->slot_count++;
    self->signals = make_room(self->signal_count);
    self->rules = make_room(self->rule_count);
    self->slots = make_room(self->slot_count);
    self->contexts = make_room(self->context_count);
    return self->signals && self->rules && self->slots && self->contexts;
}

static void free_room(PyObject **room, uint32_t count) {
    for (uint32_t i = 0; room && i < count; i++) Py_XDECREF(room[i]);
    PyMem_Free(room);
}

void names_free(name_table *self) {
    free_room(self->signals, self->signal_count);
    free_room(self->rules, self->rule_count);
    free_room(self->slots, self->slot_count);
    free_room(self->contexts, self->context_count);
    memset(self, 0, sizeof *self);
}

static PyObject *keep(PyObject **place, const char *name) {
    if (!*place) *place = PyUnicode_InternFromString(name ? name : "");
    Py_XINCREF(*place);
    return *place;
}

static PyObject *no_such(const char *kind) {
    PyErr_Format(PyExc_SystemError, "a finding names a %s that its pack does not have", kind);
    return NULL;
}

PyObject *names_signal(name_table *self, uint32_t signal) {
    if (signal >= self->signal_count) return no_such("signal");
    if (self->signals[signal]) return keep(&self->signals[signal], NULL);
    care_signal_info info = {.size = sizeof info};
    if (care_pack_signal(self->pack, signal, &info) != CARE_OK) return no_such("signal");
    return keep(&self->signals[signal], info.id);
}

PyObject *names_rule(name_table *self, uint32_t rule) {
    if (rule >= self->rule_count) return no_such("rule");
    if (self->rules[rule]) return keep(&self->rules[rule], NULL);
    care_rule_info info = {.size = sizeof info};
    if (care_pack_rule(self->pack, rule, &info) != CARE_OK) return no_such("rule");
    return keep(&self->rules[rule], info.name);
}

PyObject *names_slot(name_table *self, uint32_t slot) {
    if (slot >= self->slot_count) return no_such("slot");
    return keep(&self->slots[slot], care_pack_slot_name(self->pack, slot));
}

PyObject *names_contexts(name_table *self, uint32_t attributes) {
    Py_ssize_t count = 0, at = 0;
    for (uint32_t i = 0; i < self->context_count && i < 32; i++) count += attributes >> i & 1;
    PyObject *tuple = PyTuple_New(count);
    for (uint32_t i = 0; tuple && at < count; i++) {
        if (!(attributes >> i & 1)) continue;
        PyObject *name = keep(&self->contexts[i], care_pack_context_name(self->pack, i));
        if (!name) Py_CLEAR(tuple);
        else PyTuple_SetItem(tuple, at++, name);
    }
    return tuple;
}

PyObject *names_reason(name_table *self, uint32_t reason) {
    const char *name = care_pack_reason_name(self->pack, reason);
    return PyUnicode_InternFromString(name ? name : "");
}
