// Without GNU gettext, everything is in English.

#include "io/catalogue.hpp"

namespace spfcheck {

spf::Language language_of_catalogue(std::string_view /*wanted*/) { return {}; }

spf::Language in_utf8(const spf::Language& /*language*/) noexcept { return {}; }

std::string in_charset_of_locale(std::string_view text) { return std::string(text); }

std::string name_of_catalogue() { return {}; }

std::string_view languages_of_catalogues() noexcept { return {}; }

}  // namespace spfcheck
