#include "io/language.hpp"

#include <cstring>

#include <locale.h>

#include "io/catalogue.hpp"

namespace spfcheck {
namespace {

spf::Language& current() noexcept {
    thread_local spf::Language language;
    return language;
}

}  // namespace

bool choose_language(std::string_view wanted) {
    current() = wanted == "en" ? spf::Language() : language_of_catalogue(wanted);
    return wanted.empty() || wanted == "en" || !current().is_english();
}

std::string languages() {
    std::string out = "en";
    if (!languages_of_catalogues().empty()) out.append("|").append(languages_of_catalogues());
    return out;
}

spf::Language language() noexcept { return current(); }

std::string_view translated(std::string_view english) { return current()(english); }

InUtf8::InUtf8() : before_(current()) { current() = in_utf8(current()); }
InUtf8::~InUtf8() { current() = before_; }

std::string in_charset_of_terminal(std::string_view text) {
    return current().is_english() ? std::string(text) : in_charset_of_locale(text);
}

std::string language_name() { return current().is_english() ? "en" : name_of_catalogue(); }

Spoken system_message(int error) {
    // The words of the C library are those of the locale, but what programs read is in English.
    static const locale_t english = newlocale(LC_ALL_MASK, "C", nullptr);
    const char* const text = strerror_l(error, english);
    return Spoken(translated(text != nullptr ? text : ""));
}

InEnglish::InEnglish(bool is_english) : before_(current()) {
    if (is_english) current() = {};
}
InEnglish::~InEnglish() { current() = before_; }

}  // namespace spfcheck
