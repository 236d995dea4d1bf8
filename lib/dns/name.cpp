// Checks domain names: the length of the name, the lengths of its labels, and its characters (RFC
// 7208, 4.3; RFC 1035, 2.3.4).

#include "spf/dns/name.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace spf::dns {
namespace {

/// Returns true for the most common form of a legal name: several labels, all of legal length, with
/// visible characters only. Such a name needs no other test. If the result is false, the name may
/// still be legal.
bool is_multi_label_name(std::string_view name) noexcept {
    std::size_t label = 0;  // the number of octets of the current label that have been read
    bool dot = false;
    for (const char c : name) {
        if (c == '.') {
            if (label == 0 || label > max_label_length) return false;
            label = 0;
            dot = true;
            continue;
        }
        if (!ascii::is_visible(c)) return false;
        ++label;
    }
    return dot && label > 0 && label <= max_label_length && name.size() <= max_name_length &&
           name.front() != '[';
}

ParseError error(ParseError::Code code, std::size_t offset, std::size_t length) noexcept {
    return {code, offset, length};
}

}  // namespace

std::optional<ParseError> name_problem(std::string_view name) noexcept {
    const std::size_t given = name.size();
    name = without_trailing_dot(name);
    if (name.empty()) {
        return error(given == 0 ? ParseError::Code::name_empty : ParseError::Code::name_label_empty,
                     0, given);
    }
    std::size_t label = 0;  // the offset at which the current label begins
    for (std::size_t at = 0; at <= name.size(); ++at) {
        if (at < name.size() && name[at] != '.') continue;
        if (at == label)
            return error(ParseError::Code::name_label_empty, at, at < name.size() ? 1 : 0);
        if (at - label > max_label_length) {
            return error(ParseError::Code::name_label_too_long, label, at - label);
        }
        label = at + 1;
    }
    if (name.size() > max_name_length)
        return error(ParseError::Code::name_too_long, 0, name.size());
    return std::nullopt;
}

std::optional<ParseError> check_host_domain_problem(std::string_view name) noexcept {
    if (is_multi_label_name(name)) return std::nullopt;
    if (!name.empty() && name.front() == '[') {
        return error(ParseError::Code::name_literal, 0, name.size());
    }
    // The type is `auto`, because an iterator of std::string_view is a pointer only in some
    // standard libraries. With `const auto*`, this would not compile everywhere.
    // NOLINTNEXTLINE(readability-qualified-auto)
    const auto bad = std::find_if_not(name.begin(), name.end(), ascii::is_visible);
    if (bad != name.end()) {
        return error(ParseError::Code::name_character, static_cast<std::size_t>(bad - name.begin()),
                     1);
    }
    if (auto problem = name_problem(name)) return problem;
    if (without_trailing_dot(name).find('.') == std::string_view::npos) {
        return error(ParseError::Code::name_single_label, 0, name.size());
    }
    return std::nullopt;
}

bool is_within(std::string_view name, std::string_view parent) noexcept {
    name = without_trailing_dot(name);
    parent = without_trailing_dot(parent);
    if (parent.empty() || name.size() < parent.size()) return false;
    const std::size_t below = name.size() - parent.size();
    if (below != 0 && name[below - 1] != '.') return false;
    return ascii::equal_ignoring_case(name.substr(below), parent);
}

void make_canonical(std::string& name) noexcept {
    if (name.ends_with('.')) name.pop_back();
    ascii::make_lower(name);
}

Expected<std::string> canonical_name(std::string_view name) {
    if (auto problem = name_problem(name)) return *problem;
    std::string canonical(name);
    make_canonical(canonical);
    return canonical;
}

}  // namespace spf::dns
