#include "refusal/claims.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "refusal/words.hpp"
#include "spf/dns/name.hpp"

namespace spfcheck {
namespace {

/// The size of the longest address, an IPv6 address that ends as an IPv4 address does.
constexpr std::size_t longest_ip = 45;

bool is_of_address(char c) noexcept {
    return is_digit(c) || c == '.' || c == ':' || (lower(c) >= 'a' && lower(c) <= 'f');
}

bool is_of_name(char c) noexcept {
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '.' || c == '-' || c == '_';
}

/// Returns the address at the beginning of a text of letters, digits and punctuation.
std::optional<spf::IpAddress> address_in(std::string_view text) {
    while (!text.empty() && (text.back() == '.' || text.back() == ':')) text.remove_suffix(1);
    const bool v4 = std::count(text.begin(), text.end(), '.') == 3;
    const bool v6 = std::count(text.begin(), text.end(), ':') >= 2;
    if (text.size() > longest_ip || (!v4 && !v6)) return std::nullopt;
    const auto address = spf::IpAddress::parse(text);
    if (!address) return std::nullopt;
    return *address;
}

/// An address in a reply, and where it stands.
struct Place {
    spf::IpAddress address;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Returns the first address from a place on.
std::optional<Place> first_address(std::string_view words, std::size_t from) {
    for (std::size_t i = from; i < words.size();) {
        const bool begins =
            is_of_address(words[i]) && words[i] != '.' &&
            (i == 0 || !(is_of_name(words[i - 1]) || words[i - 1] == ':') || words[i - 1] == ':');
        if (!begins) {
            ++i;
            continue;
        }
        std::size_t end = i;
        // A longer run is no address: to read it again behind each colon would cost its square.
        while (end < words.size() && end - i <= longest_ip && is_of_address(words[end])) ++end;
        const bool longer = end < words.size() && (is_word(words[end]) || words[end] == '-');
        if (!longer) {
            if (const auto address = address_in(words.substr(i, end - i)))
                return Place{*address, i, end};
        }
        // "IPv6:2001:db8::1" and "ip:192.0.2.1"
        const std::size_t colon = words.substr(i, end - i).find(':');
        i = colon == npos || colon == 0 ? std::max(end, i + 1) : i + colon + 1;
    }
    return std::nullopt;
}

std::string_view without_marks_behind(std::string_view text) noexcept {
    while (!text.empty() && std::string_view(" [(<'\":=").find(text.back()) != npos)
        text.remove_suffix(1);
    return text;
}

std::string_view last_word(std::string_view text) noexcept {
    std::size_t size = 0;
    while (size < text.size() && size < 255 && is_of_name(text[text.size() - size - 1])) ++size;
    return text.substr(text.size() - size);
}

/// Returns how surely the words in front of an address say that it is the client's: 2 for "client"
/// and "ip", 1 for "from" and "for". The name of the client may stand between.
int certainty(std::string_view before) noexcept {
    for (int i = 0; i < 4; ++i) {
        before = without_marks_behind(before);
        const std::string_view word = last_word(before);
        if (word == "client" || word == "ip" || word.ends_with("-ip")) return 2;
        if (word == "from" || word == "for") return 1;
        const bool name = word.find('.') != npos && !word.ends_with('.');
        const bool between = word == "address" || word == "addr" || word == "host" ||
                             word == "server" || word == "ipv6" || word == "unknown";
        if (!name && !between) return 0;
        before.remove_suffix(word.size());
    }
    return 0;
}

/// Returns whether an address is that of the server which refuses, and which puts its name in front
/// of its words: "550 5.7.1 mx.example.net [198.51.100.5]: SPF check failed".
bool is_refuser(std::string_view before, std::string_view behind) noexcept {
    if (!before.ends_with('[') && !before.ends_with('(')) return false;
    if (!behind.starts_with("]:") && !behind.starts_with("):")) return false;
    before = without_marks_behind(before);
    const std::string_view name = last_word(before);
    if (name.find('.') == npos || name.ends_with('.')) return false;
    before.remove_suffix(name.size());
    return std::all_of(before.begin(), before.end(), [](char c) {
        return is_digit(c) || std::string_view(" .-#").find(c) != npos;
    });
}

/// Returns whether an address is a term of a record that the reply quotes, or a network.
bool is_of_record(std::string_view before, std::string_view behind) noexcept {
    return behind.starts_with('/') || before.ends_with("ip4:") || before.ends_with("ip6:");
}

/// Returns the name in DNS at the beginning of a text: the domain of an address, if it is one.
std::string name_at(std::string_view text) {
    while (!text.empty() && std::string_view(" [(<`'\"{:=").find(text.front()) != npos)
        text.remove_prefix(1);
    std::size_t end = 0;
    while (end < text.size() && end < 320 && text[end] > ' ' &&
           std::string_view(">])'`\";,&?<(}|").find(text[end]) == npos && text[end] != '/')
        ++end;
    std::string_view word = text.substr(0, end);
    const std::size_t at = word.rfind('@');
    if (at != npos) {
        word.remove_prefix(at + 1);
    } else if (const std::size_t percent = word.find("%40"); percent != npos) {
        word.remove_prefix(percent + 3);
    }
    word = word.substr(0, word.find(':'));
    while (!word.empty() && (word.back() == '.' || word.back() == '-')) word.remove_suffix(1);
    if (word.find('.') == npos || address_in(word)) return {};
    if (!std::all_of(word.begin(), word.end(), is_of_name)) return {};
    const auto name = spf::dns::canonical_name(word);
    return name ? *name : std::string{};
}

/// Words before the domain whose policy failed, the most certain first.
constexpr std::array<std::string_view, 27> before_domain{
    "mail from domain ",
    "sending domain ",
    "sender domain ",
    "spf check for ",
    "spf [",
    "id=",
    "sender=",
    "email from ",
    "mail from ",
    "messages from ",
    "message from ",
    "send from ",
    "mail for ",
    "email for ",
    "framework of ",
    "policy for ",
    "policy of ",
    "record of ",
    "record for ",
    "records for ",
    "domain ",
    "due to ",
    "behalf of ",
    "from=",
    "from ",
    "for ",
    "of ",
};

/// Returns whether the first word of a text is the address of a mailbox.
bool is_mailbox_at(std::string_view text) noexcept {
    const std::size_t end = text.substr(0, 320).find_first_of("@ ,;");
    return end != npos && text[end] == '@';
}

/// Returns whether an address behind "for" is that of a recipient: "message rejected for ".
bool is_for_recipient(std::string_view before) noexcept {
    constexpr std::array<std::string_view, 16> delivering{
        "accepted", "rejected", "refused",  "blocked",   "denied",  "delivered",
        "delivery", "bounced",  "returned", "recipient", "message", "messages",
        "mail",     "email",    "e-mail",   "mailbox"};
    before = without_marks_behind(before);
    const std::string_view word = last_word(before);
    const bool names_sender =
        before.size() > word.size() && before[before.size() - word.size() - 1] == '@';
    return names_sender ||
           std::find(delivering.begin(), delivering.end(), word) != delivering.end();
}

/// Returns whether words in front of an address in a sentence about authentication end with one of
/// these.
bool is_for_sender(std::string_view before) noexcept {
    constexpr std::array<std::string_view, 10> checking{"spf",      "dmarc", "dkim",   "check",
                                                        "checks",   "fail",  "failed", "failure",
                                                        "softfail", "policy"};
    const std::string_view word = last_word(without_marks_behind(before));
    if (std::find(checking.begin(), checking.end(), word) == checking.end()) return false;
    const std::string_view near =
        before.substr(before.size() - std::min<std::size_t>(before.size(), 40));
    return near.find("spf") != npos || near.find("dmarc") != npos || near.find("dkim") != npos;
}

/// Words behind the domain whose policy failed.
constexpr std::array<std::string_view, 4> behind_domain{"'s dmarc", "'s spf", " dmarc policy",
                                                        " domain"};

}  // namespace

std::optional<spf::IpAddress> claimed_ip(std::string_view words) {
    const std::string small = lower(words);
    for (const std::string_view parameter : {"&ip=", ";ip=", "?ip=", "client-ip="}) {
        const std::size_t at = small.find(parameter);
        if (at == npos) continue;
        if (const auto place = first_address(words, at + parameter.size())) return place->address;
    }
    std::optional<spf::IpAddress> best;
    int best_certainty = -1;
    bool single = true;
    for (auto place = first_address(words, 0); place; place = first_address(words, place->end)) {
        const std::string_view before = std::string_view(small).substr(0, place->begin);
        const std::string_view behind = words.substr(place->end);
        if (is_of_record(before, behind) || is_refuser(before, behind)) continue;
        const int here = certainty(before);
        if (here > best_certainty) {
            best = place->address;
            best_certainty = here;
            single = true;
        } else if (here == best_certainty && place->address != *best) {
            single = false;
        }
    }
    return single ? best : std::nullopt;
}

bool names_sender(std::string_view before) noexcept {
    constexpr std::array<std::string_view, 7> keys{
        "id=", "sender=", "from=", "sender-id=", "mail-from=", "envelope-from=", "mfrom="};
    while (!before.empty() && std::string_view(" [(<'\":").find(before.back()) != npos)
        before.remove_suffix(1);
    for (const std::string_view key : keys) {
        if (before.ends_with(key)) return true;
    }
    const std::string_view word = last_word(before);
    if (word == "for") return is_for_sender(before.substr(0, before.size() - word.size()));
    return word == "from" || word == "sender";
}

std::string claimed_domain(std::string_view words, std::string_view recipient) {
    for (const std::string_view mark : before_domain) {
        const bool weak = mark == "for " || mark == "of ";
        for (std::size_t at = words.find(mark); at != npos; at = words.find(mark, at + 1)) {
            if (at > 0 && is_word(words[at - 1])) continue;
            std::string name = name_at(words.substr(at + mark.size()));
            const bool is_recipient =
                weak && (name == recipient ||
                         (mark == "for " && is_mailbox_at(words.substr(at + mark.size())) &&
                          is_for_recipient(words.substr(0, at))));
            if (!name.empty() && !is_recipient) return name;
        }
    }
    for (const std::string_view mark : behind_domain) {
        const std::size_t at = words.find(mark);
        if (at == npos) continue;
        std::size_t begin = at;
        while (begin > 0 && at - begin < 255 && is_of_name(words[begin - 1])) --begin;
        std::string name = name_at(words.substr(begin, at - begin));
        if (!name.empty()) return name;
    }
    return {};
}

}  // namespace spfcheck
