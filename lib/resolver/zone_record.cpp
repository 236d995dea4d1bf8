// Reads the data of records in master files. ldns reads only the types that check_host() asks for,
// except TXT, and only after the numbers in the data have been checked. There are three reasons:
// ldns truncates long texts, accepts any number as an MX preference, and leaks memory for the data
// of some types.

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
using Code = ZoneFileError::Code;
using Problem = std::optional<ZoneFileError>;

/// Converts a TTL to seconds. A TTL whose highest bit is set means zero (RFC 2181, 8).
seconds seconds_of(std::uint32_t ttl) noexcept { return seconds{ttl > 0x7fff'ffffU ? 0 : ttl}; }

seconds period(const ldns_rr* rr, std::size_t index) noexcept {
    const ldns_rdf* rdf = field(rr, index, LDNS_RDF_TYPE_PERIOD);
    return rdf == nullptr ? seconds{0} : seconds_of(ldns_rdf2native_int32(rdf));
}

/// Returns the name in a field of a record's data. If the field is not a name, the result is empty,
/// which is the name of the root.
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

/// Adds `rr`, which ldns has read from the text of the file, to a zone.
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

ZoneFileError error(Code code, std::string_view found = {}) { return {code, std::string{found}}; }

/// Checks the data of a record for errors that ldns would accept. Returns the first of these
/// errors; nothing if there is none.
Problem data_problem(const RecordHead& head, std::span<const Word> data) {
    const bool is_soa = head.type == LDNS_RR_TYPE_SOA;
    std::size_t count = 1;
    if (head.type == LDNS_RR_TYPE_MX) count = 2;
    if (is_soa) count = 7;
    if (data.size() != count) return error(Code::data, head.type_word);
    if (std::any_of(data.begin(), data.end(), [](const Word& word) { return word.is_quoted; }))
        return error(Code::quoted_data);
    if (head.type == LDNS_RR_TYPE_MX && !number(data[0].text, 65535))
        return error(Code::mx_preference, data[0].text);
    if (is_soa && !number(data[2].text, 0xffff'ffff)) return error(Code::soa_serial, data[2].text);
    for (std::size_t i = 3; is_soa && i < count; ++i) {
        if (!time(data[i].text)) return error(Code::soa_time, data[i].text);
    }
    return std::nullopt;
}

/// Returns the strings of a TXT record. Together with one octet for the length of each string, the
/// strings must have at most 65535 octets (RFC 1035, 3.2.1).
Expected<std::vector<std::string>, ZoneFileError> strings_of(std::span<const Word> data) {
    constexpr std::size_t most = 65535;
    std::vector<std::string> strings;
    std::size_t size = 0;
    for (const Word& word : data) {
        std::string string = unescaped(word.text);
        if (string.size() > dns::longest_string) return error(Code::string_too_long);
        size += 1 + string.size();
        strings.push_back(std::move(string));
    }
    if (size > most) return ZoneFileError{Code::strings_too_long, {}, size};
    return strings;
}

/// Lets ldns read the data of a record and the names in the data, and adds the record to a zone.
/// \param length  the length of the data in octets if the file contains it (RFC 3597, 5)
Problem add_by_ldns(const RecordHead& head, std::string_view entry, const ldns_rdf* origin,
                    ZoneResolver& zone, std::optional<std::uint64_t> length = std::nullopt) {
    const std::string text = ". 0 IN " + std::string{entry};
    ldns_rr* read = nullptr;
    const ldns_status status = ldns_rr_new_frm_str(&read, text.c_str(), 0, origin, nullptr);
    const RrHandle rr{read};
    if (status != LDNS_STATUS_OK || !rr) return error(Code::data, head.type_word);
    std::size_t size = 0;
    for (std::size_t i = 0; i < ldns_rr_rd_count(rr.get()); ++i) {
        size += ldns_rdf_size(ldns_rr_rdf(rr.get(), i));
        const ldns_rdf* target = field(rr.get(), i, LDNS_RDF_TYPE_DNAME);
        if (target != nullptr && ldns_rdf_size(target) > LDNS_MAX_DOMAINLEN)
            return error(Code::data_name_too_long);
    }
    // ldns reads only as much data as the type requires and ignores any data after that. Therefore
    // the length is checked here.
    if (length && size != *length) return error(Code::data, head.type_word);
    add(rr.get(), head.owner, head.ttl, zone);
    return std::nullopt;
}

}  // namespace

Problem add_record(const RecordHead& head, std::span<const Word> data, std::string_view entry,
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
        case LDNS_RR_TYPE_NS: zone.add_ns(head.owner); return std::nullopt;
        default: zone.add_name(head.owner); return std::nullopt;
    }
    if (!data[0].is_quoted && data[0].text == "\\#") {
        const auto length = number(data.size() > 1 ? data[1].text : std::string_view{}, 65535);
        if (!length) return error(Code::data_length);
        // Data in the generic form (RFC 3597, 5).
        return add_by_ldns(head, entry, origin, zone, length);
    }
    if (head.type == LDNS_RR_TYPE_TXT || head.type == LDNS_RR_TYPE_SPF) {
        const auto strings = strings_of(data);
        if (!strings) return strings.error();
        if (head.type == LDNS_RR_TYPE_TXT) {
            zone.add_txt(head.owner, *strings, head.ttl);
            return std::nullopt;
        }
        std::string text;
        for (const std::string& each : *strings) text += each;
        zone.add_spf(head.owner, std::move(text), head.ttl);
        return std::nullopt;
    }
    if (auto problem = data_problem(head, data)) return problem;
    return add_by_ldns(head, entry, origin, zone);
}

}  // namespace spf::zone_text
