/* everything.h - for tests: a small pack that has every kind of record, and turns that reach all of it. */
#ifndef CARE_TESTS_EVERYTHING_H
#define CARE_TESTS_EVERYTHING_H

#include <care/care.h>

#define EVERYTHING                                                                                                                         \
    "pack all 1\nstemmer english\nending +s +ed e>ing\nderivation +ly\nword be: am is are was 'm 's\nword not: n't\n"                      \
    "clitic 's 'm n't 'll\ncontraction im = i 'm\ncontraction were = we 're after ^ but before sorry\nfiller um\n"                         \
    "stammer i we\nabbreviation mr\ncommon the i be of not\nspeaker agent: Agent | Support Team\nspeaker customer: Caller\n"               \
    "answers apology: a.*\nanswers excuse: b.* - b.other\nanswers empathy: a.sorry\nanswers tepid: c.fine\n"                               \
    "list lateness late | very late | unforgivably late\nlist crew driver | other driver\nlist animal ant | bee | cat | dog | eel | fox "  \
    "| gnu\nslot who the <crew> | #name\n"                                                                                                 \
    "cue trouble\n say problem | not work\n not no problem\ncue no by agent\n say we can not unless (yet) right 4\n"                       \
    "cue the\n say the\n"                                                                                                                  \
    "context negated\n after not | never up to 5\n until but | ,\n except not only\n"                                                      \
    "context supposed\n before (be | would) nice up to 3\ncontext asked\n mark ?\ncontext quoted\n mark quotes\n mark cited\n"             \
    "context word\n in the word -1-\n"                                                                                                     \
    "family a by agent counts for pillar care drop negated, quoted\nfamily b by anyone counts against drop asked\n"                        \
    "signal a.sorry \"is sorry\" degree 2\n say 90 @me i be [so | very] sorry\n say 60 sorry for -2- {who} needs cue.trouble in turn or "  \
    "before 2\n"                                                                                                                           \
    " hint 40 sorry+ !\n hint 30 ^ sorry\n hint 20 when cue.the in sentence\n not sorry no | sorry for yourself\n yields b.late in turn\n" \
    "signal b.late \"was late\" draft at 50\n say 80 be <lateness> unless asked or role bot\n say 70 because of {who} needs (driver) "     \
    "nearby\n"                                                                                                                             \
    " hint 30 traffic~ -1- * $$\n hint 30 ^^ \"sorry\" unless long 30\n needs short 200 or channel survey, chat or first\n"                \
    "signal b.other by anyone\n say 50 #money | #time | #emoji | #link | #caps #number needs a.* left or b.late right 3 or cue.trouble "   \
    "here\n"                                                                                                                               \
    " say 40 late ?\n yields a.*\n"                                                                                                        \
    "signal c.fine by customer\n say 85 ^ fine $\nsignal p.ask by agent\n say 85 how | what\n say 15 <animal> home | ant bee cat dog eel " \
    "fox gnu\n"                                                                                                                            \
    "conversation v.unasked\n opens customer c.fine\n met agent p.* within 1\n"

#define EVERYTHING_TURNS                                                                                                         \
    "Sorry! I'm so sorry, the driver was unforgivably late because of the other driver.",                                        \
        "Fine.", "We're sorry for the um um big Driver, it doesn't work!! im very sorry sorry :)", "fine",                       \
        "He said \"i am sorry\" but were sorry, WE WE paid $5 at 17:30, see https://x.example/ ASAP 5 \xf0\x9f\x98\x80. Was it late?", \
        "> i am sorry\nNot only late: the word sorry. It would be nice, mr. Smith's driver is not very late, soooo sorry. "      \
        "We can not do it yet. No problem. We'll. i\xe2\x80\x99m sorry caf\xc3\xa9 \xff\xfe traffic of the city. Fox home?"

#endif
