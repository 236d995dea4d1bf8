/// \file report/fields.hpp  Writes all header fields that describe the result of SPF in an accepted
/// message.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/receiver/reception.hpp"
#include "spf/report/folding.hpp"

namespace spf::report {

/// Returns the header fields for a message: Authentication-Results, then Received-SPF for MAIL
/// FROM, then Received-SPF for HELO. Write them in this order above the message and above the
/// Received field of this server. No field has a line break at its end.
///
/// Returns no fields if the message is refused, or if the action is receiver::Action::none.
///
/// `server` is the name of the server that checked the message. It is written as the authserv-id
/// (RFC 8601 section 2.5) and as the value of `receiver` (RFC 7208, 9.1). Thread-safe. Throws only
/// std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::vector<std::string> fields(std::string_view server,
                                                         const receiver::Decision& decision,
                                                         Folding folding = Folding::folded);

}  // namespace spf::report
