// The arguments of check_host(), made from a request: RFC 7208 sections 2.2 to 2.4, 4.1 and 4.3.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"

namespace spf {

/// Returns whether a reverse-path, written with or without <>, is the null reverse-path (2.4).
[[nodiscard]] SPF_EXPORT bool is_null_path(std::string_view reverse_path) noexcept;

/// Returns the domain of a reverse-path, written with or without <>, without making it canonical.
/// Empty for the null reverse-path (2.4, 4.3).
[[nodiscard]] SPF_EXPORT std::string_view domain_of_path(std::string_view reverse_path) noexcept;

/// Resets an outcome to that of a check that has not asked DNS anything yet. The memory of its
/// strings is reused. Sets the address, the identity, the HELO name, the receiver, the sender and
/// the domain from the request (2.2 to 2.4, 4.3). The domain is copied without being made
/// canonical. The limits are copied from `limits`.
/// \return the size of the local-part of the sender, in octets
std::size_t begin_outcome(const Request& request, const Limits& limits, Outcome& outcome);

/// Makes a domain canonical, so that DNS can be asked for it (4.3).
/// \return false if the domain has a check_host_domain_problem(); then the domain is unchanged
[[nodiscard]] bool make_askable(std::string& domain);

}  // namespace spf
