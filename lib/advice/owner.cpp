// Advice about the record of the domain, for its owner. If lint_domain() has examined the domain,
// the words are those of its findings, so that check and lint say the same.

#include <algorithm>
#include <utility>

#include "advice/tell.hpp"
#include "report/names.hpp"
#include "spf/advice/next.hpp"
#include "spf/base/printable.hpp"
#include "spf/net/special_address.hpp"
#include "spf/record/parse.hpp"

namespace spf::advice {
namespace {

using To = Advice::To;
using lint::DomainLint;
using lint::Finding;
using report::record_of;
using report::short_name;

constexpr std::size_t longest_record = 250;  ///< octets of a record that is one of several

/// Returns what lint_domain() found about the domain of the outcome; null if that is not known.
const DomainLint* lint_of(const Outcome& outcome, const Context& context) {
    return context.lint != nullptr && context.lint->domain == outcome.domain ? context.lint
                                                                             : nullptr;
}

/// Returns whether a finding is about the cause of a problem.
bool is_about(const Finding& finding, const Problem& problem) {
    using Code = Finding::Code;
    switch (problem.code) {
        case Problem::Code::no_such_domain: return finding.code == Code::no_such_domain;
        case Problem::Code::no_record:
            return finding.code == Code::no_record ||
                   finding.said.code == lint::Sentence::obsolete_alone;
        case Problem::Code::several_records:
            return finding.code == Code::several_records && finding.domain == problem.domain;
        case Problem::Code::syntax_error:
            return finding.syntax && finding.is_permerror() && finding.domain == problem.domain;
        case Problem::Code::include_without_record:
            return finding.code == Code::include_without_record && finding.term() == problem.text;
        case Problem::Code::redirect_without_record:
            return finding.code == Code::redirect_without_record && finding.term() == problem.text;
        case Problem::Code::too_many_dns_lookups:
            return finding.code ==
                   (problem.loop.empty() ? Code::too_many_lookups : Code::include_loop);
        case Problem::Code::too_many_void_lookups:
            return finding.code == Code::too_many_void_lookups;
        case Problem::Code::too_many_mx_names:
            return finding.code == Code::too_many_mx_names && finding.term() == problem.text;
        case Problem::Code::malformed_domain:
        case Problem::Code::dns_failure:
        case Problem::Code::deadline:
        case Problem::Code::not_in_zone: break;
    }
    return false;
}

/// Returns the finding about the cause of the outcome's problem; null if there is none. Of several
/// findings, one that says more than that there is no record comes first.
const Finding* finding_of(const Outcome& outcome, const Context& context) {
    const DomainLint* const lint = lint_of(outcome, context);
    if (lint == nullptr || !outcome.problem) return nullptr;
    const Finding* out = nullptr;
    for (const Finding& each : lint->findings) {
        if (!is_about(each, *outcome.problem)) continue;
        if (out == nullptr || out->said.code == lint::Sentence::usual) out = &each;
        if (outcome.problem->code != Problem::Code::no_record) break;
    }
    return out;
}

Examined examined_by(const DomainLint& lint) {
    return {lint.domain, lint.record, lint.findings, {}};
}

/// Returns the advice with the command that helps with the finding, if there is one.
Advice with_next(Advice advice, const Finding& finding, const Context& context) {
    advice.command = next_step(finding, examined_by(*context.lint), context).command();
    return advice;
}

/// Returns the advice about a finding that is not an error of the record.
Advice about(const Finding& finding, const Context& context) {
    return with_next(tell<Sentence::about_record>(To::owner, message_of(finding, context),
                                                  remedy_of(finding, context)),
                     finding, context);
}

/// Returns whether the domain's record is `v=spf1 -all`, which means that the domain sends no mail.
bool sends_nothing(const Outcome& outcome) {
    const Expected<Record> record = parse_record(record_of(outcome, outcome.domain));
    return record && record->directives.size() == 1 && record->redirect() == nullptr &&
           is_all(record->directives.front().mechanism) &&
           record->directives.front().qualifier == Qualifier::fail;
}

/// Returns the names of the services as a list. A hostile catalogue may have many.
std::string list_of(const std::vector<std::string>& services) {
    constexpr std::size_t most = 3;
    std::string out;
    for (std::size_t i = 0; i < std::min(services.size(), most); ++i) {
        out += (i == 0 ? "" : ", ") + short_name(services[i]);
    }
    return out;
}

Advice whose_server(const Outcome& outcome, const Context& context) {
    const std::string ip = outcome.ip.to_string();
    const std::string domain = short_name(outcome.domain);
    const bool nothing = sends_nothing(outcome);
    if (!outcome.is_about_mail_from()) {
        return nothing ? tell<Sentence::whose_helo_as_nothing_sends>(To::owner, ip, domain)
                       : tell<Sentence::whose_helo>(To::owner, ip, domain);
    }
    if (context.services.empty()) {
        return nothing ? tell<Sentence::whose_server_as_nothing_sends>(To::owner, ip, domain)
                       : tell<Sentence::whose_server>(To::owner, ip, domain);
    }
    const std::string services = list_of(context.services);
    return nothing ? tell<Sentence::service_sends_for_nothing>(To::owner, ip, domain, services)
                   : tell<Sentence::service_sends>(To::owner, ip, domain, services);
}

/// Returns the advice to find out whether a known service has the client's address, or that none
/// has it. Returns nothing if this is known, or if no service can have the address, because it is
/// not public. In examples, addresses are not.
std::vector<Advice> find_its_service(const Outcome& outcome, const Context& context) {
    const bool is_public = special_range(outcome.ip) == nullptr;
    if (!outcome.is_about_mail_from() || !context.services.empty() || !is_public) return {};
    const std::string ip = outcome.ip.to_string();
    if (context.services_asked > 0) {
        return {tell<Sentence::no_service>(To::owner, ip, std::uint64_t{context.services_asked})};
    }
    return {with_command(tell<Sentence::find_service>(To::owner, ip), {"whose", ip}, context)};
}

/// Returns the advice that a redirect has no effect, if the "all" that overrules it decided the
/// result; otherwise nothing.
std::vector<Advice> about_redirect(const Outcome& outcome, const Context& context) {
    const DomainLint* const lint = lint_of(outcome, context);
    if (lint == nullptr || outcome.mechanism_domain != outcome.domain) return {};
    const Expected<Record> record = parse_record(lint->record);
    const bool is_by_all =
        record && std::any_of(record->directives.begin(), record->directives.end(),
                              [&outcome](const Directive& each) {
                                  return is_all(each.mechanism) && each.text == outcome.mechanism;
                              });
    if (!is_by_all) return {};
    for (const Finding& each : lint->findings) {
        if (each.code != Finding::Code::redirect_ignored || each.domain != lint->domain) continue;
        Advice advice = tell<Sentence::about_record>(To::owner, message_of(each, context),
                                                     remedy_of(each, context));
        return {with_command(std::move(advice), {"lint", lint->domain}, context)};
    }
    return {};
}

/// Returns the advice about several records, with the first two of them.
Advice merge(const DomainLint& lint) {
    const std::string domain = short_name(lint.domain);
    const std::string first = printable(lint.records[0], longest_record);
    const std::string second = printable(lint.records[1], longest_record);
    return lint.records.size() == 2
               ? tell<Sentence::merge_both_records>(To::owner, domain, first, second)
               : tell<Sentence::merge_all_records>(To::owner, domain, first, second,
                                                   std::uint64_t{lint.records.size()});
}

/// Returns the advice about a text that looks like a record.
Advice fix_similar(const Outcome& outcome, const Context& context) {
    const std::string domain = short_name(outcome.domain);
    const std::string text = short_name(outcome.problem->text);
    const std::vector<Finding> findings = lint::lint(outcome.problem->text);
    const Finding none;
    const Finding& finding = findings.empty() ? none : findings.front();
    return with_command(
        tell<Sentence::fix_similar_record>(To::owner, text, domain, message_of(finding, context)),
        {"fix", outcome.domain}, context);
}

}  // namespace

std::vector<Advice> ask_whose_it_is(const Outcome& outcome, const Context& context) {
    std::vector<Advice> out = about_redirect(outcome, context);
    const std::string ip = outcome.ip.to_string();
    const DomainLint* const lint = lint_of(outcome, context);
    if (lint != nullptr && !lint->alias_of.empty() && outcome.is_about_mail_from()) {
        out.push_back(
            with_command(tell<Sentence::whose_server_for_alias>(
                             To::owner, ip, short_name(outcome.domain), short_name(lint->alias_of)),
                         {"authorize", lint->alias_of, ip}, context));
    } else {
        out.push_back(with_command(whose_server(outcome, context),
                                   {"authorize", outcome.domain, ip}, context));
    }
    for (Advice& each : find_its_service(outcome, context)) out.push_back(std::move(each));
    return out;
}

Advice publish(const Outcome& outcome, const Context& context) {
    const std::string domain = short_name(outcome.domain);
    const Problem::Code code = outcome.problem ? outcome.problem->code : Problem::Code::no_record;
    if (code == Problem::Code::malformed_domain) return tell<Sentence::use_full_domain>(To::sender);
    const Finding* const finding = finding_of(outcome, context);
    const bool says_more = finding != nullptr && finding->said.code != lint::Sentence::usual;
    if (says_more) return about(*finding, context);
    if (code == Problem::Code::no_such_domain)
        return tell<Sentence::register_domain>(To::sender, domain);
    if (outcome.problem && !outcome.problem->text.empty()) return fix_similar(outcome, context);
    const std::string ip = outcome.ip.to_string();
    return with_command(tell<Sentence::publish_record>(To::owner, ip, domain),
                        {"authorize", outcome.domain, ip, "--from-scratch"}, context);
}

Advice fix(const Outcome& outcome, const Context& context) {
    const std::string domain = short_name(outcome.domain);
    const Finding* const finding = finding_of(outcome, context);
    const Problem::Code code = outcome.problem ? outcome.problem->code : Problem::Code::no_record;
    if (finding != nullptr && code == Problem::Code::several_records &&
        context.lint->records.size() > 1) {
        return with_next(merge(*context.lint), *finding, context);
    }
    if (finding != nullptr && finding->domain != outcome.domain) {
        return with_next(tell<Sentence::ask_for_remedy>(To::owner, short_name(finding->domain),
                                                        remedy_of(*finding, context), domain),
                         *finding, context);
    }
    if (finding != nullptr) {
        const bool has_text = finding->correction && !finding->text.empty() &&
                              finding->correction->find_first_not_of(' ') != std::string::npos;
        return with_next(
            has_text ? tell<Sentence::do_remedy_with>(To::owner, remedy_of(*finding, context),
                                                      short_name(*finding->correction))
                     : tell<Sentence::do_remedy>(To::owner, remedy_of(*finding, context)),
            *finding, context);
    }
    std::vector<std::string> command{"fix", outcome.domain};
    if (!outcome.problem) {
        return with_command(tell<Sentence::fix_record>(To::owner, domain), std::move(command),
                            context);
    }
    const Problem& problem = *outcome.problem;
    const bool elsewhere =
        code == Problem::Code::syntax_error || code == Problem::Code::several_records;
    Advice advice = elsewhere && problem.domain != outcome.domain
                        ? tell<Sentence::ask_for_remedy>(To::owner, short_name(problem.domain),
                                                         remedy_of(problem, context), domain)
                        : tell<Sentence::do_remedy>(To::owner, remedy_of(problem, context));
    return with_command(std::move(advice), std::move(command), context);
}

Advice look_after_dns(const Outcome& outcome, const Context& context) {
    if (!outcome.problem) {
        return tell<Sentence::repair_name_servers>(To::owner, short_name(outcome.domain));
    }
    const Problem& problem = *outcome.problem;
    if (problem.code == Problem::Code::not_in_zone)
        return tell<Sentence::complete_zone>(To::receiver, remedy_of(problem, context));
    // The source of such a problem tells that the answer was truncated, and that TCP was refused.
    if (problem.code == Problem::Code::dns_failure && !problem.source.empty())
        return tell<Sentence::open_tcp>(To::owner, remedy_of(problem, context));
    return tell<Sentence::repair_name_servers>(
        To::owner, short_name(problem.domain.empty() ? outcome.domain : problem.domain));
}

}  // namespace spf::advice
