/// \file resolver/zone_file.hpp  Reads master files (RFC 1035, 5) into a ZoneResolver. Programs
/// that include this header must link the target spf::ldns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/error.hpp"
#include "spf/base/export.hpp"
#include "spf/base/language.hpp"
#include "spf/resolver/zone.hpp"
#include "spf/resolver/zone_text.hpp"

namespace spf {

/// Why a master file could not be read. Owns its texts.
struct SPF_EXPORT ZoneFileError {
    /// The codes are stable: new codes may be appended, but no code changes its meaning.
    enum class Code : std::uint8_t {
        // Errors of the file as a whole
        unreadable,      ///< the file does not exist, access is denied, or reading it failed
        directory,       ///< the path is that of a directory
        file_too_large,  ///< the file is larger than max_zone_file_size
        // Octets that a master file must not contain
        byte_order_mark,  ///< the text begins with a byte order mark of UTF-8 or UTF-16
        nul_octet,        ///< the text contains an octet 0
        // Errors in the syntax of entries (RFC 1035, 5.1)
        missing_quotation_mark,  ///< a line ends within a string
        missing_parenthesis,     ///< a `(` has no matching `)`
        unopened_parenthesis,    ///< a `)` has no matching `(`
        backslash_at_end,        ///< a line ends in `\`
        escape,  ///< `found` is an invalid escape: neither `\DDD` up to 255 nor `\X`
        // Errors in names (RFC 1035, 2.3.4)
        name,  ///< `found` is not a domain name
        /// `found` has more than 255 octets, including the origin if the name is relative.
        name_too_long,
        label_too_long,  ///< a label of `found` has more than 63 octets
        // Errors in control entries, which begin with `$`
        /// `found` is a control entry that is not supported. $INCLUDE is supported only in files.
        unknown_control,
        origin_argument,   ///< $ORIGIN needs exactly one argument, a name
        ttl_argument,      ///< $TTL needs exactly one argument, a time
        status_arguments,  ///< $STATUS has too few or too many arguments
        status,            ///< `found`, the last argument of $STATUS, is not a status
        status_type,       ///< `found`, the second of three arguments of $STATUS, is not a type
        // Errors in the owner, TTL, class or type of a record
        missing_owner,  ///< the first record has no owner
        quoted_owner,   ///< the owner is in quotation marks
        ttl,           ///< `found` begins with a digit, so it should be a TTL, but it is not a time
        second_ttl,    ///< the record has a second TTL, `found`
        second_class,  ///< the record has a second class, `found`
        unknown_type,  ///< `found` is neither a class nor a type
        missing_type,  ///< nothing follows the owner, TTL and class
        missing_data,  ///< nothing follows the type
        // Errors in the data of a record, which follows its type
        data,                ///< the data is not valid for the type `found`
        quoted_data,         ///< there are quotation marks in data of a type that contains no text
        data_length,         ///< `\#` is not followed by a length (RFC 3597, 5)
        data_name_too_long,  ///< a name in the data has more than 255 octets
        mx_preference,       ///< `found` is not an MX preference from 0 to 65535
        soa_serial,          ///< `found` is not a serial number from 0 to 4294967295
        soa_time,            ///< `found`, one of the times of an SOA record, is not a time
        string_too_long,     ///< a string of a TXT record has more than 255 octets
        strings_too_long,    ///< the strings of a TXT record have `size` octets, more than 65535
        // Errors of $INCLUDE
        include_arguments,  ///< $INCLUDE needs one or two arguments, a file and an origin
        /// The included file `found` is nested too deeply (8 levels), or there are more than 1000
        /// included files, or they are larger than max_zone_file_size together.
        include_limit,
    };
    /// The number of codes. The values 0 to code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::include_limit) + 1;

    Code code{};           ///< what is wrong
    std::string found{};   ///< the wrong part of the file as it is written there: any octets
    std::size_t size = 0;  ///< for `strings_too_long`, the number of octets
    std::string file{};    ///< the path as the caller passed it; empty for parse_zone()
    /// The number of the line in which the wrong entry begins, from 1. It is 0 if the error
    /// concerns the file as a whole.
    std::size_t line = 0;

    /// Returns the file, the line and what is wrong, such as "zones/example:12: what is wrong".
    /// File and line are omitted if they are not known. The text is printable US-ASCII without
    /// trailing dot.
    [[nodiscard]] std::string message() const;
    /// Returns what is wrong in a language, as message() does in English.
    [[nodiscard]] std::string message(const Language& language) const;

    /// Compares all members.
    friend bool operator==(const ZoneFileError&, const ZoneFileError&) = default;
};

/// Returns the name of the enumerator, such as "missing_owner". The name is stable, so programs may
/// compare it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(ZoneFileError::Code code) noexcept;

/// Reads the text of a master file.
///
/// The syntax is that of RFC 1035 section 5.1: one or several zones, `@`, `$ORIGIN`, parentheses,
/// comments, the escapes `\X` and `\DDD`, and several strings per TXT record. `$TTL` (RFC 2308, 4)
/// is supported. `$INCLUDE` is supported in files (load_zone_file()), not in a text: a relative
/// path is relative to the folder of the including file, or to the working directory if there is no
/// such file.
///
/// - A record needs only a type and data. The first record also needs an owner, and a later record
///   without one has the owner of the record before it. A record without TTL has the TTL of `$TTL`.
///   If there is no `$TTL`, it has the TTL that was last stated, or one hour if none was stated. A
///   zone needs no SOA or NS records, and its names may be anywhere in the domain name space.
/// - A TTL is a number of seconds from 0 to 2147483647 (RFC 2181, 8), or a time such as 1h30m. The
///   preference of an MX record is 0 to 65535. A label has at most 63 octets. A name and a string
///   have at most 255. The strings of a record together have at most 65535, including one length
///   octet for each string. Larger values are errors: nothing is cut. Lines may end in CR LF.
/// - Records of types that check_host() does not ask for make their owner exist and have no other
///   effect. Their data is not examined. NS records also make their owner a zone cut or an apex
///   (ZoneOptions::knows_all). Records of classes other than IN are ignored.
///
/// There is one additional control entry, for tests and for trying out records. It is written on a
/// line of its own:
///
///     $STATUS name [TYPE] timeout|servfail|error|unreachable|nxdomain|nodata
///
/// It gives questions about the name this status, for one type or, without TYPE, for all types (see
/// ZoneResolver::set_status()).
///
/// Names are stored as in a dns::Question: in lower case and without escapes. An exception is a dot
/// within a label: it remains `\046`, because a plain dot would separate two labels.
///
/// \param text     the contents of a master file: any octets except NUL. To put a NUL into a TXT
///                 record, write `\000`. The function does not keep a view of this text.
/// \param origin   the origin of relative names before the first `$ORIGIN`; if it is empty, the
///                 root.
/// \param options  how the ZoneResolver makes its answers.
/// \return the data, or the first error. Throws only std::bad_alloc. Thread-safe.
///
/// Cost: linear in the size of the text, whatever it contains.
[[nodiscard]] SPF_EXPORT Expected<ZoneResolver, ZoneFileError> parse_zone(
    std::string_view text, std::string_view origin = {}, ZoneOptions options = {});

/// The maximum size of a master file in octets (64 MiB). A larger file, or a device from which
/// octets can be read without end, is an error.
inline constexpr std::size_t max_zone_file_size = std::size_t{64} << 20U;

/// Reads a master file, with the syntax of parse_zone(). If ZoneOptions::source is empty, it
/// becomes the path.
[[nodiscard]] SPF_EXPORT Expected<ZoneResolver, ZoneFileError> load_zone_file(
    const std::filesystem::path& path, std::string_view origin = {}, ZoneOptions options = {});

/// Reads several master files as one set of data, so that a name in one file may be an alias of a
/// name in another. Relative names are relative to the root. Each file is opened and read only
/// once, so a path may also be that of a pipe, which provides its text only once.
[[nodiscard]] SPF_EXPORT Expected<ZoneResolver, ZoneFileError> load_zone_files(
    std::span<const std::filesystem::path> paths, ZoneOptions options = {});

/// The data of master files, and where they contain their TXT records.
struct LocatedZone {
    ZoneResolver zone;  ///< the data of all files
    /// The TXT records in the order of the files, except those in the generic form (RFC 3597, 5).
    std::vector<ZoneText> texts;
};

/// Reads master files as load_zone_files() does, and records where they contain TXT records.
[[nodiscard]] SPF_EXPORT Expected<LocatedZone, ZoneFileError> load_located_zone_files(
    std::span<const std::filesystem::path> paths, ZoneOptions options = {});

}  // namespace spf
