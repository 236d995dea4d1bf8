/// \file record/parse.hpp  Reads one SPF record (RFC 7208 sections 4.5, 4.6, 5, 6, 12).
#pragma once

#include <string_view>

#include "spf/base/error.hpp"
#include "spf/base/export.hpp"
#include "spf/record/record.hpp"

namespace spf {

/// Returns whether the text begins with the version section: "v=spf1" in lower or upper case,
/// followed by a space or by the end of the text (4.5).
[[nodiscard]] SPF_EXPORT bool has_version(std::string_view text) noexcept;

/// Reads a whole record and checks its syntax. An error in any term makes the whole record
/// unusable, even if no evaluation would reach the term (4.6).
///
/// Errors are never repaired: `/33` is an error and is not read as `/32`. A record of any length is
/// read, because the recommended length (3.4) is not part of the syntax.
///
/// \param text  one TXT record, its strings joined without spaces (3.3). May contain any octets.
///              The Record has a copy of this text.
/// \return the Record, or the leftmost error. All codes except `not_spf` mean permerror (4.6).
///
/// Time and memory are linear in text.size(). Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT Expected<Record> parse_record(std::string_view text);

}  // namespace spf
