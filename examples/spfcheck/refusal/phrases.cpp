#include "refusal/phrases.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string>

#include "refusal/phrase.hpp"
#include "refusal/words.hpp"

namespace spfcheck {
namespace {

using enum Cause;

/// Phrases that decide where no code does.
constexpr std::array likely{
    Phrase{mailbox_unknown, "recipient address rejected"},
    Phrase{mailbox_unknown, "mailbox unavailable"},
    Phrase{mailbox_unknown, "mailbox not allowed"},
    Phrase{mailbox_unknown, "not found"},
    Phrase{mailbox_unknown, "unknown"},
    Phrase{mailbox_unknown, "disabled"},
    Phrase{mailbox_unknown, "inactive"},
    Phrase{mailbox_unknown, "suspended"},
    Phrase{mailbox_unknown, "deactivated"},
    Phrase{other, "service unavailable"},
    Phrase{other, "temporar"},
    Phrase{policy, "rejected"},
    Phrase{policy, "refused"},
    Phrase{policy, "denied"},
};

/// How far apart the words of a phrase with "*" may stand.
constexpr std::size_t farthest = 120;

/// Returns whether a text has a phrase, other than in the name of a rule, such as RDNS_NONE.
bool has_phrase(std::string_view text, std::string_view phrase) noexcept {
    const std::size_t star = phrase.find('*');
    const std::string_view first = phrase.substr(0, star);
    std::size_t at = text.find(first);
    // The first words stand in few places, or mean nothing.
    for (int i = 0; i < 8 && at != npos; ++i, at = text.find(first, at + 1)) {
        const std::size_t end = at + first.size();
        const bool is_rule =
            (at > 0 && text[at - 1] == '_') || (end < text.size() && text[end] == '_');
        if (is_rule) continue;
        if (star == npos) return true;
        const std::string_view rest = phrase.substr(star + 1);
        if (has_phrase(text.substr(end, farthest + rest.size()), rest)) return true;
    }
    return false;
}

std::optional<Cause> first_of(std::span<const Phrase> phrases, std::string_view words) {
    for (const Phrase& each : phrases) {
        if (has_phrase(words, each.words)) return each.cause;
    }
    return std::nullopt;
}

struct Status {
    std::string_view code;  ///< without the class
    Cause cause;
};

/// What codes mean whatever their class is (RFC 3463, 3; RFC 7372; RFC 7505; Exchange, Gmail).
/// 5.7.1, 5.7.23 and 5.7.26 mean too much. 5.1.10 is a null MX by RFC 7505, with the reply code 556
/// or these words; Exchange Online means an unknown recipient by it, and is more frequent.
constexpr std::array statuses{
    Status{"1.1", mailbox_unknown},
    Status{"1.2", dns},
    Status{"1.3", mailbox_unknown},
    Status{"1.6", mailbox_unknown},
    Status{"1.10", mailbox_unknown},
    Status{"1.8", dns},
    Status{"2.1", mailbox_unknown},
    Status{"2.2", mailbox_full},
    Status{"2.3", content},
    Status{"3.4", content},
    Status{"4.4", dns},
    Status{"4.1", other},
    Status{"6.0", content},
    Status{"6.1", content},
    Status{"6.3", content},
    Status{"6.2", content},
    Status{"7.7", content},
    Status{"7.20", dkim},
    Status{"7.21", dkim},
    Status{"7.22", dkim},
    Status{"7.24", spf},
    Status{"7.25", reverse_dns},
    Status{"7.27", dns},
    Status{"7.26", policy},
    Status{"7.509", dmarc},
    Status{"7.515", policy},
    Status{"7.0", policy},
    Status{"7.1", policy},
    Status{"7.9", policy},
    Status{"7.23", policy},
    Status{"3.2", policy},
    Status{"7.60", policy},
    Status{"7.64", policy},
    Status{"1.0", mailbox_unknown},
};

}  // namespace

std::optional<Cause> cause_by_words(std::string_view words) {
    // Links hold any words, but those of a block list are often all there is.
    const std::string text = without_links(words);
    if (const auto cause = first_of(phrases_of_certain_lists(), words)) return cause;
    // "Recipient address rejected: Domain not found" is about the domain.
    for (const auto phrases : {phrases_of_clients(), phrases_of_full_mailboxes(),
                               phrases_of_domains(), phrases_of_unknown_mailboxes()}) {
        if (const auto cause = first_of(phrases, text)) return cause;
    }
    if (const auto cause = first_of(phrases_of_lists(), words)) return cause;
    for (const auto phrases : {phrases_of_failures(), phrases_of_content(), phrases_of_rules()}) {
        if (const auto cause = first_of(phrases, text)) return cause;
    }
    return std::nullopt;
}

std::optional<Cause> cause_by_weak_words(std::string_view words) { return first_of(likely, words); }

std::optional<Cause> cause_by_status(std::string_view status) {
    if (status.size() < 5 || status.front() == '2') return std::nullopt;
    for (const Status& each : statuses) {
        if (status.substr(2) == each.code) return each.cause;
    }
    if (status.substr(2).starts_with("7.")) return policy;
    return std::nullopt;
}

std::optional<Cause> cause_by_code(unsigned code) noexcept {
    switch (code) {
        case 530:
        case 535: return policy;
        case 552: return mailbox_full;
        case 553: return mailbox_unknown;
        case 556: return dns;
        default: return std::nullopt;
    }
}

}  // namespace spfcheck
