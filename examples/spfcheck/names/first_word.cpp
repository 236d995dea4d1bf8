#include "names/first_word.hpp"

#include <algorithm>

#include "names/edits.hpp"
#include "names/mistakes.hpp"
#include "names/parts.hpp"
#include "spf/net/ip.hpp"

namespace spfcheck {

WordKind kind_of(std::string_view word) {
    if (word.starts_with('-')) return WordKind::option;
    const std::string_view text = trimmed(word);
    if (is_record(text.starts_with('"') ? text.substr(1) : text)) return WordKind::record;
    if (spf::IpAddress::parse(text) || spf::Network::parse(text)) return WordKind::address;
    const bool is_name = text.find('.') != std::string_view::npos ||
                         text.find('@') != std::string_view::npos ||
                         text.find("://") != std::string_view::npos || !is_ascii(text);
    return is_name ? WordKind::name : WordKind::other;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> commands) {
    constexpr std::size_t longest = 32;
    constexpr std::size_t shortest_prefix = 2;
    if (word.empty() || word.size() > longest) return {};
    std::string lower(word);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char each) {
        return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
    });
    std::string_view found;
    std::size_t best = std::min<std::size_t>(2, lower.size() / 2) + 1;
    bool is_unique = true;
    for (const std::string_view command : commands) {
        const bool is_prefix = lower.size() >= shortest_prefix && command.starts_with(lower);
        const std::size_t distance = is_prefix ? 0 : edits(lower, command);
        if (distance == best && !found.empty()) is_unique = false;
        if (distance >= best) continue;
        best = distance;
        found = command;
        is_unique = true;
    }
    return is_unique ? found : std::string_view();
}

}  // namespace spfcheck
