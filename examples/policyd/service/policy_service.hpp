// Answers the requests of Postfix: remembers what was answered about a message, and has everything
// else decided by the library.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "config/config.hpp"
#include "log/log.hpp"
#include "message/messages.hpp"
#include "metrics/counters.hpp"
#include "protocol/answer.hpp"
#include "protocol/request.hpp"
#include "spf/driver/cares.hpp"
#include "spf/net/ip.hpp"
#include "spf/policy/cache.hpp"
#include "spf/receiver/reception.hpp"
#include "spf/resolver/cache.hpp"

namespace policyd {

/// The requests of one connection, one after the other. Postfix sends all requests about a message
/// over one connection, so the first request about another message ends the former.
struct Conversation {
    /// Receives an answer that ask() has not returned.
    std::function<void(const Answer&)> reply{};

    // What the service notes about the request that is being decided.
    PolicyRequest request{};
    spf::IpAddress client{};  // of the request
    std::string helo{};       // of the request, with A-labels
    std::string sender{};     // of the request, with A-labels
    std::shared_ptr<const Config> config{};
    spf::CaresDriver::MailTicket ticket{};
    std::string instance{};
    std::string key{};
};

/// One thread uses a service. It never blocks: who owns it drives the driver().
class PolicyService {
public:
    /// The log must exist longer than the service.
    PolicyService(Config config, Log& log);
    PolicyService(PolicyService&&) = delete;
    PolicyService& operator=(PolicyService&&) = delete;
    ~PolicyService() = default;

    /// Returns the answer to a request if it is known at once. Otherwise Conversation::reply is
    /// called later, by a member of the driver. Until then, the conversation and the texts of the
    /// request must exist, and no other request of the conversation may be asked.
    [[nodiscard]] std::optional<Answer> ask(Conversation& conversation,
                                            const PolicyRequest& request);
    /// Ends a conversation: its reply will not be called.
    void end(Conversation& conversation);

    /// Forgets the messages that were last asked about before a time.
    void forget_before(Messages::Clock::time_point time) { messages_.forget_before(time); }

    /// Uses another configuration from now on. Messages that are known are not affected, and
    /// neither is what only StartConfig has.
    void reconfigure(Config config);
    [[nodiscard]] const Config& config() const noexcept { return *config_; }

    [[nodiscard]] spf::CaresDriver& driver() noexcept { return driver_; }
    [[nodiscard]] const spf::CaresDriver& driver() const noexcept { return driver_; }
    [[nodiscard]] Counters& counters() noexcept { return counters_; }
    /// Returns the metrics for Prometheus.
    [[nodiscard]] std::string metrics(std::size_t open_connections) const;

private:
    void enter(Conversation& conversation, const PolicyRequest& request);
    [[nodiscard]] std::optional<Answer> answer_at_once(Conversation& conversation,
                                                       const PolicyRequest& request);
    void decided(Conversation& conversation, const spf::receiver::Decision& decision);
    void log(const Conversation& conversation, const spf::receiver::Decision& decision);
    void log_answer(const PolicyRequest& request, std::string_view answer);

    std::shared_ptr<const Config> config_;
    Log* log_;
    Counters counters_;
    Messages messages_;
    spf::AnswerCache answers_;
    spf::PolicyCache policies_;
    spf::CaresDriver driver_;
};

}  // namespace policyd
