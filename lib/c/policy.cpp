#include "c/policy.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "c/guard.hpp"
#include "c/values.hpp"
#include "spf/dns/name.hpp"
#include "spf/net/network_set.hpp"

namespace {

using spf::c_api::view;
using spf::receiver::ReceiverPolicy;

/// Returns the actions of a spf::receiver::Rules or spf::receiver::Exceptions for a rule; null for
/// numbers that are not rules.
template <class Rules>
auto actions_of(Rules& rules, spf_rule rule) noexcept -> decltype(&rules.helo) {
    switch (rule) {
        case SPFC_RULE_MAIL_FROM: return &rules.mail_from;
        case SPFC_RULE_NULL_SENDER: return &rules.null_sender;
        case SPFC_RULE_HELO: return &rules.helo;
    }
    return nullptr;
}

/// Returns the member of an Actions or SomeActions for a result.
template <class Actions>
auto& action_for(Actions& actions, spf::Result result) noexcept {
    switch (result) {
        case spf::Result::neutral: return actions.neutral;
        case spf::Result::pass: return actions.pass;
        case spf::Result::fail: return actions.fail;
        case spf::Result::softfail: return actions.softfail;
        case spf::Result::temperror: return actions.temperror;
        case spf::Result::permerror: return actions.permerror;
        case spf::Result::none: break;
    }
    return actions.none;
}

template <class Rules>
spf_error set_action(Rules& rules, spf_rule rule, spf_result result, spf_action action) noexcept {
    auto* const actions = actions_of(rules, rule);
    const auto of = spf::c_api::result_of(result);
    const auto value = spf::c_api::action_of(action);
    if (actions == nullptr || !of || !value) return SPFC_BAD_VALUE;
    action_for(*actions, *of) = *value;
    return SPFC_OK;
}

/// Adds a name with its value to a ByDomain or a ByRecipient.
template <class Map, class Value>
spf_error add_name(Map& map, const char* name, const Value& value) {
    Map probe;  // a name that an empty map refuses does not have the right form
    if (!probe.add(view(name), value)) return SPFC_BAD_NAME;
    return map.add(view(name), value) ? SPFC_OK : SPFC_DUPLICATE;
}

/// Adds a network to those that become a part of a set when the policy is used.
spf_error add_network(spf_policy* policy, std::vector<spf::Network> spf_policy::Added::*to,
                      const char* text) noexcept {
    if (policy == nullptr || text == nullptr) return SPFC_NULL_ARGUMENT;
    return spf::c_api::guarded([&] {
        const auto network = spf::Network::parse(view(text));
        if (!network) return SPFC_BAD_NETWORK;
        (policy->added.*to).push_back(*network);
        policy->is_complete = false;
        return SPFC_OK;
    });
}

/// Moves networks into a set. If memory runs out, nothing has changed.
void move_into(spf::NetworkSet& set, std::vector<spf::Network>& networks) {
    if (networks.empty()) return;
    set = spf::set_union(set, spf::NetworkSet{networks});
    networks.clear();
}

spf_error add_relay(std::vector<std::string>& relays, const char* name) {
    if (spf::dns::check_host_domain_problem(view(name))) return SPFC_BAD_NAME;
    relays.emplace_back(name);
    return SPFC_OK;
}

/// Calls `change(policy)` if neither the policy nor the text of a function is NULL.
template <class Change>
spf_error change_by(spf_policy* policy, const char* text, const Change& change) noexcept {
    if (policy == nullptr || text == nullptr) return SPFC_NULL_ARGUMENT;
    return spf::c_api::guarded([&] { return change(*policy->policy); });
}

void describe(const spf::receiver::ReasonTextError& error, spf_text_error* out) {
    if (out == nullptr) return;
    out->offset = error.offset;
    const std::string message = error.message();
    const std::size_t length = std::min(message.size(), sizeof(out->message) - 1);
    std::copy_n(message.begin(), length, out->message);
    out->message[length] = '\0';
}

}  // namespace

std::shared_ptr<const ReceiverPolicy> spf_policy::complete() const {
    if (!is_complete) {
        const std::lock_guard lock{completing};
        move_into(policy->skip_networks, added.skipped);
        move_into(policy->relay_networks, added.relays);
        is_complete = true;
    }
    return policy;
}

spf_policy* spf_policy_new() {
    return spf::c_api::released([] { return std::make_unique<spf_policy>(); });
}
void spf_policy_free(spf_policy* policy) { delete policy; }

spf_error spf_policy_set_action(spf_policy* policy, spf_rule rule, spf_result result,
                                spf_action action) {
    if (policy == nullptr) return SPFC_NULL_ARGUMENT;
    return set_action(policy->policy->rules, rule, result, action);
}

spf_action spf_policy_action(const spf_policy* policy, spf_rule rule, spf_result result) {
    if (policy == nullptr) return SPFC_ACTION_NONE;
    const auto* const actions = actions_of(std::as_const(policy->policy->rules), rule);
    const auto of = spf::c_api::result_of(result);
    if (actions == nullptr || !of) return SPFC_ACTION_NONE;
    return static_cast<spf_action>(actions->of(*of));
}

spf_exceptions* spf_exceptions_new() {
    return spf::c_api::released([] { return std::make_unique<spf_exceptions>(); });
}
void spf_exceptions_free(spf_exceptions* exceptions) { delete exceptions; }

spf_error spf_exceptions_set_action(spf_exceptions* exceptions, spf_rule rule, spf_result result,
                                    spf_action action) {
    if (exceptions == nullptr) return SPFC_NULL_ARGUMENT;
    return set_action(exceptions->exceptions, rule, result, action);
}

spf_error spf_exceptions_set_skip(spf_exceptions* exceptions, bool is_skipped) {
    if (exceptions == nullptr) return SPFC_NULL_ARGUMENT;
    exceptions->exceptions.skip = is_skipped;
    return SPFC_OK;
}

spf_error spf_policy_add_domain(spf_policy* policy, const char* pattern,
                                const spf_exceptions* exceptions) {
    if (exceptions == nullptr) return SPFC_NULL_ARGUMENT;
    return change_by(policy, pattern, [&](ReceiverPolicy& to) {
        return add_name(to.domains, pattern, exceptions->exceptions);
    });
}

spf_error spf_policy_add_recipient(spf_policy* policy, const char* recipient,
                                   const spf_exceptions* exceptions) {
    if (exceptions == nullptr) return SPFC_NULL_ARGUMENT;
    return change_by(policy, recipient, [&](ReceiverPolicy& to) {
        return add_name(to.recipients, recipient, exceptions->exceptions);
    });
}

spf_error spf_policy_set_skip_authenticated(spf_policy* policy, bool is_skipped) {
    if (policy == nullptr) return SPFC_NULL_ARGUMENT;
    policy->policy->skip_authenticated = is_skipped;
    return SPFC_OK;
}

spf_error spf_policy_add_skip_network(spf_policy* policy, const char* network) {
    return add_network(policy, &spf_policy::Added::skipped, network);
}

spf_error spf_policy_clear_skip_networks(spf_policy* policy) {
    if (policy == nullptr) return SPFC_NULL_ARGUMENT;
    policy->added.skipped.clear();
    policy->policy->skip_networks = spf::NetworkSet{};
    return SPFC_OK;
}

spf_error spf_policy_add_skip_helo(spf_policy* policy, const char* pattern) {
    return change_by(policy, pattern, [&](ReceiverPolicy& to) {
        return add_name(to.skip_helo_names, pattern, true);
    });
}

spf_error spf_policy_add_relay_network(spf_policy* policy, const char* network) {
    return add_network(policy, &spf_policy::Added::relays, network);
}

spf_error spf_policy_add_relay_host(spf_policy* policy, const char* host) {
    return change_by(policy, host,
                     [&](ReceiverPolicy& to) { return add_relay(to.relay_hosts, host); });
}

spf_error spf_policy_add_relay_domain(spf_policy* policy, const char* domain) {
    return change_by(policy, domain,
                     [&](ReceiverPolicy& to) { return add_relay(to.relay_domains, domain); });
}

spf_error spf_policy_set_test(spf_policy* policy, bool is_test) {
    if (policy == nullptr) return SPFC_NULL_ARGUMENT;
    policy->policy->is_test = is_test;
    return SPFC_OK;
}

spf_error spf_policy_set_reason(spf_policy* policy, const char* text, spf_text_error* error) {
    if (error != nullptr) *error = spf_text_error{};
    if (policy == nullptr) return SPFC_NULL_ARGUMENT;
    if (text == nullptr) {
        policy->policy->reason.reset();
        return SPFC_OK;
    }
    return spf::c_api::guarded([&] {
        auto reason = spf::receiver::ReasonText::parse(text);
        if (!reason) {
            describe(reason.error(), error);
            return SPFC_BAD_TEXT;
        }
        policy->policy->reason = *std::move(reason);
        return SPFC_OK;
    });
}
