// What needs no library of a decoded mail.

#include <algorithm>

#include "message/mime.hpp"

namespace spfcheck {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool is_same(std::string_view left, std::string_view right) noexcept {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace

std::string_view Mail::field(std::string_view name) const noexcept {
    for (const MailField& each : fields) {
        if (is_same(each.name, name)) return each.value;
    }
    return {};
}

std::string with_line_feeds(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        if (pair) continue;
        out += text[i] == '\r' ? '\n' : text[i] == '\0' ? ' ' : text[i];
    }
    return out;
}

}  // namespace spfcheck
