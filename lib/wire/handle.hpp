// Types and functions for every file that uses ldns: types that own the objects of ldns, and
// functions that convert names from and to wire format.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// stdbool.h must come before ldns.h. Otherwise ldns.h would define true and false as macros.
// clang-format off
#include <stdbool.h>  // NOLINT(modernize-deprecated-headers)
#include <ldns/ldns.h>

#include "spf/base/export.hpp"
// clang-format on

namespace spf::ldns_adapter {

struct Free {
    void operator()(ldns_rdf* rdf) const noexcept { ldns_rdf_deep_free(rdf); }
    void operator()(ldns_rr* rr) const noexcept { ldns_rr_free(rr); }
    void operator()(ldns_pkt* packet) const noexcept { ldns_pkt_free(packet); }
};
using RdfHandle = std::unique_ptr<ldns_rdf, Free>;
using RrHandle = std::unique_ptr<ldns_rr, Free>;
using PacketHandle = std::unique_ptr<ldns_pkt, Free>;

/// Returns the octets of a field in wire format. They are valid as long as the field exists.
[[nodiscard]] SPF_EXPORT std::span<const std::uint8_t> octets(const ldns_rdf* rdf) noexcept;

/// Returns the field with this index in the data of a record; null if there is no such field or if
/// it has another type.
[[nodiscard]] SPF_EXPORT const ldns_rdf* field(const ldns_rr* rr, std::size_t index,
                                               ldns_rdf_type type) noexcept;

/// Converts a plain name (see dns::Question) to wire format, including the root label. Returns
/// nothing if the name or one of its labels is empty or too long.
[[nodiscard]] SPF_EXPORT std::optional<std::string> wire_name(std::string_view plain);

/// Converts a name from wire format to a plain name. The case of its letters is not changed. A dot
/// within a label is replaced by `\046`. If the octets are not a name in wire format, the name ends
/// where the error is.
[[nodiscard]] SPF_EXPORT std::string plain_name(std::span<const std::uint8_t> wire);

/// Returns the strings of a TXT record as a list.
[[nodiscard]] SPF_EXPORT std::vector<std::string> strings_of(const ldns_rr* rr);
/// Returns the strings of a TXT record joined into one text. The length of each string, in octets,
/// is stored in `lengths`.
[[nodiscard]] SPF_EXPORT std::string joined_strings(const ldns_rr* rr,
                                                    std::vector<std::uint8_t>& lengths);

}  // namespace spf::ldns_adapter
