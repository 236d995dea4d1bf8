#include "diagnose/steps.hpp"

#include <algorithm>
#include <optional>

#include "io/language.hpp"
#include "message/sentences.hpp"
#include "spf/base/printable.hpp"
#include "spf/report/text.hpp"

namespace spfcheck {
namespace {

using Says = DiagnoseSentence;

constexpr std::size_t longest_evidence = 200;
constexpr std::size_t longest_shown_name = 60;

std::string brief(std::string_view text) { return spf::printable(text, longest_shown_name); }

std::string problem_with(const MailAddress& address) {
    const std::string text = brief(address.text);
    switch (address.problem) {
        case AddressProblem::no_at: return say<Says::address_without_at>(text);
        case AddressProblem::local_empty: return say<Says::address_without_local>(text);
        case AddressProblem::local_too_long: return say<Says::address_long_local>(text);
        case AddressProblem::local_dots: return say<Says::address_odd_dots>(text);
        case AddressProblem::local_character: return say<Says::address_odd_character>(text);
        case AddressProblem::local_quotes: return say<Says::address_open_quotes>(text);
        case AddressProblem::not_utf8: return say<Says::address_not_utf8>(text);
        case AddressProblem::literal: return say<Says::address_odd_literal>(text);
        case AddressProblem::too_long: return say<Says::address_too_long>(text);
        case AddressProblem::domain:
        case AddressProblem::none: break;
    }
    return say<Says::address_odd_domain>(text);
}

Step recipient_step(const Mailbox& mailbox) {
    Step step{StepKind::recipient, State::wrong, {}, mailbox.dns};
    const std::string who = brief(mailbox.address.text);
    const std::string domain = brief(mailbox.address.domain);
    const auto use = [&step](State state, std::string text) {
        step.state = state;
        step.text = std::move(text);
    };
    switch (mailbox.delivery) {
        case Delivery::possible: use(State::ok, say<Says::takes_mail>(who, domain)); break;
        case Delivery::by_address:
            use(State::ok, say<Says::takes_mail_at_address>(who, domain));
            break;
        case Delivery::literal: use(State::note, say<Says::is_literal>(who)); break;
        case Delivery::null_mx: use(State::wrong, say<Says::takes_no_mail>(who, domain)); break;
        case Delivery::no_domain: use(State::wrong, say<Says::is_no_domain>(who, domain)); break;
        case Delivery::no_server: use(State::wrong, say<Says::has_no_server>(who, domain)); break;
        case Delivery::dead_servers:
            use(State::wrong, say<Says::has_dead_servers>(who, domain));
            break;
        case Delivery::bad_address: use(State::wrong, problem_with(mailbox.address)); break;
        case Delivery::unknown: use(State::unknown, say<Says::is_unanswered>(who, domain)); break;
    }
    if (!mailbox.meant.empty()) step.state = State::wrong;
    if (mailbox.address.needs_smtputf8 && step.state == State::ok)
        step.text += ". " + say<Says::needs_smtputf8>(who);
    return step;
}

Spoken cause_in_words(Cause cause) {
    switch (cause) {
        case Cause::spf: return say<Says::cause_spf>();
        case Cause::dmarc: return say<Says::cause_dmarc>();
        case Cause::dkim: return say<Says::cause_dkim>();
        case Cause::mailbox_unknown: return say<Says::cause_mailbox_unknown>();
        case Cause::mailbox_full: return say<Says::cause_mailbox_full>();
        case Cause::greylisted: return say<Says::cause_greylisted>();
        case Cause::reverse_dns: return say<Says::cause_reverse_dns>();
        case Cause::content: return say<Says::cause_content>();
        case Cause::policy: return say<Says::cause_policy>();
        case Cause::dns: return say<Says::cause_dns>();
        case Cause::other: break;
    }
    return say<Says::cause_other>();
}

Step reply_step(const Case& about, const FailedRecipient& recipient) {
    const Refusal& refusal = recipient.refusal;
    const bool is_accepted =
        about.kind == MailKind::delivered || recipient.action == Action::delivered ||
        recipient.action == Action::relayed || recipient.action == Action::expanded;
    Spoken codes(refusal.code ? std::to_string(*refusal.code) : std::string());
    if (!refusal.status.empty()) codes += (codes.empty() ? "" : " ") + brief(refusal.status);
    if (codes.empty()) codes = say<Says::no_code>();
    const Spoken cause = is_accepted ? say<Says::cause_accepted>() : cause_in_words(refusal.cause);
    Step step{StepKind::reply, is_accepted ? State::ok : State::wrong, {}, {}};
    step.text = recipient.remote_host.empty()
                    ? say<Says::somebody_said>(codes, cause)
                    : say<Says::server_said>(brief(recipient.remote_host), codes, cause);
    step.evidence =
        spf::printable(recipient.line.empty() ? refusal.text : recipient.line, longest_evidence);
    return step;
}

Step client_step(const Case& about, const FailedRecipient& recipient, const Host& host) {
    Step step{StepKind::client, State::note, {}, {}};
    const std::string client = named(host);
    switch (host.source) {
        case Source::nowhere:
            step.state = State::unknown;
            step.text = say<Says::client_unknown>();
            break;
        case Source::given: step.text = say<Says::client_given>(client); break;
        case Source::message:
            step.text = about.handover && !about.handover->by.empty()
                            ? say<Says::client_handed_over>(client, brief(about.handover->by))
                            : say<Says::client_given>(client);
            step.evidence = spf::printable(about.received, longest_evidence);
            break;
        case Source::claimed: step.text = say<Says::client_claimed>(client); break;
        case Source::reporter:
            step.text = say<Says::client_of_report>(client, brief(host.reporter));
            break;
    }
    if (recipient.refusal.cause == Cause::reverse_dns && !host.reverse.empty()) {
        step.state = host.name.empty() ? State::wrong : State::ok;
        step.evidence = spf::printable(host.reverse, longest_evidence);
    }
    return step;
}

State state_of(spf::Result result) noexcept {
    switch (result) {
        case spf::Result::pass: return State::ok;
        case spf::Result::temperror: return State::unknown;
        case spf::Result::fail:
        case spf::Result::softfail:
        case spf::Result::neutral:
        case spf::Result::none:
        case spf::Result::permerror: break;
    }
    return State::wrong;
}

/// Returns the record that was evaluated, as DNS has it; empty if there is none.
std::string record_in(const spf::Outcome& outcome) {
    const auto& trace = outcome.trace;
    const auto found = std::find_if(trace.begin(), trace.end(), [](const spf::Step& each) {
        return each.kind == spf::Step::Kind::check_host;
    });
    if (found == trace.end() || found->text.empty()) return {};
    return spf::printable(found->domain + " TXT \"" + found->text + '"', longest_evidence);
}

Step spf_step(const Case& about, const FailedRecipient& recipient, const spf::Outcome& outcome) {
    Step step{StepKind::spf, state_of(outcome.result), spf::report::summary(outcome, language()),
              record_in(outcome)};
    const bool was_refused = about.is_report && recipient.refusal.cause == Cause::spf &&
                             outcome.result != spf::Result::temperror;
    if (was_refused) {
        step.text = outcome.result == spf::Result::pass
                        ? say<Says::check_differs>(Spoken(step.text))
                        : say<Says::check_agrees>(Spoken(step.text));
    }
    if (about.is_sender_of_author) step.text += ". " + say<Says::sender_of_author>();
    return step;
}

Step dmarc_step(const Case& about, const Examined& examined) {
    Step step{StepKind::dmarc, State::unknown, {}, {}};
    const std::string author = brief(about.author_domain);
    const std::string checked = brief(examined.sender_domain);
    const DmarcPolicy& policy = *examined.dmarc;
    const auto counts = counts_for_dmarc(*examined.alignment, policy);
    if (counts) step.state = *counts ? State::ok : State::wrong;
    switch (*examined.alignment) {
        case Alignment::strict: step.text = say<Says::aligned_strictly>(author); break;
        case Alignment::relaxed:
            step.text = policy.is_strict ? say<Says::aligned_too_little>(author, checked)
                                         : say<Says::aligned_relaxed>(author, checked);
            break;
        case Alignment::none: step.text = say<Says::aligned_not>(author, checked); break;
        case Alignment::unknown: step.text = say<Says::aligned_perhaps>(author, checked); break;
    }
    step.text += ". ";
    const std::string name = brief(policy.name);
    if (policy.record.empty()) {
        step.text += policy.is_unknown ? say<Says::dmarc_unanswered>(author)
                                       : say<Says::has_no_dmarc>(author);
    } else {
        step.text += policy.policy == "reject"       ? say<Says::asks_reject>(name)
                     : policy.policy == "quarantine" ? say<Says::asks_quarantine>(name)
                                                     : say<Says::asks_nothing>(name);
        step.evidence =
            spf::printable(policy.name + " TXT \"" + policy.record + '"', longest_evidence);
    }
    return step;
}

Step whose_step(const Case& about, const Examined& examined) {
    const Host& host = examined.host;
    const std::string client = host.ip->to_string();
    const std::string by = brief(host.tied_by);
    const std::string domain = brief(examined.sender_domain);
    Step step{StepKind::whose, State::ok, {}, {}};
    switch (host.tie) {
        case Tie::name:
            step.text = say<Says::tied_by_name>(client, by);
            step.evidence = spf::printable(host.reverse, longest_evidence);
            break;
        case Tie::address: step.text = say<Says::tied_by_address>(client, by); break;
        case Tie::handed_on:
            step.text =
                by.empty() ? say<Says::tied_by_user>(client) : say<Says::tied_by_relay>(client, by);
            step.evidence = spf::printable(about.first_line, longest_evidence);
            break;
        case Tie::forwarder: step.text = say<Says::tied_by_forwarder>(client, by); break;
        case Tie::service:
            step.text = host.is_listed_service
                            ? say<Says::tied_by_listed_service>(client, by, domain)
                            : say<Says::tied_by_service>(client, by, domain);
            break;
        case Tie::none:
            step.state = State::wrong;
            if (host.is_shared_service) {
                step.text = host.is_listed_service
                                ? say<Says::tied_by_listed_service>(client, by, domain)
                                : say<Says::tied_by_service>(client, by, domain);
                break;
            }
            step.text = host.has_numbered_name ? say<Says::tied_by_number>(client, brief(host.name))
                                               : say<Says::tied_by_nothing>(domain);
            step.evidence = spf::printable(host.reverse, longest_evidence);
            break;
    }
    return step;
}

/// Returns whether a client that is not listed leads to the question whose it is.
bool asks_whose(const Examined& examined) {
    if (!examined.checks.mail_from) return false;
    const spf::Result result = examined.checks.mail_from->result;
    return result == spf::Result::fail || result == spf::Result::softfail ||
           result == spf::Result::neutral;
}

bool is_about_address(DiagnoseSentence code) noexcept {
    return code >= Says::typo && code <= Says::address_fine;
}

}  // namespace

std::string_view to_string(StepKind kind) noexcept {
    switch (kind) {
        case StepKind::recipient: return "recipient";
        case StepKind::reply: return "reply";
        case StepKind::client: return "client";
        case StepKind::spf: return "spf";
        case StepKind::helo: return "helo";
        case StepKind::dmarc: return "dmarc";
        case StepKind::whose: break;
    }
    return "whose";
}

std::string_view to_string(State state) noexcept {
    switch (state) {
        case State::ok: return "ok";
        case State::wrong: return "wrong";
        case State::unknown: return "unknown";
        case State::note: break;
    }
    return "note";
}

std::vector<Step> steps_of(const Case& about, std::size_t recipient, const Examined& examined,
                           const Verdict& verdict) {
    std::vector<Step> out;
    const FailedRecipient nobody;
    const FailedRecipient& who =
        recipient < about.recipients.size() ? about.recipients[recipient] : nobody;
    if (examined.mailbox) out.push_back(recipient_step(*examined.mailbox));
    const bool is_account = examined.mailbox && about.is_report &&
                            examined.mailbox->delivery == Delivery::bad_address &&
                            verdict.code != Says::bad_address;
    if (is_account) out.back().state = State::note;  // as a server answered about it
    const bool has_words = about.kind != MailKind::auto_reply && about.kind != MailKind::complaint;
    if (about.is_report && has_words) out.push_back(reply_step(about, who));
    if (is_about_address(verdict.code) || !has_words || verdict.code == Says::delivered) return out;
    const bool has_mail = about.is_report || about.ip || about.sender;
    if (!has_mail) return out;
    out.push_back(client_step(about, who, examined.host));
    if (verdict.code == Says::private_address) return out;
    if (examined.checks.mail_from) out.push_back(spf_step(about, who, *examined.checks.mail_from));
    if (examined.checks.helo && examined.checks.helo->result != spf::Result::none) {
        const spf::Outcome& helo = *examined.checks.helo;
        out.push_back({StepKind::helo, state_of(helo.result),
                       spf::report::summary(helo, language()), record_in(helo)});
    }
    if (examined.alignment && examined.dmarc) out.push_back(dmarc_step(about, examined));
    if (asks_whose(examined)) out.push_back(whose_step(about, examined));
    return out;
}

}  // namespace spfcheck
