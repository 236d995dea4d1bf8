// What to do is told twice: to whoever received, within the bounds of RFC 7208 section 8, and to
// whoever sends or publishes. A proposed record differs from the published one by one term, put in
// front of the term that decided: the first match wins (4.6.2), so the address then passes.

#include "spf/report/advice.hpp"

#include <optional>

#include "report/names.hpp"
#include "spf/parse.hpp"
#include "spf/report/printable.hpp"

namespace spf {
namespace {

using To = Advice::To;

/// The record that decided, or nothing where it is unknown or no record.
std::optional<Record> parsed_record(const Outcome& outcome) {
    Expected<Record> record = parse_record(deciding_record(outcome));
    if (!record) return std::nullopt;
    return *std::move(record);
}

/// Where a term has to be put that shall be looked at before the one that decided.
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

/// Fail, softfail or neutral: the address is not listed, and the owner may want it to be.
Advice list_the_address(const Outcome& outcome) {
    const std::string ip = outcome.ip.to_string();
    const std::string owner = short_name(outcome.mechanism_domain);
    const std::string domain = short_name(outcome.domain);
    const std::optional<Record> record = parsed_record(outcome);
    if (record && sends_nothing(*record)) {
        return {To::sender,
                owner +
                    " says that it sends no mail at all. If that is still true, the sender "
                    "address is forged; if not, the owner of " +
                    owner + " lists the sending servers:",
                with_term(*record, outcome.mechanism, address_term(outcome.ip))};
    }
    const std::string doubt =
        "If not, the sender address is forged, or a server forwarded the mail and kept the sender "
        "address (a forwarder should put an address of its own there).";
    if (!record) {
        return {To::sender,
                "If " + ip + " sends on behalf of " + domain + ", the owner of " + owner +
                    " has to add " + address_term(outcome.ip) + " to the SPF record. " + doubt,
                {}};
    }
    return {To::sender,
            doubt + " If " + ip + " does send on behalf of " + domain + ", the owner of " + owner +
                " has to add it to the record:",
            with_term(*record, outcome.mechanism, address_term(outcome.ip))};
}

/// None: what is missing depends on why.
Advice publish(const Outcome& outcome) {
    const std::string domain = short_name(outcome.domain);
    const Problem::Code code = outcome.problem ? outcome.problem->code : Problem::Code::no_record;
    if (code == Problem::Code::malformed_domain) {
        return {To::sender,
                "Check the spelling of the sender address or HELO name: there is no domain "
                "in it that could have a record.",
                {}};
    }
    if (code == Problem::Code::no_such_domain) {
        return {To::sender,
                "Check the spelling of " + domain +
                    ". If the name is right, it has to be "
                    "put into DNS before it can be used for mail.",
                {}};
    }
    return {To::sender,
            "The owner of " + domain +
                " should publish a TXT record that lists all servers "
                "that send for it. If " +
                outcome.ip.to_string() + " is the only one:",
            "v=spf1 " + address_term(outcome.ip) + " -all"};
}

Advice mend(const Outcome& outcome) {
    if (!outcome.problem) return {To::sender, "Mend the SPF record.", {}};
    std::string where = outcome.problem->domain.empty() ? outcome.domain : outcome.problem->domain;
    return {To::sender,
            "For " + short_name(where) + ": " + printable(outcome.problem->remedy()) + ".",
            {}};
}

}  // namespace

std::string_view to_string(Advice::To to) noexcept {
    return to == To::receiver ? "receiver" : "sender";
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
                    list_the_address(outcome)};
        case Result::softfail:
            return {{To::receiver,
                     "Do not reject the mail for this alone; look at it more closely than "
                     "usual (RFC 7208, 8.5).",
                     {}},
                    list_the_address(outcome)};
        case Result::neutral:
            return {
                {To::receiver, "Treat the mail as if there were no record (RFC 7208, 8.2).", {}},
                list_the_address(outcome)};
        case Result::none:
            return {{To::receiver, "SPF cannot tell; decide by other means (RFC 7208, 8.1).", {}},
                    publish(outcome)};
        case Result::temperror:
            return {{To::receiver,
                     "Accept the mail, or answer \"451 4.7.24\", so that the sender tries "
                     "again later (RFC 7208, 8.6).",
                     {}},
                    mend(outcome)};
        case Result::permerror: break;
    }
    return {{To::receiver,
             "You may accept the mail as if there were no record, or reject it with "
             "\"550 5.7.24\" (RFC 7208, 8.7).",
             {}},
            mend(outcome)};
}

}  // namespace spf
