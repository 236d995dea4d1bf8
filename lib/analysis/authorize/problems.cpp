// Messages: why a domain cannot be analysed, and why nothing is proposed.

#include <array>

#include "base/code_table.hpp"
#include "spf/analysis/authorize.hpp"
#include "spf/base/printable.hpp"

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

/// Says which limit a record exceeds, and by how much.
std::string in_words(const Excess& excess) {
    if (excess.needed == 0) return "exceeds a limit of RFC 7208, 4.6.4";
    const bool is_void = excess.limit == Problem::Code::too_many_void_lookups;
    return "needs " + std::to_string(excess.needed) +
           (is_void ? " terms that find nothing" : " terms with look-ups") + " where " +
           std::to_string(excess.allowed) + " are allowed (RFC 7208, 4.6.4)";
}

std::string in_words(const RelayProblem& problem, const std::string& relay) {
    // The message contains the relay's own text.
    const bool is_named = problem.code == RelayProblem::Code::host_bits;
    return (is_named ? std::string() : relay + ": ") + problem.message();
}

/// Says why a record with more terms is not proposed.
std::string beyond_limits(const ProposalProblem& problem) {
    const Excess excess = problem.excess.value_or(Excess{});
    const std::string end = problem.has_alternatives
                                ? "; these ways do"
                                : "; remove terms that are not needed any more";
    if (problem.code == Code::listed_already) {
        return "what is missing is listed already, but the record " + in_words(excess) +
               ", so that receivers answer permerror; to list it once more would not help, only "
               "to keep to the limit" +
               end;
    }
    return (problem.excess ? "the record " + in_words(excess) + " as it is; " : std::string()) +
           "no record with these terms added does it within the limits of RFC 7208, section 4.6.4 "
           "(10 terms with look-ups, 2 of which may find nothing)" +
           end;
}

}  // namespace

std::string AuthorizeError::message() const {
    const std::string shown = printable(domain);
    switch (code) {
        case Code::malformed_domain:
            return syntax ? std::string(syntax->message()) : shown + " is no domain name";
        case Code::dns_failure:
            return problem ? problem->message() + "; nothing can be proved until it works"
                           : "the TXT records of " + shown +
                                 " cannot be looked up: " + std::string(dns::to_string(status));
        case Code::too_large:
            return "the record of " + shown + " is too large to be evaluated for all addresses";
        case Code::trial_too_large: break;
    }
    return "the record of " + shown +
           ", or one that was tried in its place, is too large to be evaluated for all addresses";
}

std::string_view to_string(AuthorizeError::Code code) noexcept {
    return error_names[static_cast<std::size_t>(code)].name;
}

std::string ProposalProblem::message() const {
    const std::string shown = printable(domain);
    const std::string other = printable(name);
    switch (code) {
        case Code::alias:
            return shown + " is an alias (CNAME) of " + other +
                   ", beside which no TXT record can stand (RFC 1034, 3.6.2; RFC 2181, 10.1): "
                   "have the relay listed in the record of " +
                   other +
                   ", if its owner agrees, or put the records that are needed in the place of the "
                   "alias";
        case Code::several_records:
            return shown + " has " + std::to_string(count) +
                   " SPF records, which receivers take for none that works (permerror): merge "
                   "them into one first";
        case Code::broken_record:
            return "the SPF record of " + shown + " is broken" +
                   (syntax ? " at octet " + std::to_string(syntax->offset) + ": " +
                                 std::string(syntax->message())
                           : std::string()) +
                   "; mend that first";
        case Code::relay: return in_words(relay.value_or(RelayProblem{}), other);
        case Code::too_wide:
            return "these relays are so many addresses that the record would keep nobody out";
        case Code::permerror: {
            const Problem standing = problem.value_or(Problem{});
            return standing.message() + "; mend that first: " + std::string(standing.remedy());
        }
        case Code::no_record:
            return shown +
                   " has no SPF record; a first one has to list all servers that send for it, so "
                   "it is proposed only where asked for";
        case Code::first_record: return "a first record with these relays would break a limit";
        case Code::listed_already:
        case Code::limits: break;
    }
    return beyond_limits(*this);
}

std::string_view to_string(ProposalProblem::Code code) noexcept {
    return problem_names[static_cast<std::size_t>(code)].name;
}

}  // namespace spf::analysis
