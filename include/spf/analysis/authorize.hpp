/// \file analysis/authorize.hpp  How to let a relay send for a domain: the smallest change, proved.
///
/// authorize() finds out whether a relay may send by evaluating the policy (analysis/networks.hpp),
/// not by reading terms. Before it proposes a change, it evaluates the changed record, as if it
/// were published, for every address there is: the relay passes, every address that passed still
/// passes, and the result of all other addresses is unchanged. A change that cannot be proved is
/// not proposed. If results depend on more than the network, as with `exists:%{i}`, no map can
/// tell, and samples are compared instead.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/analysis/networks.hpp"
#include "spf/base/error.hpp"
#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/net/network_set.hpp"

namespace spf::analysis {

/// A server or a service that is to send mail for a domain.
struct SPF_EXPORT Relay {
    /// How the networks of a relay are found.
    enum class Kind : std::uint8_t {
        network,  ///< it is an address or a network
        host,     ///< it is a host name, for the addresses of that host
        include,  ///< it is a domain whose SPF record lists the networks
        name,     ///< it is a host if the name has addresses, else an include
    };
    Kind kind = Kind::network;  ///< how its networks are found
    std::string text;           ///< the relay as the caller wrote it
    Network network;            ///< Kind::network: the network
    std::string name;           ///< all other kinds: the domain name, in lower case
    IpAddress address;          ///< Kind::network: the address as written, host bits included

    /// Whether the address has host bits set, as in `203.0.113.7/8`. Then either the address or the
    /// network is meant, and only the author knows which.
    [[nodiscard]] bool has_host_bits() const noexcept;

    /// Reads `192.0.2.1`, `192.0.2.0/24` or `host.example`; a prefix `ip4:`, `ip6:`, `a:` or
    /// `include:` sets the kind. Error codes are those of Network::parse() and dns::name_problem().
    static Expected<Relay> parse(std::string_view text);
};

/// Why a relay cannot be added to a record.
struct SPF_EXPORT RelayProblem {
    /// Stable codes: new codes may be appended, no code changes its meaning.
    enum class Code : std::uint8_t {
        nothing_there,  ///< the name has neither addresses nor an SPF record
        no_record,      ///< the name has no SPF record: an include of it is a permerror (5.2)
        broken_record,  ///< an include of the name is a permerror (5.2)
        nobody,         ///< its record authorises no address
        everybody,      ///< its record authorises as many addresses as `+all`
        not_public,     ///< no mail comes from `network` through the internet (special_address.hpp)
        host_bits,      ///< Relay::has_host_bits(): either `address` or `network` is meant
        very_large,     ///< `network` requires AuthorizeOptions::very_large
        too_large,      ///< it is an include whose record is too large to be mapped
        not_enumerable,  ///< its networks depend on the message, so that nothing can be proved
        dns_failure,     ///< a DNS lookup of the relay failed
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::dns_failure) + 1;

    Code code{};                       ///< what is wrong
    std::string text{};                ///< the relay as the caller wrote it
    IpAddress address{};               ///< host_bits: the address
    std::optional<Network> network{};  ///< not_public, host_bits, very_large: the network

    /// One sentence that says what is wrong, without trailing dot; printable US-ASCII.
    [[nodiscard]] std::string message() const;

    /// Compares all members.
    friend bool operator==(const RelayProblem&, const RelayProblem&) = default;
};

/// The name of the enumerator, such as "nothing_there": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(RelayProblem::Code code) noexcept;

/// How much of a relay may send already.
struct RelayCoverage {
    /// The part of the relay's addresses that pass.
    enum class Status : std::uint8_t {
        whole,  ///< all addresses pass
        part,   ///< some addresses pass
        none    ///< no address passes
    };

    Relay relay;                   ///< the relay; Kind::name has been resolved to host or include
    NetworkSet networks;           ///< the addresses it sends from
    Status status = Status::none;  ///< how much of `networks` passes
    NetworkSet missing;            ///< the part of `networks` that does not pass
    /// The terms that authorise the rest of `networks`, in the order of the addresses.
    std::vector<std::string> by;
    /// Why the relay cannot be added; `networks` may be empty then. Absent if it can be added.
    std::optional<RelayProblem> problem;
    /// The terms that authorise addresses of `missing`, but that check_host() does not reach
    /// because a limit (4.6.4) ends the check before. Adding a second term would not help.
    std::vector<std::string> listed_by;
};

/// "whole", "part", "none".
[[nodiscard]] SPF_EXPORT std::string_view to_string(RelayCoverage::Status status) noexcept;

/// One address whose result under a proposal was checked with check_host().
struct ProofEntry {
    /// Why the address was chosen.
    enum class Who : std::uint8_t {
        relay,     ///< it belongs to a relay, so it has to pass
        before,    ///< it passed before the change, so it has to pass
        stranger,  ///< it is outside all authorised networks: its result is unchanged, never pass
    };
    Who who{};                       ///< why the address was chosen
    IpAddress address;               ///< the address of the client
    Result expected = Result::none;  ///< the result that the proposal has to give
    Result result = Result::none;    ///< the result it gives: equal to `expected` in a Proposal
};

/// "relay", "before", "stranger".
[[nodiscard]] SPF_EXPORT std::string_view to_string(ProofEntry::Who who) noexcept;

/// A TXT record to publish, proved: it stays within the limits of section 4.6.4 for every address.
struct Proposal {
    /// What the owner publishes.
    enum class Kind : std::uint8_t {
        add_terms,            ///< the record with terms for the relays added
        first_record,         ///< the first record of the domain
        drop_redundant,       ///< the record without terms that change nothing
        hosts_to_addresses,   ///< the record with `a` and `mx` replaced by addresses
        both,                 ///< drop_redundant and hosts_to_addresses together
        include_to_networks,  ///< the record with an include replaced by its networks
        sub_domain,           ///< a separate record for a sub-domain
    };
    Kind kind{};                           ///< what kind of change it is
    std::string name;                      ///< the name to publish the record at
    std::string record;                    ///< the whole text of the record
    std::vector<std::string> txt_strings;  ///< `record` in strings of at most 255 octets (3.3)
    unsigned dns_lookups = 0;              ///< the maximum that an address needs; 10 are allowed
    unsigned void_lookups = 0;             ///< the maximum that an address needs; 2 are allowed
    std::vector<ProofEntry> proof;         ///< samples of the addresses that were compared
    /// Whether all addresses were compared. If false, the results of some addresses depend on the
    /// message (NotEnumerable), and only samples of them were compared.
    bool is_for_all = true;
};

/// What this kind of proposal costs the owner, as one sentence without trailing dot; empty if it
/// costs nothing. Static storage.
[[nodiscard]] SPF_EXPORT std::string_view cost_of(Proposal::Kind kind) noexcept;
/// The name of the enumerator: stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(Proposal::Kind kind) noexcept;

/// Which proposals authorize() may make.
struct AuthorizeOptions {
    bool from_scratch = false;   ///< propose a first record (`~all`) if the domain has no record
    bool hosts_by_name = false;  ///< propose `a:host` instead of the addresses of the host
    /// Propose networks larger than /16 (IPv4) or /32 (IPv6) too, which rarely belong to one
    /// sender.
    bool very_large = false;
    SweepOptions networks;  ///< limits and budget of the maps that authorize() makes
};

/// Why authorize() can say nothing about a domain.
struct SPF_EXPORT AuthorizeError {
    /// Stable codes: new codes may be appended, no code changes its meaning.
    enum class Code : std::uint8_t {
        malformed_domain,  ///< the domain is not a usable name (4.3): see `syntax`
        /// A lookup failed that the domain's record or a proposed record needs: see `problem`. If
        /// `problem` is absent, the lookup of TXT at `domain` ended in `status`.
        dns_failure,
        too_large,        ///< the record is too large to be mapped
        trial_too_large,  ///< the record, or a record that was tried in its place, is too large
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::trial_too_large) + 1;

    Code code{};                         ///< what is wrong
    std::string domain{};                ///< the domain; malformed_domain: as the caller gave it
    std::optional<ParseError> syntax{};  ///< malformed_domain: the error in `domain`
    std::optional<Problem> problem{};    ///< dns_failure: the lookup that failed
    dns::Status status{};                ///< dns_failure without `problem`: how the lookup ended

    /// One sentence that says what is wrong, without trailing dot; printable US-ASCII.
    [[nodiscard]] std::string message() const;

    /// Compares all members.
    friend bool operator==(const AuthorizeError&, const AuthorizeError&) = default;
};

/// The name of the enumerator, such as "too_large": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(AuthorizeError::Code code) noexcept;

/// A limit of section 4.6.4 that a record exceeds.
struct Excess {
    Problem::Code limit{};  ///< the problem that receivers report for the record
    unsigned needed = 0;    ///< what the record needs for some address; 0: not counted
    unsigned allowed = 0;   ///< what section 4.6.4 allows

    /// Compares all members.
    friend bool operator==(const Excess&, const Excess&) = default;
};

/// Why there is no proposal, and what to do about it.
struct SPF_EXPORT ProposalProblem {
    /// Stable codes: new codes may be appended, no code changes its meaning.
    enum class Code : std::uint8_t {
        alias,            ///< the domain is an alias of `name` and cannot have a record of its own
        several_records,  ///< the domain has `count` SPF records (4.5)
        broken_record,    ///< the record has the error `syntax` (4.6)
        relay,            ///< the relay `name` cannot be added: see `relay`
        too_wide,         ///< the relays have so many addresses that nearly every sender would pass
        permerror,        ///< an address of a relay gets `problem` whatever term is added
        no_record,        ///< the domain has no record: requires AuthorizeOptions::from_scratch
        first_record,     ///< a first record with these relays would exceed a limit (4.6.4)
        listed_already,   ///< no term is missing, but the record exceeds a limit: see `excess`
        limits,           ///< every record with the terms added exceeds a limit (4.6.4)
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::limits) + 1;

    Code code{};                          ///< why there is no proposal
    std::string domain{};                 ///< the domain of the record
    std::string name{};                   ///< alias: its target; relay: as the caller wrote it
    std::size_t count = 0;                ///< several_records: how many there are
    std::optional<ParseError> syntax{};   ///< broken_record: the error
    std::optional<RelayProblem> relay{};  ///< relay: why it cannot be added
    std::optional<Problem> problem{};     ///< permerror: the problem
    /// listed_already, limits: the limit that the published record exceeds; absent if it exceeds no
    /// limit.
    std::optional<Excess> excess{};
    bool has_alternatives = false;  ///< listed_already, limits: there are alternatives

    /// One sentence that says why there is no proposal and what to do, without trailing dot;
    /// printable US-ASCII.
    [[nodiscard]] std::string message() const;

    /// Compares all members.
    friend bool operator==(const ProposalProblem&, const ProposalProblem&) = default;
};

/// The name of the enumerator, such as "several_records": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(ProposalProblem::Code code) noexcept;

/// What relays may send already, and what to publish so that they may send.
struct SPF_EXPORT Authorization {
    std::string domain;  ///< the domain, in lower case
    std::string record;  ///< the published record; empty unless there is exactly one
    /// The target of the alias (CNAME) if the domain is one. A name with an alias can have no other
    /// record (RFC 1034, 3.6.2), so there is no proposal then. Empty: the domain is not an alias.
    std::string alias_of;
    std::vector<RelayCoverage> relays;       ///< one entry per relay, in the order given
    std::optional<Proposal> proposal;        ///< absent if not needed, or if `problem` says why
    std::vector<Proposal> alternatives;      ///< other ways, if terms alone would exceed a limit
    std::optional<ProposalProblem> problem;  ///< present if a proposal is needed, but not possible

    /// Whether every address of every relay passes already.
    [[nodiscard]] bool is_whole() const noexcept;
};

/// Compares relays with the policy of a domain and proposes the record that authorises the missing
/// ones. Never proposes `+all`, repairs a broken record, or draws a conclusion from a failed
/// lookup.
///
/// Makes several maps (map_networks()), so put a CachingResolver before a resolver that asks the
/// network. Throws only std::bad_alloc and what the resolver throws. As thread-safe as the
/// resolver.
[[nodiscard]] SPF_EXPORT Expected<Authorization, AuthorizeError> authorize(
    std::string_view domain, std::span<const Relay> relays, dns::Resolver& resolver,
    const AuthorizeOptions& given = {});

}  // namespace spf::analysis
