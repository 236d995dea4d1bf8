// The configuration in TOML.

#include "config/config.hpp"

#include <chrono>
#include <string>

#include "config/toml.hpp"
#include "support/catch.hpp"

using namespace policyd;
using namespace std::chrono_literals;
using spf::receiver::Action;

namespace {

Config config_of(std::string_view text) {
    auto config = parse_config(text);
    INFO((config ? std::string() : to_string(config.error(), "file")));
    REQUIRE(config);
    return *std::move(config);
}

/// The errors as people see them.
std::string errors_of(std::string_view text) {
    const auto config = parse_config(text);
    return config ? "no error" : to_string(config.error(), "f");
}

spf::IpAddress ip(const char* text) { return *spf::IpAddress::parse(text); }

}  // namespace

TEST_CASE("An empty file has the defaults", "[policyd][config]") {
    const Config config = config_of("");
    CHECK(config.start == StartConfig{});
    CHECK(config.headers == std::vector{Header::received_spf});
    CHECK(config.policy.rules.mail_from == spf::receiver::Actions{});
    CHECK(config.policy.skip_networks == spf::receiver::ReceiverPolicy::loopback());
}

TEST_CASE("The addresses to listen at and the name servers are lists", "[policyd][config]") {
    const Config config = config_of(
        "listen = [\"127.0.0.1:10045\", \"[::1]:10046\", \"unix:/run/spf\"]\n"
        "nameservers = [\"192.0.2.53\", \"[2001:db8::53]:5353\"]\n"
        "metrics.listen = \"127.0.0.1:9100\"\n");
    CHECK(config.start.listen == std::vector<Endpoint>{{.address = ip("127.0.0.1"), .port = 10045},
                                                       {.address = ip("::1"), .port = 10046},
                                                       {.path = "/run/spf"}});
    REQUIRE(config.start.name_servers.size() == 2);
    CHECK(config.start.name_servers[1].port == 5353);
    CHECK(config.start.metrics == Endpoint{.address = ip("127.0.0.1"), .port = 9100});
}

TEST_CASE("Names, header fields and the text of refusals are the site's", "[policyd][config]") {
    const Config config = config_of(
        "receiver = \"mx.example.org\"\nauthserv_id = \"example.org\"\n"
        "headers = [\"authentication-results\", \"received-spf\"]\n"
        "defer_with = \"defer_if_permit\"\ntest = true\nreason = \"SPF {result}\"\n");
    CHECK(config.receiver == "mx.example.org");
    CHECK(config.authserv_id == "example.org");
    CHECK(config.headers == std::vector{Header::authentication_results, Header::received_spf});
    CHECK(config.defer_with == DeferWith::defer_if_permit);
    CHECK(config.policy.is_test);
    CHECK(config.policy.reason);
}

TEST_CASE("An empty text stands for the default", "[policyd][config]") {
    const Config config =
        config_of("receiver = \"\"\nauthserv_id = \"\"\nreason = \"\"\nmetrics.listen = \"\"\n");
    CHECK(config.receiver.empty());
    CHECK(config.authserv_id.empty());
    CHECK_FALSE(config.policy.reason);
    CHECK_FALSE(config.start.metrics);
}

TEST_CASE("Each identity has actions of its own", "[policyd][config]") {
    const Config config = config_of(
        "[actions.mail_from]\nsoftfail = \"reject\"\ntemperror = \"defer\"\n"
        "[actions.helo]\nfail = \"mark\"\n[actions.null_sender]\nnone = \"none\"\n");
    const auto& rules = config.policy.rules;
    CHECK(rules.mail_from.softfail == Action::reject);
    CHECK(rules.mail_from.temperror == Action::defer);
    CHECK(rules.mail_from.fail == Action::reject);
    CHECK(rules.helo.fail == Action::mark);
    CHECK(rules.null_sender.none == Action::none);
}

TEST_CASE("Networks replace the default, and names are added", "[policyd][config]") {
    const Config config = config_of(
        "[skip]\nauthenticated = false\nnetworks = [\"192.0.2.0/24\"]\n"
        "helo_names = [\"*.example.net\"]\n"
        "[relays]\nnetworks = [\"2001:db8::/32\"]\nhosts = [\"mx2.example.org\"]\n"
        "domains = [\"Example.NET\"]\n");
    const auto& policy = config.policy;
    CHECK_FALSE(policy.skip_authenticated);
    CHECK(policy.skip_networks.contains(ip("192.0.2.9")));
    CHECK_FALSE(policy.skip_networks.contains(ip("127.0.0.1")));
    CHECK(policy.skip_helo_names.find("a.example.net") != nullptr);
    CHECK(policy.relay_networks.contains(ip("2001:db8::1")));
    CHECK(policy.relay_hosts == std::vector<std::string>{"mx2.example.org"});
    CHECK(policy.relay_domains == std::vector<std::string>{"example.net"});
}

TEST_CASE("Domains and recipients have exceptions", "[policyd][config]") {
    const Config config = config_of(
        "[domains.\"bank.example\"]\nmail_from.softfail = \"reject\"\n"
        "[domains.\"*.partner.example\"]\nskip = true\n"
        "[recipients.\"abuse@example.org\"]\nskip = true\n");
    const auto* const bank = config.policy.domains.find("bank.example");
    REQUIRE(bank != nullptr);
    CHECK(bank->mail_from.softfail == Action::reject);
    CHECK(config.policy.domains.find("a.partner.example")->skip);
    CHECK(config.policy.recipients.find("abuse@example.org")->skip);
}

TEST_CASE("Limits and the log are set", "[policyd][config]") {
    const Config config = config_of(
        "[limits]\ncheck_seconds = 10\nvoid_lookups = 5\nidle_seconds = 2000\n"
        "connections = 50\ncache_mebibytes = 4\n[log]\nto = \"syslog\"\nlevel = \"debug\"\n");
    CHECK(config.options.limits.deadline == 10s);
    CHECK(config.options.limits.void_lookups == 5);
    CHECK(config.idle_timeout == 2000s);
    CHECK(config.start.max_connections == 50);
    CHECK(config.start.cache_octets == 4U << 20U);
    CHECK(config.start.log_target == LogTarget::syslog);
    CHECK(config.log_level == LogLevel::debug);
}

TEST_CASE("An unknown key is an error with its place", "[policyd][config]") {
    CHECK(errors_of("listne = []\n") ==
          "f:1:1: there is no key \"listne\"; there are listen, nameservers, metrics, receiver, "
          "authserv_id, headers, defer_with, test, reason, actions, skip, relays, domains, "
          "recipients, limits, log\n");
    CHECK(errors_of("[skip]\n  network = []\n") ==
          "f:2:3: there is no key \"network\" in [skip]; there are authenticated, networks, "
          "helo_names\n");
    CHECK(errors_of("[actions.mail_from]\nfial = \"mark\"\n") ==
          "f:2:1: there is no key \"fial\" in [actions.mail_from]; there are none, neutral, "
          "pass, fail, softfail, temperror, permerror\n");
    CHECK(errors_of("[domains.\"a.example\"]\nskp = true\n") ==
          "f:2:1: there is no key \"skp\" in [domains.\"a.example\"]; there are skip, mail_from, "
          "null_sender, helo\n");
}

TEST_CASE("A wrong value is an error with its place", "[policyd][config]") {
    CHECK(errors_of("test = 1\n") == "f:1:8: \"test\" is to be true or false\n");
    CHECK(errors_of("[actions.helo]\nfail = \"refuse\"\n") ==
          "f:2:8: \"actions.helo.fail\": \"refuse\" is to be one of \"none\", \"mark\", "
          "\"defer\", \"reject\"\n");
    CHECK(errors_of("listen = \"127.0.0.1:1\"\n") ==
          "f:1:10: \"listen\" is to be a list of texts, such as [\"a\", \"b\"]\n");
    CHECK(errors_of("listen = [\"localhost:1\"]\n") ==
          "f:1:11: \"listen\": \"localhost:1\" is no address to listen at: write ADDRESS:PORT, "
          "[IPV6]:PORT or unix:/PATH\n");
    CHECK(errors_of("[limits]\ncheck_seconds = 60\n") ==
          "f:2:17: \"limits.check_seconds\" is to be a whole number from 1 to 40\n");
    CHECK(errors_of("[domains.\"a..b\"]\nskip = true\n")
              .starts_with("f:1:10: \"a..b\" is no domain"));
    CHECK(errors_of("reason = \"{who}\"\n").starts_with("f:1:10: \"reason\": "));
    CHECK(errors_of("metrics.listen = \"unix:/x\"\n").starts_with("f:1:18: \"metrics.listen\": "));
    CHECK(errors_of("skip = true\n") == "f:1:8: \"skip\" is to be a table\n");
    CHECK(errors_of("receiver = \"mx example\"\n").starts_with("f:1:12: \"receiver\": "));
}

TEST_CASE("All errors are reported, in the order of the file", "[policyd][config]") {
    CHECK(errors_of("headers = [\"x\"]\nlisten = [\"y\"]\n[skip]\nauthenticated = 1\n") ==
          "f:1:12: \"headers\": \"x\" is to be \"received-spf\" or \"authentication-results\"\n"
          "f:2:11: \"listen\": \"y\" is no address to listen at: write ADDRESS:PORT, [IPV6]:PORT "
          "or unix:/PATH\n"
          "f:4:17: \"skip.authenticated\" is to be true or false\n");
}

TEST_CASE("A key of very many parts is refused before it is read", "[policyd][config]") {
    std::string key = "a";
    for (int i = 0; i < 100'000; ++i) key += ".a";
    CHECK(errors_of("# a.b\nreason = \"1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18\"\n" + key +
                    " = 1\n") == "f:3:34: no key has so many parts\n");
}

TEST_CASE("What is in a list twice is an error", "[policyd][config]") {
    CHECK(errors_of("headers = [\"received-spf\", \"received-spf\"]\n") ==
          "f:1:28: \"headers\": \"received-spf\" is in the list twice\n");
    CHECK(errors_of("listen = [\"127.0.0.1:1\", \"127.0.0.1:1\"]\n") ==
          "f:1:26: \"listen\": \"127.0.0.1:1\" is in the list twice\n");
}

TEST_CASE("A file that is no TOML has one error with its place", "[policyd][config]") {
    CHECK(errors_of("listen = [\n").starts_with("f:"));
    CHECK(errors_of("\n\n= 1\n").starts_with("f:3:"));
}

TEST_CASE("A file that cannot be read is an error", "[policyd][config]") {
    const auto config = read_config("/nowhere/spf-policyd.toml");
    REQUIRE_FALSE(config);
    CHECK(to_string(config.error(), "x") == "x: No such file or directory\n");
}
