#include "diagnose/judge.hpp"

#include <algorithm>
#include <utility>

#include "diagnose/situations.hpp"
#include "io/language.hpp"
#include "names/parts.hpp"
#include "spf/base/printable.hpp"
#include "spf/message/received.hpp"
#include "spf/net/special_address.hpp"

namespace spfcheck {
namespace {

using Says = DiagnoseSentence;

constexpr std::size_t longest_name = 60;

std::string shown(std::string_view text) { return spf::printable(text, longest_name); }

Spoken whom(const FailedRecipient& recipient) {
    return recipient.address.empty() ? say<Says::the_recipient>()
                                     : Spoken(shown(recipient.address));
}

std::string domain_after_at(const std::string& address) {
    const std::size_t at = address.rfind('@');
    return at == std::string::npos ? std::string() : address.substr(at + 1);
}

/// Returns whether the recipient's address itself is the reason; nothing if it is not.
std::optional<Verdict> judge_mailbox(const Mailbox& mailbox) {
    const std::string domain = shown(mailbox.address.domain);
    if (mailbox.delivery == Delivery::bad_address)
        return verdict<Says::bad_address>(shown(mailbox.address.text));
    const bool takes_mail =
        mailbox.delivery == Delivery::possible || mailbox.delivery == Delivery::by_address;
    if (!mailbox.meant.empty() && takes_mail)
        return verdict<Says::typo_registered>(domain, mailbox.meant);
    if (!mailbox.meant.empty()) return verdict<Says::typo>(domain, mailbox.meant);
    switch (mailbox.delivery) {
        case Delivery::null_mx: return verdict<Says::null_mx>(domain);
        case Delivery::no_domain: return verdict<Says::no_domain>(domain);
        case Delivery::no_server:
        case Delivery::dead_servers: return verdict<Says::no_server>(domain);
        case Delivery::possible:
        case Delivery::by_address:
        case Delivery::literal:
        case Delivery::bad_address:
        case Delivery::unknown: break;
    }
    return std::nullopt;
}

/// Returns the verdict about a record that receivers cannot use, or that does not exist.
Verdict judge_record(const Examined& examined) {
    using Code = spf::Problem::Code;
    const spf::Outcome& outcome = *examined.checks.mail_from;
    const std::string domain = shown(outcome.domain);
    const Code code = outcome.problem ? outcome.problem->code : Code::no_record;
    switch (code) {
        case Code::several_records:
            if (outcome.problem->domain != outcome.domain || !examined.lint) break;
            return verdict<Says::two_records>(domain, std::uint64_t{examined.lint->records.size()});
        case Code::too_many_dns_lookups:
            return verdict<Says::too_many_lookups>(domain, outcome.limits.dns_lookups);
        case Code::no_record: return verdict<Says::no_record>(domain);
        case Code::no_such_domain:
        case Code::malformed_domain: return verdict<Says::no_sender_domain>(domain);
        case Code::dns_failure:
        case Code::deadline:
        case Code::not_in_zone: {
            const std::string& name = outcome.problem->domain;
            return verdict<Says::dns_failure>(name.empty() ? domain : shown(name));
        }
        default: break;
    }
    const std::string term(outcome.problem->term());
    return verdict<Says::broken_record>(domain,
                                        shown(term.empty() ? outcome.problem->domain : term));
}

/// Returns whether the server's words say that DKIM failed beside SPF.
bool says_neither(const Refusal& refusal) {
    std::string words = refusal.text;
    std::transform(words.begin(), words.end(), words.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return words.find("either spf or dkim") != std::string::npos ||
           words.find("neither spf nor dkim") != std::string::npos;
}

/// Returns the verdict about a client that the record does not list.
Verdict judge_unlisted(const Case& about, const FailedRecipient& recipient,
                       const Examined& examined) {
    const Host& host = examined.host;
    const std::string client = named(host);
    const std::string domain = shown(examined.sender_domain);
    switch (host.tie) {
        case Tie::forwarder: {
            const std::string end = domain_after_at(recipient.final_address);
            const std::string by = shown(host.tied_by);
            return end.empty() || end == host.tied_by ? verdict<Says::forwarded>(by)
                                                      : verdict<Says::forwarded_on>(by, shown(end));
        }
        case Tie::none: {
            if (host.source == Source::reporter)
                return verdict<Says::reporter_unlisted>(client, domain);
            // A server that only a report's words name may still be one of ours, as may one of a
            // service or of a provider that serves others, too.
            const bool may_be_ours =
                !about.first_hop || host.is_shared_service || host.has_numbered_name;
            return about.is_report && may_be_ours ? verdict<Says::says_server>(client, domain)
                                                  : verdict<Says::forgery>(client, domain);
        }
        case Tie::name:
        case Tie::address:
        case Tie::handed_on:
        case Tie::service: break;
    }
    if (says_neither(recipient.refusal)) return verdict<Says::neither_passes>(client);
    if (host.tie == Tie::service)
        return verdict<Says::service_missing>(client, domain, shown(host.tied_by));
    return host.tie == Tie::handed_on ? verdict<Says::relay_missing>(client, domain)
                                      : verdict<Says::own_server_missing>(client, domain);
}

/// Returns the verdict about a client that may send for the domain.
Verdict judge_pass(const Case& about, const Examined& examined) {
    const spf::Outcome& outcome = *examined.checks.mail_from;
    const std::string domain = shown(outcome.domain);
    const auto& helo = examined.checks.helo;
    if (helo && helo->result == spf::Result::fail) {
        return verdict<Says::helo_wrong>(examined.host.ip->to_string(), domain,
                                         shown(helo->domain));
    }
    if (about.is_report) return verdict<Says::repaired>(examined.host.ip->to_string(), domain);
    if (!examined.alignment || !examined.dmarc) {
        return verdict<Says::nothing_wrong_no_author>(domain);
    }
    const auto counts = counts_for_dmarc(*examined.alignment, *examined.dmarc);
    if (counts == false) return verdict<Says::not_aligned>(domain, shown(about.author_domain));
    return counts ? verdict<Says::nothing_wrong>(domain)
                  : verdict<Says::nothing_wrong_no_author>(domain);
}

Verdict judge_spf(const Case& about, const FailedRecipient& recipient, const Examined& examined) {
    const Host& host = examined.host;
    if (host.ip) {
        const spf::SpecialRange* const range = spf::special_range(*host.ip);
        if (range != nullptr && !range->can_send())
            return verdict<Says::private_address>(host.ip->to_string());
    }
    if (!host.ip || !examined.checks.mail_from) {
        if (about.is_report && host.ip)
            return verdict<Says::spf_no_sender>(refuser(recipient), host.ip->to_string());
        if (about.is_report) return verdict<Says::spf_unchecked>(refuser(recipient));
        return host.ip ? verdict<Says::no_sender>(host.ip->to_string())
                       : verdict<Says::no_client>(shown(examined.sender_domain));
    }
    switch (examined.checks.mail_from->result) {
        case spf::Result::pass: return judge_pass(about, examined);
        case spf::Result::none:
        case spf::Result::permerror: return judge_record(examined);
        case spf::Result::temperror: {
            Verdict out = judge_record(examined);
            const auto& problem = examined.checks.mail_from->problem;
            if (!about.is_report || out.code != Says::dns_failure || !problem) return out;
            return verdict<Says::spf_unanswered>(refuser(recipient), shown(problem->domain));
        }
        case spf::Result::fail:
        case spf::Result::softfail:
        case spf::Result::neutral: break;
    }
    if (about.handover && spf::is_signed_in(about.handover->protocol))
        return verdict<Says::signed_in>(host.ip->to_string(), shown(about.handover->by));
    return judge_unlisted(about, recipient, examined);
}

Verdict judge_reverse_name(const FailedRecipient& recipient, const Host& host) {
    const Spoken who = refuser(recipient);
    if (!host.ip) return verdict<Says::refused_by_policy>(who);
    const std::string client = host.ip->to_string();
    if (!host.name.empty()) return verdict<Says::reverse_dns_now>(client, who);
    return host.has_no_name || host.other_name.empty()
               ? verdict<Says::reverse_dns_missing>(client, who)
               : verdict<Says::reverse_dns_differs>(client, who);
}

bool is_accepted(Action action) noexcept {
    return action == Action::delivered || action == Action::relayed || action == Action::expanded;
}

/// Returns what the words of a server mean, without a look at DNS. For SPF, nothing.
std::optional<Verdict> judge_cause(const Case& about, const FailedRecipient& recipient) {
    const Spoken who = refuser(recipient);
    const std::string server =
        recipient.remote_host.empty() ? who : Spoken(shown(recipient.remote_host));
    if (about.kind == MailKind::auto_reply) return verdict<Says::auto_reply>(whom(recipient));
    if (about.kind == MailKind::complaint) return verdict<Says::complaint>(whom(recipient));
    if (is_accepted(recipient.action) || about.kind == MailKind::delivered)
        return verdict<Says::delivered>(whom(recipient), server);
    switch (recipient.refusal.cause) {
        case Cause::mailbox_full: return verdict<Says::mailbox_full>(whom(recipient));
        case Cause::mailbox_unknown:
            if (recipient.action == Action::delayed) return verdict<Says::delayed>(who);
            return recipient.remote_host.empty()
                       ? verdict<Says::mailbox_unknown>(whom(recipient))
                       : verdict<Says::mailbox_unknown_says>(whom(recipient), server);
        case Cause::greylisted: return verdict<Says::greylisted>(who);
        case Cause::dmarc: {
            const std::string& domain = about.author_domain.empty()
                                            ? recipient.refusal.claimed_domain
                                            : about.author_domain;
            return domain.empty() ? verdict<Says::refused_by_some_dmarc>(who)
                                  : verdict<Says::refused_by_dmarc>(who, shown(domain));
        }
        case Cause::dkim: return verdict<Says::refused_by_dkim>(who);
        case Cause::spf:
        case Cause::reverse_dns: return std::nullopt;
        case Cause::content:
        case Cause::policy:
        case Cause::dns:
        case Cause::other: break;
    }
    if (recipient.action == Action::delayed) return verdict<Says::delayed>(who);
    switch (recipient.refusal.cause) {
        case Cause::content: return verdict<Says::refused_by_content_not_spf>(who);
        case Cause::policy: return verdict<Says::refused_by_policy>(who);
        case Cause::dns: return verdict<Says::refused_by_dns>(who);
        default: return verdict<Says::refused_otherwise>(who);
    }
}

/// Returns a verdict about SPF or the reverse name, or that the mail is delayed, if the server will
/// try again and nothing has to be repaired before, as far as is known.
Verdict judge_delay(const FailedRecipient& recipient, Verdict found) {
    if (recipient.action != Action::delayed) return found;
    switch (found.code) {
        case Says::repaired:
        case Says::reverse_dns_now:
        case Says::refused_by_policy:
        case Says::private_address:
        case Says::spf_unchecked:
        case Says::spf_no_sender:
        case Says::dns_failure:
        case Says::spf_unanswered: return verdict<Says::delayed>(refuser(recipient));
        default: return found;
    }
}

/// Returns whether the recipient's address is to be judged. One that is no mail address is only the
/// name of an account at the end of the way if a server answered about it.
bool is_to_judge(const Case& about, const FailedRecipient& recipient, const Mailbox& mailbox) {
    if (mailbox.delivery != Delivery::bad_address || !about.is_report) return true;
    const Refusal& refusal = recipient.refusal;
    return !refusal.code && refusal.status.empty() && refusal.cause == Cause::other;
}

bool passes(const Examined& examined) {
    return examined.checks.mail_from && examined.checks.mail_from->result == spf::Result::pass;
}

}  // namespace

std::string_view to_string(Side side) noexcept {
    switch (side) {
        case Side::nobody: return "nobody";
        case Side::ours: return "ours";
        case Side::theirs: return "theirs";
        case Side::unknown: break;
    }
    return "unknown";
}

int exit_status_of(Side side) noexcept {
    switch (side) {
        case Side::nobody: return 0;
        case Side::ours: return 1;
        case Side::theirs: return 2;
        case Side::unknown: break;
    }
    return 5;
}

std::string_view name_of(DiagnoseSentence situation) noexcept {
    return situation_of(situation).name;
}

std::string named(const Host& host) {
    if (!host.ip) return {};
    const std::string ip = host.ip->to_string();
    return host.name.empty() ? ip : ip + " (" + shown(host.name) + ')';
}

Spoken refuser(const FailedRecipient& recipient) {
    const std::string domain = domain_after_at(recipient.address);
    if (!domain.empty()) return Spoken(shown(domain));
    return recipient.remote_host.empty() ? say<Says::the_server>()
                                         : Spoken(shown(recipient.remote_host));
}

Verdict judge_words(const Case& about, std::size_t recipient) {
    const FailedRecipient nobody;
    const FailedRecipient& who =
        recipient < about.recipients.size() ? about.recipients[recipient] : nobody;
    if (auto found = judge_cause(about, who)) return *std::move(found);
    return judge_delay(who, who.refusal.cause == Cause::spf
                                ? verdict<Says::spf_unchecked>(refuser(who))
                                : judge_reverse_name(who, {}));
}

Verdict judge(const Case& about, std::size_t recipient, const Examined& examined) {
    const FailedRecipient nobody;
    const FailedRecipient& who =
        recipient < about.recipients.size() ? about.recipients[recipient] : nobody;
    const bool is_other_mail =
        about.kind == MailKind::auto_reply || about.kind == MailKind::complaint;
    const bool arrived = about.is_report && (is_other_mail || is_accepted(who.action) ||
                                             about.kind == MailKind::delivered);
    if (examined.mailbox && !arrived && is_to_judge(about, who, *examined.mailbox)) {
        if (auto found = judge_mailbox(*examined.mailbox)) return *std::move(found);
    }
    if (!about.is_report) {
        const bool is_only_address = !about.ip && !about.sender && examined.mailbox;
        if (!is_only_address) return judge_spf(about, who, examined);
        return examined.mailbox->delivery == Delivery::unknown
                   ? verdict<Says::dns_failure>(shown(examined.mailbox->address.domain))
                   : verdict<Says::address_fine>(whom(who),
                                                 shown(examined.mailbox->address.domain));
    }
    auto found = judge_cause(about, who);
    if (!found && who.refusal.cause == Cause::reverse_dns)
        return judge_delay(who, judge_reverse_name(who, examined.host));
    if (!found) return judge_delay(who, judge_spf(about, who, examined));
    const bool is_for_content = found->code == Says::refused_by_content_not_spf;
    if (is_for_content && passes(examined)) return verdict<Says::refused_by_content>(refuser(who));
    const bool is_dmarc = who.refusal.cause == Cause::dmarc;
    if (is_dmarc && says_neither(who.refusal) && examined.checks.mail_from && !passes(examined))
        return judge_spf(about, who, examined);
    return *std::move(found);
}

}  // namespace spfcheck
