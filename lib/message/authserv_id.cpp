// Decides which Authentication-Results fields a border MTA has to remove (RFC 8601, 5).
//
// parse_authentication_results() is not used here, because it refuses fields that other programs
// may accept, such as fields with control characters. A forged authserv-id has to be found in such
// fields, too.

#include <algorithm>

#include "base/ascii.hpp"
#include "message/field_scanner.hpp"
#include "message/u_label.hpp"
#include "spf/message/authentication_results.hpp"

namespace spf {
namespace {

/// The octets of an authserv-id that is not quoted. The slash is included, because OpenDKIM and
/// OpenDMARC used to write an authserv-id with a slash without quotes.
constexpr ascii::OctetSet is_id_text{[](char c) { return fields::is_name_text(c) || c == '/'; }};

/// Removes white space, control characters and comments from the front of a text, however deeply
/// comments are nested. If a comment is not closed, removes everything.
void skip_cfws(std::string_view& text) noexcept {
    while (!text.empty()) {
        if (text.front() == '(') {
            const std::size_t end = fields::comment_end(text, 0, [](std::size_t) { return false; });
            text.remove_prefix(std::min(end, text.size()));
        } else if (ascii::is_ascii(text.front()) && !ascii::is_visible(text.front())) {
            text.remove_prefix(1);
        } else {
            return;
        }
    }
}

/// Reads an authserv-id from the front of a text and removes it. If there is none, the result is
/// empty.
std::string take_id(std::string_view& text) {
    if (text.starts_with('"')) {
        const std::size_t end = fields::quoted_end(text, 0);
        if (end == std::string_view::npos) return {};
        std::string id = fields::unquoted(text.substr(0, end));
        text.remove_prefix(end);
        return id;
    }
    std::size_t size = 0;
    while (size < text.size() && is_id_text(text[size])) ++size;
    std::string id(text.substr(0, size));
    text.remove_prefix(size);
    return id;
}

/// Returns whether the text begins with a version other than 1.
bool has_unknown_version(std::string_view text) noexcept {
    const std::size_t size = text.find_first_not_of("0123456789");
    const std::string_view digits = text.substr(0, size);
    if (digits.empty() || (size < text.size() && is_id_text(text[size]))) return false;
    const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size());
    return digits.substr(zeros) != "1";
}

/// Returns `claimed` without the identifier of a job and the slash before it (see should_remove()).
/// If `ours` contains n slashes, this is the slash number n + 1 in `claimed`. If there are not so
/// many, returns `claimed` unchanged.
std::string_view without_job(std::string_view claimed, std::string_view ours) noexcept {
    std::size_t slash = claimed.find('/');
    for (auto more = std::count(ours.begin(), ours.end(), '/');
         more > 0 && slash != std::string_view::npos; --more) {
        slash = claimed.find('/', slash + 1);
    }
    return claimed.substr(0, slash);
}

/// Converts an authserv-id to a form in which different spellings of the same name are equal: in
/// lower case, with U-labels, and without blanks around it or dots at the end, which some readers
/// ignore.
std::string comparable(std::string_view id) {
    constexpr std::string_view blanks = " \t\r\n";
    id.remove_prefix(std::min(id.find_first_not_of(blanks), id.size()));
    while (!id.empty() && (id.back() == '.' || blanks.find(id.back()) != std::string_view::npos))
        id.remove_suffix(1);
    return fields::with_u_labels(id);
}

}  // namespace

bool should_remove(std::string_view authserv_id, std::string_view body) {
    skip_cfws(body);
    const std::string claimed = take_id(body);
    if (claimed.empty()) return false;
    skip_cfws(body);
    if (has_unknown_version(body)) return true;
    const std::string ours = comparable(authserv_id);
    return comparable(claimed) == ours || comparable(without_job(claimed, authserv_id)) == ours;
}

}  // namespace spf
