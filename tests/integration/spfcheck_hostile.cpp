// `spfcheck --timeout` over the wire: it covers all questions of a command, aliases included.

#include <chrono>
#include <string>
#include <vector>

#include "integration/hostile_server.hpp"
#include "integration/message_builder.hpp"
#include "support/catch.hpp"
#include "support/spfcheck.hpp"

namespace {

using namespace std::chrono_literals;
using Catch::Contains;
using spf::test::Message;

/// example.com is an alias of 1.test, which is one of 2.test, and so on, 16 times; each reply takes
/// 50 ms.
spf::test::HostileScript slow_aliases() {
    return {[](const Message& query, std::size_t /*number*/) {
                const std::string name = spf::test::asked_in(query).name;
                const int number = name == "example.com" ? 0 : std::stoi(name);
                Message reply = spf::test::txt_reply(query, "v=spf1 ip4:192.0.2.1 -all");
                if (number < 16)
                    reply = spf::test::alias_reply(query, std::to_string(number + 1) + ".test");
                return std::vector<spf::test::Datagram>{{reply, 50ms}};
            },
            {}};
}

std::string at(const spf::test::HostileServer& server) {
    return "127.0.0.1:" + std::to_string(server.server().port);
}

}  // namespace

TEST_CASE("spfcheck check ends at --timeout, whatever chain of slow aliases is on the way",
          "[ldns][hostile][rfc7208-4.6.4]") {
    const spf::test::HostileServer server{slow_aliases()};
    const auto check = [&server](const char* timeout) {
        return cli_test::spfcheck({"check", "--nameserver", at(server), "--ip", "192.0.2.1",
                                   "--sender", "ann@example.com", "--timeout", timeout});
    };
    const cli_test::Run hasty = check("0.3");
    CHECK(hasty.status == 5);
    CHECK_THAT(hasty.out, Contains("temperror"));
    CHECK(server.udp_queries() <= 7);  // one every 50 ms, and one more

    const cli_test::Run patient = check("60");
    CHECK(patient.status == 0);
    CHECK_THAT(patient.out, Contains("pass"));
}

TEST_CASE("the analyses end at --timeout, whatever chain of slow aliases is on the way",
          "[ldns][hostile]") {
    const std::string command = GENERATE("networks", "lint", "flatten");
    CAPTURE(command);
    const spf::test::HostileServer server{slow_aliases()};
    cli_test::spfcheck({command, "example.com", "--nameserver", at(server), "--timeout", "0.3"});
    // lint asks for records of type TXT and SPF at the same time.
    CHECK(server.udp_queries() <= (command == "lint" ? 14 : 7));
}

TEST_CASE("an alias in a zone file leads to what the name server holds of its target",
          "[ldns][rfc1034-3.6.2]") {
    // The servers have an older record for the name of the alias in the file; it must not be used.
    const spf::test::HostileServer server{
        {[](const Message& query, std::size_t /*number*/) {
             const bool target = spf::test::asked_in(query).name == "policy.example.net";
             return std::vector<spf::test::Datagram>{
                 {spf::test::txt_reply(query, target ? "v=spf1 +all" : "v=spf1 -all"), 0ms}};
         },
         {}}};
    const cli_test::TemporaryFile zone("example.com. CNAME policy.example.net.\n");
    const auto check = [&](const std::string& sender) {
        return cli_test::spfcheck({"check", "--zone", zone.path(), "--nameserver", at(server),
                                   "--ip", "192.0.2.1", "--sender", sender});
    };
    CHECK_THAT(check("ann@example.com").out, Contains("pass"));
    CHECK_THAT(check("ann@other.example.com").out, Contains("fail"));
}
