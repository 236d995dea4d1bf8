// The length of a value includes the backslashes of its quoted-pairs. A value that is too long is
// cut before or after a quoted-pair, never within it. Octets that are not allowed in a header field
// are replaced first.

#include "report/field.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/mail_octets.hpp"
#include "report/sentences.hpp"
#include "spf/base/printable.hpp"

namespace spf::report::field {
namespace {

constexpr std::size_t longest_line = 78;  // octets without CRLF (RFC 5322, 2.1.1)

constexpr ascii::OctetSet is_plain_when_quoted{
    [](char c) { return ascii::is_printable(c) && c != '"' && c != '\\'; }};
constexpr ascii::OctetSet is_plain_in_comment{
    [](char c) { return ascii::is_printable(c) && c != '(' && c != ')' && c != '\\'; }};

/// Appends a text. Octets that are not in `is_plain` are written as quoted-pairs. A text that is
/// longer than longest_value is cut and ends in "...".
void append_escaped(std::string& out, std::string_view text, const ascii::OctetSet& is_plain) {
    constexpr std::string_view mark = "...";
    const std::size_t begin = out.size();
    std::size_t cut = begin;  // where to cut, so that "..." fits
    for (const char c : printable(text, 2 * longest_value)) {
        if (out.size() - begin <= longest_value - mark.size()) cut = out.size();
        if (!is_plain(c)) out += '\\';
        out += c;
        if (out.size() - begin > longest_value) {
            out.erase(cut).append(mark);
            return;
        }
    }
}

void append_within(std::string& out, char open, std::string_view text, char close,
                   const ascii::OctetSet& is_plain) {
    out += open;
    if (text.size() <= longest_value && is_plain.has_all(text)) {
        out.append(text);
    } else {
        append_escaped(out, text, is_plain);
    }
    out += close;
}

bool is_dot_atom(std::string_view text) noexcept {
    if (text.empty() || text.size() > longest_value) return false;
    if (text.front() == '.' || text.back() == '.') return false;
    return ascii::is_dot_atom_text.has_all(text) && text.find("..") == std::string_view::npos;
}

bool is_token(std::string_view text) noexcept {
    return !text.empty() && text.size() <= longest_value && ascii::is_token_text.has_all(text);
}

}  // namespace

void append_quoted_string(std::string& out, std::string_view text) {
    append_within(out, '"', text, '"', is_plain_when_quoted);
}

void append_dot_atom_or_quoted(std::string& out, std::string_view text) {
    if (!is_dot_atom(text)) return append_quoted_string(out, text);
    out.append(text);
}

void append_token_or_quoted(std::string& out, std::string_view text) {
    if (!is_token(text)) return append_quoted_string(out, text);
    out.append(text);
}

void append_comment(std::string& out, std::string_view text) {
    append_within(out, '(', text, ')', is_plain_in_comment);
}

std::string fold(std::string_view field, std::string_view line_break) {
    std::string out;
    out.reserve(field.size() + field.size() / 16);
    std::size_t begin = 0;  // the offset at which the current line begins
    std::size_t space = field.find(' ', field.find(": ") + 2);
    while (space != std::string_view::npos) {
        // A line ends at the last space that keeps it within `longest_line`. If there is no such
        // space, it ends at the next space. If several spaces follow each other, only the first of
        // them can end a line. Otherwise a line could consist of spaces only.
        std::size_t end = space;
        while (space != std::string_view::npos && space - begin <= longest_line) {
            end = space;
            space = field.find(' ', field.find_first_not_of(' ', space));
        }
        const bool rest_fits =
            space == std::string_view::npos && field.size() - begin <= longest_line;
        if (rest_fits) break;
        out.append(field, begin, end - begin).append(line_break);
        begin = end;
        if (space == end) space = field.find(' ', field.find_first_not_of(' ', space));
    }
    return out.append(field.substr(begin));
}

bool fits(std::string_view field) {
    // Most fields are short enough even if a line break were inserted at each space, or at each
    // octet. For these, folding need not be tried.
    if (3 * field.size() <= longest_field) return true;
    const auto spaces = static_cast<std::size_t>(std::count(field.begin(), field.end(), ' '));
    return field.size() + 2 * spaces <= longest_field || fold(field).size() <= longest_field;
}

std::string laid_out(std::string field, Folding folding) {
    switch (folding) {
        case Folding::folded: return fold(field);
        case Folding::folded_with_lf: return fold(field, "\n");
        case Folding::unfolded: break;
    }
    return field;
}

std::string problem_text(const Outcome& outcome, const Language& language) {
    if (!outcome.problem) return {};
    return said_in<ReportSentence::problem_and_section>(
        language, Argument::sentence(outcome.problem->message(language)),
        outcome.problem->section());
}

std::string_view mechanism_of(const Outcome& outcome) noexcept {
    if (outcome.decided_by() == Outcome::DecidedBy::default_result) return "default";
    return outcome.mechanism;
}

}  // namespace spf::report::field
