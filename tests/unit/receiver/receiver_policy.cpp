// Lists of domains and recipients in a receiver's policy.

#include "spf/receiver/receiver_policy.hpp"

#include <string>

#include "support/catch.hpp"
#include "support/networks.hpp"

using spf::receiver::Action;
using spf::receiver::ByDomain;
using spf::receiver::ByRecipient;
using spf::receiver::Exceptions;
using spf::receiver::ReceiverPolicy;
using spf::test::ip;

namespace {

Exceptions failing(Action action) {
    Exceptions exceptions;
    exceptions.mail_from.fail = action;
    return exceptions;
}

std::string value(const ByDomain<std::string>& domains, std::string_view name) {
    const std::string* const found = domains.find(name);
    return found == nullptr ? "" : *found;
}

}  // namespace

TEST_CASE("a domain in a list is that domain alone", "[receiver]") {
    ByDomain<std::string> domains;
    REQUIRE(domains.add("Example.COM.", "one"));
    CHECK(value(domains, "example.com") == "one");
    CHECK(value(domains, "mail.example.com").empty());
    CHECK(value(domains, "badexample.com").empty());
    CHECK(value(domains, "com").empty());
    CHECK(value(domains, "").empty());
}

TEST_CASE("*. in a list stands for all domains below, and the closest entry counts", "[receiver]") {
    ByDomain<std::string> domains;
    REQUIRE(domains.add("*.example.com", "below"));
    REQUIRE(domains.add("*.b.example.com", "below b"));
    REQUIRE(domains.add("a.b.example.com", "a"));
    CHECK(value(domains, "example.com").empty());
    CHECK(value(domains, "x.example.com") == "below");
    CHECK(value(domains, "y.x.example.com") == "below");
    CHECK(value(domains, "b.example.com") == "below");
    CHECK(value(domains, "x.b.example.com") == "below b");
    CHECK(value(domains, "a.b.example.com") == "a");
    CHECK(value(domains, "x.badexample.com").empty());
    CHECK(domains.size() == 3);
}

TEST_CASE("a list refuses what is no domain, and a domain that it has", "[receiver]") {
    ByDomain<std::string> domains;
    for (const char* const wrong :
         {"", "*", "*.", "*.*.example.com", "a*.example.com", "example..com", ".example.com",
          "exa mple.com", "<x.com>", "192.0.2.0/24", "user@a.com", "caf\xc3\xa9.example"}) {
        CAPTURE(wrong);
        CHECK_FALSE(domains.add(wrong, ""));
    }
    CHECK(domains.empty());
    CHECK(domains.add("example.com", "first"));
    CHECK_FALSE(domains.add("EXAMPLE.com", "second"));
    CHECK(domains.add("*.example.com", "below"));
    CHECK(value(domains, "example.com") == "first");
}

TEST_CASE("an exception for a recipient is for the address, else for its domain", "[receiver]") {
    ByRecipient recipients;
    CHECK(recipients.find("ann@example.org") == nullptr);
    REQUIRE(recipients.add("Abuse@Example.org", failing(Action::mark)));
    REQUIRE(recipients.add("example.org", failing(Action::defer)));
    REQUIRE(recipients.add("*.example.org", failing(Action::none)));
    CHECK(recipients.find("<abuse@example.ORG>")->mail_from.fail == Action::mark);
    CHECK(recipients.find("abuse@example.org")->mail_from.fail == Action::mark);
    CHECK(recipients.find("ann@example.org")->mail_from.fail == Action::defer);
    CHECK(recipients.find("ann@list.example.org")->mail_from.fail == Action::none);
    CHECK(recipients.find("\"a@b\"@example.org")->mail_from.fail == Action::defer);
    CHECK(recipients.find("ann@example.net") == nullptr);
    CHECK(recipients.find("ann") == nullptr);
    CHECK(recipients.find("") == nullptr);
    CHECK_FALSE(recipients.add("abuse@example.org", {}));
    CHECK_FALSE(recipients.add("@example.org", {}));
    CHECK_FALSE(recipients.add("ann@", {}));
    CHECK_FALSE(recipients.add("*@example.org", {}));
    CHECK_FALSE(recipients.add("ann@*.example.org", {}));
    CHECK_FALSE(recipients.add("<ann@example.org>", {}));
    CHECK_FALSE(recipients.add("a b <ann@example.org>", {}));
}

TEST_CASE("the spelling of a recipient does not evade its exception", "[receiver][rfc5321-4.1.2]") {
    ByRecipient recipients;
    REQUIRE(recipients.add("ann@example.org", failing(Action::mark)));
    for (const char* const spelling :
         {"<\"ann\"@example.org>", "<@relay.example:ann@example.org>", " <ann@example.org> ",
          "<ann@example.org> ORCPT=rfc822;x@example.net", "ann@example.org."}) {
        CAPTURE(spelling);
        CHECK(recipients.find(spelling) != nullptr);
    }
    ByRecipient lists;
    REQUIRE(lists.add("list.example", failing(Action::none)));
    CHECK(lists.find("<ann@example.org> ORCPT=rfc822;x@list.example") == nullptr);
}

TEST_CASE("a name that is too long matches no pattern", "[receiver]") {
    ByDomain<std::string> domains;
    REQUIRE(domains.add("*.example.com", "below"));
    std::string name;
    while (name.size() < 100'000) name += "a.";
    CHECK(domains.find(name + "example.com") == nullptr);
}

TEST_CASE("clients on the loopback addresses are not checked unless a policy says so",
          "[receiver]") {
    const ReceiverPolicy policy;
    CHECK(policy.skip_networks.contains(ip("127.0.0.1")));
    CHECK(policy.skip_networks.contains(ip("127.255.255.255")));
    CHECK(policy.skip_networks.contains(ip("::1")));
    CHECK_FALSE(policy.skip_networks.contains(ip("::2")));
    CHECK_FALSE(policy.skip_networks.contains(ip("10.0.0.1")));
}
