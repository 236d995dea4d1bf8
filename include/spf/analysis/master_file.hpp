/// \file analysis/master_file.hpp  Writes names and texts as zone files and nsupdate(1) require
/// (RFC 1035, 5.1).
///
/// Names and texts may contain any octet, so some octets are escaped. Without escapes,
/// `x\y.example` would be a different name, `;x.example` would begin a comment, and a quotation
/// mark would end its string.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"

namespace spf::analysis {

/// Returns the name with a trailing dot, so that it is not relative to an origin. `name` has the
/// form of dns::Question::name. Characters with a meaning in master files are escaped as in `\;`.
/// All octets other than visible US-ASCII are written as numbers, such as `\032`.
[[nodiscard]] SPF_EXPORT std::string master_file_name(std::string_view name);

/// Returns the text as a character-string in quotation marks. `"` and `\` are escaped by a `\`. All
/// octets other than printable US-ASCII are written as numbers, such as `\010`. `text` should have
/// at most 255 octets.
[[nodiscard]] SPF_EXPORT std::string master_file_string(std::string_view text);

/// Returns several texts as character-strings, separated by spaces.
[[nodiscard]] SPF_EXPORT std::string master_file_strings(std::span<const std::string> texts);

}  // namespace spf::analysis
