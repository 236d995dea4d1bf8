// How the resolver reads the records in a reply: aliases, TTLs, records of other names.

#include <chrono>
#include <functional>
#include <string>

#include "integration/dns_printing.hpp"
#include "integration/message_builder.hpp"
#include "integration/sockets.hpp"
#include "spf/resolver/ldns.hpp"
#include "support/catch.hpp"

using namespace std::chrono_literals;
using namespace spf::test;
using spf::dns::RecordType;
using spf::dns::Status;

namespace {

using Fill = std::function<void(Message& reply)>;

/// The answer to a question about www.example.com, with the reply that `fill` completes.
spf::dns::Answer answer_with(RecordType type, const Fill& fill, unsigned rcode = 0) {
    const ScriptedServer server{[&](const Message& query, bool) {
        Message reply = reply_to(query, rcode);
        fill(reply);
        return std::vector<Sent>{reply};
    }};
    spf::LdnsOptions options;
    options.servers = {server.server()};
    options.timeout = 500ms;
    options.tries = 1;
    return *spf::LdnsResolver{options}.resolve({"www.example.com", type});
}

const Message address{192, 0, 2, 1};

}  // namespace

TEST_CASE("aliases are followed within the reply, and the smallest TTL counts",
          "[ldns][rfc1034-3.6.2]") {
    const auto answer = answer_with(RecordType::a, [](Message& reply) {
        add_answer(reply, "b.example.com", type_a, 200, address);
        add_answer(reply, "A.example.com", type_cname, 50, name_of("B.example.com"));
        add_answer(reply, "www.example.com", type_cname, 100, name_of("a.EXAMPLE.com"));
    });
    CHECK(answer.status == Status::ok);
    CHECK(answer.ttl == 50s);
    CHECK(answer.addresses.size() == 1);
}

TEST_CASE("what follows the answer does not spoil it, but counts if there is no answer",
          "[ldns][rfc2181-5.4.1]") {
    const auto with_garbage = [](bool answered) {
        return answer_with(RecordType::a, [answered](Message& reply) {
            if (answered) add_answer(reply, "www.example.com", type_a, 300, address);
            constexpr std::size_t authority = 8;  // offset of the number of records
            add_record(reply, authority, {0x80, 0x01}, type_ns, 300, {0xff});
        });
    };
    CHECK(with_garbage(true).status == Status::ok);
    CHECK(with_garbage(true).addresses.size() == 1);
    CHECK(with_garbage(false).status == Status::error);
}

TEST_CASE("records of other names, types and classes are ignored", "[ldns]") {
    const auto answer = answer_with(RecordType::a, [](Message& reply) {
        add_answer(reply, "example.com", type_a, 1, address);
        add_answer(reply, "www.example.com", type_txt, 1, {1, 'x'});
        add_answer(reply, "www.example.com", type_a, 1, address, class_ch);
        add_answer(reply, "www.example.com", type_a, 300, {192, 0, 2, 7});
        add_answer(reply, "other.example.com", type_cname, 1, name_of("www.example.com"));
    });
    CHECK(answer.status == Status::ok);
    CHECK(answer.ttl == 300s);
    REQUIRE(answer.addresses.size() == 1);
    CHECK(answer.addresses[0].to_string() == "192.0.2.7");
    CHECK(answer.texts.empty());
}

TEST_CASE("a chain of aliases that leads out of the reply is asked for", "[ldns][rfc1034-3.6.2]") {
    const ScriptedServer server{[](const Message& query, bool) {
        Message reply = reply_to(query, 0, true);
        if (query[13] == 'w') {
            add_answer(reply, "www.example.com", type_cname, 100, name_of("cdn.example.net"));
        } else {
            add_answer(reply, "cdn.example.net", type_a, 400, address);
        }
        return std::vector<Sent>{reply};
    }};
    spf::LdnsOptions options;
    options.servers = {server.server()};
    spf::LdnsResolver resolver{options};
    const auto answer = resolver.resolve({"www.example.com", RecordType::a});
    CHECK(answer->status == Status::ok);
    CHECK(answer->ttl == 100s);
    CHECK(answer->addresses.size() == 1);
    CHECK(server.udp_queries() == 2);
}

TEST_CASE("a loop of aliases is an error, within a reply and across replies",
          "[ldns][rfc1034-3.6.2]") {
    const auto within = answer_with(RecordType::a, [](Message& reply) {
        add_answer(reply, "www.example.com", type_cname, 100, name_of("a.example.com"));
        add_answer(reply, "a.example.com", type_cname, 100, name_of("www.example.com"));
    });
    CHECK(within.status == Status::error);
    const auto to_itself = answer_with(RecordType::a, [](Message& reply) {
        add_answer(reply, "www.example.com", type_cname, 100, name_of("www.example.com"));
    });
    CHECK(to_itself.status == Status::error);

    const ScriptedServer server{[](const Message& query, bool) {
        Message reply = reply_to(query);
        const bool first = query[13] == 'a';
        add_record(reply, 6, {0xc0, 12}, type_cname, 100,
                   name_of(first ? "b.example.com" : "a.example.com"));
        return std::vector<Sent>{reply};
    }};
    spf::LdnsOptions options;
    options.servers = {server.server()};
    spf::LdnsResolver resolver{options};
    CHECK(resolver.resolve({"a.example.com", RecordType::a})->status == Status::error);
    CHECK(server.udp_queries() == spf::LdnsResolver::max_aliases + 1);
}

TEST_CASE("negative answers may be kept as the SOA record says", "[ldns][rfc2308-5]") {
    const auto soa = [](std::uint32_t ttl, std::uint32_t minimum) -> Fill {
        return [=](Message& reply) { add_soa(reply, "example.com", ttl, minimum); };
    };
    const auto nxdomain_answer = answer_with(RecordType::a, soa(900, 60), nxdomain);
    CHECK(nxdomain_answer.status == Status::nxdomain);
    CHECK(nxdomain_answer.ttl == 60s);
    const auto no_data = answer_with(RecordType::a, soa(30, 60));
    CHECK(no_data.status == Status::no_data);
    CHECK(no_data.ttl == 30s);
    CHECK(answer_with(
              RecordType::a, [](Message&) {}, nxdomain)
              .ttl == 0s);
    const auto foreign = [](Message& reply) { add_soa(reply, "example.net", 900, 60); };
    CHECK(answer_with(RecordType::a, foreign, nxdomain).ttl == 0s);
}

TEST_CASE("the code of a reply with aliases is that of the last name", "[ldns][rfc6604-3]") {
    const Fill fill = [](Message& reply) {
        add_answer(reply, "www.example.com", type_cname, 10, name_of("gone.example.com"));
        add_soa(reply, "example.com", 900, 60);
    };
    const auto gone = answer_with(RecordType::a, fill, nxdomain);
    CHECK(gone.status == Status::nxdomain);
    CHECK(gone.ttl == 10s);
    CHECK(answer_with(RecordType::a, fill).status == Status::no_data);
}

TEST_CASE("a name error stays one, whatever records come with it", "[ldns][rfc2308-2.1]") {
    const auto with_own_records = answer_with(
        RecordType::a,
        [](Message& reply) {
            add_answer(reply, "www.example.com", type_a, 300, address);
            add_soa(reply, "example.com", 900, 60);
        },
        nxdomain);
    CHECK(with_own_records.status == Status::nxdomain);
    CHECK(with_own_records.addresses.empty());
    CHECK(with_own_records.ttl == 60s);
    const auto with_records_of_the_target = answer_with(
        RecordType::a,
        [](Message& reply) {
            add_answer(reply, "www.example.com", type_cname, 10, name_of("gone.example.com"));
            add_answer(reply, "gone.example.com", type_a, 300, address);
        },
        nxdomain);
    CHECK(with_records_of_the_target.status == Status::nxdomain);
    const auto in_a_loop = answer_with(
        RecordType::a,
        [](Message& reply) {
            add_answer(reply, "www.example.com", type_cname, 10, name_of("www.example.com"));
        },
        nxdomain);
    CHECK(in_a_loop.status == Status::error);
}

TEST_CASE("a referral is not an answer", "[ldns][rfc2308-2.2]") {
    const auto referral = answer_with(RecordType::a, [](Message& reply) {
        add_record(reply, 8, name_of("com"), type_ns, 900, name_of("ns.example.net"));
    });
    CHECK(referral.status == Status::error);
}

TEST_CASE("the strings of a text are joined, whatever they hold", "[ldns][rfc7208-3.3]") {
    const auto answer = answer_with(RecordType::txt, [](Message& reply) {
        add_answer(reply, "www.example.com", type_txt, 5, {2, 'v', '=', 0, 3, 0, 0xff, '"'});
        add_answer(reply, "www.example.com", type_txt, 5, {0});
    });
    REQUIRE(answer.texts.size() == 2);
    CHECK(answer.texts[0] == std::string("v=\0\xff\"", 5));
    CHECK(answer.texts[1].empty());
}

TEST_CASE("names in records come plain", "[ldns]") {
    const auto mx = answer_with(RecordType::mx, [](Message& reply) {
        add_answer(reply, "www.example.com", type_mx, 5, {0, 10, 3, 'a', ' ', 'b', 0});
        add_answer(reply, "www.example.com", type_mx, 5, {1, 0, 0});
        add_answer(reply, "www.example.com", type_mx, 5, {0, 1, 3, 'a', '.', 'b', 1, 'c', 0});
    });
    CHECK(mx.exchanges ==
          std::vector<spf::dns::MailExchange>{{10, "a b"}, {256, ""}, {1, "a\\046b.c"}});
}

TEST_CASE("a TTL beyond 31 bits is zero", "[ldns][rfc2181-8]") {
    const auto answer = answer_with(RecordType::a, [](Message& reply) {
        add_answer(reply, "www.example.com", type_a, 0x8000'0000U, address);
    });
    CHECK(answer.status == Status::ok);
    CHECK(answer.ttl == 0s);
}

TEST_CASE("an answer says whether its name is an alias, and how its texts were cut",
          "[ldns][rfc1034-3.6.2][rfc1035-3.3.14]") {
    const auto alias = answer_with(RecordType::txt, [](Message& reply) {
        add_answer(reply, "www.example.com", type_cname, 50, name_of("end.example.com"));
        add_answer(reply, "end.example.com", type_txt, 200, {1, 'a', 2, 'b', 'c'});
        add_answer(reply, "end.example.com", type_txt, 200, {1, 'd'});
    });
    CHECK(alias.canonical_name == "end.example.com");
    CHECK(spf::dns::published_strings(alias, 0) == std::vector<std::string>{"a", "bc"});
    CHECK(spf::dns::published_strings(alias, 1) == std::vector<std::string>{"d"});
    const auto plain = answer_with(RecordType::txt, [](Message& reply) {
        add_answer(reply, "www.example.com", type_txt, 200, {1, 'a'});
    });
    CHECK(plain.canonical_name.empty());
    CHECK(plain.string_lengths.empty());
}
