// Advice is given twice: to the receiver, within the bounds of RFC 7208 section 8, and to the
// sender or publisher. An address that failed may be a forger's as well as a new relay's, so no
// ready-made record is offered that lists it: the next command asks for confirmation, and proves.

#include "spf/report/advice.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "report/field.hpp"
#include "report/names.hpp"
#include "spf/base/printable.hpp"
#include "spf/net/special_address.hpp"
#include "spf/record/parse.hpp"
#include "spf/report/command.hpp"

namespace spf::report {
namespace {

using To = Advice::To;

using Words = std::vector<std::string>;

std::string command(Words words, const AdviceContext& context) {
    words.insert(words.end(), context.dns_options.begin(), context.dns_options.end());
    return command_line(words);
}

/// The identity that was checked, as an option of `check`.
Words identity_of(const Outcome& outcome) {
    if (!field::is_about_mail_from(outcome)) return {"--helo", outcome.helo};
    return {"--sender", outcome.sender};
}

/// Returns the command that checks another client for the same identity.
std::string check_of(const std::string& client, const Outcome& outcome,
                     const AdviceContext& context) {
    Words words{"check", "--ip", client};
    for (std::string& word : identity_of(outcome)) words.push_back(std::move(word));
    return command(std::move(words), context);
}

/// Returns the command that checks the client before this client, which is treated as a relay then.
std::string check_behind(const Outcome& outcome, const AdviceContext& context) {
    std::string trusted;
    for (const std::string& each : context.trusted) trusted += each + ',';
    return command({"check", "--message", context.message, "--trusted-relay",
                    trusted + outcome.ip.to_string()},
                   context);
}

/// Returns why no mail comes from the client's address; null if it may be a sender's.
const SpecialRange* special_of(const Outcome& outcome) {
    const SpecialRange* const range = special_range(outcome.ip);
    return range == nullptr || range->can_send() ? nullptr : range;
}

/// The result says nothing about the sender: no mail comes from such an address, so the real client
/// is not known.
Advice find_the_client(const Outcome& outcome, const SpecialRange& range,
                       const AdviceContext& context) {
    std::string text = "This says nothing about the sender: " + outcome.ip.to_string() + " is " +
                       std::string(range.name) +
                       ", and no mail comes from it through the internet.";
    if (!range.is_local()) {
        return {To::receiver, text + " Check the address that was given.",
                check_of("ADDRESS", outcome, context)};
    }
    text += " It is a NAT, a proxy or a filter of your own, which hides the client.";
    if (context.has_lines_below) {
        return {To::receiver,
                text +
                    " Where it is a content filter that nobody else can send through, trust its "
                    "Received line, and the client before it is checked:",
                check_behind(outcome, context)};
    }
    return {To::receiver,
            text + " Have it pass on the client's address, or find that in its log, and check it:",
            check_of("ADDRESS", outcome, context)};
}

/// For a message that a user submitted from a device: receivers check the server that it leaves
/// from.
Advice leave_users_alone(const Outcome& outcome, const AdviceContext& context) {
    const std::string server =
        context.taken_by.empty() ? "that server" : short_name(context.taken_by);
    return {
        To::receiver,
        "The client had signed in (\"with " + printable(context.signed_in, 20) +
            "\" in the Received line, RFC 3848): a user submitted the message, and SPF is about "
            "servers, not about one's own users. Leave it out for submissions. What others "
            "check is the address that " +
            server + " sends from:",
        check_of("ADDRESS", outcome, context)};
}

/// For a client that may be a relay of the receiver.
Advice trust_the_relay(const Outcome& outcome, const AdviceContext& context) {
    return {To::receiver,
            "If " + outcome.ip.to_string() +
                " is a relay of yours, such as a backup MX or a filtering service, the client "
                "before it is the one to check:",
            check_behind(outcome, context)};
}

/// Whether the record says that the domain sends no mail at all: `v=spf1 -all`.
bool sends_nothing(const Outcome& outcome) {
    const Expected<Record> record = parse_record(record_of(outcome, outcome.domain));
    return record && record->directives.size() == 1 && record->redirect() == nullptr &&
           is_all(record->directives.front().mechanism) &&
           record->directives.front().qualifier == Qualifier::fail;
}

/// Fail, softfail or neutral: only the owner can know whose address that is.
Advice ask_whose_it_is(const Outcome& outcome, const AdviceContext& context) {
    const std::string ip = outcome.ip.to_string();
    const std::string domain = short_name(outcome.domain);
    const bool mail = field::is_about_mail_from(outcome);
    std::string text = "Whose server is " + ip + "? A stranger's: then there is nothing to do. ";
    if (sends_nothing(outcome)) {
        text = "The record says that " + domain + " sends no mail at all. " + text;
    }
    text +=
        mail ? "Yours, or one of a service that sends mail for " + domain +
                   ": then ask what would have to be published:"
             : "The one that is called " + domain + ": then ask what would have to be published:";
    return {To::owner, text, command({"authorize", outcome.domain, ip}, context)};
}

/// The advice to the sender for the same results.
Advice be_listed(const Outcome& outcome) {
    if (!field::is_about_mail_from(outcome)) {
        return {
            To::sender, "Say HELO with a name of your own, whose record lists this server.", {}};
    }
    return {To::sender,
            "Send mail of " + short_name(outcome.domain) +
                " through a server that its record "
                "lists. If this server forwards mail, put a sender address of your own into "
                "MAIL FROM (as SRS does).",
            {}};
}

/// None: what is missing depends on the reason.
Advice publish(const Outcome& outcome, const AdviceContext& context) {
    const std::string domain = short_name(outcome.domain);
    const Problem::Code code = outcome.problem ? outcome.problem->code : Problem::Code::no_record;
    if (code == Problem::Code::malformed_domain) {
        return {To::sender,
                "Check the spelling: a full domain name is needed in MAIL FROM, or in HELO where "
                "the reverse-path is null.",
                {}};
    }
    if (code == Problem::Code::no_such_domain) {
        return {To::sender,
                "Check the spelling of " + domain +
                    ". Where the name is right, it has to be put into DNS before it can be used "
                    "for mail.",
                {}};
    }
    if (outcome.problem && !outcome.problem->text.empty()) {
        return {To::owner,
                "Correct the TXT record that looks like an SPF record, as nobody reads it like "
                "this; what is wrong with it is told by:",
                command({"lint", outcome.domain}, context)};
    }
    return {
        To::owner,
        "Publish a TXT record at " + domain + " that lists all servers that send for it. If " +
            outcome.ip.to_string() + " is one of them:",
        command({"authorize", outcome.domain, outcome.ip.to_string(), "--from-scratch"}, context)};
}

/// Whether a term that was evaluated contains the HELO name (7.2).
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

/// For a record with %{h}, whose result depends on a HELO name that was not given.
Advice give_helo(const Outcome& outcome, const AdviceContext& context) {
    return {To::receiver,
            "The record asks for the client's HELO name (the macro %{h}), and none was given, so "
            "that real mail may come to another result. Give it:",
            command({"check", "--ip", outcome.ip.to_string(), "--sender", outcome.sender, "--helo",
                     "NAME"},
                    context)};
}

/// Permerror: the problem's remedy, and whose task it is.
Advice mend(const Outcome& outcome) {
    if (!outcome.problem) return {To::owner, "Mend the record.", {}};
    const Problem& problem = *outcome.problem;
    std::string text = printable(problem.remedy()) + '.';
    const bool elsewhere = problem.code == Problem::Code::syntax_error ||
                           problem.code == Problem::Code::several_records;
    if (elsewhere && problem.domain != outcome.domain) {
        const std::string other = short_name(problem.domain);
        return {To::owner, "Ask the owner of " + other + " to mend the record: " + text, {}};
    }
    if (ascii::lower(text.front()) == text.front() && ascii::is_alpha(text.front())) {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    return {To::owner, text, {}};
}

/// Temperror: where to look if it does not go away.
Advice look_after_dns(const Outcome& outcome) {
    if (outcome.problem && outcome.problem->code == Problem::Code::not_in_zone)
        return {To::receiver, "To know, " + std::string(outcome.problem->remedy()) + ".", {}};
    const bool known = outcome.problem && !outcome.problem->domain.empty();
    const std::string name = short_name(known ? outcome.problem->domain : outcome.domain);
    return {
        To::owner,
        "If this lasts, look after the name servers of " + name +
            ". If it happens with other domains too, the receiver's own name server is the cause.",
        {}};
}

}  // namespace

std::string_view to_string(Advice::To to) noexcept {
    switch (to) {
        case To::receiver: return "receiver";
        case To::owner: return "owner";
        case To::sender: break;
    }
    return "sender";
}

namespace {

/// Returns the advice that depends on the result alone.
std::vector<Advice> by_result(const Outcome& outcome, const AdviceContext& context) {
    const std::string domain = short_name(outcome.domain);
    switch (outcome.result) {
        case Result::pass:
            return {{To::receiver,
                     "Nothing to do. Whether " + domain +
                         " is welcome is another question; "
                         "SPF says only that the mail comes from there.",
                     {}}};
        case Result::fail:
            return {{To::receiver,
                     "You may reject the mail with \"550 5.7.23\", or accept it and record "
                     "the result (RFC 7208, 8.4).",
                     {}},
                    ask_whose_it_is(outcome, context),
                    be_listed(outcome)};
        case Result::softfail:
            return {{To::receiver,
                     "Do not reject the mail for this alone; look at it more closely than "
                     "usual (RFC 7208, 8.5).",
                     {}},
                    ask_whose_it_is(outcome, context),
                    be_listed(outcome)};
        case Result::neutral:
            return {
                {To::receiver, "Treat the mail as if there were no record (RFC 7208, 8.2).", {}},
                ask_whose_it_is(outcome, context),
                be_listed(outcome)};
        case Result::none:
            return {{To::receiver, "SPF cannot tell; decide by other means (RFC 7208, 8.1).", {}},
                    publish(outcome, context)};
        case Result::temperror:
            return {{To::receiver,
                     "Accept the mail, or answer \"451 4.7.24\", so that the sender tries "
                     "again later (RFC 7208, 8.6).",
                     {}},
                    look_after_dns(outcome)};
        case Result::permerror: break;
    }
    return {{To::receiver,
             "You may accept the mail as if there were no record, or reject it with "
             "\"550 5.7.24\" (RFC 7208, 8.7).",
             {}},
            mend(outcome)};
}

/// Whether the result says that the client is not listed, or that no client is.
bool is_about_client(const Outcome& outcome) {
    const Result result = outcome.result;
    const bool no_record = outcome.problem && outcome.problem->code == Problem::Code::no_record;
    return result == Result::fail || result == Result::softfail || result == Result::neutral ||
           (result == Result::none && no_record);
}

}  // namespace

std::vector<Advice> advice(const Outcome& outcome, const AdviceContext& context) {
    std::vector<Advice> out;
    if (is_about_client(outcome)) {
        if (!context.signed_in.empty()) return {leave_users_alone(outcome, context)};
        if (const SpecialRange* range = special_of(outcome)) {
            return {find_the_client(outcome, *range, context)};
        }
        if (context.has_lines_below) out.push_back(trust_the_relay(outcome, context));
    }
    if (outcome.helo.empty() && asks_for_helo(outcome)) out.push_back(give_helo(outcome, context));
    for (Advice& each : by_result(outcome, context)) out.push_back(std::move(each));
    return out;
}

}  // namespace spf::report
