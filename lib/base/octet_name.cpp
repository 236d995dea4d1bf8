#include "base/octet_name.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.hpp"
#include "base/look_alikes.hpp"
#include "spf/base/message.hpp"

namespace spf {
namespace {

/// A control character that is not in the table of look-alikes (base/look_alikes.hpp).
struct Control {
    char octet;
    std::string_view name;
};
constexpr std::array<Control, 3> controls{{{'\0', "NUL"}, {'\x1b', "escape"}, {'\x7f', "delete"}}};

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

std::string name_of_first_unprintable(std::string_view text, const Language& language) {
    // The type is `auto`, because an iterator of std::string_view is a pointer only in some
    // standard libraries. With `const auto*`, this would not compile everywhere.
    // NOLINTNEXTLINE(readability-qualified-auto)
    const auto found = std::find_if_not(text.begin(), text.end(), ascii::is_printable);
    if (found == text.end()) return {};
    text.remove_prefix(static_cast<std::size_t>(found - text.begin()));
    if (const LookAlike* const known = look_alike_at(text)) {
        const std::string octets = hexadecimal(known->octets);
        return std::string(language(known->name)) +
               (known->octets.size() == 1 ? ", " + octets : " (" + octets + ')');
    }
    const std::string octet = hexadecimal(text.substr(0, 1));
    for (const Control& each : controls) {
        if (each.octet == text.front()) return std::string(language(each.name)) + ", " + octet;
    }
    return rendered(octet_without_name, std::vector<Argument>{octet}, language);
}

std::vector<std::string_view> octet_name_texts() {
    std::vector<std::string_view> out{octet_without_name};
    for (const LookAlike& each : all_look_alikes()) out.push_back(each.name);
    for (const Control& each : controls) out.push_back(each.name);
    return out;
}

}  // namespace spf
