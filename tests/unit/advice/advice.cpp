#include "spf/advice/advice.hpp"

#include <algorithm>
#include <sstream>

#include "advice/sentences.hpp"
#include "spf/net/ip.hpp"
#include "spf/report/text.hpp"
#include "support/advice.hpp"
#include "support/catch.hpp"
#include "support/outcomes.hpp"
#include "support/sentences.hpp"

using namespace advice_test;
using namespace report_test;
using spf::Result;

namespace {

/// As spfcheck prints it.
std::string whole_report(const spf::Outcome& outcome, const spf::advice::Context& context = {}) {
    return spf::report::report(outcome) + '\n' +
           spf::advice::text(spf::advice::what_to_do(outcome, context));
}

}  // namespace

TEST_CASE("no record that lists the address is handed over, whatever the result and the record",
          "[report][advice]") {
    for (const Result result : all_results()) {
        for (const char* record : {"v=spf1 mx -all", "v=spf1 -all", "v=spf1", "v=spf1 mx ?all",
                                   "v=spf1 redirect=_spf.example.net"}) {
            for (const char* ip : {"192.0.2.10", "2001:db8::1", "10.0.0.1"}) {
                spf::Outcome outcome = with_record(result, record, "-all");
                outcome.ip = *spf::IpAddress::parse(ip);
                outcome.mechanism = usual_mechanism(result);
                const std::string said = texts(outcome) + commands(outcome);
                CAPTURE(result, record, ip, said);
                CHECK(said.find("ip4:" + std::string(ip)) == std::string::npos);
                CHECK(said.find("ip6:" + std::string(ip)) == std::string::npos);
                CHECK(said.find("v=spf1 ") == std::string::npos);
            }
        }
    }
}

TEST_CASE("of an address that is not listed it is asked whose it is", "[report][advice]") {
    for (const Result result : {Result::fail, Result::softfail, Result::neutral}) {
        const spf::Outcome outcome = from(result, "198.51.100.7");
        CHECK_THAT(texts(outcome), Catch::Contains("Whose server is 198.51.100.7?"));
        CHECK(commands(outcome) == "spfcheck authorize example.com 198.51.100.7\n");
    }
    CHECK_THAT(texts(from(Result::pass, "198.51.100.7")), !Catch::Contains("Whose server"));
    spf::advice::Context context;
    context.dns_options = {"--zone", "my zone"};
    CHECK(commands(from(Result::fail, "198.51.100.7"), context) ==
          "spfcheck authorize example.com 198.51.100.7 --zone 'my zone'\n");
}

TEST_CASE("a record that says that no mail is sent is reported as such", "[report][advice]") {
    CHECK_THAT(texts(with_record(Result::fail, "v=spf1 -all", "-all")),
               Catch::Contains("sends no mail at all"));
    CHECK_THAT(texts(with_record(Result::fail, "v=spf1 mx -all", "-all")),
               !Catch::Contains("sends no mail at all"));
}

TEST_CASE("names from untrusted senders are quoted in commands", "[report][advice]") {
    spf::Outcome outcome = from(Result::fail, "198.51.100.7");
    outcome.domain = "a;reboot;'$(x)'.example";
    CHECK(commands(outcome) ==
          "spfcheck authorize 'a;reboot;'\\''$(x)'\\''.example' 198.51.100.7\n");
    outcome.domain = "a\nb.example";  // which no line can show as it is
    CHECK(commands(outcome).empty());
}

TEST_CASE("a client that no mail comes from is a NAT, a proxy or a filter", "[report][advice]") {
    for (const char* ip : {"172.18.0.1", "10.1.2.3", "192.168.0.9", "127.0.0.1", "169.254.1.1",
                           "::1", "fe80::1", "fd12::1", "100.64.0.1"}) {
        for (const Result result :
             {Result::fail, Result::softfail, Result::neutral, Result::none}) {
            const spf::Outcome outcome = from(result, ip);
            CAPTURE(ip, result);
            CHECK_THAT(texts(outcome),
                       Catch::Contains("no mail comes from it through the internet") &&
                           Catch::Contains("a NAT, a proxy or a filter of your own"));
            CHECK_THAT(commands(outcome), !Catch::Contains("authorize"));
            CHECK_THAT(commands(outcome, relayed()),
                       Catch::Contains("check --message m.eml --trusted-relay " + std::string(ip)));
        }
    }
    for (const char* ip : {"172.32.0.1", "11.0.0.1", "198.51.100.1", "2001:db8::1", "2a00::1"}) {
        CHECK_THAT(texts(from(Result::fail, ip)), !Catch::Contains("no mail comes from"));
    }
    CHECK_THAT(texts(from(Result::pass, "10.1.2.3")), !Catch::Contains("no mail comes from"));
}

TEST_CASE("if more Received lines follow, the client may be a relay", "[report][advice]") {
    const spf::Outcome outcome = from(Result::fail, "198.51.100.7");
    CHECK_THAT(commands(outcome, relayed()),
               Catch::StartsWith("spfcheck check --message m.eml --trusted-relay 198.51.100.7\n"));
    spf::advice::Context more = relayed();
    more.trusted = {"192.0.2.1", "2001:db8::/32"};
    CHECK_THAT(commands(outcome, more),
               Catch::Contains("--trusted-relay 192.0.2.1,2001:db8::/32,198.51.100.7\n"));
    CHECK_THAT(commands(outcome), !Catch::Contains("--trusted-relay"));
    CHECK_THAT(commands(outcome_of(Result::pass), relayed()), !Catch::Contains("--trusted-relay"));
    CHECK_THAT(commands(outcome_of(Result::permerror), relayed()),
               !Catch::Contains("--trusted-relay"));
}

TEST_CASE("who had signed in is a user, not a server", "[report][advice][rfc3848]") {
    for (const char* protocol : {"ESMTPSA", "ESMTPA", "UTF8SMTPSA"}) {
        spf::advice::Context context;
        context.signed_in = protocol;
        context.taken_by = "mail.example.com";
        const spf::Outcome outcome = from(Result::fail, "203.0.113.55");
        CHECK_THAT(texts(outcome, context), Catch::Contains(protocol) &&
                                                Catch::Contains("a user submitted the message") &&
                                                Catch::Contains("mail.example.com sends from"));
        CHECK_THAT(commands(outcome, context), !Catch::Contains("authorize"));
    }
    CHECK_THAT(texts(from(Result::fail, "203.0.113.55")), !Catch::Contains("signed in"));
}

TEST_CASE("a record that asks for the HELO name is reported if no name was given",
          "[report][advice][rfc7208-7.2]") {
    const auto [term, asks] = GENERATE(table<std::string, bool>({
        {"include:%{i}._ip.%{h}._ehlo.%{d}.example.net", true},
        {"exists:%{H}.example.net", true},
        {"a:%{h2r}.example.net", true},
        {"exists:%{i}.%{d}.example.net", false},
        {"exists:%%{h}.example.net", false},
        {"include:h.example.net", false},
    }));
    CAPTURE(term);
    spf::Outcome outcome = from(Result::softfail, "192.0.2.89");
    outcome.trace.push_back(directive_step(term));
    CHECK_THAT(texts(outcome), !Catch::Contains("HELO name (the macro"));
    outcome.helo.clear();
    CHECK((texts(outcome).find("HELO name (the macro %{h})") != std::string::npos) == asks);
    CHECK((commands(outcome).find("--helo NAME") != std::string::npos) == asks);
}

TEST_CASE("advice is for the receiver first and never empty", "[report][rfc7208-8]") {
    for (const Result result : all_results()) {
        CAPTURE(to_string(result));
        const auto items = spf::advice::what_to_do(outcome_of(result));
        REQUIRE_FALSE(items.empty());
        CHECK(items.front().to == spf::advice::Advice::To::receiver);
        for (const spf::advice::Advice& item : items) CHECK_FALSE(item.text().empty());
    }
}

TEST_CASE("a command that is too long for a line continues after a backslash", "[report][advice]") {
    spf::advice::Context context;
    context.dns_options = {"--zone", "a folder with spaces/in its name/and a long/example.zone"};
    const std::string shown = whole_report(from(Result::fail, "198.51.100.7"), context);
    CHECK_THAT(shown, Catch::Contains(
                          "             spfcheck authorize example.com 198.51.100.7 --zone \\\n"
                          "               'a folder with spaces/in its name/and a "
                          "long/example.zone'\n"));
}

TEST_CASE("a TXT record that looks like an SPF record is shown", "[report][advice][rfc7208-4.5]") {
    spf::Outcome outcome = outcome_of(Result::none);
    CHECK_THAT(whole_report(outcome), !Catch::Contains("lint"));
    CHECK_THAT(commands(outcome),
               Catch::Contains("authorize example.com 192.0.2.10 --from-scratch"));
    outcome.problem->text = "v=spf1include:_spf.example.net?all";
    CHECK_THAT(whole_report(outcome), Catch::Contains("v=spf1include:_spf.example.net?all") &&
                                          Catch::Contains("looks like an SPF record"));
    CHECK_THAT(texts(outcome), Catch::Contains("no space follows v=spf1"));
    CHECK(commands(outcome) == "spfcheck fix example.com\n");
}

TEST_CASE("a record that leads back to itself is distinguished from a record with many terms",
          "[report][advice][rfc7208-4.6.4]") {
    spf::Outcome outcome = outcome_of(Result::permerror);
    outcome.problem = problem_of(spf::Problem::Code::too_many_dns_lookups);
    CHECK_THAT(whole_report(outcome), !Catch::Contains("leads back to itself"));
    outcome.problem->loop = "b.example.com";
    CHECK_THAT(spf::report::summary(outcome),
               Catch::Contains("the record of b.example.com leads back"));
    CHECK_THAT(whole_report(outcome), Catch::Contains("Remove the include or redirect"));
}

TEST_CASE("every problem has advice", "[advice]") {
    for (std::size_t code = 0; code < spf::Problem::code_count; ++code) {
        for (const Result result : {Result::none, Result::temperror, Result::permerror}) {
            spf::Outcome outcome = outcome_of(result);
            outcome.problem = problem_of(static_cast<spf::Problem::Code>(code), "");
            CAPTURE(code, to_string(result));
            CHECK_FALSE(spf::advice::what_to_do(outcome).empty());
        }
    }
}

TEST_CASE("advice fits into its width and holds nothing that steers a terminal", "[advice]") {
    for (const Result result : all_results()) {
        for (const std::string& text : hostile_strings()) {
            CAPTURE(to_string(result), text.substr(0, 60), text.size());
            const auto advice = spf::advice::what_to_do(hostile_outcome(result, text));
            std::istringstream lines(spf::advice::text(advice));
            for (std::string line; std::getline(lines, line);) {
                CHECK(is_printable(line));
                CHECK(line.size() <= 80);
            }
        }
    }
    CHECK(spf::advice::text({}).empty());
}

TEST_CASE("each advice is printable and bounded, whatever it names", "[advice][message]") {
    spf::test::check_sentences(spf::advice::sentences);
}

TEST_CASE("advice has the arguments that its pattern takes", "[advice][message]") {
    const auto advice = spf::advice::what_to_do(from(Result::fail, "198.51.100.7"));
    REQUIRE(advice.size() == 3);
    const spf::advice::Advice& owner = advice[1];
    CHECK(owner.message == spf::Message<spf::advice::Sentence>{spf::advice::Sentence::whose_server,
                                                               {"198.51.100.7", "example.com"}});
    CHECK(spf::rendered(pattern_of(owner.message.code), owner.message.arguments) == owner.text());
}

TEST_CASE("whose a public address is can be looked up in the networks of services", "[advice]") {
    const auto commands = [](Result result, const char* ip) {
        std::string out;
        for (const spf::advice::Advice& each : spf::advice::what_to_do(from(result, ip))) {
            out += each.command + '\n';
        }
        return out;
    };
    for (const Result result : {Result::fail, Result::softfail, Result::neutral}) {
        CHECK_THAT(commands(result, "8.8.4.4"), Catch::Contains("spfcheck whose 8.8.4.4\n"));
        // An address of an example, a private address.
        CHECK_THAT(commands(result, "198.51.100.7"), !Catch::Contains("whose"));
        CHECK_THAT(commands(result, "10.0.0.1"), !Catch::Contains("whose"));
    }
    for (const Result result : {Result::pass, Result::none, Result::permerror, Result::temperror}) {
        CHECK_THAT(commands(result, "8.8.4.4"), !Catch::Contains("whose"));
    }
}

TEST_CASE("the remedy of a syntax error names the term, the record and what is right",
          "[advice][rfc7208-4.6]") {
    spf::Outcome outcome = outcome_of(Result::permerror);
    const auto said = [&outcome] { return spf::advice::what_to_do(outcome).back().text(); };
    CHECK(said() ==
          "Fix \"ip4:192.0.2.0/33\" in the record of example.com: use /0 to /32. Until then "
          "receivers treat the record as broken (permerror) and may reject the mail.");
    outcome.problem->domain = "_spf.example.net";
    CHECK(
        said() ==
        "Ask the owner of _spf.example.net to do this: fix \"ip4:192.0.2.0/33\" in the record of "
        "_spf.example.net: use /0 to /32. Until then receivers treat the record of example.com as "
        "broken (permerror) and may reject the mail.");
}
