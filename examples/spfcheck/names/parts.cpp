#include "names/parts.hpp"

#include <algorithm>

namespace spfcheck {

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

bool is_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Place domain_in(std::string_view sender) noexcept {
    const std::size_t at = sender.rfind('@');
    std::size_t begin = at == std::string_view::npos ? 0 : at + 1;
    std::size_t end = sender.size();
    if (begin == 0 && sender.starts_with('<')) begin = 1;
    if (end > begin && sender.back() == '>') --end;
    return {begin, end - begin};
}

}  // namespace spfcheck
