// The messages about relays and proposals. said_by() selects the message for an error. The messages
// of FlattenError are in flatten.cpp, one for each code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "spf/analysis/authorize.hpp"
#include "spf/base/message.hpp"

namespace spf::analysis {

enum class Sentence : std::uint8_t {
    // Messages for an AuthorizeError.
    domain_problem,
    no_domain_name,
    nothing_proved,
    lookup_failed,
    record_too_large,
    trial_too_large,
    // Messages for a RelayProblem: first one message for each code, in the order of the codes. Then
    // follow the messages that contain a network, and those that contain the address of a host.
    relay_nothing_there,
    relay_no_record,
    relay_broken_record,
    relay_nobody,
    relay_everybody,
    relay_not_public,
    relay_host_bits,
    relay_very_large,
    relay_too_large,
    relay_not_enumerable,
    relay_dns_failure,
    network_not_public,
    network_local,
    network_host_bits,
    network_very_large,
    host_not_public,
    host_local,
    // Messages for a ProposalProblem.
    alias,
    several_records,
    broken_record,
    broken_record_at,
    too_wide,
    permerror,
    no_record,
    first_record,
    listed_beyond_limit,
    listed_beyond_limit_ways,
    listed_beyond_lookups,
    listed_beyond_lookups_ways,
    listed_beyond_voids,
    listed_beyond_voids_ways,
    limits,
    limits_ways,
    limits_exceeded,
    limits_exceeded_ways,
    limits_lookups,
    limits_lookups_ways,
    limits_voids,
    limits_voids_ways,
    // Messages about what a proposal costs its owner, in the order of Proposal::Kind.
    cost_add_terms,
    cost_first_record,
    cost_drop_redundant,
    cost_hosts_to_addresses,
    cost_both,
    cost_include_to_networks,
    cost_sub_domain,
    cost_repair,
};
inline constexpr std::size_t sentence_count = static_cast<std::size_t>(Sentence::cost_repair) + 1;

/// Returns the pattern in English, see base/message.hpp. The result has static storage.
[[nodiscard]] std::string_view pattern_of(Sentence sentence) noexcept;
/// Returns the name of the enumerator, without the text of the message.
[[nodiscard]] std::string_view to_string(Sentence sentence) noexcept;
[[nodiscard]] std::string in_words(const Message<Sentence>& message, const Language& language = {});

[[nodiscard]] Message<Sentence> said_by(const AuthorizeError& error, const Language& language = {});
[[nodiscard]] Message<Sentence> said_by(const RelayProblem& problem);
[[nodiscard]] Message<Sentence> said_by(const ProposalProblem& problem,
                                        const Language& language = {});

}  // namespace spf::analysis
