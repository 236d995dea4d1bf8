// What to check: the values come from the command line or from a message.
#pragma once

#include <optional>
#include <string>

#include "check/check.hpp"
#include "io/failure.hpp"
#include "message/handover.hpp"
#include "spf/base/error.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/net/ip.hpp"

namespace spfcheck {

struct Subject {
    spf::IpAddress ip;
    std::optional<std::string> sender;
    std::optional<std::string> helo;
    std::optional<spf::Handover> handover;  ///< absent without --message
    bool has_lines_below = false;           ///< see Relayed::has_lines_below
    std::string author_domain{};            ///< see TraceFields::author_domain
};

/// Returns what to check. If there is a message, the client comes from the message. The sender and
/// the HELO name also come from the message, unless options give them.
/// \param ip  the address that --ip names, if any
[[nodiscard]] spf::Expected<Subject, Failure> subject_of(const CheckOptions& options,
                                                         std::optional<spf::IpAddress> ip);

/// Returns the identity to check; nothing if the sender or HELO name for it is missing.
/// \param wanted  "mailfrom" or "helo"; empty if the user chose none
[[nodiscard]] std::optional<spf::Identity> identity_of(const Subject& subject,
                                                       const std::string& wanted);

}  // namespace spfcheck
