// Selects the messages that explain why a domain cannot be analysed, or why nothing is proposed.

#include <array>
#include <cstdint>
#include <optional>

#include "analysis/sentences.hpp"
#include "base/code_table.hpp"
#include "spf/analysis/authorize.hpp"

namespace spf::analysis {
namespace {

using Code = ProposalProblem::Code;

constexpr std::array<CodeEntry<AuthorizeError::Code>, AuthorizeError::code_count> error_names{{
    {AuthorizeError::Code::malformed_domain, "malformed_domain"},
    {AuthorizeError::Code::dns_failure, "dns_failure"},
    {AuthorizeError::Code::too_large, "too_large"},
    {AuthorizeError::Code::trial_too_large, "trial_too_large"},
}};
static_assert(is_in_order_of_codes(error_names), "one line for each code, in order");

constexpr std::array<CodeEntry<Code>, ProposalProblem::code_count> problem_names{{
    {Code::alias, "alias"},
    {Code::several_records, "several_records"},
    {Code::broken_record, "broken_record"},
    {Code::relay, "relay"},
    {Code::too_wide, "too_wide"},
    {Code::permerror, "permerror"},
    {Code::no_record, "no_record"},
    {Code::first_record, "first_record"},
    {Code::listed_already, "listed_already"},
    {Code::limits, "limits"},
}};
static_assert(is_in_order_of_codes(problem_names), "one line for each code, in order");

/// Which limit (4.6.4) the published record exceeds. `not_counted` means that it is unknown by how
/// much a limit is exceeded.
enum class Limit : std::uint8_t { not_exceeded, not_counted, lookups, voids };

Limit limit_of(const std::optional<Excess>& excess) noexcept {
    if (!excess) return Limit::not_exceeded;
    if (excess->needed == 0) return Limit::not_counted;
    return excess->limit == Problem::Code::too_many_void_lookups ? Limit::voids : Limit::lookups;
}

Sentence listed_already(Limit limit, bool ways) noexcept {
    switch (limit) {
        case Limit::lookups:
            return ways ? Sentence::listed_beyond_lookups_ways : Sentence::listed_beyond_lookups;
        case Limit::voids:
            return ways ? Sentence::listed_beyond_voids_ways : Sentence::listed_beyond_voids;
        case Limit::not_exceeded:  // impossible: for `listed_already`, a limit is exceeded
        case Limit::not_counted: break;
    }
    return ways ? Sentence::listed_beyond_limit_ways : Sentence::listed_beyond_limit;
}

Sentence beyond_limits(Limit limit, bool ways) noexcept {
    switch (limit) {
        case Limit::not_exceeded: return ways ? Sentence::limits_ways : Sentence::limits;
        case Limit::not_counted:
            return ways ? Sentence::limits_exceeded_ways : Sentence::limits_exceeded;
        case Limit::lookups: return ways ? Sentence::limits_lookups_ways : Sentence::limits_lookups;
        case Limit::voids: break;
    }
    return ways ? Sentence::limits_voids_ways : Sentence::limits_voids;
}

/// Selects the message that explains why the record with additional terms is not proposed: it would
/// exceed a limit of section 4.6.4.
Message<Sentence> limits_of(const ProposalProblem& problem) {
    const Limit limit = limit_of(problem.excess);
    const bool ways = problem.has_alternatives;
    Message<Sentence> out{problem.code == Code::listed_already ? listed_already(limit, ways)
                                                               : beyond_limits(limit, ways)};
    if (limit == Limit::lookups || limit == Limit::voids)
        out.arguments = {problem.excess->needed, problem.excess->allowed};
    return out;
}

}  // namespace

Message<Sentence> said_by(const AuthorizeError& error, const Language& language) {
    switch (error.code) {
        case AuthorizeError::Code::malformed_domain:
            if (!error.syntax) return {Sentence::no_domain_name, {error.domain}};
            return {Sentence::domain_problem,
                    {error.domain, Argument::phrase(error.syntax->message())}};
        case AuthorizeError::Code::dns_failure:
            if (error.problem)
                return {Sentence::nothing_proved,
                        {error.domain, Argument::sentence(error.problem->message(language))}};
            return {Sentence::lookup_failed, {error.domain, dns::to_string(error.status)}};
        case AuthorizeError::Code::too_large: return {Sentence::record_too_large, {error.domain}};
        case AuthorizeError::Code::trial_too_large: break;
    }
    return {Sentence::trial_too_large, {error.domain}};
}

Message<Sentence> said_by(const ProposalProblem& problem, const Language& language) {
    switch (problem.code) {
        case Code::alias: return {Sentence::alias, {problem.domain, problem.name}};
        case Code::several_records:
            return {Sentence::several_records, {problem.domain, problem.count}};
        case Code::broken_record:
            if (!problem.syntax) return {Sentence::broken_record, {problem.domain}};
            return {Sentence::broken_record_at,
                    {problem.domain, problem.syntax->offset,
                     Argument::phrase(problem.syntax->message())}};
        case Code::relay:
            return said_by(problem.relay.value_or(RelayProblem{.text = problem.name}));
        case Code::too_wide: return {Sentence::too_wide};
        case Code::permerror: {
            const Problem standing = problem.problem.value_or(Problem{});
            return {Sentence::permerror,
                    {problem.domain, Argument::sentence(standing.message(language)),
                     Argument::sentence(standing.remedy(language))}};
        }
        case Code::no_record: return {Sentence::no_record, {problem.domain}};
        case Code::first_record: return {Sentence::first_record};
        case Code::listed_already:
        case Code::limits: break;
    }
    return limits_of(problem);
}

std::string AuthorizeError::message() const { return message(Language()); }
std::string AuthorizeError::message(const Language& language) const {
    return in_words(said_by(*this, language), language);
}

std::string_view to_string(AuthorizeError::Code code) noexcept {
    return row_of(error_names, code).name;
}

std::string ProposalProblem::message() const { return message(Language()); }
std::string ProposalProblem::message(const Language& language) const {
    return in_words(said_by(*this, language), language);
}

std::string_view to_string(ProposalProblem::Code code) noexcept {
    return row_of(problem_names, code).name;
}

}  // namespace spf::analysis
