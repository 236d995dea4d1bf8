// RFC 7208, 9.1:
//     header-field   = "Received-SPF:" [CFWS] result FWS [comment FWS] [ key-value-list ] CRLF
//     key-value-pair = key [CFWS] "=" ( dot-atom / quoted-string )
// A mechanism such as ip4:192.0.2.1 or an IPv6 address is not a dot-atom, so it is quoted here,
// although an example in 9.1 has no quotes.

#include "spf/report/received_spf.hpp"

#include <string_view>
#include <utility>

#include "report/field.hpp"
#include "report/sentences.hpp"

namespace spf::report {
namespace {

using Say = ReportSentence;

std::string_view comment_pattern(Result result) noexcept {
    switch (result) {
        case Result::pass: return word(Say::comment_pass);
        case Result::fail: return word(Say::comment_fail);
        case Result::softfail: return word(Say::comment_softfail);
        case Result::neutral: return word(Say::comment_neutral);
        case Result::none: return word(Say::comment_none);
        case Result::temperror: return word(Say::comment_temperror);
        case Result::permerror: break;
    }
    return word(Say::comment_permerror);
}

/// Returns the text of the comment in the field, which is for people. It begins with the name of
/// the receiver if this name is known.
std::string comment_text(std::string_view receiver, const Outcome& outcome,
                         std::string_view client) {
    const std::string& who = outcome.is_about_mail_from() ? outcome.sender : outcome.domain;
    std::string text;
    text.reserve(receiver.size() + who.size() + client.size() + 64);
    if (!receiver.empty()) text.append(receiver).append(": ");
    append_filled(text, comment_pattern(outcome.result), {who, client});
    return text;
}

/// The parts of a Received-SPF field that are not needed by programs that evaluate the field. A
/// part is written if its member is true.
struct Expendable {
    bool comment = true;
    bool problem = true;
    bool mechanism = true;
    bool receiver = true;
};

std::string written(std::string_view receiver, const Outcome& outcome, const Expendable& with) {
    const std::string client = outcome.ip.to_string();
    std::string out = "Received-SPF: ";
    out.reserve(512);  // enough for most fields
    out.append(to_string(outcome.result)).append(" ");
    if (with.comment) {
        field::append_comment(out, comment_text(receiver, outcome, client));
        out.append(" ");
    }
    out.append("client-ip=");
    field::append_dot_atom_or_quoted(out, client);
    if (outcome.identity == Identity::mail_from) {
        out.append("; envelope-from=");
        field::append_quoted_string(out, outcome.null_sender ? std::string_view{} : outcome.sender);
    }
    if (!outcome.helo.empty()) {
        out.append("; helo=");
        field::append_dot_atom_or_quoted(out, outcome.helo);
    }
    out.append("; identity=").append(to_string(outcome.identity));
    if (with.mechanism && outcome.decided_by() != Outcome::DecidedBy::nothing) {
        out.append("; mechanism=");
        field::append_dot_atom_or_quoted(out, field::mechanism_of(outcome));
    }
    if (with.problem && outcome.problem) {
        out.append("; problem=");
        field::append_quoted_string(out, field::problem_text(outcome));
    }
    if (with.receiver && !receiver.empty()) {
        out.append("; receiver=");
        field::append_dot_atom_or_quoted(out, receiver);
    }
    return out;
}

}  // namespace

std::string received_spf(std::string_view receiver, const Outcome& outcome, Folding folding) {
    Expendable with;
    std::string out = written(receiver, outcome, with);
    // The field must not be excessively long (9.1), so parts are left out until it fits.
    for (bool Expendable::*const next : {&Expendable::comment, &Expendable::problem,
                                         &Expendable::mechanism, &Expendable::receiver}) {
        if (field::fits(out)) break;
        with.*next = false;
        out = written(receiver, outcome, with);
    }
    return field::laid_out(std::move(out), folding);
}

std::vector<std::string> received_spf(std::string_view receiver, const MailCheck& mail,
                                      Folding folding) {
    std::vector<std::string> fields;
    if (mail.mail_from) fields.push_back(received_spf(receiver, *mail.mail_from, folding));
    const bool repeats = mail.mail_from && mail.mail_from->null_sender;
    if (mail.helo && !repeats) fields.push_back(received_spf(receiver, *mail.helo, folding));
    return fields;
}

}  // namespace spf::report
