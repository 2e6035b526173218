/* Spelling made plain, and the vocabulary's hash table. */
#include "support/heard.h"
#include "form.h"

static const char *folded(const char *text) {
    static char to[FORM_MAX + 1];
    uint32_t length = form_fold((const unsigned char *)text, (uint32_t)strlen(text), (unsigned char *)to);
    to[length] = '\0';
    return to;
}

Test(form, fold) {
    cr_assert_str_eq(folded("Stra\xc3\x9f" "e"), "strasse");
    cr_assert_str_eq(folded("CAFE\xcc\x81"), "caf\xc3\xa9");
    cr_assert_str_eq(folded("it\xe2\x80\x99s"), "it's");
    cr_assert_str_eq(folded("it\xca\xbcs"), "it's");
    cr_assert_str_eq(folded("\xef\xbd\x81\xef\xbc\x87\xef\xbd\x93"), "a's"); /* fullwidth */
    cr_assert_str_eq(folded("\xef\xac\x81ne"), "fine");                      /* a ligature */
}

Test(form, fold_too_long) {
    char long_word[200];
    memset(long_word, 'a', sizeof long_word);
    unsigned char to[FORM_MAX];
    for (uint32_t length = 0; length < sizeof long_word; length++) {
        uint32_t written = form_fold((const unsigned char *)long_word, length, to);
        cr_assert(written == length || (written == 0 && length > FORM_MAX - 4), "%u", length);
    }
    /* One character whose compatibility form has eighteen. */
    char text[60] = "";
    for (int i = 0; i < 8; i++) strcat(text, "\xef\xb7\xba");
    cr_assert_eq(form_fold((const unsigned char *)text, (uint32_t)strlen(text), to), 0);
}

/* Short forms, forms of 8 and 12 bytes, longer ones that differ only behind, and the same in capitals. */
Test(form, find) {
    static const char *const known[] = {"a",          "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijkl", "abcdefghijklm", "abcdefghijkln",
                                        "caf\xc3\xa9"};
    care_pack *pack =
        heard_compile(HEARD_NAME "filler a abcdefg abcdefgh abcdefghi abcdefghijkl abcdefghijklm abcdefghijkln caf\xc3\xa9\n");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint32_t length = (uint32_t)strlen(known[i]);
        uint32_t form = form_find(pack, (const unsigned char *)known[i], length);
        cr_assert_neq(form, FORM_NONE, "%s", known[i]);
        cr_assert_str_eq(pack->strings + pack->form_details[form].text, known[i]);
        if (known[i][length - 1] & 0x80) continue;
        char capitals[64] = "";
        for (uint32_t k = 0; k < length; k++) capitals[k] = (char)(known[i][k] - 32);
        cr_assert_eq(form_find(pack, (const unsigned char *)capitals, length), form, "%s", capitals);
        if (length > FORM_SHORT) continue;
        uint64_t head;
        uint32_t tail;
        form_key((const unsigned char *)capitals, length, &head, &tail);
        cr_assert_eq(form_find_short(pack, head, tail, (const unsigned char *)capitals, length), form, "%s", capitals);
    }
    static const char *const unknown[] = {"b", "abcdef", "abcdefgi", "abcdefghj", "abcdefghijk", "abcdefghijklo", "abcdefghijklmn",
                                          "@", "[",      "`",        "{"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        cr_assert_eq(form_find(pack, (const unsigned char *)unknown[i], (uint32_t)strlen(unknown[i])), FORM_NONE, "%s", unknown[i]);
    care_pack_unref(pack);
}

Test(form, letters_only_lose_their_case) {
    for (unsigned char byte = 1; byte; byte++) {
        uint64_t head;
        uint32_t tail;
        unsigned char text[12];
        memset(text, byte, sizeof text);
        form_key(text, sizeof text, &head, &tail);
        unsigned char wanted = byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte;
        cr_assert_eq(head & 0xff, wanted);
        cr_assert_eq(head >> 56, wanted);
        cr_assert_eq(tail >> 24, wanted);
    }
}
