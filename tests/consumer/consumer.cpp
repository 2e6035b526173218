#include <care/compile.h>
#include <cstdio>

int main() {
    care_pack *pack = nullptr;
    care_error error{};
    error.size = sizeof error;
    const care_source source{"empty.care", "pack", 4};
    const care_status status = care_pack_compile(&pack, &source, 1, nullptr, nullptr, nullptr, &error);
    std::printf("%s: %s\n", care_status_name(status), error.message);
    return status == CARE_E_SYNTAX ? 0 : 1;
}
