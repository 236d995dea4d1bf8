/// \file mail/mail_evaluation.hpp  check_mail() without I/O: questions out, answers in.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/mail/mail_check.hpp"

namespace spf {

/// The checks of HELO and MAIL FROM of one message in flight, one after the other. Does no I/O,
/// starts no thread, knows no clock except for `%{t}`.
///
///     spf::MailEvaluation mail{client, reverse_path};
///     while (!mail.done()) mail.answer(ask(mail.pending()));
///     use(mail.check());
///
/// Two Evaluations (evaluation/evaluation.hpp): what is said there about memory, exceptions and
/// threads holds here, too. One thread at a time.
class SPF_EXPORT MailEvaluation {
public:
    /// Has no message: done() with neither outcome, ready for reset().
    MailEvaluation();
    /// Starts the checks, which are then done() or have a question pending(). Copies its arguments.
    explicit MailEvaluation(const Client& client, std::string_view reverse_path,
                            const Options& options = {});
    ~MailEvaluation();
    /// Moves the checks, with their pending question.
    MailEvaluation(MailEvaluation&&) noexcept;
    /// Moves the checks, with their pending question; drops the checks that this object had.
    MailEvaluation& operator=(MailEvaluation&&) noexcept;
    MailEvaluation(const MailEvaluation&) = delete;
    MailEvaluation& operator=(const MailEvaluation&) = delete;

    /// Starts over with another message, whatever state it is in; keeps its memory. The arguments
    /// must not refer to this object's own check().
    void reset(const Client& client, std::string_view reverse_path, const Options& options = {});

    /// Whether both checks have ended, so that check() is valid.
    [[nodiscard]] bool done() const noexcept;

    /// The identity that is being checked: HELO first. Requires !done().
    [[nodiscard]] Identity identity() const noexcept;

    /// The question that the check waits for, without deadline. Requires !done(). Valid until the
    /// next answer(), expire() or reset().
    [[nodiscard]] const dns::Question& pending() const noexcept;

    /// Questions that will probably follow, so that a driver can ask them at once: those of
    /// Evaluation::hints(), and while HELO is checked the first question about MAIL FROM. Empty
    /// unless Options::hints. Requires !done(). Valid as long as pending().
    [[nodiscard]] std::span<const dns::Question> hints() const noexcept;

    /// Takes the answer to pending() and continues to the next question or to the end. Requires
    /// !done(). Null counts as a failed lookup.
    void answer(dns::AnswerPtr answer);

    /// The deadline of identity() is over (4.6.4): ends its check as Evaluation::expire() does, and
    /// continues with the next identity, which has a deadline of its own. To end all at once:
    /// `while (!mail.done()) mail.expire();`. Nothing happens if done().
    void expire();

    /// The outcomes. Requires done(). Valid until reset() or destruction.
    [[nodiscard]] const MailCheck& check() const& noexcept;
    /// Moves the outcomes out. Requires done().
    [[nodiscard]] MailCheck check() &&;

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace spf
