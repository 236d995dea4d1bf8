/// \file log/spdlog.hpp  Logs DNS answers and outcomes with the library spdlog. This header is the
/// whole implementation. A program that includes it must link the target spf::spdlog.
///
/// The library itself logs nothing. The functions and classes here log only to the logger that the
/// caller passes. Names and texts from untrusted senders are made printable() before they are
/// logged.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include <spdlog/spdlog.h>

#include "spf/base/printable.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/report/text.hpp"

namespace spf {

/// Logs the answer to a question, and the time that it took, at level debug, such as `DNS TXT
/// example.com: ok, 2 records, TTL 3600 s, 12.3 ms`. If the lookup failed, it is logged at level
/// warn. For programs that ask many questions at the same time; others use a LoggingResolver.
inline void log_answer(spdlog::logger& logger, const dns::Question& question,
                       const dns::Answer& answer, std::chrono::steady_clock::duration took) {
    const auto level = answer.is_failure() ? spdlog::level::warn : spdlog::level::debug;
    if (!logger.should_log(level)) return;
    const std::size_t count = answer.addresses.size() + answer.exchanges.size() +
                              answer.names.size() + answer.texts.size();
    logger.log(level, "DNS {} {}: {}, {} record{}, TTL {} s, {:.1f} ms",
               dns::to_string(question.type), printable(question.name),
               dns::to_string(answer.status), count, count == 1 ? "" : "s", answer.ttl.count(),
               std::chrono::duration<double, std::milli>(took).count());
}

/// A `dns::Resolver` that asks another resolver and logs each answer as log_answer() does. The
/// object is as thread-safe as the other resolver and the sinks of the logger.
class LoggingResolver final : public dns::Resolver {
public:
    /// Makes a resolver that asks `inner`. `inner` must exist longer than this object. `logger`
    /// must not be null.
    LoggingResolver(dns::Resolver& inner, std::shared_ptr<spdlog::logger> logger)
        : inner_(&inner), logger_(std::move(logger)) {}

    /// Asks the other resolver and logs the answer.
    dns::AnswerPtr resolve(const dns::Question& question) override {
        if (!logger_->should_log(spdlog::level::warn)) return inner_->resolve(question);
        const auto begin = std::chrono::steady_clock::now();
        dns::AnswerPtr answer = inner_->resolve(question);
        const auto took = std::chrono::steady_clock::now() - begin;
        log_answer(*logger_, question, answer != nullptr ? *answer : dns::Answer{}, took);
        return answer;
    }

private:
    dns::Resolver* inner_;
    std::shared_ptr<spdlog::logger> logger_;
};

/// Logs an outcome in one line: report::summary(), the number of lookups, and the time for which
/// the outcome may be kept. The level is warn for temperror and permerror, and info for all other
/// results.
inline void log_outcome(spdlog::logger& logger, const Outcome& outcome) {
    const bool error = outcome.result == Result::temperror || outcome.result == Result::permerror;
    const auto level = error ? spdlog::level::warn : spdlog::level::info;
    if (!logger.should_log(level)) return;
    logger.log(level, "SPF {}; DNS lookups {}, void {}, TTL {} s", report::summary(outcome),
               outcome.dns_lookups, outcome.void_lookups, outcome.ttl.count());
}

}  // namespace spf
