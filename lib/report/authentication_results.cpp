// RFC 8601, 2.2:
//     authres-payload = [CFWS] authserv-id [ CFWS authres-version ] ( no-result / 1*resinfo ) ...
//     resinfo         = [CFWS] ";" methodspec [ CFWS reasonspec ] [ CFWS 1*propspec ]
//     pvalue          = [CFWS] ( value / [ [ local-part ] "@" ] domain-name ) [CFWS]
// where value is a token or a quoted-string (RFC 2045, 5.1). Every domain name with legal labels is a
// token, so quotes appear only around what is none.

#include "spf/report/authentication_results.hpp"

#include <string_view>
#include <utility>

#include "report/field.hpp"

namespace spf::report {
namespace {

void append_part(std::string& out, const Outcome& outcome, bool with_reason) {
    out.append("spf=").append(to_string(outcome.result));
    if (with_reason && outcome.problem) {
        out.append(" reason=");
        field::append_quoted_string(out, field::problem_text(outcome));
    }
    if (outcome.domain.empty()) return;
    out.append(field::is_about_mail_from(outcome) ? " smtp.mailfrom=" : " smtp.helo=");
    field::append_token_or_quoted(out, outcome.domain);
}

}  // namespace

std::string authentication_results_part(const Outcome& outcome) {
    std::string out;
    append_part(out, outcome, true);
    return out;
}

std::string authentication_results(const Outcome& outcome, Folding folding) {
    std::string out = "Authentication-Results: ";
    field::append_token_or_quoted(
        out, outcome.receiver.empty() ? std::string_view{"unknown"} : outcome.receiver);
    out.append("; ");
    const std::size_t head = out.size();
    append_part(out, outcome, true);
    if (!field::fits(out)) {  // only names far beyond the length of any legal one lead here
        out.resize(head);
        append_part(out, outcome, false);
    }
    return field::laid_out(std::move(out), folding);
}

}  // namespace spf::report
