// What the writers of both fields write is read strictly, with the values that were written. The
// values come from a generator, as an untrusted sender could choose them.

#include <random>

#include "spf/base/printable.hpp"
#include "spf/message/authentication_results.hpp"
#include "spf/message/received_spf.hpp"
#include "spf/report/authentication_results.hpp"
#include "spf/report/received_spf.hpp"
#include "support/catch.hpp"
#include "support/outcomes.hpp"

using namespace report_test;
using spf::Outcome;
using spf::Result;
using spf::report::Folding;

namespace {

constexpr int generated_outcomes = 1'200;
constexpr std::array<Folding, 2> both_foldings{Folding::folded, Folding::unfolded};

/// Generates texts of parts that are difficult in header fields. Most are short, some have 10,000
/// octets.
class Texts {
public:
    explicit Texts(std::uint32_t seed) : random_(seed) {}

    std::string next() {
        static const std::vector<std::string> parts{"a",
                                                    "example.com",
                                                    "@",
                                                    ".",
                                                    "..",
                                                    " ",
                                                    "  ",
                                                    "\t",
                                                    "\"",
                                                    "\\",
                                                    "(",
                                                    ")",
                                                    ";",
                                                    "; ",
                                                    "=",
                                                    "/",
                                                    ":",
                                                    "[192.0.2.1]",
                                                    "\r\n",
                                                    "\n",
                                                    "\r",
                                                    "\r\n\r\n",
                                                    "\r\nX-Injected: yes",
                                                    "; spf=pass",
                                                    " receiver=evil.example",
                                                    std::string(1, '\0'),
                                                    "\x01",
                                                    "\x1b[31m",
                                                    "\x7f",
                                                    "\u00fc",
                                                    "\u202e",
                                                    "\U0001f600",
                                                    "\xfc",
                                                    "\xff\xfe",
                                                    "\xe2\x82",
                                                    "i=1;",
                                                    "none",
                                                    "<>"};
        std::string text;
        const bool is_long = random_() % 50 == 0;
        const std::size_t count = is_long ? 10'000 : random_() % 8;
        const std::size_t only = random_() % parts.size();  // a long text often repeats one part
        const bool repeats = random_() % 2 == 0;
        while (is_long ? text.size() < 10'000 : text.size() < count)
            text += parts[is_long && repeats ? only : random_() % parts.size()];
        return text;
    }
    std::uint32_t number(std::uint32_t bound) {
        return static_cast<std::uint32_t>(random_()) % bound;
    }

private:
    std::mt19937 random_;
};

Outcome generated(Texts& texts) {
    Outcome outcome = outcome_of(all_results()[texts.number(7)]);
    outcome.sender = texts.next();
    outcome.domain = texts.next();
    outcome.helo = texts.next();
    outcome.null_sender = texts.number(8) == 0;
    outcome.explanation = texts.next();
    if (texts.number(3) == 0) outcome.identity = spf::Identity::helo;
    if (texts.number(3) == 0) outcome.ip = *spf::IpAddress::parse("2001:db8::1");
    if (!outcome.mechanism.empty() && texts.number(2) == 0) outcome.mechanism = texts.next();
    if (outcome.problem) {
        outcome.problem->domain = texts.next();
        outcome.problem->text = texts.next();
    }
    return outcome;
}

/// Returns whether `read` is what a writer wrote for `original`: the printable text, or its
/// beginning and "...".
bool is_written_from(const std::string& read, std::string_view original) {
    const std::string whole = spf::printable(original);
    if (read == whole) return read.size() <= 320;
    return read.ends_with("...") && read.size() <= 320 &&
           whole.starts_with(std::string_view(read).substr(0, read.size() - 3));
}

/// Returns the text after the name of a field.
std::string body_of(const std::string& field, std::string_view name) {
    REQUIRE(field.starts_with(name));
    CHECK(field.size() <= 998);
    CHECK(field.find("\n\r") == std::string::npos);
    return field.substr(name.size());
}

/// Returns the only value of a key, or nothing if the key is absent.
std::optional<std::string> value_of(const spf::ReceivedSpf& field, std::string_view key) {
    std::optional<std::string> value;
    for (const auto& pair : field.pairs) {
        if (pair.key != key) continue;
        CHECK_FALSE(value);
        value = pair.value;
    }
    return value;
}

void check_pairs(const spf::ReceivedSpf& field, const Outcome& outcome,
                 const std::string& receiver) {
    CHECK(field.result == outcome.result);
    CHECK(value_of(field, "client-ip") == outcome.ip.to_string());
    CHECK(value_of(field, "identity") == std::string(to_string(outcome.identity)));
    const auto sender = value_of(field, "envelope-from");
    REQUIRE(sender.has_value() == (outcome.identity == spf::Identity::mail_from));
    if (sender) CHECK(is_written_from(*sender, outcome.null_sender ? "" : outcome.sender));
    const auto helo = value_of(field, "helo");
    REQUIRE(helo.has_value() == !outcome.helo.empty());
    if (helo) CHECK(is_written_from(*helo, outcome.helo));
    // These keys are omitted if the field would be too long.
    if (const auto read = value_of(field, "receiver")) CHECK(is_written_from(*read, receiver));
    if (const auto read = value_of(field, "mechanism"); read && *read != "default")
        CHECK(is_written_from(*read, outcome.mechanism));
    if (const auto problem = value_of(field, "problem")) {
        REQUIRE(outcome.problem);
        CHECK(is_printable(*problem));
        CHECK(problem->starts_with(outcome.problem->message().substr(0, 40)));
    }
    CHECK(field.pairs.size() <= 7);
}

/// Returns a property and its value, or an empty text if the result has none.
std::string property_of(const spf::AuthenticationResult& result) {
    REQUIRE(result.properties.size() <= 1);
    if (result.properties.empty()) return {};
    return result.properties.front().ptype.value() + "." + result.properties.front().property;
}

void check_result(const spf::AuthenticationResult& result, const Outcome& outcome) {
    CHECK(result.method == "spf");
    CHECK(result.result == to_string(outcome.result));
    const bool is_mail_from = outcome.is_about_mail_from();
    CHECK(property_of(result) == (outcome.domain.empty() ? ""
                                  : is_mail_from         ? "smtp.mailfrom"
                                                         : "smtp.helo"));
    if (!outcome.domain.empty())
        CHECK(is_written_from(result.properties.front().value, outcome.domain));
    if (result.reason) {
        REQUIRE(outcome.problem);
        CHECK(result.reason->starts_with(outcome.problem->message().substr(0, 40)));
    }
}

}  // namespace

TEST_CASE("Received-SPF of any sender, HELO name and receiver is read strictly as it was written",
          "[report][message][rfc7208-9.1]") {
    Texts texts(1);
    for (int i = 0; i < generated_outcomes; ++i) {
        const Outcome outcome = generated(texts);
        const std::string receiver = texts.next();
        std::vector<spf::ReceivedSpf> read;
        for (const Folding folding : both_foldings) {
            const std::string body =
                body_of(spf::report::received_spf(receiver, outcome, folding), "Received-SPF: ");
            CAPTURE(i, body);
            const auto field = spf::parse_received_spf(body);
            REQUIRE(field);
            check_pairs(*field, outcome, receiver);
            read.push_back(*field);
        }
        CHECK(read[0].pairs == read[1].pairs);
        CHECK(read[0].comment.has_value() == read[1].comment.has_value());
        CHECK(spf::parse_received_spf(spf::report::received_spf(receiver, outcome).substr(14) +
                                      "\r\n")
                  .has_value());
    }
}

TEST_CASE("Authentication-Results of any authserv-id and domain is read strictly as it was written",
          "[report][message][rfc8601-2.2]") {
    Texts texts(2);
    for (int i = 0; i < generated_outcomes; ++i) {
        const spf::MailCheck mail{generated(texts), generated(texts)};
        const std::string id = texts.next();
        std::vector<spf::AuthenticationResults> read;
        for (const Folding folding : both_foldings) {
            const std::string body =
                body_of(spf::report::authentication_results(id, *mail.mail_from, folding),
                        "Authentication-Results: ");
            CAPTURE(i, body);
            const auto field = spf::parse_authentication_results(body);
            REQUIRE(field);
            CHECK(is_written_from(field->authserv_id.value(), id));
            CHECK_FALSE(field->version);
            REQUIRE(field->results.size() == 1);
            check_result(field->results.front(), *mail.mail_from);
            if (!field->authserv_id->empty()) CHECK(spf::should_remove(*field->authserv_id, body));
            read.push_back(*field);
        }
        CHECK(read[0] == read[1]);
    }
}

TEST_CASE("Authentication-Results of both identities is read strictly with both results",
          "[report][message][rfc8601-2.2]") {
    Texts texts(3);
    for (int i = 0; i < generated_outcomes; ++i) {
        spf::MailCheck mail{generated(texts), generated(texts)};
        mail.helo->identity = spf::Identity::helo;
        mail.mail_from->identity = spf::Identity::mail_from;
        mail.mail_from->null_sender = false;
        const std::string body = body_of(spf::report::authentication_results(texts.next(), mail),
                                         "Authentication-Results: ");
        CAPTURE(i, body);
        const auto field = spf::parse_authentication_results(body);
        REQUIRE(field);
        REQUIRE(field->results.size() == 2);
        check_result(field->results[0], *mail.mail_from);
        check_result(field->results[1], *mail.helo);
    }
}

TEST_CASE("smtp.mailfrom has only the domain, and an authserv-id with a slash is quoted",
          "[report][message][rfc8601-2.7.2]") {
    Outcome outcome = outcome_of(Result::pass);
    outcome.sender = "\"a b\"@example.com";
    CHECK(spf::report::authentication_results("mx.example.org/4Bx8", outcome, Folding::unfolded) ==
          "Authentication-Results: \"mx.example.org/4Bx8\"; spf=pass smtp.mailfrom=example.com");
}
