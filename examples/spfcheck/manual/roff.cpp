#include "manual/roff.hpp"

#include <algorithm>

namespace spfcheck {
namespace {

enum class Hyphens { as_typed, as_in_words };

void append(std::string& out, char c, Hyphens hyphens) {
    switch (c) {
        case '\\': out += "\\e"; return;
        case '-': out += hyphens == Hyphens::as_typed ? "\\-" : "-"; return;
        case '"': out += "\\(dq"; return;
        case '\'': out += "\\(aq"; return;
        case '`': out += "\\(ga"; return;
        case '^': out += "\\(ha"; return;
        case '~': out += "\\(ti"; return;
        default: out += c; return;
    }
}

std::string escaped(std::string_view text, Hyphens hyphens) {
    std::string out;
    for (const char c : text) append(out, c, hyphens);
    return out;
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

std::string in_font(char font, const std::string& text) {
    return std::string("\\f") + font + text + "\\fR";
}

/// Returns the length of the option at the beginning of a text, such as "--json"; 0 if there is
/// none.
std::size_t option_at(std::string_view text) {
    if (!text.starts_with("--") || text.size() < 3 || !is_lower(text[2])) return 0;
    std::size_t end = 2;
    while (end < text.size() && (is_lower(text[end]) || text[end] == '-')) ++end;
    return end;
}

std::size_t capitals_at(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && is_upper(text[end])) ++end;
    const bool ends = end == text.size() || (!is_lower(text[end]) && text[end] != '-');
    return ends ? end : 0;
}

bool has_word(std::string_view words, std::string_view word) {
    for (std::size_t at = 0; (at = words.find(word, at)) != std::string_view::npos; ++at) {
        const std::size_t end = at + word.size();
        const bool begins = at == 0 || !is_upper(words[at - 1]);
        if (begins && (end == words.size() || !is_upper(words[end]))) return true;
    }
    return false;
}

void append_wrapped(std::string& out, std::string_view line) {
    constexpr std::size_t width = 80;
    while (line.size() > width) {
        std::size_t end = line.rfind(' ', width);
        // A line must not begin with a character that makes it a request.
        while (end != std::string_view::npos && end > 0 &&
               (line[end + 1] == '.' || line[end + 1] == '\'')) {
            end = line.rfind(' ', end - 1);
        }
        if (end == std::string_view::npos || end == 0) break;
        out.append(line.substr(0, end)) += '\n';
        line.remove_prefix(end + 1);
    }
    out.append(line) += '\n';
}

}  // namespace

std::string roff_literal(std::string_view text) {
    const bool is_request = text.starts_with('.') || text.starts_with('\'');
    return (is_request ? "\\&" : "") + escaped(text, Hyphens::as_typed);
}

std::string roff_sentence(std::string_view text, std::string_view arguments) {
    std::string out = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
    char before = ' ';
    for (std::size_t at = 0; at < text.size();) {
        const bool begins = !is_upper(before) && !is_lower(before) && before != '-';
        const std::size_t option = begins ? option_at(text.substr(at)) : 0;
        const std::size_t capitals = begins ? capitals_at(text.substr(at)) : 0;
        const std::string_view word = text.substr(at, std::max(option, capitals));
        if (option > 0) {
            out += in_font('B', escaped(word, Hyphens::as_typed));
        } else if (capitals > 1 && has_word(arguments, word)) {
            out += in_font('I', escaped(word, Hyphens::as_typed));
        } else {
            const bool in_word = is_lower(before) && at + 1 < text.size() && is_lower(text[at + 1]);
            append(out, text[at], in_word ? Hyphens::as_in_words : Hyphens::as_typed);
            before = text[at++];
            continue;
        }
        before = word.back();
        at += word.size();
    }
    return out;
}

std::string roff_usage(std::string_view text) {
    constexpr std::string_view punctuation = "[]|<>(){},.:=' ";
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = std::min(text.find_first_not_of(punctuation, at), text.size());
        out += escaped(text.substr(at, begin - at), Hyphens::as_typed);
        at = std::min(text.find_first_of(punctuation, begin), text.size());
        const std::string_view word = text.substr(begin, at - begin);
        if (word.empty()) break;
        const bool is_argument =
            std::ranges::all_of(word, [](char c) { return is_upper(c) || c == '-'; }) &&
            is_upper(word.front());
        out += in_font(is_argument ? 'I' : 'B', escaped(word, Hyphens::as_typed));
    }
    return out;
}

std::string roff_wrapped(std::string_view page) {
    std::string out;
    bool is_example = false;
    while (!page.empty()) {
        const std::size_t end = std::min(page.find('\n'), page.size());
        const std::string_view line = page.substr(0, end);
        page.remove_prefix(std::min(end + 1, page.size()));
        if (line == ".EX") is_example = true;
        if (line == ".EE") is_example = false;
        if (is_example || line.starts_with('.')) {
            out.append(line) += '\n';
        } else {
            append_wrapped(out, line);
        }
    }
    return out;
}

}  // namespace spfcheck
