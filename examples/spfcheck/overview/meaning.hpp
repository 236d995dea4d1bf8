// What the terms of a record mean, in plain words.
#pragma once

#include <string>
#include <string_view>

#include "io/language.hpp"
#include "overview/picture.hpp"
#include "spf/record/record.hpp"

namespace spfcheck {

/// What is known about a term in addition to its text.
struct TermFacts {
    std::string_view service{};  ///< the service that the term names; empty if none is known
    Size decides{};              ///< the addresses whose result the term decides
    bool has_size = false;       ///< `decides` is known
    bool is_reached = true;      ///< no `all` precedes the term
    bool is_ignored = false;     ///< for `redirect=`: the record has an `all` (6.1)
};

/// Returns a number of addresses for people: in digits, or as a power of two if it is very large.
[[nodiscard]] Spoken text_of(const spf::AddressCount& count);
/// Returns the numbers of both families for people, such as "64 IPv4, 2^80 IPv6". Empty if both are
/// 0.
[[nodiscard]] Spoken text_of(const Size& size);
/// Returns what a directive does.
[[nodiscard]] Spoken meaning_of(const spf::Directive& directive, const TermFacts& facts);
/// Returns what a modifier does.
[[nodiscard]] Spoken meaning_of(const spf::Modifier& modifier, const TermFacts& facts);

}  // namespace spfcheck
