// Decodes Punycode with the parameters of RFC 3492, 5.

#include "message/u_label.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/ascii.hpp"

namespace spf::fields {
namespace {

constexpr std::uint32_t base = 36;
constexpr std::uint32_t smallest_threshold = 1;
constexpr std::uint32_t largest_threshold = 26;
constexpr std::size_t longest_label = 63;  // octets (RFC 1035, 2.3.4); it bounds all numbers below
constexpr std::uint32_t highest_character = 0x10'ffff;

/// Returns the value of a digit (RFC 3492, 5), or `base` if the octet is not a digit.
std::uint32_t digit_value(char c) noexcept {
    if (ascii::is_digit(c)) return static_cast<std::uint32_t>(c - '0') + 26;
    if (ascii::is_alpha(c)) return static_cast<std::uint32_t>(ascii::lower(c) - 'a');
    return base;
}

/// Returns the bias for the next number (RFC 3492, 6.1).
std::uint32_t adapted(std::uint32_t delta, std::uint32_t count, bool is_first) noexcept {
    delta /= is_first ? 700 : 2;
    delta += delta / count;
    std::uint32_t k = 0;
    for (; delta > (base - smallest_threshold) * largest_threshold / 2; k += base)
        delta /= base - smallest_threshold;
    return k + (base - smallest_threshold + 1) * delta / (delta + 38);
}

/// Reads a number from the front of the text and removes it (RFC 3492, 6.2). Returns nothing if
/// there is none, or if it is too large for any label.
std::optional<std::uint32_t> take_number(std::string_view& text, std::uint32_t bias) noexcept {
    constexpr std::uint64_t too_large = (highest_character + 1) * std::uint64_t{longest_label + 1};
    std::uint64_t number = 0;
    std::uint64_t weight = 1;
    for (std::uint32_t k = base;; k += base) {
        if (text.empty()) return std::nullopt;
        const std::uint32_t digit = digit_value(text.front());
        text.remove_prefix(1);
        number += digit * weight;
        if (digit == base || number >= too_large) return std::nullopt;
        const std::uint32_t threshold =
            k <= bias ? smallest_threshold
                      : std::clamp(k - bias, smallest_threshold, largest_threshold);
        if (digit < threshold) return static_cast<std::uint32_t>(number);
        weight *= base - threshold;
        if (weight >= too_large) return std::nullopt;
    }
}

void append_utf8(std::string& out, char32_t c) {
    const auto octet = [&out](std::uint32_t value) { out += static_cast<char>(value); };
    const auto rest = [&octet, c](unsigned shift) { octet(0x80U | (c >> shift & 0x3fU)); };
    if (c < 0x80) return octet(c);
    if (c < 0x800) {
        octet(0xc0U | c >> 6U);
    } else if (c < 0x1'0000) {
        octet(0xe0U | c >> 12U);
        rest(6);
    } else {
        octet(0xf0U | c >> 18U);
        rest(12);
        rest(6);
    }
    rest(0);
}

/// Returns the characters that an A-label represents. `text` is the A-label without its prefix.
/// Returns nothing if `text` is not valid Punycode, or if it represents only ASCII characters.
std::optional<std::u32string> decoded(std::string_view text) {
    std::u32string out;
    if (const std::size_t hyphen = text.rfind('-'); hyphen != std::string_view::npos) {
        for (const char c : text.substr(0, hyphen))
            out += static_cast<char32_t>(static_cast<unsigned char>(ascii::lower(c)));
        text.remove_prefix(hyphen + 1);
    }
    if (text.empty()) return std::nullopt;  // a label without other characters is no A-label
    std::uint32_t character = 0x80;
    std::uint32_t bias = 72;
    std::uint32_t index = 0;
    for (bool is_first = true; !text.empty(); is_first = false) {
        const auto delta = take_number(text, bias);
        if (!delta) return std::nullopt;
        const auto count = static_cast<std::uint32_t>(out.size()) + 1;
        index += *delta;
        bias = adapted(*delta, count, is_first);
        character += index / count;
        index %= count;
        if (character > highest_character || (character >= 0xd800 && character <= 0xdfff))
            return std::nullopt;
        out.insert(out.begin() + index, static_cast<char32_t>(character));
        ++index;
    }
    return out;
}

void append_label(std::string& out, std::string_view label) {
    constexpr std::string_view prefix = "xn--";
    if (label.size() > prefix.size() && label.size() <= longest_label &&
        ascii::equal_ignoring_case(label.substr(0, prefix.size()), prefix)) {
        const bool is_ascii = std::all_of(label.begin(), label.end(), ascii::is_ascii);
        if (const auto characters =
                is_ascii ? decoded(label.substr(prefix.size())) : std::nullopt) {
            for (const char32_t c : *characters) append_utf8(out, c);
            return;
        }
    }
    for (const char c : label) out += ascii::lower(c);
}

}  // namespace

std::string with_u_labels(std::string_view name) {
    std::string out;
    while (true) {
        const std::size_t dot = std::min(name.find('.'), name.size());
        append_label(out, name.substr(0, dot));
        if (dot == name.size()) return out;
        out += '.';
        name.remove_prefix(dot + 1);
    }
}

}  // namespace spf::fields
