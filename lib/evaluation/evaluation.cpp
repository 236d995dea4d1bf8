// The public functions of Evaluation. They only call those of Check.

#include "spf/evaluation/evaluation.hpp"

#include <cassert>
#include <utility>

#include "evaluation/check.hpp"

namespace spf {

Evaluation::Evaluation() : check_(std::make_unique<Check>()) {}
Evaluation::Evaluation(const Request& request, const Options& options) : Evaluation() {
    reset(request, options);
}
Evaluation::~Evaluation() = default;
Evaluation::Evaluation(Evaluation&&) noexcept = default;
Evaluation& Evaluation::operator=(Evaluation&&) noexcept = default;

void Evaluation::reset(const Request& request, const Options& options) {
    if (check_ == nullptr) check_ = std::make_unique<Check>();  // a moved-from object has no Check
    try {
        check_->reset(request, options);
    } catch (...) {
        check_->abandon();
        throw;
    }
}

bool Evaluation::done() const noexcept { return check_ == nullptr || check_->done(); }
const dns::Question& Evaluation::pending() const noexcept {
    assert(!done());
    return check_->pending();
}
std::span<const dns::Question> Evaluation::hints() const noexcept {
    return check_ == nullptr ? std::span<const dns::Question>() : check_->hints().questions();
}
void Evaluation::answer(dns::AnswerPtr answer) {
    assert(!done());
    try {
        check_->answer(std::move(answer));
    } catch (...) {
        check_->abandon();
        throw;
    }
}
bool Evaluation::answer(const dns::Question& asked, dns::AnswerPtr answer) {
    if (done() || asked != pending()) return false;
    this->answer(std::move(answer));
    return true;
}
void Evaluation::expire() {
    if (check_ != nullptr) check_->expire();
}
void Evaluation::use(Survey* survey) noexcept { check_->use(survey); }
const Outcome& Evaluation::outcome() const& noexcept {
    assert(done());
    static const Outcome nothing;
    return check_ == nullptr ? nothing : check_->outcome();
}
Outcome Evaluation::outcome() && {
    return check_ == nullptr ? Outcome{} : std::move(check_->outcome());
}

}  // namespace spf
