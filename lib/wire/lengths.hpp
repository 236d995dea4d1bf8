// Prevents ldns from reading beyond the end of a record's data. The message contains the length of
// this data for each record (RDLENGTH; RFC 1035, 3.2.1).
#pragma once

#include <cstdint>
#include <span>

namespace spf::ldns_adapter {

/// Returns whether every record ends within the message, and whether the data of each record has
/// exactly the length that its type requires. Without this test, ldns would read as much data as
/// the type requires, whatever RDLENGTH is. If there was more data, it would read that data as the
/// next record.
///
/// The length is tested only for the types that occur in answers. All other types are changed in
/// `message` to a type that no standard defines. ldns does not interpret the data of such records
/// (RFC 3597, 4). Without this change, ldns would read the names in an HTTPS or SRV record beyond
/// the end of the record.
[[nodiscard]] bool keep_to_lengths(std::span<std::uint8_t> message) noexcept;

}  // namespace spf::ldns_adapter
