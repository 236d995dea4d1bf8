// What to do is told twice: to whoever received, within the bounds of RFC 7208 section 8, and to
// whoever sends or publishes. A proposed record differs from the published one by one term, put in
// front of the term that decided: the first match wins (4.6.2), so the address then passes.

#include "spf/report/advice.hpp"

#include <optional>

#include "ascii.hpp"
#include "report/field.hpp"
#include "report/names.hpp"
#include "spf/parse.hpp"
#include "spf/report/printable.hpp"

namespace spf {
namespace {

using To = Advice::To;

/// The domain's own record, or nothing where it is unknown or no record.
std::optional<Record> own_record(const Outcome& outcome) {
    Expected<Record> record = parse_record(record_of(outcome, outcome.domain));
    if (!record) return std::nullopt;
    return *std::move(record);
}

/// Where a term has to be put that shall be looked at before the one that decided; where none of this
/// record did, behind the last directive, which is before any redirect (6.1).
std::size_t place_before_decision(const Record& record, std::string_view deciding_term) {
    std::size_t end = std::string_view("v=spf1").size();
    for (const Directive& directive : record.directives) {
        const std::size_t begin = record.offset_of(directive.text);
        if (directive.text == deciding_term) return begin;
        end = begin + directive.text.size();
    }
    return end;
}

std::string with_term(const Record& record, std::string_view deciding_term, std::string_view term) {
    std::string text = to_string(record);
    const std::size_t place = place_before_decision(record, deciding_term);
    const bool at_a_word = place < text.size() && text[place] != ' ';
    const std::string inserted = at_a_word ? std::string(term) + ' ' : ' ' + std::string(term);
    return text.insert(place, inserted);
}

/// Whether the record says "no mail from here at all": `v=spf1 -all`.
bool sends_nothing(const Record& record) {
    return record.directives.size() == 1 && record.redirect() == nullptr &&
           std::holds_alternative<All>(record.directives.front().mechanism) &&
           record.directives.front().qualifier == Qualifier::fail;
}

/// The case in which the address belongs into the record.
std::string if_it_belongs_there(const Outcome& outcome) {
    const bool mail = field::is_about_mail_from(outcome);
    return "If " + outcome.ip.to_string() + (mail ? " sends on behalf of " : " is ") +
           short_name(outcome.domain);
}

/// Fail, softfail or neutral: the address is not listed, and the owner may want it to be.
Advice list_the_address(const Outcome& outcome) {
    const std::string ip = outcome.ip.to_string();
    const std::string domain = short_name(outcome.domain);
    const std::optional<Record> record = own_record(outcome);
    if (!record) {
        return {To::owner,
                "If " + ip + " sends on behalf of " + domain + ", add " + address_term(outcome.ip) +
                    " to the record.",
                {}};
    }
    const bool own_decision = outcome.mechanism_domain == outcome.domain;
    std::string changed = with_term(*record, own_decision ? outcome.mechanism : std::string(),
                                    address_term(outcome.ip));
    if (sends_nothing(*record)) {
        return {To::owner,
                "The record says that " + domain + " sends no mail at all. Should " + ip +
                    " send some, publish:",
                std::move(changed)};
    }
    return {To::owner,
            if_it_belongs_there(outcome) + ", add it to the record:", std::move(changed)};
}

/// The same from the other side.
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

/// None: what is missing depends on why.
Advice publish(const Outcome& outcome) {
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
    return {To::owner,
            "Publish a TXT record at " + domain + " that lists all servers that send for it. If " +
                outcome.ip.to_string() + " is the only one:",
            "v=spf1 " + address_term(outcome.ip) + " -all"};
}

/// Permerror: what the problem's remedy says, and whose task it is.
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

/// Temperror: where to look if it does not pass by itself.
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

std::vector<Advice> advice(const Outcome& outcome) {
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
                    list_the_address(outcome),
                    be_listed(outcome)};
        case Result::softfail:
            return {{To::receiver,
                     "Do not reject the mail for this alone; look at it more closely than "
                     "usual (RFC 7208, 8.5).",
                     {}},
                    list_the_address(outcome),
                    be_listed(outcome)};
        case Result::neutral:
            return {
                {To::receiver, "Treat the mail as if there were no record (RFC 7208, 8.2).", {}},
                list_the_address(outcome),
                be_listed(outcome)};
        case Result::none:
            return {{To::receiver, "SPF cannot tell; decide by other means (RFC 7208, 8.1).", {}},
                    publish(outcome)};
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

}  // namespace spf
