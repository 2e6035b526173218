/* Which surface forms a word stands for, at compile time. */
#include "support/heard.h"

/* The forms that rule a.b/x can match, sorted. */
static const char *forms(const char *words, const char *phrase) {
    static char shown[2048];
    char text[4096];
    const char *all[200];
    size_t count = 0, used = 0;
    snprintf(text, sizeof text, HEARD_NAME "%s\nsignal a.b by anyone\n say 80 @x %s\n", words, phrase);
    care_pack *pack = heard_compile(text);
    while (count < 200 && (all[count] = care_pack_rule_form(pack, 0, (uint32_t)count))) count++;
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k && strcmp(all[k], all[k - 1]) < 0; k--) {
            const char *moved = all[k];
            all[k] = all[k - 1];
            all[k - 1] = moved;
        }
    shown[0] = '\0';
    for (size_t i = 0; i < count; i++) used += (size_t)snprintf(shown + used, sizeof shown - used, "%s%s", i ? " " : "", all[i]);
    care_pack_unref(pack);
    return shown;
}

#define ENGLISH "stemmer english\nending +s +es +ed +ing +d e>ing y>ies y>ied =ed =ing\nderivation +er +ly +ment e>ation\n"

Test(spelling, endings) {
    cr_assert_str_eq(forms(ENGLISH, "delay"), "delay delayed delayes delaying delays");
    cr_assert_str_eq(forms(ENGLISH, "stop"), "stop stopped stopping stops");
    cr_assert_str_eq(forms(ENGLISH, "\"stop\""), "stop");
    cr_assert(strstr(forms(ENGLISH, "try"), "tries"));
    cr_assert(strstr(forms(ENGLISH, "use"), "using"));
    cr_assert_str_eq(forms("ending +s", "delay"), "delay", "without a stemmer words stand for what is listed");
    cr_assert_str_eq(forms("stemmer none\nending +s", "delay"), "delay");
}

Test(spelling, derivations) {
    cr_assert(strstr(forms(ENGLISH, "quick~"), "quickly"));
    cr_assert(!strstr(forms(ENGLISH, "quick"), "quickly"));
}

Test(spelling, listed_forms) {
    cr_assert_str_eq(forms("word break: broke broken", "break"), "break broke broken");
    cr_assert_str_eq(forms("word break: broke broken", "broke"), "broke", "a listed form stands for itself");
    cr_assert_str_eq(forms(ENGLISH "word break: broke broken", "broke"), "broke");
    cr_assert(strstr(forms(ENGLISH "word break: broke", "break"), "breaking"));
    cr_assert_str_eq(forms("word be: am is\nword be: are", "be"), "am are be is");
    cr_assert_str_eq(forms("word Caf\xc3\xa9: CAFES", "caf\xc3\xa9"), "cafes caf\xc3\xa9");
}

/* A letter of several bytes at the end is not torn. */
Test(spelling, doubling_a_wide_letter) {
    cr_assert_str_eq(forms("stemmer spanish\nending =s +s", "caf\xc3\xa9"), "caf\xc3\xa9");
}

Test(spelling, contractions_clitics_and_numbers_in_phrases) {
    heard it;
    heard_open(&it,
               HEARD_WORDS "contraction im = i 'm\nsignal a.b by anyone\n say 80 @x im here\n say 70 @y it's late\n say 60 @z 5pm | 1st\n");
    HEARD(&it, "I'm here", "a.b/x 'I'm here' 80");
    HEARD(&it, "im here", "a.b/x 'im here' 80");
    HEARD(&it, "it 's late", "a.b/y 'it 's late' 70");
    HEARD(&it, "it is late", ""); /* written with a clitic it is just that */
    HEARD(&it, "5pm 5 pm 1st", "a.b/z '5pm' 60 | a.b/z '5 pm' 60 | a.b/z '1st' 60");
    heard_close(&it);
}

Test(spelling, mistakes) {
    const char *told = heard_problems(HEARD_NAME "stemmer klingon\n");
    cr_assert_eq(strncmp(told, "2:1: there is no Snowball stemmer \"klingon\"; there are ", 54), 0, "%s", told);
    cr_assert(strstr(told, "english, ") && strstr(told, "spanish, ") && strstr(told, ", none\n"));
    cr_assert(strstr(heard_problems(HEARD_NAME "contraction a = b c d\n"), "a contraction reads as two forms"));
    char text[300] = HEARD_NAME "signal a.b by anyone\n say 80 ";
    for (int i = 0; i < 20; i++) strcat(text, "long");
    strcat(text, "\n");
    cr_assert(strstr(heard_problems(text), "is no word"));
}
