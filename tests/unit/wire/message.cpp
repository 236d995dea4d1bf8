// Replies, octet by octet; their transport is tested in tests/integration.

#include "wire/message.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"

using spf::dns::RecordType;
using spf::dns::Status;
using spf::ldns_adapter::Bytes;
using spf::ldns_adapter::Reply;
using namespace std::string_literals;

namespace {

const std::string name = "\7example\3com\0"s;

void append16(Bytes& out, std::size_t value) {
    out.push_back(static_cast<std::uint8_t>(value >> 8U));
    out.push_back(static_cast<std::uint8_t>(value & 0xffU));
}

/// A record of the name asked for.
struct Data {
    unsigned type = 0;
    std::string octets;
};

/// The meaning of a reply with these records, followed by a record 192.0.2.9 of the same name.
Reply reply_with(RecordType type, const std::vector<Data>& answers) {
    Bytes message = spf::ldns_adapter::make_query(name, type, 7, false);
    message[2] = 0x80;  // QR
    message[7] = static_cast<std::uint8_t>(answers.size() + 1);
    const auto add = [&message](const Data& data) {
        append16(message, 0xc00c);  // the name in the question
        append16(message, data.type);
        append16(message, 1);
        for (const unsigned half : {0U, 300U}) append16(message, half);
        append16(message, data.octets.size());
        message.insert(message.end(), data.octets.begin(), data.octets.end());
    };
    for (const Data& data : answers) add(data);
    add({1, "\xc0\0\2\x09"s});
    return spf::ldns_adapter::read_reply(message, name, type, {}, 16);
}

}  // namespace

TEST_CASE("records that are as long as they say are read", "[ldns][rfc1035-3.2.1]") {
    for (const auto& [type, data] :
         std::vector<std::pair<RecordType, std::string>>{{RecordType::a, "\xc0\0\2\1"s},
                                                         {RecordType::aaaa, std::string(16, '\1')},
                                                         {RecordType::mx, "\0\12\1a\xc0\x0c"s},
                                                         {RecordType::ptr, "\1a\0"s},
                                                         {RecordType::txt, "\6v=spf1\0\1x"s}}) {
        CAPTURE(to_string(type));
        const Reply reply = reply_with(type, {{static_cast<unsigned>(type), data}});
        CHECK(reply.kind == Reply::Kind::answer);
        CHECK(reply.answer.status == Status::ok);
    }
}

TEST_CASE("a reply with a record that is longer or shorter than it says is an error",
          "[ldns][rfc1035-3.2.1]") {
    constexpr unsigned cname = 5;
    for (const auto& [type, data] :
         std::vector<std::pair<unsigned, std::string>>{{1, "\xc0\0\2\1\0\0"s},
                                                       {1, "\xc0\0\2"s},
                                                       {28, std::string(17, '\1')},
                                                       {28, "\xc0\0\2\1"s},
                                                       {15, "\0\12\xc0\x0c\0"s},
                                                       {15, "\0\12"s},
                                                       {12, "\1a\0\0"s},
                                                       {cname, "\1a\0\0\0"s},
                                                       {cname, "\1a"s},
                                                       {16, "\6v=spf"s},
                                                       {6, "\0\0"s + std::string(21, '\0')}}) {
        CAPTURE(type, data.size());
        for (const RecordType asked : spf::dns::record_types) {
            const Reply reply = reply_with(asked, {{type, data}});
            CHECK(reply.kind == Reply::Kind::failure);
            CHECK(reply.failure == Status::error);
        }
    }
    // Data of types that SPF does not need is ignored.
    CHECK(reply_with(RecordType::a, {{65280, "\1\2\3"s}}).answer.status == Status::ok);
}

TEST_CASE("a record of another type ends where it says, whatever a reader expects in it",
          "[ldns][rfc1035-3.2.1][rfc3597-4]") {
    const std::vector<unsigned> known{1, 2, 5, 6, 12, 15, 16, 28, 39, 99};
    const std::vector<std::string> cut{""s, "\x05"s, "\0\1\3www"s, "\0\1\0\0\0\1\1"s,
                                       std::string(9, '\x3f')};
    for (unsigned type = 0; type < 300; ++type) {
        if (std::ranges::find(known, type) != known.end()) continue;
        for (const std::string& data : cut) {
            CAPTURE(type, data.size());
            const Reply reply = reply_with(RecordType::a, {{type, data}});
            CHECK(reply.kind == Reply::Kind::answer);
            CHECK(reply.answer.addresses == std::vector{*spf::IpAddress::parse("192.0.2.9")});
        }
    }
}
