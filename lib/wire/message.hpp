// DNS messages (RFC 1035, 4): makes queries and reads replies, without any I/O.
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

/// The maximum size in octets of a reply over UDP, which each query with EDNS offers. Such a reply
/// fits the smallest MTU of IPv6 (DNS flag day 2020).
inline constexpr std::uint16_t udp_size = 1232;

using Bytes = std::vector<std::uint8_t>;

/// Makes a query of class IN for a recursive server.
/// \param name  the name to ask for, in wire format
[[nodiscard]] SPF_EXPORT Bytes make_query(const std::string& name, dns::RecordType type,
                                          std::uint16_t id, bool edns);

/// Returns whether a message is a reply to this query: number, direction and question are the same.
/// The question may be missing only if the server did not understand the query.
[[nodiscard]] SPF_EXPORT bool is_reply(std::span<const std::uint8_t> message,
                                       const Bytes& query) noexcept;

/// Returns whether a reply was truncated (TC). is_reply() must have accepted the reply.
[[nodiscard]] SPF_EXPORT bool is_truncated(std::span<const std::uint8_t> reply) noexcept;

/// The part of a chain of aliases that has been followed.
struct Chain {
    unsigned aliases = 0;
    std::chrono::seconds ttl = std::chrono::seconds::max();  ///< the smallest TTL of the aliases
};

/// The meaning of a reply for its question.
struct Reply {
    enum class Kind : std::uint8_t {
        answer,   ///< `answer` contains the answer: `ok`, `no_data` or `nxdomain`
        alias,    ///< the reply does not contain the end of the chain of aliases: ask for `target`
        failure,  ///< `failure` describes the failure
        no_edns,  ///< the server may not know EDNS: ask again without it (RFC 6891, 7)
    };
    Kind kind = Kind::failure;
    dns::Answer answer;
    std::string target;  ///< the name to ask for, in wire format
    Chain chain;         ///< the aliases up to `target`
    dns::Status failure = dns::Status::error;
};

/// Returns a number that is higher the more a failure tells about the name. If several servers
/// fail, the failure with the highest number is the result.
[[nodiscard]] SPF_EXPORT int weight(dns::Status failure) noexcept;

/// Reads a reply that is_reply() accepted. Follows aliases from `name`, which is in wire format and
/// is the name to which `chain` led. A truncated reply is a failure, because no more can be
/// received even over TCP.
[[nodiscard]] SPF_EXPORT Reply read_reply(std::span<const std::uint8_t> reply,
                                          const std::string& name, dns::RecordType type,
                                          Chain chain, unsigned max_aliases);

}  // namespace spf::ldns_adapter
