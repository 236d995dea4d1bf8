// Endless aliases, EDNS refused, and replies that come late, in small pieces or not at all.

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "integration/hostile_scripts.hpp"

namespace spf::test {
namespace {

using namespace std::chrono_literals;

// Aliases

/// The names of a chain: example.com, c1.test, c2.test ...
std::string link(int number) {
    return number == 0 ? "example.com" : "c" + std::to_string(number) + ".test";
}
int number_of(const std::string& name) {
    return name == "example.com" ? 0 : std::stoi(name.substr(1));
}

/// Returns the next link as a separate reply; the last link has the record.
Message next_link(const Message& query, int aliases) {
    const int number = number_of(asked_in(query).name);
    return number == aliases ? good(query) : alias_reply(query, link(number + 1));
}

Message whole_chain(const Message& query, int aliases) {
    Message reply = reply_to(query);
    add_answer(reply, link(aliases), type_txt, 300, text_data(pass_record));
    for (int i = aliases; i-- > 0;) {
        add_answer(reply, link(i), type_cname, 300, name_of(link(i + 1)));
    }
    return reply;
}

void add_aliases(std::vector<HostileCase>& cases) {
    struct Length {
        std::string_view in_one;
        std::string_view in_many;
        int aliases;
        std::string_view verdict;
    };
    for (const Length& length :
         {Length{"2 aliases in one reply", "2 aliases, a reply each", 2, "pass"},
          Length{"16 aliases in one reply", "16 aliases, a reply each", 16, "pass"},
          Length{"17 aliases in one reply", "17 aliases, a reply each", 17, "temperror error"}}) {
        const int aliases = length.aliases;
        cases.push_back({length.in_one, "RFC 1034 3.6.2", by_udp([aliases](const Message& query) {
                             return whole_chain(query, aliases);
                         }),
                         length.verdict});
        cases.push_back({length.in_many, "RFC 1034 3.6.2", by_udp([aliases](const Message& query) {
                             return next_link(query, aliases);
                         }),
                         length.verdict});
    }
    cases.push_back({"an alias of itself", "RFC 1034 3.6.2",
                     by_udp([](const Message& query) { return alias_reply(query, "example.com"); }),
                     "temperror error"});
    cases.push_back({"a loop of aliases in one reply", "RFC 1034 3.6.2",
                     by_udp([](const Message& query) {
                         Message reply = alias_reply(query, "c1.test");
                         add_answer(reply, "c1.test", type_cname, 300, name_of("example.com"));
                         return reply;
                     }),
                     "temperror error"});
    cases.push_back({"a loop of aliases, a reply each", "RFC 1034 3.6.2",
                     by_udp([](const Message& query) {
                         return alias_reply(query, link(1 - number_of(asked_in(query).name)));
                     }),
                     "temperror error"});
    cases.push_back({"16 aliases that take 50 ms each",
                     "RFC 7208 4.6.4",
                     by_udp([](const Message& query) { return next_link(query, 16); }, 50ms),
                     "temperror deadline",
                     {200ms, 2, 300ms, 4s}});
}

// EDNS

/// Refuses EDNS with `refuse`, and answers queries without EDNS.
HostileScript offended(Make refuse) {
    return by_udp([refuse = std::move(refuse)](const Message& query) {
        return asked_in(query).edns ? refuse(query) : good(query);
    });
}

Message bad_version(const Message& query) {
    constexpr std::uint32_t badvers = 1U << 24U;  // the high 8 bits of 16
    Message reply = reply_to(query);
    add_record(reply, additional_section, {0}, type_opt, badvers, {}, 1232);
    return reply;
}

void add_edns(std::vector<HostileCase>& cases) {
    const std::string_view rule = "RFC 6891 7";
    cases.push_back({"FORMERR to EDNS", rule,
                     offended([](const Message& query) { return reply_to(query, formerr); }),
                     "pass"});
    cases.push_back({"FORMERR to EDNS, header alone", rule, offended([](const Message& query) {
                         Message header = reply_to(query, formerr);
                         header.resize(12);
                         header[5] = 0;
                         return header;
                     }),
                     "pass"});
    cases.push_back({"NOTIMP to EDNS", rule,
                     offended([](const Message& query) { return reply_to(query, notimp); }),
                     "pass"});
    cases.push_back({"BADVERS to EDNS", "RFC 6891 6.1.3", offended(bad_version), "pass"});
    cases.push_back({"FORMERR to everything", rule,
                     by_udp([](const Message& query) { return reply_to(query, formerr); }),
                     "temperror error"});
    cases.push_back(
        {"BADVERS to everything", "RFC 6891 6.1.3", by_udp(bad_version), "temperror error"});
}

// Time

/// example.com includes c1.test, which includes c2.test, and so on; the last one lets the client
/// pass.
Message next_include(const Message& query, int includes) {
    const int number = number_of(asked_in(query).name);
    if (number == includes) return good(query);
    return txt_reply(query, "v=spf1 include:" + link(number + 1) + " -all");
}

/// example.com includes c1.test to c3.test, of which the last one lets the client pass.
Message three_includes(const Message& query) {
    switch (number_of(asked_in(query).name)) {
        case 0:
            return txt_reply(query, "v=spf1 include:c1.test include:c2.test include:c3.test -all");
        case 3: return good(query);
        default: return txt_reply(query, "v=spf1 -all");
    }
}

/// Answers over UDP only questions that are asked for the second time.
HostileScript every_second(Make make, HostileScript also = {}) {
    also.udp = [make = std::move(make), seen = std::set<std::string>{}](
                   const Message& query, std::size_t) mutable -> std::vector<Datagram> {
        if (seen.insert(asked_in(query).name).second) return {};
        return {{make(query)}};
    };
    return also;
}

void add_times(std::vector<HostileCase>& cases) {
    const std::string_view rule = "RFC 7208 4.6.4";
    cases.push_back({"silence", rule, {}, "temperror timeout", brief});
    cases.push_back({"silence until the deadline", rule, {}, "temperror deadline", limited});
    cases.push_back(
        {"a reply after the deadline", rule, by_udp(good, 400ms), "temperror deadline", limited});
    cases.push_back({"each reply after its try",
                     rule,
                     by_udp(good, 250ms),
                     "temperror timeout",
                     {100ms, 2, 40s, 4s}});
    cases.push_back({"10 includes of 50 ms each, one by one",
                     rule,
                     by_udp([](const Message& query) { return next_include(query, 10); }, 50ms),
                     "temperror deadline",
                     {200ms, 2, 300ms, 4s}});
    cases.push_back({"silence where the explanation is", "RFC 7208 6.2",
                     datagrams([](const Message& query) {
                         std::vector<Datagram> out;
                         if (asked_in(query).name == "example.com") {
                             out.push_back({txt_reply(query, "v=spf1 -all exp=why.test")});
                         }
                         return out;
                     }),
                     "fail", limited});
    cases.push_back({"each reply three times", "RFC 5452 9.1", datagrams([](const Message& query) {
                         return std::vector<Datagram>(3, Datagram{next_include(query, 5)});
                     }),
                     "pass"});
    cases.push_back({"a reply and later its contrary", "RFC 5452 9.1",
                     datagrams([](const Message& query) {
                         return std::vector<Datagram>{{next_include(query, 5)},
                                                      {reply_to(query, nxdomain), 20ms}};
                     }),
                     "pass"});
    cases.push_back({"every second query dropped",
                     "RFC 1035 4.2.1",
                     every_second(three_includes),
                     "pass",
                     {150ms, 2, 40s, 10s}});
    cases.push_back({"dropped, then told to use TCP (slip)",
                     "RFC 7766 5",
                     every_second(truncated_reply, whole_by_tcp(three_includes)),
                     "pass",
                     {150ms, 2, 40s, 10s}});
}

void add_streams(std::vector<HostileCase>& cases) {
    using End = Stream::End;
    const auto stream = [](std::chrono::milliseconds pace, End end) {
        return by_tcp([=](const Message& query) {
            return Stream{framed(three_includes(query)), 0ms, pace, end};
        });
    };
    cases.push_back({"TCP: silence", "RFC 7766 6.2.3",
                     by_tcp([](const Message&) { return Stream{}; }), "temperror timeout", brief});
    cases.push_back({"TCP: one octet a second", "RFC 7208 4.6.4", stream(1s, End::keep),
                     "temperror deadline", limited});
    cases.push_back({"TCP: one octet a millisecond", "RFC 7766 8", by_tcp([](const Message& query) {
                         return Stream{framed(good(query)), 0ms, 1ms};
                     }),
                     "pass"});
    cases.push_back(
        {"TCP: closed after each reply", "RFC 7766 6.2.4", stream(0ms, End::close), "pass"});
    cases.push_back({"TCP: closed without a reply", "RFC 7766 6.2.4", by_tcp([](const Message&) {
                         return Stream{{}, 0ms, 0ms, End::close};
                     }),
                     "temperror error"});
    cases.push_back({"TCP: reset", "RFC 7766 6.2.4", by_tcp([](const Message&) {
                         return Stream{{}, 0ms, 0ms, End::reset};
                     }),
                     "temperror error"});
    cases.push_back({"TCP: closed within the reply", "RFC 7766 8", by_tcp([](const Message& query) {
                         Message octets = framed(good(query));
                         octets.resize(octets.size() - 3);
                         return Stream{octets, 0ms, 0ms, End::close};
                     }),
                     "temperror error"});
    cases.push_back({"TCP: more announced than comes", "RFC 7766 8",
                     by_tcp([](const Message& query) {
                         Message octets = framed(good(query));
                         octets[0] = 0xff;
                         return Stream{octets};
                     }),
                     "temperror timeout", brief});
    cases.push_back({"TCP: less announced than comes", "RFC 7766 8",
                     by_tcp([](const Message& query) {
                         Message octets = framed(good(query));
                         octets[1] = static_cast<std::uint8_t>(octets[1] - 3U);
                         return Stream{octets, 0ms, 0ms, End::close};
                     }),
                     "temperror error"});
    cases.push_back({"TCP: a wrong id, then the reply", "RFC 7766 7",
                     by_tcp([](const Message& query) {
                         Message foreign = txt_reply(query, "v=spf1 +all");
                         foreign[0] ^= 1U;
                         Message octets = framed(foreign);
                         const Message right = framed(good(query));
                         octets.insert(octets.end(), right.begin(), right.end());
                         return Stream{octets};
                     }),
                     "temperror error"});
}

}  // namespace

void add_behaviour(std::vector<HostileCase>& cases) {
    add_aliases(cases);
    add_edns(cases);
    add_times(cases);
    add_streams(cases);
}

}  // namespace spf::test
