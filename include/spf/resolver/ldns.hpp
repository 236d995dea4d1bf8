/// \file resolver/ldns.hpp  Asks name servers over UDP and TCP, blocking. Needs spf::ldns.
///
/// A stub resolver: it asks the servers of the system, or yours, and relies on them to recurse. An
/// authoritative server suffices for the zones that it holds, as in tests.
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
    /// The servers in order of preference; empty: system_name_servers().
    std::vector<dns::NameServer> servers{};
    /// The file that the constructor reads if `servers` is empty.
    std::filesystem::path resolv_conf = "/etc/resolv.conf";
    std::chrono::milliseconds timeout{2000};  ///< for one try at one server, TCP included
    /// Attempts at a silent server, at least 1. A question takes at most `servers` x `tries` x
    /// `timeout`, including all that a chain of aliases requires, and never longer than its
    /// deadline (dns::Question::deadline): if less time is left, the tries share it.
    unsigned tries = 2;
    /// Offer replies over UDP of up to 1232 octets (RFC 6891), which no path fragments. A server
    /// that rejects the offer is asked again without it.
    bool edns = true;
    bool tcp_only = false;  ///< never try UDP
};

/// A blocking `dns::Resolver` on ldns.
///
/// Asks one server after the other until a server answers with RCODE 0 or 3. Only if none does, the
/// other replies decide the status: servfail before error before timeout before unreachable. A
/// truncated reply (TC) is fetched again over TCP. A reply counts only if it comes from the
/// server's address and port and repeats the question and its random number; other replies are
/// ignored while the resolver keeps waiting. A referral (RFC 2308, 2.2) is an error, as it does not
/// answer the question.
///
/// Follows aliases through the answer from the name asked for. Records of other owners are ignored.
/// If the chain leads out of the answer, its end is asked for. More than `max_aliases` aliases, or
/// a loop, are an error. Negative answers may be kept for the smaller of TTL and MINIMUM of their
/// SOA record (RFC 2308, 5).
///
/// A name that no zone can hold, such as a name with a label of 64 octets, is nxdomain without a
/// question. Labels that hold a dot cannot be written in a plain name; the dot becomes `\046`.
///
/// Threads: keeps nothing between questions, so several threads may use one object at once. Writes
/// nothing to standard output or standard error. Throws only std::bad_alloc.
class SPF_EXPORT LdnsResolver final : public dns::Resolver {
public:
    /// Maximum length of a chain of aliases that is followed (RFC 1034, 3.6.2, leaves it open).
    static constexpr unsigned max_aliases = 16;

    /// Reads the system's configuration if no servers are given. Opens no socket. Without any
    /// server, each answer is dns::Status::unreachable.
    explicit LdnsResolver(LdnsOptions options = {});

    /// The servers that the resolver asks.
    [[nodiscard]] const std::vector<dns::NameServer>& servers() const noexcept {
        return options_.servers;
    }

    /// Blocks until there is an answer, at most as long as LdnsOptions and the question's deadline
    /// allow; after that the status is dns::Status::timeout. Never null.
    dns::AnswerPtr resolve(const dns::Question& question) override;

private:
    LdnsOptions options_;
};

}  // namespace spf
