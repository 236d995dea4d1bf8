#include "refusal/refusal.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "refusal/authentication.hpp"
#include "refusal/claims.hpp"
#include "refusal/phrases.hpp"
#include "refusal/words.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

/// Returns the part of a reply whose cause counts: where a server has put its own words before an
/// arrow, those of the other server behind it.
std::string_view behind_arrow(std::string_view words) noexcept {
    const std::size_t at = words.rfind("-> ");
    if (at == npos) return words;
    const std::string_view rest = words.substr(at + 3);
    const bool reply = is_reply_code_at(rest, 0) || enhanced_code_at(rest, 0) > 0;
    return reply ? rest : words;
}

/// Returns the last error that Exchange adds in braces, "{LED=450 4.4.317 ...}".
std::string_view last_error(std::string_view words) noexcept {
    constexpr std::string_view mark = "LED=";
    const std::size_t at = words.rfind(mark);
    if (at == npos) return {};
    const std::string_view rest = words.substr(at + mark.size());
    return rest.substr(0, rest.find('}'));
}

/// Returns the place of the reply code, or nothing. Three digits within a sentence are a number.
std::optional<std::size_t> place_of_code(std::string_view words) noexcept {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i + 3 <= words.size(); ++i) {
        if (!is_reply_code_at(words, i)) continue;
        // A server that accepts says so at once; in a session there are such lines before it
        // refuses.
        if (words[i] < '4' && i > 0) continue;
        const char before = i == 0                         ? ':'
                            : words[i - 1] == ' ' && i > 1 ? words[i - 2]
                                                           : words[i - 1];
        const bool introduced = std::string_view(":;([#<>=\"'-*|,").find(before) != npos;
        const bool enhanced = i + 4 < words.size() && enhanced_code_at(words, i + 4) > 0;
        if (introduced || enhanced) return i;
        constexpr std::array<std::string_view, 10> names{"said", "error",    "code",  "status",
                                                         "smtp", "response", "reply", "message",
                                                         "with", "reason"};
        const std::string_view front = words.substr(0, i > 0 ? i - 1 : 0);
        const bool named = std::any_of(names.begin(), names.end(), [&](std::string_view name) {
            return lower(front.substr(front.size() - std::min(front.size(), name.size()))) == name;
        });
        if (named && words[i] >= '4') return i;
    }
    return found;
}

bool is_generic(std::string_view status) noexcept { return status.ends_with(".0.0"); }

/// Returns the enhanced code to believe: the one behind the reply code, else the first that says
/// more than "an error".
std::string_view status_in(std::string_view words, std::optional<std::size_t> code) noexcept {
    std::string_view best;
    if (code && *code + 4 < words.size())
        best = words.substr(*code + 4, enhanced_code_at(words, *code + 4));
    if (!best.empty() && !is_generic(best)) return best;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t size = enhanced_code_at(words, i);
        if (size == 0 || words[i] == '2') continue;
        const std::string_view here = words.substr(i, size);
        if (best.empty() || (is_generic(best) && !is_generic(here))) best = here;
    }
    return best;
}

/// Returns the cause if code and words agree that it is the mailbox, whatever else they mention.
std::optional<Cause> cause_in_mailbox(std::string_view words, std::string_view status) {
    const auto by_status = cause_by_status(status);
    const bool is_mailbox = by_status == Cause::mailbox_unknown || by_status == Cause::mailbox_full;
    return is_mailbox && cause_by_words(words) == by_status ? by_status : std::nullopt;
}

std::optional<Cause> cause_of(std::string_view words, std::string_view status) {
    const std::string small = lower(words);
    if (const auto cause = cause_in_mailbox(small, status)) return cause;
    if (const auto cause = cause_by_authentication(small)) return cause;
    // What one should set up is the cause only if nothing else is said.
    if (const auto cause = cause_by_words(without_advice(small))) return cause;
    return cause_by_words(small);
}

/// Returns the cause of a reply with codes that were found in it.
Cause decided(std::string_view words, std::string_view status, std::optional<unsigned> code) {
    if (const auto cause = cause_of(words, status)) return *cause;
    if (code == 556U) return Cause::dns;  // RFC 7504
    if (const auto cause = cause_by_status(status)) return *cause;
    if (const auto cause = cause_by_weak_words(lower(words))) return *cause;
    if (const auto cause = code ? cause_by_code(*code) : std::nullopt) return *cause;
    return Cause::other;
}

std::optional<unsigned> number_at(std::string_view words, std::optional<std::size_t> place) {
    if (!place) return std::nullopt;
    unsigned out = 0;
    for (const char c : words.substr(*place, 3)) out = out * 10 + static_cast<unsigned>(c - '0');
    return out;
}

}  // namespace

std::string_view to_string(Cause cause) noexcept {
    switch (cause) {
        case Cause::spf: return "spf";
        case Cause::dmarc: return "dmarc";
        case Cause::dkim: return "dkim";
        case Cause::mailbox_unknown: return "mailbox_unknown";
        case Cause::mailbox_full: return "mailbox_full";
        case Cause::greylisted: return "greylisted";
        case Cause::reverse_dns: return "reverse_dns";
        case Cause::content: return "content";
        case Cause::policy: return "policy";
        case Cause::dns: return "dns";
        case Cause::other: break;
    }
    return "other";
}

Refusal read_refusal(std::string_view words, std::string_view recipient) {
    const std::string line = on_one_line(words);
    Refusal out;
    out.text = spf::printable(line, longest_words);
    std::string_view counts = behind_arrow(line);
    const std::string_view last = last_error(line);
    if (!last.empty()) counts = last;
    const auto place = place_of_code(counts);
    out.code = number_at(counts, place);
    out.status = status_in(counts, place);
    out.cause = decided(counts, out.status, out.code);
    // What stands before the arrow is better than nothing.
    if (out.cause == Cause::other && counts.size() < line.size()) {
        const auto outer = place_of_code(line);
        if (!out.code) out.code = number_at(line, outer);
        if (out.status.empty()) out.status = status_in(line, outer);
        const std::optional<Cause> by_words = cause_by_words(lower(line));
        out.cause = by_words.value_or(cause_by_status(out.status).value_or(Cause::other));
    }
    // What is wrong with a mailbox or a name in DNS is said of no client: an address there is the
    // recipient's server, as in "connect to mx.example.net[192.0.2.1]: Connection timed out".
    const bool about_client = out.cause != Cause::mailbox_unknown &&
                              out.cause != Cause::mailbox_full && out.cause != Cause::dns &&
                              out.cause != Cause::other;
    if (about_client) out.claimed_ip = claimed_ip(counts);
    const bool about_domain = out.cause == Cause::spf || out.cause == Cause::dmarc ||
                              out.cause == Cause::dkim || out.cause == Cause::dns;
    if (about_domain) out.claimed_domain = claimed_domain(lower(counts), recipient);
    return out;
}

}  // namespace spfcheck
