/// \file evaluation/enumerable.hpp  Terms for which the addresses that match can be listed, and others.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"

namespace spf {

/// A term that depends on more than the domain and the network a client is in: `ptr`, and all with
/// macros that tell addresses (i, p) or senders (s, l, h) apart (5.5, 7.2).
struct NotEnumerable {
    std::string term;    ///< as it stands in the record
    std::string domain;  ///< whose record it is

    friend auto operator<=>(const NotEnumerable&, const NotEnumerable&) = default;
};

/// Whether a term, as it stands in a record, depends on no more than the domain and the network a
/// client is in. Not about what stands in the record that it includes.
[[nodiscard]] SPF_EXPORT bool is_enumerable(std::string_view term);

}  // namespace spf
