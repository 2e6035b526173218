/* info.c - a pack's tables as tuples, from which the layer above makes its records. */
#include "binding.h"

PyObject *info_of_pack(const care_pack_info *info) {
    return Py_BuildValue("(ssKIIIIIIIss)", info->name, info->version, (unsigned long long)info->fingerprint, info->format,
                         info->layer_count, info->signal_count, info->rule_count, info->phrase_count, info->form_count, info->context_count,
                         info->stemmer, info->unicode);
}

PyObject *info_of_signal(const care_signal_info *info) {
    return Py_BuildValue("(sssIiIII)", info->id, info->meaning, info->pillar, info->roles, info->polarity, info->flags, info->drops,
                         info->threshold);
}

PyObject *info_of_rule(const care_rule_info *info) {
    return Py_BuildValue("(sIissI)", info->name, info->signal, info->weight, info->text, info->file, info->line);
}

bool info_read_sources(PyObject *list, care_source **sources, size_t *count) {
    if (!PyList_Check(list)) {
        PyErr_SetString(PyExc_TypeError, "sources must be a list of names and texts");
        return false;
    }
    *count = (size_t)PyList_Size(list);
    *sources = PyMem_Calloc(*count + 1, sizeof **sources);
    if (!*sources) return PyErr_NoMemory();
    for (size_t i = 0; i < *count; i++) {
        PyObject *pair = PyList_GetItem(list, (Py_ssize_t)i);
        PyObject *name = PyTuple_Check(pair) && PyTuple_Size(pair) == 2 ? PyTuple_GetItem(pair, 0) : NULL;
        Py_ssize_t length = 0;
        if (name) {
            (*sources)[i].file = PyUnicode_AsUTF8AndSize(name, NULL);
            (*sources)[i].text = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(pair, 1), &length);
            (*sources)[i].length = (uint64_t)length;
        } else {
            PyErr_SetString(PyExc_TypeError, "a source must be a tuple of a name and a text");
        }
        if (PyErr_Occurred()) return false;
    }
    return true;
}
