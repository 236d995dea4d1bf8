// Names and fields between ldns and plain values.

#include "resolver/ldns_handle.hpp"

#include "spf/domain.hpp"

namespace spf::ldns_adapter {
namespace {

/// Octets that become characters; the one cast between the two.
std::string_view as_text(std::span<const std::uint8_t> bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
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
    if (name_problem(plain)) return std::nullopt;
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
        if (length > max_label_length || length >= wire.size()) break;
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

std::string joined_strings(const ldns_rr* rr) {
    std::string text;
    for (std::size_t i = 0; i < ldns_rr_rd_count(rr); ++i) {
        const ldns_rdf* string = field(rr, i, LDNS_RDF_TYPE_STR);
        if (string == nullptr) continue;
        const std::span<const std::uint8_t> bytes = octets(string);
        if (!bytes.empty()) text += as_text(bytes.subspan(1));  // behind its length
    }
    return text;
}

}  // namespace spf::ldns_adapter
