// Makes the arguments of check_host() from a Request: RFC 7208 sections 2.2 to 2.4, 4.1 and 4.3.

#include "evaluation/arguments.hpp"

#include <algorithm>
#include <cstdint>

#include "base/ascii.hpp"
#include "base/octets.hpp"
#include "spf/dns/name.hpp"

namespace spf {
namespace {

constexpr bool is_blank(char octet) noexcept {
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
}

/// Returns whether a text has a blank or another of the octets 0x09 to 0x20. Almost no path has
/// one, and without this test the benchmark `evaluate, three includes` takes 1.08 times as long.
bool has_blank(std::string_view text) noexcept {
    if (text.size() < 8) return std::any_of(text.begin(), text.end(), is_blank);
    return !octets::all_words(
        text, [](std::uint64_t word) { return octets::within(word, '\t', ' ') == 0; });
}

std::string_view without_blanks_around(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// Returns the index of the first octet from `at` on that is one of `wanted`, is not in a quoted
/// local-part, and has no backslash before it (RFC 5321, 4.1.2); npos if there is none.
std::size_t find_unquoted(std::string_view path, std::size_t at, std::string_view wanted) noexcept {
    bool is_quoted = false;
    for (; at < path.size(); ++at) {
        if (!is_quoted && wanted.find(path[at]) != std::string_view::npos) return at;
        if (path[at] == '"') is_quoted = !is_quoted;
        if (path[at] == '\\') ++at;
    }
    return std::string_view::npos;
}

/// Returns what is between `<` and the `>` that closes it. Without `<`, returns the part before the
/// first blank in or after the domain. ESMTP parameters are not part of the reverse-path (RFC 5321,
/// 4.1.1.2). An unquoted second `<` is an error; then the path is returned unchanged.
std::string_view without_brackets(std::string_view path) noexcept {
    constexpr std::size_t none = std::string_view::npos;
    if (path.empty() || path.front() != '<') {
        if (!has_blank(path)) return path;
        const std::size_t at = find_unquoted(path, 0, "@");
        return at == none ? path : path.substr(0, path.find_first_of(" \t\r\n", at));
    }
    if (path.size() >= 2 && path.back() == '>') {
        const std::string_view inside = path.substr(1, path.size() - 2);
        if (octets::find_last(inside, '>') == none) return without_blanks_around(inside);  // usual
    }
    const std::size_t end = find_unquoted(path, 1, "<>");
    if (end == none || path[end] == '<') return path;
    return without_blanks_around(path.substr(1, end - 1));
}

/// Returns a reverse-path without its source route (RFC 5321 appendix C), because check_host() is
/// about the mailbox only (2.2). Without this, a sender could use a source route to evade the
/// check.
std::string_view without_source_route(std::string_view path) noexcept {
    if (path.empty() || path.front() != '@') return path;
    const std::size_t colon = path.find(':');
    return colon == std::string_view::npos ? path : path.substr(colon + 1);
}

/// Copies `from` to `to`. The two must not overlap. This function is faster than
/// std::string::assign(), which tests whether they overlap.
void copy_into(std::string& to, std::string_view from) {
    to.clear();
    to.append(from);
}

[[gnu::noinline]] std::string_view mailbox_of_any(std::string_view path) noexcept {
    return without_source_route(without_brackets(without_blanks_around(path)));
}

/// Does what mailbox_of() promises. The most frequent form is compiled into begin_outcome().
inline std::string_view mailbox_in(std::string_view path) noexcept {
    const bool is_plain = path.size() >= 8 && path.front() != '<' && path.front() != '@';
    return is_plain && !has_blank(path) ? path : mailbox_of_any(path);
}

}  // namespace

std::string_view mailbox_of(std::string_view path) noexcept { return mailbox_in(path); }

bool is_null_path(std::string_view reverse_path) noexcept {
    return mailbox_of(reverse_path).empty();
}

std::string_view domain_of_path(std::string_view reverse_path) noexcept {
    const std::string_view path = mailbox_of(reverse_path);
    const std::size_t at = octets::find_last(path, '@');
    return at == std::string_view::npos ? path : path.substr(at + 1);
}

std::size_t begin_outcome(const Request& request, const Limits& limits, Outcome& outcome) {
    outcome.result = Result::none;
    outcome.mechanism.clear();
    outcome.mechanism_domain.clear();
    outcome.problem.reset();
    outcome.explanation.clear();
    outcome.explanation_domain.clear();
    outcome.dns_lookups = 0;
    outcome.void_lookups = 0;
    outcome.ttl = std::chrono::seconds{0};
    outcome.scope.reset();
    outcome.depends_on_sender = false;
    outcome.trace.clear();

    outcome.limits = limits;
    outcome.ip = request.ip;
    outcome.identity = request.identity;
    copy_into(outcome.helo, request.helo);
    copy_into(outcome.receiver, request.receiver);
    const std::string_view path = mailbox_in(request.mail_from);
    outcome.null_sender = request.identity == Identity::mail_from && path.empty();
    const bool from_helo = request.identity == Identity::helo || path.empty();

    // 2.3, 2.4: For the HELO identity and for the null reverse-path, the sender is "postmaster" at
    // the HELO name. 4.3: If the sender has no local-part, "postmaster" replaces it.
    const std::size_t at = from_helo ? std::string_view::npos : octets::find_last(path, '@');
    const std::string_view domain = from_helo                      ? request.helo
                                    : at == std::string_view::npos ? path
                                                                   : path.substr(at + 1);
    copy_into(outcome.domain, domain);
    if (at != std::string_view::npos && at != 0) {
        copy_into(outcome.sender, path);
        return at;
    }
    constexpr std::string_view stand_in = "postmaster";
    copy_into(outcome.sender, stand_in);
    outcome.sender.append("@").append(domain);
    return stand_in.size();
}

bool make_askable(std::string& domain) {
    if (octets::is_short_plain_host(domain)) return true;
    if (dns::check_host_domain_problem(domain)) return false;
    dns::make_canonical(domain);
    return true;
}

}  // namespace spf
