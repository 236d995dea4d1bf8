// RFC 8601, 2.2:
//     authres-payload = [CFWS] authserv-id [ CFWS authres-version ] ( no-result / 1*resinfo ) ...
//     resinfo         = [CFWS] ";" methodspec [ CFWS reasonspec ] [ CFWS 1*propspec ]
//     pvalue          = [CFWS] ( value / [ [ local-part ] "@" ] domain-name ) [CFWS]
// where value is a token or a quoted-string (RFC 2045, 5.1). Every domain name with legal labels is a
// token, so quotes appear only around what is none.

#include "spf/report/authentication_results.hpp"

#include "report/field.hpp"

namespace spf {
namespace {

std::string part(const Outcome& outcome, bool with_reason) {
    std::string out = "spf=" + std::string(to_string(outcome.result));
    if (with_reason && outcome.problem) {
        out += " reason=" + field::quoted_string(field::problem_text(outcome));
    }
    if (!outcome.domain.empty()) {
        out += field::is_about_mail_from(outcome) ? " smtp.mailfrom=" : " smtp.helo=";
        out += field::token_or_quoted(outcome.domain);
    }
    return out;
}

}  // namespace

std::string authentication_results_part(const Outcome& outcome) { return part(outcome, true); }

std::string authentication_results(const Outcome& outcome, Folding folding) {
    const std::string receiver = outcome.receiver.empty() ? "unknown" : outcome.receiver;
    const std::string head = "Authentication-Results: " + field::token_or_quoted(receiver) + "; ";
    std::string out = head + part(outcome, true);
    // Only names far beyond the length of any legal one lead here.
    if (!field::fits(out)) out = head + part(outcome, false);
    return field::laid_out(out, folding);
}

}  // namespace spf
