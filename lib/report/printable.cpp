#include "spf/report/printable.hpp"

#include "ascii.hpp"

namespace spf {

std::string printable(std::string_view text, std::size_t longest) {
    constexpr std::string_view mark = "...";
    const bool cut = text.size() > longest;
    const bool marked = cut && longest >= mark.size();
    if (cut) text = text.substr(0, marked ? longest - mark.size() : longest);

    std::string out;
    out.reserve(text.size() + mark.size());
    for (const char c : text) out += ascii::is_printable(c) ? c : '?';
    if (marked) out += mark;
    return out;
}

}  // namespace spf
