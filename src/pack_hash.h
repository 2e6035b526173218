/* pack_hash.h - the hashes of a compiled pack, on which the compiler and the runtime must agree. A change to any changes PACK_FORMAT. */
#ifndef CARE_PACK_HASH_H
#define CARE_PACK_HASH_H

#include <stdint.h>

/* Of a form's key. */
static inline uint64_t pack_hash_form(uint64_t head, uint32_t tail) {
    uint64_t mixed = (head ^ (head >> 29) ^ tail * UINT64_C(0xbf58476d1ce4e5b9)) * UINT64_C(0x9e3779b97f4a7c15);
    return mixed >> 32;
}

static inline uint32_t pack_hash_key(uint32_t key) {
    uint32_t mixed = key * UINT32_C(0x9e3779b1);
    return mixed ^ (mixed >> 15);
}

/* The bucket of the table of keys, of any number of buckets, from which on a key with this hash stands. */
static inline uint32_t pack_bucket_of_key(uint32_t hash, uint32_t buckets) {
    return (uint32_t)((uint64_t)hash * buckets >> 32);
}

/* The bucket of a phrase's table where a symbol stands if it does; `factor` is the table's own, and odd. Widened before the shift,
 * as that is by 32 where there is one bucket. */
static inline uint32_t pack_hash_taking(uint32_t symbol, uint32_t factor, uint32_t shift) {
    return (uint32_t)((uint64_t)(symbol * factor) >> shift);
}

/* FNV-1a, of any number of bytes. */
static inline uint64_t pack_hash_bytes(uint64_t seed, const void *bytes, uint64_t length) {
    const unsigned char *at = bytes;
    uint64_t hash = seed ^ UINT64_C(0xcbf29ce484222325);
    for (uint64_t i = 0; i < length; i++) hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* Of whole 8-byte words, in four lanes, which a machine works on side by side. Each step is a bijection of the lane's state, and
 * of the sum's when the lanes come together, so no change of a single word goes unseen. */
static inline uint64_t pack_checksum_step(uint64_t state, uint64_t word) {
    state = (state ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return state ^ state >> 32;
}

static inline uint64_t pack_checksum(const uint64_t *words, uint64_t count) {
    uint64_t lanes[4] = {1, 2, 3, 4}, sum = UINT64_C(0xcbf29ce484222325), at = 0;
    for (; count - at >= 4; at += 4)
        for (uint64_t lane = 0; lane < 4; lane++) lanes[lane] = pack_checksum_step(lanes[lane], words[at + lane]);
    for (; at < count; at++) lanes[at % 4] = pack_checksum_step(lanes[at % 4], words[at]);
    for (uint64_t lane = 0; lane < 4; lane++) sum = pack_checksum_step(sum, lanes[lane]);
    return sum;
}

#endif
