#include <care/care.h>
#include <stdio.h>
int main(void) {
    care_pack *pack = NULL;
    care_analyzer *analyzer = NULL;
    int32_t yes = 0;
    care_status status = care_pack_english(&pack, NULL);
    if (!status) status = care_analyzer_new(&analyzer, pack, NULL, NULL);
    if (!status) status = care_has_apology(analyzer, "Sorry about the wait.", 21, &yes);
    printf("%s %d %s\n", care_status_name(status), (int)yes, care_version());
    care_analyzer_free(analyzer);
    care_pack_unref(pack);
    return !status && yes == 1 ? 0 : 1;
}
