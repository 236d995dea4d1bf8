// The messages for all errors in master files. They are in one table, in the order of the
// enumeration ZoneFileError::Code.

#include <array>

#include "base/code_table.hpp"
#include "base/sentences.hpp"
#include "spf/base/printable.hpp"
#include "spf/resolver/zone_file.hpp"

namespace spf {
namespace {

using Code = ZoneFileError::Code;

using Entry = CodeEntry<Code>;

static_assert(max_zone_file_size == std::size_t{64} << 20U,
              "as the message of file_too_large says");

// The placeholder `{1}` in a message is replaced by the text that caused the error.
constexpr std::array<Entry, ZoneFileError::code_count> entries{{
    {Code::unreadable, "unreadable", "cannot be read"},
    {Code::directory, "directory", "cannot be read, because it is a directory"},
    {Code::file_too_large, "file_too_large",
     "is larger than 64 MiB, the maximum size of a zone file"},
    {Code::byte_order_mark, "byte_order_mark",
     "the file begins with a byte order mark; save it without"},
    {Code::nul_octet, "nul_octet", "there is a NUL octet; write \\000 instead"},
    {Code::missing_quotation_mark, "missing_quotation_mark", "a quotation mark is missing"},
    {Code::missing_parenthesis, "missing_parenthesis", "a parenthesis is missing"},
    {Code::unopened_parenthesis, "unopened_parenthesis", "a parenthesis was never opened"},
    {Code::backslash_at_end, "backslash_at_end", "the line ends in a backslash"},
    {Code::escape, "escape",
     "{1} is not a valid escape: write \\ and three digits (000 to 255), or \\ and a character "
     "that "
     "is not a digit"},
    {Code::name, "name", "{1} is not a domain name"},
    {Code::name_too_long, "name_too_long", "a domain name is longer than 255 octets: {1}"},
    {Code::label_too_long, "label_too_long", "a label is longer than 63 octets: {1}"},
    {Code::unknown_control, "unknown_control", "{1} is not supported"},
    {Code::origin_argument, "origin_argument", "$ORIGIN requires a domain name"},
    {Code::ttl_argument, "ttl_argument",
     "$TTL requires a time, such as 3600 or 1h, up to 2147483647 s"},
    {Code::status_arguments, "status_arguments",
     "$STATUS requires a name, optionally a type, and a status"},
    {Code::status, "status",
     "the status {1} is not one of timeout, servfail, error, unreachable, nxdomain and nodata"},
    {Code::status_type, "status_type", "the type {1} is not one of A, AAAA, MX, PTR and TXT"},
    {Code::missing_owner, "missing_owner", "the first record has no owner"},
    {Code::quoted_owner, "quoted_owner", "the owner is in quotation marks"},
    {Code::ttl, "ttl", "the TTL must be a time, such as 3600 or 1h, up to 2147483647 s, not {1}"},
    {Code::second_ttl, "second_ttl", "{1} is a second TTL"},
    {Code::second_class, "second_class", "{1} is a second class"},
    {Code::unknown_type, "unknown_type", "{1} is neither a class nor a type of records"},
    {Code::missing_type, "missing_type", "type and data are missing"},
    {Code::missing_data, "missing_data", "the data is missing"},
    {Code::data, "data", "the data does not fit the type {1}"},
    {Code::quoted_data, "quoted_data", "only texts may be in quotation marks"},
    {Code::data_length, "data_length", "\\# requires the length of the data, from 0 to 65535"},
    {Code::data_name_too_long, "data_name_too_long",
     "a domain name in the data is longer than 255 octets"},
    {Code::mx_preference, "mx_preference",
     "the preference of an MX record must be a number from 0 to 65535, not {1}"},
    {Code::soa_serial, "soa_serial",
     "the serial number of an SOA record must be at most 4294967295, not {1}"},
    {Code::soa_time, "soa_time",
     "{1} is not a time for an SOA record: write for example 3600 or 1h, up to 2147483647 s"},
    {Code::string_too_long, "string_too_long",
     "a string of a TXT record must have at most 255 octets"},
    {Code::strings_too_long, "strings_too_long",
     "the strings of a TXT record must have at most 65535 octets, including one for each length, "
     "not {1}"},
    {Code::include_arguments, "include_arguments",
     "$INCLUDE requires a file and may have an origin"},
    {Code::include_limit, "include_limit",
     "{1} is included too deeply (more than 8 files), or too many or too large files are included "
     "(more than 1000, or 64 MiB)"},
}};
static_assert(is_in_order_of_codes(entries), "one line for each code, in the order of the enum");

}  // namespace

std::string ZoneFileError::message() const { return message(Language()); }

std::string ZoneFileError::message(const Language& language) const {
    std::string text = printable(file);
    if (line != 0) {
        if (!text.empty()) text += ':';
        text += std::to_string(line);
    }
    if (!text.empty()) text += ": ";
    append_filled(text, language(row_of(entries, code).message),
                  {code == Code::strings_too_long ? std::to_string(size) : printable(found)});
    return text;
}

std::string_view to_string(ZoneFileError::Code code) noexcept { return row_of(entries, code).name; }

}  // namespace spf
