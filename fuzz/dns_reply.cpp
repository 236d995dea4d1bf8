// Tests replies of name servers. An accepted reply must answer the question that was asked. It must
// contain only data that the message has for the name of the question or for the target of its
// aliases. A second, simpler reader determines this data.
//
// The input consists of an octet for the type, an octet for the question and its form, and the
// message. The message is read twice: unchanged, and with the fields corrected that an attacker
// would have to guess.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "require.hpp"
#include "wire/handle.hpp"
#include "wire/message.hpp"

namespace {

using spf::dns::RecordType;
using spf::dns::Status;
using spf::ldns_adapter::Bytes;
using spf::ldns_adapter::Reply;
using Message = std::span<const std::uint8_t>;

constexpr unsigned max_aliases = 16;
constexpr std::size_t header_size = 12;

struct Record {
    std::string owner;  ///< in wire format, in lower case
    unsigned type = 0;
    unsigned record_class = 0;
    std::size_t data = 0;  ///< the offset where its data begins
    std::size_t size = 0;
};

unsigned number_at(Message message, std::size_t at) { return message[at] * 256U + message[at + 1]; }

/// Returns a name in wire format, in lower case, and sets `at` to the offset after the name.
/// Returns nothing if the name is malformed.
std::optional<std::string> name_at(Message message, std::size_t& at) {
    std::string name;
    std::size_t end = 0;
    std::size_t from = at;
    for (unsigned labels = 0; labels < 256; ++labels) {
        if (from >= message.size()) return std::nullopt;
        const unsigned length = message[from];
        if (length >= 192) {
            if (from + 1 >= message.size()) return std::nullopt;
            if (end == 0) end = from + 2;
            from = number_at(message, from) & 0x3fffU;
            continue;
        }
        if (length > 63 || from + 1 + length > message.size()) return std::nullopt;
        name += static_cast<char>(length);
        for (std::size_t i = 0; i < length; ++i)
            name += spf::ascii::lower(static_cast<char>(message[from + 1 + i]));
        from += 1 + length;
        if (length != 0) continue;
        at = end == 0 ? from : end;
        return name.size() <= 255 ? std::optional(name) : std::nullopt;
    }
    return std::nullopt;
}

/// Returns whether the length of a record's data is that of its contents (RFC 1035, 3.2.1).
bool has_its_length(Message message, const Record& record) {
    std::size_t at = record.data;
    switch (static_cast<RecordType>(record.type)) {
        case RecordType::a: return record.size == 4;
        case RecordType::aaaa: return record.size == 16;
        default: break;
    }
    constexpr unsigned cname = 5;
    return record.type != cname || !name_at(message, at) || at == record.data + record.size;
}

/// Returns the records of the answer section, or nothing if a part of it is malformed. Checks that
/// no accepted record has a wrong length.
std::optional<std::vector<Record>> answers_of(Message message) {
    std::size_t at = header_size;
    for (unsigned i = number_at(message, 4); i > 0; --i) {
        if (!name_at(message, at) || at + 4 > message.size()) return std::nullopt;
        at += 4;
    }
    std::vector<Record> records;
    for (unsigned i = number_at(message, 6); i > 0; --i) {
        auto owner = name_at(message, at);
        if (!owner || at + 10 > message.size()) return std::nullopt;
        const std::size_t size = number_at(message, at + 8);
        if (at + 10 + size > message.size()) return std::nullopt;
        records.push_back(
            {std::move(*owner), number_at(message, at), number_at(message, at + 2), at + 10, size});
        REQUIRE_THAT(has_its_length(message, records.back()));
        at += 10 + size;
    }
    return records;
}

/// Returns the names whose records may answer a question for `name`: the name itself, and the
/// targets of its aliases.
std::vector<std::string> names_for(Message message, const std::vector<Record>& records,
                                   std::string name) {
    constexpr unsigned cname = 5;
    for (char& c : name) c = spf::ascii::lower(c);
    std::vector<std::string> names{name};
    for (std::size_t i = 0; i < names.size() && i <= max_aliases; ++i) {
        for (const Record& record : records) {
            if (record.type != cname || record.record_class != 1 || record.owner != names[i])
                continue;
            std::size_t at = record.data;
            const auto target = name_at(message, at);
            if (target && std::find(names.begin(), names.end(), *target) == names.end())
                names.push_back(*target);
        }
    }
    return names;
}

/// Returns the sixteen octets of an address. For an IPv4 address, the last four octets are the
/// address.
std::string octets_of(const spf::IpAddress& address) {
    std::string out;
    for (const std::uint64_t half : {address.high(), address.low()}) {
        for (int shift = 56; shift >= 0; shift -= 8)
            out += static_cast<char>(static_cast<unsigned char>(half >> shift & 0xffU));
    }
    return out;
}

/// Checks that every address of an answer is in a record of the type, of a name that may answer.
void check_addresses(Message message, const Reply& reply, RecordType type,
                     const std::string& name) {
    const auto records = answers_of(message);
    if (!records) return;
    const auto names = names_for(message, *records, name);
    const std::size_t size = type == RecordType::a ? 4 : 16;
    for (const spf::IpAddress& address : reply.answer.addresses) {
        const std::string octets = octets_of(address).substr(16 - size);
        const auto holds = [&](const Record& record) -> bool {
            if (record.type != static_cast<unsigned>(type) || record.record_class != 1)
                return false;
            if (std::find(names.begin(), names.end(), record.owner) == names.end()) return false;
            const auto data = message.subspan(record.data, record.size);
            return std::equal(
                octets.begin(), octets.end(), data.begin(), data.end(),
                [](char a, std::uint8_t b) -> bool { return static_cast<unsigned char>(a) == b; });
        };
        REQUIRE_THAT(std::any_of(records->begin(), records->end(), holds));
    }
}

void check_answer(Message message, const Reply& reply, RecordType type, const std::string& name) {
    const spf::dns::Answer& answer = reply.answer;
    REQUIRE_THAT(answer.ttl.count() >= 0 && answer.ttl.count() <= 0x7fff'ffff);
    const bool is_text = type == RecordType::txt || type == RecordType::spf;
    const bool is_address = type == RecordType::a || type == RecordType::aaaa;
    REQUIRE_THAT(answer.addresses.empty() || is_address);
    REQUIRE_THAT(answer.exchanges.empty() || type == RecordType::mx);
    REQUIRE_THAT(answer.names.empty() || type == RecordType::ptr);
    REQUIRE_THAT(answer.texts.empty() || is_text);
    const std::size_t count = answer.addresses.size() + answer.exchanges.size() +
                              answer.names.size() + answer.texts.size();
    REQUIRE_THAT((answer.status == Status::ok) == (count > 0));
    REQUIRE_THAT(answer.status == Status::ok || answer.is_void());
    // Every record needs at least eleven octets: one for the shortest name, the root, and ten for
    // the other fields.
    REQUIRE_THAT(count * 11 <= message.size());
    std::size_t octets = 0;
    for (const std::string& text : answer.texts) octets += text.size();
    REQUIRE_THAT(octets <= message.size());
    if (is_address) check_addresses(message, reply, type, name);
}

void check_reply(Message message, const Bytes& query, RecordType type, const std::string& name) {
    if (!spf::ldns_adapter::is_reply(message, query)) return;
    REQUIRE_THAT(message.size() >= header_size && message[0] == query[0] && message[1] == query[1]);
    REQUIRE_THAT((message[2] & 0x80U) != 0);
    const Reply reply = spf::ldns_adapter::read_reply(message, name, type, {}, max_aliases);
    switch (reply.kind) {
        case Reply::Kind::answer: check_answer(message, reply, type, name); break;
        case Reply::Kind::alias: {
            std::size_t at = 0;
            std::vector<std::uint8_t> wire(reply.target.begin(), reply.target.end());
            REQUIRE_THAT(name_at(wire, at) && at == wire.size());
            REQUIRE_THAT(reply.chain.aliases >= 1 && reply.chain.aliases <= max_aliases);
            REQUIRE_THAT(reply.chain.ttl.count() >= 0 && reply.chain.ttl.count() <= 0x7fff'ffff);
            break;
        }
        case Reply::Kind::failure:
        case Reply::Kind::no_edns: REQUIRE_THAT(spf::dns::is_failure(reply.failure)); break;
    }
    if (spf::ldns_adapter::is_truncated(message))
        REQUIRE_THAT(reply.kind != Reply::Kind::answer && reply.kind != Reply::Kind::alias);
    // The message must not be accepted as the reply to another query.
    Bytes other = query;
    other[1] ^= 1U;
    REQUIRE_THAT(!spf::ldns_adapter::is_reply(message, other));
}

/// Returns the message in which the header fields and the question of the query replace its own.
Bytes put_right(Message message, const Bytes& query, std::size_t question) {
    Bytes out(message.begin(),
              message.begin() + std::min<std::ptrdiff_t>(header_size, std::ssize(message)));
    out.resize(header_size, 0);
    out[0] = query[0];
    out[1] = query[1];
    out[2] = static_cast<std::uint8_t>((out[2] | 0x80U) & 0x87U);
    out[4] = 0;
    out[5] = 1;
    out.insert(out.end(), query.begin() + header_size,
               query.begin() + static_cast<std::ptrdiff_t>(header_size + question));
    if (message.size() > header_size)
        out.insert(out.end(), message.begin() + header_size, message.end());
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2 || size > 65537) return 0;
    const RecordType type = spf::dns::record_types[data[0] % spf::dns::record_types.size()];
    constexpr std::array<std::string_view, 4> names{"example.com", "a", "_spf.a.example.com",
                                                    "b.example.com"};
    const std::string name = *spf::ldns_adapter::wire_name(names[data[1] % names.size()]);
    const Bytes query = spf::ldns_adapter::make_query(name, type, 0x1234, (data[1] & 0x80U) != 0);
    const Message message(data + 2, size - 2);
    check_reply(message, query, type, name);
    check_reply(put_right(message, query, name.size() + 4), query, type, name);
    return 0;
}
