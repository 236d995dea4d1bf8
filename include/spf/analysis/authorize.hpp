/// \file analysis/authorize.hpp  Finds the smallest change of a record that lets a relay send for a
/// domain, and proves that the changed record works.
///
/// To find out whether a relay may send, authorize() does not compare the relay with the terms of
/// the record. It evaluates the policy for all addresses (analysis/networks.hpp).
///
/// Before it proposes a change, it evaluates the changed record for all addresses too, as if the
/// record were published. It proposes the change only if this proves three things: the relay
/// passes, every address that passed still passes, and the result of all other addresses is
/// unchanged. If the record has a term like `exists:%{i}` (NotEnumerable), the result differs
/// between single addresses or between senders, so no evaluation covers all cases. In this case,
/// authorize() compares the results for a sample.
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
#include "spf/base/language.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/net/network_set.hpp"

namespace spf::analysis {

/// A server or a service that should be allowed to send mail for a domain.
struct SPF_EXPORT Relay {
    /// How authorize() finds the networks of a relay.
    enum class Kind : std::uint8_t {
        network,  ///< the relay is an address or a network
        host,     ///< the relay is a host name, and its networks are the addresses of the host
        include,  ///< the relay is a domain whose SPF record lists the networks
        name,     ///< the relay is a host if the name has addresses, otherwise an include
    };
    Kind kind = Kind::network;  ///< how the networks of the relay are found
    std::string text{};         ///< the text of the relay as the caller wrote it
    Network network{};          ///< for Kind::network, the network
    std::string name{};         ///< for all other kinds, the domain name in lower case
    IpAddress address{};  ///< for Kind::network, the address as written, including its host bits

    /// Returns whether the address has host bits set, as in `203.0.113.7/8`. If so, either the
    /// address or the network is meant, and only the author of the text knows which.
    [[nodiscard]] bool has_host_bits() const noexcept;

    /// Reads `192.0.2.1`, `192.0.2.0/24` or `host.example`. A prefix `ip4:`, `ip6:`, `a:` or
    /// `include:` determines the kind. The error codes are those of Network::parse() and
    /// dns::name_problem().
    static Expected<Relay> parse(std::string_view text);
};

/// Why a relay cannot be added to a record.
struct SPF_EXPORT RelayProblem {
    /// The codes are stable: new codes may be appended, but no code changes its meaning.
    enum class Code : std::uint8_t {
        nothing_there,  ///< the name has neither addresses nor an SPF record
        /// The name has no SPF record, so an include of the name would be a permerror (5.2).
        no_record,
        /// The SPF record of the name results in permerror, so an include of the name would too
        /// (5.2).
        broken_record,
        nobody,  ///< the SPF record of the name authorises no address
        /// The SPF record of the name authorises practically every address, as `+all` does.
        everybody,
        not_public,  ///< no mail can come from `network` through the internet (special_address.hpp)
        /// The relay has host bits, so either `address` or `network` is meant
        /// (Relay::has_host_bits()).
        host_bits,
        very_large,  ///< `network` is very large, and AuthorizeOptions::very_large is not set
        /// The relay is of Kind::include, and the policy of its name is too large for
        /// map_networks().
        too_large,
        /// The networks of the relay depend on the message, so nothing can be proved.
        not_enumerable,
        dns_failure,  ///< a DNS lookup of the relay failed
    };
    /// The number of codes. The values 0 to code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::dns_failure) + 1;

    Code code{};          ///< what is wrong
    std::string text{};   ///< the text of the relay as the caller wrote it
    IpAddress address{};  ///< for `host_bits`, the address
    /// For `not_public`, `host_bits` and `very_large`, the network.
    std::optional<Network> network{};

    /// Returns what is wrong in one line of English, without trailing dot. Printable US-ASCII.
    [[nodiscard]] std::string message() const;
    /// Returns what is wrong in a language, as message() does in English.
    [[nodiscard]] std::string message(const Language& language) const;

    /// Compares all members.
    friend bool operator==(const RelayProblem&, const RelayProblem&) = default;
};

/// Returns the name of the enumerator, such as "nothing_there". The name is stable, so programs may
/// compare it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(RelayProblem::Code code) noexcept;

/// Which addresses of a relay may send already.
struct RelayCoverage {
    /// Whether all, some or none of the relay's addresses pass.
    enum class Status : std::uint8_t {
        whole,  ///< all addresses pass
        part,   ///< some addresses pass, but not all
        none    ///< no address passes
    };

    /// The relay. If its kind was Kind::name, it is now Kind::host or Kind::include.
    Relay relay{};
    NetworkSet networks{};         ///< the addresses from which the relay sends
    Status status = Status::none;  ///< whether all, some or none of `networks` pass
    NetworkSet missing{};          ///< the addresses in `networks` that do not pass
    /// The terms because of which addresses in `networks` pass, in the order of these addresses.
    std::vector<std::string> by{};
    /// Why the relay cannot be added to the record; `networks` may be empty in this case. Absent if
    /// the relay can be added, or if all its addresses pass already.
    std::optional<RelayProblem> problem{};
    /// The terms of the record that list addresses in `missing`, but have no effect: check_host()
    /// ends at a limit (4.6.4) before it reaches them. To add such a term a second time would not
    /// help.
    std::vector<std::string> listed_by{};
};

/// Returns "whole", "part" or "none".
[[nodiscard]] SPF_EXPORT std::string_view to_string(RelayCoverage::Status status) noexcept;

/// An address for which check_host() was called to check a proposal.
struct ProofEntry {
    /// Why the address was chosen.
    enum class Who : std::uint8_t {
        relay,   ///< the address is one of a relay, so it has to pass
        before,  ///< the address passed before the change, so it has to pass
        /// The address is outside all authorised networks, so its result must not change and must
        /// not be pass.
        stranger,
    };
    Who who{};                       ///< why the address was chosen
    IpAddress address{};             ///< the address of the client
    Result expected = Result::none;  ///< the result that the changed record has to give
    /// The result that the changed record gives. In a Proposal, it is always equal to `expected`.
    Result result = Result::none;
};

/// Returns "relay", "before" or "stranger".
[[nodiscard]] SPF_EXPORT std::string_view to_string(ProofEntry::Who who) noexcept;

/// A TXT record to publish. It is proved that this record stays within the limits of section 4.6.4
/// for every address.
struct Proposal {
    /// How the record differs from what is published.
    enum class Kind : std::uint8_t {
        add_terms,            ///< the published record, with terms for the relays added
        first_record,         ///< the first record of the domain
        drop_redundant,       ///< the published record, without terms that have no effect
        hosts_to_addresses,   ///< the published record, with `a` and `mx` replaced by addresses
        both,                 ///< both `drop_redundant` and `hosts_to_addresses`
        include_to_networks,  ///< the published record, with an include replaced by its networks
        sub_domain,           ///< a separate record for a sub-domain
        repair,               ///< the published record after the steps of fix() (fix.hpp)
    };
    Kind kind{};           ///< what kind of change it is
    std::string name{};    ///< the domain name at which to publish the record
    std::string record{};  ///< the whole text of the record
    /// The text in strings of at most 255 octets each (3.3).
    std::vector<std::string> txt_strings{};
    /// The maximum number of lookups that a check of an address needs with the record; 10 are
    /// allowed.
    unsigned dns_lookups = 0;
    /// The maximum number of void lookups that a check of an address needs with the record; 2 are
    /// allowed.
    unsigned void_lookups = 0;
    /// Some of the addresses whose results before and after the change were compared.
    std::vector<ProofEntry> proof{};
    /// Whether the results before and after the change were compared for all addresses. If false,
    /// the results of some addresses depend on the message (NotEnumerable), and were compared for
    /// only a sample of these addresses.
    bool is_for_all = true;
};

/// Returns what disadvantage this kind of proposal has for the owner, in one line of English
/// without trailing dot. Empty if it has none. The text has static storage.
[[nodiscard]] SPF_EXPORT std::string_view cost_of(Proposal::Kind kind) noexcept;
/// Returns the name of the enumerator, such as "add_terms". The name is stable, so programs may
/// compare it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(Proposal::Kind kind) noexcept;

/// Which proposals authorize() may make.
struct AuthorizeOptions {
    bool from_scratch = false;   ///< whether to propose a first record (`~all`) if there is none
    bool hosts_by_name = false;  ///< whether to propose `a:host` instead of the host's addresses
    /// Whether to propose networks larger than /16 (IPv4) or /32 (IPv6) too. The addresses of such
    /// a network are rarely all those of one sender.
    bool very_large = false;
    /// The limits for map_networks(), which evaluates a policy for all addresses.
    SweepOptions networks{};
};

/// Why authorize() has no result for a domain.
struct SPF_EXPORT AuthorizeError {
    /// The codes are stable: new codes may be appended, but no code changes its meaning.
    enum class Code : std::uint8_t {
        malformed_domain,  ///< the domain is not a usable name (4.3): see `syntax`
        /// A lookup failed, and without its answer the published or a changed record cannot be
        /// evaluated: see `problem`. If `problem` is absent, the lookup of the TXT records of
        /// `domain` failed with `status`.
        dns_failure,
        too_large,  ///< the published policy is too large for map_networks()
        /// The policy with a changed record is too large for map_networks(), or the published
        /// policy is too large if it is evaluated without the limits of section 4.6.4.
        trial_too_large,
    };
    /// The number of codes. The values 0 to code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::trial_too_large) + 1;

    Code code{};           ///< what is wrong
    std::string domain{};  ///< the domain; for `malformed_domain`, as the caller passed it
    std::optional<ParseError> syntax{};  ///< for `malformed_domain`, the error in `domain`
    std::optional<Problem> problem{};    ///< for `dns_failure`, the lookup that failed
    dns::Status status{};  ///< for `dns_failure` without `problem`, how the lookup ended

    /// Returns what is wrong in one line of English, without trailing dot. Printable US-ASCII.
    [[nodiscard]] std::string message() const;
    /// Returns what is wrong in a language, as message() does in English.
    [[nodiscard]] std::string message(const Language& language) const;

    /// Compares all members.
    friend bool operator==(const AuthorizeError&, const AuthorizeError&) = default;
};

/// Returns the name of the enumerator, such as "too_large". The name is stable, so programs may
/// compare it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(AuthorizeError::Code code) noexcept;

/// A limit of section 4.6.4 that a record exceeds.
struct Excess {
    Problem::Code limit{};  ///< the problem that receivers report for the record
    /// The maximum number of lookups or void lookups that a check of an address needs. Zero if they
    /// were not counted.
    unsigned needed = 0;
    unsigned allowed = 0;  ///< how many lookups or void lookups section 4.6.4 allows

    /// Compares all members.
    friend bool operator==(const Excess&, const Excess&) = default;
};

/// Why there is no proposal, and what to do about it.
struct SPF_EXPORT ProposalProblem {
    /// The codes are stable: new codes may be appended, but no code changes its meaning.
    enum class Code : std::uint8_t {
        alias,            ///< the domain is an alias of `name` and cannot have a record of its own
        several_records,  ///< the domain has `count` SPF records (4.5)
        broken_record,    ///< the record has the error `syntax` (4.6)
        relay,            ///< the relay `name` cannot be added, for the reason in `relay`
        too_wide,         ///< the relays have so many addresses that nearly every sender would pass
        permerror,     ///< an address of a relay gets the error `problem`, whatever term is added
        no_record,     ///< the domain has no record, and AuthorizeOptions::from_scratch is not set
        first_record,  ///< a first record with these relays would exceed a limit (4.6.4)
        listed_already,  ///< the record has all necessary terms, but exceeds the limit in `excess`
        limits,  ///< every record that was tried with the terms added exceeds a limit (4.6.4)
    };
    /// The number of codes. The values 0 to code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::limits) + 1;

    Code code{};           ///< why there is no proposal
    std::string domain{};  ///< the domain of the record
    std::string name{};  ///< for `alias`, its target; for `relay`, the relay as the caller wrote it
    std::size_t count = 0;                ///< for `several_records`, the number of records
    std::optional<ParseError> syntax{};   ///< for `broken_record`, the error
    std::optional<RelayProblem> relay{};  ///< for `relay`, why it cannot be added
    std::optional<Problem> problem{};     ///< for `permerror`, the error that the address gets
    /// For `listed_already` and `limits`, the limit that the published record exceeds. Absent if it
    /// exceeds no limit.
    std::optional<Excess> excess{};
    /// For `listed_already` and `limits`, whether there are Authorization::alternatives.
    bool has_alternatives = false;

    /// Returns why there is no proposal and what to do, in one line of English without trailing
    /// dot. Printable US-ASCII.
    [[nodiscard]] std::string message() const;
    /// Returns what is wrong in a language, as message() does in English.
    [[nodiscard]] std::string message(const Language& language) const;

    /// Compares all members.
    friend bool operator==(const ProposalProblem&, const ProposalProblem&) = default;
};

/// Returns the name of the enumerator, such as "several_records". The name is stable, so programs
/// may compare it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(ProposalProblem::Code code) noexcept;

/// Which relays may send already, and what to publish so that all of them may send.
struct SPF_EXPORT Authorization {
    std::string domain{};  ///< the domain, in lower case
    std::string record{};  ///< the published record; empty if there is none, or more than one
    /// If the domain is an alias (CNAME), the target of the alias. Otherwise empty. For an alias
    /// there is no proposal, because an alias can have no other record (RFC 1034, 3.6.2).
    std::string alias_of{};
    /// One entry for each relay, in the order in which the caller passed them.
    std::vector<RelayCoverage> relays{};
    /// The proposed change. Absent if no change is needed, or if none is possible (see `problem`).
    std::optional<Proposal> proposal{};
    /// Other changes that let the relays send. Empty unless a limit (4.6.4) makes it impossible
    /// simply to add terms to the record.
    std::vector<Proposal> alternatives{};
    /// Why there is no proposal. Present if one is needed, but not possible.
    std::optional<ProposalProblem> problem{};

    /// Returns whether every address of every relay passes already.
    [[nodiscard]] bool is_whole() const noexcept;
};

/// Finds out which relays the policy of a domain does not authorise, and proposes a record that
/// authorises them too. Never proposes `+all` and never repairs a broken record. If a lookup
/// failed, reports the failure and infers nothing from it.
///
/// Calls map_networks() several times. If the resolver asks name servers, pass a CachingResolver
/// that asks this resolver, so that each question is asked only once. Throws only std::bad_alloc
/// and what the resolver throws. Is as thread-safe as the resolver.
[[nodiscard]] SPF_EXPORT Expected<Authorization, AuthorizeError> authorize(
    std::string_view domain, std::span<const Relay> relays, dns::Resolver& resolver,
    const AuthorizeOptions& given = {});

}  // namespace spf::analysis
