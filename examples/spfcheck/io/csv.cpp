#include "io/csv.hpp"

#include <algorithm>

#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

constexpr std::string_view blanks = " \t\r";

/// Removes blanks from the beginning of a text, except the separator.
void skip_blanks(std::string_view& text, char separator) {
    while (!text.empty() && text.front() != separator &&
           blanks.find(text.front()) != std::string_view::npos)
        text.remove_prefix(1);
}

/// Reads a value that begins with a quote. Returns nothing if it is not closed.
std::optional<std::string> quoted_value(std::string_view& text) {
    std::string out;
    text.remove_prefix(1);
    while (true) {
        const std::size_t quote = text.find('"');
        if (quote == std::string_view::npos) return std::nullopt;
        out.append(text.substr(0, quote));
        text.remove_prefix(quote + 1);
        if (!text.starts_with('"')) return out;
        out += '"';
        text.remove_prefix(1);
    }
}

std::string plain_value(std::string_view& text, char separator) {
    std::string_view out = text.substr(0, text.find(separator));
    text.remove_prefix(out.size());
    while (!out.empty() && blanks.find(out.back()) != std::string_view::npos) out.remove_suffix(1);
    return std::string(out);
}

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

}  // namespace

char separator_in(std::string_view line) noexcept {
    char out = ',';
    auto most = std::count(line.begin(), line.end(), out);
    for (const char each : {';', '\t'}) {
        const auto count = std::count(line.begin(), line.end(), each);
        if (count > most) {
            most = count;
            out = each;
        }
    }
    return out;
}

std::optional<std::vector<std::string>> csv_values(std::string_view line, char separator) {
    std::vector<std::string> out;
    while (true) {
        skip_blanks(line, separator);
        if (line.starts_with('"')) {
            auto value = quoted_value(line);
            if (!value) return std::nullopt;
            out.push_back(*std::move(value));
            skip_blanks(line, separator);
        } else {
            out.push_back(plain_value(line, separator));
        }
        if (line.empty()) return out;
        if (line.front() != separator) return std::nullopt;
        line.remove_prefix(1);
    }
}

std::optional<std::size_t> column_named(const std::vector<std::string>& names,
                                        std::string_view name) noexcept {
    const auto found = std::find_if(names.begin(), names.end(), [name](std::string_view each) {
        return std::equal(each.begin(), each.end(), name.begin(), name.end(),
                          [](char a, char b) { return lower(a) == lower(b); });
    });
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
}

void append_csv_value(std::string& out, std::string_view value) {
    const std::string text = spf::printable(value);
    const bool is_plain = text.find_first_of("\",; ") == std::string::npos;
    if (is_plain) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

}  // namespace spfcheck
