// What to do about a verdict. Where the library gives advice (spf/advice/advice.hpp), this file
// only chooses it, so that check and diagnose say the same.

#include <algorithm>
#include <utility>

#include "diagnose/steps.hpp"
#include "io/language.hpp"
#include "spf/advice/command.hpp"
#include "spf/base/printable.hpp"
#include "spf/message/received.hpp"

namespace spfcheck {
namespace {

using Says = DiagnoseSentence;
using To = spf::advice::Advice::To;

std::string as_shown(std::string_view text) { return spf::printable(text, 60); }

/// Returns a command line with the options about DNS at its end.
std::string command_of(std::vector<std::string> words, const Surroundings& around) {
    words.insert(words.end(), around.dns.begin(), around.dns.end());
    return spf::advice::command_line(words);
}

/// Returns the advice of the library for the owner of the domain, or for the sender; the first that
/// has a command, or else the first. Without text if there is none.
Remedy advised(To to, const Case& about, const Examined& examined, const Surroundings& around) {
    spf::advice::Context context;
    context.language = language();
    if (examined.lint) context.lint = &*examined.lint;
    if (examined.host.tie == Tie::service) context.services = {examined.host.tied_by};
    context.services_asked = 1;  // so that the same question is not proposed again
    context.dns_options = around.dns;
    context.message = around.message;
    context.trusted = around.trusted;
    context.author_domain = about.author_domain;
    Remedy out;
    for (const auto& each : spf::advice::what_to_do(*examined.checks.mail_from, context)) {
        if (each.to != to || (!out.text.empty() && each.command.empty())) continue;
        out = {each.text(language()), each.command};
        if (!out.command.empty()) break;
    }
    return out;
}

/// Returns what to do about a client that the record does not list, and that is probably ours.
Remedy authorize(const Examined& examined, const Surroundings& around) {
    const std::string& domain = examined.checks.mail_from->domain;
    const std::string ip = examined.host.ip->to_string();
    std::string command = command_of({"authorize", domain, ip}, around);
    return {examined.host.tie == Tie::handed_on
                ? say<Says::do_authorize_relay>(named(examined.host), as_shown(domain))
                : say<Says::do_authorize_own>(named(examined.host), as_shown(domain)),
            std::move(command)};
}

Remedy greet_better(const Examined& examined, const Surroundings& around) {
    const Host& host = examined.host;
    const std::string ip = host.ip->to_string();
    if (host.name.empty()) return {say<Says::do_greet>(ip), {}};
    return {say<Says::do_greet_as>(ip, as_shown(host.name)),
            command_of({"check", "--ip", ip, "--helo", host.name}, around)};
}

/// Returns what to do so that mail passes DMARC.
Remedy pass_dmarc(const Case& about, const FailedRecipient& recipient, const Examined& examined,
                  const Surroundings& around) {
    const std::string author =
        about.author_domain.empty() ? recipient.refusal.claimed_domain : about.author_domain;
    if (author.empty()) return {say<Says::do_sign_at_all>(), {}};
    if (!examined.host.ip) return {say<Says::do_sign>(as_shown(author)), {}};
    const bool passes =
        examined.checks.mail_from && examined.checks.mail_from->result == spf::Result::pass;
    const bool counts = examined.alignment && examined.dmarc &&
                        counts_for_dmarc(*examined.alignment, *examined.dmarc) == true;
    if (passes && counts) return {say<Says::do_pass_dmarc_again>(as_shown(author)), {}};
    const std::string ip = examined.host.ip->to_string();
    return {say<Says::do_pass_dmarc>(as_shown(author), ip),
            command_of({"check", "--ip", ip, "--sender", author}, around)};
}

/// Returns how to check an address that neither the message nor the report shows. The reader writes
/// it in place of ADDRESS.
Remedy ask_for_address(const Surroundings& around) {
    if (around.input.empty()) return {say<Says::do_show_header>(), {}};
    std::vector<std::string> words{"diagnose", "--ip", "ADDRESS"};
    words.insert(words.end(), around.input.begin(), around.input.end());
    return {say<Says::do_show_received>(), command_of(std::move(words), around)};
}

/// Returns what to do, and before that that the mail is not lost yet, if so.
Remedy about_retry(Remedy remedy, const FailedRecipient& recipient) {
    if (recipient.action == Action::delayed)
        remedy.text = std::string(say<Says::do_meanwhile>()) + ' ' + remedy.text;
    return remedy;
}

/// Returns what to do about an address of a recipient that cannot be right.
Remedy correct_address(const Verdict& verdict, const Examined& examined,
                       const Surroundings& around) {
    if (verdict.code == Says::typo || verdict.code == Says::typo_registered) {
        const Mailbox& mailbox = *examined.mailbox;
        const std::string better = mailbox.address.local + '@' + mailbox.meant;
        return {say<Says::do_correct_typo>(as_shown(better)),
                command_of({"diagnose", better}, around)};
    }
    if (verdict.code == Says::null_mx) return {say<Says::do_find_other_address>(), {}};
    return {say<Says::do_check_address>(), {}};
}

/// Returns what to do about a check that failed, or that could not be made.
Remedy about_check(const Verdict& verdict, const Case& about, const FailedRecipient& recipient,
                   const Examined& examined, const Surroundings& around) {
    switch (verdict.code) {
        case Says::own_server_missing:
        case Says::relay_missing: return authorize(examined, around);
        case Says::neither_passes:
            return examined.host.tie == Tie::service ? advised(To::owner, about, examined, around)
                                                     : authorize(examined, around);
        case Says::service_missing:
        case Says::forgery:
        case Says::says_server:
        case Says::reporter_unlisted:
        case Says::two_records:
        case Says::too_many_lookups:
        case Says::broken_record:
        case Says::no_record: return advised(To::owner, about, examined, around);
        case Says::no_sender_domain: return advised(To::sender, about, examined, around);
        case Says::helo_wrong: return greet_better(examined, around);
        case Says::forwarded:
        case Says::forwarded_on:
            return {say<Says::do_write_directly>(as_shown(examined.sender_domain),
                                                 named(examined.host)),
                    {}};
        case Says::not_aligned: {
            Remedy out = advised(To::sender, about, examined, around);
            return out.text.empty() ? pass_dmarc(about, recipient, examined, around) : out;
        }
        case Says::refused_by_dmarc:
        case Says::refused_by_some_dmarc: return pass_dmarc(about, recipient, examined, around);
        case Says::private_address:
        case Says::no_client:
        case Says::signed_in: return ask_for_address(around);
        case Says::spf_unchecked: return {say<Says::do_give_ip>(), {}};
        case Says::spf_no_sender: return {say<Says::do_give_sender>(), {}};
        case Says::no_sender: return {say<Says::do_give_message>(), "spfcheck check --help"};
        case Says::reverse_dns_missing:
            return {say<Says::do_set_reverse_name>(examined.host.ip->to_string()), {}};
        case Says::reverse_dns_differs:
            return {say<Says::do_match_reverse_name>(examined.host.ip->to_string(),
                                                     as_shown(examined.host.other_name)),
                    {}};
        case Says::spf_unanswered:
        case Says::dns_failure: return {say<Says::do_send_again_later>(), {}};
        case Says::repaired:
        case Says::reverse_dns_now: return {say<Says::do_send_again>(), {}};
        default: break;
    }
    return {say<Says::do_nothing>(), {}};
}

/// Returns what to do about a step that is not the one that decides.
Remedy about_step(const Step& step, const Case& about, const FailedRecipient& recipient,
                  const Examined& examined, const Surroundings& around) {
    switch (step.kind) {
        case StepKind::helo: return greet_better(examined, around);
        case StepKind::dmarc: return pass_dmarc(about, recipient, examined, around);
        case StepKind::spf:
        case StepKind::whose: return advised(To::owner, about, examined, around);
        case StepKind::recipient:
        case StepKind::reply:
        case StepKind::client: break;
    }
    return {};
}

}  // namespace

void add_remedies(std::vector<Step>& steps, const Verdict& verdict, const Case& about,
                  std::size_t recipient, const Examined& examined, const Surroundings& around) {
    const FailedRecipient nobody;
    const FailedRecipient& who =
        recipient < about.recipients.size() ? about.recipients[recipient] : nobody;
    const Remedy main = remedy_for(verdict, about, recipient, examined, around);
    // A question about the client or its record is answered once: by the verdict, if it is about
    // that.
    const bool is_about_client =
        verdict.code >= Says::own_server_missing && verdict.code <= Says::spf_unanswered;
    for (Step& each : steps) {
        if (each.state != State::wrong) continue;
        const bool is_about_this =
            each.kind == StepKind::recipient || each.kind == StepKind::reply ||
            (is_about_client && (each.kind == StepKind::spf || each.kind == StepKind::whose));
        each.remedy = is_about_this ? main : about_step(each, about, who, examined, around);
    }
}

Remedy remedy_for(const Verdict& verdict, const Case& about, std::size_t recipient,
                  const Examined& examined, const Surroundings& around) {
    const FailedRecipient nobody;
    const FailedRecipient& who =
        recipient < about.recipients.size() ? about.recipients[recipient] : nobody;
    const Spoken server =
        who.remote_host.empty() ? refuser(who) : Spoken(as_shown(who.remote_host));
    switch (verdict.code) {
        case Says::typo:
        case Says::typo_registered:
        case Says::bad_address:
        case Says::null_mx:
        case Says::no_domain:
        case Says::no_server: return correct_address(verdict, examined, around);
        case Says::mailbox_unknown:
        case Says::mailbox_unknown_says: return {say<Says::do_check_address>(), {}};
        case Says::mailbox_full: return {say<Says::do_empty_mailbox>(), {}};
        case Says::greylisted:
        case Says::delayed: return {say<Says::do_wait>(), {}};
        case Says::complaint:
            return {say<Says::do_respect_complaint>(who.address.empty()
                                                        ? say<Says::the_recipient>()
                                                        : Spoken(as_shown(who.address))),
                    {}};
        case Says::delivered: return {say<Says::do_ask_there>(server), {}};
        case Says::refused_by_content:
        case Says::refused_by_content_not_spf:
        case Says::refused_by_policy:
        case Says::refused_otherwise: return {say<Says::do_ask_why>(server), {}};
        case Says::refused_by_dns: return {say<Says::do_send_again_later>(), {}};
        case Says::refused_by_dkim: {
            const std::string& domain =
                about.author_domain.empty() ? examined.sender_domain : about.author_domain;
            Remedy out{
                domain.empty() ? say<Says::do_sign_at_all>() : say<Says::do_sign>(as_shown(domain)),
                {}};
            return about_retry(std::move(out), who);
        }
        default: break;
    }
    Remedy out = about_check(verdict, about, who, examined, around);
    // What a stranger's server does is not to be waited for.
    return verdict.code == Says::forgery ? out : about_retry(std::move(out), who);
}

}  // namespace spfcheck
