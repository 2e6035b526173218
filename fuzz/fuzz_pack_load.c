/* fuzz_pack_load.c - any bytes as a compiled pack, with the checksum made right: refused, or it runs. The input is either a whole
 * pack, or a list of changes to a good one: triples of a 16-bit place (in 4-byte words, modulo the pack's length), and a 32-bit value
 * to put there. */
#include "support/exercise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static care_pack *the_pack(void) {
    static care_pack *pack;
    if (pack) return pack;
    const care_source source = {"all.care", EVERYTHING, sizeof EVERYTHING - 1};
    MUST(care_pack_compile(&pack, &source, 1, NULL, NULL, NULL, NULL) == CARE_OK);
    return pack;
}

static void try(unsigned char *bytes, size_t length) {
    care_pack *pack = NULL;
    care_error error = {.size = sizeof error};
    exercise_repair(bytes, length);
    care_status status = care_pack_load(&pack, bytes, length, NULL, &error);
    MUST((status == CARE_OK) == (pack != NULL));
    if (status != CARE_OK) MUST(error.status == status && (status == CARE_E_CORRUPT || status == CARE_E_VERSION));
    if (pack) exercise_pack(pack);
    care_pack_unref(pack);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    size_t length;
    const void *good = care_pack_bytes(the_pack(), &length);
    unsigned char *bytes = malloc(length > size ? length : size);
    MUST(bytes != NULL);
    memcpy(bytes, data, size);
    if (size) try(bytes, size);
    memcpy(bytes, good, length);
    for (size_t at = 0; at + 6 <= size && at < 6 * 16; at += 6) {
        size_t place = (size_t)data[at] | (size_t)data[at + 1] << 8;
        memcpy(bytes + place % (length / 4) * 4, data + at + 2, 4);
    }
    try(bytes, length);
    free(bytes);
    return 0;
}
