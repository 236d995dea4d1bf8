#include "bounce/prose.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <utility>

#include "bounce/bounce.hpp"
#include "bounce/text.hpp"
#include "names/parts.hpp"
#include "refusal/claims.hpp"
#include "refusal/refusal.hpp"
#include "refusal/words.hpp"

namespace spfcheck {
namespace {

/// The maximum size of what is said about one recipient.
constexpr std::size_t longest_said = std::size_t{8} << 10U;

/// So many octets in front of an address tell whose it is.
constexpr std::size_t near = 80;

/// Labels of lines with the address of a recipient.
constexpr std::array<std::string_view, 27> labels{"recipient address:",
                                                  "recipient:",
                                                  "recipients:",
                                                  "failed recipient:",
                                                  "failed recipients:",
                                                  "final-recipient:",
                                                  "rcpt to:",
                                                  "addressed to:",
                                                  "unknown user:",
                                                  "user unknown:",
                                                  "undeliverable to",
                                                  "original-recipient:",
                                                  "not delivered to:",
                                                  "envelope-to:",
                                                  "address:",
                                                  "delivery failed:",
                                                  "failed address:",
                                                  "destinatario:",
                                                  "destinataire :",
                                                  "empf\xc3\xa4nger:",
                                                  "could not be delivered to:",
                                                  "to whom:",
                                                  "invalid recipient:",
                                                  "receiver:",
                                                  "intended recipient:",
                                                  "unable to deliver to:",
                                                  "failed to deliver to"};

/// Words of sentences that name a recipient in their midst.
constexpr std::array<std::string_view, 34> telling{"deliver",
                                                   "recipient",
                                                   "could not be sent",
                                                   "couldn't be",
                                                   "wasn't",
                                                   "reach",
                                                   "your message to",
                                                   "your mail to",
                                                   "your email to",
                                                   "your e-mail to",
                                                   "mailbox",
                                                   "user unknown",
                                                   "unknown user",
                                                   "no such user",
                                                   "failed",
                                                   "undeliverable",
                                                   "exceeds allowed",
                                                   "was rejected",
                                                   "as their mailbox",
                                                   "not found",
                                                   "does not exist",
                                                   "rejected",
                                                   "bounced",
                                                   "zugestellt",
                                                   "consegna",
                                                   "non \xc3\xa8 stato",
                                                   "remis",
                                                   "entregad",
                                                   "error:",
                                                   "your message for",
                                                   "address was",
                                                   "blocked your message",
                                                   "doesn't exist",
                                                   "is full"};

/// A line with the address of a recipient.
struct Anchor {
    std::size_t line = 0;
    std::string address{};
    std::string_view rest{};  ///< what the line says behind the address, or all of it
    bool certain = false;
};

bool is_separator(std::string_view line) noexcept {
    if (line.size() < 4) return false;
    const auto marks = std::count_if(line.begin(), line.end(), [](char c) {
        return std::string_view("-=*_#~+. ").find(c) != npos;
    });
    const std::size_t others = line.size() - static_cast<std::size_t>(marks);
    const bool dashed = line.starts_with("---") || line.starts_with("***") ||
                        line.starts_with("===") || line.starts_with("___") ||
                        line.starts_with("###");
    return others == 0 || (dashed && others < 60 && line.find('@') == npos);
}

/// Returns a line without marks of lists and quotations in front of it.
std::string_view without_marks(std::string_view line) noexcept {
    std::string_view out = trimmed(line);
    while (!out.empty()) {
        const bool mark = out.starts_with("> ") || out.starts_with("* ") || out.starts_with("- ") ||
                          out.starts_with("o ") || out.starts_with(">>>") ||
                          out.starts_with("| ") || out.starts_with("\xe2\x80\xa2");
        if (!mark) break;
        out = trimmed(out.substr(out.starts_with("> ") || out[1] == ' ' ? 2 : 3));
    }
    return out;
}

bool ends_word(std::string_view text, std::size_t at) noexcept {
    return at >= text.size() || std::string_view(" \t:;,.>)]'\"").find(text[at]) != npos;
}

/// Returns the address at the very beginning of a line and the place behind it, or nothing.
std::optional<std::pair<std::string, std::size_t>> leading_address(std::string_view line) {
    std::size_t begin = 0;
    while (begin < line.size() && std::string_view("<'\"([").find(line[begin]) != npos) ++begin;
    if (starts_ignoring_case(line.substr(begin), "smtp:")) begin += 5;
    if (starts_ignoring_case(line.substr(begin), "mailto:")) begin += 7;
    std::size_t end = begin;
    while (end < line.size() && end - begin < 330 &&
           std::string_view(" \t<>()[]'\",;").find(line[end]) == npos &&
           (line[end] != ':' || line.substr(begin, end - begin).find('@') == npos))
        ++end;
    std::string_view word = line.substr(begin, end - begin);
    const std::size_t dots = word.find("...");
    if (dots != npos) word = word.substr(0, dots);
    if (word.find('@') == npos || !ends_word(line, begin + word.size())) return std::nullopt;
    std::string address = address_in_word(word);
    if (address.empty()) return std::nullopt;
    std::size_t behind = begin + word.size();
    while (behind < line.size() && std::string_view("'\">)]:.,;").find(line[behind]) != npos)
        ++behind;
    return std::pair{std::move(address), behind};
}

/// Returns the address of a line such as "Ugo User (u@example.net)<mailto:u@example.net>": a name
/// of a few words, then the address, and nothing else.
std::string address_behind_name(std::string_view line) {
    if (line.size() > 400 || line.find('@') == npos) return {};
    const std::size_t open = line.find_first_of("<([");
    if (open == npos || open == 0 || open > 80) return {};
    const std::string_view name = line.substr(0, open);
    if (name.find(':') != npos || std::count(name.begin(), name.end(), ' ') > 5) return {};
    const std::string_view rest = line.substr(open);
    // Behind it there may be the same again, but no sentence.
    if (std::count(rest.begin(), rest.end(), ' ') > 1) return {};
    return first_address_in(rest.substr(0, rest.find_first_of(">)]") + 1));
}

std::optional<Anchor> labelled(std::string_view line) {
    for (const std::string_view label : labels) {
        if (!starts_ignoring_case(line, label)) continue;
        std::string_view rest = trimmed(line.substr(label.size()));
        if (starts_ignoring_case(rest, "rfc822;")) rest = trimmed(rest.substr(7));
        if (auto found = leading_address(rest))
            return Anchor{0, std::move(found->first), trimmed(rest.substr(found->second)), true};
        std::string address = first_address_in(rest);
        if (!address.empty()) return Anchor{0, std::move(address), line, true};
    }
    return std::nullopt;
}

std::optional<Anchor> anchor_in(std::string_view whole) {
    const std::string_view line = without_marks(whole);
    // A command in the transcript of a session, which is read elsewhere.
    if (trimmed(whole).starts_with(">>>") && starts_ignoring_case(line, "rcpt to:"))
        return std::nullopt;
    if (line.find('@') == npos || line.size() > 2000) return std::nullopt;
    if (auto found = leading_address(line)) {
        const std::string_view rest = trimmed(line.substr(found->second));
        return Anchor{0, std::move(found->first), rest, true};
    }
    if (auto found = labelled(line)) return found;
    std::string named = address_behind_name(line);
    if (!named.empty()) return Anchor{0, std::move(named), {}, true};
    const bool tells = std::any_of(telling.begin(), telling.end(), [&](std::string_view word) {
        return has_ignoring_case(line, word);
    });
    const bool field = begins_field(line) && line.find(' ') == line.find(':') + 1;
    const bool to = starts_ignoring_case(line, "to:");  // in a summary of the message
    const bool other_field =
        field && !is_reply_code_at(line, 0) && !starts_ignoring_case(line, "error:");
    if (!to && (!tells || other_field)) return std::nullopt;
    std::string address = recipient_in(line);
    if (address.empty()) return std::nullopt;
    return Anchor{0, std::move(address), line, false};
}

bool is_stranger(const std::string& address, const std::vector<std::string>& strangers) {
    return std::any_of(strangers.begin(), strangers.end(), [&](const std::string& each) {
        return equals_ignoring_case(each, address);
    });
}

/// Returns whether an address belongs to those whom one asks, not to a recipient.
bool is_contact(std::string_view address) noexcept {
    for (const std::string_view name : {"postmaster@", "mailer-daemon@", "abuse@", "support@",
                                        "helpdesk@", "noreply@", "no-reply@", "hostmaster@"}) {
        if (starts_ignoring_case(address, name)) return true;
    }
    return false;
}

std::size_t indentation(std::string_view line) noexcept {
    const std::size_t out = line.find_first_not_of(" \t");
    return out == npos ? 0 : out;
}

/// Returns whether a line goes on with what is said about the recipient above it: there is no empty
/// line between them, and it is indented more or names the same recipient.
bool continues(const std::vector<std::string_view>& lines, const Anchor& above,
               const Anchor& anchor, std::size_t last_empty) {
    if (last_empty > above.line) return false;
    const bool deeper = indentation(lines[anchor.line]) > indentation(lines[above.line]);
    return deeper || equals_ignoring_case(above.address, anchor.address);
}

std::vector<Anchor> anchors_of(const std::vector<std::string_view>& lines,
                               const std::vector<std::string>& strangers) {
    std::vector<Anchor> out;
    std::size_t last_empty = 0;
    for (std::size_t i = 0; i < lines.size() && out.size() < 4 * most_recipients; ++i) {
        if (trimmed(lines[i]).empty()) last_empty = i;
        auto anchor = anchor_in(lines[i]);
        if (!anchor) continue;
        anchor->line = i;
        const bool unlikely =
            is_stranger(anchor->address, strangers) || is_contact(anchor->address);
        if (unlikely && !anchor->certain) continue;
        if (!out.empty() && continues(lines, out.back(), *anchor, last_empty)) continue;
        out.push_back(std::move(*anchor));
    }
    // Sentences name recipients only where no line is about one alone.
    const auto is_certain = [](const Anchor& each) { return each.certain; };
    if (std::any_of(out.begin(), out.end(), is_certain))
        out.erase(std::remove_if(out.begin(), out.end(), std::not_fn(is_certain)), out.end());
    // The sender himself is a recipient only if no other is named for certain.
    const auto is_other = [&](const Anchor& each) {
        return each.certain && !is_stranger(each.address, strangers);
    };
    if (std::any_of(out.begin(), out.end(), is_other)) {
        const auto own = [&](const Anchor& each) { return is_stranger(each.address, strangers); };
        out.erase(std::remove_if(out.begin(), out.end(), own), out.end());
    }
    return out;
}

/// Returns whether a line is a field that a filter or a server wrote into a header.
bool is_machine_field(std::string_view line) noexcept {
    if (!begins_field(line)) return false;
    for (const std::string_view name : {"x-", "authentication-results", "received-spf", "received",
                                        "arc-", "dkim-signature", "dkim-filter"}) {
        if (starts_ignoring_case(line, name)) return true;
    }
    return false;
}

/// Returns the lines from a place up to the next recipient or separator.
std::string said_from(const std::vector<std::string_view>& lines, std::size_t from,
                      std::size_t to) {
    std::string out;
    for (std::size_t i = from; i < to && out.size() < longest_said; ++i) {
        const std::string_view line = trimmed(lines[i]);
        if (is_separator(line)) {
            if (!trimmed(out).empty()) break;
            continue;
        }
        if (is_machine_field(line)) continue;
        out.append(line.substr(0, longest_said)).append("\n");
    }
    return std::string(trimmed(out));
}

/// Returns the address in a line such as "(expanded from: <v@example.net>)", or an empty text.
std::string expanded_from(std::string_view words) {
    for (const std::string_view mark :
         {"expanded from:", "generated from ", "expanded from ", "forwarded from "}) {
        const std::size_t at = find_ignoring_case(words, mark);
        if (at != npos) return first_address_in(words.substr(at, 400));
    }
    return {};
}

/// How much some words say: a code, a cause.
int weight(const std::string& words) {
    if (words.empty()) return -1;
    const Refusal refusal = read_refusal(words);
    return (refusal.code ? 4 : 0) + (refusal.cause != Cause::other ? 2 : 0) +
           (refusal.status.empty() ? 0 : 3);
}

/// Adds what is said about a recipient, or what says more about one that is known.
void add(std::vector<Said>& out, std::vector<int>& weights, Said said, int weighs) {
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (!equals_ignoring_case(out[i].address, said.address)) continue;
        if (weighs > weights[i]) {
            weights[i] = weighs;
            if (said.expanded_from.empty()) said.expanded_from = out[i].expanded_from;
            out[i] = std::move(said);
        }
        return;
    }
    if (out.size() >= most_recipients) return;
    out.push_back(std::move(said));
    weights.push_back(weighs);
}

}  // namespace

std::string recipient_in(std::string_view sentence) {
    return first_address_in(without_links(sentence), [](std::string_view before,
                                                        std::string_view address) {
        // A key in front of an address, "id=a@example.org", might be part of it.
        const std::size_t key = address.find('=') + 1;
        return !names_sender(lower(before.substr(before.size() - std::min(before.size(), near)))) &&
               (key == 0 || !names_sender(lower(address.substr(0, key))));
    });
}

std::vector<Said> read_prose(const std::vector<std::string_view>& lines,
                             const std::vector<std::string>& strangers) {
    const std::vector<Anchor> anchors = anchors_of(lines, strangers);
    std::vector<Said> out;
    std::vector<int> weights;
    std::vector<Said> waiting;  // addresses in a list share what is said behind the last
    for (std::size_t i = 0; i < anchors.size(); ++i) {
        const Anchor& each = anchors[i];
        const std::size_t to = i + 1 < anchors.size() ? anchors[i + 1].line : lines.size();
        Said said{each.address, {}, std::string(each.rest), each.certain};
        const std::string more = said_from(lines, each.line + 1, to);
        if (!more.empty()) said.words.append(said.words.empty() ? "" : "\n").append(more);
        said.expanded_from = expanded_from(said.words);
        waiting.push_back(std::move(said));
        const std::string words = waiting.back().words;
        if (words.empty() && i + 1 < anchors.size()) continue;
        const int weighs = weight(words);
        for (Said& one : waiting) {
            one.words = words;
            add(out, weights, std::move(one), weighs);
        }
        waiting.clear();
    }
    return out;
}

}  // namespace spfcheck
