#include "bounce/kind.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "bounce/text.hpp"

namespace spfcheck {
namespace {

template <std::size_t Count>
bool has_any(std::string_view text, const std::array<std::string_view, Count>& words) noexcept {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return has_ignoring_case(text, word); });
}

template <std::size_t Count>
bool starts_with_any(std::string_view text,
                     const std::array<std::string_view, Count>& words) noexcept {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return starts_ignoring_case(text, word); });
}

bool has_part(const Mail& mail, std::string_view type) noexcept {
    return std::any_of(mail.parts.begin(), mail.parts.end(), [&](const MailPart& part) {
        return part.type.find(type) != std::string::npos;
    });
}

constexpr std::array<std::string_view, 12> daemons{
    "mailer-daemon", "mailerdaemon",       "mailer_daemon",     "postmaster",
    "mail delivery", "mail administrator", "mail deliver",      "maildelivery",
    "mail system",   "undeliver",          "microsoftexchange", "delivery subsystem"};

constexpr std::array<std::string_view, 45> bounce_subjects{"undeliver",
                                                           "delivery status notif",
                                                           "delivery failure",
                                                           "delivery failed",
                                                           "delivery report",
                                                           "delivery problem",
                                                           "delivery error",
                                                           "delivery notification",
                                                           "delivery has failed",
                                                           "delivery unsuccessful",
                                                           "delivery delayed",
                                                           "delivery incomplete",
                                                           "failure notice",
                                                           "failed mail",
                                                           "failed delivery",
                                                           "failure delivery",
                                                           "mail delivery",
                                                           "mail failure",
                                                           "mail error",
                                                           "mail system error",
                                                           "message delivery",
                                                           "message undeliver",
                                                           "message not delivered",
                                                           "message could not",
                                                           "non-deliver",
                                                           "non delivery",
                                                           "nondeliver",
                                                           "not delivered",
                                                           "returned mail",
                                                           "returned to sender",
                                                           "returning message",
                                                           "returned message",
                                                           "could not send message",
                                                           "could not be delivered",
                                                           "warning: message",
                                                           "warning: could not",
                                                           "user unknown",
                                                           "unzustellbar",
                                                           "nicht zugestellt",
                                                           "mancata consegna",
                                                           "consegna non riuscita",
                                                           "non remis",
                                                           "no se puede entregar",
                                                           "n\xc3\xa3o entregue",
                                                           "\xe9\x85\x8d\xe4\xbf\xa1"};

constexpr std::array<std::string_view, 36> bounce_words{
    "could not be delivered",
    "couldn't be delivered",
    "cannot be delivered",
    "can't be delivered",
    "was not delivered",
    "wasn't delivered",
    "has not been delivered",
    "not delivered to",
    "unable to deliver",
    "undeliverable",
    "not been able to deliver",
    "wasn't able to deliver",
    "failed to deliver",
    "failed to reach",
    "did not reach",
    "could not be reached",
    "delivery has failed",
    "delivery failed",
    "delivery to the following",
    "delivery of your message",
    "error delivering your mail",
    "error has occurred while attempting to deliver",
    "failed permanently",
    "following address",
    "had permanent fatal errors",
    "had transient non-fatal errors",
    "had delivery problems",
    "had trouble delivering",
    "rejected your message",
    "returned to sender",
    "could not be sent",
    "problem delivering",
    "konnte nicht zugestellt",
    "impossibile recapitare",
    "n'a pas pu \xc3\xaatre",
    "\xd0\xbd\xd0\xb5 \xd0\xbc\xd0\xbe\xd0\xb6\xd0\xb5\xd1\x82 \xd0\xb1\xd1\x8b\xd1\x82\xd1\x8c "
    "\xd0\xb4\xd0\xbe\xd1\x81\xd1\x82\xd0\xb0\xd0\xb2\xd0\xbb\xd0\xb5\xd0\xbd\xd0\xbe"};

constexpr std::array<std::string_view, 34> vacation_subjects{"auto:",
                                                             "auto reply",
                                                             "auto-reply",
                                                             "autoreply",
                                                             "autoreply:",
                                                             "automatic reply",
                                                             "automatic response",
                                                             "auto response",
                                                             "auto-response",
                                                             "automated reply",
                                                             "out of office",
                                                             "out of the office",
                                                             "vacation",
                                                             "away from",
                                                             "on holiday",
                                                             "i am away",
                                                             "abwesend",
                                                             "abwesenheit",
                                                             "automatische antwort",
                                                             "fuori ufficio",
                                                             "fuori sede",
                                                             "risposta automatica",
                                                             "assente",
                                                             "r\xc3\xa9ponse automatique",
                                                             "absence du bureau",
                                                             "absent",
                                                             "respuesta autom",
                                                             "fuera de la oficina",
                                                             "resposta autom",
                                                             "afwezig",
                                                             "automatisch antwoord",
                                                             "please confirm",
                                                             "verify your email",
                                                             "\xe8\x87\xaa\xe5\x8b\x95"};

constexpr std::array<std::string_view, 14> vacation_words{
    "out of the office",    "out of office",
    "i am on vacation",     "i'm on vacation",
    "on annual leave",      "ich bin derzeit nicht",
    "nicht im b\xc3\xbcro", "sono assente",
    "fuori ufficio",        "je suis absent",
    "estoy fuera",          "challenge",
    "to confirm that you",  "your message has been received"};

constexpr std::array<std::string_view, 24> warnings{"will keep trying",
                                                    "will continue to try",
                                                    "will retry",
                                                    "will be retried",
                                                    "will try again",
                                                    "still trying",
                                                    "do not need to resend",
                                                    "don't need to resend",
                                                    "no action is required",
                                                    "not yet been delivered",
                                                    "not been delivered yet",
                                                    "has not yet been",
                                                    "warning message only",
                                                    "is only a warning",
                                                    "this is just a warning",
                                                    "delivery delayed",
                                                    "delivery is delayed",
                                                    "delivery has been delayed",
                                                    "message delayed",
                                                    "status notification (delay)",
                                                    "could not send message for past",
                                                    "transient non-fatal",
                                                    "wird weiter versucht",
                                                    "continuer\xc3\xa0"};

constexpr std::array<std::string_view, 9> final_words{
    "permanent error",  "failed permanently",        "given up",
    "giving up",        "permanent fatal",           "will not try again",
    "no longer trying", "undelivered mail returned", "could not be delivered for"};

}  // namespace

bool is_complaint(const Mail& mail) noexcept {
    return mail.report_type == "feedback-report" || has_part(mail, "feedback-report");
}

bool is_auto_reply(const Mail& mail) noexcept {
    if (mail.report_type == "disposition-notification" ||
        has_part(mail, "disposition-notification")) {
        return true;
    }
    for (const std::string_view name :
         {"X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Autogenerated"}) {
        if (!mail.field(name).empty()) return true;
    }
    const std::string_view precedence = mail.field("Precedence");
    if (has_ignoring_case(precedence, "auto_reply") || has_ignoring_case(precedence, "auto-reply"))
        return true;
    const std::string_view automatic = mail.field("Auto-Submitted");
    if (starts_ignoring_case(automatic, "auto-replied") ||
        starts_ignoring_case(automatic, "auto-notified")) {
        return true;
    }
    if (starts_with_any(mail.field("Subject"), vacation_subjects)) return true;
    const std::string_view suppress = mail.field("X-Auto-Response-Suppress");
    return !automatic.empty() && !starts_ignoring_case(automatic, "no") && suppress.empty() &&
           std::any_of(mail.parts.begin(), mail.parts.end(), [](const MailPart& part) {
               return has_any(std::string_view(part.text).substr(0, 4096), vacation_words);
           });
}

int signs_of_bounce(const Mail& mail, std::string_view text) noexcept {
    int out = 0;
    if (!mail.field("X-Failed-Recipients").empty()) out += 3;
    const std::string_view path = mail.field("Return-Path");
    if (path == "<>" || path == "< >") ++out;
    if (has_any(mail.field("From"), daemons)) out += 2;
    const std::string_view subject = mail.field("Subject");
    if (has_any(subject, bounce_subjects)) out += 2;
    if (starts_with_any(subject, vacation_subjects)) out -= 3;
    if (has_any(text.substr(0, 8192), bounce_words)) ++out;
    return std::max(out, 0);
}

bool warns_only(std::string_view subject, std::string_view text) noexcept {
    const std::string_view beginning = text.substr(0, 8192);
    if (has_any(subject, final_words) || has_any(beginning, final_words)) return false;
    return has_any(subject, warnings) || has_any(beginning, warnings) ||
           starts_ignoring_case(subject, "delayed") || starts_ignoring_case(subject, "warning:");
}

}  // namespace spfcheck
