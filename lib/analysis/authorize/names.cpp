// The names of the enumerators that occur in an Authorization, and what each kind of proposal
// costs.

#include "analysis/sentences.hpp"
#include "spf/analysis/authorize.hpp"

namespace spf::analysis {

using Kind = Proposal::Kind;

std::string_view to_string(RelayCoverage::Status status) noexcept {
    switch (status) {
        case RelayCoverage::Status::whole: return "whole";
        case RelayCoverage::Status::part: return "part";
        case RelayCoverage::Status::none: break;
    }
    return "none";
}

std::string_view to_string(ProofEntry::Who who) noexcept {
    switch (who) {
        case ProofEntry::Who::relay: return "relay";
        case ProofEntry::Who::before: return "before";
        case ProofEntry::Who::stranger: break;
    }
    return "stranger";
}

std::string_view to_string(Kind kind) noexcept {
    switch (kind) {
        case Kind::add_terms: return "add_terms";
        case Kind::first_record: return "first_record";
        case Kind::drop_redundant: return "drop_redundant";
        case Kind::hosts_to_addresses: return "hosts_to_addresses";
        case Kind::both: return "both";
        case Kind::include_to_networks: return "include_to_networks";
        case Kind::sub_domain: return "sub_domain";
        case Kind::repair: break;
    }
    return "repair";
}

std::string_view cost_of(Kind kind) noexcept {
    constexpr auto first = static_cast<unsigned>(Sentence::cost_add_terms);
    static_assert(first + static_cast<unsigned>(Kind::repair) ==
                  static_cast<unsigned>(Sentence::cost_repair));
    return pattern_of(static_cast<Sentence>(first + static_cast<unsigned>(kind)));
}

}  // namespace spf::analysis
