// The answers of Postfix' policy delegation protocol: an action of access(5) in one line.
#pragma once

#include <string>
#include <string_view>

#include "config/config.hpp"
#include "spf/report/smtp_reply.hpp"

namespace policyd {

/// An answer: the action, such as "DUNNO". It is never "OK", which would end the restrictions of
/// Postfix with a permit, and it has no control characters.
using Answer = std::string;

/// Returns the answer that leaves the decision to the other restrictions of Postfix.
[[nodiscard]] Answer dunno();
/// Returns the answer that adds a header field, which must be unfolded.
[[nodiscard]] Answer prepend(std::string_view field);
/// Returns the answer that refuses the request. `address` is the recipient, or the sender before
/// there is a recipient: Postfix writes it before the text of the reply, so the text is cut for it.
[[nodiscard]] Answer refuse(const spf::report::SmtpReply& reply, DeferWith defer_with,
                            std::string_view address);

/// Appends the answer as it is sent.
void append_wire(std::string& out, std::string_view answer);

}  // namespace policyd
