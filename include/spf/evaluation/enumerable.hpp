/// \file evaluation/enumerable.hpp  Distinguishes terms whose matching addresses can be listed from
/// terms for which no such list exists.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"

namespace spf {

/// A term whose matching addresses cannot be listed, because whether the term matches depends on
/// the sender, or has to be found out by a separate DNS lookup for each address. Such terms are
/// `ptr` (5.5), and all terms with a macro whose value differs between addresses (i, p) or between
/// senders (s, l, h) (7.2).
struct NotEnumerable {
    std::string term{};    ///< the term as written in the record
    std::string domain{};  ///< the domain whose record holds the term

    /// Compares all members.
    friend auto operator<=>(const NotEnumerable&, const NotEnumerable&) = default;
};

/// Returns whether the addresses that a term matches can be listed: false for the terms that
/// NotEnumerable describes, true for all others. `term` is written as in a record, such as
/// "mx:example.com". If the term is an include, the included record is not examined.
[[nodiscard]] SPF_EXPORT bool is_enumerable(std::string_view term);

}  // namespace spf
