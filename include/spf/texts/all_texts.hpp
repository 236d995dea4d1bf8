/// \file texts/all_texts.hpp  All texts of the library for people, for those who translate them.
///
/// A program that translates the messages of the library (base/language.hpp) makes its catalogue
/// from this list, so that no text is missing. The component `spf::ldns` and `spf::cares` have
/// errors of their own; their patterns are what their message() asks a Language for.
#pragma once

#include <string_view>
#include <vector>

#include "spf/base/export.hpp"

namespace spf {

/// A pattern in English, and where it is used.
struct Text {
    std::string_view english{};  ///< the pattern (base/message.hpp), in static storage
    std::string_view topic{};    ///< the folder that has it, such as "lint", for translators
};

/// Returns the patterns of all messages for people that `spf::spf` and `spf::analysis` have: errors
/// in records and addresses, problems of checks, reports, findings, proposals and advice. Texts for
/// machines and for other parties, which stay in English, are not among them: header fields, SMTP
/// replies and log lines. No text is in the list twice.
[[nodiscard]] SPF_EXPORT std::vector<Text> all_texts();

}  // namespace spf
