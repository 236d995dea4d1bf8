// The data of records. ldns cuts texts, takes any number for a preference, and leaks what some types hold:
// so it sees only types that check_host() asks for, after their numbers have been looked at, and no texts.

#include "resolver/zone_record.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "wire/handle.hpp"

namespace spf::zone_text {
namespace {

using ldns_adapter::field;
using ldns_adapter::octets;
using ldns_adapter::plain_name;
using ldns_adapter::RrHandle;
using std::chrono::seconds;

/// RFC 2181, 8: a TTL with the highest bit set is none.
seconds seconds_of(std::uint32_t ttl) noexcept { return seconds{ttl > 0x7fff'ffffU ? 0 : ttl}; }

seconds period(const ldns_rr* rr, std::size_t index) noexcept {
    const ldns_rdf* rdf = field(rr, index, LDNS_RDF_TYPE_PERIOD);
    return rdf == nullptr ? seconds{0} : seconds_of(ldns_rdf2native_int32(rdf));
}

/// The name in a field of a record's data; the root's, where there is none.
std::string name_in(const ldns_rr* rr, std::size_t index) {
    const ldns_rdf* rdf = field(rr, index, LDNS_RDF_TYPE_DNAME);
    return rdf == nullptr ? std::string{} : plain_name(octets(rdf));
}

template <std::size_t Size>
std::array<std::uint8_t, Size> bytes_of(const ldns_rdf* rdf) noexcept {
    std::array<std::uint8_t, Size> bytes{};
    const auto given = octets(rdf);
    std::copy_n(given.begin(), std::min(given.size(), Size), bytes.begin());
    return bytes;
}

/// Adds what ldns has read.
void add(const ldns_rr* rr, const std::string& owner, seconds ttl, ZoneResolver& zone) {
    switch (ldns_rr_get_type(rr)) {
        case LDNS_RR_TYPE_A:
            if (const ldns_rdf* address = field(rr, 0, LDNS_RDF_TYPE_A)) {
                zone.add_a(owner, IpAddress::v4(bytes_of<4>(address)), ttl);
            }
            break;
        case LDNS_RR_TYPE_AAAA:
            if (const ldns_rdf* address = field(rr, 0, LDNS_RDF_TYPE_AAAA)) {
                zone.add_aaaa(owner, IpAddress::v6(bytes_of<16>(address)), ttl);
            }
            break;
        case LDNS_RR_TYPE_MX:
            if (const ldns_rdf* preference = field(rr, 0, LDNS_RDF_TYPE_INT16)) {
                zone.add_mx(owner, ldns_rdf2native_int16(preference), name_in(rr, 1), ttl);
            }
            break;
        case LDNS_RR_TYPE_PTR: zone.add_ptr(owner, name_in(rr, 0), ttl); break;
        case LDNS_RR_TYPE_TXT: zone.add_txt(owner, ldns_adapter::strings_of(rr), ttl); break;
        case LDNS_RR_TYPE_SPF: {
            std::vector<std::uint8_t> lengths;
            zone.add_spf(owner, ldns_adapter::joined_strings(rr, lengths), ttl);
            break;
        }
        case LDNS_RR_TYPE_CNAME: zone.add_cname(owner, name_in(rr, 0), ttl); break;
        case LDNS_RR_TYPE_SOA: {
            constexpr std::size_t minimum = 6;
            zone.add_soa(owner, ttl, period(rr, minimum));
            break;
        }
        default: zone.add_name(owner); break;
    }
}

/// What is wrong with the data of a type that ldns is asked for, as far as ldns would not see it.
std::string data_problem(const RecordHead& head, std::span<const Word> data) {
    const std::string type{head.type_word};
    const bool is_soa = head.type == LDNS_RR_TYPE_SOA;
    std::size_t count = 1;
    if (head.type == LDNS_RR_TYPE_MX) count = 2;
    if (is_soa) count = 7;
    if (data.size() != count) return "the data does not fit the type " + type;
    if (std::any_of(data.begin(), data.end(), [](const Word& word) { return word.is_quoted; }))
        return "quotation marks stand in texts alone";
    const auto said = [](const Word& word) { return ", found " + std::string{word.text}; };
    if (head.type == LDNS_RR_TYPE_MX && !number(data[0].text, 65535))
        return "the preference of an MX record is a number from 0 to 65535" + said(data[0]);
    if (is_soa && !number(data[2].text, 0xffff'ffff))
        return "the serial number of an SOA record is at most 4294967295" + said(data[2]);
    for (std::size_t i = 3; is_soa && i < count; ++i) {
        if (!time(data[i].text)) return "an SOA record" + std::string{time_wanted} + said(data[i]);
    }
    return {};
}

/// The strings of a TXT record; how much a record holds is bounded by its length (RFC 1035,
/// 3.2.1).
std::vector<std::string> strings_of(std::span<const Word> data, std::string& problem) {
    constexpr std::size_t most = 65535;
    std::vector<std::string> strings;
    std::size_t size = 0;
    for (const Word& word : data) {
        std::string string = unescaped(word.text);
        if (string.size() > dns::longest_string)
            problem = "a string of a TXT record holds 255 octets at most";
        size += 1 + string.size();
        strings.push_back(std::move(string));
    }
    if (problem.empty() && size > most) {
        problem =
            "the strings of a TXT record are 65535 octets at most, one for each length included, "
            "found " +
            std::to_string(size);
    }
    return strings;
}

/// A record whose data ldns reads, names in it included.
/// \param length  of the data in octets, where it is told (RFC 3597, 5)
std::string add_by_ldns(const RecordHead& head, std::string_view entry, const ldns_rdf* origin,
                        ZoneResolver& zone, std::optional<std::uint64_t> length = std::nullopt) {
    std::string does_not_fit = "the data does not fit the type " + std::string{head.type_word};
    const std::string text = ". 0 IN " + std::string{entry};
    ldns_rr* read = nullptr;
    const ldns_status status = ldns_rr_new_frm_str(&read, text.c_str(), 0, origin, nullptr);
    const RrHandle rr{read};
    if (status != LDNS_STATUS_OK || !rr) return does_not_fit;
    std::size_t size = 0;
    for (std::size_t i = 0; i < ldns_rr_rd_count(rr.get()); ++i) {
        size += ldns_rdf_size(ldns_rr_rdf(rr.get(), i));
        const ldns_rdf* target = field(rr.get(), i, LDNS_RDF_TYPE_DNAME);
        if (target != nullptr && ldns_rdf_size(target) > LDNS_MAX_DOMAINLEN)
            return "a domain name in the data is longer than 255 octets";
    }
    // ldns reads what it expects, and passes over what stands behind it.
    if (length && size != *length) return does_not_fit;
    add(rr.get(), head.owner, head.ttl, zone);
    return {};
}

}  // namespace

std::string add_record(const RecordHead& head, std::span<const Word> data, std::string_view entry,
                       const ldns_rdf* origin, ZoneResolver& zone) {
    switch (head.type) {
        case LDNS_RR_TYPE_A:
        case LDNS_RR_TYPE_AAAA:
        case LDNS_RR_TYPE_MX:
        case LDNS_RR_TYPE_PTR:
        case LDNS_RR_TYPE_CNAME:
        case LDNS_RR_TYPE_SOA:
        case LDNS_RR_TYPE_TXT:
        case LDNS_RR_TYPE_SPF: break;
        case LDNS_RR_TYPE_NS: zone.add_ns(head.owner); return {};
        default: zone.add_name(head.owner); return {};
    }
    if (!data[0].is_quoted && data[0].text == "\\#") {
        const auto length = number(data.size() > 1 ? data[1].text : std::string_view{}, 65535);
        if (!length) return "\\# wants the length of the data, from 0 to 65535";
        return add_by_ldns(head, entry, origin, zone, length);  // RFC 3597, 5
    }
    std::string problem;
    if (head.type == LDNS_RR_TYPE_TXT || head.type == LDNS_RR_TYPE_SPF) {
        const std::vector<std::string> strings = strings_of(data, problem);
        if (!problem.empty()) return problem;
        if (head.type == LDNS_RR_TYPE_TXT) {
            zone.add_txt(head.owner, strings, head.ttl);
            return {};
        }
        std::string text;
        for (const std::string& each : strings) text += each;
        zone.add_spf(head.owner, std::move(text), head.ttl);
        return {};
    }
    problem = data_problem(head, data);
    if (!problem.empty()) return problem;
    return add_by_ldns(head, entry, origin, zone);
}

}  // namespace spf::zone_text
