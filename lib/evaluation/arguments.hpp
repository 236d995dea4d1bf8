// The arguments of check_host(), made from a request: RFC 7208 sections 2.2 to 2.4, 4.1 and 4.3.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"

namespace spf {

/// Whether a reverse-path, with or without <>, is the null one (2.4).
[[nodiscard]] SPF_EXPORT bool is_null_path(std::string_view reverse_path) noexcept;

/// Resets an outcome, whose memory is reused, to that of a check that has asked nothing yet. It
/// sets address, identity, names, sender and domain (2.2 to 2.4, 4.3), the domain as given in the
/// request, and takes the limits from `limits`.
/// \return the size of the local-part of the sender
std::size_t begin_outcome(const Request& request, const Limits& limits, Outcome& outcome);

/// Makes a domain canonical, so that DNS can be asked for it (4.3).
/// \return false, with the domain unchanged, if it has a check_host_domain_problem()
[[nodiscard]] bool make_askable(std::string& domain);

}  // namespace spf
