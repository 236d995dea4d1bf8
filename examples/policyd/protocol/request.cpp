#include "protocol/request.hpp"

#include <algorithm>

namespace policyd {
namespace {

/// Returns the member for an attribute; null for the others, which are most of the some 35 that
/// Postfix sends.
std::string_view* member_named(std::string_view name, PolicyRequest& request) noexcept {
    switch (name.size()) {
        case 6: return name == "sender" ? &request.sender : nullptr;
        case 8:
            if (name == "instance") return &request.instance;
            return name == "queue_id" ? &request.queue_id : nullptr;
        case 9:
            if (name == "helo_name") return &request.helo_name;
            return name == "recipient" ? &request.recipient : nullptr;
        case 13: return name == "sasl_username" ? &request.sasl_username : nullptr;
        case 14:
            if (name == "protocol_state") return &request.state;
            if (name == "client_address") return &request.client_address;
            return name == "policy_context" ? &request.policy_context : nullptr;
        default: return nullptr;
    }
}

Stage stage_named(std::string_view state) noexcept {
    if (state == "RCPT") return Stage::rcpt;
    if (state == "MAIL") return Stage::mail;
    if (state == "DATA") return Stage::data;
    if (state == "END-OF-MESSAGE") return Stage::end_of_message;
    return Stage::before_mail;
}

}  // namespace

std::string_view to_string(RequestError error) noexcept {
    switch (error) {
        case RequestError::no_attribute: return "a line is not of the form name=value";
        case RequestError::not_a_request: return "the request is not smtpd_access_policy";
        case RequestError::nul: break;
    }
    return "there is a NUL in the request";
}

spf::Expected<PolicyRequest, RequestError> parse_request(std::string_view text) {
    PolicyRequest request;
    std::string_view kind;
    if (text.find('\0') != std::string_view::npos) return RequestError::nul;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos) return RequestError::no_attribute;
        const std::string_view name = line.substr(0, equals);
        const std::string_view value = line.substr(equals + 1);
        if (name == "request") kind = value;
        if (std::string_view* const member = member_named(name, request)) *member = value;
    }
    if (kind != "smtpd_access_policy") return RequestError::not_a_request;
    request.stage = stage_named(request.state);
    return request;
}

}  // namespace policyd
