// Whether a DNS message keeps to its own lengths (RFC 1035, 3.2.1: RDLENGTH).
#pragma once

#include <cstdint>
#include <span>

namespace spf::ldns_adapter {

/// Whether each record of a message ends within it, and the data of those types that answers are made of
/// is as long as RDLENGTH says, neither shorter nor longer. ldns reads what it expects and goes on behind
/// that, so that octets behind an address would be taken for the next record.
[[nodiscard]] bool keeps_to_its_lengths(std::span<const std::uint8_t> message) noexcept;

}  // namespace spf::ldns_adapter
