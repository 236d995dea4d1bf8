#include "spf/mail/mail_evaluation.hpp"

#include <cassert>
#include <cstdint>
#include <optional>
#include <utility>

#include "evaluation/arguments.hpp"
#include "mail/identities.hpp"
#include "spf/evaluation/evaluation.hpp"

namespace spf {

namespace {

/// Calls `step`, a function that continues the check of a State. If memory runs out, ends the check
/// with temperror and throws the exception again.
template <typename State, typename Step>
void run(State& state, const Step& step) {
    try {
        step();
    } catch (...) {
        state.abandon();
        throw;
    }
}

}  // namespace

class MailEvaluation::State {
public:
    void reset(const Client& client, std::string_view reverse_path, const Options& options) {
        options_ = options;
        has_null_path_ = is_null_path(reverse_path);
        ahead_.reset();
        stage_ = identities::is_checkable(client.helo) ? Stage::helo : Stage::mail_from;
        if (stage_ == Stage::mail_from) mail_.helo.reset();
        if (stage_ == Stage::helo) helo_.reset(identities::of_helo(client), options);
        const bool repeats_helo = stage_ == Stage::helo && has_null_path_;
        if (!repeats_helo)
            mail_from_.reset(identities::of_mail_from(client, reverse_path), options);
        take_outcomes();
        // The check of each identity begins with a lookup of a TXT record. The lookup for MAIL FROM
        // does not depend on the answer for HELO, so it can be started together with that for HELO.
        if (options.hints && stage_ == Stage::helo && !repeats_helo && !mail_from_.done() &&
            mail_from_.pending() != helo_.pending())
            ahead_ = mail_from_.pending();
    }

    /// Ends the check with temperror after memory has run out. Evaluation::answer() does the same.
    void abandon() noexcept {
        mail_.helo.reset();
        mail_.mail_from.emplace().result = Result::temperror;
        stage_ = Stage::over;
    }

    [[nodiscard]] bool done() const noexcept { return stage_ == Stage::over; }
    [[nodiscard]] Identity identity() const noexcept {
        return stage_ == Stage::helo ? Identity::helo : Identity::mail_from;
    }
    [[nodiscard]] const Evaluation& current() const noexcept {
        return stage_ == Stage::helo ? helo_ : mail_from_;
    }
    [[nodiscard]] Evaluation& current() noexcept {
        return stage_ == Stage::helo ? helo_ : mail_from_;
    }
    /// Returns the lookups that can be started early: the lookup in ahead_, or the hints of the
    /// current Evaluation. There are never both: an Evaluation has hints only after its first
    /// answer, and then ahead_ is empty.
    [[nodiscard]] std::span<const dns::Question> hints() const noexcept {
        if (done()) return {};
        return ahead_ ? std::span(&*ahead_, 1) : current().hints();
    }
    [[nodiscard]] MailCheck& mail() noexcept { return mail_; }

    void answer(dns::AnswerPtr answer) {
        ahead_.reset();
        current().answer(std::move(answer));
        take_outcomes();
    }
    void expire() {
        if (done()) return;
        ahead_.reset();
        current().expire();
        take_outcomes();
    }

private:
    enum class Stage : std::uint8_t { helo, mail_from, over };

    /// Stores the outcomes of the evaluations that have ended. The outcomes are copied, not moved:
    /// the evaluations keep the memory of their strings, so the next check, which uses the same
    /// evaluations, allocates nothing.
    void take_outcomes() {
        if (stage_ == Stage::helo && helo_.done()) {
            mail_.helo = helo_.outcome();
            const bool remains = identities::must_check_mail_from(mail_, has_null_path_, options_);
            stage_ = remains ? Stage::mail_from : Stage::over;
        }
        if (stage_ == Stage::mail_from && mail_from_.done()) {
            mail_.mail_from = mail_from_.outcome();
            stage_ = Stage::over;
        }
    }

    Evaluation helo_;
    Evaluation mail_from_;
    MailCheck mail_;
    Options options_;
    // The first lookup for MAIL FROM, while the check of HELO waits for its first answer;
    // afterwards absent.
    std::optional<dns::Question> ahead_;
    Stage stage_ = Stage::over;
    bool has_null_path_ = false;
};

MailEvaluation::MailEvaluation() : state_(std::make_unique<State>()) {}
MailEvaluation::MailEvaluation(const Client& client, std::string_view reverse_path,
                               const Options& options)
    : MailEvaluation() {
    reset(client, reverse_path, options);
}
MailEvaluation::~MailEvaluation() = default;
MailEvaluation::MailEvaluation(MailEvaluation&&) noexcept = default;
MailEvaluation& MailEvaluation::operator=(MailEvaluation&&) noexcept = default;

void MailEvaluation::reset(const Client& client, std::string_view reverse_path,
                           const Options& options) {
    if (!state_) state_ = std::make_unique<State>();  // the object was moved from
    run(*state_, [&] { state_->reset(client, reverse_path, options); });
}

bool MailEvaluation::done() const noexcept { return !state_ || state_->done(); }
Identity MailEvaluation::identity() const noexcept {
    assert(!done());
    return state_->identity();
}
const dns::Question& MailEvaluation::pending() const noexcept {
    assert(!done());
    return state_->current().pending();
}
std::span<const dns::Question> MailEvaluation::hints() const noexcept {
    if (!state_) return {};
    return state_->hints();
}
void MailEvaluation::answer(dns::AnswerPtr answer) {
    assert(!done());
    run(*state_, [&] { state_->answer(std::move(answer)); });
}
bool MailEvaluation::answer(const dns::Question& asked, dns::AnswerPtr answer) {
    if (done() || asked != pending()) return false;
    this->answer(std::move(answer));
    return true;
}
void MailEvaluation::expire() {
    if (state_) run(*state_, [&] { state_->expire(); });
}
const MailCheck& MailEvaluation::check() const& noexcept {
    assert(done());
    static const MailCheck nothing;
    return state_ ? state_->mail() : nothing;
}
MailCheck MailEvaluation::check() && { return state_ ? std::move(state_->mail()) : MailCheck{}; }

}  // namespace spf
