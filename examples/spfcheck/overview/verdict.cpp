#include "overview/verdict.hpp"

#include "io/language.hpp"
#include "overview/meaning.hpp"
#include "overview/sentences.hpp"
#include "spf/base/printable.hpp"
#include "spf/evaluation/request.hpp"

namespace spfcheck {
namespace {

using Says = OverviewSentence;
using Severity = spf::lint::Finding::Severity;

/// Returns the domain, cut if it is so long that the verdict would not fit into one line.
std::string shown(const std::string& domain) {
    constexpr std::size_t longest = 40;
    return spf::printable(domain, longest);
}

Spoken findings_of(const Picture& picture) {
    const std::size_t errors = count(picture.lint, Severity::error);
    const std::size_t warnings = count(picture.lint, Severity::warning);
    if (errors > 0) return say<Says::errors>(errors);
    return warnings > 0 ? say<Says::warnings>(warnings) : say<Says::no_errors>();
}

Spoken lookups_of(const Picture& picture) {
    constexpr unsigned endless = 1000;  // DomainLint::dns_lookups: this number or more
    const unsigned count = picture.lint.dns_lookups.value_or(0);
    const unsigned allowed = spf::Limits{}.dns_lookups;
    if (count >= endless) return say<Says::lookups_endless>(count, allowed);
    return picture.lint.at_least ? say<Says::lookups_at_least>(count, allowed)
                                 : say<Says::lookups>(count, allowed);
}

Spoken may_send(const Picture& picture) {
    const spf::AddressCount none;
    const spf::AddressCount& ip4 = picture.may_send.ip4;
    const bool is_whole = picture.missing.is_complete && picture.map.unknown().empty();
    if (!is_whole) {
        return say<Says::may_send_at_least>(ip4.exact().value_or(0), text_of(ip4));
    }
    if (ip4 == none) {
        return picture.may_send.ip6 == none ? say<Says::may_send_none>()
                                            : say<Says::may_send_ip6>();
    }
    return say<Says::may_send>(ip4.exact().value_or(0), text_of(ip4));
}

/// Returns what happens to the addresses that no term names; empty if they pass.
Spoken others(const Ending& ending) {
    if (ending.depends_on_message) return say<Says::others_unknown>();
    switch (ending.result) {
        case spf::Result::pass: return {};
        case spf::Result::fail: return say<Says::others_fail>();
        case spf::Result::softfail: return say<Says::others_softfail>();
        case spf::Result::neutral: return say<Says::others_neutral>();
        default: return say<Says::others_error>();
    }
}

/// Returns the verdict for a domain of which no address gets a result from a record.
Spoken unusable(const Picture& picture) {
    const std::string domain = shown(picture.lint.domain);
    const auto& problem = picture.missing.problem;
    if (problem) {
        using Code = spf::Problem::Code;
        switch (problem->code) {
            case Code::malformed_domain: return say<Says::malformed>(domain);
            case Code::no_such_domain: return say<Says::no_domain>(domain);
            case Code::no_record: return say<Says::no_record>(domain);
            case Code::dns_failure:
            case Code::deadline: return say<Says::no_answer>(domain);
            case Code::not_in_zone: return say<Says::not_in_zone>(domain);
            default: break;
        }
    }
    if (!picture.lint.records.empty()) {
        return say<Says::several_records>(domain, picture.lint.records.size());
    }
    return say<Says::broken_record>(domain, findings_of(picture));
}

Spoken others_in_full(const Ending& ending, const std::string& domain) {
    if (ending.depends_on_message) return say<Says::others_depend>();
    const std::string_view result = spf::to_string(ending.result);
    if (ending.term.empty()) return say<Says::others_default>(result);
    return ending.domain == domain ? say<Says::others_by>(result, ending.term)
                                   : say<Says::others_of>(result, ending.term, ending.domain);
}

}  // namespace

Spoken verdict_of(const Picture& picture) {
    if (picture.missing.is_everything) return unusable(picture);
    const std::string domain = shown(picture.lint.domain);
    const Spoken rest = others(picture.others);
    return rest.empty()
               ? say<Says::verdict_all_pass>(domain, findings_of(picture), lookups_of(picture))
               : say<Says::verdict>(domain, findings_of(picture), lookups_of(picture),
                                    may_send(picture), rest);
}

Spoken facts_of(const Picture& picture) {
    if (picture.missing.is_everything) return {};
    const spf::Limits limits;
    const Spoken size = text_of(picture.may_send);
    const Spoken rest = others_in_full(picture.others, picture.lint.domain);
    const unsigned lookups = picture.lint.dns_lookups.value_or(0);
    return size.empty() ? say<Says::facts_open>(lookups, limits.dns_lookups, picture.void_lookups,
                                                limits.void_lookups, rest)
                        : say<Says::facts>(lookups, limits.dns_lookups, picture.void_lookups,
                                           limits.void_lookups, size, rest);
}

}  // namespace spfcheck
