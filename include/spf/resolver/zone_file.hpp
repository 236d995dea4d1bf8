/// \file resolver/zone_file.hpp  Reads master files (RFC 1035, 5) into a ZoneResolver. Needs spf::ldns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/base/export.hpp"
#include "spf/resolver/zone.hpp"

namespace spf {

/// Why a master file could not be read. Owns its texts.
struct SPF_EXPORT ZoneFileError {
    /// Stable codes; a new one may be appended, none changes its meaning.
    enum class Code : std::uint8_t {
        // The file
        unreadable,      ///< there is none, it must not be read, or reading it failed
        directory,       ///< it is a directory
        file_too_large,  ///< more than max_zone_file_size
        // Octets
        byte_order_mark,  ///< of UTF-8 or UTF-16, in front
        nul_octet,        ///< an octet 0
        // Entries and words (RFC 1035, 5.1)
        missing_quotation_mark,  ///< a line ends within a string
        missing_parenthesis,     ///< `(` without `)`
        unopened_parenthesis,    ///< `)` without `(`
        backslash_at_end,        ///< `\` with the end of a line behind it
        escape,                  ///< `found` is neither `\DDD` up to 255 nor `\X`
        // Names (RFC 1035, 2.3.4)
        name,            ///< `found` is not one
        name_too_long,   ///< `found`, relative names with the origin, is above 255 octets
        label_too_long,  ///< a label of `found` is above 63 octets
        // Control entries
        unknown_control,   ///< `found`, such as $INCLUDE
        origin_argument,   ///< $ORIGIN without one name
        ttl_argument,      ///< $TTL without one time
        status_arguments,  ///< $STATUS with too few words or too many
        status,            ///< $STATUS with `found` for a status
        status_type,       ///< $STATUS with `found` for a type
        // Records, up to their data
        missing_owner,  ///< of the first record
        quoted_owner,   ///< quotation marks around the owner
        ttl,            ///< `found` begins with a digit and is not a time
        second_ttl,     ///< `found`, behind another TTL
        second_class,   ///< `found`, behind another class
        unknown_type,   ///< `found` is neither a class nor a type
        missing_type,   ///< nothing behind owner, TTL and class
        missing_data,   ///< nothing behind the type
        // Their data
        data,                ///< does not fit the type `found`
        quoted_data,         ///< quotation marks in data that is no text
        data_length,         ///< `\#` without a length (RFC 3597, 5)
        data_name_too_long,  ///< a name above 255 octets
        mx_preference,       ///< `found` is not 0 to 65535
        soa_serial,          ///< `found` is not 0 to 4294967295
        soa_time,            ///< `found` is not a time
        string_too_long,     ///< of a TXT record: above 255 octets
        strings_too_long,    ///< of a TXT record, together: `size` octets, above 65535
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::strings_too_long) + 1;

    Code code{};
    std::string found{};   ///< the word that is meant, as it stands in the file: any octets
    std::size_t size = 0;  ///< strings_too_long
    std::string file{};    ///< the path as it was given; empty for parse_zone()
    std::size_t line = 0;  ///< from 1, where the entry begins; 0: the file as a whole

    /// "zones/example:12: what is wrong", without what is absent and without trailing dot;
    /// printable US-ASCII.
    [[nodiscard]] std::string message() const;

    friend bool operator==(const ZoneFileError&, const ZoneFileError&) = default;
};

/// The code as written in the enum, such as "missing_owner": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(ZoneFileError::Code code) noexcept;

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
[[nodiscard]] SPF_EXPORT Expected<ZoneResolver, ZoneFileError> parse_zone(
    std::string_view text, std::string_view origin = {}, ZoneOptions options = {});

/// What is read of a file at most, in octets (64 MiB); a larger one is an error, as is a device without
/// end.
inline constexpr std::size_t max_zone_file_size = std::size_t{64} << 20U;

/// The same for the text in a file, which is closed again. ZoneOptions::source is the path unless given.
[[nodiscard]] SPF_EXPORT Expected<ZoneResolver, ZoneFileError> load_zone_file(
    const std::filesystem::path& path, std::string_view origin = {}, ZoneOptions options = {});

/// Several files become one zone, so that names in one may be aliases of names in another. Each is read
/// once, as a pipe has its text only once. Relative names are relative to the root.
[[nodiscard]] SPF_EXPORT Expected<ZoneResolver, ZoneFileError> load_zone_files(
    std::span<const std::filesystem::path> paths, ZoneOptions options = {});

}  // namespace spf
