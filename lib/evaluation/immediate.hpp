// The mechanisms that need no DNS lookup: `all`, `ip4` and `ip6`. Whether they match depends only
// on the client's address (RFC 7208 sections 5.1 and 5.6).
#pragma once

#include <cstdint>
#include <variant>

#include "spf/net/ip.hpp"
#include "spf/record/record.hpp"

namespace spf {

/// Returns true: `all` matches every client (5.1).
constexpr bool matches(const All& /*term*/, IpAddress /*ip*/) noexcept { return true; }
/// Returns whether the network contains the client's address (5.6).
constexpr bool matches(const Ip4& term, IpAddress ip) noexcept { return term.network.contains(ip); }
/// Returns whether the network contains the client's address (5.6).
constexpr bool matches(const Ip6& term, IpAddress ip) noexcept { return term.network.contains(ip); }

/// The result of match_at_once(). `asks_dns` means that a DNS lookup has to decide whether the
/// mechanism matches.
enum class AtOnce : std::uint8_t { no_match, match, asks_dns };

inline AtOnce match_at_once(const Mechanism& mechanism, IpAddress ip) noexcept {
    return std::visit(
        [ip]<class Term>(const Term& term) {
            if constexpr (Term::traits.asks_dns())
                return AtOnce::asks_dns;
            else
                return matches(term, ip) ? AtOnce::match : AtOnce::no_match;
        },
        mechanism);
}

}  // namespace spf
