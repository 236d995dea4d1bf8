// In a master file (RFC 1035, 5.1), characters are escaped as `\X` if they can be typed, otherwise
// as `\DDD`.

#include "spf/analysis/master_file.hpp"

#include "base/ascii.hpp"
#include "dns/escapes.hpp"

namespace spf::analysis {

std::string master_file_name(std::string_view name) {
    std::string out;
    dns::append_escaped_name(out, name);
    if (!name.ends_with('.')) out += '.';
    return out;
}

std::string master_file_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (!ascii::is_printable(c)) {
            dns::append_number_escape(out, c);
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
