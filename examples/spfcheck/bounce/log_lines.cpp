#include "bounce/log_lines.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "bounce/assemble.hpp"
#include "bounce/exchange_log.hpp"
#include "bounce/text.hpp"
#include "names/parts.hpp"
#include "refusal/words.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

/// Returns what stands between a mark and an end; nothing if the mark is missing.
std::optional<std::string_view> between(std::string_view line, std::string_view mark,
                                        std::string_view ends) noexcept {
    const std::size_t at = line.find(mark);
    if (at == npos) return std::nullopt;
    const std::string_view rest = line.substr(at + mark.size());
    return rest.substr(0, rest.find_first_of(ends));
}

/// What a line of a log says, and which message it is about.
struct Entry {
    std::string message{};  ///< the queue ID; with the address it makes the key
    FailedRecipient recipient{};
};

/// Returns the name of a relay: "mx.example.net[192.0.2.1]:25" without address and port.
std::string relay_name(std::string_view relay) {
    std::string_view name = trimmed(relay.substr(0, relay.find_first_of("[ ,;(")));
    while (name.ends_with('.')) name.remove_suffix(1);
    if (name == "none" || name == "local" || name == "virtual") return {};
    return spf::printable(name, 255);
}

Entry entry(std::string_view address, std::string_view words, std::string_view status,
            Action action) {
    Entry out;
    out.recipient = recipient_who(spf::printable(trimmed(address), 320), words, status);
    out.recipient.action = action;
    // Words with which a server accepts a message are no cause.
    if (action != Action::failed && action != Action::delayed)
        out.recipient.refusal.cause = Cause::other;
    return out;
}

/// Only so many octets of a queue ID tell messages apart.
constexpr std::size_t longest_queue_id = 255;

std::string_view behind_queue_id(std::string_view line, std::string_view mark) noexcept {
    std::string_view before = line.substr(0, line.find(mark));
    before = trimmed(before);
    if (before.ends_with(':')) before.remove_suffix(1);
    const std::size_t space = before.rfind(' ');
    if (space != npos) before.remove_prefix(space + 1);
    return before.substr(0, longest_queue_id);
}

/// "... 4ABC: to=<u@example.net>, relay=mx.example.net[198.51.100.5]:25, ..., dsn=5.1.1,
/// status=bounced (host mx.example.net[198.51.100.5] said: 550 ...)"
std::optional<Entry> postfix(std::string_view line) {
    const auto address = between(line, " to=<", ">");
    const auto status = between(line, "status=", " (");
    if (!address || !status) return std::nullopt;
    const std::size_t open = line.find('(', line.find("status="));
    std::string_view words = open == npos ? std::string_view{} : line.substr(open + 1);
    if (words.ends_with(')')) words.remove_suffix(1);
    const std::string_view relay = between(line, "relay=", ",").value_or("");
    const bool local = relay.find('[') == npos || has_ignoring_case(line, "/lmtp[");
    Action action = Action::failed;
    if (*status == "sent") action = local ? Action::delivered : Action::relayed;
    if (*status == "deferred" || *status == "SOFTBOUNCE") action = Action::delayed;
    Entry out = entry(*address, words, between(line, "dsn=", ", ").value_or(""), action);
    out.message = behind_queue_id(line, " to=<");
    out.recipient.remote_host = relay_name(relay);
    if (const auto original = between(line, "orig_to=<", ">");
        original && original->find('@') != npos) {
        out.recipient.final_address =
            std::exchange(out.recipient.address, spf::printable(*original, 320));
    }
    return out;
}

/// "... postfix/smtpd[1]: NOQUEUE: reject: RCPT from h[192.0.2.7]: 550 5.7.23 ...; from=<a@x>
/// to=<u@y> proto=ESMTP helo=<h>": this server has refused.
std::optional<Entry> postfix_reject(std::string_view line) {
    const std::size_t at = line.find(": reject");
    const auto address = between(line, " to=<", ">");
    if (at == npos || !address) return std::nullopt;
    const std::size_t colon = line.find("]: ", at);
    if (colon == npos) return std::nullopt;
    std::string_view words = line.substr(colon + 3);
    words = words.substr(0, words.find("; from=<"));
    const Action action = words.starts_with('4') ? Action::delayed : Action::failed;
    return entry(*address, words, {}, action);
}

/// "... sendmail[1]: 445A: to=<u@example.net>, ..., relay=mx.example.net. [198.51.100.5],
/// dsn=5.1.1, stat=User unknown"
std::vector<Entry> sendmail(std::string_view line) {
    const std::size_t stat = line.find("stat=");
    const std::size_t to = line.find(" to=");
    if (stat == npos || to == npos || stat < to) return {};
    const std::string_view words = trimmed(line.substr(stat + 5));
    const std::string_view relay = between(line, "relay=", ",").value_or("");
    Action action = Action::failed;
    if (words.starts_with("Sent"))
        action = relay.find('[') == npos ? Action::delivered : Action::relayed;
    if (starts_ignoring_case(words, "deferred") || starts_ignoring_case(words, "queued"))
        action = Action::delayed;
    // What is said is the same for all.
    Entry one = entry({}, words, between(line, "dsn=", ", ").value_or(""), action);
    one.message = behind_queue_id(line, " to=");
    one.recipient.remote_host = relay_name(relay);
    std::vector<Entry> out;
    std::string_view list = line.substr(to + 4, line.find(", ", to) - to - 4);
    while (!list.empty() && out.size() < most_recipients) {
        const std::size_t comma = list.find(',');
        std::string address = address_in_word(list.substr(0, comma));
        if (!address.empty()) {
            out.push_back(one);
            out.back().recipient.address = std::move(address);
        }
        list.remove_prefix(comma == npos ? list.size() : comma + 1);
    }
    return out;
}

/// Returns the place of the flag of a line in Exim's main log, such as " ** "; npos if it has none.
std::size_t exim_flag(std::string_view line) noexcept {
    // It follows the message ID, two or three words after the beginning.
    std::size_t at = 0;
    for (int word = 0; word < 6 && at != npos; ++word) {
        at = line.find(' ', at);
        if (at == npos || at + 4 > line.size()) return npos;
        const std::string_view flag = line.substr(at, 4);
        for (const std::string_view each : {" ** ", " == ", " => ", " -> ", " >> ", " *> "}) {
            if (flag == each) return at;
        }
        ++at;
    }
    return npos;
}

/// Returns the text behind the fields of a line of Exim's: "R=dnslookup T=remote_smtp H=mx
/// [198.51.100.5]: SMTP error from ...".
std::string_view exim_words(std::string_view rest) noexcept {
    for (std::size_t at = rest.find(": "); at != npos; at = rest.find(": ", at + 1)) {
        const std::string_view before = rest.substr(0, at);
        // A time within the fields, or a name with a colon, has no space behind it.
        if (std::count(before.begin(), before.end(), '"') % 2 == 0) return rest.substr(at + 2);
        if (at > 1000) break;
    }
    return {};
}

std::optional<Entry> exim(std::string_view line) {
    const std::size_t flag = exim_flag(line);
    if (flag == npos) return std::nullopt;
    const std::string_view rest = trimmed(line.substr(flag + 4));
    const std::string_view first = rest.substr(0, rest.find_first_of(" :"));
    std::string address = address_in_word(first);
    const auto wrapped = between(rest.substr(0, 700), " <", ">");
    std::string original = wrapped ? address_in_word(*wrapped) : std::string{};
    if (address.empty()) address = std::exchange(original, {});
    if (address.empty()) return std::nullopt;
    const auto host = between(rest, " H=", " ");
    const char sign = line[flag + 1] == '=' ? line[flag + 2] : line[flag + 1];
    Action action = host ? Action::relayed : Action::delivered;
    if (sign == '*') action = Action::failed;
    if (sign == '=') action = Action::delayed;
    std::string_view words = exim_words(rest);
    if (const auto reply = between(rest, " C=\"", "\""); reply && words.empty()) words = *reply;
    Entry out = entry(address, words, {}, action);
    const std::string_view before = trimmed(line.substr(0, flag));
    out.message = before.substr(before.rfind(' ') + 1);
    if (host) out.recipient.remote_host = relay_name(*host);
    const std::string_view fields = rest.substr(0, rest.find(" R="));
    if (!original.empty() && fields.find('<') != npos && !equals_ignoring_case(original, address)) {
        out.recipient.final_address = std::exchange(out.recipient.address, std::move(original));
    }
    return out;
}

/// "... H=(h) [192.0.2.7] F=<a@x> rejected RCPT <u@example.net>: SPF check failed": this server has
/// refused.
std::optional<Entry> exim_reject(std::string_view line) {
    for (const std::string_view mark :
         {" rejected RCPT ", " rejected after DATA", " temporarily rejected RCPT "}) {
        const std::size_t at = line.find(mark);
        if (at == npos) continue;
        const std::string_view rest = line.substr(at + mark.size());
        const std::size_t colon = rest.find(": ");
        if (colon == npos) return std::nullopt;
        const std::string address = first_address_in(rest.substr(0, colon));
        const bool later = mark.starts_with(" temp");
        return entry(address, rest.substr(colon + 2), {}, later ? Action::delayed : Action::failed);
    }
    return std::nullopt;
}

/// Returns the lines of a log; a line that is indented goes on with the one above.
std::vector<std::string> unwrapped(std::string_view text) {
    std::vector<std::string> out;
    for (const std::string_view line : lines_of(text)) {
        const bool indented = line.starts_with(' ') || line.starts_with('\t');
        if (indented && !out.empty() && out.back().size() < longest_reply) {
            out.back().append(" ").append(trimmed(line).substr(0, longest_reply));
        } else if (!trimmed(line).empty()) {
            out.emplace_back(trimmed(line).substr(0, 4 * longest_reply));
        }
    }
    return out;
}

/// Recipients in the order in which they were first named.
class Recipients {
public:
    void add(Entry entry, std::string_view line) {
        if (entry.recipient.address.empty()) return;
        entry.recipient.line = spf::printable(line, longest_evidence);
        const auto key = std::pair{entry.message, lower(entry.recipient.address)};
        const auto known = places_.find(key);
        if (known != places_.end()) {
            all_[known->second] = std::move(entry.recipient);
        } else if (all_.size() < most_recipients) {
            places_.emplace(key, all_.size());
            all_.push_back(std::move(entry.recipient));
        }
    }
    std::vector<FailedRecipient> take() && { return std::move(all_); }

private:
    std::vector<FailedRecipient> all_;
    std::map<std::pair<std::string, std::string>, std::size_t> places_;
};

}  // namespace

std::vector<FailedRecipient> read_log_lines(std::string_view text) {
    if (auto exchange = read_exchange_log(text); !exchange.empty()) return exchange;
    Recipients out;
    for (const std::string& line : unwrapped(text)) {
        if (auto found = postfix(line)) {
            out.add(std::move(*found), line);
        } else if (auto rejected = postfix_reject(line)) {
            out.add(std::move(*rejected), line);
        } else if (auto several = sendmail(line); !several.empty()) {
            for (Entry& each : several) out.add(std::move(each), line);
        } else if (auto flagged = exim(line)) {
            out.add(std::move(*flagged), line);
        } else if (auto refused = exim_reject(line)) {
            out.add(std::move(*refused), line);
        }
    }
    return std::move(out).take();
}

}  // namespace spfcheck
