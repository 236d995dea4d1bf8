// Makes DNS queries and reads replies (RFC 1035, 4). There is no I/O in these functions.
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

/// The maximum size, in octets, of a reply over UDP. Every query with EDNS tells it to the server.
/// A reply of this size fits into one packet even with the smallest MTU of IPv6 (DNS flag day
/// 2020).
inline constexpr std::uint16_t udp_size = 1232;

using Bytes = std::vector<std::uint8_t>;

/// Makes a query that asks a recursive server for records of class IN.
/// \param name  the name to ask for, in wire format
[[nodiscard]] SPF_EXPORT Bytes make_query(const std::string& name, dns::RecordType type,
                                          std::uint16_t id, bool edns);

/// Returns whether a message is the reply to a query: its id, its direction bit and its question
/// must match. The question may be missing only if the server reports that it could not process the
/// query.
[[nodiscard]] SPF_EXPORT bool is_reply(std::span<const std::uint8_t> message,
                                       const Bytes& query) noexcept;

/// Returns whether a reply has the bit TC, which means that it was truncated. Call this function
/// only if is_reply() has accepted the reply.
[[nodiscard]] SPF_EXPORT bool is_truncated(std::span<const std::uint8_t> reply) noexcept;

/// The aliases (CNAME records) that have been followed from the name in the question.
struct Chain {
    unsigned aliases = 0;
    std::chrono::seconds ttl = std::chrono::seconds::max();  ///< the smallest TTL of these aliases
};

/// What a reply tells about its question.
struct Reply {
    enum class Kind : std::uint8_t {
        answer,   ///< `answer` contains the answer, with the status `ok`, `no_data` or `nxdomain`
        alias,    ///< the reply contains only aliases: `target` must be asked for next
        failure,  ///< there is no answer; `failure` contains the reason
        /// The server may not know EDNS: the query must be repeated without it (RFC 6891, 7).
        no_edns,
    };
    Kind kind = Kind::failure;
    dns::Answer answer;
    std::string target;  ///< for `alias`, the name to ask for next, in wire format
    Chain chain;         ///< for `alias`, the aliases that led to `target`
    dns::Status failure = dns::Status::error;
};

/// The text in an answer with Status::error whose question got a truncated reply, and whose server
/// could not be reached over TCP (dns::Answer::texts).
inline constexpr std::string_view truncated_text = "truncated";

/// Returns a number that ranks failures. If several servers fail in different ways, the failure
/// with the highest number is reported, because it tells the most about the name.
[[nodiscard]] SPF_EXPORT int weight(dns::Status failure) noexcept;

/// Reads a reply that is_reply() has accepted. `name` is the name in the question, in wire format.
/// `chain` contains the aliases that led to this name. Aliases in the reply are followed. A
/// truncated reply is a failure, because the caller has already repeated the query over TCP if the
/// reply over UDP was truncated.
[[nodiscard]] SPF_EXPORT Reply read_reply(std::span<const std::uint8_t> reply,
                                          const std::string& name, dns::RecordType type,
                                          Chain chain, unsigned max_aliases);

}  // namespace spf::ldns_adapter
