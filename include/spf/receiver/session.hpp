/// \file receiver/session.hpp  What a server knows about a message when it decides whether to
/// accept the message.
#pragma once

#include <string_view>

#include "spf/mail/mail_check.hpp"

namespace spf::receiver {

/// One message of an SMTP session. A Session has only views of its texts. They must exist until the
/// function to which the Session is passed returns.
struct Session {
    Client client{};  ///< the SMTP client
    /// The reverse-path, in the forms that check_mail() accepts (mail/mail_check.hpp): with or
    /// without `<>`. It is null if the address is empty.
    std::string_view reverse_path{};
    /// The address in RCPT TO, with or without `<>`. Empty if the decision is for all recipients.
    std::string_view recipient{};
    bool is_authenticated = false;  ///< whether the client has authenticated (SMTP AUTH)
};

}  // namespace spf::receiver
