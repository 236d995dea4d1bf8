/// \file resolver/ldns.hpp  Asks name servers over UDP and TCP, blocking. Needs spf::ldns.
///
/// A stub resolver: it asks the servers of the system, or yours, and takes their word. Give it
/// servers that recurse; an authoritative server does for the zones it holds, as in tests.
#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/dns/name_server.hpp"
#include "spf/dns/resolver.hpp"

namespace spf {

/// Whom to ask, and for how long.
struct LdnsOptions {
    std::vector<dns::NameServer>
        servers{};  ///< in order of preference; empty: system_name_servers()
    std::filesystem::path resolv_conf =
        "/etc/resolv.conf";                   ///< read once, where `servers` is empty
    std::chrono::milliseconds timeout{2000};  ///< for one try at one server, TCP included
    /// How often a silent server is tried, 1 at least. A question takes `servers` x `tries` x
    /// `timeout` at most, with all that a chain of aliases makes necessary, and never goes beyond its
    /// own deadline (dns::Question::deadline): with less time than that, each try has its share of it.
    unsigned tries = 2;
    /// Offer replies over UDP of up to 1232 octets (RFC 6891), the size that no path fragments. Where
    /// a server takes offence, it is asked again without.
    bool edns = true;
    bool tcp_only = false;  ///< do not even try UDP
};

/// A blocking `dns::Resolver` on ldns.
///
/// The servers are asked one after the other until one of them answers with RCODE 0 or 3; what the
/// others said or did not say decides the status only where none does: servfail before error before
/// timeout before unreachable. A truncated reply (TC) is fetched again over TCP. A reply counts only
/// where it comes from the server's address and port and repeats the question and its random number;
/// others are passed over, and the wait goes on. A referral (RFC 2308, 2.2) is an error: who only
/// refers elsewhere has not answered.
///
/// Aliases are followed through the answer from the name asked for; records of other owners are
/// ignored, and where the chain leads out of the answer, its end is asked for. More than
/// `max_aliases` of them, or a loop, is an error. Negative answers may be kept for the smaller of
/// TTL and MINIMUM of the SOA record with them (RFC 2308, 5).
///
/// A name that no zone can hold, such as one with a label of 64 octets, is nxdomain unasked.
/// Labels that hold a dot cannot be written in a plain name; they come with the dot as `\046`.
///
/// Threads: keeps nothing between questions, so that one object may serve several threads at once.
/// Writes nothing to standard output or standard error. Never throws but std::bad_alloc.
class SPF_EXPORT LdnsResolver final : public dns::Resolver {
public:
    /// The longest chain of aliases that is followed (RFC 1034, 3.6.2, leaves it open).
    static constexpr unsigned max_aliases = 16;

    /// Reads the system's configuration where no servers are given. Opens no socket. Without any
    /// server each answer is dns::Status::unreachable.
    explicit LdnsResolver(LdnsOptions options = {});

    /// The servers that are asked.
    [[nodiscard]] const std::vector<dns::NameServer>& servers() const noexcept {
        return options_.servers;
    }

    /// Blocks until there is an answer, but no longer than LdnsOptions and the question's deadline
    /// allow; what comes later is dns::Status::timeout. Never null.
    dns::AnswerPtr resolve(const dns::Question& question) override;

private:
    LdnsOptions options_;
};

}  // namespace spf
