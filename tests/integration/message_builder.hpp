/// \file message_builder.hpp  DNS messages built by hand, right and wrong ones (RFC 1035 section
/// 4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "integration/sockets.hpp"
#include "spf/dns/resolver.hpp"

namespace spf::test {

/// Types and codes that the tests need by number.
enum Wire : std::uint16_t {
    type_a = 1,
    type_ns = 2,
    type_cname = 5,
    type_soa = 6,
    type_mx = 15,
    type_txt = 16,
    type_aaaa = 28,
    class_in = 1,
    class_ch = 3,
    formerr = 1,
    servfail = 2,
    nxdomain = 3,
    notimp = 4,
    refused = 5,
};

inline void append16(Message& out, std::size_t value) {
    out.push_back(static_cast<std::uint8_t>(value >> 8U & 0xffU));
    out.push_back(static_cast<std::uint8_t>(value & 0xffU));
}

/// A plain name in wire format.
inline Message name_of(std::string_view plain) {
    Message wire;
    while (!plain.empty()) {
        const std::string_view label = plain.substr(0, plain.find('.'));
        wire.push_back(static_cast<std::uint8_t>(label.size()));
        wire.insert(wire.end(), label.begin(), label.end());
        plain.remove_prefix(label.size() < plain.size() ? label.size() + 1 : label.size());
    }
    wire.push_back(0);
    return wire;
}

/// The end of the question of a query.
inline std::size_t question_end(const Message& query) {
    std::size_t at = 12;
    while (query.at(at) != 0) at += query[at] + 1U;
    return at + 5;
}

/// A reply without records.
inline Message reply_to(const Message& query, unsigned rcode = 0, bool authoritative = false) {
    Message reply(query.begin(), query.begin() + static_cast<std::ptrdiff_t>(question_end(query)));
    reply[2] = static_cast<std::uint8_t>(0x81U | (authoritative ? 0x04U : 0U));  // QR, AA, RD
    reply[3] = static_cast<std::uint8_t>(0x80U | rcode);                         // RA
    reply[10] = reply[11] = 0;
    return reply;
}

/// Adds a record to a section: 6 is the answer, 8 the authority (the offset of its count in the
/// header).
inline void add_record(Message& reply, std::size_t section, const Message& owner,
                       std::uint16_t type, std::uint32_t ttl, const Message& data,
                       std::uint16_t of_class = class_in) {
    reply.insert(reply.end(), owner.begin(), owner.end());
    append16(reply, type);
    append16(reply, of_class);
    append16(reply, ttl >> 16U);
    append16(reply, ttl & 0xffffU);
    append16(reply, data.size());
    reply.insert(reply.end(), data.begin(), data.end());
    if (++reply[section + 1] == 0) ++reply[section];
}

inline void add_answer(Message& reply, std::string_view owner, std::uint16_t type,
                       std::uint32_t ttl, const Message& data, std::uint16_t of_class = class_in) {
    add_record(reply, 6, name_of(owner), type, ttl, data, of_class);
}

/// The SOA record of a negative answer.
inline void add_soa(Message& reply, std::string_view apex, std::uint32_t ttl,
                    std::uint32_t minimum) {
    Message data{0, 0};  // both names are the root
    for (const std::uint32_t number : {1U, 2U, 3U, 4U, minimum}) {
        append16(data, number >> 16U);
        append16(data, number & 0xffffU);
    }
    add_record(reply, 8, name_of(apex), type_soa, ttl, data);
}

/// The reply with one A record for the question, 192.0.2.1.
inline Message good_reply(const Message& query) {
    Message reply = reply_to(query);
    add_record(reply, 6, {0xc0, 12}, type_a, 300, {192, 0, 2, 1});
    return reply;
}

/// The question of a query.
struct Asked {
    std::string name;
    dns::RecordType type{};
    bool edns = false;
};

inline Asked asked_in(const Message& query) {
    Asked asked;
    std::size_t at = 12;
    while (query.at(at) != 0) {
        if (!asked.name.empty()) asked.name += '.';
        const auto begin = query.begin() + static_cast<std::ptrdiff_t>(at) + 1;
        asked.name.append(begin, begin + query.at(at));
        at += query.at(at) + std::size_t{1};
    }
    asked.type = static_cast<dns::RecordType>(query.at(at + 1) * 256 + query.at(at + 2));
    asked.edns = query.at(11) == 1;
    return asked;
}

inline constexpr std::size_t answer_section = 6;     ///< offset of the number of records
inline constexpr std::size_t authority_section = 8;  ///< offset of the number of records

/// A pointer to the name of the question.
inline Message name_asked_for() { return {0xc0, 12}; }

/// A text as the data of a TXT record, in strings of 255 octets.
inline Message text_data(std::string_view text) {
    Message data;
    do {
        const std::string_view string = text.substr(0, 255);
        data.push_back(static_cast<std::uint8_t>(string.size()));
        data.insert(data.end(), string.begin(), string.end());
        text.remove_prefix(string.size());
    } while (!text.empty());
    return data;
}

/// Adds a TXT record of the name asked for.
inline void add_text(Message& reply, std::string_view text, std::uint32_t ttl = 300) {
    add_record(reply, answer_section, name_asked_for(), type_txt, ttl, text_data(text));
}

/// A record that lets 192.0.2.1 send, the client of most checks.
inline constexpr auto pass_record = "v=spf1 ip4:192.0.2.1 -all";

/// A reply with a text, or an alias, for the name asked for.
inline Message txt_reply(const Message& query, std::string_view text) {
    Message reply = reply_to(query);
    add_text(reply, text);
    return reply;
}

inline Message alias_reply(const Message& query, std::string_view target) {
    Message reply = reply_to(query);
    add_record(reply, answer_section, name_asked_for(), type_cname, 300, name_of(target));
    return reply;
}

/// A truncated reply (TC).
inline Message truncated_reply(const Message& query) {
    Message reply = reply_to(query);
    reply[2] |= 0x02;
    return reply;
}

}  // namespace spf::test
