#include "spf/mail/checker.hpp"

#include <utility>

#include "mail/identities.hpp"

namespace spf {

Checker::Checker(dns::Resolver& upstream, CheckerOptions options)
    : upstream_(upstream),
      answers_(std::move(options.answers)),
      policies_(answers_, options.policies) {}

MailCheck Checker::check_mail(const Client& client, std::string_view reverse_path,
                              const Options& options) {
    messages_.fetch_add(1, std::memory_order_relaxed);
    return identities::check_each(client, reverse_path, options, [&](const Request& request) {
        return check_host(request, options);
    });
}

Outcome Checker::check_host(const Request& request, const Options& options) {
    return spf::check_host(request, upstream_, policies_, options);
}

void Checker::clear() {
    policies_.clear();
    answers_.clear();
}

Checker::Statistics Checker::statistics() const {
    return {.answers = answers_.statistics(),
            .policies = policies_.statistics(),
            .messages = messages_.load(std::memory_order_relaxed)};
}

PolicyCache& Checker::policies() noexcept { return policies_; }

}  // namespace spf
