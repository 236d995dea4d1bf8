// The header of a message (RFC 5322), as far as SPF asks for it. gmime stays behind this door.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/failure.hpp"
#include "spf/base/error.hpp"

namespace spfcheck {

/// The trace fields of a message (RFC 5321, 4.4).
struct TraceFields {
    std::vector<std::string> received;  ///< bodies of all Received fields, the topmost first
    std::optional<std::string>
        return_path;                    ///< of the topmost Return-Path, without white space around
    std::size_t above_return_path = 0;  ///< how many Received fields stand above that
};

/// The most that is read, in octets; the header has to end within.
inline constexpr std::size_t longest_header = std::size_t{1} << 20U;

/// Reads the header of a message. A line in front as mbox files
/// have it ("From ..."), or a byte order mark, is passed over. The header ends where a line is neither
/// a field nor the continuation of one, as it does for mail servers. Octets that gmime would leave out
/// (NUL, a lone CR) become 0x01.
///
/// The text is that of a message, or its beginning: one octet more than the longest header has shows that
/// there may be more.
[[nodiscard]] spf::Expected<TraceFields, Failure> trace_fields_of(std::string_view message);

/// The same for what stands in a file, of which no more is read than that.
/// \param path  of a file, or "-": standard input
[[nodiscard]] spf::Expected<TraceFields, Failure> read_trace_fields(const std::string& path);

}  // namespace spfcheck
