/// \file resolver/ldns.hpp  Asks name servers over UDP and TCP, and blocks until they reply.
/// Programs that include this header must link the target spf::ldns.
///
/// This is a stub resolver: it asks the name servers that the system uses, or those that you name,
/// and relies on them to do the recursion. A server without recursion is sufficient if all
/// questions are about its own zones, as in tests.
#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/dns/name_server.hpp"
#include "spf/dns/resolver.hpp"

namespace spf {

/// Which servers to ask, and how long to wait.
struct LdnsOptions {
    /// The servers in order of preference. If the vector is empty, system_name_servers() finds
    /// them.
    std::vector<dns::NameServer> servers{};
    /// The file in which the constructor finds the servers if `servers` is empty.
    std::filesystem::path resolv_conf = "/etc/resolv.conf";
    /// The maximum time for one try at one server, including TCP.
    std::chrono::milliseconds timeout{2000};
    /// The maximum number of tries at a server that does not reply, at least 1. A question takes at
    /// most `servers` x `tries` x `timeout`, including the questions for a chain of aliases.
    ///
    /// A question never takes longer than its deadline (dns::Question::deadline). If less time is
    /// left than the tries need, they divide it among themselves.
    unsigned tries = 2;
    /// Whether to tell servers that replies over UDP may have up to 1232 octets (RFC 6891). Replies
    /// of this size reach their destination without fragmentation. If a server rejects this, the
    /// question is sent again without EDNS.
    bool edns = true;
    bool tcp_only = false;  ///< whether to use TCP for all questions and never UDP
};

/// A blocking `dns::Resolver` that uses the library ldns.
///
/// Asks one server after the other until a server replies with RCODE 0 or 3. If no server does, the
/// status is one of those with which the servers failed: the first in the order servfail, error,
/// timeout, unreachable.
///
/// If a reply is truncated (TC), the question is asked again over TCP. A reply is accepted only if
/// it comes from the address and port of the server and repeats the question and its random number.
/// The resolver ignores other replies and keeps waiting. A referral (RFC 2308, 2.2) is an error,
/// because it does not answer the question.
///
/// Follows the aliases in a reply, starting from the requested name. Ignores records of names that
/// are not in this chain. If the chain ends in a name for which the reply has no records, asks for
/// that name. A loop of aliases, or more than `max_aliases` of them, is an error. The TTL of a
/// negative answer is the smaller of the TTL and the MINIMUM of its SOA record (RFC 2308, 5).
///
/// For a name that cannot exist in any zone, such as a name with a label of 64 octets, the status
/// is nxdomain, and no server is asked. If a label in a reply contains a dot, this dot is written
/// as `\046`, because a plain dot would separate two labels.
///
/// Threads: the object keeps nothing between questions, so several threads may use it at the same
/// time. It writes nothing to standard output or standard error. Throws only std::bad_alloc.
class SPF_EXPORT LdnsResolver final : public dns::Resolver {
public:
    /// The maximum number of aliases in a chain. RFC 1034, 3.6.2, states no maximum.
    static constexpr unsigned max_aliases = 16;

    /// Reads the configuration of the system if `options` names no servers. Opens no socket. If
    /// there is no server at all, every answer has dns::Status::unreachable.
    ///
    /// The configuration is read only here. A program that runs for a long time may compare
    /// servers() with dns::system_name_servers() from time to time, and make a new resolver if they
    /// differ.
    explicit LdnsResolver(LdnsOptions options = {});

    /// Returns the servers that the resolver asks.
    [[nodiscard]] const std::vector<dns::NameServer>& servers() const noexcept {
        return options_.servers;
    }

    /// Blocks until there is an answer, at most for the time that LdnsOptions and the question's
    /// deadline allow. After that time, the answer has dns::Status::timeout. Never returns null.
    dns::AnswerPtr resolve(const dns::Question& question) override;

private:
    LdnsOptions options_;
};

}  // namespace spf
