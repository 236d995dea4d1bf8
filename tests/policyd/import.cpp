// The translation of policyd-spf.conf: for each option, the result means the same.

#include "config/import.hpp"

#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include "config/toml.hpp"
#include "support/catch.hpp"

using namespace policyd;
using namespace std::chrono_literals;
using spf::receiver::Action;
using spf::receiver::Actions;

namespace {

Config translated(std::string_view conf) {
    const std::string text = imported(conf);
    INFO(text);
    auto config = parse_config(text);
    REQUIRE(config);
    return *std::move(config);
}

bool has_note(std::string_view conf, std::string_view words) {
    const std::string text = imported(conf);
    INFO(text);
    REQUIRE(parse_config(text));
    return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("Debian's policyd-spf.conf is the default", "[policyd][import]") {
    const Config config = translated(
        "debugLevel = 1 \nTestOnly = 1\nHELO_reject = Fail\nMail_From_reject = Fail\n"
        "PermError_reject = False\nTempError_Defer = False\n"
        "skip_addresses = 127.0.0.0/8,::ffff:127.0.0.0/104,::1\n");
    CHECK(config.policy.rules.mail_from == Actions{});
    CHECK(config.policy.rules.helo == Actions{});
    CHECK(config.policy.rules.null_sender == Actions{});
    CHECK(config.policy.skip_networks == spf::receiver::ReceiverPolicy::loopback());
    CHECK_FALSE(config.policy.is_test);
    CHECK(config.log_level == LogLevel::info);
}

TEST_CASE("A Whitelist leaves loopback unchecked as before", "[policyd][import]") {
    const auto networks = [](std::string_view conf) {
        return translated(conf).policy.skip_networks;
    };
    const auto loopback = *spf::IpAddress::parse("127.0.0.1");
    CHECK(networks("Whitelist = 192.0.2.0/24\n").contains(loopback));
    CHECK(networks("Whitelist = 192.0.2.0/24\n").contains(*spf::IpAddress::parse("192.0.2.9")));
    CHECK_FALSE(networks("skip_addresses = 192.0.2.0/24\n").contains(loopback));
}

TEST_CASE("Errors about HELO matter to null senders alone if HELO_reject is Null",
          "[policyd][import]") {
    const auto rules =
        translated("HELO_reject = Null\nTempError_Defer = True\nPermError_reject = True\n")
            .policy.rules;
    CHECK(rules.null_sender.temperror == Action::defer);
    CHECK(rules.null_sender.permerror == Action::reject);
    CHECK(rules.helo.temperror == Action::mark);
    CHECK(rules.helo.permerror == Action::mark);
    CHECK(rules.mail_from.temperror == Action::defer);
}

TEST_CASE("TestOnly = 0 is a test, with its old name, too", "[policyd][import]") {
    CHECK(translated("TestOnly = 0\n").policy.is_test);
    CHECK(translated("defaultSeedOnly = 0\n").policy.is_test);
    CHECK_FALSE(translated("TestOnly = 1\n").policy.is_test);
}

TEST_CASE("What is refused is the same for each choice", "[policyd][import]") {
    const auto mail_from = [](std::string_view choice) {
        return translated("Mail_From_reject = " + std::string(choice)).policy.rules.mail_from;
    };
    CHECK(mail_from("Fail") == Actions{});
    CHECK(mail_from("Softfail") == Actions{.softfail = Action::reject});
    CHECK(mail_from("SPF_Not_Pass") == Actions{.neutral = Action::reject,
                                               .softfail = Action::reject,
                                               .permerror = Action::reject});
    CHECK(mail_from("False") == Actions{.fail = Action::mark});
    CHECK(mail_from("No_Check").fail == Action::none);
    CHECK(mail_from("No_Check").pass == Action::none);
}

TEST_CASE("HELO_reject also applies to null senders", "[policyd][import]") {
    const auto softfail = translated("HELO_reject = Softfail\n").policy.rules;
    CHECK(softfail.helo.softfail == Action::reject);
    CHECK(softfail.null_sender.softfail == Action::reject);
    CHECK(softfail.mail_from == Actions{});
    const auto null = translated("HELO_reject = Null\n").policy.rules;
    CHECK(null.helo.fail == Action::mark);
    CHECK(null.null_sender.fail == Action::reject);
}

TEST_CASE("Errors are refused where the identity may be refused", "[policyd][import]") {
    const auto rules = translated("PermError_reject = True\nTempError_Defer = True\n").policy.rules;
    CHECK(rules.mail_from.permerror == Action::reject);
    CHECK(rules.helo.temperror == Action::defer);
    const auto no_helo = translated("PermError_reject = True\nHELO_reject = False\n").policy.rules;
    CHECK(no_helo.helo.permerror == Action::mark);
    CHECK(no_helo.mail_from.permerror == Action::reject);
}

TEST_CASE("Lists of addresses and names are translated", "[policyd][import]") {
    const auto policy = translated(
                            "skip_addresses = 127.0.0.0/8,::1\nWhitelist = 192.0.2.0/24\n"
                            "HELO_Whitelist = relay.example.com\n"
                            "Domain_Whitelist = pobox.example,forward.example\n")
                            .policy;
    CHECK(policy.skip_networks.contains(*spf::IpAddress::parse("127.0.0.1")));
    CHECK(policy.skip_networks.contains(*spf::IpAddress::parse("192.0.2.9")));
    CHECK(policy.skip_helo_names.find("relay.example.com") != nullptr);
    CHECK(policy.relay_domains == std::vector<std::string>{"pobox.example", "forward.example"});
}

TEST_CASE("Domains that are often forged are refused without a pass", "[policyd][import]") {
    const auto policy = translated("Reject_Not_Pass_Domains = a.example,b.example\n").policy;
    const auto* const found = policy.domains.find("b.example");
    REQUIRE(found != nullptr);
    CHECK(found->mail_from.softfail == Action::reject);
    CHECK(found->mail_from.neutral == Action::reject);
    CHECK(found->helo.softfail == Action::reject);
}

TEST_CASE("Such domains are refused even if others never are", "[policyd][import]") {
    const auto policy = translated(
                            "Mail_From_reject = False\nHELO_reject = Null\n"
                            "Reject_Not_Pass_Domains = a.example\n")
                            .policy;
    CHECK(policy.rules.mail_from.fail == Action::mark);
    const auto* const found = policy.domains.find("a.example");
    REQUIRE(found != nullptr);
    CHECK(found->mail_from.fail == Action::reject);
    CHECK(found->null_sender.fail == Action::reject);
    CHECK_FALSE(found->helo.fail);
}

TEST_CASE("No_Mail refuses no more than it did", "[policyd][import]") {
    CHECK(translated("No_Mail = True\n").policy.rules.mail_from.fail == Action::mark);
}

TEST_CASE("Values that an option does not have are noted", "[policyd][import]") {
    for (const char* const line :
         {"HELO_reject = fail", "Mail_From_reject = Null", "TestOnly = False",
          "PermError_reject = true", "Header_Type = none", "debugLevel = abc"}) {
        CHECK(has_note(std::string(line) + "\n", "the option has no such value"));
    }
    CHECK(has_note("HELO_Whitelist = *.example.com\n", "is not a domain name"));
}

TEST_CASE("Header fields, limits and texts are translated", "[policyd][import]") {
    CHECK(translated("Header_Type = AR\n").headers == std::vector{Header::authentication_results});
    CHECK(translated("Header_Type = SPF\n").headers == std::vector{Header::received_spf});
    CHECK(translated("Header_Type = None\n").headers.empty());
    CHECK(translated("Authserv_Id = mx.example.com\n").authserv_id == "mx.example.com");
    CHECK(translated("Authserv_Id = HOSTNAME\n").authserv_id.empty());
    CHECK(translated("Lookup_Time = 15\n").options.limits.deadline == 15s);
    CHECK(translated("Void_Limit = 4\n").options.limits.void_lookups == 4);
    CHECK(translated("debugLevel = -1\n").log_level == LogLevel::error);
    CHECK(translated("debugLevel = 3\n").log_level == LogLevel::debug);
    CHECK(imported("Reason_Message = Message {rejectdefer} due to: {spf}. Please see {url}\n")
              .find("reason = \"Message refused due to: SPF {result} for {domain}.\"") !=
          std::string::npos);
}

TEST_CASE("What has no counterpart is in a comment", "[policyd][import]") {
    constexpr std::array<std::string_view, 10> options{"No_Mail = True",
                                                       "HELO_pass_restriction = x",
                                                       "Mail_From_pass_restriction = x",
                                                       "Domain_Whitelist_PTR = example.com",
                                                       "Prospective = 192.0.2.1",
                                                       "Per_User = text,/x",
                                                       "SPF_Enhanced_Status_Codes = No",
                                                       "Hide_Receiver = Yes",
                                                       "Whitelist_Lookup_Time = 10",
                                                       "Mock = True"};
    for (const std::string_view option : options) {
        CHECK(has_note(std::string(option) + "\n", "# " + std::string(option) + "\n#   "));
    }
}

TEST_CASE("Options that are off need no comment", "[policyd][import]") {
    CHECK_FALSE(has_note("No_Mail = False\nMock = False\nQueueID = True\n", "#   "));
}

TEST_CASE("Unknown options and broken values are in comments", "[policyd][import]") {
    CHECK(has_note("Colour = red\n", "there is no such option"));
    CHECK(has_note("Lookup_Time = soon\n", "is not a number"));
    CHECK(has_note("Lookup_Time = 90\n", "is from 1 to 40"));
    CHECK(has_note("Whitelist = somewhere\n", "is not a network"));
    CHECK(has_note("Authserv_Id = a b\n", "is not a name"));
    CHECK(translated("Authserv_Id = \"\\x\n").authserv_id == "\"\\x");
}
