#include "message/messages.hpp"

#include <algorithm>

#include "spf/report/authentication_results.hpp"
#include "spf/report/folding.hpp"
#include "spf/report/received_spf.hpp"

namespace policyd {
namespace {

constexpr std::size_t max_instance = 128;  // octets

/// Returns the fields that describe a decision, in the configured order. For Received-SPF, this is
/// the field for MAIL FROM alone: a second field for HELO might be taken for the message's result.
std::vector<std::string> fields_of(const spf::receiver::Decision& decision, const Config& config) {
    std::vector<std::string> fields;
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

const Message::Known* Message::find(const PolicyRequest& request) const {
    if (request.recipient.empty() && request.stage >= Stage::data) {
        // The recipients that were refused are gone, so the mildest decision is that of the others.
        const auto severity = [](const Known& known) {
            return std::pair(known.refusal.has_value(), !known.marks);
        };
        const auto mildest = std::min_element(decisions_.begin(), decisions_.end(),
                                              [&](const Known& left, const Known& right) {
                                                  return severity(left) < severity(right);
                                              });
        return mildest != decisions_.end() ? &*mildest : nullptr;
    }
    const Key key = key_of(request);
    const auto own = std::find_if(decisions_.begin(), decisions_.end(),
                                  [key](const Known& known) { return known.key == key; });
    return own != decisions_.end() ? &*own : nullptr;
}

bool Message::is_decided(const PolicyRequest& request) const { return find(request) != nullptr; }

void Message::decide(const PolicyRequest& request, const spf::receiver::Decision& decision) {
    if (is_decided(request)) return;
    const bool marks = decision.verdict.action == spf::receiver::Action::mark &&
                       !is_unchecked(decision.verdict.ground);
    decisions_.push_back({key_of(request), marks, spf::report::smtp_reply(decision)});
    if (!marks || has_fields_) return;
    has_fields_ = true;
    fields_ = fields_of(decision, *config_);
}

Answer Message::answer(const PolicyRequest& request) {
    const Known* const known = find(request);
    if (known == nullptr) return dunno();
    if (known->refusal) {
        return refuse(*known->refusal, config_->defer_with, longest_name(request));
    }
    if (!known->marks || fields_.empty() || request.stage == Stage::end_of_message) return dunno();
    Answer answer = prepend(fields_.front());
    fields_.erase(fields_.begin());
    return answer;
}

std::string Messages::key_of(const PolicyRequest& request) {
    // An instance of Postfix has some 30 octets. What is much longer is not worth the memory.
    if (request.instance.size() > max_instance) return {};
    return std::string(request.instance);
}

Message* Messages::find(std::string_view key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    by_use_.splice(by_use_.begin(), by_use_, found->second);
    found->second->used = Clock::now();
    return &found->second->message;
}

Message& Messages::keep(std::string_view key, Message message) {
    if (Message* const known = find(key)) return *known;
    by_use_.push_front({std::string(key), std::move(message), Clock::now()});
    by_key_.emplace(by_use_.front().key, by_use_.begin());
    if (by_use_.size() > max_count_) forget(by_use_.back().key);
    return by_use_.front().message;
}

void Messages::forget(std::string_view key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return;
    const List::iterator entry = found->second;
    by_key_.erase(found);  // first, because its key is that of the entry
    by_use_.erase(entry);
}

void Messages::forget_before(Clock::time_point time) {
    while (!by_use_.empty() && by_use_.back().used < time) forget(by_use_.back().key);
}

}  // namespace policyd
