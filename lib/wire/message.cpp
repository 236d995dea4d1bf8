// Makes DNS queries and reads the replies to them.
//
// The fields of a query are at fixed places, and so are the fields of a reply that are compared
// with the query. This file reads and writes these fields without ldns. After these fields have
// shown that a message is the reply to a query, ldns parses the whole message, including its
// compressed names.
//
//      0       2       4       6       8      10      12
//      | id    | flags |QDCOUNT|ANCOUNT|NSCOUNT|ARCOUNT| question ...
//        flags: QR opcode(4) AA TC RD | RA Z AD CD rcode(4)

#include "wire/message.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "wire/handle.hpp"
#include "wire/lengths.hpp"

namespace spf::ldns_adapter {
namespace {

using std::chrono::seconds;

constexpr std::size_t header_size = 12;
constexpr std::uint8_t qr_bit = 0x80;
constexpr std::uint8_t opcode_bits = 0x78;
constexpr std::uint8_t tc_bit = 0x02;
constexpr std::uint8_t rd_bit = 0x01;
constexpr std::uint8_t rcode_bits = 0x0f;
constexpr unsigned badvers = 16;  // the extended RCODE "bad version" (RFC 6891, 9)

void append16(Bytes& out, std::uint16_t value) {
    out.push_back(static_cast<std::uint8_t>(value >> 8U));
    out.push_back(static_cast<std::uint8_t>(value & 0xffU));
}

/// Compares names in wire format, ignoring case. The length octets in the names do not matter: a
/// length is at most 63, and the codes of all letters are higher.
bool equal_ignoring_case(std::span<const std::uint8_t> left,
                         std::span<const std::uint8_t> right) noexcept {
    return std::equal(
        left.begin(), left.end(), right.begin(), right.end(), [](std::uint8_t a, std::uint8_t b) {
            return ascii::lower(static_cast<char>(a)) == ascii::lower(static_cast<char>(b));
        });
}

std::span<const std::uint8_t> wire_octets(const std::string& name) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(name.data()), name.size()};
}

bool is_name(const ldns_rdf* rdf, const std::string& name) noexcept {
    if (rdf == nullptr) return false;
    return equal_ignoring_case(octets(rdf), wire_octets(name));
}

/// Returns whether a name in wire format is equal to `zone` or is a subdomain of `zone`.
bool is_below(std::string name, const ldns_rdf* zone) {
    while (!is_name(zone, name)) {
        const std::size_t label = static_cast<unsigned char>(name.front());
        if (label == 0) return false;
        name.erase(0, label + 1);
    }
    return true;
}

/// Returns the TTL of a record. A TTL whose highest bit is set means zero (RFC 2181, 8).
seconds ttl_of(const ldns_rr* rr) noexcept {
    const std::uint32_t ttl = ldns_rr_ttl(rr);
    return seconds{ttl > 0x7fff'ffffU ? 0 : ttl};
}

bool is_record(const ldns_rr* rr, ldns_rr_type type) noexcept {
    return ldns_rr_get_type(rr) == type && ldns_rr_get_class(rr) == LDNS_RR_CLASS_IN;
}

bool is_record_of(const ldns_rr* rr, const std::string& name, ldns_rr_type type) noexcept {
    return is_record(rr, type) && is_name(ldns_rr_owner(rr), name);
}

void add_address(const ldns_rr* rr, dns::Answer& answer) {
    if (const ldns_rdf* v4 = field(rr, 0, LDNS_RDF_TYPE_A)) {
        std::array<std::uint8_t, 4> bytes{};
        if (octets(v4).size() != bytes.size()) return;
        std::ranges::copy(octets(v4), bytes.begin());
        answer.addresses.push_back(IpAddress::v4(bytes));
    } else if (const ldns_rdf* v6 = field(rr, 0, LDNS_RDF_TYPE_AAAA)) {
        std::array<std::uint8_t, 16> bytes{};
        if (octets(v6).size() != bytes.size()) return;
        std::ranges::copy(octets(v6), bytes.begin());
        answer.addresses.push_back(IpAddress::v6(bytes));
    }
}

void add_text(const ldns_rr* rr, dns::Answer& answer) {
    std::vector<std::uint8_t> lengths;
    answer.texts.push_back(joined_strings(rr, lengths));
    // Nearly all TXT records have one string. If all have, the answer needs no lengths.
    if (lengths.size() <= 1 && answer.string_lengths.empty()) return;
    answer.string_lengths.resize(answer.texts.size());
    answer.string_lengths.back() = std::move(lengths);
}

/// Adds the data of a record, which must be of type `type`, to the answer. Returns false if the
/// data is malformed.
bool add_record(const ldns_rr* rr, dns::RecordType type, dns::Answer& answer) {
    const std::size_t before = answer.addresses.size();
    switch (type) {
        case dns::RecordType::a:
        case dns::RecordType::aaaa:
            add_address(rr, answer);
            return answer.addresses.size() > before;
        case dns::RecordType::mx: {
            const ldns_rdf* preference = field(rr, 0, LDNS_RDF_TYPE_INT16);
            const ldns_rdf* host = field(rr, 1, LDNS_RDF_TYPE_DNAME);
            if (preference == nullptr || host == nullptr) return false;
            answer.exchanges.push_back(
                {ldns_rdf2native_int16(preference), plain_name(octets(host))});
            return true;
        }
        case dns::RecordType::ptr: {
            const ldns_rdf* name = field(rr, 0, LDNS_RDF_TYPE_DNAME);
            if (name == nullptr) return false;
            answer.names.push_back(plain_name(octets(name)));
            return true;
        }
        case dns::RecordType::txt:
        case dns::RecordType::spf: add_text(rr, answer); return true;
    }
    return false;
}

/// Returns the records in a section of a message, such as the answer section.
std::span<ldns_rr* const> records(const ldns_rr_list* list) noexcept {
    if (list == nullptr) return {};
    return {list->_rrs, ldns_rr_list_rr_count(list)};
}

/// Returns the CNAME record of a name in the answer section; null if there is none.
const ldns_rr* alias_of(const ldns_pkt* packet, const std::string& name) noexcept {
    for (const ldns_rr* rr : records(ldns_pkt_answer(packet))) {
        if (is_record_of(rr, name, LDNS_RR_TYPE_CNAME) &&
            field(rr, 0, LDNS_RDF_TYPE_DNAME) != nullptr) {
            return rr;
        }
    }
    return nullptr;
}

/// Returns the SOA record in the authority section that belongs to a negative answer for this name
/// (RFC 2308, 3); null if there is none.
const ldns_rr* soa_for(const ldns_pkt* packet, const std::string& name) {
    for (const ldns_rr* rr : records(ldns_pkt_authority(packet))) {
        if (is_record(rr, LDNS_RR_TYPE_SOA) && is_below(name, ldns_rr_owner(rr))) return rr;
    }
    return nullptr;
}

/// Returns the TTL of a negative answer, which its SOA record determines (RFC 2308, 5); zero if
/// `soa` is null.
seconds negative_ttl(const ldns_rr* soa) noexcept {
    constexpr std::size_t minimum_field = 6;
    const ldns_rdf* minimum =
        soa == nullptr ? nullptr : field(soa, minimum_field, LDNS_RDF_TYPE_PERIOD);
    if (minimum == nullptr) return seconds{0};
    return std::min(ttl_of(soa), seconds{ldns_rdf2native_int32(minimum)});
}

/// Returns whether a reply without answers and without an SOA record is a referral to other name
/// servers (RFC 2308, 2.2). If so, it tells nothing about the name.
bool is_referral(const ldns_pkt* packet) noexcept {
    if (ldns_pkt_aa(packet)) return false;
    const auto authority = records(ldns_pkt_authority(packet));
    return std::ranges::any_of(authority,
                               [](const ldns_rr* rr) { return is_record(rr, LDNS_RR_TYPE_NS); });
}

Reply failure(dns::Status status) {
    Reply reply;
    reply.failure = status;
    return reply;
}

/// Stores in the answer the name at the end of the aliases, and whether the server is
/// authoritative.
void note_source(dns::Answer& answer, const ldns_pkt* packet, const Chain& chain,
                 const std::string& owner) {
    if (chain.aliases > 0) answer.canonical_name = plain_name(wire_octets(owner));
    answer.is_authoritative = ldns_pkt_aa(packet);
}

Reply negative(dns::Status status, const ldns_pkt* packet, const ldns_rr* soa, const Chain& chain,
               const std::string& owner) {
    Reply reply;
    reply.kind = Reply::Kind::answer;
    reply.answer.status = status;
    reply.answer.ttl = std::min(negative_ttl(soa), chain.ttl);
    note_source(reply.answer, packet, chain, owner);
    return reply;
}

/// Parses a message with ldns. Returns null if the message is malformed.
PacketHandle parse(Bytes message) {
    if (!keep_to_lengths(message)) return {};
    ldns_pkt* parsed = nullptr;
    const ldns_status read = ldns_wire2pkt(&parsed, message.data(), message.size());
    PacketHandle packet{parsed};
    return read == LDNS_STATUS_OK ? std::move(packet) : PacketHandle{};
}

/// Parses a reply without its authority and additional sections. Returns null if the reply is
/// malformed, has an error code or has no answers.
PacketHandle parse_answers(std::span<const std::uint8_t> reply) {
    if (reply.size() < header_size) return {};
    const bool has_answers = reply[6] != 0 || reply[7] != 0;
    if ((reply[3] & rcode_bits) != LDNS_RCODE_NOERROR || !has_answers) return {};
    Bytes shorter{reply.begin(), reply.end()};
    std::fill_n(shorter.begin() + 8, 4, std::uint8_t{0});  // NSCOUNT and ARCOUNT become zero
    return parse(std::move(shorter));
}

/// Replaces `owner` by the target of its CNAME record, and adds this alias to `chain`. Returns
/// false if `owner` has no CNAME record.
bool follow_alias(const ldns_pkt* packet, std::string& owner, Chain& chain) {
    const ldns_rr* alias = alias_of(packet, owner);
    if (alias == nullptr) return false;
    ++chain.aliases;
    chain.ttl = std::min(chain.ttl, ttl_of(alias));
    const auto target = octets(field(alias, 0, LDNS_RDF_TYPE_DNAME));
    owner.assign(target.begin(), target.end());
    return true;
}

/// Returns the records of type `type` that `owner` has. If it has none, replaces `owner` by the
/// target of its CNAME record, adds this alias to `chain`, and continues with the target. Returns
/// nothing if the last target has no such records.
std::optional<Reply> find_records(const ldns_pkt* packet, dns::RecordType type,
                                  unsigned max_aliases, std::string& owner, Chain& chain) {
    while (true) {
        Reply found;
        found.kind = Reply::Kind::answer;
        found.answer.ttl = chain.ttl;
        for (const ldns_rr* rr : records(ldns_pkt_answer(packet))) {
            if (!is_record_of(rr, owner, static_cast<ldns_rr_type>(type)) ||
                !add_record(rr, type, found.answer))
                continue;
            found.answer.status = dns::Status::ok;
            found.answer.ttl = std::min(found.answer.ttl, ttl_of(rr));
        }
        if (found.answer.status == dns::Status::ok) {
            note_source(found.answer, packet, chain, owner);
            return found;
        }
        if (!follow_alias(packet, owner, chain)) return std::nullopt;
        if (chain.aliases > max_aliases) return failure(dns::Status::error);
    }
}

/// Reads a reply with the code NXDOMAIN. If the reply contains aliases, this code is about the name
/// at the end of the aliases (RFC 2308, 2.1; RFC 6604, 3). The status of the answer is `nxdomain`
/// even if the reply contains records of this name.
Reply name_error(const ldns_pkt* packet, unsigned max_aliases, std::string owner, Chain chain) {
    while (follow_alias(packet, owner, chain)) {
        if (chain.aliases > max_aliases) return failure(dns::Status::error);
    }
    return negative(dns::Status::nxdomain, packet, soa_for(packet, owner), chain, owner);
}

}  // namespace

Bytes make_query(const std::string& name, dns::RecordType type, std::uint16_t id, bool edns) {
    Bytes query;
    query.reserve(header_size + name.size() + 4 + 11);
    append16(query, id);
    query.push_back(rd_bit);
    query.push_back(0);
    append16(query, 1);             // QDCOUNT
    append16(query, 0);             // ANCOUNT
    append16(query, 0);             // NSCOUNT
    append16(query, edns ? 1 : 0);  // ARCOUNT
    query.insert(query.end(), name.begin(), name.end());
    append16(query, static_cast<std::uint16_t>(type));
    append16(query, LDNS_RR_CLASS_IN);
    if (edns) {  // the record OPT (RFC 6891, 6.1.2)
        query.push_back(0);
        append16(query, LDNS_RR_TYPE_OPT);
        append16(query, udp_size);
        append16(query, 0);  // the extended RCODE and the version
        append16(query, 0);  // flags
        append16(query, 0);  // RDLENGTH
    }
    return query;
}

bool is_reply(std::span<const std::uint8_t> message, const Bytes& query) noexcept {
    if (message.size() < header_size || message[0] != query[0] || message[1] != query[1]) {
        return false;
    }
    if ((message[2] & (qr_bit | opcode_bits)) != qr_bit) return false;
    const unsigned questions = message[4] * 256U + message[5];
    if (questions == 0) {
        const unsigned rcode = message[3] & rcode_bits;
        return rcode != LDNS_RCODE_NOERROR && rcode != LDNS_RCODE_NXDOMAIN;
    }
    const std::size_t opt = query[11] == 0 ? 0 : 11;
    const auto question = std::span{query}.subspan(header_size, query.size() - header_size - opt);
    return questions == 1 && message.size() >= header_size + question.size() &&
           equal_ignoring_case(message.subspan(header_size, question.size()), question);
}

bool is_truncated(std::span<const std::uint8_t> reply) noexcept { return (reply[2] & tc_bit) != 0; }

int weight(dns::Status failure) noexcept {
    switch (failure) {
        case dns::Status::servfail: return 3;
        case dns::Status::error: return 2;
        case dns::Status::timeout: return 1;
        default: return 0;
    }
}

Reply read_reply(std::span<const std::uint8_t> reply, const std::string& name, dns::RecordType type,
                 Chain chain, unsigned max_aliases) {
    // A truncated reply is a failure. The caller has already repeated the query over TCP if the
    // reply over UDP was truncated, so this reply came over TCP. The complete data cannot be
    // received (RFC 2181, 9).
    if (reply.size() < header_size || is_truncated(reply)) return failure(dns::Status::error);
    std::string owner = name;
    // Most replies contain records of the type that was asked for. In this case, the authority and
    // additional sections are not needed (RFC 2181, 5.4.1). Parsing them would take as long as
    // parsing the answers.
    if (const PacketHandle answers = parse_answers(reply)) {
        Chain so_far = chain;
        if (auto found = find_records(answers.get(), type, max_aliases, owner, so_far))
            return *std::move(found);
        owner = name;
    }
    const PacketHandle packet = parse({reply.begin(), reply.end()});
    if (!packet) return failure(dns::Status::error);

    const unsigned rcode = ldns_pkt_edns_extended_rcode(packet.get()) * 16U +
                           static_cast<unsigned>(ldns_pkt_get_rcode(packet.get()));
    if (rcode == LDNS_RCODE_SERVFAIL) return failure(dns::Status::servfail);
    if (rcode == LDNS_RCODE_FORMERR || rcode == LDNS_RCODE_NOTIMPL || rcode == badvers) {
        Reply offended = failure(dns::Status::error);
        offended.kind = Reply::Kind::no_edns;
        return offended;
    }
    if (rcode == LDNS_RCODE_NXDOMAIN) return name_error(packet.get(), max_aliases, owner, chain);
    if (rcode != LDNS_RCODE_NOERROR) return failure(dns::Status::error);

    if (auto found = find_records(packet.get(), type, max_aliases, owner, chain))
        return *std::move(found);

    const ldns_rr* soa = soa_for(packet.get(), owner);
    if (soa == nullptr && owner != name) {
        Reply next;
        next.kind = Reply::Kind::alias;
        next.target = std::move(owner);
        next.chain = chain;
        return next;
    }
    if (soa == nullptr && is_referral(packet.get())) return failure(dns::Status::error);
    return negative(dns::Status::no_data, packet.get(), soa, chain, owner);
}

}  // namespace spf::ldns_adapter
