/* Bytes to tokens and sentences. A token is shown as its text with its kinds and marks behind: "5pm" gives "5:n pm". */
#include "support/heard.h"
#include "token.h"

static char shown[4096];

/* Kinds: n number, m money, t time, N name, C caps, E emoji, L link. Marks: , comma  q quoted  o opaque  - cut off.
 * Sentences end with "/" and their marks: ? ! and > for cited ones. */
static const char *tokens(const char *given, size_t length) {
    static care_pack *pack;
    if (!pack) pack = heard_compile(HEARD_WORDS "abbreviation mr dr no e.g st\nword st: sts\n");
    care_allocator allocator = memory_default();
    token_list list = {0};
    size_t used = 0;
    shown[0] = '\0';
    char *text = malloc(length ? length : 1); /* so that a byte too far is seen */
    memcpy(text, given, length);
    cr_assert(token_read(pack, (const unsigned char *)text, (uint32_t)length, &allocator, &list));
    uint32_t before = 0, words = 0;
    for (size_t s = 0; s < list.sentence_count; s++) {
        const token_sentence *at = list.sentences + s;
        cr_assert(at->first < at->last && at->first == (s ? list.sentences[s - 1].last : 0), "sentences cover the tokens");
        for (uint32_t i = at->first; i < at->last; i++) {
            const token *one = list.tokens + i;
            cr_assert(one->begin < one->end && one->begin >= before && one->end <= length, "tokens stand in order");
            before = one->end;
            words += !(one->kinds & TOKEN_EMOJI);
            used += (size_t)snprintf(shown + used, sizeof shown - used, "%s%.*s", used ? " " : "", (int)(one->end - one->begin),
                                     text + one->begin);
            if (one->kinds || one->marks & (TOKEN_COMMA | TOKEN_QUOTED | TOKEN_OPAQUE | TOKEN_CUT_OFF)) shown[used++] = ':';
            for (int k = 0; k < 7; k++)
                if (one->kinds >> k & 1) shown[used++] = "nmtNCEL"[k];
            if (one->marks & TOKEN_COMMA) shown[used++] = ',';
            if (one->marks & TOKEN_QUOTED) shown[used++] = 'q';
            if (one->marks & TOKEN_OPAQUE) shown[used++] = 'o';
            if (one->marks & TOKEN_CUT_OFF) shown[used++] = '-';
            shown[used] = '\0';
        }
        used += (size_t)snprintf(shown + used, sizeof shown - used, "%s%s%s%s", s + 1 < list.sentence_count || at->marks & 7u ? " /" : "",
                                 at->marks & SENTENCE_QUESTION ? "?" : "", at->marks & SENTENCE_EXCLAMATION ? "!" : "",
                                 at->marks & SENTENCE_CITED ? ">" : "");
    }
    cr_assert_eq(words, list.word_count);
    memory_resize(&allocator, list.tokens, list.token_room, 0, sizeof *list.tokens);
    memory_resize(&allocator, list.sentences, list.sentence_room, 0, sizeof *list.sentences);
    free(text);
    return shown;
}

#define TOKENS(text, wanted) cr_assert_str_eq(tokens("" text, sizeof(text) - 1), wanted, "%s gives: %s", text, shown)

Test(token, nothing) {
    TOKENS("", "");
    TOKENS("   \t\n\r\n ", "");
    TOKENS("... !? -- ,", "");
    TOKENS("\0\0", "");
}

Test(token, words) {
    TOKENS("one two", "one two");
    TOKENS("it's don't o'clock", "it's don't o'clock");
    TOKENS("it\xe2\x80\x99s", "it\xe2\x80\x99s");
    TOKENS("'tis the users' own", "tis the users own");
    TOKENS("follow-up", "follow up");
    TOKENS("caf\xc3\xa9 cafe\xcc\x81", "caf\xc3\xa9 cafe\xcc\x81");
    TOKENS("i ca- can", "i ca:- can");
    TOKENS("a/b a_b", "a b a_b");
    TOKENS("a\0b", "a b");
}

Test(token, sentences) {
    TOKENS("one. two! three? four", "one / two /! three /? four");
    TOKENS("one... two", "one two:,");
    TOKENS("one?! two", "one /?! two");
    TOKENS("see mr. smith no. 5", "see mr smith no 5:n");
    TOKENS("i met j. smith", "i met j smith");
    TOKENS("v1.2 is out.ok", "v1 2:n is out ok");
    TOKENS("\xe4\xb8\x80\xe3\x80\x82\xe4\xba\x8c", "\xe4\xb8\x80 / \xe4\xba\x8c");
    TOKENS("one\xef\xbc\x9ftwo\xef\xbc\x81three", "one /? two /! three");
}

Test(token, line_ends) {
    TOKENS("one\ntwo", "one two");            /* a wrapped line */
    TOKENS("one\nTwo", "one / Two");
    TOKENS("one\n\ntwo", "one / two");
    TOKENS("one\r\ntwo", "one two");
    TOKENS("one\r\n\r\ntwo", "one / two");
    TOKENS("one\rtwo", "one two");
    TOKENS("one\r\rtwo", "one / two");
    TOKENS("one\v\ftwo", "one two");
    TOKENS("one\xe2\x80\xa8two", "one two");
    TOKENS("one\xe2\x80\xa9\xc2\x85two", "one / two");
    TOKENS("one \n \n two", "one / two");
    TOKENS("one\n", "one");
}

Test(token, commas) {
    TOKENS("one, two; three: four", "one two:, three:, four:,");
    TOKENS("one (two) three", "one two:, three:,");
    TOKENS("one -- two - three", "one two:, three:,");
    TOKENS("one \xe2\x80\x94 two\xe2\x80\xa6 three", "one two:, three:,");
    TOKENS("one. , two", "one / two");
}

Test(token, quotes) {
    TOKENS("he said \"so sorry\" then", "he said so:q sorry:q then");
    TOKENS("he said \xe2\x80\x9cso sorry\xe2\x80\x9d then", "he said so:q sorry:q then");
    TOKENS("he said \"so sorry", "he said so sorry");
    TOKENS("\"so\" sorry", "so:q sorry");
    TOKENS("\xc2\xabso\xc2\xbb sorry", "so:q sorry");
}

Test(token, cited_lines) {
    TOKENS("> one two\nthree", "one two /> three");
    TOKENS("one\n> two\n> three", "one / two /> three />");
}

Test(token, numbers) {
    TOKENS("42 1,000.50 17:30 5pm", "42:n 1,000.50:n 17:30:nt 5:n pm");
    TOKENS("$5 5$ \xc2\xa3" "12.50 12\xe2\x82\xac 5%", "$5:nm 5$:nm \xc2\xa3" "12.50:nm 12\xe2\x82\xac:nm 5%:n");
    TOKENS("5. 6", "5:n / 6:n");
}

Test(token, names) {
    TOKENS("i am Ann", "i am Ann:N");
    TOKENS("Ann is here", "Ann is here");
    TOKENS("the BBC is I and I'm", "the BBC:C is I and I'm");
    TOKENS("ask <name> or @ann_1 for #care", "ask <name>:No or @ann_1:No for care");
    TOKENS("a@b.c", "a b c");
    TOKENS("so late #Late #LATE #7 ## # a#b @a#b", "so late Late:N LATE:C 7:n a b @a:No b");
    TOKENS("# late. #late", "late / late");
    TOKENS("see \xc3\x89" "clair", "see \xc3\x89" "clair:N");
}

Test(token, emoji_and_links) {
    TOKENS("ok :) :-( ;p <3", "ok :):Eo :-(:Eo ;p:Eo <3:Eo");
    TOKENS("ok \xf0\x9f\x98\x80\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd", "ok \xf0\x9f\x98\x80\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd:Eo");
    TOKENS("see https://x.example/a?b=1. ok", "see https://x.example/a?b=1:Lo / ok");
    TOKENS("see www.x.example, ok", "see www.x.example:Lo ok:,");
    TOKENS("http:// www.", "http://:Lo www:Lo");
}

Test(token, ill_formed_bytes_separate) {
    TOKENS("a\xff" "b\xe2\x82 c\xf0", "a b c");
    TOKENS("\x80", "");
}

/* ---- Plain words, which are read eight bytes at a time ---- */

#define LETTERS 24u /* of the longest word */

/* A pack whose words are the beginnings of `alphabet`, each as it is. */
static care_pack *beginnings(const char *alphabet) {
    char text[4096] = HEARD_NAME "signal a.b by anyone\n";
    for (int count = 1; count <= (int)LETTERS; count++)
        snprintf(text + strlen(text), sizeof text - strlen(text), " say 80 \"%.*s\"\n", count, alphabet);
    return heard_compile(text);
}

/* What stands behind the last word of a text. */
typedef struct ending {
    const char *text;
    size_t length;
    bool joins; /* the word goes on in it */
} ending;

/* A word of `first` letters, or none, and one of `second`, of which so many are capitals, in memory of just the text's size: the
 * second is found as it is, wherever the eights of bytes fall. */
static void check_words(const care_pack *pack, const char *alphabet, uint32_t first, uint32_t second, uint32_t capitals, const ending *end) {
    care_allocator allocator = memory_default();
    token_list list = {0};
    uint32_t begin = first ? first + 1 : 0, letters_end = begin + second, length = letters_end + (uint32_t)end->length;
    char *text = malloc(length);
    memcpy(text, alphabet, first);
    if (first) text[first] = ' ';
    for (uint32_t i = 0; i < second; i++) text[begin + i] = (char)(i < capitals ? alphabet[i] - 32 : alphabet[i]);
    memcpy(text + letters_end, end->text, end->length);
    cr_assert(token_read(pack, (const unsigned char *)text, length, &allocator, &list));
    cr_assert_geq(list.token_count, first ? 2u : 1u);
    const token *word = list.tokens + (first ? 1 : 0);
    cr_assert(!first || (list.tokens->begin == 0 && list.tokens->end == first && list.tokens->symbol), "%.*s", (int)length, text);
    cr_assert_eq(word->begin, begin);
    if (end->joins) {
        cr_assert_gt(word->end, letters_end, "%u for %u in: %.*s", word->end, letters_end, (int)length, text);
    } else {
        cr_assert_eq(word->end, letters_end, "%u for %u in: %.*s", word->end, letters_end, (int)length, text);
        cr_assert_neq(word->form, UINT32_MAX, "%.*s", (int)length, text);
        const pack_form_detail *known = pack->form_details + word->form;
        cr_assert(known->length == second && memcmp(pack->strings + known->text, alphabet, second) == 0, "%.*s", (int)length, text);
        uint32_t kinds = second < 2 || !capitals ? 0 : capitals == second ? TOKEN_CAPS : first ? TOKEN_NAME : 0;
        cr_assert_eq(word->kinds, kinds, "%u for %u in: %.*s", word->kinds, kinds, (int)length, text);
    }
    memory_resize(&allocator, list.tokens, list.token_room, 0, sizeof *list.tokens);
    memory_resize(&allocator, list.sentences, list.sentence_room, 0, sizeof *list.sentences);
    free(text);
}

Test(token, words_of_every_length_at_the_end_of_the_text) {
    static const char *const alphabets[] = {"abcdefghijklmnopqrstuvwxy", "zyxwvutsrqponmlkjihgfedcb"};
    static const ending ends[] = {{"", 0, false},    {" ", 1, false},   {"\0", 1, false},       {".", 1, false},         {"?!", 2, false},
                                  {"\t", 1, false},  {"@", 1, false},   {"[", 1, false},        {"`", 1, false},         {"{", 1, false},
                                  {" 7", 2, false},  {" \0 ", 3, false}, {"- ", 2, false},       {"\xff", 1, false},      {"' ", 2, false},
                                  {"7", 1, true},    {"_", 1, true},    {"\xc3\xa9", 2, true},  {"'q", 2, true},         {"\xe2\x82", 2, false}};
    for (size_t a = 0; a < 2; a++) {
        care_pack *pack = beginnings(alphabets[a]);
        for (uint32_t first = 0; first <= LETTERS; first++)
            for (uint32_t second = 1; second <= LETTERS; second++)
                for (size_t e = 0; e < sizeof ends / sizeof *ends; e++)
                    for (uint32_t c = 0; c < 3; c++) check_words(pack, alphabets[a], first, second, c < 2 ? c : second, ends + e);
        care_pack_unref(pack);
    }
}

/* Words are read on until the tokens' room is full, wherever that is; nothing about a word tells that it was the last. */
Test(token, as_many_words_as_there_is_room) {
    char text[4096], wanted[4096];
    for (uint32_t count = 1; count < 90; count++) {
        text[0] = wanted[0] = '\0';
        for (uint32_t i = 0; i < count; i++) {
            strcat(text, i % 3 ? "word " : "Ann ");
            strcat(wanted, i % 3 ? "word" : i ? "Ann:N" : "Ann");
            strcat(wanted, i + 1 < count ? " " : "");
        }
        cr_assert_str_eq(tokens(text, strlen(text)), wanted, "%u words: %s", count, shown);
    }
}

/* A comma stands before one word, quotation marks around all of them. */
Test(token, marks_of_plain_words) {
    TOKENS("one, two three. Four five", "one two:, three / Four five");
    TOKENS("say \"one two, three four\" five", "say one:q two:q three:,q four:q five");
    TOKENS("one \" . two three\" four", "one / two:q three:q four"); /* a space before it makes it an opening one */
    TOKENS("one\" . two three", "one / two three");
    TOKENS("LATE Late LATE. LATE Late", "LATE:C Late:N LATE:C / LATE:C Late:N");
    TOKENS("www http htt ww wwwx httpx", "www http htt ww wwwx httpx");
    TOKENS("www.x http://x", "www.x:Lo http://x:Lo");
    TOKENS("wwwx.y httpx.y", "wwwx y httpx y");
}
