/* text.c - a str is read as UTF-8, which the interpreter keeps, and counted in code points; bytes are read in place and counted
 * in bytes. A lone surrogate, which UTF-8 cannot say, becomes the byte 0xff: ill-formed, and one code point, as it is in the
 * str. Other objects with a buffer of bytes are copied, because they may change while the interpreter's lock is released. */
#include "binding.h"

static void refuse(PyObject *object, const char *name, Py_ssize_t index, const char *wanted) {
    PyObject *type = PyType_GetName(Py_TYPE(object));
    const char *more = "";
    if (index >= 0 && !strcmp(name, "texts")) {
        if (text_is_missing(object) > 0) more = ": a missing text is None; or give the column itself, not a list of its values";
        PyErr_Clear();
    }
    if (index < 0) PyErr_Format(PyExc_TypeError, "%s must be %s, not %V", name, wanted, type, "that");
    else PyErr_Format(PyExc_TypeError, "%s[%zd] must be %s, not %V%s", name, index, wanted, type, "that", more);
    Py_XDECREF(type);
}

int text_is_missing(PyObject *object) {
    if (object == Py_None) return 1;
    if (PyUnicode_Check(object) || PyLong_Check(object)) return 0;
    PyObject *differs = PyObject_RichCompare(object, object, Py_NE);
    int missing = !differs ? -1 : differs == object ? 1 : PyObject_IsTrue(differs);
    Py_XDECREF(differs);
    return missing;
}

/* Two UTF-8s of a str that has lone surrogates, one behind the other: with each as one byte 0xff, in *length bytes, and with
 * each in the three bytes of its number, for words that are cut out later. */
static PyObject *encode_surrogates(PyObject *text, uint64_t *length) {
    PyObject *encoded = PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
    if (!encoded) return NULL;
    const unsigned char *from = (const unsigned char *)PyBytes_AsString(encoded);
    size_t wide = (size_t)PyBytes_Size(encoded), written = 0;
    unsigned char *to = PyMem_Malloc(2 * wide + 1);
    for (size_t i = 0; to && i < wide; i++) {
        bool surrogate = from[i] == 0xed && i + 2 < wide && from[i + 1] >= 0xa0;
        to[written++] = surrogate ? 0xff : from[i];
        if (surrogate) i += 2;
    }
    if (to) memcpy(to + written, from, wide);
    *length = written;
    PyObject *made = to ? PyBytes_FromStringAndSize((const char *)to, (Py_ssize_t)(written + wide)) : PyErr_NoMemory();
    PyMem_Free(to);
    Py_DECREF(encoded);
    return made;
}

static bool set_bytes(PyObject *bytes, uint8_t unit, care_text *text) {
    text->bytes = PyBytes_AsString(bytes);
    text->length = (uint64_t)PyBytes_Size(bytes);
    text->unit = unit;
    return true;
}

static bool read_buffer(PyObject *object, care_text *text, PyObject **owned) {
    Py_buffer view;
    if (PyObject_GetBuffer(object, &view, PyBUF_FULL_RO) < 0) {
        PyErr_Clear();
        return false;
    }
    bool fits = view.itemsize == 1 && (!view.format || strchr("Bbc", view.format[0])) && PyBuffer_IsContiguous(&view, 'C');
    if (fits) *owned = PyBytes_FromStringAndSize(view.buf, view.len);
    PyBuffer_Release(&view);
    return fits && *owned && set_bytes(*owned, CARE_UNIT_BYTE, text);
}

bool text_read(PyObject *object, const char *name, Py_ssize_t index, care_text *text, PyObject **owned) {
    text->flags = 0;
    if (PyUnicode_Check(object)) {
        Py_ssize_t length;
        text->bytes = PyUnicode_AsUTF8AndSize(object, &length);
        if (text->bytes) {
            text->length = (uint64_t)length;
            text->unit = CARE_UNIT_CODEPOINT;
            return true;
        }
        if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) return false;
        PyErr_Clear();
        uint64_t narrow;
        *owned = encode_surrogates(object, &narrow);
        if (!*owned) return false;
        set_bytes(*owned, CARE_UNIT_CODEPOINT, text);
        text->length = narrow;
        return true;
    }
    if (PyBytes_Check(object)) return set_bytes(object, CARE_UNIT_BYTE, text);
    if (PyObject_CheckBuffer(object) && read_buffer(object, text, owned)) return true;
    if (!PyErr_Occurred()) refuse(object, name, index, index < 0 ? "str or bytes" : "str, bytes or None");
    return false;
}

PyObject *text_slice(PyObject *object, uint32_t begin, uint32_t end) {
    if (PyUnicode_Check(object)) return PyUnicode_Substring(object, begin, end);
    return PyBytes_FromStringAndSize(PyBytes_AsString(object) + begin, (Py_ssize_t)(end - begin));
}

/* ---- Names of roles and channels ---- */

void text_refuse_name(bool role, Py_ssize_t index, PyObject *name) {
    PyObject *known = PyUnicode_FromString("");
    const char *kind = role ? "role" : "channel";
    for (int32_t i = 0; known && i < (role ? CARE_ROLE_COUNT : CARE_CHANNEL_COUNT); i++) {
        PyObject *more = PyUnicode_FromFormat("%U%s%s", known, i ? ", " : "", role ? care_role_name(i) : care_channel_name(i));
        Py_DECREF(known);
        known = more;
    }
    PyObject *place = index < 0 ? PyUnicode_FromString("") : PyUnicode_FromFormat("%ss[%zd]: ", kind, index);
    PyObject *shown = name ? PyObject_Repr(name) : PyUnicode_FromString("null");
    if (known && place && shown) PyErr_Format(PyExc_ValueError, "%U%U is no %s; it must be one of: %U", place, shown, kind, known);
    Py_XDECREF(shown);
    Py_XDECREF(place);
    Py_XDECREF(known);
}

static int32_t read_name(PyObject *name, bool role, Py_ssize_t index) {
    if (!PyUnicode_Check(name)) {
        const char *one = role ? "role" : "channel", *many = role ? "roles" : "channels";
        refuse(name, index < 0 ? one : many, index, role ? "the name of a role, a str" : "the name of a channel, a str");
        return -1;
    }
    Py_ssize_t length;
    const char *bytes = PyUnicode_AsUTF8AndSize(name, &length);
    int32_t number = -1;
    if (bytes) number = role ? care_role_from_name(bytes, (size_t)length) : care_channel_from_name(bytes, (size_t)length);
    if (number < 0) {
        PyErr_Clear();
        text_refuse_name(role, index, name);
    }
    return number;
}

int32_t text_name(PyObject *name, bool role, Py_ssize_t index) {
    return !role && name == Py_None ? CARE_CHANNEL_UNKNOWN : read_name(name, role, index);
}

int32_t text_role(PyObject *name) {
    return text_name(name, true, -1);
}

int32_t text_channel(PyObject *name) {
    return text_name(name, false, -1);
}
