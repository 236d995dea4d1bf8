/// \file resolver/zone_file.hpp  Reads master files (RFC 1035, 5) into a ZoneResolver. Needs
/// spf::ldns.
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
    /// Stable codes: new codes may be appended, no code changes its meaning.
    enum class Code : std::uint8_t {
        // The file
        unreadable,      ///< it does not exist, access is denied, or reading it failed
        directory,       ///< it is a directory
        file_too_large,  ///< it is larger than max_zone_file_size
        // Octets
        byte_order_mark,  ///< a byte order mark of UTF-8 or UTF-16 at the beginning
        nul_octet,        ///< an octet 0
        // Entries and words (RFC 1035, 5.1)
        missing_quotation_mark,  ///< a line ends within a string
        missing_parenthesis,     ///< `(` without `)`
        unopened_parenthesis,    ///< `)` without `(`
        backslash_at_end,        ///< `\` at the end of a line
        escape,                  ///< `found` is neither `\DDD` up to 255 nor `\X`
        // Names (RFC 1035, 2.3.4)
        name,            ///< `found` is not a name
        name_too_long,   ///< `found`, with the origin if relative, has more than 255 octets
        label_too_long,  ///< a label of `found` has more than 63 octets
        // Control entries
        unknown_control,   ///< `found` is not supported, such as $INCLUDE
        origin_argument,   ///< $ORIGIN without exactly one name
        ttl_argument,      ///< $TTL without exactly one time
        status_arguments,  ///< $STATUS with too few or too many words
        status,            ///< $STATUS with `found`, which is not a status
        status_type,       ///< $STATUS with `found`, which is not a type
        // Records, up to their data
        missing_owner,  ///< the first record has no owner
        quoted_owner,   ///< the owner is in quotation marks
        ttl,            ///< `found` begins with a digit, but is not a time
        second_ttl,     ///< `found` is a TTL after another TTL
        second_class,   ///< `found` is a class after another class
        unknown_type,   ///< `found` is neither a class nor a type
        missing_type,   ///< nothing after owner, TTL and class
        missing_data,   ///< nothing after the type
        // Their data
        data,                ///< the data is not valid for the type `found`
        quoted_data,         ///< quotation marks in data that is not text
        data_length,         ///< `\#` without a length (RFC 3597, 5)
        data_name_too_long,  ///< a name has more than 255 octets
        mx_preference,       ///< `found` is not 0 to 65535
        soa_serial,          ///< `found` is not 0 to 4294967295
        soa_time,            ///< `found` is not a time
        string_too_long,     ///< a string of a TXT record has more than 255 octets
        strings_too_long,    ///< the strings of a TXT record have `size` octets, more than 65535
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::strings_too_long) + 1;

    Code code{};           ///< what is wrong
    std::string found{};   ///< the word that is wrong, as written in the file: any octets
    std::size_t size = 0;  ///< strings_too_long: the number of octets
    std::string file{};    ///< the path as the caller gave it; empty for parse_zone()
    std::size_t line = 0;  ///< the line where the entry begins, from 1; 0: the file as a whole

    /// Such as "zones/example:12: what is wrong", without absent parts and without trailing dot;
    /// printable US-ASCII.
    [[nodiscard]] std::string message() const;

    /// Compares all members.
    friend bool operator==(const ZoneFileError&, const ZoneFileError&) = default;
};

/// The name of the enumerator, such as "missing_owner": stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(ZoneFileError::Code code) noexcept;

/// Reads the text of a master file.
///
/// The syntax is that of RFC 1035 section 5.1: one or several zones, `@`, `$ORIGIN`, parentheses,
/// comments, escapes `\X` and `\DDD`, several strings per TXT record, and `$TTL` (RFC 2308, 4), but
/// not `$INCLUDE`.
///
/// - Of an entry, only owner, type and data are required. Without TTL, that of `$TTL` applies, or
///   else the last stated TTL, or one hour. SOA and NS records are not required, and no name is
///   outside the zone.
/// - TTLs are 0 to 2147483647 seconds (RFC 2181, 8), or times such as 1h30m. Preferences of MX
///   records are 0 to 65535. A label has at most 63 octets, a name and a string 255, the strings of
///   a record together 65535 including their lengths. Larger values are errors; nothing is cut.
///   Lines may end in CR LF.
/// - Records of types that check_host() does not ask for make their owner exist, and have no other
///   effect; their data is not examined. NS records also make their owner a zone cut or an apex
///   (ZoneOptions::knows_all). Records of classes other than IN are ignored.
///
/// One more control entry is for tests and dry runs, on a line of its own:
///
///     $STATUS name [TYPE] timeout|servfail|error|unreachable|nxdomain|nodata
///
/// It makes questions for the name, of all types or of one, end in this status (see
/// ZoneResolver::set_status()).
///
/// Names become those of a dns::Question, in lower case and without escapes. A dot within a label
/// cannot be written that way; it stays `\046`.
///
/// \param text     any octets except NUL; a TXT record writes NUL as `\000`. Not kept.
/// \param origin   the origin of relative names until the first `$ORIGIN`; empty: the root.
/// \param options  how the ZoneResolver builds its answers.
/// \return the data, or the first error. Throws only std::bad_alloc. Thread-safe.
///
/// Cost: linear in the size of the text, whatever it holds.
[[nodiscard]] SPF_EXPORT Expected<ZoneResolver, ZoneFileError> parse_zone(
    std::string_view text, std::string_view origin = {}, ZoneOptions options = {});

/// Maximum size of a master file, in octets (64 MiB). A larger file is an error, and so is a device
/// without end.
inline constexpr std::size_t max_zone_file_size = std::size_t{64} << 20U;

/// Reads the text of a file as parse_zone() does, and closes the file. ZoneOptions::source is the
/// path unless it is given.
[[nodiscard]] SPF_EXPORT Expected<ZoneResolver, ZoneFileError> load_zone_file(
    const std::filesystem::path& path, std::string_view origin = {}, ZoneOptions options = {});

/// Reads several files as one zone, so that names in one file may be aliases of names in another.
/// Each file is read once, as a pipe provides its text only once. Relative names are relative to
/// the root.
[[nodiscard]] SPF_EXPORT Expected<ZoneResolver, ZoneFileError> load_zone_files(
    std::span<const std::filesystem::path> paths, ZoneOptions options = {});

}  // namespace spf
