#include "spf/mail/checker.hpp"

#include <atomic>
#include <utility>

#include "mail/identities.hpp"

namespace spf {

class Checker::State {
public:
    State(dns::Resolver& upstream, CheckerOptions options)
        : upstream_(upstream),
          answers_(std::move(options.answers)),
          policies_(answers_, options.policies) {}

    dns::Resolver& upstream_;
    AnswerCache answers_;
    PolicyCache policies_;
    std::atomic<std::uint64_t> messages_{0};
};

Checker::Checker(dns::Resolver& upstream, CheckerOptions options)
    : state_(std::make_unique<State>(upstream, std::move(options))) {}

Checker::~Checker() = default;

MailCheck Checker::check_mail(const Client& client, std::string_view reverse_path,
                              const Options& options) {
    state_->messages_.fetch_add(1, std::memory_order_relaxed);
    return identities::check_each(client, reverse_path, options, [&](const Request& request) {
        return check_host(request, state_->upstream_, state_->policies_, options);
    });
}

void Checker::clear() {
    state_->policies_.clear();
    state_->answers_.clear();
}

Checker::Statistics Checker::statistics() const {
    return {.answers = state_->answers_.statistics(),
            .policies = state_->policies_.statistics(),
            .messages = state_->messages_.load(std::memory_order_relaxed)};
}

PolicyCache& Checker::policies() noexcept { return state_->policies_; }

}  // namespace spf
