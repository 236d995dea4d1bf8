#include <cstdio>

#include <dlfcn.h>

int main() {
    void* filter = dlopen(FILTER, RTLD_NOW);
    if (filter == nullptr) return std::puts(dlerror()), 1;
    using CheckMail = int(const char*);
    auto* check_mail = reinterpret_cast<CheckMail*>(dlsym(filter, "check_mail"));
    const bool right =
        check_mail != nullptr && check_mail("192.0.2.1") == 1 && check_mail("198.51.100.1") == 0;
    std::puts(right ? "as expected" : "wrong result");
    return right ? 0 : 1;
}
