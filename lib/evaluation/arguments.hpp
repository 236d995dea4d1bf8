// Makes the arguments of check_host() from a Request: RFC 7208 sections 2.2 to 2.4, 4.1 and 4.3.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"

namespace spf {

/// Returns the mailbox in the path of a MAIL or RCPT command, written with or without <>: without
/// blanks around it, without its source route, and without ESMTP parameters after it. Empty for the
/// null reverse-path.
[[nodiscard]] SPF_EXPORT std::string_view mailbox_of(std::string_view path) noexcept;

/// Returns whether a reverse-path is the null reverse-path (2.4). The reverse-path may be written
/// with or without angle brackets.
[[nodiscard]] SPF_EXPORT bool is_null_path(std::string_view reverse_path) noexcept;

/// Returns the domain of a reverse-path, which may be written with or without angle brackets. The
/// domain is returned as written, not in canonical form. The result is empty for the null
/// reverse-path (2.4, 4.3).
[[nodiscard]] SPF_EXPORT std::string_view domain_of_path(std::string_view reverse_path) noexcept;

/// Sets an outcome to the state before the first DNS question of a check. The address, the
/// identity, the HELO name, the receiver, the sender and the domain come from the request (2.2 to
/// 2.4, 4.3). The domain is copied as written, not in canonical form. The limits come from
/// `limits`. The strings of the outcome keep their memory.
/// \return the size of the local-part of the sender, in octets
std::size_t begin_outcome(const Request& request, const Limits& limits, Outcome& outcome);

/// Brings a domain into canonical form, in which DNS can be asked for it (4.3).
/// \return false if the domain has a check_host_domain_problem(); then the domain is unchanged
[[nodiscard]] bool make_askable(std::string& domain);

}  // namespace spf
