/// \file analysis/master_file.hpp  Names and texts as a zone file or nsupdate(1) reads them (RFC 1035, 5.1).
///
/// A name may hold any octet, and so may a text: written down as they are, `x\y.example` would be another
/// name, `;x.example` a comment, and a quotation mark the end of its string.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"

namespace spf::analysis {

/// A name as a dns::Question has it, with the trailing dot, so that it belongs to no origin: what is
/// special to master files is escaped as `\;`, what is not visible US-ASCII as `\032`.
[[nodiscard]] SPF_EXPORT std::string master_file_name(std::string_view name);

/// A character-string within quotation marks: `"` and `\` are escaped, what is not printable US-ASCII
/// becomes `\010`. It should have at most 255 octets.
[[nodiscard]] SPF_EXPORT std::string master_file_string(std::string_view text);

/// Several of them, with spaces between.
[[nodiscard]] SPF_EXPORT std::string master_file_strings(std::span<const std::string> texts);

}  // namespace spf::analysis
