#include "service/policy_service.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "names/idn.hpp"
#include "names/parts.hpp"
#include "spf/base/printable.hpp"
#include "spf/receiver/session.hpp"
#include "spf/report/log_line.hpp"

namespace policyd {
namespace {

/// The minimum number of messages that are remembered.
constexpr std::size_t min_messages = 1024;

constexpr std::size_t max_logged_answer = 1500;  // octets

spf::PolicyCacheOptions policy_options(const Config& config) {
    spf::PolicyCacheOptions options;
    options.policy.limits = config.options.limits;
    options.max_bytes = 8192;  // a policy of about 400 networks
    options.max_total_bytes = config.start.cache_octets / 2;
    // Most policies have less than 1 KiB. The domains that are met only once take memory, too.
    constexpr std::size_t least_domains = 4096;
    options.max_domains = std::max(options.max_total_bytes / options.max_bytes, least_domains);
    return options;
}

spf::CaresDriver driver_for(const StartConfig& start, spf::PolicyCache& policies) {
    auto driver = spf::CaresDriver::make({.servers = start.name_servers, .policies = &policies});
    if (!driver) throw std::runtime_error(std::string(driver.error().message()));
    return *std::move(driver);
}

/// Notes the names of a request with A-labels, which SPF looks up (RFC 8616, 4). In
/// internationalised mail, Postfix passes U-labels on as they are.
void note_names(Conversation& conversation) {
    conversation.helo = conversation.request.helo_name;
    conversation.sender = conversation.request.sender;
    if (!spfcheck::is_ascii(conversation.helo))
        conversation.helo = spfcheck::ascii_domain(conversation.helo);
    if (!spfcheck::is_ascii(conversation.sender))
        conversation.sender = spfcheck::ascii_sender(conversation.sender);
}

spf::receiver::Session session_of(const Conversation& conversation) {
    const PolicyRequest& request = conversation.request;
    return {.client = {.ip = conversation.client,
                       .helo = conversation.helo,
                       .receiver = conversation.config->receiver},
            .reverse_path = conversation.sender,
            .recipient = request.recipient,
            .is_authenticated = !request.sasl_username.empty()};
}

void add_pair(std::string& line, std::string_view key, std::string_view value) {
    if (value.empty()) return;
    line += ' ';
    spf::report::append_log_pair(line, key, value);
}

/// Adds what tells requests apart.
void add_request(std::string& line, const PolicyRequest& request) {
    add_pair(line, "instance", request.instance);
    add_pair(line, "queue-id", request.queue_id);
    add_pair(line, "state", request.state);
    add_pair(line, "context", request.policy_context);
}

}  // namespace

PolicyService::PolicyService(Config config, Log& log)
    : config_(std::make_shared<const Config>(std::move(config))),
      log_(&log),
      messages_(std::max(min_messages, 2 * config_->start.max_connections)),
      // The parsed records would take as much memory again, and most checks of busy domains need
      // the compiled policies alone.
      answers_({.max_bytes = config_->start.cache_octets, .parse_records = false}),
      policies_(answers_, policy_options(*config_)),
      driver_(driver_for(config_->start, policies_)) {}

/// Notes to which message a request belongs, and forgets the former message of the conversation.
void PolicyService::enter(Conversation& conversation, const PolicyRequest& request) {
    if (conversation.instance != request.instance) {
        if (!conversation.key.empty()) messages_.forget(conversation.key);
        conversation.instance = request.instance;
    }
    conversation.key = Messages::key_of(request);
}

std::optional<Answer> PolicyService::ask(Conversation& conversation, const PolicyRequest& request) {
    auto answer = answer_at_once(conversation, request);
    if (answer) log_answer(request, *answer);
    return answer;
}

std::optional<Answer> PolicyService::answer_at_once(Conversation& conversation,
                                                    const PolicyRequest& request) {
    ++counters_.requests;
    if (request.stage == Stage::before_mail) return dunno();
    enter(conversation, request);
    Message* const message = conversation.key.empty() ? nullptr : messages_.find(conversation.key);
    if (message != nullptr && message->is_decided(request)) return message->answer(request);
    const auto client = spf::IpAddress::parse(request.client_address);
    if (!client) {
        ++counters_.unknown_clients;
        log_->line(LogLevel::info,
                   "not checked, because Postfix does not know the address of the "
                   "client: " +
                       spf::report::log_pair("client", request.client_address) + ' ' +
                       spf::report::log_pair("instance", request.instance));
        return dunno();
    }
    conversation.request = request;
    conversation.client = *client;
    note_names(conversation);
    conversation.config = message != nullptr ? message->config() : config_;
    spf::Options options = conversation.config->options;
    options.hints = true;
    conversation.ticket = driver_.submit_reception(
        session_of(conversation), conversation.config->policy,
        [this, &conversation](const spf::receiver::Decision& decision) {
            decided(conversation, decision);
        },
        options);
    return std::nullopt;
}

void PolicyService::decided(Conversation& conversation, const spf::receiver::Decision& decision) {
    counters_.count(decision);
    if (log_->has(LogLevel::info)) log(conversation, decision);
    Message alone(conversation.config);
    Message* message = &alone;
    if (!conversation.key.empty()) {
        message = &messages_.keep(conversation.key, std::move(alone));
    }
    message->decide(conversation.request, decision);
    const Answer answer = message->answer(conversation.request);
    log_answer(conversation.request, answer);
    conversation.reply(answer);
}

void PolicyService::log(const Conversation& conversation, const spf::receiver::Decision& decision) {
    std::string line = spf::report::log_line(session_of(conversation), decision);
    add_request(line, conversation.request);
    log_->line(LogLevel::info, line);
}

void PolicyService::log_answer(const PolicyRequest& request, std::string_view answer) {
    if (!log_->has(LogLevel::debug)) return;
    std::string line = "answered";
    add_pair(line, "to", request.recipient);
    add_request(line, request);
    line += ": " + spf::printable(answer, max_logged_answer);
    log_->line(LogLevel::debug, line);
}

void PolicyService::end(Conversation& conversation) {
    driver_.cancel(conversation.ticket);
    conversation.ticket = {};
}

void PolicyService::reconfigure(Config config) {
    config_ = std::make_shared<const Config>(std::move(config));
    policies_.set_limits(config_->options.limits);
}

std::string PolicyService::metrics(std::size_t open_connections) const {
    return metrics_text(counters_, {.open_connections = open_connections,
                                    .checks = driver_.in_flight(),
                                    .driver = driver_.statistics(),
                                    .answers = answers_.statistics(),
                                    .policies = policies_.statistics()});
}

}  // namespace policyd
