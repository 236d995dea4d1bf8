#include <sstream>

#include "header_reader.hpp"
#include "spf/base/printable.hpp"
#include "spf/report/authentication_results.hpp"
#include "spf/report/received_spf.hpp"
#include "support/catch.hpp"
#include "support/outcomes.hpp"

using namespace report_test;
using spf::Result;
using spf::report::Folding;

TEST_CASE("Received-SPF says what RFC 7208 requires for verifying it", "[report][rfc7208-9.1]") {
    CHECK(spf::report::received_spf("mx.example.org", outcome_of(Result::pass)) ==
          "Received-SPF: pass (mx.example.org: domain of alice@example.com designates\r\n"
          " 192.0.2.10 as permitted sender) client-ip=192.0.2.10;\r\n"
          " envelope-from=\"alice@example.com\"; helo=mx.example.com; identity=mailfrom;\r\n"
          " mechanism=\"ip4:192.0.2.0/28\"; receiver=mx.example.org");
}

TEST_CASE("Received-SPF is legal and names the result, whatever the result is",
          "[report][rfc7208-9.1]") {
    for (const Result result : all_results()) {
        CAPTURE(to_string(result));
        const auto pairs =
            read_received_spf(spf::report::received_spf("mx.example.org", outcome_of(result)));
        REQUIRE(pairs);
        CHECK(pairs->at("result") == to_string(result));
        CHECK(pairs->at("client-ip") == "192.0.2.10");
        CHECK(pairs->at("identity") == "mailfrom");
        CHECK(pairs->at("envelope-from") == "alice@example.com");
        CHECK(pairs->at("receiver") == "mx.example.org");
        CHECK(pairs->contains("problem") == (outcome_of(result).problem.has_value()));
    }
}

TEST_CASE("Received-SPF has no envelope-from for the HELO identity, an empty one for bounces",
          "[report][rfc7208-9.1]") {
    spf::Outcome outcome = outcome_of(Result::pass);
    outcome.null_sender = true;
    CHECK(read_received_spf(spf::report::received_spf(outcome.receiver, outcome))
              .value()
              .at("envelope-from")
              .empty());
    outcome.identity = spf::Identity::helo;
    const auto pairs = read_received_spf(spf::report::received_spf(outcome.receiver, outcome));
    REQUIRE(pairs);
    CHECK_FALSE(pairs->contains("envelope-from"));
    CHECK(pairs->at("identity") == "helo");
}

TEST_CASE("an IPv6 address is quoted, as it is not a dot-atom", "[report][rfc7208-9.1]") {
    spf::Outcome outcome = outcome_of(Result::pass);
    outcome.ip = *spf::IpAddress::parse("2001:db8::1");
    CHECK_THAT(spf::report::received_spf(outcome.receiver, outcome),
               Catch::Contains("client-ip=\"2001:db8::1\""));
}

TEST_CASE("nothing that untrusted senders send breaks Received-SPF", "[report][rfc7208-9.1]") {
    for (const Result result : all_results()) {
        for (const std::string& text : hostile_strings()) {
            CAPTURE(to_string(result), text.substr(0, 60), text.size());
            const spf::Outcome outcome = hostile_outcome(result, text);
            const std::string folded = spf::report::received_spf(outcome.receiver, outcome);
            const std::string line =
                spf::report::received_spf(outcome.receiver, outcome, Folding::unfolded);
            CHECK(folded.size() <= 998);
            CHECK(line.find('\n') == std::string::npos);
            const auto pairs = read_received_spf(folded);
            REQUIRE(pairs);
            CHECK(pairs == read_received_spf(line));
            CHECK(pairs->at("result") == to_string(result));
            CHECK(pairs->at("client-ip") == "192.0.2.10");
        }
    }
}

TEST_CASE("values survive quoting as they were", "[report][rfc7208-9.1]") {
    spf::Outcome outcome = outcome_of(Result::fail);
    outcome.sender = "\"a \\\" b\"@example.com";
    outcome.helo = "[192.0.2.1]";
    const auto pairs = read_received_spf(spf::report::received_spf(outcome.receiver, outcome));
    REQUIRE(pairs);
    CHECK(pairs->at("envelope-from") == outcome.sender);
    CHECK(pairs->at("helo") == outcome.helo);
}

TEST_CASE("lines of a folded field are at most 78 octets if there are spaces", "[report]") {
    std::istringstream lines(
        spf::report::received_spf("mx.example.org", outcome_of(Result::permerror)));
    for (std::string line; std::getline(lines, line);) {
        CAPTURE(line);
        CHECK(line.size() <= 79);  // with the CR
    }
}

TEST_CASE("a field folded with LF has the same lines without CR", "[report]") {
    for (const Result result : all_results()) {
        CAPTURE(to_string(result));
        const spf::Outcome outcome = outcome_of(result);
        std::string expected = spf::report::received_spf("mx.example.org", outcome);
        std::erase(expected, '\r');
        CHECK(expected.find("\n ") != std::string::npos);
        CHECK(spf::report::received_spf("mx.example.org", outcome, Folding::folded_with_lf) ==
              expected);
    }
    spf::MailCheck mail;
    mail.helo = outcome_of(Result::permerror);
    mail.mail_from = outcome_of(Result::permerror);
    std::string expected = spf::report::authentication_results("mx.example.org", mail);
    std::erase(expected, '\r');
    CHECK(expected.find('\n') != std::string::npos);
    CHECK(spf::report::authentication_results("mx.example.org", mail, Folding::folded_with_lf) ==
          expected);
}

TEST_CASE("Authentication-Results names the domain that was checked", "[report][rfc8601-2.7.2]") {
    spf::Outcome outcome = outcome_of(Result::pass);
    CHECK(spf::report::authentication_results(outcome.receiver, outcome) ==
          "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.com");
    CHECK(spf::report::authentication_results_part(outcome) ==
          "spf=pass smtp.mailfrom=example.com");
    outcome.null_sender = true;
    outcome.domain = "mx.example.com";
    CHECK(spf::report::authentication_results_part(outcome) == "spf=pass smtp.helo=mx.example.com");
    outcome.null_sender = false;
    outcome.identity = spf::Identity::helo;
    CHECK(spf::report::authentication_results_part(outcome) == "spf=pass smtp.helo=mx.example.com");
}

TEST_CASE("Authentication-Results reports both identities of a message, MAIL FROM first",
          "[report][rfc8601-2.2]") {
    spf::MailCheck mail;
    CHECK(spf::report::authentication_results("mx.example.org", mail) ==
          "Authentication-Results: mx.example.org; none");
    mail.helo = outcome_of(Result::pass);
    mail.helo->identity = spf::Identity::helo;
    mail.helo->domain = "mail.example.com";
    CHECK(spf::report::authentication_results("mx.example.org", mail) ==
          "Authentication-Results: mx.example.org; spf=pass smtp.helo=mail.example.com");
    mail.mail_from = outcome_of(Result::fail);
    CHECK(spf::report::authentication_results("mx.example.org", mail) ==
          "Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=example.com;\r\n"
          " spf=pass smtp.helo=mail.example.com");
    // 2.4: with a null reverse-path the HELO name is the sender, and it is not reported twice.
    mail.mail_from->null_sender = true;
    mail.mail_from->domain = "mail.example.com";
    CHECK(spf::report::authentication_results("mx.example.org", mail) ==
          "Authentication-Results: mx.example.org; spf=fail smtp.helo=mail.example.com");
}

TEST_CASE("Received-SPF says that no directive matched, in the RFC's word",
          "[report][rfc7208-9.1]") {
    const auto pairs =
        read_received_spf(spf::report::received_spf("mx.example.org", outcome_of(Result::neutral)));
    REQUIRE(pairs);
    CHECK(pairs->at("mechanism") == "default");
}

TEST_CASE("Received-SPF without a name of the receiver has no such key", "[report][rfc7208-9.1]") {
    const auto pairs = read_received_spf(spf::report::received_spf("", outcome_of(Result::pass)));
    REQUIRE(pairs);
    CHECK_FALSE(pairs->contains("receiver"));
}

TEST_CASE("Authentication-Results gives the reason of errors", "[report][rfc8601-2.2]") {
    for (const Result result : all_results()) {
        CAPTURE(to_string(result));
        const auto pairs = read_authentication_results(
            spf::report::authentication_results("mx.example.org", outcome_of(result)));
        REQUIRE(pairs);
        CHECK(pairs->at("spf") == to_string(result));
        CHECK(pairs->contains("reason") == outcome_of(result).problem.has_value());
    }
}

TEST_CASE("nothing that untrusted senders send breaks Authentication-Results",
          "[report][rfc8601-2.2]") {
    for (const Result result : all_results()) {
        for (const std::string& text : hostile_strings()) {
            CAPTURE(to_string(result), text.substr(0, 60), text.size());
            const spf::Outcome outcome = hostile_outcome(result, text);
            const std::string folded =
                spf::report::authentication_results(outcome.receiver, outcome);
            CHECK(folded.size() <= 998);
            const auto pairs = read_authentication_results(folded);
            REQUIRE(pairs);
            CHECK(pairs == read_authentication_results(spf::report::authentication_results(
                               outcome.receiver, outcome, Folding::unfolded)));
            CHECK(pairs->at("spf") == to_string(result));
        }
    }
}

TEST_CASE("Authentication-Results with three names of full length omits the result for HELO",
          "[report][rfc5322-2.1.1]") {
    const std::string name(320, 'a');
    spf::MailCheck mail{hostile_outcome(Result::pass, name), hostile_outcome(Result::fail, name)};
    CHECK(spf::report::authentication_results(name, mail, Folding::unfolded) ==
          "Authentication-Results: " + name + "; spf=fail smtp.mailfrom=" + name);
    // With the longest name that a server can have, both results fit.
    const std::string server(255, 'a');
    CHECK_THAT(spf::report::authentication_results(server, mail, Folding::unfolded),
               Catch::EndsWith("; spf=pass smtp.mailfrom=" + name));
}

TEST_CASE("printable text shows each octet as what it is, within its bound", "[report]") {
    CHECK(spf::printable("a\r\n\t\x1b\x7f\xff~ z") == "a\\x0d\\x0a\\x09\\x1b\\x7f\\xff~ z");
    CHECK(spf::printable("?\\x1b\\") == "?\\x1b\\");  // a second call changes nothing
    // NEL, a C1 control; right-to-left override; zero width space; a letter.
    CHECK(spf::printable("\u0085\u202e\u200b\u00fc") ==
          "\\xc2\\x85\\xe2\\x80\\xae\\xe2\\x80\\x8b\\xc3\\xbc");
    // An escape is written completely or left out.
    CHECK(spf::printable("abc\x1b", 7) == "abc\\x1b");
    CHECK(spf::printable("abcd\x1b", 7) == "abcd...");
    CHECK(spf::printable("abc\x1b"
                         "e",
                         7) == "abc...");
    CHECK(spf::printable("\x1b\x1b", 4) == "...");
    CHECK(spf::printable("a\x1b", 2) == "a");
    CHECK(spf::printable("abcdefgh", 8) == "abcdefgh");
    CHECK(spf::printable("abcdefghi", 8) == "abcde...");
    CHECK(spf::printable("abc", 2) == "ab");
    CHECK(spf::printable("", 0).empty());
}
