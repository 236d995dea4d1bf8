// Values grow octet by octet under a bound that counts what is written, so that a quoted-pair is
// never cut in two. Octets that may not stand in a header field are replaced first.

#include "report/field.hpp"

#include <algorithm>

#include "ascii.hpp"
#include "spf/report/printable.hpp"

namespace spf::field {
namespace {

constexpr std::size_t longest_line = 78;  // RFC 5322, 2.1.1

/// `text` between two delimiters; what is in `special` becomes a quoted-pair.
std::string delimited(std::string_view text, char open, char close, std::string_view special) {
    constexpr std::string_view mark = "...";
    const auto is_plain = [special](char c) {
        return ascii::is_printable(c) && special.find(c) == std::string_view::npos;
    };
    std::string body;
    if (text.size() <= longest_value && std::all_of(text.begin(), text.end(), is_plain)) {
        body.reserve(text.size() + 2);
        body += open;
        return body.append(text) += close;
    }
    std::size_t cut = 0;  // where to cut, so that there is room for the mark
    for (const char c : printable(text, 2 * longest_value)) {
        if (body.size() <= longest_value - mark.size()) cut = body.size();
        if (special.find(c) != std::string_view::npos) body += '\\';
        body += c;
        if (body.size() > longest_value) break;
    }
    if (body.size() > longest_value) body.erase(cut).append(mark);
    return open + body + close;
}

/// RFC 5322, 3.2.3
bool is_atom_text(char c) noexcept {
    constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~";
    return ascii::is_alnum(c) || others.find(c) != std::string_view::npos;
}

bool is_dot_atom(std::string_view text) noexcept {
    if (text.empty() || text.size() > longest_value) return false;
    if (text.front() == '.' || text.back() == '.') return false;
    if (text.find("..") != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return is_atom_text(c) || c == '.'; });
}

/// RFC 2045, 5.1
bool is_token(std::string_view text) noexcept {
    constexpr std::string_view specials = "()<>@,;:\\\"/[]?=";
    if (text.empty() || text.size() > longest_value) return false;
    return std::all_of(text.begin(), text.end(), [specials](char c) {
        return ascii::is_visible(c) && specials.find(c) == std::string_view::npos;
    });
}

}  // namespace

std::string quoted_string(std::string_view text) { return delimited(text, '"', '"', "\"\\"); }

std::string dot_atom_or_quoted(std::string_view text) {
    return is_dot_atom(text) ? std::string(text) : quoted_string(text);
}

std::string token_or_quoted(std::string_view text) {
    return is_token(text) ? std::string(text) : quoted_string(text);
}

std::string comment(std::string_view text) { return delimited(text, '(', ')', "()\\"); }

std::string fold(std::string_view field) {
    std::string out;
    std::size_t begin = 0;  // of the line
    std::size_t space = field.find(' ', field.find(": ") + 2);
    while (space != std::string_view::npos) {
        // A line ends at the last space that keeps it short enough, or at the first there is. Of a
        // run of spaces only the first will do, so that neither line is blank.
        std::size_t end = space;
        while (space != std::string_view::npos && space - begin <= longest_line) {
            end = space;
            space = field.find(' ', field.find_first_not_of(' ', space));
        }
        const bool rest_fits =
            space == std::string_view::npos && field.size() - begin <= longest_line;
        if (rest_fits) break;
        out.append(field, begin, end - begin).append("\r\n");
        begin = end;
        if (space == end) space = field.find(' ', field.find_first_not_of(' ', space));
    }
    return out.append(field.substr(begin));
}

bool fits(std::string_view field) {
    // Most are so short that they fit even if each space became a line break.
    const auto spaces = static_cast<std::size_t>(std::count(field.begin(), field.end(), ' '));
    return field.size() + 2 * spaces <= longest_field || fold(field).size() <= longest_field;
}

std::string laid_out(std::string_view field, Folding folding) {
    return folding == Folding::folded ? fold(field) : std::string(field);
}

std::string problem_text(const Outcome& outcome) {
    if (!outcome.problem) return {};
    return outcome.problem->message() + " (RFC 7208, " + std::string(outcome.problem->section()) +
           ")";
}

bool is_about_mail_from(const Outcome& outcome) noexcept {
    return outcome.identity == Identity::mail_from && !outcome.null_sender;
}

}  // namespace spf::field
