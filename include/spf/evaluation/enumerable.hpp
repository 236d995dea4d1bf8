/// \file evaluation/enumerable.hpp  Terms whose matching addresses can be listed, and terms without
/// a list.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"

namespace spf {

/// A term that depends on more than the domain and the network of the client: `ptr`, and all terms
/// with macros that differ between addresses (i, p) or senders (s, l, h) (5.5, 7.2).
struct NotEnumerable {
    std::string term;    ///< the term as written in the record
    std::string domain;  ///< the domain whose record holds the term

    /// Compares all members.
    friend auto operator<=>(const NotEnumerable&, const NotEnumerable&) = default;
};

/// Whether a term, written as in a record, depends only on the domain and on the network of the
/// client. Does not look at the records that the term includes.
[[nodiscard]] SPF_EXPORT bool is_enumerable(std::string_view term);

}  // namespace spf
