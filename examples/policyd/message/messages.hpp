// What the daemon has answered about messages, so that a message with many recipients is checked
// once and has its header fields once.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "config/config.hpp"
#include "protocol/answer.hpp"
#include "protocol/request.hpp"
#include "spf/receiver/reception.hpp"
#include "spf/report/smtp_reply.hpp"

namespace policyd {

/// One message: the decisions about it, and the header fields that it still needs.
class Message {
public:
    /// A message is treated as the configuration says that was in use when its first request came.
    explicit Message(std::shared_ptr<const Config> config) : config_(std::move(config)) {}

    [[nodiscard]] const std::shared_ptr<const Config>& config() const noexcept { return config_; }
    /// Returns whether there is a decision for the request. Recipients without exceptions of their
    /// own share one. At DATA and later, Postfix names no recipient if there are several, so a
    /// decision for any of them is enough.
    [[nodiscard]] bool is_decided(const PolicyRequest& request) const;
    /// Notes the decision for the recipient of the request.
    void decide(const PolicyRequest& request, const spf::receiver::Decision& decision);
    /// Returns the answer to a request that is decided. A refusal is repeated for each request.
    /// Each header field is added by one answer only. A request for all recipients is refused only
    /// if each decision refuses.
    [[nodiscard]] Answer answer(const PolicyRequest& request);

private:
    /// The exceptions for a recipient tell decisions apart; null for recipients without exceptions.
    using Key = const spf::receiver::Exceptions*;
    struct Known {
        Key key = nullptr;
        bool marks = false;
        std::optional<spf::report::SmtpReply> refusal{};
    };
    [[nodiscard]] Key key_of(const PolicyRequest& request) const;
    /// Returns the decision that applies to a request, or null.
    [[nodiscard]] const Known* find(const PolicyRequest& request) const;

    std::shared_ptr<const Config> config_;
    std::vector<Known> decisions_;
    bool has_fields_ = false;
    std::vector<std::string> fields_;  // those that no answer has added yet
};

/// The messages about which Postfix may ask again. If there are too many, those are forgotten that
/// were not asked about for the longest time. They would be checked again.
class Messages {
public:
    using Clock = std::chrono::steady_clock;

    explicit Messages(std::size_t max_count) : max_count_(max_count) {}

    /// Returns what tells messages apart, which is their instance, or an empty text if requests
    /// about a message cannot be recognised. Several restrictions may ask about the same message,
    /// even in different contexts.
    [[nodiscard]] static std::string key_of(const PolicyRequest& request);

    /// Returns the message, or null.
    [[nodiscard]] Message* find(std::string_view key);
    /// Keeps a message, unless there is one with this key. Returns the one that is kept.
    Message& keep(std::string_view key, Message message);
    /// Forgets a message, because Postfix will not ask about it again.
    void forget(std::string_view key);
    /// Forgets the messages that were last asked about before a time.
    void forget_before(Clock::time_point time);
    [[nodiscard]] std::size_t size() const noexcept { return by_use_.size(); }

private:
    struct Entry {
        std::string key;
        Message message;
        Clock::time_point used;
    };
    using List = std::list<Entry>;
    std::size_t max_count_;
    List by_use_;                                                  // the one used last is the first
    std::unordered_map<std::string_view, List::iterator> by_key_;  // the keys are those of entries
};

}  // namespace policyd
