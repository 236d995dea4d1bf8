// Walking the Received lines of a message to the first client that is not trusted.

#include <optional>
#include <string>
#include <vector>

#include "spf/message/received.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"

namespace {

using spf::IpAddress;
using spf::test::ip;
using spf::test::networks;

/// "203.0.113.9 (line 2)", or the code of the error with its line.
std::string walk(const std::vector<std::string_view>& lines,
                 const std::vector<std::string>& trusted,
                 std::optional<IpAddress> connection = std::nullopt) {
    const auto found = spf::find_handover(lines, networks(trusted), connection);
    const std::size_t line = found ? found->line : found.error().line;
    return (found ? found->ip.to_string() : std::string(to_string(found.error().code))) +
           " (line " + std::to_string(line) + ")";
}

constexpr std::string_view by_backup =
    "from backup.example.net (backup.example.net [198.51.100.25])\r\n"
    "\tby mx.example.net (Postfix) with ESMTPS id 4Xy; Tue, 3 Jun 2025 09:00:10 +0000 (UTC)";
constexpr std::string_view by_client =
    "from mail.example.com (mail.example.com [203.0.113.9])\r\n"
    "\tby backup.example.net (Postfix) with ESMTPS id 4Xx; Tue, 3 Jun 2025 09:00:00 +0000 (UTC)";
constexpr std::string_view forged =
    "from mx.example.com (mx.example.com [192.0.2.10])\r\n"
    "\tby backup.example.net (Postfix) with ESMTPS id 4Xw; Tue, 3 Jun 2025 08:59:50 +0000 (UTC)";

}  // namespace

TEST_CASE("the client of the outermost trusted relay is found", "[received][rfc7208-F]") {
    const std::vector<std::string_view> lines{by_backup, by_client, forged};
    const auto found = spf::find_handover(lines, networks({"198.51.100.0/24"}));
    REQUIRE(found);
    CHECK(found->ip == ip("203.0.113.9"));
    CHECK(found->helo == "mail.example.com");
    CHECK(found->line == 2);
    CHECK(found->by == "backup.example.net");
    CHECK(found->relay == ip("198.51.100.25"));
}

TEST_CASE("without a trusted relay, the client of the host itself is the answer",
          "[received][rfc7208-F]") {
    const auto found = spf::find_handover(std::vector<std::string_view>{by_backup, by_client}, {});
    REQUIRE(found);
    CHECK(found->ip == ip("198.51.100.25"));
    CHECK(found->line == 1);
    CHECK(found->by == "mx.example.net");
    CHECK_FALSE(found->relay);
}

TEST_CASE("lines below the answer have no effect, whatever they are", "[received][spoof]") {
    const std::vector<std::string> trusted{"198.51.100.25", "192.0.2.0/24", "127.0.0.0/8"};
    const std::string_view below = GENERATE(values<std::string_view>(
        {forged, by_backup, "", "garbage", "((((", "from x ([127.0.0.1]) by mx; x",
         "(qmail 1 invoked from network);", "from a by b with LMTP; x"}));
    CAPTURE(below);
    CHECK(walk({by_backup, by_client, below}, trusted) == "203.0.113.9 (line 2)");
    CHECK(walk({by_backup, by_client, below, forged}, trusted) == "203.0.113.9 (line 2)");
    CHECK(walk({by_client, below}, trusted) == "203.0.113.9 (line 1)");
}

TEST_CASE("a forged line that claims to be a trusted relay's is never reached",
          "[received][spoof]") {
    // The untrusted client writes what the relay would have written about a server that passes.
    CHECK(walk({by_client, by_backup, forged}, {"198.51.100.25"}) == "203.0.113.9 (line 1)");
    // It even gives the relay's name in HELO; the address counts.
    constexpr std::string_view imitated =
        "from backup.example.net (unknown [203.0.113.9]) by mx.example.net (Postfix); x";
    CHECK(walk({imitated, forged}, {"198.51.100.25"}) == "203.0.113.9 (line 1)");
}

TEST_CASE("a line of the chain that cannot be read ends the walk with an error",
          "[received][rfc5321-4.4]") {
    const std::vector<std::string> trusted{"198.51.100.25"};
    CHECK(walk({by_backup, "garbage", by_client}, trusted) == "no_client (line 2)");
    CHECK(walk({"from mail by mx; x", by_client}, trusted) == "no_address (line 1)");
    CHECK(walk({by_backup, "from x ([10.0.0.1]) ([203.0.113.9]) by backup; x", by_client},
               trusted) == "ambiguous (line 2)");
}

TEST_CASE("a message from the inside has no client to check, which is an error", "[received]") {
    CHECK(walk({}, {"198.51.100.25"}) == "no_line (line 0)");
    CHECK(walk({by_backup}, {"198.51.100.25"}) == "from_inside (line 1)");
    CHECK(walk({by_backup, by_client}, {"198.51.100.25", "203.0.113.0/24"}) ==
          "from_inside (line 2)");
    CHECK(walk({"(qmail 1 invoked from network); x"}, {}) == "no_line (line 1)");
    CHECK(walk({by_backup, "from a by b with LMTP; x"}, {"198.51.100.25"}) == "no_line (line 2)");
}

TEST_CASE("lines of the host about itself are passed over", "[received]") {
    const auto found = spf::find_handover(
        std::vector<std::string_view>{"from mx by store with LMTP id 1; x",
                                      "from mx ([127.0.0.1]) by localhost (amavisd-new); x",
                                      "(qmail 1 invoked from network); x", by_client, forged},
        networks({"127.0.0.1"}));
    REQUIRE(found);
    CHECK(found->ip == ip("203.0.113.9"));
    CHECK(found->line == 4);
    CHECK(found->relay == ip("127.0.0.1"));
}

TEST_CASE("with the address of the connection, the first line is that relay's", "[received]") {
    const std::vector<std::string> trusted{"198.51.100.25"};
    const IpAddress relay = ip("198.51.100.25");
    CHECK(walk({by_client, forged}, trusted, relay) == "203.0.113.9 (line 1)");
    CHECK(walk({by_client, forged}, trusted, ip("203.0.113.77")) == "203.0.113.77 (line 0)");
    CHECK(walk({"garbage"}, trusted, ip("203.0.113.77")) == "203.0.113.77 (line 0)");
    CHECK(walk({}, trusted, relay) == "no_line (line 0)");
    CHECK(spf::find_handover(std::vector<std::string_view>{by_client}, networks(trusted), relay)
              ->relay == relay);
}
