#include "protocol/request.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace policyd {
namespace {

using Member = std::string_view PolicyRequest::*;

constexpr std::array<std::pair<std::string_view, Member>, 9> attributes{{
    {"protocol_state", &PolicyRequest::state},
    {"client_address", &PolicyRequest::client_address},
    {"helo_name", &PolicyRequest::helo_name},
    {"sender", &PolicyRequest::sender},
    {"recipient", &PolicyRequest::recipient},
    {"instance", &PolicyRequest::instance},
    {"queue_id", &PolicyRequest::queue_id},
    {"sasl_username", &PolicyRequest::sasl_username},
    {"policy_context", &PolicyRequest::policy_context},
}};

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
        const auto known =
            std::find_if(attributes.begin(), attributes.end(),
                         [name](const auto& attribute) { return attribute.first == name; });
        if (known != attributes.end()) request.*known->second = value;
    }
    if (kind != "smtpd_access_policy") return RequestError::not_a_request;
    request.stage = stage_named(request.state);
    return request;
}

}  // namespace policyd
