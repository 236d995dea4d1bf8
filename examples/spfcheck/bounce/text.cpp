#include "bounce/text.hpp"

#include <algorithm>

#include "names/parts.hpp"
#include "refusal/words.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

/// The maximum size of an address in octets (RFC 5321, 4.5.3.1.3), and some more.
constexpr std::size_t longest_address = 320;

/// Returns the size of the character of UTF-8 at the beginning of a text; 0 if there is none, or if
/// it controls how the text around it is shown: C1, marks of direction, spaces without width.
std::size_t shown_character(std::string_view text) noexcept {
    const auto octet = [&](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const unsigned first = octet(0);
    if (first < 0x80) return first > ' ' && first != 0x7f ? 1 : 0;
    const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4) return 0;
    for (std::size_t i = 1; i < size; ++i) {
        if ((octet(i) & 0xc0U) != 0x80) return 0;
    }
    // Overlong forms, surrogates, and what is beyond Unicode (RFC 3629, 3)
    const unsigned second = octet(1);
    if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
        (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f)) {
        return 0;
    }
    if (first == 0xc2 && second < 0xa0) return 0;
    if (first == 0xe2 && (second == 0x80 || second == 0x81)) return 0;
    if (first == 0xef && second == 0xbb) return 0;
    return size;
}

/// Returns whether a text consists of characters that are shown as they are.
bool is_shown(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::size_t size = shown_character(text);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

bool is_of_domain(char c) noexcept { return is_word(c) || c == '.' || c == '-' || c == '_'; }

bool is_of_local_part(char c) noexcept {
    return is_word(c) || std::string_view(".!#$%&'*+-/=?^_`{|}~").find(c) != npos;
}

bool is_domain(std::string_view text) noexcept {
    if (text.size() < 3 || text.find('.') == npos) {
        return text == "localhost" || (text.size() > 2 && is_word(text.front()) &&
                                       std::all_of(text.begin(), text.end(), is_of_domain));
    }
    if (text.front() == '[' && text.back() == ']') return true;
    return is_word(text.front()) && is_word(text.back()) &&
           std::all_of(text.begin(), text.end(), is_of_domain);
}

bool is_local_part(std::string_view text) noexcept {
    if (text.empty()) return false;
    const bool quoted = text.size() > 2 && text.front() == '"' && text.back() == '"';
    return quoted || std::all_of(text.begin(), text.end(), is_of_local_part);
}

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        out.push_back(line);
        text.remove_prefix(end == npos ? text.size() : end + 1);
    }
    return out;
}

bool equals_ignoring_case(std::string_view left, std::string_view right) noexcept {
    return left.size() == right.size() && starts_ignoring_case(left, right);
}

bool starts_ignoring_case(std::string_view text, std::string_view start) noexcept {
    return text.size() >= start.size() &&
           std::equal(start.begin(), start.end(), text.begin(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

std::size_t find_ignoring_case(std::string_view text, std::string_view word,
                               std::size_t from) noexcept {
    if (from > text.size()) return npos;
    const auto begin = text.begin() + static_cast<std::ptrdiff_t>(from);
    const auto found = std::search(begin, text.end(), word.begin(), word.end(),
                                   [](char a, char b) { return lower(a) == lower(b); });
    return found == text.end() ? npos : static_cast<std::size_t>(found - text.begin());
}

std::string address_in_word(std::string_view word) {
    std::string_view text = trimmed(word);
    const std::size_t open = text.find('<');
    if (open != npos) {
        const std::size_t close = text.find('>', open);
        text = text.substr(open + 1, close == npos ? npos : close - open - 1);
    }
    if (text.size() > 2 * longest_address) return {};
    for (const std::string_view type :
         {"rfc822;", "utf-8;", "smtp;", "smtp:", "mailto:", "addr="}) {
        if (starts_ignoring_case(text, type)) text = trimmed(text.substr(type.size()));
    }
    while (!text.empty() && std::string_view(" \t\"'([{*`").find(text.front()) != npos &&
           !(text.front() == '"' && text.find("\"@") != npos))
        text.remove_prefix(1);
    while (!text.empty() && std::string_view(" \t.,:;!?'\")}*`>").find(text.back()) != npos)
        text.remove_suffix(1);
    if (text.ends_with(']') && text.find('[') == npos) text.remove_suffix(1);
    const std::size_t at = text.rfind('@');
    if (at == npos || text.size() > longest_address) return {};
    if (!is_local_part(text.substr(0, at)) || !is_domain(text.substr(at + 1))) return {};
    return is_shown(text) ? std::string(text) : spf::printable(text, longest_address);
}

std::string first_address_in(std::string_view text) {
    return first_address_in(text, [](std::string_view, std::string_view) { return true; });
}

std::string first_address_in(
    std::string_view text,
    const std::function<bool(std::string_view before, std::string_view address)>& fits) {
    for (std::size_t at = text.find('@'); at != npos; at = text.find('@', at + 1)) {
        std::size_t begin = at;
        while (begin > 0 && at - begin < longest_address &&
               (is_of_local_part(text[begin - 1]) || text[begin - 1] == '"'))
            --begin;
        std::size_t end = at + 1;
        while (end < text.size() && end - at < longest_address && is_of_domain(text[end])) ++end;
        std::string address = address_in_word(text.substr(begin, end - begin));
        if (!address.empty() && fits(text.substr(0, begin), address)) return address;
    }
    return {};
}

std::string domain_of_address(std::string_view address) {
    const std::size_t at = address.rfind('@');
    return at == npos ? std::string{} : lower(address.substr(at + 1));
}

bool begins_field(std::string_view line) noexcept {
    std::size_t end = 0;
    while (end < line.size() && line[end] > ' ' && line[end] < '\x7f' && line[end] != ':') ++end;
    return end > 0 && end < 80 && end < line.size() && line[end] == ':';
}

std::vector<Field> fields_of(const std::vector<std::string_view>& lines, std::size_t begin,
                             std::size_t& end) {
    std::vector<Field> out;
    std::size_t i = begin;
    for (; i < lines.size(); ++i) {
        const std::string_view line = lines[i];
        if (trimmed(line).empty()) break;
        const bool continues = line.front() == ' ' || line.front() == '\t';
        if (continues && !out.empty()) {
            out.back().value.append("\n").append(trimmed(line));
            continue;
        }
        if (!begins_field(line)) break;
        const std::size_t colon = line.find(':');
        out.push_back({line.substr(0, colon), std::string(trimmed(line.substr(colon + 1)))});
    }
    end = i;
    return out;
}

}  // namespace spfcheck
