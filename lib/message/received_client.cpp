#include "message/received_client.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "message/received_text.hpp"

namespace spf::received {
namespace {

using Topic = Comment::Topic;

constexpr std::array<std::string_view, 3> greetings{"HELO ", "EHLO ", "LHLO "};
constexpr std::array<std::string_view, 3> exim_keys{"port=", "helo=", "ident="};

/// Returns whether the text is, or begins with, one of Exim's keys.
bool begins_with_key(std::string_view text) noexcept {
    return std::any_of(exim_keys.begin(), exim_keys.end(),
                       [text](std::string_view key) { return begins(text, key); });
}

/// Removes `HELO `, `EHLO ` or `LHLO ` from the front of the text.
bool take_greeting(std::string_view& text) noexcept {
    return std::any_of(greetings.begin(), greetings.end(),
                       [&text](std::string_view word) { return take(text, word); });
}

/// Returns whether a text is a word that may be in front of an address: the name of the address, an
/// identity with `@`, or both. The name may be an address again.
bool is_name(std::string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
        return !ends_word(c) && !ascii::contains("\",\\", c) && c != '\x7f';
    });
    return plain && !begins_with_key(text);
}

/// Returns whether Exim could have written this value of a key: a literal, or a name without `@`.
/// This distinguishes the key `helo=` from sendmail's `IDENT@[address]` with an IDENT that begins
/// with `helo=`. An identity may be in brackets, if it is encrypted.
bool is_exim_value(std::string_view value, bool is_helo) {
    if (is_helo && take_literal(value)) return value.empty();
    if (value.empty() || value.find('@') != std::string_view::npos) return false;
    if (!is_helo && value.starts_with('[') && value.ends_with(']')) {
        value = value.substr(1, value.size() - 2);
    }
    return value.find_first_of("[]") == std::string_view::npos;
}

/// Reads Exim's `port=N helo=NAME ident=NAME`. There must be at least one key, and nothing else.
/// `helo` is left unchanged if the key is missing.
/// \return whether the text has this form
bool read_exim_keys(std::string_view text, std::optional<std::string_view>& helo) {
    do {
        const bool is_helo = take(text, "helo=");
        if (!is_helo && !take(text, "port=") && !take(text, "ident=")) return false;
        const std::string_view value = take_word(text);
        if (!is_exim_value(value, is_helo)) return false;
        if (is_helo) helo = value;
    } while (take(text, " "));
    return text.empty();
}

/// Reads what follows the address in a comment: a remark of the server, Exim's keys, or the name
/// that the client sent, such as `"EHLO NAME" rhost-flags-OK` (ZMailer) or `, HELO NAME` (smap).
/// \return whether the text has such a form, and does not mention another address
bool read_behind_address(std::string_view text, Comment& out) {
    if (text.empty()) return true;
    if (!take(text, ", ") && !take(text, " ") && !text.starts_with('(')) return false;
    if (begins_with_key(text)) return read_exim_keys(text, out.helo);
    const bool quoted = take(text, "\"");
    std::string_view behind = text;
    if (take_greeting(behind)) {
        out.helo = take_while(behind, [](char c) { return c != '"' && !ends_word(c); });
        // Without quotes, the true address could be in place of the name.
        if (quoted) text = behind;
        if (quoted && !take(text, "\"")) return false;
    } else if (quoted) {
        return false;
    }
    return !mentions_other(text, out.ip) && !has_by(text);
}

/// Removes the bracket that begins at the offset `at`, if it is an encrypted identity (RFC 1413)
/// as in `[W9VcNxE2vKxg]@host.example`.
/// \return the offset of the next bracket
std::size_t behind_identity(std::string_view text, std::size_t at) noexcept {
    const std::size_t end = text.find_first_of("[] ", at + 1);
    if (end == std::string_view::npos || !text.substr(end).starts_with("]@")) return at;
    return text.find('[', end);
}

/// Reads a comment with an address in brackets. Before the address, there may be `NAME `,
/// `IDENT@NAME `, `IDENT@`, `"port 1234"@NAME ` or `Not Verified`. The space may be absent, and
/// `really ` (Smail) may be before all.
std::optional<Comment> read_literal_form(std::string_view text) {
    std::string_view port = text;  // iPlanet writes "port 34611"@
    if (take(port, "\"port ") && take_digits(port) && take(port, "\"@")) text = port;
    std::size_t at = text.find('[');
    if (at == std::string_view::npos) return std::nullopt;
    Comment out{.topic = Topic::address};
    std::string_view rest = text.substr(at);
    out.ip = take_literal(rest);
    if (!out.ip) {
        at = behind_identity(text, at);
        if (at == std::string_view::npos) return std::nullopt;
        rest = text.substr(at);
        out.ip = take_literal(rest);
    }
    std::string_view before = text.substr(0, at);
    if (before.ends_with(' ')) before.remove_suffix(1);
    static_cast<void>(take(before, "really "));
    if (!out.ip || !take_port(rest)) return std::nullopt;
    if (!is_name(before) && before != "Not Verified") return std::nullopt;
    return read_behind_address(rest, out) ? std::optional(out) : std::nullopt;
}

/// Reads `WORD address`, which Facebook writes.
std::optional<Comment> read_word_and_address(std::string_view text) {
    const std::string_view word = take_word(text);
    if (word.empty() || !take(text, " ") || !is_name(word) || mentions_address(word)) {
        return std::nullopt;
    }
    Comment out{.topic = Topic::address, .ip = read_address(text)};
    return out.ip ? std::optional(out) : std::nullopt;
}

/// Reads a comment with an address that is not in brackets. `IDENT@` may be before the address.
/// After it, there may be a port, ` with METHOD` if the client had authenticated (Yahoo), or what
/// read_behind_address() accepts after a comma.
std::optional<Comment> read_bare_form(std::string_view text) {
    std::string_view word = take_while(text, [](char c) { return !ends_word(c) && c != ','; });
    const std::size_t at = word.rfind('@');
    if (at != std::string_view::npos) {
        if (!is_name(word.substr(0, at)) || mentions_address(word.substr(0, at))) {
            return std::nullopt;
        }
        word.remove_prefix(at + 1);
    }
    Comment out{.topic = Topic::address, .ip = read_address_and_port(word)};
    if (!out.ip) return std::nullopt;
    if (text.starts_with(',')) {
        return read_behind_address(text, out) ? std::optional(out) : std::nullopt;
    }
    if (take(text, " with ") &&
        !take_while(text, [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_'; })
             .empty() &&
        text.empty()) {
        return out;
    }
    return text.empty() ? std::optional(out) : std::nullopt;
}

/// Reads `mailfrom:SENDER ... ip:address`, which Aliyun writes.
std::optional<Comment> read_aliyun(std::string_view text) {
    const std::size_t at = text.rfind(" ip:");
    if (!begins(text, "mailfrom:") || at == std::string_view::npos) return std::nullopt;
    Comment out{.topic = Topic::address, .ip = read_address(text.substr(at + 4))};
    const bool fits = out.ip && !mentions_other(text.substr(0, at), out.ip);
    return fits ? std::optional(out) : std::nullopt;
}

/// Reads `HELO NAME`. The name is absent if the client sent none.
std::optional<Comment> read_greeting(std::string_view text) {
    Comment out{.topic = Topic::greeting, .ip = std::nullopt, .helo = std::string_view()};
    const bool is_alone = text.size() == 4 && (begins(text, "HELO") || begins(text, "EHLO"));
    if (is_alone) return out;
    if (!take_greeting(text)) return std::nullopt;
    out.helo = take_word(text);
    return text.empty() ? std::optional(out) : std::nullopt;
}

/// Reads `account USER HELO NAME` or `account USER [address] verified`, which CommuniGate Pro
/// writes for an authenticated user after the address.
std::optional<Comment> read_account(std::string_view text) {
    if (!take(text, "account ")) return std::nullopt;
    Comment out{.topic = Topic::keys};
    const std::string_view user = take_word(text);
    if (user.empty() || mentions_address(user)) return std::nullopt;
    if (take(text, " HELO ")) out.helo = take_word(text);
    if (take(text, " ")) {
        out.ip = take_literal(text);
        if (!out.ip || !(text.empty() || text == " verified")) return std::nullopt;
    }
    return text.empty() || out.ip ? std::optional(out) : std::nullopt;
}

}  // namespace

Comment read_comment(std::string_view text) {
    if (text == "[unix socket]" || text.ends_with(" [unix socket]")) {
        return {.topic = Topic::socket};
    }
    // A comment that begins like one of these has no other form. Otherwise, what the client sent
    // could continue it to another form.
    Comment out{.topic = Topic::keys};
    if (begins_with_key(text)) {
        return read_exim_keys(text, out.helo) ? out : Comment{.topic = Topic::unclear};
    }
    if (auto greeting = read_greeting(text)) return *greeting;
    if (auto account = read_account(text)) return *account;
    std::string_view start = text;
    if (take_greeting(start) || take(start, "account ")) return {.topic = Topic::unclear};
    if (auto literal = read_literal_form(text)) return *literal;
    if (auto bare = read_bare_form(text)) return *bare;
    if (auto aliyun = read_aliyun(text)) return *aliyun;
    if (auto behind_word = read_word_and_address(text)) return *behind_word;
    // A whole line in a comment may be an imitation, in which the true address is not in its place.
    if (has_by(text)) return {.topic = Topic::imitation};
    return {.topic = mentions_address(text) ? Topic::unclear : Topic::remark};
}

ClientReader::ClientReader(std::string_view name) : name_(name) {
    // In `host[192.0.2.1]` and `[192.0.2.1]:1234`, a server may have written the address, or the
    // client may have sent all of it.
    std::string_view rest = name.substr(std::min(name.find('['), name.size()));
    name_ip_ = take_literal(rest);
    in_brackets_ = name_ip_ && name.starts_with('[') && rest.empty();
    if (name_ip_ && !in_brackets_) {
        is_doubtful_ = take_port(rest) && rest.empty();
        if (!is_doubtful_) name_ip_.reset();
    } else if (!name_ip_) {
        name_ip_ = read_address(name);
    }
}

ClientReader::Finding ClientReader::add(std::string_view comment) {
    const Comment read = read_comment(comment);
    const std::size_t place = parts_++;
    switch (read.topic) {
        case Topic::remark:
            has_remark_ = has_remark_ || !begins(comment, "using TLS");
            return Finding::fits;
        case Topic::imitation: return Finding::ambiguous;
        case Topic::unclear:
            if (ip_) return fits_in(comment) ? Finding::fits : Finding::ambiguous;
            is_from_localhost_ = place == 0 && comment == "[localhost]";
            return is_from_localhost_ ? Finding::fits : Finding::no_address;
        case Topic::socket: has_socket_ = true; return ip_ ? Finding::ambiguous : Finding::fits;
        case Topic::greeting:
        case Topic::keys:
            if (has_greeting_ || has_keys_) return Finding::ambiguous;
            (read.topic == Topic::keys ? has_keys_ : has_greeting_) = true;
            break;
        case Topic::address: break;
    }
    if (read.helo && helo_) return Finding::ambiguous;
    if (read.helo) helo_ = read.helo;
    return read.ip ? set(*read.ip, place) : Finding::fits;
}

ClientReader::Finding ClientReader::add(const IpAddress& ip) { return set(ip, parts_++); }

ClientReader::Finding ClientReader::add_helo(std::string_view helo) {
    if (helo_ || mentions_address(helo)) return Finding::ambiguous;
    helo_ = helo;
    return Finding::fits;
}

ClientReader::Finding ClientReader::set(const IpAddress& ip, std::size_t place) {
    if (has_socket_ || (ip_ && *ip_ != ip)) return Finding::ambiguous;
    if (!ip_) place_ = place;
    ip_ = ip;
    return Finding::fits;
}

bool ClientReader::fits_in(std::string_view text) const {
    return !mentions_other(text, ip_ ? ip_ : name_ip_);
}

bool ClientReader::is_contradictory() const noexcept {
    if (!ip_ || !name_ip_ || *ip_ == *name_ip_) return false;
    if (is_doubtful_) return true;
    // Postfix, sendmail and others write an address that the client sent as its name, and directly
    // after it the address that they saw.
    if (place_ == 0 && !has_keys_) return false;
    // Yahoo writes this address for an unknown name.
    const bool is_yahoo = has_greeting_ && place_ == 1 && !in_brackets_;
    return !is_yahoo || *name_ip_ != IpAddress::v4(127, 0, 0, 1);
}

bool ClientReader::has_keys_for_name() const noexcept {
    if (!has_only_name()) return false;
    return has_greeting_ || (has_keys_ && in_brackets_);
}

Client ClientReader::client() const noexcept { return {.ip = ip_, .helo = helo_.value_or(name_)}; }

}  // namespace spf::received
