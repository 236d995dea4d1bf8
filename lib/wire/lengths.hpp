// Makes the reader of a DNS message respect the message's own lengths (RFC 1035, 3.2.1: RDLENGTH).
#pragma once

#include <cstdint>
#include <span>

namespace spf::ldns_adapter {

/// Whether each record of a message ends within the message and, for the types that answers are
/// made of, the data is exactly as long as RDLENGTH says. ldns reads the data that it expects and
/// continues right after it, so it would take octets after an address for the next record.
///
/// Records of all other types are changed, in place, to a type that is not defined: ldns takes the
/// data of such a record as it is (RFC 3597, 4), but reads the names in a HTTPS or SRV record past
/// its end.
[[nodiscard]] bool keep_to_lengths(std::span<std::uint8_t> message) noexcept;

}  // namespace spf::ldns_adapter
