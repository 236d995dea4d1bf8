// Keeps ldns from reading a record of a DNS message beyond the length that the message gives for
// the record (RDLENGTH; RFC 1035, 3.2.1).
#pragma once

#include <cstdint>
#include <span>

namespace spf::ldns_adapter {

/// Returns whether each record of a message ends within the message. For the types that occur in
/// answers, the data must also have exactly the length that RDLENGTH gives. ldns reads the data
/// that it expects and continues right after that data, so it would read surplus octets after an
/// address as the next record.
///
/// Records of all other types are changed, in place, to a type that is not defined. ldns does not
/// interpret the data of such a record (RFC 3597, 4). Without the change, ldns would read the names
/// in an HTTPS or SRV record past the end of the record.
[[nodiscard]] bool keep_to_lengths(std::span<std::uint8_t> message) noexcept;

}  // namespace spf::ldns_adapter
