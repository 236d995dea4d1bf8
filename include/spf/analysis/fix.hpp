/// \file analysis/fix.hpp  Repairs a record, or brings it within the limits of section 4.6.4, with
/// as little change as possible, and proves that the changed record works.
///
/// The steps are tried in the order of what they cost the owner of the domain, and a step is made
/// only if the steps before it are not enough:
///
/// 1. broken terms are corrected, if only one meaning is possible (lint/lint.hpp), and several
///    records are merged into one;
/// 2. an include or redirect whose target has no usable record is dropped, because it makes the
///    result permerror (5.2, 6.1);
/// 3. terms that need lookups, but change no result, are dropped;
/// 4. `a` and `mx` are replaced by the addresses that they match today;
/// 5. a redirect is replaced by the terms of the record to which it leads;
/// 6. includes are replaced by the networks that they match today.
///
/// The steps 3 to 6 are made only if the record exceeds a limit, and they change no result. Before
/// fix() proposes a record, it evaluates the record for all addresses, as authorize() does, and
/// compares the results with those before the steps 3 to 6. If the record has a term like
/// `exists:%{i}` (NotEnumerable), the results for some addresses depend on the message, and only
/// samples of them are compared (Proposal::is_for_all).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/analysis/authorize.hpp"
#include "spf/analysis/networks.hpp"
#include "spf/base/export.hpp"
#include "spf/base/language.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/net/network_set.hpp"

namespace spf::analysis {

/// Which steps fix() may make. In `flatten`, `keep` and `drop`, each entry is the domain name in
/// terms of the record, such as "_spf.mailer.example", or a whole term, such as "a:host.example".
/// Upper and lower case are the same.
struct FixOptions {
    /// Terms to replace by networks even if it is not necessary. If it is necessary to replace
    /// terms, these come first.
    std::vector<std::string> flatten{};
    std::vector<std::string> keep{};  ///< terms that stay as they are
    /// Terms to drop, although addresses that only they authorise no longer pass. An entry may also
    /// be a term with a syntax error.
    std::vector<std::string> drop{};
    /// The maximum length of the proposed record in octets. A longer record is proposed only if it
    /// is not longer than what is published. Records of more than 450 octets may need an answer
    /// over TCP (3.4).
    std::size_t max_length = 1000;
    /// The limits for map_networks(), which evaluates a policy for all addresses.
    SweepOptions networks{};
    /// The language of the texts `detail` in the steps and in the problem, which are made while the
    /// record is examined. Show these with why() and message() in the same language.
    Language language{};
};

/// A change of the record.
struct SPF_EXPORT FixStep {
    /// The kinds of steps, in the order of their cost.
    enum class Kind : std::uint8_t {
        correct_term,   ///< `term`, which was broken, was certainly meant as `replacement`
        merge_records,  ///< several records become one
        drop_asked,     ///< `term` is in FixOptions::drop
        drop_dead,      ///< the target of `term` has no usable record
        /// `include:`, replaced by networks because the included record is broken for all other
        /// addresses.
        broken_include_to_networks,
        drop_redundant,       ///< without `term`, every result is the same
        hosts_to_addresses,   ///< `a` or `mx`, replaced by addresses
        redirect_to_terms,    ///< `redirect=`, replaced by the terms of the other record
        include_to_networks,  ///< `include:`, replaced by networks
    };
    /// The number of kinds. The values 0 to kind_count - 1 are valid.
    static constexpr std::size_t kind_count =
        static_cast<std::size_t>(Kind::include_to_networks) + 1;

    Kind kind{};         ///< what kind of change it is
    std::string term{};  ///< the term that is changed; empty for `merge_records`
    /// The terms that replace `term`. Empty if it is dropped. For `merge_records`, the merged
    /// record.
    std::string replacement{};
    int saves = 0;       ///< how many lookups fewer the record needs; negative if it needs more
    int saves_void = 0;  ///< how many void lookups fewer the record needs
    /// The reason for the step, if it is not always the same. For `correct_term`, what is wrong
    /// with the term; for `drop_dead` and `broken_include_to_networks`, what is wrong with its
    /// target. For `merge_records`, how the records ended if they ended differently, such as
    /// "~all, -all".
    std::string detail{};

    /// Returns why the step is made, and what it changes for whom, in one line of English without
    /// trailing dot. Printable US-ASCII.
    [[nodiscard]] std::string why() const;
    /// Returns why the step is made in a language, as why() does in English.
    [[nodiscard]] std::string why(const Language& language) const;

    /// Compares all members.
    friend bool operator==(const FixStep&, const FixStep&) = default;
};

/// Returns the name of the enumerator, such as "drop_dead". The name is stable, so programs may
/// compare it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(FixStep::Kind kind) noexcept;

/// Why nothing is proposed although the record does not work, and what the owner can do.
struct SPF_EXPORT FixProblem {
    /// The codes are stable: new codes may be appended, but no code changes its meaning.
    enum class Code : std::uint8_t {
        alias,            ///< the domain is an alias of `name` and cannot have its own record
        no_record,        ///< the domain has no SPF record, and no text that was meant as one
        several_records,  ///< it is not clear which of `count` records was meant (4.5)
        broken_record,    ///< the term `name` has the error `detail`, and may mean several things
        permerror,        ///< the error `detail` remains
        limits,           ///< the record would still exceed a limit (4.6.4)
        too_long,         ///< within the limits, the record would exceed FixOptions::max_length
        no_such_term,     ///< `name` in FixOptions is not in the record
        unproved,         ///< a record was found, but the results could not be proved
    };
    /// The number of codes. The values 0 to code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::unproved) + 1;

    Code code{};           ///< why there is no proposal
    std::string domain{};  ///< the domain of the record
    std::string name{};    ///< the target of the alias, or the term
    std::string detail{};  ///< what is wrong, and what to do, in one line
    /// For `several_records`, the number of records; for `limits`, the number of lookups that the
    /// record would still need; for `too_long`, its number of octets.
    std::size_t count = 0;

    /// Returns why there is no proposal and what to do, in one line of English without trailing
    /// dot. Printable US-ASCII.
    [[nodiscard]] std::string message() const;
    /// Returns why there is no proposal in a language, as message() does in English.
    [[nodiscard]] std::string message(const Language& language) const;

    /// Compares all members.
    friend bool operator==(const FixProblem&, const FixProblem&) = default;
};

/// Returns the name of the enumerator, such as "several_records". The name is stable, so programs
/// may compare it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(FixProblem::Code code) noexcept;

/// How to repair a record.
struct Fix {
    std::string domain{};  ///< the domain, in lower case
    /// The published SPF records. If there is none, the text that was meant as one.
    std::vector<std::string> records{};
    std::string alias_of{};  ///< if the domain is an alias (CNAME), its target; otherwise empty
    /// What receivers report for some address: an error, or a limit that is exceeded. Absent if no
    /// address gets an error.
    std::optional<Problem> error{};
    /// The maximum number of lookups that an address needs before the steps that save lookups. It
    /// may exceed the limits. Zero if it is not known, because the record is broken.
    unsigned dns_lookups = 0;
    unsigned void_lookups = 0;     ///< the same for void lookups
    std::vector<FixStep> steps{};  ///< how the proposal came about, in order
    /// The record to publish, with Proposal::Kind::repair. Absent if the published record works and
    /// no change was asked for, or if none is possible (see `problem`).
    std::optional<Proposal> proposal{};
    NetworkSet now_pass{};        ///< the addresses that pass only with the proposal
    NetworkSet no_longer_pass{};  ///< the addresses that pass only without the proposal
    /// Why there is no proposal. Present if one is needed, but not possible.
    std::optional<FixProblem> problem{};

    /// Returns whether the published record works and no change was asked for.
    [[nodiscard]] bool is_fine() const noexcept { return !proposal && !problem; }
};

/// Proposes the cheapest record of a domain that works. No address that passes is lost, unless
/// FixOptions::drop asks for it. If a lookup failed, reports the failure and infers nothing from
/// it.
///
/// Calls map_networks() many times, with one common budget of work. Asks each DNS question once, if
/// the resolver is a CachingResolver. Throws only std::bad_alloc and what the resolver throws. Is
/// as thread-safe as the resolver.
[[nodiscard]] SPF_EXPORT Expected<Fix, AuthorizeError> fix(std::string_view domain,
                                                           dns::Resolver& resolver,
                                                           const FixOptions& given = {});

}  // namespace spf::analysis
