#include "spf/mail/mail_evaluation.hpp"

#include <cassert>
#include <cstdint>
#include <utility>
#include <vector>

#include "evaluation/arguments.hpp"
#include "mail/identities.hpp"
#include "spf/evaluation/evaluation.hpp"

namespace spf {

namespace {

/// Runs a step of a State. If memory runs out, the State is done(), with temperror.
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
        is_null_path_ = is_null_path(reverse_path);
        hints_.clear();
        stage_ = identities::is_checkable(client.helo) ? Stage::helo : Stage::mail_from;
        if (stage_ == Stage::helo) {
            helo_.reset(identities::of_helo(client), options);
        } else {
            mail_.helo.reset();
        }
        if (!takes_outcome_of_helo())
            mail_from_.reset(identities::of_mail_from(client, reverse_path), options);
        take_outcomes();
        collect_hints();
        // Both identities begin with a TXT record; the question for MAIL FROM does not depend on
        // HELO's answer.
        if (options.hints && stage_ == Stage::helo && !takes_outcome_of_helo() &&
            !mail_from_.done() && mail_from_.pending() != helo_.pending())
            hints_.push_back(mail_from_.pending());
    }

    /// Ends with temperror after memory ran out, as Evaluation::answer() does.
    void abandon() noexcept {
        mail_.helo.reset();
        mail_.mail_from.emplace().result = Result::temperror;
        hints_.clear();
        stage_ = Stage::over;
    }

    [[nodiscard]] bool done() const noexcept { return stage_ == Stage::over; }
    [[nodiscard]] Identity identity() const noexcept {
        return stage_ == Stage::helo ? Identity::helo : Identity::mail_from;
    }
    [[nodiscard]] const Evaluation& current() const noexcept {
        return stage_ == Stage::helo ? helo_ : mail_from_;
    }
    [[nodiscard]] const std::vector<dns::Question>& hints() const noexcept { return hints_; }
    [[nodiscard]] MailCheck& mail() noexcept { return mail_; }

    void answer(dns::AnswerPtr answer) {
        current_for_change().answer(std::move(answer));
        go_on();
    }
    void expire() {
        if (done()) return;
        current_for_change().expire();
        go_on();
    }

private:
    enum class Stage : std::uint8_t { helo, mail_from, over };

    [[nodiscard]] Evaluation& current_for_change() noexcept {
        return stage_ == Stage::helo ? helo_ : mail_from_;
    }
    [[nodiscard]] bool takes_outcome_of_helo() const noexcept {
        return stage_ == Stage::helo && is_null_path_;
    }

    void go_on() {
        take_outcomes();
        collect_hints();
    }

    /// Copies the outcomes rather than moving them: a warm State then allocates nothing.
    void take_outcomes() {
        if (stage_ == Stage::helo && helo_.done()) {
            mail_.helo = helo_.outcome();
            if (identities::is_final(*mail_.helo, options_)) {
                mail_.mail_from.reset();
                stage_ = Stage::over;
            } else if (is_null_path_) {
                mail_.mail_from = mail_.helo;
                identities::turn_into_mail_from(*mail_.mail_from);
                stage_ = Stage::over;
            } else {
                stage_ = Stage::mail_from;
            }
        }
        if (stage_ == Stage::mail_from && mail_from_.done()) {
            mail_.mail_from = mail_from_.outcome();
            stage_ = Stage::over;
        }
    }

    void collect_hints() {
        if (!options_.hints) return;
        hints_.clear();
        if (done()) return;
        const auto hints = current().hints();
        hints_.assign(hints.begin(), hints.end());
    }

    Evaluation helo_;
    Evaluation mail_from_;
    MailCheck mail_;
    Options options_;
    std::vector<dns::Question> hints_;
    Stage stage_ = Stage::over;
    bool is_null_path_ = false;
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
