#include "bounce/server_words.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "bounce/text.hpp"
#include "names/parts.hpp"
#include "refusal/words.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

/// Words behind which the other server's begin, of all programs.
constexpr std::array<std::string_view, 29> introductions{
    "] said:",
    ") said:",
    "remote host said:",
    "the error that the other server returned was:",
    "the error the other server returned was:",
    "the response from the remote server was:",
    "the response was:",
    "remote server returned:",
    "remote server returned",
    "remote server replied:",
    "remote server said:",
    "remote smtp server returned:",
    "remote smtp server responded with",
    "server responded with:",
    "server responded:",
    "server said:",
    "server replied:",
    "server response:",
    "responded as follows:",
    "gave this error:",
    "returned the following error:",
    "error message below:",
    "this is the error message:",
    "because:",
    "(reason:",
    "diagnostic code:",
    "diagnostic-code:",
    "smtp;",
    "said:"};

/// Words that stand in front of the name of the other server.
constexpr std::array<std::string_view, 9> naming_host{
    "host ",           "while talking to ", "host: ",
    "remote system: ", "connect to ",       "connected to ",
    "relay=",          "remote-mta:",       "remote server at "};

/// Words that follow those of the other server.
constexpr std::array<std::string_view, 4> endings{"(in reply to", "(state ", "--- below this line",
                                                  "giving up on "};

/// Returns the place of words in a text whose lines may be broken between them; npos if there is
/// none.
std::size_t find_across_lines(std::string_view text, std::string_view words) {
    std::string flat(text);
    std::replace(flat.begin(), flat.end(), '\n', ' ');
    return find_ignoring_case(flat, words);
}

bool is_of_host(char c) noexcept { return is_word(c) || c == '.' || c == '-' || c == '_'; }

/// Returns the name at the beginning of a text, if it has at least two labels.
std::string host_at(std::string_view text) {
    if (starts_ignoring_case(text, "dns;")) text = trimmed(text.substr(4));
    std::size_t end = 0;
    while (end < text.size() && end < 255 && is_of_host(text[end])) ++end;
    std::string_view name = text.substr(0, end);
    while (name.ends_with('.')) name.remove_suffix(1);
    const bool named = name.find('.') != npos && std::any_of(name.begin(), name.end(), [](char c) {
                           return !is_digit(c) && c != '.';
                       });
    return named ? spf::printable(name, 255) : std::string{};
}

std::string host_in(std::string_view text) {
    for (const std::string_view mark : naming_host) {
        for (std::size_t at = find_ignoring_case(text, mark); at != npos;
             at = find_ignoring_case(text, mark, at + 1)) {
            if (at > 0 && is_word(text[at - 1])) continue;
            std::string host = host_at(text.substr(at + mark.size()));
            if (!host.empty()) return host;
        }
    }
    // Gmail: "... by mx.example.net. [198.51.100.5]."; Office 365: "mx.example.net gave this
    // error:"
    const std::size_t bracket = text.find(" [");
    if (bracket != npos) {
        std::size_t begin = bracket;
        while (begin > 0 && bracket - begin < 255 && is_of_host(text[begin - 1])) --begin;
        std::string host = host_at(text.substr(begin, bracket - begin));
        if (!host.empty()) return host;
    }
    return host_at(trimmed(text));
}

/// Returns the place of a reply code at the beginning of a line, or behind a colon.
std::optional<std::size_t> place_of_reply(std::string_view text) noexcept {
    for (std::size_t i = 0; i + 3 <= text.size(); ++i) {
        if (!is_reply_code_at(text, i) || text[i] < '4') continue;
        std::size_t before = i;
        while (before > 0 && (text[before - 1] == ' ' || text[before - 1] == '\t')) --before;
        const bool begins = before == 0 || text[before - 1] == '\n';
        const bool behind =
            before > 0 && std::string_view(":;#'\"(<[>").find(text[before - 1]) != npos;
        if (begins || behind) return i;
    }
    return std::nullopt;
}

}  // namespace

ServerWords server_words(std::string_view text) {
    ServerWords out;
    text = text.substr(0, longest_reply);
    std::size_t begin = 0;
    std::size_t introduced = npos;
    for (const std::string_view mark : introductions) {
        const std::size_t at = find_ignoring_case(text, mark);
        if (at == npos) continue;
        introduced = at;
        begin = at + mark.size();
        break;
    }
    // A reply code behind a host: "mx.example.net: 550 5.1.1 User unknown".
    if (introduced == npos) {
        const auto place = place_of_reply(text);
        if (place && *place > 0) introduced = begin = *place;
    }
    out.words = trimmed(text.substr(begin));
    // sendmail: "(reason: 550 5.1.1 User unknown)"
    if (introduced != npos && starts_ignoring_case(text.substr(introduced), "(reason:")) {
        out.words = trimmed(out.words.substr(0, out.words.find('\n')));
        if (out.words.ends_with(')')) out.words.remove_suffix(1);
    }
    if (introduced != npos) out.host = host_in(text.substr(0, introduced + 1));
    for (const std::string_view mark : endings) {
        const std::size_t at = find_across_lines(out.words, mark);
        if (at != npos) out.words = trimmed(out.words.substr(0, at));
    }
    if (out.words.empty()) out.words = trimmed(text);
    // Exchange: "[{LED=550 ...};{FQDN=mx.example.net};{IP=...}]"
    constexpr std::string_view fqdn = "{FQDN=";
    const std::size_t named = text.find(fqdn);
    if (out.host.empty() && named != npos) out.host = host_at(text.substr(named + fqdn.size()));
    return out;
}

}  // namespace spfcheck
