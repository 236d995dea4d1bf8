// A decision that is being made without I/O, for a C program: a Reception whose checks are made by
// Evaluations, with the open questions of all of them.
#pragma once

#include <list>
#include <memory>
#include <optional>
#include <vector>

#include "c/answer.hpp"
#include "spf/evaluation/evaluation.hpp"
#include "spf/mail/checker.hpp"
#include "spf/receiver/reception.hpp"

namespace spf::c_api {

/// A Reception with the Evaluations of its checks. All members except done() may throw
/// std::bad_alloc; after that, the object may only be destroyed.
class OpenReception {
public:
    using Policy = std::shared_ptr<const receiver::ReceiverPolicy>;

    /// Starts the decision. Copies the texts of the session. `caches` may be null; otherwise it
    /// must outlive this object.
    OpenReception(const receiver::Session& session, Policy policy, Checker* caches,
                  const Options& options);
    OpenReception(const OpenReception&) = delete;
    OpenReception& operator=(const OpenReception&) = delete;

    [[nodiscard]] bool done() const noexcept { return reception_.done(); }
    /// Returns a question that was not returned before, or null. It is valid until the next call.
    [[nodiscard]] const spf_question* next();
    /// Passes an answer to all checks that wait for the question. Returns false if no check waits
    /// for a question with this number that next() has returned.
    [[nodiscard]] bool answer(unsigned long id, dns::AnswerPtr answer);
    /// Ends the checks that are being made.
    void expire();
    /// Moves the decision out. Requires done().
    [[nodiscard]] receiver::Decision decision() && { return std::move(reception_).decision(); }

private:
    /// A check that waits for the answer to its pending question.
    struct Running {
        unsigned check = 0;          // receiver::Reception::Check::id
        unsigned long question = 0;  // the number of the pending question; 0 if there is none
        bool is_published = true;    // whether the record is that of the domain, as DNS has it
        Evaluation evaluation{};
    };

    void start_checks();
    void start(const receiver::Reception::Check& check);
    void ask(Running& running);
    void take_ended();
    [[nodiscard]] unsigned long number_of(const dns::Question& question);
    [[nodiscard]] dns::AnswerPtr cached(const dns::Question& question);

    Policy policy_;
    Checker* caches_;
    Options options_;
    receiver::Reception reception_;
    std::list<Running> running_;
    unsigned next_check_ = 0;        // checks with smaller numbers have been started
    unsigned long last_number_ = 0;  // the number that was given last
    unsigned long last_asked_ = 0;   // next() has returned the questions up to this number
    std::optional<QuestionText> returned_;
};

}  // namespace spf::c_api
