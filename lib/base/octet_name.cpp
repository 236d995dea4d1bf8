// Names of what gets into records by accident: line ends and tabs of files, characters of word processors
// and web pages in UTF-8.

#include "base/octet_name.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace spf {
namespace {

struct Name {
    std::string_view octets;
    std::string_view name;
};

constexpr std::array<Name, 22> names{{
    {std::string_view("\0", 1), "NUL"},
    {"\t", "tab"},
    {"\n", "line feed"},
    {"\v", "vertical tab"},
    {"\f", "form feed"},
    {"\r", "carriage return"},
    {"\x1b", "escape"},
    {"\x7f", "delete"},
    {"\u0085", "next line, U+0085"},
    {"\u00a0", "no-break space, U+00A0"},
    {"\u00ad", "soft hyphen, U+00AD"},
    {"\u200b", "zero-width space, U+200B"},
    {"\u200e", "left-to-right mark, U+200E"},
    {"\u2010", "hyphen, U+2010"},
    {"\u2011", "no-break hyphen, U+2011"},
    {"\u2013", "en dash, U+2013"},
    {"\u2014", "em dash, U+2014"},
    {"\u2018", "left quotation mark, U+2018"},
    {"\u2019", "right quotation mark, U+2019"},
    {"\u201c", "left double quotation mark, U+201C"},
    {"\u201d", "right double quotation mark, U+201D"},
    {"\ufeff", "byte order mark, U+FEFF"},
}};

std::string hexadecimal(std::string_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        if (!out.empty()) out += ' ';
        out.append("0x").append(1, digits[octet >> 4U]).append(1, digits[octet & 0xfU]);
    }
    return out;
}

}  // namespace

std::string name_of_first_unprintable(std::string_view text) {
    // An iterator of string_view is a pointer in some libraries only.
    // NOLINTNEXTLINE(readability-qualified-auto)
    const auto found = std::find_if_not(text.begin(), text.end(), ascii::is_printable);
    if (found == text.end()) return {};
    text.remove_prefix(static_cast<std::size_t>(found - text.begin()));
    for (const Name& each : names) {
        if (!text.starts_with(each.octets)) continue;
        const std::string octets = hexadecimal(each.octets);
        if (each.octets.size() == 1) return std::string(each.name) + ", " + octets;
        return std::string(each.name) + " (" + octets + ')';
    }
    return "the octet " + hexadecimal(text.substr(0, 1));
}

}  // namespace spf
