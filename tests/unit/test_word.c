/* Tokens to words: contractions, clitics, fillers, stammering, stretched letters, and sentences without an end. */
#include "support/heard.h"

#define SPLIT                                                                                                                    \
    HEARD_WORDS "word will: 'll\nword can: could\ncontraction im = i 'm\ncontraction dont = do n't\ncontraction can't = can n't\n" \
                "contraction were = we 're  after ^ and but  before sorry glad\nfiller um uh er\nstammer i we the\n"

#define SIGNAL "signal a.b by anyone\n  say 80 @x "

Test(word, contractions_and_clitics) {
    heard it;
    heard_open(&it, SPLIT SIGNAL "i be sorry\n  say 70 @n do not [want]\n  say 60 @w she will\n  say 50 @c can not\n");
    HEARD(&it, "I'm sorry", "a.b/x 'I'm sorry' 80");
    HEARD(&it, "I\xe2\x80\x99m sorry", "a.b/x 'I\xe2\x80\x99m sorry' 80");
    HEARD(&it, "im sorry", "a.b/x 'im sorry' 80");
    HEARD(&it, "IM SORRY", "a.b/x 'IM SORRY' 80");
    HEARD(&it, "i 'm sorry", "a.b/x 'i 'm sorry' 80");
    HEARD(&it, "I don't want", "a.b/n 'don't want' 70");
    HEARD(&it, "I dont want", "a.b/n 'dont want' 70");
    HEARD(&it, "she'll", "a.b/w 'she'll' 60");
    HEARD(&it, "can't", "a.b/c 'can't' 50");
    HEARD(&it, "cannot", "");
    heard_close(&it);
}

/* Only a part of the contraction is found: the beginning alone, where the text is ASCII; the end with the beginning. */
Test(word, a_contraction_is_cut_where_its_first_form_ends) {
    heard it;
    heard_open(&it, SPLIT SIGNAL "be sorry\n  say 70 @i ^ i\n");
    HEARD(&it, "I'm sorry", "a.b/i 'I' 70 | a.b/x 'I'm sorry' 80");
    HEARD(&it, "im sorry", "a.b/i 'i' 70 | a.b/x 'im sorry' 80");
    HEARD(&it, "i\xe2\x80\x99m sorry", "a.b/i 'i' 70 | a.b/x 'i\xe2\x80\x99m sorry' 80");
    heard_close(&it);
}

Test(word, ambiguous_contractions) {
    heard it;
    heard_open(&it, SPLIT SIGNAL "we be [sorry]\n");
    HEARD(&it, "were sorry", "a.b/x 'were sorry' 80");
    HEARD(&it, "but were sorry", "a.b/x 'were sorry' 80");
    HEARD(&it, "well, were sorry", "a.b/x 'were sorry' 80");
    HEARD(&it, "they were sorry", "");
    HEARD(&it, "were late", "");
    HEARD(&it, "were. sorry", "");
    heard_close(&it);
}

Test(word, fillers_and_stammering_use_no_gap) {
    heard it;
    heard_open(&it, SPLIT SIGNAL "we be late\n");
    HEARD(&it, "we um are uh late", "a.b/x 'we um are uh late' 80");
    HEARD(&it, "we we are late", "a.b/x 'we we are late' 80");
    HEARD(&it, "so we we-are late", "a.b/x 'we we-are late' 80"); /* one of the two read as a plain word, */
    HEARD(&it, "so we-we are late", "a.b/x 'we-we are late' 80"); /* and the other letter by letter */
    HEARD(&it, "so we. we are late", "a.b/x 'we are late' 80");
    HEARD(&it, "we are are late", "");
    HEARD(&it, "we a- are late", "a.b/x 'we a- are late' 80");
    HEARD(&it, "we, um, are late", "a.b/x 'we, um, are late' 80");
    heard_close(&it);
}

Test(word, stretched_letters) {
    heard it;
    heard_open(&it, HEARD_WORDS SIGNAL "so good\n");
    HEARD(&it, "sooooo gooood", "a.b/x 'sooooo gooood' 80");
    HEARD(&it, "SOOOO GOOOOOD", "a.b/x 'SOOOO GOOOOOD' 80");
    HEARD(&it, "soo good", "");
    heard_close(&it);
}

/* A comma that stands before a dropped word is the next word's. */
Test(word, commas_of_dropped_words) {
    heard it;
    heard_open(&it, SPLIT "context negated\n  after not\n  until ,\nsignal a.b by anyone drop negated\n  say 80 @x late\n");
    HEARD(&it, "not late", "");
    HEARD(&it, "not, late", "a.b/x 'late' 80");
    HEARD(&it, "not, um late", "a.b/x 'late' 80");
    HEARD(&it, "not um, late", "a.b/x 'late' 80");
    heard_close(&it);
}

/* Clitics whose characters are wider in the text than in the pack: spans stay on characters. */
Test(word, clitics_in_wide_letters) {
    heard it;
    heard_open(&it, HEARD_NAME "clitic lo\nsignal a.b by anyone\n  say 80 @x \"lo\"\n");
    HEARD(&it, "dalo", "a.b/x 'dalo' 80");
    HEARD(&it, "da\xef\xbd\x8c\xef\xbd\x8f", "a.b/x 'da\xef\xbd\x8c\xef\xbd\x8f' 80");
    HEARD(&it, "dal\xef\xbd\x8f", "a.b/x 'dal\xef\xbd\x8f' 80");
    heard_close(&it);
    heard_open(&it, HEARD_NAME "clitic it\nsignal a.b by anyone\n  say 80 @x \"it\"\n");
    HEARD(&it, "\xef\xac\x81t", "a.b/x '\xef\xac\x81t' 80"); /* the ligature is of both */
    heard_close(&it);
}

/* Where emoji are fillers they part no phrase and stand at no edge; a comma beside them stays. */
Test(word, emoji_may_be_fillers) {
    heard it;
    heard_open(&it, HEARD_WORDS "filler #emoji\n" SIGNAL "^^ one two $$\n  say 70 @three three\n");
    HEARD(&it, "One \xf0\x9f\x98\x90 two", "a.b/x 'One \xf0\x9f\x98\x90 two' 80");
    HEARD(&it, "\xf0\x9f\x98\x90\xf0\x9f\x98\x90 one two :/", "a.b/x 'one two' 80");
    HEARD(&it, "\xf0\x9f\x98\x90. One two! <3", "a.b/x 'One two' 80");
    HEARD(&it, "three\xf0\x9f\x98\x90three", "a.b/three 'three' 70 | a.b/three 'three' 70");
    HEARD(&it, "\xf0\x9f\x98\x90", "");
    heard_close(&it);
    heard_open(&it, HEARD_WORDS SIGNAL "^^ one two $$\n  say 70 @face one #emoji\n");
    cr_assert_str_eq(heard_problems(HEARD_WORDS "filler #emoji\n" SIGNAL "one #emoji\n"),
                     "11:17: \"filler #emoji\" drops emoji before phrases are looked for: nothing can match #emoji here\n");
    HEARD(&it, "One \xf0\x9f\x98\x90 two", "a.b/face 'One \xf0\x9f\x98\x90' 70");
    heard_close(&it);
}

/* A sentence of more than 256 words is cut; nothing is found across the cut, and the second part has no start. */
Test(word, endless_sentences_are_cut) {
    heard it;
    heard_open(&it, HEARD_WORDS SIGNAL "one two\n  say 70 @start ^ two\n  say 60 @end one $\n  say 50 @mark last ?\n");
    static char text[4 * 256 + 64];
    for (uint32_t before = 254; before <= 256; before++) {
        size_t length = 0;
        for (uint32_t i = 0; i < before; i++) length += (size_t)snprintf(text + length, sizeof text - length, "x ");
        snprintf(text + length, sizeof text - length, "one two last?");
        const char *wanted = before == 255 ? "a.b/mark 'last' 50" : "a.b/x 'one two' 80 | a.b/mark 'last' 50";
        HEARD(&it, text, wanted);
    }
    heard_close(&it);
}
