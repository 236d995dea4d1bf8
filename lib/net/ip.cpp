// Functions that read and write IP addresses. They accept exactly the forms in RFC 7208, 5.6 and
// RFC 4291, 2.2. For example, they reject leading zeros, dotted quads with fewer than four numbers,
// and zone indexes.

#include "spf/net/ip.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/ascii.hpp"
#include "net/ip_reader.hpp"

namespace spf {
namespace {

using Code = ParseError::Code;

/// Returns whether `read` succeeds and reads the whole text. `read` is a function that reads
/// something from the front of a text and removes it.
template <class Read>
bool reads_all(std::string_view text, Read read) noexcept {
    constexpr std::size_t longest = 15;  // the length of "255.255.255.255"
    if (text.size() > longest) return false;
    std::array<char, longest + PaddedText::padding> room{};
    PaddedText rest = PaddedText::copy(text, room);
    return read(rest) && rest.empty();
}

/// Reads an IPv4 address (ip4-network in RFC 7208, 5.6) that is the whole text. Returns nothing if
/// the text is anything else.
std::optional<std::uint32_t> read_v4(std::string_view text) noexcept {
    std::uint32_t bits = 0;
    if (!reads_all(text, [&bits](PaddedText& rest) { return read_quad(rest, bits); }))
        return std::nullopt;
    return bits;
}

/// Reads a number that is the whole text: at most three digits without a leading zero. Returns
/// nothing if the text is anything else, or if the number is greater than `longest`.
std::optional<unsigned> read_length(std::string_view text, unsigned longest) noexcept {
    unsigned value = 0;
    if (!reads_all(text, [&value](PaddedText& rest) { return read_number(rest, value); }) ||
        value > longest)
        return std::nullopt;
    return value;
}

std::optional<unsigned> hex_value(char c) noexcept {
    if (ascii::is_digit(c)) return static_cast<unsigned>(c - '0');
    const char l = ascii::lower(c);
    if (l >= 'a' && l <= 'f') return static_cast<unsigned>(l - 'a') + 10;
    return std::nullopt;
}

struct Halves {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
};

/// The groups of an IPv6 address that have been read so far, and how many of them were before the
/// "::".
struct Groups {
    std::array<std::uint16_t, 8> value{};
    std::size_t count = 0;
    std::optional<std::size_t> gap;

    bool push(unsigned group) noexcept {
        if (count == value.size()) return false;
        value[count++] = static_cast<std::uint16_t>(group);
        return true;
    }
};

/// Reads a group of 1 to 4 hexadecimal digits from the front of the text and removes it. Returns
/// nothing if there is no such group.
std::optional<unsigned> take_group(std::string_view& text) noexcept {
    std::size_t used = 0;
    unsigned group = 0;
    while (used < text.size() && used < 4) {
        const auto digit = hex_value(text[used]);
        if (!digit) break;
        group = group << 4U | *digit;
        ++used;
    }
    if (used == 0) return std::nullopt;
    text.remove_prefix(used);
    return group;
}

/// Returns the address that consists of the groups. If there was a "::", zeros are inserted in its
/// place until there are eight groups. Returns nothing if the number of groups is wrong.
std::optional<Halves> assemble(Groups groups) noexcept {
    if (groups.gap) {
        // "::" represents at least one group of zeros (RFC 4291, 2.2).
        if (groups.count == groups.value.size()) return std::nullopt;
        auto* const gap = groups.value.begin() + *groups.gap;
        auto* const end = groups.value.begin() + groups.count;
        std::move_backward(gap, end, groups.value.end());
        std::fill(gap, groups.value.end() - (end - gap), std::uint16_t{0});
    } else if (groups.count != groups.value.size()) {
        return std::nullopt;
    }
    Halves halves;
    for (std::size_t i = 0; i < 4; ++i) halves.high = halves.high << 16U | groups.value[i];
    for (std::size_t i = 4; i < 8; ++i) halves.low = halves.low << 16U | groups.value[i];
    return halves;
}

std::optional<Halves> read_v6(std::string_view text) noexcept {
    Groups groups;
    if (text.starts_with("::")) {
        groups.gap = 0;
        text.remove_prefix(2);
    }
    while (!text.empty()) {
        // The last 32 bits of an IPv6 address may be written as a dotted quad.
        if (const auto quad = read_v4(text)) {
            if (!groups.push(*quad >> 16U) || !groups.push(*quad & 0xffffU)) return std::nullopt;
            break;
        }
        const auto group = take_group(text);
        if (!group || !groups.push(*group)) return std::nullopt;
        if (text.empty()) break;
        if (text.front() != ':') return std::nullopt;
        text.remove_prefix(1);
        if (text.empty()) return std::nullopt;  // the text ended in a single colon
        if (text.front() == ':') {
            if (groups.gap) return std::nullopt;
            groups.gap = groups.count;
            text.remove_prefix(1);
        }
    }
    return assemble(groups);
}

ParseError whole(Code code, std::string_view text) noexcept { return {code, 0, text.size()}; }

/// Reads a network. The text before the slash is the address, and the text after the slash is the
/// prefix length.
template <class Read>
Expected<Network> read_network(std::string_view text, Family family, Code address_code, Read read) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const auto halves = read(text.substr(0, slash));
    if (!halves) return ParseError{address_code, 0, slash};
    const bool v4 = family == Family::ipv4;
    unsigned length = v4 ? 32 : 128;
    if (slash < text.size()) {
        const auto number = read_length(text.substr(slash + 1), length);
        if (!number) {
            return ParseError{v4 ? Code::prefix_length_ip4 : Code::prefix_length_ip6, slash,
                              text.size() - slash};
        }
        length = *number;
    }
    return Network{family, halves->high, halves->low, length};
}

void append_number(std::string& out, unsigned value, int base = 10) {
    std::array<char, 10> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, base);
    out.append(digits.data(), end.ptr);
}

void append_v4(std::string& out, std::uint32_t bits) {
    std::array<char, 16> text{};
    char* end = text.data();
    for (unsigned shift = 32; shift > 0; shift -= 8) {
        end = std::to_chars(end, end + 3, bits >> (shift - 8) & 0xffU).ptr;
        *end++ = '.';
    }
    out.append(text.data(), end - 1);
}

/// Writes an IPv6 address in the form of RFC 5952: with lower-case digits, without leading zeros,
/// and with "::" for the longest sequence of two or more groups that are zero.
void append_v6(std::string& out, std::uint64_t high, std::uint64_t low) {
    std::array<unsigned, 8> group{};
    for (unsigned i = 0; i < 4; ++i) {
        group[i] = static_cast<unsigned>(high >> (48 - 16 * i) & 0xffffU);
        group[i + 4] = static_cast<unsigned>(low >> (48 - 16 * i) & 0xffffU);
    }
    std::size_t run = 0;
    std::size_t run_length = 1;
    for (std::size_t i = 0; i < 8;) {
        std::size_t end = i;
        while (end < 8 && group[end] == 0) ++end;
        if (end - i > run_length) {
            run = i;
            run_length = end - i;
        }
        i = end + 1;
    }
    for (std::size_t i = 0; i < 8;) {
        if (run_length > 1 && i == run) {
            out += "::";
            i += run_length;
            continue;
        }
        if (i > 0 && out.back() != ':') out += ':';
        append_number(out, group[i], 16);
        ++i;
    }
}

}  // namespace

Expected<IpAddress> IpAddress::parse(std::string_view text) {
    if (const auto bits = read_v4(text)) return IpAddress{0, mapped_prefix | *bits};
    if (const auto halves = read_v6(text)) return IpAddress{halves->high, halves->low};
    return whole(Code::address, text);
}

std::string IpAddress::to_string() const {
    std::string text;
    if (is_v4()) {
        append_v4(text, v4_bits());
    } else {
        append_v6(text, high_, low_);
    }
    return text;
}

Expected<Network> Network::parse(std::string_view text) {
    const std::string_view address = text.substr(0, text.find('/'));
    if (address.find(':') != std::string_view::npos) {
        auto network = parse_v6(text);
        if (!network && network.error().code == Code::address_ip6)
            return whole(Code::address, address);
        return network;
    }
    auto network = parse_v4(text);
    if (!network && network.error().code == Code::address_ip4) return whole(Code::address, address);
    return network;
}

Expected<Network> Network::parse_v4(std::string_view text) {
    return read_network(text, Family::ipv4, Code::address_ip4,
                        [](std::string_view address) -> std::optional<Halves> {
                            const auto bits = read_v4(address);
                            if (!bits) return std::nullopt;
                            return Halves{0, IpAddress{}.low() | *bits};
                        });
}

Expected<Network> Network::parse_v6(std::string_view text) {
    return read_network(text, Family::ipv6, Code::address_ip6, read_v6);
}

std::string Network::to_string() const {
    std::string text;
    if (family_ == Family::ipv4) {
        append_v4(text, static_cast<std::uint32_t>(low_));
    } else {
        append_v6(text, high_, low_);
    }
    if (prefix_length_ != (family_ == Family::ipv4 ? 32 : 128)) {
        text += '/';
        append_number(text, prefix_length_);
    }
    return text;
}

}  // namespace spf
