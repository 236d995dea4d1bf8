// A message with many recipients is checked once, and has its header fields once.

#include "message/messages.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "spf/receiver/reception.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"

using namespace policyd;

namespace {

PolicyRequest request_for(std::string_view recipient, Stage stage = Stage::rcpt) {
    return {.stage = stage,
            .client_address = "192.0.2.1",
            .helo_name = "mx.example.com",
            .sender = "a@example.com",
            .recipient = recipient,
            .instance = "1.2.3.4"};
}

/// The decision about a message from 192.0.2.1 for a@example.com that is for `recipient`.
spf::receiver::Decision decision(const Config& config, std::string_view record,
                                 std::string_view recipient = {}) {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", std::string(record));
    return receive({.client = {.ip = *spf::IpAddress::parse("192.0.2.1")},
                    .reverse_path = "a@example.com",
                    .recipient = recipient},
                   config.policy, zone);
}

std::shared_ptr<const Config> shared(Config config) {
    config.receiver = "mx.receiver.test";
    config.authserv_id = "mx.receiver.test";
    return std::make_shared<const Config>(std::move(config));
}

}  // namespace

TEST_CASE("A header field is added for the first recipient only", "[policyd][message]") {
    Message message(shared({}));
    message.decide(request_for("a@receiver.test"), decision(*message.config(), "v=spf1 +all"));
    const Answer first = message.answer(request_for("a@receiver.test"));
    CHECK(first.starts_with("PREPEND Received-SPF: pass (mx.receiver.test: "));
    CHECK(message.answer(request_for("b@receiver.test")) == "DUNNO");
    CHECK(message.answer(request_for("", Stage::data)) == "DUNNO");
}

TEST_CASE("A refusal is repeated for each recipient", "[policyd][message]") {
    Message message(shared({}));
    message.decide(request_for("a@receiver.test"), decision(*message.config(), "v=spf1 -all"));
    CHECK(message.answer(request_for("a@receiver.test")).starts_with("550 5.7.23 "));
    CHECK(message.answer(request_for("b@receiver.test")).starts_with("550 5.7.23 "));
}

TEST_CASE("Two header fields are added by two answers, in order", "[policyd][message]") {
    Config config;
    config.headers = {Header::received_spf, Header::authentication_results};
    Message message(shared(config));
    message.decide(request_for("a@receiver.test"), decision(*message.config(), "v=spf1 +all"));
    CHECK(message.answer(request_for("a@receiver.test")).starts_with("PREPEND Received-SPF: "));
    CHECK(message.answer(request_for("", Stage::data)) ==
          "PREPEND Authentication-Results: mx.receiver.test; spf=pass smtp.mailfrom=example.com");
    CHECK(message.answer(request_for("", Stage::data)) == "DUNNO");
}

TEST_CASE("At the end of the message no field is added, as Postfix ignores it",
          "[policyd][message]") {
    Message message(shared({}));
    message.decide(request_for("a@receiver.test"), decision(*message.config(), "v=spf1 +all"));
    CHECK(message.answer(request_for("", Stage::end_of_message)) == "DUNNO");
}

TEST_CASE("Without header fields an accepted message has no action", "[policyd][message]") {
    Config config;
    config.headers.clear();
    Message message(shared(config));
    message.decide(request_for("a@receiver.test"), decision(*message.config(), "v=spf1 +all"));
    CHECK(message.answer(request_for("a@receiver.test")) == "DUNNO");
}

TEST_CASE("A recipient with exceptions has a decision of its own", "[policyd][message]") {
    Config config;
    REQUIRE(config.policy.recipients.add("postmaster@receiver.test", {.skip = true}));
    Message message(shared(config));
    const auto other = request_for("a@receiver.test");
    const auto postmaster = request_for("postmaster@receiver.test");
    message.decide(other, decision(*message.config(), "v=spf1 -all", other.recipient));
    CHECK(message.is_decided(request_for("b@receiver.test")));
    REQUIRE_FALSE(message.is_decided(postmaster));
    message.decide(postmaster, decision(*message.config(), "v=spf1 -all", postmaster.recipient));
    CHECK(message.answer(postmaster) == "DUNNO");
    CHECK(message.answer(other).starts_with("550 5.7.23 "));
}

TEST_CASE("A request without instance has no message", "[policyd][message]") {
    PolicyRequest request = request_for("a@receiver.test");
    request.instance = "";
    CHECK(Messages::key_of(request).empty());
}

TEST_CASE("Restrictions with different contexts ask about the same message", "[policyd][message]") {
    PolicyRequest request = request_for("a@receiver.test");
    const std::string without = Messages::key_of(request);
    request.policy_context = "second";
    CHECK(Messages::key_of(request) == without);
}

TEST_CASE("An instance that is too long is not remembered", "[policyd][message]") {
    PolicyRequest request = request_for("a@receiver.test");
    const std::string instance(1000, '1');
    request.instance = instance;
    CHECK(Messages::key_of(request).empty());
}

TEST_CASE("At DATA a message with several recipients has the mildest decision",
          "[policyd][message]") {
    Config config;
    REQUIRE(config.policy.recipients.add("free@receiver.test", {.skip = true}));
    spf::receiver::Exceptions soft;
    soft.mail_from.fail = spf::receiver::Action::mark;
    REQUIRE(config.policy.recipients.add("soft@receiver.test", soft));
    config.headers = {Header::received_spf, Header::authentication_results};
    Message message(shared(config));
    const auto all = request_for("", Stage::data);
    CHECK_FALSE(message.is_decided(all));
    const auto ask = [&](std::string_view recipient) {
        const auto request = request_for(recipient);
        message.decide(request, decision(*message.config(), "v=spf1 -all", recipient));
        return message.answer(request);
    };
    CHECK(ask("user@receiver.test").starts_with("550 "));
    REQUIRE(message.is_decided(all));
    CHECK(message.answer(all).starts_with("550 "));
    CHECK(ask("free@receiver.test") == "DUNNO");
    CHECK(message.answer(all) == "DUNNO");
    CHECK(ask("soft@receiver.test").starts_with("PREPEND Received-SPF: fail "));
    CHECK(message.answer(all).starts_with("PREPEND Authentication-Results: "));
    CHECK(message.answer(all) == "DUNNO");
}

TEST_CASE("A message is forgotten some time after its last request", "[policyd][message]") {
    Messages messages(10);
    messages.keep("a", Message(shared({})));
    messages.forget_before(Messages::Clock::now() - std::chrono::hours(1));
    CHECK(messages.size() == 1);
    messages.forget_before(Messages::Clock::now() + std::chrono::hours(1));
    CHECK(messages.size() == 0);
}

TEST_CASE("The message that was not asked about for the longest time is forgotten first",
          "[policyd][message]") {
    Messages messages(2);
    messages.keep("a", Message(shared({})));
    messages.keep("b", Message(shared({})));
    REQUIRE(messages.find("a") != nullptr);
    messages.keep("c", Message(shared({})));
    CHECK(messages.size() == 2);
    CHECK(messages.find("a") != nullptr);
    CHECK(messages.find("b") == nullptr);
    CHECK(messages.find("c") != nullptr);
}
