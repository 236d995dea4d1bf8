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

/// No text with a version section: result none.
struct NoRecord {};
/// More than one: result permerror.
struct SeveralRecords {
    std::size_t count = 2;  ///< 2 or more
};
/// Exactly one, but with a syntax error: result permerror.
struct BrokenRecord {
    std::string text;
    ParseError error;
};
/// Whether a text without version section was probably meant to have one: `v=spf1include:...`, `"v=spf1`,
/// `spf1 mx`. To a check it is nothing (4.5); it is for messages. Never throws. Thread-safe.
[[nodiscard]] SPF_EXPORT bool is_almost_record(std::string_view text) noexcept;

/// What became of the TXT records of a name. A class of its own, so that a dns::Answer can refer to it
/// and the author of a dns::Resolver need not compile the syntax tree.
struct SelectedRecord : std::variant<NoRecord, SeveralRecords, BrokenRecord, Record> {
    using variant::variant;
};

/// Picks and parses the SPF record among the texts of a TXT answer; other texts may hold anything.
/// Linear in their size. Never throws but std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT SelectedRecord select_record(std::span<const std::string> texts);

/// The same answer with `selected` filled, where it is an answer to TXT and has not got it yet.
[[nodiscard]] SPF_EXPORT dns::AnswerPtr with_selected_record(dns::AnswerPtr answer);

}  // namespace spf
