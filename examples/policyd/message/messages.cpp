#include "message/messages.hpp"

#include <algorithm>

#include "spf/report/authentication_results.hpp"
#include "spf/report/folding.hpp"
#include "spf/report/received_spf.hpp"

namespace policyd {
namespace {

/// Returns the fields that describe a decision, in the configured order. For Received-SPF, this is
/// the field for MAIL FROM alone: a second field for HELO might be taken for the message's result.
std::deque<std::string> fields_of(const spf::receiver::Decision& decision, const Config& config) {
    std::deque<std::string> fields;
    constexpr auto unfolded = spf::report::Folding::unfolded;
    for (const Header header : config.headers) {
        if (header == Header::authentication_results) {
            fields.push_back(
                spf::report::authentication_results(config.authserv_id, decision.mail, unfolded));
            continue;
        }
        const auto& outcome =
            decision.mail.mail_from ? decision.mail.mail_from : decision.mail.helo;
        if (outcome)
            fields.push_back(spf::report::received_spf(config.receiver, *outcome, unfolded));
    }
    return fields;
}

/// Returns the longest of the names one of which Postfix writes before the text of a refusal. Which
/// one it is depends on the list of restrictions that asks.
std::string_view longest_name(const PolicyRequest& request) {
    return std::max({request.recipient, request.sender, request.helo_name},
                    [](auto left, auto right) { return left.size() < right.size(); });
}

}  // namespace

Message::Key Message::key_of(const PolicyRequest& request) const {
    const auto& recipients = config_->policy.recipients;
    return recipients.empty() ? nullptr : recipients.find(request.recipient);
}

const Message::Known* Message::find(Key key) const {
    const auto found = std::find_if(decisions_.begin(), decisions_.end(),
                                    [key](const Known& known) { return known.key == key; });
    return found != decisions_.end() ? &*found : nullptr;
}

bool Message::is_decided(const PolicyRequest& request) const {
    return find(key_of(request)) != nullptr;
}

void Message::decide(const PolicyRequest& request, const spf::receiver::Decision& decision) {
    const Key key = key_of(request);
    if (find(key) != nullptr) return;
    const bool marks = decision.verdict.action == spf::receiver::Action::mark &&
                       !is_unchecked(decision.verdict.ground);
    decisions_.push_back({key, marks, spf::report::smtp_reply(decision)});
    if (!marks || has_fields_) return;
    has_fields_ = true;
    fields_ = fields_of(decision, *config_);
}

Answer Message::answer(const PolicyRequest& request) {
    const Known* const known = find(key_of(request));
    if (known == nullptr) return dunno();
    if (known->refusal) {
        return refuse(*known->refusal, config_->defer_with, longest_name(request));
    }
    if (!known->marks || fields_.empty() || request.stage == Stage::end_of_message) return dunno();
    Answer answer = prepend(fields_.front());
    fields_.pop_front();
    return answer;
}

std::string Messages::key_of(const PolicyRequest& request) {
    if (request.instance.empty()) return {};
    return std::string(request.instance) + '\n' + std::string(request.policy_context);
}

Message* Messages::find(const std::string& key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    by_use_.splice(by_use_.begin(), by_use_, found->second);
    return &found->second->second;
}

Message& Messages::keep(const std::string& key, Message message) {
    forget(key);
    by_use_.emplace_front(key, std::move(message));
    by_key_.emplace(key, by_use_.begin());
    if (by_use_.size() > max_count_) forget(std::string(by_use_.back().first));
    return by_use_.front().second;
}

void Messages::forget(const std::string& key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return;
    by_use_.erase(found->second);
    by_key_.erase(found);
}

}  // namespace policyd
