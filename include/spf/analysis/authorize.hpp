/// \file analysis/authorize.hpp  How to let a relay send for a domain: the smallest change, proved.
///
/// Whether a relay may send is found by evaluating (analysis/networks.hpp), not by reading terms. A
/// change to the record is evaluated too, as if it were published, for every address there is,
/// before it is proposed: the relay passes, whoever passed still does, and nobody else's result is
/// another. What cannot be proved is not proposed. Where results hang on more than the network, as behind
/// `exists:%{i}`, no map can tell, and samples are compared.
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

/// A server, or a service, that shall send for a domain.
struct SPF_EXPORT Relay {
    enum class Kind : std::uint8_t {
        network,  ///< an address or a network
        host,     ///< a name that stands for its addresses
        include,  ///< a name whose SPF record lists the networks
        name,     ///< a host where it has addresses, else an include
    };
    Kind kind = Kind::network;
    std::string text;   ///< as given
    Network network;    ///< network: which
    std::string name;   ///< otherwise: the domain name, in lower case
    IpAddress address;  ///< network: the address as given, bits behind the prefix included

    /// Whether the address has bits behind the prefix, as in `203.0.113.7/8`: then either the address or
    /// the network is meant, and which of them nobody but the author knows.
    [[nodiscard]] bool has_host_bits() const noexcept;

    /// Reads `192.0.2.1`, `192.0.2.0/24`, `host.example`; with `ip4:`, `ip6:`, `a:` or `include:` in
    /// front it says of what kind it is. Error codes: those of Network::parse() and of names.
    static Expected<Relay> parse(std::string_view text);
};

/// Why a relay cannot be put into a record.
struct SPF_EXPORT RelayProblem {
    /// Stable codes; a new one may be appended, none changes its meaning.
    enum class Code : std::uint8_t {
        nothing_there,  ///< the name has neither addresses nor an SPF record
        no_record,      ///< an include of it would be a permerror: it has no SPF record (5.2)
        broken_record,  ///< an include of it is a permerror (5.2)
        nobody,         ///< it authorises no address
        everybody,      ///< it comes to as much as `+all`
        /// no mail comes from `network` through the internet (special_address.hpp)
        not_public,
        host_bits,       ///< Relay::has_host_bits(): `address` may be meant, or `network`
        very_large,      ///< AuthorizeOptions::very_large is wanted for `network`
        too_large,       ///< an include whose record is too large to be mapped
        not_enumerable,  ///< its networks depend on the message, so that nothing can be proved
        dns_failure,     ///< it could not be looked up
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::dns_failure) + 1;

    Code code{};
    std::string text{};                ///< host_bits: the relay as given
    IpAddress address{};               ///< host_bits
    std::optional<Network> network{};  ///< not_public, host_bits, very_large

    /// What is wrong with it, without trailing dot; printable US-ASCII.
    [[nodiscard]] std::string message() const;

    friend bool operator==(const RelayProblem&, const RelayProblem&) = default;
};

/// The code as written in the enum, such as "nothing_there": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(RelayProblem::Code code) noexcept;

/// How much of a relay may send already.
struct RelayCoverage {
    enum class Status : std::uint8_t { whole, part, none };

    Relay relay;          ///< Kind::name has become host or include
    NetworkSet networks;  ///< what it sends from
    Status status = Status::none;
    NetworkSet missing;           ///< the part that does not pass
    std::vector<std::string> by;  ///< the terms that let the other part send, in order of addresses
    std::optional<RelayProblem> problem;  ///< why it cannot be added; `networks` may be empty
    /// The terms that would let what is missing send, had check_host() not ended at a limit before it
    /// came to them (4.6.4): listing it once more would not help.
    std::vector<std::string> listed_by;
};

/// "whole", "part", "none".
[[nodiscard]] SPF_EXPORT std::string_view to_string(RelayCoverage::Status status) noexcept;

/// What was checked of a proposal with check_host().
struct ProofEntry {
    enum class Who : std::uint8_t {
        relay,     ///< has to pass
        before,    ///< passed before, so has to pass
        stranger,  ///< outside all authorised networks: gets what it got, never a pass
    };
    Who who{};
    IpAddress address;
    Result expected = Result::none;
    Result result = Result::none;  ///< equal to `expected`, or there would be no proposal
};

/// "relay", "before", "stranger".
[[nodiscard]] SPF_EXPORT std::string_view to_string(ProofEntry::Who who) noexcept;

/// A TXT record to publish, proved: nothing in it exceeds a limit of section 4.6.4 for any address.
struct Proposal {
    enum class Kind : std::uint8_t {
        add_terms,            ///< the record with terms for the relays
        first_record,         ///< a domain's first record
        drop_redundant,       ///< without terms that change nothing
        hosts_to_addresses,   ///< with addresses in the place of `a` and `mx`
        both,                 ///< the two together
        include_to_networks,  ///< with the networks in the place of an include
        sub_domain,           ///< a record of its own for a sub-domain
    };
    Kind kind{};
    std::string name;                      ///< where to publish it
    std::string record;                    ///< its whole text
    std::vector<std::string> txt_strings;  ///< the same in strings of at most 255 octets (3.3)
    unsigned dns_lookups = 0;              ///< the most any address needs; 10 are allowed
    unsigned void_lookups = 0;             ///< the most any address needs; 2 are allowed
    std::vector<ProofEntry> proof;         ///< samples; the proof itself was all addresses
    /// Whether it was. Where not, some addresses come to what depends on the message (NotEnumerable), and
    /// samples of these were compared.
    bool is_for_all = true;
};

/// What a kind of proposal costs its owner, in one sentence without trailing dot; empty: nothing.
/// Static storage.
[[nodiscard]] SPF_EXPORT std::string_view cost_of(Proposal::Kind kind) noexcept;
/// The kind as written in the enum.
[[nodiscard]] SPF_EXPORT std::string_view to_string(Proposal::Kind kind) noexcept;

/// How to propose.
struct AuthorizeOptions {
    bool from_scratch = false;   ///< propose a first record (`~all`) where there is none
    bool hosts_by_name = false;  ///< `a:host` instead of its addresses
    /// Propose networks larger than /16 (IPv4) or /32 (IPv6), too, which are hardly one sender's.
    bool very_large = false;
    SweepOptions networks;
};

/// Why there is nothing to say about a domain at all.
struct SPF_EXPORT AuthorizeError {
    /// Stable codes; a new one may be appended, none changes its meaning.
    enum class Code : std::uint8_t {
        malformed_domain,  ///< the domain is no usable name (4.3): `syntax`
        /// a look-up that the domain's record needs failed, or one that a trial needs: `problem`;
        /// where that is absent, asking for TXT of `domain` ended in `status`
        dns_failure,
        too_large,        ///< the record is too large to be mapped
        trial_too_large,  ///< the record is, or one that was tried in its place
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::trial_too_large) + 1;

    Code code{};
    std::string domain{};                ///< the domain; malformed_domain: as it was given
    std::optional<ParseError> syntax{};  ///< malformed_domain: in `domain`
    std::optional<Problem> problem{};    ///< dns_failure
    dns::Status status{};                ///< dns_failure without `problem`

    /// What is wrong, without trailing dot; printable US-ASCII.
    [[nodiscard]] std::string message() const;

    friend bool operator==(const AuthorizeError&, const AuthorizeError&) = default;
};

/// The code as written in the enum, such as "too_large": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(AuthorizeError::Code code) noexcept;

/// A limit of section 4.6.4 that a record exceeds.
struct Excess {
    Problem::Code limit{};  ///< the problem that receivers have with it
    unsigned needed = 0;    ///< what the record needs for some address; 0: not counted
    unsigned allowed = 0;

    friend bool operator==(const Excess&, const Excess&) = default;
};

/// Why there is no proposal, and what to do.
struct SPF_EXPORT ProposalProblem {
    /// Stable codes; a new one may be appended, none changes its meaning.
    enum class Code : std::uint8_t {
        alias,            ///< the domain is an alias of `name`, beside which no record can stand
        several_records,  ///< the domain has `count` SPF records (4.5)
        broken_record,    ///< the record has the error `syntax` (4.6)
        relay,            ///< the relay `name` cannot be added: `relay` says why
        too_wide,         ///< the relays are so many addresses that nobody would be kept out
        permerror,        ///< some address of a relay gets `problem` whatever term is added
        no_record,        ///< there is none, and AuthorizeOptions::from_scratch is wanted
        first_record,     ///< a first record with these relays would break a limit (4.6.4)
        listed_already,   ///< no term is missing, but the record has an `excess`
        limits,           ///< with the terms added, no record keeps to the limits (4.6.4)
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::limits) + 1;

    Code code{};
    std::string domain{};                 ///< the domain of the record
    std::string name{};                   ///< alias: its target; relay: as it was given
    std::size_t count = 0;                ///< several_records
    std::optional<ParseError> syntax{};   ///< broken_record
    std::optional<RelayProblem> relay{};  ///< relay
    std::optional<Problem> problem{};     ///< permerror
    /// listed_already, limits: what the record exceeds as it is; absent: nothing
    std::optional<Excess> excess{};
    bool has_alternatives = false;  ///< listed_already, limits: whether other ways were found

    /// Why there is no proposal, and what to do, without trailing dot; printable US-ASCII.
    [[nodiscard]] std::string message() const;

    friend bool operator==(const ProposalProblem&, const ProposalProblem&) = default;
};

/// The code as written in the enum, such as "several_records": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(ProposalProblem::Code code) noexcept;

/// What is, and what to do.
struct SPF_EXPORT Authorization {
    std::string domain;
    std::string record;  ///< as published; empty: none, or not exactly one
    /// Where the domain is an alias (CNAME): of which name. No record can stand beside an alias (RFC 1034,
    /// 3.6.2), so there is no proposal then. Empty: it is none.
    std::string alias_of;
    std::vector<RelayCoverage> relays;
    std::optional<Proposal> proposal;        ///< absent: not needed, or see `problem`
    std::vector<Proposal> alternatives;      ///< where the proposal would break a limit (4.6.4)
    std::optional<ProposalProblem> problem;  ///< absent where there is a proposal, or needs none

    /// Whether every relay may send, all of it.
    [[nodiscard]] bool is_whole() const noexcept;
};

/// Compares relays with a domain's policy and proposes what is missing. Never proposes `+all`, never
/// repairs a record that is broken, never concludes from a lookup that failed. Costs a few maps
/// (map_networks()), so put a CachingResolver in front of name servers. Never throws but std::bad_alloc
/// and what the resolver throws. As thread-safe as the resolver.
[[nodiscard]] SPF_EXPORT Expected<Authorization, AuthorizeError> authorize(
    std::string_view domain, std::span<const Relay> relays, dns::Resolver& resolver,
    const AuthorizeOptions& given = {});

}  // namespace spf::analysis
