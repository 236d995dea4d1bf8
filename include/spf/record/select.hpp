/// \file record/select.hpp  Finds the SPF record among the TXT records of a name (RFC 7208 section
/// 4.5).
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/record/parse.hpp"

namespace spf {

/// The name has no TXT record with a version section, so the result of check_host() is none.
struct NoRecord {};
/// The name has more than one TXT record with a version section, so the result of check_host() is
/// permerror.
struct SeveralRecords {
    std::size_t count = 2;  ///< the number of such TXT records, 2 or more
};
/// The name has exactly one SPF record, but with a syntax error, so the result of check_host() is
/// permerror.
struct BrokenRecord {
    std::string text{};  ///< the text of the record
    ParseError error{};  ///< the leftmost error in `text`
};
/// Returns whether a text without a version section was probably meant to have one, such as
/// `v=spf1include:...`, `"v=spf1` or `spf1 mx`. A check ignores such a text (4.5), but messages for
/// people mention it, because the owner of the domain believes that it is an SPF record. Never
/// throws. Thread-safe.
[[nodiscard]] SPF_EXPORT bool is_almost_record(std::string_view text) noexcept;

/// What was found among the TXT records of a name: the SPF record, or why there is no usable one.
/// It is a class, not an alias of std::variant, so that dns/resolver.hpp can declare it without
/// including record/record.hpp.
struct SelectedRecord : std::variant<NoRecord, SeveralRecords, BrokenRecord, Record> {
    using variant::variant;
};

/// Selects and parses the SPF record among the texts of a TXT answer. The other texts may contain
/// any octets. The time is linear in the size of the texts. Throws only std::bad_alloc.
/// Thread-safe.
[[nodiscard]] SPF_EXPORT SelectedRecord select_record(std::span<const std::string> texts);

/// Returns a copy of an answer to a TXT question, with the member `selected` filled in. Returns
/// `answer` itself if `selected` is filled in already, or if the status is not ok.
[[nodiscard]] SPF_EXPORT dns::AnswerPtr with_selected_record(dns::AnswerPtr answer);

/// Returns the answer to a TXT question about a name that has one TXT record, `text`, with the
/// member `selected` filled in. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT dns::AnswerPtr published_answer(
    std::string text, std::chrono::seconds ttl = std::chrono::seconds{0});

}  // namespace spf
