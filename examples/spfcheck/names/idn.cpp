#include "names/idn.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "names/idn2.hpp"
#include "names/parts.hpp"

namespace spfcheck {
namespace {

/// Returns the name with a dot in place of each other character that ascii_domain() regards as a
/// separator of labels.
std::string with_plain_dots(std::string name) {
    constexpr std::array<std::string_view, 3> dots{"\u3002", "\uff0e", "\uff61"};
    for (const std::string_view dot : dots) {
        for (std::size_t at = name.find(dot); at != std::string::npos; at = name.find(dot, at)) {
            name.replace(at, dot.size(), ".");
        }
    }
    return name;
}

std::optional<std::string> converted(const std::string& name) {
    if (name.find('\0') != std::string::npos) return std::nullopt;
    const std::string dotted = with_plain_dots(name);
    std::string out;
    for (std::size_t begin = 0; begin <= dotted.size();) {
        const std::size_t end = std::min(dotted.find('.', begin), dotted.size());
        const std::string label = dotted.substr(begin, end - begin);
        const auto plain = is_ascii(label) ? std::optional(label) : a_label(label);
        if (!plain) return std::nullopt;
        out += *plain;
        if (end < dotted.size()) out += '.';
        begin = end + 1;
    }
    return out;
}

}  // namespace

std::string ascii_domain(const std::string& name) {
    std::string plain(trimmed(name));
    return is_ascii(plain) ? plain : converted(plain).value_or(plain);
}

std::string ascii_sender(const std::string& sender) {
    const std::string text(trimmed(sender));
    const Place place = domain_in(text);
    return text.substr(0, place.begin) + ascii_domain(text.substr(place.begin, place.size)) +
           text.substr(place.begin + place.size);
}

}  // namespace spfcheck
