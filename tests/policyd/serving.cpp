// The daemon as Postfix uses it.

#include <algorithm>
#include <csignal>
#include <string>

#include "policyd/served.hpp"
#include "support/catch.hpp"

using namespace policyd_test;

namespace {

std::size_t count(const std::string& text, std::string_view what) {
    std::size_t times = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; ++at) ++times;
    return times;
}

}  // namespace

TEST_CASE("The daemon marks a pass and refuses a fail without a configuration",
          "[policyd][daemon]") {
    const Served served;
    Client client(served.port());
    CHECK(client.ask(request()) ==
          "PREPEND Received-SPF: pass (mx.receiver.test: domain of a@example.com designates "
          "192.0.2.1 as permitted sender) client-ip=192.0.2.1; envelope-from=\"a@example.com\"; "
          "identity=mailfrom; mechanism=\"ip4:192.0.2.1\"; receiver=mx.receiver.test");
    const std::string refused = client.ask(request({.client = "192.0.2.2", .instance = "2"}));
    CHECK(refused ==
          "550 5.7.23 SPF check of MAIL FROM failed: 192.0.2.2 may not send mail for example.com. "
          "If this server is legitimate, the administrator of example.com must add it to the "
          "domain's SPF record.");
    CHECK(client.ask(request({.sender = "a@soft.example", .instance = "3"}))
              .starts_with("PREPEND Received-SPF: softfail "));
    CHECK(client.ask(request({.sender = "a@broken.example", .instance = "4"}))
              .starts_with("PREPEND Received-SPF: permerror "));
}

TEST_CASE("A message with many recipients is checked and logged once", "[policyd][daemon]") {
    Served served;
    Client client(served.port());
    for (int i = 0; i < 20; ++i) {
        const std::string recipient = "user" + std::to_string(i) + "@receiver.test";
        const std::string answer =
            client.ask(request({.client = "192.0.2.2", .recipient = recipient}));
        CHECK(answer.starts_with("550 5.7.23 "));
    }
    served.daemon().signal(SIGTERM);
    CHECK(served.daemon().wait() == 0);
    CHECK(count(served.daemon().log(), "action=reject ") == 1);
    CHECK(served.queries() == 1);
}

#if SPF_WITH_IDN2
TEST_CASE("U-labels are looked up as A-labels", "[policyd][daemon][rfc8616-4]") {
    const Served served;
    Client client(served.port());
    const std::string sender = "j\u00f6rg@b\u00fccher.example";
    CHECK(client.ask(request({.sender = sender}))
              .starts_with("PREPEND Received-SPF: pass (mx.receiver.test: domain of "
                           "j\\\\xc3\\\\xb6rg@xn--bcher-kva.example designates 192.0.2.1 "));
    CHECK(client.ask(request({.client = "192.0.2.2", .sender = sender, .instance = "2"}))
              .starts_with("550 5.7.23 "));
}
#endif

TEST_CASE("The log line of a decision has the message's instance", "[policyd][daemon]") {
    Served served;
    Client client(served.port());
    REQUIRE(client.ask(request({.instance = "77.88"})).starts_with("PREPEND "));
    CHECK(
        served.daemon().logs("action=mark demanded=mark ground=result result=pass "
                             "identity=mailfrom domain=example.com mechanism=ip4:192.0.2.1 "
                             "client=192.0.2.1 from=a@example.com to=user@receiver.test"));
    CHECK(served.daemon().logs(" instance=77.88 state=RCPT\n"));
}

TEST_CASE("The log has each answer if it is to have everything", "[policyd][daemon]") {
    Served served("log.level = \"debug\"\n");
    Client client(served.port());
    REQUIRE(client.ask(request({.instance = "77.88"})).starts_with("PREPEND "));
    REQUIRE(client.ask(request({.recipient = "b@receiver.test", .instance = "77.88"})) == "DUNNO");
    CHECK(
        served.daemon().logs(": answered to=user@receiver.test instance=77.88 state=RCPT: "
                             "PREPEND Received-SPF: pass "));
    CHECK(served.daemon().logs(": answered to=b@receiver.test instance=77.88 state=RCPT: DUNNO\n"));
}

TEST_CASE("Before MAIL and about unknown clients nothing is decided", "[policyd][daemon]") {
    Served served;
    Client client(served.port());
    CHECK(client.ask(request({.client = "192.0.2.2", .instance = "", .state = "CONNECT"})) ==
          "DUNNO");
    CHECK(client.ask(request({.client = "unknown"})) == "DUNNO");
    CHECK(served.queries() == 0);
}

TEST_CASE("Requests without instance are decided one by one", "[policyd][daemon]") {
    Served served;
    Client client(served.port());
    for (int i = 0; i < 2; ++i)
        CHECK(client.ask(request({.instance = "", .state = "MAIL"})).starts_with("PREPEND "));
}

TEST_CASE("An explanation in Latin-1 reaches Postfix in US-ASCII", "[policyd][daemon][7208-6.2]") {
    const Served served;
    Client client(served.port());
    const std::string answer =
        client.ask(request({.sender = "a@explained.example", .recipient = "b@receiver.test"}));
    CHECK(answer.starts_with("550 5.7.23 "));
    CHECK(std::all_of(answer.begin(), answer.end(), [](char c) { return c >= ' ' && c <= '~'; }));
}

TEST_CASE("Requests that are sent together are answered in order", "[policyd][daemon]") {
    const Served served;
    Client client(served.port());
    client.send(request({.instance = "1"}) + request({.client = "192.0.2.2", .instance = "2"}) +
                request({.instance = "3"}));
    CHECK(client.receive().starts_with("PREPEND "));
    CHECK(client.receive().starts_with("550 "));
    CHECK(client.receive().starts_with("PREPEND "));
}

TEST_CASE("A request in single octets is a request", "[policyd][daemon]") {
    const Served served;
    Client client(served.port());
    const std::string text = request();
    for (const char octet : text) client.send({&octet, 1});
    CHECK(client.receive().starts_with("PREPEND "));
}

TEST_CASE("A client that has closed its side of the connection has its answer",
          "[policyd][daemon]") {
    const Served served;
    Client client(served.port());
    client.send(request());
    client.end_of_input();
    CHECK(client.receive().starts_with("PREPEND "));
    CHECK(client.receive() == "closed");
}

TEST_CASE("Slow DNS for one message does not delay others", "[policyd][daemon]") {
    const Served served("[limits]\ncheck_seconds = 3\n", "slow");
    Client slow(served.port());
    slow.send(request({.sender = "a@slow.example"}));
    Client other(served.port());
    for (int i = 0; i < 10; ++i)
        CHECK(other.ask(request({.instance = std::to_string(i)})).starts_with("PREPEND "));
    CHECK_FALSE(slow.has_answer());
    CHECK(slow.receive().starts_with("PREPEND Received-SPF: temperror "));
}

TEST_CASE("Text that is no request closes its connection only", "[policyd][daemon]") {
    Served served;
    Client good(served.port());
    REQUIRE(good.ask(request()).starts_with("PREPEND "));
    Client broken(served.port());
    CHECK(broken.ask("GET / HTTP/1.1\r\n\n\n") == "closed");
    Client endless(served.port());
    endless.send("request=smtpd_access_policy\nsender=" + std::string(100'000, 'a'));
    CHECK(endless.receive() == "closed");
    CHECK(good.ask(request({.instance = "2"})).starts_with("PREPEND "));
    CHECK(served.daemon().logs("closed a connection, because a line is not of the form"));
    CHECK(served.daemon().logs("closed a connection, because a request is too long"));
    CHECK(served.daemon().logs("a request is too long: peer=127.0.0.1:"));
}

TEST_CASE("A client that goes away while it is checked does no harm", "[policyd][daemon]") {
    const Served served("[limits]\ncheck_seconds = 1\n", "slow");
    for (int i = 0; i < 5; ++i) {
        Client slow(served.port());
        slow.send(request({.sender = "a@slow.example", .instance = std::to_string(i)}));
    }
    Client client(served.port());
    CHECK(client.ask(request()).starts_with("PREPEND "));
}

TEST_CASE("Further clients wait if there are too many", "[policyd][daemon]") {
    Served served("[limits]\nconnections = 2\n");
    Client first(served.port());
    REQUIRE(first.ask(request()).starts_with("PREPEND "));
    auto second = std::make_unique<Client>(served.port());
    REQUIRE(second->ask(request()).starts_with("DUNNO"));
    Client third(served.port());
    third.send(request({.instance = "3"}));
    CHECK(served.daemon().logs("the maximum number of connections is reached"));
    CHECK_FALSE(third.has_answer());
    second.reset();
    CHECK(third.receive().starts_with("PREPEND "));
}
