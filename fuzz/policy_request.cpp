// Tests the requests of Postfix and the answers to them. A plainer reader determines the expected
// attributes. Whatever a request says, its answer is one printable line that Postfix understands.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "message/messages.hpp"
#include "protocol/answer.hpp"
#include "protocol/request.hpp"
#include "require.hpp"
#include "spf/receiver/reception.hpp"
#include "spf/resolver/zone.hpp"

namespace {

using namespace policyd;

/// Publishes the same record for every name, and the request as its explanation.
class Everywhere final : public spf::dns::Resolver {
public:
    explicit Everywhere(std::string explanation) : explanation_(std::move(explanation)) {}
    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        auto answer = std::make_shared<spf::dns::Answer>();
        answer->status = spf::dns::Status::ok;
        answer->texts.push_back(question.name == "exp.example"
                                    ? explanation_
                                    : "v=spf1 ip4:192.0.2.1 exp=exp.example -all");
        return answer;
    }

private:
    std::string explanation_;
};

std::map<std::string, std::string> attributes_in(const std::string& text) {
    std::map<std::string, std::string> attributes;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t equals = line.find('=');
        REQUIRE_THAT(equals != std::string::npos);
        attributes[line.substr(0, equals)] = line.substr(equals + 1);
    }
    return attributes;
}

void check_attributes(const std::string& text, const PolicyRequest& request) {
    auto attributes = attributes_in(text);
    REQUIRE_THAT(attributes["request"] == "smtpd_access_policy");
    REQUIRE_THAT(attributes["protocol_state"] == request.state);
    REQUIRE_THAT(attributes["client_address"] == request.client_address);
    REQUIRE_THAT(attributes["helo_name"] == request.helo_name);
    REQUIRE_THAT(attributes["sender"] == request.sender);
    REQUIRE_THAT(attributes["recipient"] == request.recipient);
    REQUIRE_THAT(attributes["instance"] == request.instance);
    REQUIRE_THAT(attributes["queue_id"] == request.queue_id);
    REQUIRE_THAT(attributes["sasl_username"] == request.sasl_username);
    REQUIRE_THAT(attributes["policy_context"] == request.policy_context);
}

void check_answer(const PolicyRequest& request, const std::string& answer) {
    REQUIRE_THAT(std::all_of(answer.begin(), answer.end(), spf::ascii::is_printable));
    const bool refuses = answer.starts_with("550 5.7.") || answer.starts_with("451 4.7.") ||
                         answer.starts_with("DEFER_IF_PERMIT 4.7.");
    REQUIRE_THAT(answer == "DUNNO" || answer.starts_with("PREPEND Received-SPF: ") ||
                 answer.starts_with("PREPEND Authentication-Results: ") || refuses);
    if (answer.starts_with("PREPEND ")) REQUIRE_THAT(answer.size() <= 8 + 998);
    const std::string reply =
        "550 5.7.23 <" + std::string(request.recipient) + ">: Recipient address rejected: ";
    // A recipient that is longer than any address may be leaves a short text all the same.
    if (refuses && request.recipient.size() + request.sender.size() <= 320)
        REQUIRE_THAT(reply.size() + answer.size() <= 510 + 16);
}

void check_answers(const std::string& text, const PolicyRequest& request) {
    auto config = std::make_shared<Config>();
    config->headers = {Header::received_spf, Header::authentication_results};
    config->receiver = std::string(request.helo_name);
    config->authserv_id = std::string(request.helo_name);
    config->defer_with = text.size() % 2 == 0 ? DeferWith::literal_451 : DeferWith::defer_if_permit;
    config->policy.rules.mail_from.none = spf::receiver::Action::defer;
    const auto ip = spf::IpAddress::parse(request.client_address);
    Everywhere resolver(text);
    const auto decision = receive({.client = {.ip = ip ? *ip : *spf::IpAddress::parse("192.0.2.2"),
                                              .helo = request.helo_name},
                                   .reverse_path = request.sender,
                                   .recipient = request.recipient,
                                   .is_authenticated = !request.sasl_username.empty()},
                                  config->policy, resolver);
    Message message(config);
    message.decide(request, decision);
    std::string former;
    for (int i = 0; i < 4; ++i) {
        const std::string answer = message.answer(request);
        check_answer(request, answer);
        // A field is added once; a refusal is repeated.
        if (answer.starts_with("PREPEND ")) REQUIRE_THAT(answer != former);
        if (i == 3) REQUIRE_THAT(answer == former);
        former = answer;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string text(data, data + size);
    const auto request = parse_request(text);
    if (!request) return 0;
    check_attributes(text, *request);
    check_answers(text, *request);
    return 0;
}
