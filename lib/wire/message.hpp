// DNS messages (RFC 1035 section 4): queries and replies, without any I/O.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"

namespace spf::ldns_adapter {

/// The size of a UDP reply that EDNS offers: it fits the smallest MTU of IPv6 (DNS flag day 2020).
inline constexpr std::uint16_t udp_size = 1232;

using Bytes = std::vector<std::uint8_t>;

/// Makes a question to a recursive server, of class IN.
/// \param name  in wire format
[[nodiscard]] SPF_EXPORT Bytes make_query(const std::string& name, dns::RecordType type,
                                          std::uint16_t id, bool edns);

/// Whether a message is a reply to a query made above: number, direction and question agree. The
/// question may be missing only if the server did not understand the query.
[[nodiscard]] SPF_EXPORT bool is_reply(std::span<const std::uint8_t> message,
                                       const Bytes& query) noexcept;

/// Whether a reply was truncated (TC). is_reply() must have accepted it.
[[nodiscard]] SPF_EXPORT bool is_truncated(std::span<const std::uint8_t> reply) noexcept;

/// How far a chain of aliases has been followed.
struct Chain {
    unsigned aliases = 0;
    std::chrono::seconds ttl = std::chrono::seconds::max();  ///< the smallest TTL among them
};

/// What a reply means for its question.
struct Reply {
    enum class Kind : std::uint8_t {
        answer,   ///< `answer` is ok, no_data or nxdomain
        alias,    ///< the chain of aliases leaves the reply: ask for `target`
        failure,  ///< `failure` is the kind
        no_edns,  ///< the server may not know EDNS: ask without (RFC 6891, 7)
    };
    Kind kind = Kind::failure;
    dns::Answer answer;
    std::string target;  ///< in wire format
    Chain chain;         ///< up to `target`
    dns::Status failure = dns::Status::error;
};

/// How much a failure says about the name; if servers differ, the failure with the highest weight
/// counts.
[[nodiscard]] SPF_EXPORT int weight(dns::Status failure) noexcept;

/// Reads a reply that is_reply() accepted. Follows aliases from `name` (in wire format), to which
/// `chain` led. A truncated reply is a failure: even over TCP there is no more.
[[nodiscard]] SPF_EXPORT Reply read_reply(std::span<const std::uint8_t> reply,
                                          const std::string& name, dns::RecordType type,
                                          Chain chain, unsigned max_aliases);

}  // namespace spf::ldns_adapter
