#include "message/received_text.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace spf::received {
namespace {

/// The longest text in brackets that can be an address: `IPv6:`, 45 octets of an address, and a
/// port or a zone index. The limit keeps the search for the closing bracket linear.
constexpr std::size_t longest_literal = 100;

constexpr bool is_in_address(char c) noexcept {
    return ascii::is_alnum(c) || c == '.' || c == ':' || c == '%';
}

/// Returns whether the bracket at the front of the text contains a user name, as in
/// `[ann@example.com]`, and not an address.
bool is_user_in_bracket(std::string_view text) noexcept {
    const std::size_t end = text.find_first_of("[]@", 1);
    return end != std::string_view::npos && text[end] == '@';
}

/// Returns whether the bracket at the front of the text contains a number, or two of them as in
/// `[256/256]`, which is the strength of a cipher.
bool is_number_in_bracket(std::string_view text) noexcept {
    text.remove_prefix(1);
    if (!take_digits(text)) return false;
    if (take(text, "/") && !take_digits(text)) return false;
    return text.starts_with(']');
}

/// Returns whether a piece of a text is an address other than `known`. A piece consists of octets
/// that may be in an address.
bool is_other_address(std::string_view piece, const std::optional<IpAddress>& known) {
    const std::size_t last = piece.find_last_of(".:");
    if (last == std::string_view::npos) return false;
    for (std::string_view text : {piece, piece.substr(0, last)}) {
        auto ip = read_address(text);
        // Aliyun writes `ip:192.0.2.1`.
        if (!ip) ip = read_address(text.substr(text.rfind(':') + 1));
        if (ip) return ip != known;
    }
    return false;
}

}  // namespace

std::string_view take_word(std::string_view& text) noexcept {
    return take_while(text, [](char c) { return !ends_word(c); });
}

bool take(std::string_view& text, std::string_view expected) noexcept {
    if (!ascii::equal_ignoring_case(text.substr(0, expected.size()), expected)) return false;
    text.remove_prefix(expected.size());
    return true;
}

bool take_digits(std::string_view& text) noexcept {
    return !take_while(text, ascii::is_digit).empty();
}

std::optional<std::string_view> take_comment(std::string_view& text) noexcept {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;  // the escaped octet is literal
        } else if (text[i] == '(') {
            ++depth;
        } else if (text[i] == ')' && --depth == 0) {
            std::string_view inside = text.substr(1, i - 1);
            text.remove_prefix(i + 1);
            if (inside.starts_with(' ')) inside.remove_prefix(1);
            if (inside.ends_with(' ')) inside.remove_suffix(1);
            return inside;
        }
    }
    return std::nullopt;
}

std::optional<IpAddress> read_address(std::string_view text) {
    const bool tagged = take(text, "IPv6:");
    const std::size_t percent = text.find('%');
    const auto ip = IpAddress::parse(text.substr(0, percent));
    const bool has_colon = text.find(':') != std::string_view::npos;
    if (!ip || (tagged && !has_colon)) return std::nullopt;
    if (percent == std::string_view::npos) return *ip;
    const std::string_view zone = text.substr(percent + 1);
    const bool is_zone = !zone.empty() && std::all_of(zone.begin(), zone.end(), ascii::is_alnum);
    return has_colon && is_zone ? std::optional(*ip) : std::nullopt;
}

std::optional<IpAddress> read_address_and_port(std::string_view text) {
    if (auto ip = read_address(text)) return ip;
    const std::size_t end = text.find_last_of(".:");
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view port = text.substr(end + 1);
    text = text.substr(0, end);
    if (!take_digits(port) || !port.empty() || text.find(':') != std::string_view::npos) {
        return std::nullopt;
    }
    return read_address(text);
}

std::optional<IpAddress> take_literal(std::string_view& text) {
    if (!text.starts_with('[')) return std::nullopt;
    const std::size_t end = text.substr(0, longest_literal).find(']');
    if (end == std::string_view::npos) return std::nullopt;
    auto ip = read_address_and_port(text.substr(1, end - 1));
    if (ip) text.remove_prefix(end + 1);
    return ip;
}

bool take_port(std::string_view& text) noexcept { return !take(text, ":") || take_digits(text); }

std::optional<IpAddress> take_bare_address(std::string_view& text) {
    std::string_view rest = text;
    std::optional<IpAddress> ip;
    if (take(rest, "- ")) {
        ip = read_address(take_word(rest));
    } else if (take(rest, "[(")) {
        const std::size_t end = rest.substr(0, longest_literal).find(")]");
        if (end == std::string_view::npos) return std::nullopt;
        ip = read_address(rest.substr(0, end));
        rest.remove_prefix(end + 2);
    } else {
        ip = take_literal(rest);
        if (!take_port(rest)) return std::nullopt;
    }
    if (ip) text = rest;
    return ip;
}

bool has_by(std::string_view text) noexcept {
    while (!text.empty()) {
        if (ascii::equal_ignoring_case(take_word(text), "by")) return true;
        take_while(text, ends_word);
    }
    return false;
}

bool mentions_other(std::string_view text, const std::optional<IpAddress>& known) {
    while (!text.empty()) {
        if (text.front() == '[' && !is_user_in_bracket(text) && !is_number_in_bracket(text)) {
            const auto ip = take_literal(text);
            if (!ip || ip != known) return true;
            continue;
        }
        if (text.front() == '[') text.remove_prefix(1);
        const std::string_view piece = take_while(text, is_in_address);
        if (is_other_address(piece, known)) return true;
        if (!text.empty() && text.front() != '[') text.remove_prefix(1);
    }
    return false;
}

}  // namespace spf::received
