// Splits a master file into its entries, and an entry into its words.

#include "resolver/zone_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"

namespace spf::zone_text {
namespace {

constexpr bool is_blank(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Returns the size in octets of the escape at the beginning of a text, which is 2 or 4; 0 if the
/// escape is not valid.
std::size_t escape_size(std::string_view text) noexcept {
    if (text.size() < 2) return 0;
    if (!ascii::is_digit(text[1])) return 2;
    return text.size() >= 4 && number(text.substr(1, 3), 255) ? 4 : 0;
}

/// Returns whether a text begins with an escape. A backslash at the end of a line is not an escape.
bool is_escape(std::string_view text) noexcept {
    return text.size() > 1 && text[0] == '\\' && text[1] != '\n' && !text.starts_with("\\\r\n");
}

}  // namespace

std::optional<std::string_view> bad_escape(std::string_view word) noexcept {
    for (std::size_t at = word.find('\\'); at != std::string_view::npos; at = word.find('\\', at)) {
        const std::size_t size = escape_size(word.substr(at));
        if (size == 0) return word.substr(at, 4);
        at += size;
    }
    return std::nullopt;
}

std::size_t written_size(std::string_view word) noexcept {
    return word.front() == '\\' ? std::max<std::size_t>(escape_size(word), 1) : 1;
}

std::string unescaped(std::string_view word) {
    std::string text;
    text.reserve(word.size());
    while (!word.empty()) {
        const std::size_t size = word.front() == '\\' ? escape_size(word) : 1;
        if (size == 0) break;
        const auto octet = number(word.substr(1, 3), 255).value_or(0);
        text += size == 4 ? static_cast<char>(static_cast<unsigned char>(octet)) : word[size - 1];
        word.remove_prefix(size);
    }
    return text;
}

std::optional<std::uint64_t> number(std::string_view word, std::uint64_t most) noexcept {
    std::uint64_t value = 0;
    if (word.empty()) return std::nullopt;
    for (const char c : word) {
        if (!ascii::is_digit(c)) return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
        if (value > most) return std::nullopt;
    }
    return value;
}

std::optional<std::uint64_t> time(std::string_view word) noexcept {
    constexpr std::array<std::pair<char, std::uint64_t>, 5> units{
        {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}}};
    if (word.empty()) return std::nullopt;
    if (const auto seconds = number(word, max_ttl)) return seconds;
    std::uint64_t sum = 0;
    while (!word.empty()) {
        const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
        const auto count = number(word.substr(0, digits), max_ttl);
        if (!count || digits == word.size()) return std::nullopt;
        const char letter = ascii::lower(word[digits]);
        const auto* const unit =
            std::find_if(units.begin(), units.end(),
                         [letter](const auto& each) { return each.first == letter; });
        if (unit == units.end()) return std::nullopt;
        sum += *count * unit->second;
        if (sum > max_ttl) return std::nullopt;
        word.remove_prefix(digits + 1);
    }
    return sum;
}

std::optional<ZoneFileError::Code> Entries::next() {
    using Code = ZoneFileError::Code;
    entry_.clear();
    offsets_.clear();
    line_ = next_line_;
    unsigned open = 0;
    bool quoted = false;
    std::size_t at = 0;
    for (; at < text_.size(); ++at) {
        const char c = text_[at];
        if (c == '\n') {
            ++next_line_;
            if (quoted) return Code::missing_quotation_mark;
            if (open == 0) break;
            append(' ', at);
        } else if (is_escape(text_.substr(at, 3))) {
            append(c, at);
            ++at;
            append(text_[at], at);
        } else if (c == '\\') {
            return Code::backslash_at_end;
        } else if (c == '"') {
            quoted = !quoted;
            append(c, at);
        } else if (quoted) {
            append(c, at);
        } else if (c == ';') {
            at = std::min(text_.find('\n', at), text_.size()) - 1;
        } else if (c == '(') {
            ++open;
            append(' ', at);
        } else if (c == ')') {
            if (open == 0) return Code::unopened_parenthesis;
            --open;
            append(' ', at);
        } else {
            append(c == '\r' ? ' ' : c, at);
        }
    }
    if (quoted) return Code::missing_quotation_mark;
    if (open != 0) return Code::missing_parenthesis;
    text_.remove_prefix(std::min(at + 1, text_.size()));
    return std::nullopt;
}

bool Entries::has_owner() const noexcept { return !entry_.empty() && !is_blank(entry_.front()); }

Words Entries::words() const {
    const std::string_view entry = entry_;
    Words found;
    std::size_t at = 0;
    while (true) {
        while (at < entry.size() && is_blank(entry[at])) ++at;
        if (at >= entry.size()) return found;
        const bool quoted = entry[at] == '"';
        if (quoted) ++at;
        const std::size_t begin = at;
        while (at < entry.size() && entry[at] != '"' && (quoted || !is_blank(entry[at])))
            at += entry[at] == '\\' ? 2U : 1U;
        at = std::min(at, entry.size());
        found.push_back({entry.substr(begin, at - begin), quoted});
        if (quoted) ++at;  // skips the closing quotation mark
    }
}

}  // namespace spf::zone_text
