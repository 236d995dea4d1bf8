#include "c/session.hpp"

#include <cstring>
#include <optional>
#include <string_view>

#include "spf/net/ip.hpp"

namespace spf::c_api {
namespace {

constexpr std::size_t longest_text = 65'535;

/// Stores a view of a C string in `out`. Reads at most one octet more than the longest text.
spf_error read(const char* text, std::string_view& out) noexcept {
    if (text == nullptr) return SPFC_OK;
    const std::size_t length = ::strnlen(text, longest_text + 1);
    if (length > longest_text) return SPFC_TOO_LARGE;
    out = {text, length};
    return SPFC_OK;
}

spf_error read_address(const spf_session& session, IpAddress& out) noexcept {
    if (session.client != nullptr) {
        std::string_view text;
        if (read(session.client, text) != SPFC_OK) return SPFC_BAD_ADDRESS;
        const auto address = IpAddress::parse(text);
        if (!address) return SPFC_BAD_ADDRESS;
        out = *address;
        return SPFC_OK;
    }
    if (session.client_address == nullptr) return SPFC_NULL_ARGUMENT;
    const auto address = IpAddress::from(*session.client_address);
    if (!address) return SPFC_BAD_ADDRESS;
    out = *address;
    return SPFC_OK;
}

}  // namespace

spf_error read(const spf_session* session, receiver::Session& out) noexcept {
    if (session == nullptr) return SPFC_NULL_ARGUMENT;
    out.is_authenticated = session->is_authenticated;
    for (const spf_error error :
         {read_address(*session, out.client.ip), read(session->helo, out.client.helo),
          read(session->receiver, out.client.receiver),
          read(session->reverse_path, out.reverse_path), read(session->recipient, out.recipient)}) {
        if (error != SPFC_OK) return error;
    }
    return SPFC_OK;
}

Options read(const spf_options* options) noexcept {
    Options out;
    if (options == nullptr) return out;
    if (options->deadline_ms != 0)
        out.limits.deadline = std::chrono::milliseconds{options->deadline_ms};
    out.explanation = !options->without_explanation;
    out.trace = options->trace;
    out.stop_on_helo_fail = options->stop_on_helo_fail;
    return out;
}

}  // namespace spf::c_api
