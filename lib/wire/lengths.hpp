// Keeps the reader of a DNS message to the message's own lengths (RFC 1035, 3.2.1: RDLENGTH).
#pragma once

#include <cstdint>
#include <span>

namespace spf::ldns_adapter {

/// Whether each record of a message ends within it, and the data of those types that answers are made of
/// is as long as RDLENGTH says, neither shorter nor longer. ldns reads what it expects and goes on behind
/// that, so that octets behind an address would be taken for the next record.
///
/// Records of all other types get one that nobody defined, in place: ldns takes the data of such a record
/// as it stands (RFC 3597, 4), but reads the names in a HTTPS or SRV record past its end.
[[nodiscard]] bool keep_to_lengths(std::span<std::uint8_t> message) noexcept;

}  // namespace spf::ldns_adapter
