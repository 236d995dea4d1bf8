/// \file mail/mail_evaluation.hpp  check_mail() without I/O: the caller asks the questions and
/// passes the answers in.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/mail/mail_check.hpp"

namespace spf {

/// The checks of HELO and MAIL FROM of one message, which are made one after the other. Does no
/// I/O, starts no thread, and reads the clock only for `%{t}`.
///
/// A server that must not wait keeps one MailEvaluation for each session, and continues it when an
/// answer arrives:
///
///     void Session::ask() {  // after the MailEvaluation `mail` was made, and after each answer
///         if (mail.done()) return use(mail.check());
///         const spf::dns::Question& question = mail.pending();
///         dns.query(question.name, question.type,
///                   [this, name = std::string(question.name),
///                    type = question.type](spf::dns::AnswerPtr answer) {
///                       if (mail.answer({.name = name, .type = type}, std::move(answer))) ask();
///                   });
///     }
///
/// The callback must not be called after the session has ended. A program that may wait needs only
/// a loop:
///
///     while (!mail.done()) mail.answer(wait_for(mail.pending()));
///
/// A MailEvaluation consists of two Evaluations, and its memory, its exceptions and its use by
/// threads are as described for an Evaluation (evaluation/evaluation.hpp).
class SPF_EXPORT MailEvaluation {
public:
    /// Makes a MailEvaluation without a message. It is done(), its check() has no outcomes, and
    /// reset() starts the checks of a message.
    MailEvaluation();
    /// Copies the arguments and starts the checks. Then they are done(), or a question is
    /// pending().
    explicit MailEvaluation(const Client& client, std::string_view reverse_path,
                            const Options& options = {});
    ~MailEvaluation();
    /// Moves the checks, with their pending question.
    MailEvaluation(MailEvaluation&&) noexcept;
    /// Moves the checks, with their pending question. The checks that this object had are
    /// discarded.
    MailEvaluation& operator=(MailEvaluation&&) noexcept;
    MailEvaluation(const MailEvaluation&) = delete;
    MailEvaluation& operator=(const MailEvaluation&) = delete;

    /// Starts the checks of another message; checks that are not done() are discarded. Keeps the
    /// memory for the new checks. The arguments must not refer to texts of this object's check().
    void reset(const Client& client, std::string_view reverse_path, const Options& options = {});

    /// Returns whether both checks have ended, so that check() is valid.
    [[nodiscard]] bool done() const noexcept;

    /// Returns the identity that is being checked: first HELO, then MAIL FROM. Requires !done().
    [[nodiscard]] Identity identity() const noexcept;

    /// Returns the question that the check of identity() waits for. The question has no deadline.
    /// Requires !done(). The reference is valid until the next answer(), expire() or reset().
    [[nodiscard]] const dns::Question& pending() const noexcept;

    /// Returns questions that will probably follow, so that a driver can ask them in advance. While
    /// the first question about HELO is pending, the list contains the first question about MAIL
    /// FROM, unless the two questions are equal. Later, the list contains the Evaluation::hints()
    /// of the current check. The list is empty unless Options::hints is set. Requires !done(). The
    /// list is valid until the next answer(), expire() or reset().
    [[nodiscard]] std::span<const dns::Question> hints() const noexcept;

    /// Accepts the answer to pending() and continues to the next question or to the end. Requires
    /// !done(). Null counts as a failed lookup.
    ///
    /// This form is for a loop that asks a question and waits for its answer. If answers arrive
    /// later, by callback for example, use the form with two arguments.
    void answer(dns::AnswerPtr answer);

    /// Accepts an answer only if `asked`, its question, equals pending(). The checks then continue
    /// as they do after the other answer(). Names and types are compared; deadlines are ignored. If
    /// the questions differ, or if done(), nothing changes.
    ///
    /// This form is for a server that asks asynchronously. It compares the questions to prevent an
    /// attack. Otherwise a client could delay the answer about its HELO name until the check of
    /// HELO has expired. The client's own record would then be used as the record of the domain in
    /// MAIL FROM. The server must keep its own copy of the name, because pending() returns a view.
    /// \return whether the answer was accepted.
    bool answer(const dns::Question& asked, dns::AnswerPtr answer);

    /// Ends the check of identity() because its deadline has passed (4.6.4), as
    /// Evaluation::expire() does. Then continues with the next identity, which has a deadline of
    /// its own. To end both checks, call `while (!mail.done()) mail.expire();`. Does nothing if
    /// done().
    ///
    /// After expire(), another question is pending(), but the answer to the question that was
    /// pending before may still arrive. Such an answer must be passed to the answer() with two
    /// arguments, which ignores it.
    void expire();

    /// Returns the outcomes. Requires done(). The reference is valid until reset() or destruction.
    [[nodiscard]] const MailCheck& check() const& noexcept;
    /// Moves the outcomes out. Requires done().
    [[nodiscard]] MailCheck check() &&;

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace spf
