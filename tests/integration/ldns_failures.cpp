// The results of the resolver with servers that fail, are silent, or send wrong data.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <random>
#include <string>
#include <thread>

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

constexpr spf::dns::Question question{"example.com", RecordType::a};

spf::LdnsOptions at(std::vector<spf::dns::NameServer> servers) {
    spf::LdnsOptions options;
    options.servers = std::move(servers);
    options.timeout = 500ms;
    options.tries = 1;
    return options;
}

Status status_at(const ScriptedServer& server, std::chrono::milliseconds timeout = 500ms) {
    spf::LdnsOptions options = at({server.server()});
    options.timeout = timeout;
    return spf::LdnsResolver{options}.resolve(question)->status;
}

/// A server that gives the same answer to every query.
ScriptedServer::Script always(unsigned rcode) {
    return
        [rcode](const Message& query, bool) { return std::vector<Sent>{reply_to(query, rcode)}; };
}

std::chrono::milliseconds time_of(spf::LdnsResolver& resolver, Status expected) {
    const auto begin = std::chrono::steady_clock::now();
    CHECK(resolver.resolve(question)->status == expected);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                 begin);
}

}  // namespace

TEST_CASE("a silent server costs one timeout per try", "[ldns]") {
    const SilentServer silent;
    spf::LdnsOptions options = at({silent.server()});
    options.timeout = 200ms;
    spf::LdnsResolver once{options};
    const auto took = time_of(once, Status::timeout);
    CHECK(took >= 200ms);
    CHECK(took < 500ms);
    CHECK(silent.received() == 1);

    options.tries = 3;
    options.timeout = 50ms;
    spf::LdnsResolver thrice{options};
    CHECK(time_of(thrice, Status::timeout) < 500ms);
    CHECK(silent.received() == 3);
}

TEST_CASE("if no server listens, or there are no servers, DNS is unreachable", "[ldns]") {
    spf::LdnsOptions options = at({server_at(free_port())});
    options.timeout = 5s;
    spf::LdnsResolver nobody{options};
    CHECK(time_of(nobody, Status::unreachable) < 1s);

    options.tcp_only = true;
    spf::LdnsResolver nobody_at_tcp{options};
    CHECK(time_of(nobody_at_tcp, Status::unreachable) < 1s);

    options.servers.clear();
    options.resolv_conf = "/nonexistent";
    spf::LdnsResolver none{options};
    CHECK(time_of(none, Status::unreachable) < 1s);
}

TEST_CASE("response codes are distinguished", "[ldns]") {
    CHECK(status_at(ScriptedServer{always(servfail)}) == Status::servfail);
    CHECK(status_at(ScriptedServer{always(refused)}) == Status::error);
    CHECK(status_at(ScriptedServer{always(formerr)}) == Status::error);
    CHECK(status_at(ScriptedServer{always(notimp)}) == Status::error);
    CHECK(status_at(ScriptedServer{always(nxdomain)}) == Status::nxdomain);
    CHECK(status_at(ScriptedServer{always(0)}) == Status::no_data);
}

TEST_CASE("a server that takes offence at EDNS is asked without", "[ldns][rfc6891]") {
    const auto rcode = GENERATE(formerr, notimp);
    const auto has_question = GENERATE(true, false);
    const ScriptedServer server{[=](const Message& query, bool) {
        if (query[11] == 0) return std::vector<Sent>{good_reply(query)};
        Message offended = reply_to(query, rcode);
        if (!has_question) {
            offended.resize(12);
            offended[5] = 0;
        }
        return std::vector<Sent>{offended};
    }};
    CHECK(status_at(server) == Status::ok);
    CHECK(server.udp_queries() == 2);
}

TEST_CASE("the next server is asked if one fails, and the most specific failure counts", "[ldns]") {
    const ScriptedServer good{
        [](const Message& query, bool) { return std::vector<Sent>{good_reply(query)}; }};
    const ScriptedServer failing{always(servfail)};
    const SilentServer silent;
    const spf::dns::NameServer nobody = server_at(free_port());
    const auto status = [](std::vector<spf::dns::NameServer> servers) {
        spf::LdnsOptions options = at(std::move(servers));
        options.timeout = 50ms;
        options.tries = 2;
        return spf::LdnsResolver{options}.resolve(question)->status;
    };
    CHECK(status({failing.server(), good.server()}) == Status::ok);
    CHECK(status({silent.server(), good.server()}) == Status::ok);
    CHECK(status({nobody, good.server()}) == Status::ok);
    CHECK(status({silent.server(), failing.server()}) == Status::servfail);
    CHECK(status({nobody, silent.server()}) == Status::timeout);
    CHECK(status({nobody, nobody}) == Status::unreachable);
}

TEST_CASE("what is not a reply to the query is skipped", "[ldns][rfc5452]") {
    const auto spoil = GENERATE(0, 1, 2, 3, 4, 5, 6);
    CAPTURE(spoil);
    const auto spoiled = [spoil](const Message& query) {
        Message reply = good_reply(query);
        if (spoil == 0) reply[0] ^= 1U;                        // number
        if (spoil == 1) reply[2] &= 0x7fU;                     // not a reply
        if (spoil == 2) reply[13] ^= 1U;                       // name
        if (spoil == 3) reply[question_end(query) - 3] ^= 1U;  // type
        if (spoil == 4) reply[question_end(query) - 1] ^= 1U;  // class
        if (spoil == 5) reply.resize(11);
        if (spoil == 6) reply[5] = 2;  // questions
        return reply;
    };
    const ScriptedServer honest_later{[&](const Message& query, bool) {
        return std::vector<Sent>{spoiled(query), Message{}, good_reply(query)};
    }};
    CHECK(status_at(honest_later) == Status::ok);
    const ScriptedServer liar{
        [&](const Message& query, bool) { return std::vector<Sent>{spoiled(query)}; }};
    CHECK(status_at(liar, 50ms) == Status::timeout);
}

TEST_CASE("a reply from another port is not taken", "[ldns][rfc5452]") {
    const ScriptedServer server{[](const Message& query, bool) {
        Message forged = reply_to(query, nxdomain);
        return std::vector<Sent>{{forged, true}, good_reply(query)};
    }};
    CHECK(status_at(server) == Status::ok);
}

TEST_CASE("the case of names in a reply does not matter", "[ldns]") {
    const ScriptedServer server{[](const Message& query, bool) {
        Message reply = reply_to(query);
        add_answer(reply, "EXAMPLE.com", type_a, 300, {192, 0, 2, 1});
        reply[13] = 'E';
        return std::vector<Sent>{reply};
    }};
    CHECK(status_at(server) == Status::ok);
}

TEST_CASE("a reply that is cut anywhere ends in a failure", "[ldns]") {
    std::atomic<std::size_t> cut{0};
    const ScriptedServer server{[&cut](const Message& query, bool) {
        Message reply = good_reply(query);
        reply.resize(std::min<std::size_t>(cut, reply.size()));
        return std::vector<Sent>{reply};
    }};
    constexpr std::size_t size = 12 + 13 + 4 + 2 + 10 + 4;  // header, question, one A record
    for (; cut < size; ++cut) {
        CAPTURE(cut.load());
        CHECK(spf::dns::is_failure(status_at(server, 10ms)));
    }
    CHECK(status_at(server) == Status::ok);
}

TEST_CASE("compression loops and lengths that lie end in a failure", "[ldns]") {
    const auto [owner, data] = GENERATE(table<Message, Message>({
        {{0xc0, 29}, {192, 0, 2, 1}},    // the owner points to itself
        {{0xc0, 31, 0xc0, 29}, {192}},   // and to each other
        {{0xff, 0xff}, {192, 0, 2, 1}},  // beyond the end
        {{0x80, 0x01}, {192, 0, 2, 1}},  // a reserved kind of label
        {{0x3f, 'a'}, {192, 0, 2, 1}},   // a label longer than the message
        {{0xc0, 12}, {192, 0, 2}},       // an address that is too short
    }));
    const ScriptedServer server{[owner = owner, data = data](const Message& query, bool) {
        Message reply = reply_to(query);
        add_record(reply, 6, owner, type_a, 300, data);
        return std::vector<Sent>{reply};
    }};
    CHECK(spf::dns::is_failure(status_at(server)));
}

TEST_CASE("garbage after the question does no harm", "[ldns]") {
    constexpr unsigned seed = 7208;
    std::mt19937 random{seed};
    const ScriptedServer server{[&](const Message& query, bool) {
        Message reply = reply_to(query);
        for (const std::size_t count : {7U, 9U, 11U}) {
            reply[count] = static_cast<std::uint8_t>(random() % 4);
        }
        const std::size_t length = random() % 200;
        for (std::size_t i = 0; i < length; ++i) {
            // Zeros and pointers make it more meaningful than random octets would be.
            const auto kind = random() % 4;
            const auto octet = kind == 0 ? 0U : kind == 1 ? 0xc0U : random() & 0xffU;
            reply.push_back(static_cast<std::uint8_t>(octet));
        }
        return std::vector<Sent>{reply};
    }};
    for (int i = 0; i < 2000; ++i) {
        CAPTURE(i);
        const Status status = status_at(server);
        CHECK((status == Status::error || status == Status::no_data));
    }
}

TEST_CASE("a reply that does not fit is fetched over TCP", "[ldns][rfc7766]") {
    const auto truncated = [](const Message& query) {
        Message reply = reply_to(query);
        reply[2] |= 0x02U;
        return reply;
    };
    SECTION("and replaced by what comes there") {
        const ScriptedServer server{[&](const Message& query, bool over_tcp) {
            return std::vector<Sent>{over_tcp ? good_reply(query) : truncated(query)};
        }};
        CHECK(status_at(server) == Status::ok);
        CHECK(server.tcp_queries() == 1);
    }
    SECTION("which may fail") {
        const ScriptedServer server{[&](const Message& query, bool over_tcp) {
            return over_tcp ? std::vector<Sent>{} : std::vector<Sent>{truncated(query)};
        }};
        CHECK(status_at(server) == Status::error);
    }
    SECTION("or lie") {
        const ScriptedServer server{[&](const Message& query, bool over_tcp) {
            Message reply = over_tcp ? good_reply(query) : truncated(query);
            if (over_tcp) reply[0] ^= 1U;
            return std::vector<Sent>{reply};
        }};
        CHECK(status_at(server) == Status::error);
    }
    SECTION("or be truncated, too: then there is no way to get the rest (RFC 2181, 9)") {
        const ScriptedServer server{[&](const Message& query, bool over_tcp) {
            Message reply = over_tcp ? good_reply(query) : truncated(query);
            reply[2] |= 0x02U;
            return std::vector<Sent>{reply};
        }};
        CHECK(status_at(server) == Status::error);
    }
}

TEST_CASE("a chain of slow aliases takes no longer than one question may", "[ldns]") {
    const ScriptedServer server{[](const Message& query, bool) {
        std::this_thread::sleep_for(60ms);
        Message reply = reply_to(query);
        Message longer{1, 'x'};  // one label more each time
        longer.insert(longer.end(), query.begin() + 12,
                      query.begin() + static_cast<std::ptrdiff_t>(question_end(query)) - 4);
        add_record(reply, 6, {0xc0, 12}, type_cname, 300, longer);
        return std::vector<Sent>{reply};
    }};
    spf::LdnsOptions options = at({server.server()});
    options.timeout = 200ms;
    spf::LdnsResolver resolver{options};
    time_of(resolver, Status::timeout);
    CHECK(server.udp_queries() <= 4);
}

TEST_CASE("a question is given up at its deadline, before its own time is over",
          "[ldns][rfc7208-4.6.4]") {
    const SilentServer silent;
    const ScriptedServer good{
        [](const Message& query, bool) { return std::vector<Sent>{good_reply(query)}; }};
    spf::LdnsOptions options = at({silent.server()});
    options.timeout = 60s;
    spf::dns::Question hasty = question;
    hasty.deadline = spf::dns::deadline_after(100ms);
    CHECK(spf::LdnsResolver{options}.resolve(hasty)->status == Status::timeout);
    CHECK(spf::dns::Clock::now() < hasty.deadline + 20s);

    // The second server has its share of the time.
    options.servers = {silent.server(), good.server()};
    hasty.deadline = spf::dns::deadline_after(4s);
    CHECK(spf::LdnsResolver{options}.resolve(hasty)->status == Status::ok);

    const std::size_t asked = good.udp_queries();
    options.servers = {good.server()};
    hasty.deadline = spf::dns::deadline_after(0ms);
    CHECK(spf::LdnsResolver{options}.resolve(hasty)->status == Status::timeout);
    CHECK(good.udp_queries() == asked);  // no server was asked
}

TEST_CASE("any times are safe", "[ldns]") {
    const ScriptedServer good{
        [](const Message& query, bool) { return std::vector<Sent>{good_reply(query)}; }};
    spf::LdnsOptions options = at({good.server()});
    options.tries = 4'000'000'000U;
    options.timeout = std::chrono::milliseconds::max();
    CHECK(spf::LdnsResolver{options}.resolve(question)->status == Status::ok);
    for (const auto none : {0ms, -1ms, std::chrono::milliseconds::min()}) {
        options.timeout = none;
        CHECK(spf::LdnsResolver{options}.resolve(question)->status == Status::timeout);
    }
}

TEST_CASE("nothing is asked over UDP if only TCP is requested", "[ldns]") {
    const ScriptedServer server{
        [](const Message& query, bool) { return std::vector<Sent>{good_reply(query)}; }};
    spf::LdnsOptions options = at({server.server()});
    options.tcp_only = true;
    CHECK(spf::LdnsResolver{options}.resolve(question)->status == Status::ok);
    CHECK(server.udp_queries() == 0);
    CHECK(server.tcp_queries() == 1);
}
