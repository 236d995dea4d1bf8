// Name servers, of which many questions can be asked at the same time.
#pragma once

#include <chrono>
#include <functional>
#include <vector>

#include "io/failure.hpp"
#include "spf/base/error.hpp"
#include "spf/dns/name_server.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/driver/cares.hpp"

namespace spfcheck {

/// Asks name servers. All questions end at the time limit of the check.
class Servers {
public:
    using Answered = std::function<void(const spf::dns::AnswerPtr&)>;

    /// Makes an object that asks these servers; if there are none, those of the system.
    [[nodiscard]] static spf::Expected<Servers, Failure> open(
        std::vector<spf::dns::NameServer> servers, std::chrono::milliseconds limit);

    /// Starts the time limit of a check.
    void begin() { end_ = spf::dns::deadline_after(limit_); }
    /// Asks a question without waiting for its answer. `answered` is called with the answer by
    /// wait(); it is called at once if the time limit has passed. This object must not be moved as
    /// long as a question has no answer.
    void ask(const spf::dns::Question& question, Answered answered);
    /// Waits for answers, but not longer than `longest`.
    void wait(std::chrono::milliseconds longest) { driver_.poll(longest); }

    /// Returns whether servers were asked and none of them could be reached.
    [[nodiscard]] bool is_unreachable() const noexcept { return asked_ && !reached_; }
    /// Returns whether an answer is missing because the time limit of a check has passed.
    [[nodiscard]] bool is_time_over() const noexcept { return time_over_; }
    [[nodiscard]] std::chrono::milliseconds limit() const noexcept { return limit_; }
    [[nodiscard]] const std::vector<spf::dns::NameServer>& all() const noexcept {
        return driver_.servers();
    }

private:
    Servers(spf::CaresDriver driver, std::chrono::milliseconds limit)
        : driver_(std::move(driver)), limit_(limit) {
        begin();
    }

    spf::CaresDriver driver_;
    std::chrono::milliseconds limit_;
    spf::dns::Clock::time_point end_;
    bool asked_ = false;
    bool reached_ = false;
    bool time_over_ = false;
};

}  // namespace spfcheck
