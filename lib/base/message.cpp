#include "spf/base/message.hpp"

#include <algorithm>
#include <optional>

#include "spf/base/printable.hpp"

namespace spf {
namespace {

/// `{N}` or `{N:one|many}` at the beginning of a text.
struct Placeholder {
    std::size_t number = 0;  ///< from 1
    std::optional<std::pair<std::string_view, std::string_view>> words{};
    std::size_t size = 0;  ///< octets, braces included
};

std::optional<Placeholder> placeholder_at(std::string_view text) noexcept {
    if (text.size() < 3 || text[0] != '{' || text[1] < '1' || text[1] > '9') return std::nullopt;
    const std::size_t end = text.find('}');
    if (end == std::string_view::npos) return std::nullopt;
    Placeholder found{.number = static_cast<std::size_t>(text[1] - '0'), .size = end + 1};
    if (end == 2) return found;
    const std::string_view words = text.substr(3, end - 3);
    const std::size_t bar = words.find('|');
    if (text[2] != ':' || bar == std::string_view::npos) return std::nullopt;
    found.words.emplace(words.substr(0, bar), words.substr(bar + 1));
    return found;
}

/// Calls `on_text` with each text between placeholders and `on_placeholder` with each placeholder,
/// in order.
template <class OnText, class OnPlaceholder>
void read_pattern(std::string_view pattern, const OnText& on_text,
                  const OnPlaceholder& on_placeholder) {
    while (!pattern.empty()) {
        const auto found = placeholder_at(pattern);
        if (found) on_placeholder(*found, pattern.substr(0, found->size));
        const std::size_t next =
            found ? found->size : std::min(pattern.find('{', 1), pattern.size());
        if (!found) on_text(pattern.substr(0, next));
        pattern.remove_prefix(next);
    }
}

}  // namespace

std::string Argument::text() const {
    if (const auto* text = std::get_if<std::string>(&value_)) return *text;
    return std::to_string(std::get<std::uint64_t>(value_));
}

std::uint64_t Argument::number() const noexcept {
    if (const auto* text = std::get_if<std::string>(&value_)) return text->size();
    return *std::get_if<std::uint64_t>(&value_);
}

std::string rendered(std::string_view pattern, std::span<const Argument> arguments) {
    std::string out;
    read_pattern(
        pattern, [&out](std::string_view text) { out.append(text); },
        [&](const Placeholder& placeholder, std::string_view as_it_is) {
            if (placeholder.number > arguments.size()) {
                out.append(as_it_is);
                return;
            }
            const Argument& argument = arguments[placeholder.number - 1];
            if (!placeholder.words) {
                out.append(printable(argument.text(), longest_argument));
            } else {
                out.append(argument.number() == 1 ? placeholder.words->first
                                                  : placeholder.words->second);
            }
        });
    return out;
}

std::size_t argument_count(std::string_view pattern) noexcept {
    std::size_t highest = 0;
    read_pattern(
        pattern, [](std::string_view) {},
        [&highest](const Placeholder& placeholder, std::string_view) {
            highest = std::max(highest, placeholder.number);
        });
    return highest;
}

}  // namespace spf
