#include "spf/base/printable.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace spf {

std::string printable(std::string_view text, std::size_t longest) {
    if (text.size() <= longest && std::all_of(text.begin(), text.end(), ascii::is_printable))
        return std::string{text};
    constexpr std::string_view mark = "...";
    const bool marked = longest >= mark.size();
    const std::size_t room = marked ? longest - mark.size() : longest;
    std::string out;
    out.reserve(std::min(text.size(), longest));
    std::size_t cut = 0;  // the greatest size to which `out` can be cut without splitting an escape
    for (const char c : text) {
        if (out.size() <= room) cut = out.size();
        ascii::append_printable(out, c);
        if (out.size() <= longest) continue;
        out.erase(cut);
        if (marked) out += mark;
        break;
    }
    return out;
}

}  // namespace spf
