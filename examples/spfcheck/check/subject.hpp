// What a check is about: from the command line, or from a message.
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
    std::optional<spf::Handover> handover;  ///< only with a message
    bool has_lines_below = false;           ///< see Relayed
};

/// Returns what was typed, completed from the message if there is one.
/// \param ip  of --ip
[[nodiscard]] spf::Expected<Subject, Failure> subject_of(const CheckOptions& options,
                                                         std::optional<spf::IpAddress> ip);

/// Returns the identity to check; nothing if its name is missing.
/// \param wanted  "mailfrom", "helo", or empty
[[nodiscard]] std::optional<spf::Identity> identity_of(const Subject& subject,
                                                       const std::string& wanted);

}  // namespace spfcheck
