// RFC 8601, 2.2:
//     authres-payload = [CFWS] authserv-id [ CFWS authres-version ] ( no-result / 1*resinfo ) ...
//     resinfo         = [CFWS] ";" methodspec [ CFWS reasonspec ] [ CFWS 1*propspec ]
//     pvalue          = [CFWS] ( value / [ [ local-part ] "@" ] domain-name ) [CFWS]
// where value is a token or a quoted-string (RFC 2045, 5.1). Every domain name with legal labels is
// a token, so quotes appear only around other values.

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
    out.append(outcome.is_about_mail_from() ? " smtp.mailfrom=" : " smtp.helo=");
    field::append_token_or_quoted(out, outcome.domain);
}

/// Returns the field with one `resinfo` for each outcome that is not null.
std::string filled(std::string_view authserv_id, const Outcome* first, const Outcome* second,
                   bool with_reasons) {
    std::string out = "Authentication-Results: ";
    field::append_token_or_quoted(out, authserv_id);
    if (first == nullptr && second == nullptr) return out.append("; none");
    for (const Outcome* outcome : {first, second}) {
        if (outcome != nullptr) append_part(out.append("; "), *outcome, with_reasons);
    }
    return out;
}

/// Returns the field. Omits what it has no room for.
std::string written(std::string_view authserv_id, const Outcome* first, const Outcome* second,
                    Folding folding) {
    std::string out = filled(authserv_id, first, second, true);
    // This happens only if names are far longer than legal ones. One result always fits.
    if (!field::fits(out)) out = filled(authserv_id, first, second, false);
    if (!field::fits(out)) out = filled(authserv_id, first, nullptr, false);
    return field::laid_out(std::move(out), folding);
}

}  // namespace

std::string authentication_results_part(const Outcome& outcome) {
    std::string out;
    append_part(out, outcome, true);
    return out;
}

std::string authentication_results(std::string_view authserv_id, const Outcome& outcome,
                                   Folding folding) {
    return written(authserv_id, &outcome, nullptr, folding);
}

std::string authentication_results(std::string_view authserv_id, const MailCheck& mail,
                                   Folding folding) {
    const Outcome* mail_from = mail.mail_from ? &*mail.mail_from : nullptr;
    const Outcome* helo = mail.helo ? &*mail.helo : nullptr;
    if (mail_from != nullptr && !mail_from->is_about_mail_from()) helo = nullptr;
    return written(authserv_id, mail_from, helo, folding);
}

}  // namespace spf::report
