/// \file resolver/zone_file.hpp  Reads master files (RFC 1035, 5) into a ZoneResolver. Needs spf::ldns.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/resolver/zone.hpp"

namespace spf {

/// Why a master file could not be read. Owns its texts.
struct ZoneFileError {
    std::string file;      ///< the path as it was given; empty for parse_zone()
    std::size_t line = 0;  ///< from 1, where the entry begins; 0: the file as a whole
    std::string what;      ///< one line of English, no trailing dot

    /// "zones/example:12: what", without what is absent.
    [[nodiscard]] std::string message() const;
};

/// Reads the text of a master file.
///
/// What RFC 1035 section 5.1 describes: one or several zones, `@`, $ORIGIN, parentheses, comments,
/// escapes \X and \DDD, several strings per TXT record; $TTL (RFC 2308, 4). No $INCLUDE. Every part
/// of an entry but owner, type and data may be absent: without TTL that of $TTL counts, or else the one
/// that was stated last, or one hour; SOA and NS records are not needed, and no name is outside the zone.
/// TTLs are 0 to 2147483647 seconds (RFC 2181, 8), or times such as 1h30m; preferences of MX records
/// 0 to 65535; a label has 63 octets at most, a name and a string 255, the strings of a record 65535
/// with their lengths. What is beyond is an error, nothing is cut. Lines may end in CR LF.
/// Types that check_host() does not ask for make their owner exist, and nothing else but that NS records
/// make it a zone cut or an apex (ZoneOptions::knows_all): what their data
/// means is not looked at. Records of classes other than IN are left out. One more control entry, for
/// tests and dry runs:
///
///     $STATUS name [TYPE] timeout|servfail|error|unreachable|nxdomain|nodata
///
/// on a line of its own makes questions for the name, of all types or of one, end that way (see
/// ZoneResolver::set_status()).
///
/// \param text    any octets but NUL, which \000 stands for in a TXT record. Read, not kept.
/// \param origin  what relative names are relative to until the first $ORIGIN; empty: the root.
/// \return the data, or the first error. Never throws but std::bad_alloc. Thread-safe.
/// Cost: linear in the size of the text, whatever it holds.
///
/// Names become those of a dns::Question, in lower case and without escapes. A label that holds a
/// dot cannot be written so; the dot stays `\046`.
[[nodiscard]] Expected<ZoneResolver, ZoneFileError> parse_zone(std::string_view text,
                                                               std::string_view origin = {},
                                                               ZoneOptions options = {});

/// What is read of a file at most, in octets (64 MiB); a larger one is an error, as is a device without
/// end.
inline constexpr std::size_t max_zone_file_size = std::size_t{64} << 20U;

/// The same for the text in a file, which is closed again. ZoneOptions::source is the path unless given.
[[nodiscard]] Expected<ZoneResolver, ZoneFileError> load_zone_file(
    const std::filesystem::path& path, std::string_view origin = {}, ZoneOptions options = {});

/// Several files become one zone, so that names in one may be aliases of names in another. Each is read
/// once, as a pipe has its text only once. Relative names are relative to the root.
[[nodiscard]] Expected<ZoneResolver, ZoneFileError> load_zone_files(
    std::span<const std::filesystem::path> paths, ZoneOptions options = {});

}  // namespace spf
