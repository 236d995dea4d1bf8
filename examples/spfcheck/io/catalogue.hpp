// The catalogues of GNU gettext, or that there are none (no_gettext.cpp).
#pragma once

#include <string>
#include <string_view>

#include "spf/base/language.hpp"

namespace spfcheck {

/// Returns the language with a catalogue.
/// \param wanted  such as "it"; if empty, the locale decides
/// \return English if there is no catalogue
[[nodiscard]] spf::Language language_of_catalogue(std::string_view wanted);

/// Returns a language whose texts are in UTF-8, whatever the charset of the locale is.
[[nodiscard]] spf::Language in_utf8(const spf::Language& language) noexcept;

/// Returns a text of a catalogue, which is in UTF-8, in the charset of the locale.
[[nodiscard]] std::string in_charset_of_locale(std::string_view text);

/// Returns the name of the language of the catalogue, such as "it".
[[nodiscard]] std::string name_of_catalogue();

/// Returns the languages of the catalogues that were built with the program, with "|" between them.
[[nodiscard]] std::string_view languages_of_catalogues() noexcept;

}  // namespace spfcheck
