/// \file record/select.hpp  Which of a name's TXT records is its SPF record (RFC 7208 section 4.5).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/record/parse.hpp"

namespace spf {

/// The name has no text with a version section: the result is none.
struct NoRecord {};
/// The name has more than one text with a version section: the result is permerror.
struct SeveralRecords {
    std::size_t count = 2;  ///< the number of such texts, 2 or more
};
/// The name has exactly one SPF record, but with a syntax error: the result is permerror.
struct BrokenRecord {
    std::string text;  ///< the text of the record
    ParseError error;  ///< the leftmost error in `text`
};
/// Whether a text without version section was probably meant to have one: `v=spf1include:...`,
/// `"v=spf1`, `spf1 mx`. A check ignores such a text (4.5); messages mention it. Never throws.
/// Thread-safe.
[[nodiscard]] SPF_EXPORT bool is_almost_record(std::string_view text) noexcept;

/// What was found among the TXT records of a name. It is a class of its own, so that dns::Answer
/// can refer to it and an implementation of dns::Resolver need not compile the syntax tree.
struct SelectedRecord : std::variant<NoRecord, SeveralRecords, BrokenRecord, Record> {
    using variant::variant;
};

/// Selects and parses the SPF record among the texts of a TXT answer. Other texts may hold
/// anything. Linear in the size of the texts. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT SelectedRecord select_record(std::span<const std::string> texts);

/// The answer with `selected` filled in, if it is a TXT answer without it; otherwise the answer as
/// it is.
[[nodiscard]] SPF_EXPORT dns::AnswerPtr with_selected_record(dns::AnswerPtr answer);

}  // namespace spf
