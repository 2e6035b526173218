/* raise.c - statuses become care.CareError, with where it went wrong and the list of a pack's problems. */
#include "binding.h"

#include <stdio.h>

/* "CARE_E_SYNTAX" as "syntax", and what is no error, a note's, as "ok". */
static void write_code(care_status status, char code[32]) {
    const char *name = care_status_name(status);
    name += strncmp(name, "CARE_E_", 7) ? strlen("CARE_") : strlen("CARE_E_");
    size_t i = 0;
    for (; name[i] && i < 31; i++) code[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]);
    code[i] = '\0';
}

static PyObject *raise_code(const char *code, const char *message) {
    PyObject *module = PyImport_ImportModule("care._errors");
    PyObject *type = module ? PyObject_GetAttrString(module, "CareError") : NULL;
    PyObject *made = type ? PyObject_CallFunction(type, "ss", message, code) : NULL;
    if (made) PyErr_SetObject(type, made);
    Py_XDECREF(made);
    Py_XDECREF(type);
    Py_XDECREF(module);
    return NULL;
}

PyObject *raise_status(care_status status) {
    char code[32];
    write_code(status, code);
    return raise_code(code, care_status_message(status));
}

PyObject *raise_state(const char *message) {
    return raise_code("state", message);
}

/* Calls the exception's method `name`, which fills it in, with what `Py_BuildValue` made. */
static void tell(const char *name, PyObject *arguments) {
    PyObject *type, *value, *trace;
    PyErr_Fetch(&type, &value, &trace);
    PyErr_NormalizeException(&type, &value, &trace);
    PyObject *method = arguments ? PyObject_GetAttrString(value, name) : NULL;
    PyObject *done = method ? PyObject_CallObject(method, arguments) : NULL;
    if (!done) PyErr_Clear(); /* the exception itself matters more */
    Py_XDECREF(done);
    Py_XDECREF(method);
    Py_XDECREF(arguments);
    PyErr_Restore(type, value, trace);
}

void raise_add_error(const care_error *error) {
    if (!PyErr_Occurred()) return;
    PyObject *file = PyUnicode_DecodeUTF8(error->file, (Py_ssize_t)strlen(error->file), "replace");
    PyObject *message = PyUnicode_DecodeUTF8(error->message, (Py_ssize_t)strlen(error->message), "replace");
    tell("_tell",
         file && message ? Py_BuildValue("(OOIIK)", message, file, error->line, error->column, (unsigned long long)error->offset) : NULL);
    Py_XDECREF(file);
    Py_XDECREF(message);
}

PyObject *raise_list_problems(const care_problems *problems) {
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list && i < care_problems_count(problems); i++) {
        care_problem problem = {.size = sizeof problem};
        care_problems_get(problems, i, &problem);
        char code[32];
        write_code(problem.status, code);
        PyObject *item = Py_BuildValue("(sssIIs)", problem.severity == CARE_SEVERITY_ERROR ? "error" : "note", code, problem.file,
                                       problem.line, problem.column, problem.message);
        if (!item || PyList_Append(list, item) < 0) Py_CLEAR(list);
        Py_XDECREF(item);
    }
    return list;
}

void raise_add_problems(const care_problems *problems) {
    if (!PyErr_Occurred()) return;
    PyObject *type, *value, *trace;
    PyErr_Fetch(&type, &value, &trace);
    PyObject *list = raise_list_problems(problems);
    PyErr_Clear();
    PyErr_Restore(type, value, trace);
    tell("_list", list ? Py_BuildValue("(N)", list) : NULL);
}
