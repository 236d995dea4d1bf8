// There is advice for the receiver, within the bounds of RFC 7208 section 8, and advice for the
// sender or the owner of the domain. An address that failed may be that of a forger or that of a
// new relay. So no ready-made record that lists the address is offered. Instead, the owner is asked
// whose address it is, and is told to run `spfcheck authorize`. This command proposes a record, and
// proves that the record changes the results of no other addresses.

#include "spf/advice/advice.hpp"

#include <algorithm>
#include <utility>

#include "advice/tell.hpp"
#include "base/ascii.hpp"
#include "report/names.hpp"
#include "spf/base/printable.hpp"
#include "spf/dns/name.hpp"
#include "spf/net/special_address.hpp"

namespace spf::advice {
namespace {

using To = Advice::To;
using report::short_name;

/// Returns the advice with the command that checks the identity of `outcome` (MAIL FROM or HELO)
/// for the address `client`.
Advice with_check_of(const std::string& client, Advice advice, const Outcome& outcome,
                     const Context& context) {
    const bool mail = outcome.is_about_mail_from();
    return with_command(std::move(advice),
                        {"check", "--ip", client, mail ? "--sender" : "--helo",
                         mail ? outcome.sender : outcome.helo},
                        context);
}

/// Returns the advice with the command that checks the message again and trusts this client as a
/// relay. The command checks the host from which this relay received the message.
Advice with_check_before(Advice advice, const Outcome& outcome, const Context& context) {
    std::string trusted;
    for (const std::string& each : context.trusted) trusted += each + ',';
    return with_command(std::move(advice),
                        {"check", "--message", context.message, "--trusted-relay",
                         trusted + outcome.ip.to_string()},
                        context);
}

/// Returns the special range, such as a private network, that contains the client's address.
/// Returns null if mail may come from this address.
const SpecialRange* special_of(const Outcome& outcome) {
    const SpecialRange* const range = special_range(outcome.ip);
    return range == nullptr || range->can_send() ? nullptr : range;
}

/// Returns the advice for the case that the client has an address from which no mail comes, such as
/// a private one. The real client is not known in this case, so the result tells nothing about the
/// sender.
Advice find_the_client(const Outcome& outcome, const SpecialRange& range, const Context& context) {
    const std::string ip = outcome.ip.to_string();
    if (!range.is_local()) {
        return with_check_of(
            "ADDRESS",
            tell<Sentence::check_other_address>(To::receiver, ip, Argument::phrase(range.name)),
            outcome, context);
    }
    if (context.has_lines_below) {
        return with_check_before(
            tell<Sentence::trust_filter>(To::receiver, ip, Argument::phrase(range.name)), outcome,
            context);
    }
    return with_check_of(
        "ADDRESS",
        tell<Sentence::find_hidden_client>(To::receiver, ip, Argument::phrase(range.name)), outcome,
        context);
}

/// Returns the advice for a message that a signed-in user submitted. SPF does not apply to the
/// user's client: other receivers check the address of the server that sends them the message.
Advice leave_users_alone(const Outcome& outcome, const Context& context) {
    const std::string protocol = printable(context.signed_in, 20);
    Advice advice = context.taken_by.empty()
                        ? tell<Sentence::do_not_check_users>(To::receiver, protocol)
                        : tell<Sentence::do_not_check_users_of>(To::receiver, protocol,
                                                                short_name(context.taken_by));
    return with_check_of("ADDRESS", std::move(advice), outcome, context);
}

/// Returns the advice to the sender for fail, softfail and neutral: to use a server or a HELO name
/// that the record allows.
Advice be_listed(const Outcome& outcome) {
    if (!outcome.is_about_mail_from()) return tell<Sentence::use_own_helo>(To::sender);
    return tell<Sentence::use_listed_server>(To::sender, short_name(outcome.domain));
}

/// Returns whether a term that was evaluated contains the macro %{h}, which is the HELO name (7.2).
bool asks_for_helo(const Outcome& outcome) {
    return std::any_of(outcome.trace.begin(), outcome.trace.end(), [](const Step& step) {
        const bool is_term =
            step.kind == Step::Kind::directive || step.kind == Step::Kind::redirect;
        if (!is_term) return false;
        const std::string_view text = step.text;
        for (std::size_t at = 0; (at = text.find('%', at)) + 2 < text.size(); at += 2) {
            if (at == std::string_view::npos) break;
            if (text[at + 1] == '{' && ascii::lower(text[at + 2]) == 'h') return true;
        }
        return false;
    });
}

/// Returns the advice for a record with the macro %{h}: to give the HELO name. The result depends
/// on this name, and the check was made without it.
Advice give_helo(const Outcome& outcome, const Context& context) {
    return with_command(
        tell<Sentence::give_helo>(To::receiver, "%{h}"),
        {"check", "--ip", outcome.ip.to_string(), "--sender", outcome.sender, "--helo", "NAME"},
        context);
}

/// Returns the last two labels of a name; the whole name if it has fewer.
std::string_view last_two_labels(std::string_view name) noexcept {
    const std::size_t last = name.rfind('.');
    if (last == std::string_view::npos || last == 0) return name;
    const std::size_t before = name.rfind('.', last - 1);
    return before == std::string_view::npos ? name : name.substr(before + 1);
}

/// Returns whether a pass for the domain of the outcome certainly does not count for the domain in
/// From: (RFC 7489, 3.1.2). Relaxed alignment requires the same organisational domain, which only a
/// list of public suffixes shows. Such a domain has two labels or more, so two domains whose last
/// two labels differ are not aligned. Of a pass for a HELO name, DMARC uses only that for a bounce
/// with the null reverse-path (RFC 7489, 4.1).
bool is_not_aligned(const Outcome& outcome, const Context& context) {
    const std::string& author = context.author_domain;
    if (author.empty() || outcome.identity != Identity::mail_from) return false;
    return !dns::is_within(author, last_two_labels(outcome.domain));
}

/// Returns the advice for pass.
std::vector<Advice> use_the_pass(const Outcome& outcome, const Context& context) {
    const std::string domain = short_name(outcome.domain);
    if (!is_not_aligned(outcome, context)) {
        return {tell<Sentence::nothing_to_do>(To::receiver, domain)};
    }
    const std::string author = short_name(context.author_domain);
    return {
        tell<Sentence::not_aligned>(To::receiver, author, domain),
        with_command(tell<Sentence::send_as_author>(To::sender, author),
                     {"check", "--ip", outcome.ip.to_string(), "--sender", context.author_domain},
                     context)};
}

/// Returns the advice for the receiver, the owner and the sender if the record does not list the
/// client.
std::vector<Advice> not_listed(Advice for_receiver, const Outcome& outcome,
                               const Context& context) {
    std::vector<Advice> out{std::move(for_receiver)};
    for (Advice& each : ask_whose_it_is(outcome, context)) out.push_back(std::move(each));
    out.push_back(be_listed(outcome));
    return out;
}

/// Returns the advice for the result. This function is not called if leave_users_alone() or
/// find_the_client() gives the advice.
std::vector<Advice> by_result(const Outcome& outcome, const Context& context) {
    switch (outcome.result) {
        case Result::pass: return use_the_pass(outcome, context);
        case Result::fail:
            return not_listed(tell<Sentence::reject_or_record>(To::receiver), outcome, context);
        case Result::softfail:
            return not_listed(tell<Sentence::do_not_reject>(To::receiver), outcome, context);
        case Result::neutral:
            return not_listed(tell<Sentence::treat_as_no_record>(To::receiver), outcome, context);
        case Result::none:
            return {tell<Sentence::decide_by_other_means>(To::receiver), publish(outcome, context)};
        case Result::temperror:
            return {tell<Sentence::accept_or_defer>(To::receiver),
                    look_after_dns(outcome, context)};
        case Result::permerror: break;
    }
    return {tell<Sentence::accept_or_reject>(To::receiver), fix(outcome, context)};
}

/// Returns whether the result means that the record does not list the client, or that there is no
/// record.
bool is_about_client(const Outcome& outcome) {
    const Result result = outcome.result;
    const bool no_record = outcome.problem && outcome.problem->code == Problem::Code::no_record;
    return result == Result::fail || result == Result::softfail || result == Result::neutral ||
           (result == Result::none && no_record);
}

}  // namespace

std::string_view pattern_of(Sentence sentence) noexcept {
    return row_of(sentences, sentence).pattern;
}

std::string Advice::text() const { return text(Language()); }

std::string Advice::text(const Language& language) const {
    std::string out = rendered(sentences, message, language);
    // A remedy begins with a verb in lower case, so the first letter is changed to upper case.
    const bool begins_with_remedy = message.code == Sentence::do_remedy ||
                                    message.code == Sentence::do_remedy_with ||
                                    message.code == Sentence::open_tcp;
    if (begins_with_remedy && !out.empty() && ascii::is_alpha(out.front()) &&
        !ascii::is_upper(out.front())) {
        out.front() = static_cast<char>(out.front() - 'a' + 'A');
    }
    return out;
}

std::string_view to_string(Advice::To to) noexcept {
    switch (to) {
        case To::receiver: return "receiver";
        case To::owner: return "owner";
        case To::sender: break;
    }
    return "sender";
}

std::vector<Advice> what_to_do(const Outcome& outcome, const Context& context) {
    std::vector<Advice> out;
    if (is_about_client(outcome)) {
        if (!context.signed_in.empty()) return {leave_users_alone(outcome, context)};
        if (const SpecialRange* range = special_of(outcome)) {
            return {find_the_client(outcome, *range, context)};
        }
        // The client may be a relay of the receiver. In this case, the host from which the relay
        // received the message has to be checked.
        if (context.has_lines_below) {
            out.push_back(
                with_check_before(tell<Sentence::trust_relay>(To::receiver, outcome.ip.to_string()),
                                  outcome, context));
        }
    }
    if (outcome.helo.empty() && asks_for_helo(outcome)) out.push_back(give_helo(outcome, context));
    for (Advice& each : by_result(outcome, context)) out.push_back(std::move(each));
    return out;
}

}  // namespace spf::advice
