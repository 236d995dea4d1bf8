// Converts the names and the data of records from the types of ldns to types of the standard
// library, and back.

#include "wire/handle.hpp"

#include "spf/dns/name.hpp"

namespace spf::ldns_adapter {
namespace {

/// Returns octets as a text. This is the only cast from octets to characters in this file.
std::string_view as_text(std::span<const std::uint8_t> bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Calls `visit` with each string of a TXT record. Each string has at most 255 octets.
template <class Visitor>
void for_each_string(const ldns_rr* rr, Visitor&& visit) {
    for (std::size_t i = 0; i < ldns_rr_rd_count(rr); ++i) {
        const ldns_rdf* string = field(rr, i, LDNS_RDF_TYPE_STR);
        if (string == nullptr || octets(string).empty()) continue;
        // Without the first octet, which is the length of the string.
        visit(as_text(octets(string).subspan(1)));
    }
}

}  // namespace

std::span<const std::uint8_t> octets(const ldns_rdf* rdf) noexcept {
    return {ldns_rdf_data(rdf), ldns_rdf_size(rdf)};
}

const ldns_rdf* field(const ldns_rr* rr, std::size_t index, ldns_rdf_type type) noexcept {
    if (index >= ldns_rr_rd_count(rr)) return nullptr;
    const ldns_rdf* rdf = ldns_rr_rdf(rr, index);
    if (rdf == nullptr || ldns_rdf_get_type(rdf) != type) return nullptr;
    return rdf;
}

std::optional<std::string> wire_name(std::string_view plain) {
    if (dns::name_problem(plain)) return std::nullopt;
    if (plain.back() == '.') plain.remove_suffix(1);
    std::string wire;
    wire.reserve(plain.size() + 2);
    while (true) {
        const std::size_t dot = plain.find('.');
        const std::string_view label = plain.substr(0, dot);
        wire += static_cast<char>(label.size());
        wire += label;
        if (dot == std::string_view::npos) break;
        plain.remove_prefix(dot + 1);
    }
    wire += '\0';
    return wire;
}

std::string plain_name(std::span<const std::uint8_t> wire) {
    std::string plain;
    plain.reserve(wire.size());
    while (!wire.empty() && wire.front() != 0) {
        const std::size_t length = wire.front();
        if (length > dns::max_label_length || length >= wire.size()) break;
        if (!plain.empty()) plain += '.';
        for (const char c : as_text(wire.subspan(1, length))) {
            if (c == '.') {
                plain += "\\046";
            } else {
                plain += c;
            }
        }
        wire = wire.subspan(1 + length);
    }
    return plain;
}

std::vector<std::string> strings_of(const ldns_rr* rr) {
    std::vector<std::string> strings;
    for_each_string(rr, [&strings](std::string_view text) { strings.emplace_back(text); });
    return strings;
}

std::string joined_strings(const ldns_rr* rr, std::vector<std::uint8_t>& lengths) {
    std::string joined;
    lengths.clear();
    for_each_string(rr, [&](std::string_view text) {
        joined += text;
        lengths.push_back(static_cast<std::uint8_t>(text.size()));
    });
    return joined;
}

}  // namespace spf::ldns_adapter
