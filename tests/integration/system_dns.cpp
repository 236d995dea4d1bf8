// The example that asks DNS in a C program, with a name server.

#include <iostream>
#include <string>

#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

#include "c/answer.hpp"
#include "integration/name_server.hpp"
#include "integration/sockets.hpp"
#include "spf/resolver/ldns.hpp"
#include "support/c_api.hpp"
#include "support/catch.hpp"

extern "C" {
#include "../../examples/minimal/system_dns.c"
}

namespace {

using spf::dns::RecordType;
using spf::dns::Status;

std::string master_file() {
    std::string text =
        "$ORIGIN example.com.\n"
        "$TTL 300\n"
        "@ 900 SOA ns root 1 3600 600 86400 60\n"
        "@ NS ns\n"
        "@ MX 10 mail\n@ MX 20 mail.example.net.\n"
        "@ 7 TXT \"v=spf1 \" \"mx -all\"\n"
        "ns A 127.0.0.1\n"
        "mail A 192.0.2.25\nmail AAAA 2001:db8::25\nmail AAAA 2001:db8::26\n"
        "www 20 CNAME web\nweb A 192.0.2.80\n"
        "null MX 0 .\n"
        "25.2.0.192 PTR mail\n25.2.0.192 PTR odd\\032na\\\"me\n"
        "empty.non.terminal A 192.0.2.1\n"
        "none TXT \"\"\n"
        "a\\032b\\;c\\\"d\\\\e\\@f\\195\\164\\(\\)\\$ TXT \"odd\"\n"
        "long TXT";
    for (int i = 0; i < 20; ++i) text += " \"" + std::string(250, 'x') + '"';
    return text + '\n';
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

spf::dns::AnswerPtr asked(sockaddr_in server, const spf::dns::Question& question) {
    const spf::test::CAnswer answer{spf_answer_new()};
    const spf::c_api::QuestionText text{question, 0};
    ask_system_dns(&server, &text.question(), answer.get());
    return answer->shared();
}

/// Returns how a lookup ended, as a check treats it: without records, it is not ok.
Status status_of(const spf::dns::Answer& answer) {
    const bool is_empty = answer.texts.empty() && answer.addresses.empty() &&
                          answer.exchanges.empty() && answer.names.empty();
    return answer.status == Status::ok && is_empty ? Status::no_data : answer.status;
}

}  // namespace

TEST_CASE("the example that asks DNS in C has the answers of the library's resolver", "[c][ldns]") {
    if (!spf::test::Nsd::installed()) {
        std::cout << "SKIPPED: nsd is not installed\n";
        return;
    }
    const spf::test::Nsd nsd{"example.com", master_file()};
    spf::LdnsResolver ldns{{.servers = {nsd.server()}}};
    for (const std::string& name :
         {std::string("example.com"), std::string("mail.example.com"),
          std::string("www.example.com"), std::string("null.example.com"),
          std::string("25.2.0.192.example.com"), std::string("non.terminal.example.com"),
          std::string("none.example.com"), std::string("long.example.com"),
          std::string("absent.example.com"), std::string("a b;c\"d\\e@f\xc3\xa4()$.example.com")}) {
        for (const RecordType type :
             {RecordType::txt, RecordType::a, RecordType::aaaa, RecordType::mx, RecordType::ptr}) {
            CAPTURE(name, to_string(type));
            const spf::dns::Question question{.name = name, .type = type};
            const auto answer = asked(loopback(nsd.port()), question);
            const auto expected = ldns.resolve(question);
            CHECK(status_of(*answer) == expected->status);
            CHECK(answer->texts == expected->texts);
            CHECK(answer->addresses == expected->addresses);
            CHECK(answer->exchanges == expected->exchanges);
            CHECK(answer->names == expected->names);
            if (expected->status == Status::ok) CHECK(answer->ttl == expected->ttl);
        }
    }
}

TEST_CASE("the example that asks DNS in C reports a failure if no server answers", "[c]") {
    const spf::test::SilentServer silent;
    spf::dns::Question question{.name = "example.com", .type = RecordType::txt};
    question.deadline = spf::dns::deadline_after(std::chrono::seconds{2});
    CHECK(asked(loopback(silent.server().port), question)->is_failure());
}
