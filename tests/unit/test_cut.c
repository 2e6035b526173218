/* Cuts through phrases: the cheapest words, or pairs of them, that no match can do without. */
#include "compile/cut.h"

#include <criterion/criterion.h>
#include <string.h>

#define P(number) (UINT64_C(1) << (number))

/* A phrase of up to eight positions, put together by hand. */
static position positions[8];
static built_phrase phrase_at;
static cut_network network;

static void begin(uint32_t count, uint64_t starts, uint64_t accepts) {
    memset(positions, 0, sizeof positions);
    memset(&phrase_at, 0, sizeof phrase_at);
    phrase_at.positions = positions;
    phrase_at.position_count = count;
    phrase_at.starts = starts;
    phrase_at.accepts = accepts;
}

static void follow(uint32_t from, uint64_t to) {
    positions[from].follow = to;
}

/* What the cheapest cut costs where positions cost what is given, in their order. */
static int64_t cut(const int64_t *costs) {
    cut_lay_out(&network, &phrase_at);
    for (uint32_t p = 0; p < phrase_at.position_count; p++) network.capacity[2 * p][2 * p + 1] = positions[p].any ? CUT_NEVER : costs[p];
    return cut_find(&network);
}

static uint64_t held(void) {
    uint64_t found = 0;
    for (uint32_t p = 0; p < phrase_at.position_count; p++) found |= (uint64_t)cut_holds_position(&network, p) << p;
    return found;
}

#define CUTS(wanted_cost, wanted, ...)                                      \
    do {                                                                    \
        cr_assert_eq(cut((const int64_t[]){__VA_ARGS__}), (wanted_cost));   \
        cr_assert_eq(held(), (wanted));                                     \
    } while (0)

Test(cut, one_word) {
    begin(1, P(0), P(0));
    CUTS(7, P(0), 7);
}

Test(cut, the_cheapest_of_a_sequence) {
    begin(3, P(0), P(2));
    follow(0, P(1));
    follow(1, P(2));
    CUTS(1, P(1), 5, 1, 3);
    CUTS(2, P(2), 5, 4, 2);
}

Test(cut, of_a_choice_all) {
    begin(4, P(0), P(3)); /* a (b | c) d */
    follow(0, P(1) | P(2));
    follow(1, P(3));
    follow(2, P(3));
    CUTS(3, P(1) | P(2), 9, 1, 2, 9);
    CUTS(2, P(3), 9, 1, 2, 2);
}

Test(cut, what_may_be_missing_is_none) {
    begin(3, P(0), P(2)); /* a [b] c */
    follow(0, P(1) | P(2));
    follow(1, P(2));
    CUTS(4, P(2), 5, 1, 4);
    begin(2, P(0) | P(1), P(0) | P(1)); /* [a] b | a */
    follow(0, P(1));
    CUTS(6, P(0) | P(1), 2, 4);
}

Test(cut, words_that_cost_too_much) {
    begin(2, P(0), P(1));
    follow(0, P(1));
    CUTS(3, P(1), CUT_NEVER, 3);
    cr_assert_geq(cut((const int64_t[]){CUT_NEVER, CUT_NEVER}), CUT_NEVER);
}

Test(cut, any_words_are_passed_over) {
    begin(3, P(0), P(2)); /* a * c */
    follow(0, P(1));
    follow(1, P(2));
    positions[1].any = true;
    CUTS(2, P(2), 3, 0, 2);
    cr_assert_eq(cut_any_positions(&phrase_at), P(1));
    cr_assert_eq(network.distances[0][2], 1u << 1);
    cr_assert_eq(network.distances[0][1], 0);
}

/* Where a match may hold any-words only, nothing is needed. */
Test(cut, a_phrase_of_any_words) {
    begin(2, P(0) | P(1), P(0) | P(1)); /* a | * */
    positions[1].any = true;
    cr_assert_geq(cut((const int64_t[]){1, 0}), CUT_NEVER);
    begin(3, P(0), P(1) | P(2)); /* * * [c] */
    follow(0, P(1));
    follow(1, P(2));
    positions[0].any = positions[1].any = true;
    cr_assert_geq(cut((const int64_t[]){0, 0, 1}), CUT_NEVER);
    begin(3, P(0), P(2)); /* * * c */
    follow(0, P(1));
    follow(1, P(2));
    positions[0].any = positions[1].any = true;
    CUTS(1, P(2), 0, 0, 1);
}

Test(cut, any_words_at_the_end) {
    begin(3, P(0), P(0) | P(2)); /* a [* *] */
    follow(0, P(1));
    follow(1, P(2));
    positions[1].any = positions[2].any = true;
    CUTS(4, P(0), 4, 0, 0);
}

Test(cut, distances) {
    begin(7, P(0), P(6)); /* a * * * [*] * g, with less of them, too */
    for (uint32_t p = 1; p < 6; p++) {
        positions[p].any = true;
        follow(p, P(p + 1) | (p == 3 ? P(5) : 0));
    }
    follow(0, P(1) | P(6));
    CUTS(1, P(0), 1, 0, 0, 0, 0, 0, 2);
    cr_assert_eq(network.distances[0][6], 1u | CUT_TOO_FAR);
    begin(3, P(0), P(2)); /* a *+ c */
    follow(0, P(1));
    follow(1, P(1) | P(2));
    positions[1].any = true;
    CUTS(1, P(0), 1, 0, 2);
    cr_assert_eq(network.distances[0][2], 1u << 1 | 1u << 2 | 1u << 3 | CUT_TOO_FAR);
}

Test(cut, pairs) {
    begin(2, P(0), P(1));
    follow(0, P(1));
    cut_lay_out(&network, &phrase_at);
    network.capacity[0][1] = 8;
    network.capacity[2][3] = 9;
    network.capacity[1][2] = 3;
    cr_assert_eq(cut_find(&network), 3);
    cr_assert(cut_holds_pair(&network, 0, 1) && !cut_holds_pair(&network, 1, 0));
    cr_assert_eq(held(), 0);
}
