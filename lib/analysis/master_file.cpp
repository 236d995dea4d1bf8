// In a master file (RFC 1035, 5.1), characters are escaped as `\X` if they can be typed, otherwise
// as `\DDD`. A space within a name is escaped as `\032`, because nsupdate(1) splits its lines at
// spaces before it reads names.

#include "spf/analysis/master_file.hpp"

#include "base/ascii.hpp"

namespace spf::analysis {
namespace {

void append_number(std::string& out, char c) {
    const std::string digits = std::to_string(static_cast<unsigned char>(c));
    out.append("\\").append(3 - digits.size(), '0').append(digits);
}

}  // namespace

std::string master_file_name(std::string_view name) {
    constexpr std::string_view special = "\"\\;()@$";
    std::string out;
    for (const char c : name) {
        if (!ascii::is_visible(c)) {
            append_number(out, c);
            continue;
        }
        if (special.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    if (!name.ends_with('.')) out += '.';
    return out;
}

std::string master_file_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (!ascii::is_printable(c)) {
            append_number(out, c);
            continue;
        }
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string master_file_strings(std::span<const std::string> texts) {
    std::string out;
    for (const std::string& each : texts) {
        if (!out.empty()) out += ' ';
        out += master_file_string(each);
    }
    return out;
}

}  // namespace spf::analysis
