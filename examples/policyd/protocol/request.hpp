// The requests of Postfix' policy delegation protocol (SMTPD_POLICY_README): lines "name=value" and
// an empty line after the last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "spf/base/expected.hpp"

namespace policyd {

/// The maximum size of a request in octets. Postfix sends some 35 attributes of at most 8192 octets
/// each, of which a client controls only a few.
inline constexpr std::size_t max_request_size = 65'536;

/// The stage of the SMTP session at which Postfix asks.
enum class Stage : std::uint8_t {
    before_mail,     ///< CONNECT, HELO, EHLO, VRFY and ETRN: there is no message yet
    mail,            ///< MAIL
    rcpt,            ///< RCPT: once for each recipient
    data,            ///< DATA
    end_of_message,  ///< END-OF-MESSAGE: it is too late for a header field
};

/// The attributes of a request that matter here. All texts are views of the request. An attribute
/// that is absent is empty, as in the protocol itself.
struct PolicyRequest {
    Stage stage = Stage::before_mail;
    std::string_view state{};           ///< protocol_state as it was sent
    std::string_view client_address{};  ///< without brackets; "unknown" if Postfix does not know it
    std::string_view helo_name{};
    std::string_view sender{};  ///< without `<>`; empty for the null reverse-path
    std::string_view recipient{};
    std::string_view instance{};  ///< the same for all requests about a message; may be empty
    std::string_view queue_id{};
    std::string_view sasl_username{};  ///< not empty if the client has authenticated
    std::string_view policy_context{};
};

enum class RequestError : std::uint8_t {
    no_attribute,   ///< a line has no "="
    not_a_request,  ///< the attribute "request" is not "smtpd_access_policy"
    nul,            ///< there is a NUL, which no SMTP command may have
};
/// Returns one line of English without trailing dot.
[[nodiscard]] std::string_view to_string(RequestError error) noexcept;

/// Reads a request: all its lines, each with its LF, without the empty line. Unknown attributes are
/// ignored. Of an attribute that is sent twice, the last one counts.
[[nodiscard]] spf::Expected<PolicyRequest, RequestError> parse_request(std::string_view text);

}  // namespace policyd
