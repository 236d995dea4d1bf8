// What the daemon has answered about messages, so that a message with many recipients is checked
// once and has its header fields once.
#pragma once

#include <cstddef>
#include <deque>
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
    /// Returns whether there is a decision for the recipient of the request. Recipients without
    /// exceptions of their own share one.
    [[nodiscard]] bool is_decided(const PolicyRequest& request) const;
    /// Notes the decision for the recipient of the request.
    void decide(const PolicyRequest& request, const spf::receiver::Decision& decision);
    /// Returns the answer to a request whose recipient is decided. A refusal is repeated for each
    /// request. Each header field is added by one answer only.
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
    [[nodiscard]] const Known* find(Key key) const;

    std::shared_ptr<const Config> config_;
    std::vector<Known> decisions_;
    bool has_fields_ = false;
    std::deque<std::string> fields_;  // those that no answer has added yet
};

/// The messages whose requests may go on. If there are too many, those are forgotten that were not
/// asked about for the longest time. They would be checked again.
class Messages {
public:
    explicit Messages(std::size_t max_count) : max_count_(max_count) {}

    /// Returns what tells messages apart: the instance, and the context, as Postfix may ask for
    /// several purposes. Empty if there is no instance.
    [[nodiscard]] static std::string key_of(const PolicyRequest& request);

    /// Returns the message, or null.
    [[nodiscard]] Message* find(const std::string& key);
    /// Keeps a message, instead of an earlier one with this key.
    Message& keep(const std::string& key, Message message);
    /// Forgets a message, as Postfix will not ask about it again.
    void forget(const std::string& key);
    [[nodiscard]] std::size_t size() const noexcept { return by_use_.size(); }

private:
    using List = std::list<std::pair<std::string, Message>>;
    std::size_t max_count_;
    List by_use_;  // the one used last is the first
    std::unordered_map<std::string, List::iterator> by_key_;
};

}  // namespace policyd
