/// \file record/parse.hpp  Reads one SPF record (RFC 7208 sections 4.5, 4.6, 5, 6, 12).
#pragma once

#include <string_view>

#include "spf/base/error.hpp"
#include "spf/base/export.hpp"
#include "spf/record/record.hpp"

namespace spf {

/// Whether the text begins with a version section: "v=spf1" in any case, then a space or the end
/// (4.5).
[[nodiscard]] SPF_EXPORT bool has_version(std::string_view text) noexcept;

/// Reads the whole record before anything is evaluated, so that every error is found (4.6).
///
/// Never repairs: `/33` is an error, not `/32`. The recommended length (3.4) is not part of the
/// syntax: any length is read.
///
/// \param text  one TXT record, its strings joined without spaces (3.3), any octets. Copied once:
///              the Record owns its text and may outlive `text`.
/// \return the Record, or the leftmost error. All codes except `not_spf` mean permerror (4.6).
///
/// Cost: one pass, linear; the memory is at most a fixed multiple of text.size(). Throws only
/// std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT Expected<Record> parse_record(std::string_view text);

}  // namespace spf
