/* Pack text to packs: layers, examples, the same bytes from the same text, and the size of things. */
#include "support/everything.h"
#include "support/exercise.h"
#include "support/heard.h"

#include "pack_format.h"

#include <locale.h>

static bool same_bytes(const care_pack *a, const care_pack *b) {
    size_t length, other;
    const void *bytes = care_pack_bytes(a, &length), *others = care_pack_bytes(b, &other);
    return length == other && memcmp(bytes, others, length) == 0;
}

Test(compile, the_same_text_gives_the_same_bytes) {
    care_pack *first = heard_compile(EVERYTHING);
    char *copy = malloc(sizeof EVERYTHING); /* from another place in memory */
    memcpy(copy, EVERYTHING, sizeof EVERYTHING);
    for (int i = 0; i < 3; i++) {
        care_pack *again = heard_compile(copy);
        cr_assert(same_bytes(first, again));
        care_pack_unref(again);
    }
    free(copy);
    care_pack *other = heard_compile(EVERYTHING "# a comment\n");
    care_pack_info info = {.size = sizeof info}, changed = {.size = sizeof changed};
    care_pack_get_info(first, &info), care_pack_get_info(other, &changed);
    cr_assert_neq(info.fingerprint, changed.fingerprint);
    care_pack_unref(other);
    care_pack_unref(first);
}

/* Turkish has another small i; commas and points change places in most. */
Test(compile, the_locale_changes_nothing) {
    static const char *const locales[] = {"tr_TR.UTF-8", "tr_TR", "de_DE.UTF-8", "C.UTF-8", "POSIX"};
    care_pack *plain = heard_compile(EVERYTHING);
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        if (!setlocale(LC_ALL, locales[i])) continue;
        care_pack *again = heard_compile(EVERYTHING);
        cr_assert(same_bytes(plain, again), "%s", locales[i]);
        heard it;
        heard_open_pack(&it, again);
        HEARD(&it, "I'M SORRY", "a.sorry/me 'I'M SORRY' 90");
        heard_close(&it);
    }
    setlocale(LC_ALL, "C");
    care_pack_unref(plain);
}

/* ---- Layers ---- */

#define BASE                                                                                                                               \
    HEARD_WORDS "list fruit apple\ncue k\n say key\nsignal a.b \"m\" by anyone at 70\n say 80 @x eat <fruit> needs cue.k in turn\n hint "  \
                "40 pip\n yes @eats eat apple key\nsignal a.c by anyone\n say 50 late\n"

Test(compile, layers) {
    care_pack *base = heard_compile(BASE);
    care_pack *top = heard_compile_on("pack top 2\nextend list fruit | plum\nextend cue k\n say lock\nextend signal a.b\n say 60 @new bite "
                                      "<fruit>\noff a.c\nreweigh a.b/x 55\n",
                                      base);
    care_pack_info info = {.size = sizeof info};
    care_pack_get_info(top, &info);
    cr_assert(info.layer_count == 2 && info.signal_count == 2);
    cr_assert_str_eq(info.name, "top");
    cr_assert_str_eq(info.version, "2");
    heard it;
    heard_open_pack(&it, top);
    HEARD(&it, "eat plums, lock", "a.b/x 'eat plums' 55");
    HEARD(&it, "bite apples late", "a.b/new 'bite apples' 60");
    heard_close(&it);
    care_pack_unref(base);
}

Test(compile, examples_of_the_layer_below) {
    care_pack *base = heard_compile(BASE), *top = NULL;
    const char *breaks = "pack top 1\nextend signal a.b\n not eat apple\n",
               *retracts = "pack top 1\nretract @eats\nextend signal a.b\n not eat apple\n";
    care_source source = {"top.care", breaks, strlen(breaks)};
    care_error error = {.size = sizeof error};
    cr_assert_eq(care_pack_compile(&top, &source, 1, base, NULL, NULL, &error), CARE_E_EXAMPLE);
    cr_assert(!top && strstr(error.message, "not") && strcmp(error.file, "test.care") == 0);
    care_pack_unref(heard_compile_on(retracts, base));
    care_pack_unref(base);
}

Test(compile, compose) {
    care_pack *base = heard_compile(BASE), *other = heard_compile(BASE "# another version\nsignal a.d by anyone\n say 30 bus\n"),
              *joined = NULL;
    care_pack *top = heard_compile_on("pack top 1\nextend signal a.b\n say 60 @new bite\n", base);
    cr_assert_eq(care_pack_compose(&joined, base, top, NULL, NULL, NULL), CARE_OK);
    cr_assert(same_bytes(joined, top), "as if it had been compiled there");
    care_pack_unref(joined);
    cr_assert_eq(care_pack_compose(&joined, other, top, NULL, NULL, NULL), CARE_OK);
    heard it;
    heard_open_pack(&it, joined);
    HEARD(&it, "bite bus", "a.b/new 'bite' 60 | a.d/1 'bus' 30");
    heard_close(&it);
    cr_assert_eq(care_pack_compose(&joined, NULL, top, NULL, NULL, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_pack_compose(&joined, base, NULL, NULL, NULL, NULL), CARE_E_ARGUMENT);
    cr_assert_null(joined);
    care_pack_unref(top);
    care_pack_unref(other);
    care_pack_unref(base);
}

Test(compile, several_files) {
    care_source sources[2] = {{"one.care", HEARD_WORDS "cue k\n say key\n", sizeof(HEARD_WORDS "cue k\n say key\n") - 1},
                              {"two.care", "signal a.b by anyone\n say 80 one needs cue.q in turn\n", 54}};
    sources[1].length = strlen(sources[1].text);
    care_pack *pack = NULL;
    care_error error = {.size = sizeof error};
    cr_assert_eq(care_pack_compile(&pack, sources, 2, NULL, NULL, NULL, &error), CARE_E_SYNTAX);
    cr_assert_str_eq(error.file, "two.care");
    cr_assert(error.line == 2 && error.column > 0 && error.offset > 20 && error.offset < sources[1].length, "offset %llu",
              (unsigned long long)error.offset);
    cr_assert(strstr(error.message, "cue.q"));
}

/* ---- Examples ---- */

static const char *example_problems(const char *examples) {
    char text[4096];
    snprintf(text, sizeof text,
             HEARD_WORDS "context n\n after not\nslot s #name\ncue k\n say key\nsignal z.z by anyone\n say 80 zoo\nsignal a.b by agent "
                         "drop n\n say 80 late unless cue.k in turn\n"
                         " say 60 call {s}\n hint 30 bus\n not late fee\n yields z.z in turn\n%s",
             examples);
    return heard_problems(text);
}

Test(compile, examples_that_hold) {
    cr_assert_str_eq(
        example_problems(" yes so late\n yes [survey] late\n yes Customer: x / Agent: late\n yes {s=Ann} so call Ann\n yes late Bus\n"),
        "");
    cr_assert_str_eq(example_problems(" no (n) not late\n no (unless) late key\n no (not) late fee\n no (yields) late zoo\n no (threshold) "
                                      "bus\n no (speaker) Customer: late\n no not late\n"),
                     "");
}

Test(compile, examples_that_fail) {
    cr_assert(strstr(example_problems(" yes early\n"), "no phrase reaches it"));
    cr_assert(strstr(example_problems(" yes not late\n"), "what reaches it is suppressed, by n of a.b/1"));
    cr_assert(strstr(example_problems(" no so late\n"), "should stay quiet, but \"late\" gives a.b by a.b/1"));
    cr_assert(strstr(example_problems(" no (not) not late\n"), "not because of \"not\": it is suppressed by n"));
    cr_assert(strstr(example_problems(" no (n) early\n"), "no phrase reaches it"));
    cr_assert(strstr(example_problems(" yes bus not late\n"), "by threshold of a.b/3, n of a.b/1"), "each reason names its rule");
    const char *twice = example_problems(" yes bus and bus\n");
    cr_assert(strstr(twice, "by threshold of a.b/3") && !strstr(twice, "a.b/3, "), "and is told once: %s", twice);
    cr_assert(strstr(example_problems(" yes {s=Bob} so call Ann\n"), "gives no slot s with \"Bob\""));
    cr_assert(strstr(example_problems(" no early\n"), "note "), "an example that proves nothing is a note");
}

static const char *layer_problems(const char *rules) {
    static char told[1024];
    char text[1024];
    care_source from = {"top.care", text, 0};
    from.length = (uint64_t)snprintf(text, sizeof text, "pack top 1\nextend signal a.b\n%s", rules);
    care_pack *base = heard_compile(HEARD_WORDS "signal a.b by anyone\n say 80 late\n hint 30 bus\n"), *pack = NULL;
    care_problems *problems = NULL;
    care_pack_compile(&pack, &from, 1, base, NULL, &problems, NULL);
    size_t used = 0;
    told[0] = '\0';
    care_problem one = {.size = sizeof one};
    for (size_t i = 0; i < care_problems_count(problems) && used < sizeof told; i++) {
        care_problems_get(problems, i, &one);
        used += (size_t)snprintf(told + used, sizeof told - used, "%u: %s\n", one.line, one.message);
    }
    care_problems_free(problems);
    care_pack_unref(pack);
    care_pack_unref(base);
    return told;
}

Test(compile, a_rule_that_no_example_of_its_layer_reaches) {
    cr_assert_str_eq(layer_problems(" say 70 slow\n yes late\n"), "3: no \"yes\" of a.b reaches this rule: write one\n");
    cr_assert_str_eq(layer_problems(" say 70 slow\n yes slow\n"), "");
    cr_assert_str_eq(layer_problems(" say 70 so late\n yes so late\n"), "", "one that has less weight than another is reached");
    cr_assert_str_eq(layer_problems(" say 0 off\n not late fee\n hint 40 train\n yes bus and train\n"), "",
                     "a rule that is switched off, a look-alike and a hint that adds up");
    cr_assert_str_eq(layer_problems(" say 70 slow unless (bus) in turn\n yes late, slow bus\n"),
                     "3: no \"yes\" of a.b reaches this rule: write one\n", "it is suppressed");
}

Test(compile, a_context_that_is_not_dropped_is_no_reason) {
    cr_assert(strstr(heard_problems(HEARD_WORDS "context n\n after not\nsignal a.b by agent\n say 80 late\n no (n) not late\n"),
                     "a.b does not drop n, so that is never the reason"));
}

Test(compile, an_unknown_context_gets_the_known_ones_told) {
    cr_assert(strstr(heard_problems(HEARD_WORDS "context n\n after not\ncontext asked\n mark ?\n"
                                                "signal a.b by agent\n say 80 late unless conditional\n"),
                     "there is no context \"conditional\"; the contexts are: n, asked;"));
}

/* ---- Arguments and limits ---- */

Test(compile, arguments) {
    care_pack *pack = NULL;
    care_problems *problems = NULL;
    care_source source = {"a", NULL, 1}, unnamed = {NULL, "pack a 1\n", 9};
    cr_assert_eq(care_pack_compile(NULL, &source, 1, NULL, NULL, NULL, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_pack_compile(&pack, NULL, 1, NULL, NULL, NULL, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_pack_compile(&pack, &source, 0, NULL, NULL, NULL, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_pack_compile(&pack, &source, 1, NULL, NULL, &problems, NULL), CARE_E_ARGUMENT);
    cr_assert_eq(care_pack_compile(&pack, &unnamed, 1, NULL, NULL, NULL, NULL), CARE_E_ARGUMENT);
    care_source empty = {"a", NULL, 0};
    cr_assert_eq(care_pack_compile(&pack, &empty, 1, NULL, NULL, &problems, NULL), CARE_E_SYNTAX, "a pack has a name at least");
    cr_assert_eq(care_problems_count(problems), 1);
    care_problem one = {.size = sizeof one}, wrong = {.size = 3};
    cr_assert_eq(care_problems_get(problems, 1, &one), CARE_E_ARGUMENT);
    cr_assert_eq(care_problems_get(problems, 0, &wrong), CARE_E_ARGUMENT);
    care_problems_free(problems);
    care_source *many = calloc(70000, sizeof *many);
    for (size_t i = 0; i < 70000; i++) many[i] = (care_source){"a", "", 0};
    cr_assert_eq(care_pack_compile(&pack, many, 70000, NULL, NULL, NULL, NULL), CARE_E_LIMIT);
    free(many);
    cr_assert_null(pack);
}

/* `count` times a numbered line between two texts; what compiling it gives. */
static care_status compile_many(const char *before, const char *line, size_t count, care_pack **pack) {
    size_t room = strlen(before) + count * (strlen(line) + 24) + 100, used = 0;
    char *text = malloc(room);
    used = (size_t)snprintf(text, room, "%s", before);
    for (size_t i = 0; i < count; i++)
        for (const char *at = line; *at; at++) {
            if (*at == '%')
                used += (size_t)snprintf(text + used, room - used, "%zu", i);
            else
                text[used++] = *at;
        }
    care_source source = {"many.care", text, used};
    care_status status = care_pack_compile(pack, &source, 1, NULL, NULL, NULL, NULL);
    free(text);
    return status;
}

Test(compile, limits) {
    care_pack *pack = NULL;
    cr_assert_eq(compile_many(HEARD_NAME, "context c%\n after w%\n", 12, &pack), CARE_OK);
    care_pack_unref(pack);
    cr_assert_eq(compile_many(HEARD_NAME, "context c%\n after w%\n", 13, &pack), CARE_E_SYNTAX);
    cr_assert_eq(compile_many(HEARD_NAME, "cue c%\n say w%\n", PACK_MAX_CONCEPTS, &pack), CARE_OK);
    care_pack_unref(pack);
    cr_assert_eq(compile_many(HEARD_NAME, "cue c%\n say w%\n", PACK_MAX_CONCEPTS + 1, &pack), CARE_E_LIMIT);
    cr_assert_eq(compile_many(HEARD_NAME "signal o.o by customer\n say 50 x\n",
                              "conversation v.c%\n opens customer o.o\n met agent o.o within 1\n", 64, &pack),
                 CARE_OK);
    care_pack_unref(pack);
    cr_assert_eq(compile_many(HEARD_NAME "signal o.o by customer\n say 50 x\n",
                              "conversation v.c%\n opens customer o.o\n met agent o.o within 1\n", 65, &pack),
                 CARE_E_SYNTAX);
    cr_assert_null(pack);
}

/* Keys have room for so many words: as many as fit are all found, one more is refused. Symbol 0 is of all other words. */
Test(compile, as_many_words_as_keys_have_room_for) {
    care_pack *pack = NULL;
    cr_assert_eq(compile_many(HEARD_NAME "signal a.b by anyone\n", " say 50 w%\n", PACK_MAX_SYMBOLS, &pack), CARE_E_LIMIT);
    cr_assert_eq(compile_many(HEARD_NAME "signal a.b by anyone\n", " say 50 w%\n", PACK_MAX_SYMBOLS - 1, &pack), CARE_OK);
    care_analyzer *analyzer = NULL;
    cr_assert_eq(care_analyzer_new(&analyzer, pack, NULL, NULL), CARE_OK);
    for (uint32_t role = 0; role < 2; role++) {
        char text[16];
        for (uint32_t word = 0; word < PACK_MAX_SYMBOLS - 1; word += word < PACK_MAX_SYMBOLS - 40 ? 997 : 1) {
            care_turn turn = {.text = text, .length = (uint64_t)snprintf(text, sizeof text, "W%u", word), .role = (uint8_t)role};
            care_result found = {.size = sizeof found};
            cr_assert_eq(care_analyze(analyzer, &turn, 1, &found, NULL), CARE_OK);
            cr_assert_eq(found.finding_count, 1, "%s", text);
        }
    }
    care_analyzer_free(analyzer);
    care_pack_unref(pack);
}

/* Very many rules that begin with one word: more than a gate counts in 16 bits. Each is found, or the pack is refused. */
Test(compile, many_rules_of_one_word) {
    care_pack *pack = NULL;
    care_status status = compile_many(HEARD_NAME "signal a.b by anyone\n", " say 50 w\n", 66000, &pack);
    cr_assert(status == CARE_E_LIMIT || status == CARE_OK, "%s", care_status_name(status));
    if (status != CARE_OK) return;
    heard it;
    heard_open_pack(&it, pack);
    heard_suppressed(&it);
    care_turn turn = {.text = "w", .length = 1};
    cr_assert_eq(care_analyze(it.analyzer, &turn, 1, &it.result, NULL), CARE_OK);
    cr_assert_eq(it.result.finding_count + it.result.suppressed_count, 66000);
    heard_close(&it);
}

Test(compile, many_guards_of_one_rule) {
    static const char head[] = HEARD_NAME "cue k\n say key\nsignal a.b by anyone\n say 50 w needs cue.k in turn";
    care_pack *pack = NULL;
    care_status status = compile_many(head, " needs cue.k in turn", 65535, &pack); /* one more than 16 bits count */
    cr_assert(status == CARE_E_LIMIT || status == CARE_OK, "%s", care_status_name(status));
    if (status != CARE_OK) return;
    heard it;
    heard_open_pack(&it, pack);
    HEARD(&it, "w", "");
    heard_close(&it);
}

Test(compile, many_alternatives_of_one_guard) {
    static const char head[] = HEARD_NAME "cue k\n say key\nsignal a.b by anyone\n say 50 w unless cue.k in turn";
    care_pack *pack = NULL;
    care_status status = compile_many(head, " or cue.k in turn", 65535, &pack);
    cr_assert(status == CARE_E_LIMIT || status == CARE_OK, "%s", care_status_name(status));
    if (status != CARE_OK) return;
    heard it;
    heard_open_pack(&it, pack);
    HEARD(&it, "w key", "");
    heard_close(&it);
}

Test(compile, many_slots) {
    care_pack *pack = NULL;
    care_status status = compile_many(HEARD_NAME, "slot s% w%\n", 70000, &pack);
    care_pack_unref(pack);
    cr_assert(status == CARE_E_LIMIT || status == CARE_OK, "%s", care_status_name(status));
    cr_assert_eq(compile_many(HEARD_NAME, "slot s% w%\nsignal a.b% by anyone\n say 50 {s%}\n", 1500, &pack), CARE_OK);
    heard it;
    heard_open_pack(&it, pack);
    HEARD(&it, "w1499", "a.b1499/1 'w1499' 50 {s1499=w1499}");
    heard_close(&it);
}

/* ---- What was meant ---- */

#define NAMES                                                                                                                              \
    HEARD_WORDS "list vehicle car\nslot thing car\ncue trouble\n say broken\ncontext asked\n mark ?\nfamily fam by anyone\nsignal "        \
                "fam.one\n say 80 x\n"

/* These lines behind NAMES have one problem, with this in its message. */
static void tells(const char *lines, const char *part) {
    char text[1024];
    (void)snprintf(text, sizeof text, NAMES "%s\n", lines);
    const char *told = heard_problems(text);
    cr_assert(strstr(told, part), "\"%s\" is not in \"%s\"", part, told);
    cr_assert_eq(strchr(told, '\n'), told + strlen(told) - 1, "%s", told);
}

Test(compile, names_that_are_nearly_right) {
    tells("signal fam.two\n say 80 <vehcile>", "used; did you mean \"vehicle\"?");
    tells("signal fam.two\n say 80 {thnig}", "used; did you mean \"thing\"?");
    tells("signal fam.two\n say 80 y unless askd", "did you mean \"asked\"?");
    tells("signal fam.two\n say 80 y needs cue.truoble in turn", "did you mean \"cue.trouble\"?");
    tells("signal fam.two\n say 80 y needs fma.* in turn", "did you mean \"fam\"?");
    tells("signal fam.two drop aksed\n say 80 y", "did you mean \"asked\"?");
    tells("extend list vehicles | bus", "did you mean \"vehicle\"?");
    tells("extend cue troubles\n say bus", "did you mean \"cue.trouble\"?");
    tells("off fam.oen", "did you mean \"fam.one\"?");
    tells("signal fam.two\n say 80 <unheard-of>", "there is no list \"unheard-of\"; a list must stand before it is used\n");
}

Test(compile, reasons_of_examples_are_known) {
    tells("signal fam.two\n say 80 y unless asked\n no (question) y?",
          "there is no reason \"question\"; there are speaker, needs, unless, not, yields, threshold, duplicate and the contexts asked\n");
    tells("signal fam.two\n say 80 y unless asked\n no (unles) y?", "asked; did you mean \"unless\"?");
}

Test(compile, notes_are_on_ones_own_text) {
    care_pack *base = heard_compile(HEARD_WORDS "signal a.b by anyone\n say 80 x or y\n"), *top = NULL;
    const char *more = "pack top 1\nextend signal a.b\n say 80 u or v\n yes u or v\n";
    care_source source = {"top.care", more, strlen(more)};
    care_problems *problems = NULL;
    cr_assert_eq(care_pack_compile(&top, &source, 1, base, NULL, &problems, NULL), CARE_OK);
    care_problem one = {.size = sizeof one};
    cr_assert_eq(care_problems_count(problems), 1);
    cr_assert_eq(care_problems_get(problems, 0, &one), CARE_OK);
    cr_assert(one.severity == CARE_SEVERITY_NOTE && one.line == 3 && strcmp(one.file, "top.care") == 0);
    care_problems_free(problems);
    care_pack_unref(top);
    care_pack_unref(base);
}

Test(compile, what_nothing_refers_to_is_noted) {
    care_pack *base = heard_compile(HEARD_WORDS "list old  z\ncue old\n say z\n"
                                                "signal a.b by anyone\n say 80 x\n yes x\n"), *top = NULL;
    const char *more = "pack top 1\nlist inner  x\nlist used  <inner> | y\nlist idle  <used>\nslot lone  y\nslot kept  y\n"
                       "cue used\n say <used>\ncue idle\n say x\n"
                       "extend signal a.b\n say 80 @kept {kept}   needs cue.used in turn\n yes y\n";
    care_source source = {"top.care", more, strlen(more)};
    care_problems *problems = NULL;
    cr_assert_eq(care_pack_compile(&top, &source, 1, base, NULL, &problems, NULL), CARE_OK);
    const char *said[] = {"nothing refers to the list \"idle\"", "nothing refers to the slot \"lone\"", "nothing refers to the cue \"cue.idle\""};
    const uint32_t lines[] = {4, 5, 9};
    cr_assert_eq(care_problems_count(problems), 3);
    for (size_t i = 0; i < 3; i++) {
        care_problem one = {.size = sizeof one};
        cr_assert_eq(care_problems_get(problems, i, &one), CARE_OK);
        cr_assert(one.severity == CARE_SEVERITY_NOTE && one.line == lines[i]);
        cr_assert_str_eq(one.message, said[i]);
    }
    care_problems_free(problems);
    care_pack_unref(top);
    care_pack_unref(base);
}
