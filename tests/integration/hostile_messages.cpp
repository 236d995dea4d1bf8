// Forgeries, sizes, records and codes that do not fit, and wrong lengths.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "integration/hostile_scripts.hpp"

namespace spf::test {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t end_of_question = 12 + 13 + 4;  // about example.com
constexpr std::uint16_t type_null = 10;

// Messages that are not acceptable replies

using Spoil = void (*)(Message& reply);

/// A reply that would let every client pass, with an error put into it.
Message spoilt(const Message& query, Spoil spoil) {
    Message reply = txt_reply(query, "v=spf1 +all");
    spoil(reply);
    return reply;
}

/// Adds two cases: the wrong reply alone, and before a right one.
void add_spoilt(std::vector<HostileCase>& cases, std::string_view alone, std::string_view before,
                std::string_view rule, Spoil spoil, Datagram::From from = Datagram::From::server) {
    const auto make = [spoil, from](const Message& query) {
        return Datagram{spoilt(query, spoil), 0ms, from};
    };
    cases.push_back({alone, rule,
                     datagrams([make](const Message& query) { return std::vector{make(query)}; }),
                     "temperror timeout", brief});
    cases.push_back({before, rule, datagrams([make](const Message& query) {
                         return std::vector{make(query), Datagram{good(query)}};
                     }),
                     "pass"});
}

void add_forgeries(std::vector<HostileCase>& cases) {
    add_spoilt(cases, "wrong id", "wrong id, then the reply", "RFC 5452 9.1",
               [](Message& reply) { reply[0] ^= 1U; });
    add_spoilt(cases, "wrong name in the question", "wrong name, then the reply", "RFC 5452 9.1",
               [](Message& reply) { reply[13] ^= 2U; });
    add_spoilt(cases, "wrong type in the question", "wrong type, then the reply", "RFC 5452 9.1",
               [](Message& reply) { reply[end_of_question - 3] ^= 1U; });
    add_spoilt(cases, "wrong class in the question", "wrong class, then the reply", "RFC 5452 9.1",
               [](Message& reply) { reply[end_of_question - 1] ^= 2U; });
    add_spoilt(cases, "two questions", "two questions, then the reply", "RFC 9619",
               [](Message& reply) { reply[5] = 2; });
    add_spoilt(cases, "no question, but an answer", "no question, then the reply", "RFC 5452 9.1",
               [](Message& reply) {
                   reply[5] = 0;
                   reply.erase(reply.begin() + 12,
                               reply.begin() + static_cast<std::ptrdiff_t>(end_of_question));
               });
    add_spoilt(cases, "a query in place of a reply", "a query, then the reply", "RFC 1035 4.1.1",
               [](Message& reply) { reply[2] &= 0x7fU; });
    add_spoilt(cases, "another opcode", "another opcode, then the reply", "RFC 1035 4.1.1",
               [](Message& reply) { reply[2] |= 0x10U; });
    add_spoilt(cases, "eleven octets", "eleven octets, then the reply", "RFC 1035 4.1.1",
               [](Message& reply) { reply.resize(11); });
    add_spoilt(cases, "an empty datagram", "an empty one, then the reply", "RFC 1035 4.1.1",
               [](Message& reply) { reply.clear(); });
    add_spoilt(
        cases, "from another port", "from another port, then the reply", "RFC 5452 9.1",
        [](Message&) {}, Datagram::From::other_port);
    add_spoilt(
        cases, "from another address", "from another address, then it", "RFC 5452 9.1",
        [](Message&) {}, Datagram::From::other_address);
    cases.push_back({"200 wrong ids, then the reply", "RFC 5452 9.1",
                     datagrams([](const Message& query) {
                         Message wrong = spoilt(query, [](Message& reply) { reply[0] ^= 1U; });
                         std::vector<Datagram> out(200, Datagram{wrong});
                         out.push_back({good(query)});
                         return out;
                     }),
                     "pass"});
    cases.push_back({"the question in capitals (0x20)", "RFC 1035 2.3.3",
                     by_udp([](const Message& query) {
                         Message reply = good(query);
                         for (std::size_t i = 13; i < 20; ++i) reply[i] &= 0xdfU;
                         return reply;
                     }),
                     "pass"});
}

// Sizes

Message padded_to(const Message& query, std::size_t size) {
    const auto of = [&query](std::size_t spaces) {
        return txt_reply(query, "v=spf1" + std::string(spaces, ' ') + "ip4:192.0.2.1 -all");
    };
    std::size_t spaces = size - size / 256 - end_of_question - 40;
    while (of(spaces).size() < size) ++spaces;
    return of(spaces);
}

Message many_texts(const Message& query, int count, std::string_view text) {
    Message reply = reply_to(query);
    for (int i = 1; i < count; ++i) add_text(reply, text);
    add_text(reply, pass_record);
    return reply;
}

void add_sizes(std::vector<HostileCase>& cases) {
    cases.push_back({"truncated, whole over TCP", "RFC 7766 5", whole_by_tcp(good), "pass"});
    cases.push_back({"truncated with records, TCP breaks",
                     "RFC 2181 9",
                     {[](const Message& query, std::size_t) {
                          Message reply = good(query);
                          reply[2] |= 0x02U;
                          return std::vector<Datagram>{{reply}};
                      },
                      [](const Message&, std::size_t) {
                          return Stream{{}, 0ms, 0ms, Stream::End::reset};
                      }},
                     "temperror error"});
    cases.push_back({"truncated over TCP, too", "RFC 2181 9",
                     whole_by_tcp([](const Message& query) {
                         Message reply = good(query);
                         reply[2] |= 0x02U;
                         return reply;
                     }),
                     "temperror error"});
    cases.push_back({"cut within a record, not truncated", "RFC 1035 4.1.3",
                     by_udp([](const Message& query) {
                         Message reply = good(query);
                         reply.resize(reply.size() - 4);
                         return reply;
                     }),
                     "temperror error"});
    for (const auto& [name, size] : {std::pair{"a datagram of 4,096 octets", 4096U},
                                     std::pair{"a datagram of 513 octets", 513U}}) {
        cases.push_back({name, "RFC 6891 6.2.3", by_udp([size = size](const Message& query) {
                             return padded_to(query, size);
                         }),
                         "pass"});
    }
    for (const auto& [name, size] : {std::pair{"a datagram of 4,097 octets", 4097U},
                                     std::pair{"a datagram of 65,000 octets", 65'000U}}) {
        cases.push_back({name, "RFC 6891 6.2.3", by_udp([size = size](const Message& query) {
                             return padded_to(query, size);
                         }),
                         "temperror timeout", brief});
    }
    cases.push_back({"one TXT record in 65,535 octets", "RFC 1035 4.2.2",
                     whole_by_tcp([](const Message& query) { return padded_to(query, 65'535); }),
                     "pass"});
    cases.push_back(
        {"1,000 TXT records, one of them SPF", "RFC 7208 4.5",
         whole_by_tcp([](const Message& query) { return many_texts(query, 1000, "not a policy"); }),
         "pass"});
    cases.push_back({"1,000 SPF records", "RFC 7208 4.5", whole_by_tcp([](const Message& query) {
                         return many_texts(query, 1000, "v=spf1 -all");
                     }),
                     "permerror"});
}

// Records of other names, and codes that do not fit

void add_records(std::vector<HostileCase>& cases) {
    cases.push_back({"records of other names alone", "RFC 2181 5.4.1",
                     by_udp([](const Message& query) {
                         Message reply = reply_to(query);
                         add_answer(reply, "example.net", type_txt, 300, text_data("v=spf1 +all"));
                         return reply;
                     }),
                     "none"});
    cases.push_back({"records of other names and classes, too", "RFC 2181 5.4.1",
                     by_udp([](const Message& query) {
                         Message reply = reply_to(query);
                         const Message open = text_data("v=spf1 +all");
                         add_answer(reply, "sub.example.com", type_txt, 300, open);
                         add_answer(reply, "example.com", type_txt, 300, open, class_ch);
                         add_text(reply, pass_record);
                         add_record(reply, authority_section, name_asked_for(), type_txt, 1, open);
                         return reply;
                     }),
                     "pass"});
    cases.push_back({"the answer in the wrong section", "RFC 1035 4.1",
                     by_udp([](const Message& query) {
                         Message reply = reply_to(query);
                         add_record(reply, additional_section, name_asked_for(), type_txt, 300,
                                    text_data("v=spf1 +all"));
                         return reply;
                     }),
                     "none"});
    cases.push_back({"SERVFAIL with records", "RFC 1035 4.1.1", by_udp([](const Message& query) {
                         Message reply = good(query);
                         reply[3] |= servfail;
                         return reply;
                     }),
                     "temperror servfail"});
    cases.push_back({"NXDOMAIN with records of the name", "RFC 2308 2.1",
                     by_udp([](const Message& query) {
                         Message reply = good(query);
                         reply[3] |= nxdomain;
                         return reply;
                     }),
                     "none"});
    cases.push_back({"NXDOMAIN with an alias", "RFC 2308 2.1", by_udp([](const Message& query) {
                         Message reply = alias_reply(query, "gone.test");
                         reply[3] |= nxdomain;
                         return reply;
                     }),
                     "none"});
    cases.push_back({"REFUSED", "RFC 7208 4.4",
                     by_udp([](const Message& query) { return reply_to(query, refused); }),
                     "temperror error"});
    cases.push_back({"a referral", "RFC 2308 2.2", by_udp([](const Message& query) {
                         Message reply = reply_to(query);
                         add_record(reply, authority_section, name_of("com"), type_ns, 900,
                                    name_of("ns.example.net"));
                         return reply;
                     }),
                     "temperror error"});
    constexpr std::pair<std::string_view, std::uint32_t> ttls[] = {
        {"TTL 0", 0}, {"TTL 2^31", 0x8000'0000U}, {"TTL 2^32-1", 0xffff'ffffU}};
    for (const auto& [name, ttl] : ttls) {
        cases.push_back({name, "RFC 2181 8", by_udp([ttl = ttl](const Message& query) {
                             Message reply = reply_to(query);
                             add_text(reply, pass_record, ttl);
                             return reply;
                         }),
                         "pass", ample, 0s});
    }
    cases.push_back({"TTL 2^31-1", "RFC 2181 8", by_udp([](const Message& query) {
                         Message reply = reply_to(query);
                         add_text(reply, pass_record, 0x7fff'ffffU);
                         return reply;
                     }),
                     "pass", ample, std::chrono::seconds{0x7fff'ffff}});
}

// Bad messages

/// A record that counts, with the given owner and data.
HostileScript with_record(Message owner, std::uint16_t type, Message data) {
    return by_udp([owner = std::move(owner), type, data = std::move(data)](const Message& query) {
        Message reply = reply_to(query);
        add_record(reply, answer_section, owner, type, 300, data);
        return reply;
    });
}

/// A right reply with one octet changed; a negative place counts from the end.
HostileScript with_octet(std::ptrdiff_t place, std::uint8_t value) {
    return by_udp([place, value](const Message& query) {
        Message reply = good(query);
        *((place < 0 ? reply.end() : reply.begin()) + place) = value;
        return reply;
    });
}

/// Thousands of records whose owners are pointers to pointers, thousands deep.
Message pointers_to_pointers(const Message& query) {
    constexpr std::size_t reach = 0x4000;  // of a pointer (RFC 1035, 4.1.4)
    constexpr std::size_t largest = 65'535;
    Message reply = reply_to(query);
    const std::size_t first = reply.size() + 2 + 10;
    Message chain{0xc0, 12};
    while (first + chain.size() + 2 < reach) append16(chain, 0xc000U + first + chain.size() - 2);
    const std::size_t last = first + chain.size() - 2;
    add_record(reply, answer_section, name_asked_for(), type_null, 300, chain);
    add_text(reply, pass_record);
    Message deep;
    append16(deep, 0xc000U + last);
    while (reply.size() + 13 <= largest) {
        add_record(reply, answer_section, deep, type_txt, 300, {0});
    }
    return reply;
}

void add_bad_messages(std::vector<HostileCase>& cases) {
    const auto place = static_cast<std::uint8_t>(end_of_question);
    const auto next = static_cast<std::uint8_t>(place + 2);
    const auto data = static_cast<std::uint8_t>(place + 2 + 10);
    const Message text = text_data(pass_record);
    const std::string_view names = "RFC 1035 4.1.4";
    cases.push_back({"an owner that points to itself", names,
                     with_record({0xc0, place}, type_txt, text), "temperror error"});
    cases.push_back({"pointers to each other", names,
                     with_record({0xc0, next, 0xc0, place}, type_txt, text), "temperror error"});
    cases.push_back({"a pointer beyond the end", names, with_record({0xff, 0xff}, type_txt, text),
                     "temperror error"});
    cases.push_back({"a label of a reserved kind", names, with_record({0x80, 1}, type_txt, text),
                     "temperror error"});
    cases.push_back({"an alias that points to itself", names,
                     with_record(name_asked_for(), type_cname, {0xc0, data}), "temperror error"});
    cases.push_back(
        {"3,700 owners, 8,100 pointers deep", names, whole_by_tcp(pointers_to_pointers), "pass"});

    const std::string_view lengths = "RFC 1035 4.1.3";
    const auto length_at = static_cast<std::ptrdiff_t>(end_of_question + 2 + 8);
    cases.push_back(
        {"RDLENGTH beyond the message", lengths, with_octet(length_at, 0xff), "temperror error"});
    cases.push_back({"RDLENGTH one too many", lengths,
                     with_octet(length_at + 1, static_cast<std::uint8_t>(text.size() + 1)),
                     "temperror error"});
    cases.push_back({"RDLENGTH that ends within the text", lengths, with_octet(length_at + 1, 9),
                     "temperror error"});
    cases.push_back({"a string longer than its record", "RFC 1035 3.3.14",
                     with_octet(length_at + 2, 200), "temperror error"});
    cases.push_back({"65,535 answers counted, one there", "RFC 1035 4.1.1",
                     by_udp([](const Message& query) {
                         Message reply = good(query);
                         reply[6] = reply[7] = 0xff;
                         return reply;
                     }),
                     "temperror error"});
    cases.push_back({"no answer counted, one there", "RFC 1035 4.1.1", with_octet(7, 0), "none"});
}

}  // namespace

void add_messages(std::vector<HostileCase>& cases) {
    add_forgeries(cases);
    add_sizes(cases);
    add_records(cases);
    add_bad_messages(cases);
}

}  // namespace spf::test
