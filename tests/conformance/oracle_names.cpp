#include "conformance/oracle_names.hpp"

#include <algorithm>

#include "conformance/oracle_grammar.hpp"

namespace spf::oracle {

std::vector<std::string> labels_of(std::string_view name) {
    std::vector<std::string> labels{""};
    for (const char c : name) {
        if (c == '.') {
            labels.emplace_back();
        } else {
            labels.back() += c;
        }
    }
    return labels;
}

std::string without_trailing_dot(std::string name) {
    if (!name.empty() && name.back() == '.') name.pop_back();
    return name;
}

bool is_name(std::string_view name) {
    if (name.empty() || name.size() > 253) return false;
    const auto labels = labels_of(name);
    return std::all_of(labels.begin(), labels.end(), [](const std::string& label) {
        return !label.empty() && label.size() <= 63;
    });
}

bool is_domain(std::string_view name) {
    return is_name(name) && labels_of(name).size() > 1 && name.front() != '[' &&
           std::all_of(name.begin(), name.end(), [](char c) { return c >= 0x21 && c <= 0x7e; });
}

bool is_below(std::string_view name, std::string_view parent) {
    const auto inner = labels_of(lower(name));
    const auto outer = labels_of(lower(parent));
    return inner.size() >= outer.size() && std::equal(outer.rbegin(), outer.rend(), inner.rbegin());
}

bool has_high_octets(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c < 0; });
}

bool is_printable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
}

std::string url_escaped(std::string_view text) {
    static constexpr std::string_view unreserved =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    static constexpr std::string_view hex = "0123456789ABCDEF";
    std::string escaped;
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        if (unreserved.find(c) != std::string_view::npos) {
            escaped += c;
        } else {
            escaped += '%';
            escaped += hex[octet / 16U];
            escaped += hex[octet % 16U];
        }
    }
    return escaped;
}

}  // namespace spf::oracle
