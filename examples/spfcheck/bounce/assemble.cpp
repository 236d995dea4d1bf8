#include "bounce/assemble.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "bounce/server_words.hpp"
#include "bounce/text.hpp"
#include "names/parts.hpp"
#include "refusal/phrases.hpp"
#include "refusal/words.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

bool is_generic(std::string_view status) noexcept { return status.ends_with(".0.0"); }

bool is_vague(Cause cause) noexcept { return cause == Cause::other || cause == Cause::policy; }

/// Returns words as evidence: their lines joined.
std::string evidence(std::string_view words) {
    std::string joined;
    for (const char c : words.substr(0, 4 * longest_evidence)) {
        const bool blank = static_cast<unsigned char>(c) <= ' ';
        if (blank && (joined.empty() || joined.back() == ' ')) continue;
        joined += blank ? ' ' : c;
    }
    return spf::printable(trimmed(joined), longest_evidence);
}

/// Returns how much a refusal says, to prefer one to another.
int weight(const Refusal& refusal) noexcept {
    return (refusal.cause == Cause::other ? 0 : 4) + (refusal.code ? 2 : 0) +
           (refusal.status.empty() || is_generic(refusal.status) ? 0 : 1);
}

/// Returns what is said about an address, or nothing.
const Said* said_about(const std::vector<Said>& said, const std::string& address,
                       const std::string& other) {
    for (const Said& each : said) {
        if (each.address.empty()) continue;
        if (equals_ignoring_case(each.address, address) ||
            equals_ignoring_case(each.address, other)) {
            return &each;
        }
    }
    return nullptr;
}

/// Returns the reply that a transcript shows for a recipient: one about it, else one about all.
const Said* reply_about(const std::vector<Said>& transcript, const std::string& address,
                        const std::string& other) {
    if (const Said* const found = said_about(transcript, address, other)) return found;
    const auto all = std::find_if(transcript.begin(), transcript.end(),
                                  [](const Said& each) { return each.address.empty(); });
    return all == transcript.end() ? nullptr : &*all;
}

/// What words say, read once however many recipients share them. It holds views of the words.
class Readings {
public:
    /// Returns what words say about a recipient.
    FailedRecipient of(std::string address, std::string_view words) {
        if (words.empty()) return recipient_who(std::move(address), {});
        FailedRecipient out = known({}, words);
        // Where the words name the recipient's own domain, it matters whose it is.
        std::string domain = domain_of_address(address);
        if (!domain.empty() && out.refusal.claimed_domain == domain)
            out = known(std::move(domain), words);
        out.address = std::move(address);
        return out;
    }

private:
    const FailedRecipient& known(std::string domain, std::string_view words) {
        const std::string address = domain.empty() ? domain : "@" + domain;
        const auto [place, added] = known_.try_emplace({words, std::move(domain)});
        if (added) place->second = recipient_who(address, words);
        return place->second;
    }

    std::map<std::pair<std::string_view, std::string>, FailedRecipient> known_{};
};

/// Takes other words about the recipient if they say more. Those of a transcript are also taken if
/// they have more lines of the same reply: sendmail keeps the first line only, which does not name
/// the address of the client yet.
void prefer(FailedRecipient& recipient, Readings& readings, std::string_view words,
            bool is_transcript = false) {
    if (words.empty()) return;
    FailedRecipient other = readings.of(recipient.address, words);
    const bool same_code = !recipient.refusal.code || !other.refusal.code ||
                           recipient.refusal.code == other.refusal.code;
    const bool says_more = recipient.refusal.cause == Cause::other &&
                           weight(other.refusal) > weight(recipient.refusal);
    const bool longer =
        same_code && is_vague(recipient.refusal.cause) && !is_vague(other.refusal.cause);
    const std::string& mine = recipient.refusal.text;
    const bool goes_on = is_transcript && !mine.empty() && same_code &&
                         other.refusal.text.size() > mine.size() &&
                         other.refusal.text.starts_with(mine);
    // There was a code without words.
    const bool wordless = mine == recipient.refusal.status && other.refusal.code &&
                          other.refusal.cause != Cause::other;
    if (!says_more && !longer && !goes_on && !wordless) return;
    if (other.refusal.status.empty() || is_generic(other.refusal.status))
        other.refusal.status = std::exchange(recipient.refusal.status, {});
    if (!other.refusal.code) other.refusal.code = recipient.refusal.code;
    if (recipient.remote_host.empty()) recipient.remote_host = other.remote_host;
    recipient.refusal = std::move(other.refusal);
    recipient.line = std::move(other.line);
}

FailedRecipient recipient_of(const StatusOfRecipient& each) {
    const std::string& address = each.original.empty() ? each.final_address : each.original;
    FailedRecipient out = recipient_who(address, each.diagnostic, each.status);
    if (!equals_ignoring_case(address, each.final_address)) out.final_address = each.final_address;
    if (!each.remote_mta.empty()) out.remote_host = each.remote_mta;
    out.action = each.action;
    return out;
}

/// Returns the reply in some lines that say nothing about a single recipient, and the lines that go
/// on with it; an empty text if there is none.
std::string reply_in(const std::vector<std::string_view>& lines) {
    std::string out;
    for (const std::string_view each : lines) {
        const std::string_view line = trimmed(each);
        if (!out.empty()) {
            if (line.empty() || out.size() > 2000) break;
            out.append("\n").append(line);
            continue;
        }
        for (std::size_t i = 0; i + 3 <= line.size() && i < 400; ++i) {
            const bool code = is_reply_code_at(line, i) && line[i] >= '4';
            const bool begins =
                i == 0 || enhanced_code_at(line, std::min(i + 4, line.size())) > 0 ||
                std::string_view(":;#'\"(<[")
                        .find(line[i > 1 && line[i - 1] == ' ' ? i - 2 : i - 1]) != npos;
            if (!code || !begins) continue;
            out = line;
            break;
        }
    }
    return out;
}

/// Returns the lines without those of a header, joined.
std::string joined(const std::vector<std::string_view>& lines) {
    std::string out;
    for (const std::string_view line : lines) {
        if (out.size() > longest_reply) break;
        out.append(line.substr(0, longest_reply)).append("\n");
    }
    return out;
}

bool is_unknown(const FailedRecipient& recipient) noexcept {
    return !recipient.refusal.code && recipient.refusal.cause == Cause::other;
}

/// Fills in what the text says about no recipient in particular. The text is read once for all.
void complete(std::vector<FailedRecipient>& recipients,
              const std::vector<std::string_view>& lines) {
    if (std::none_of(recipients.begin(), recipients.end(), is_unknown)) return;
    const std::string reply = reply_in(lines);
    const FailedRecipient whole = recipient_who({}, joined(lines));
    // So many words are no proof of a failed authentication.
    const Cause cause = whole.refusal.cause;
    const bool is_proof = cause != Cause::spf && cause != Cause::dkim && cause != Cause::dmarc &&
                          cause != Cause::other;
    Readings readings;
    for (FailedRecipient& each : recipients) {
        if (is_unknown(each)) prefer(each, readings, reply);
        if (!is_unknown(each) || !is_proof) continue;
        each.refusal = whole.refusal;
        each.line = whole.line;
    }
}

}  // namespace

FailedRecipient recipient_who(std::string address, std::string_view words,
                              std::string_view status) {
    FailedRecipient out;
    out.address = std::move(address);
    words = words.substr(0, longest_reply);
    ServerWords said = server_words(words);
    out.remote_host = std::move(said.host);
    out.refusal = read_refusal(said.words, domain_of_address(out.address));
    // What another program says in front of the server's words may be all there is.
    if (out.refusal.cause == Cause::other && said.words.size() < words.size()) {
        Refusal whole = read_refusal(words);
        if (whole.cause != Cause::spf && whole.cause != Cause::dkim) {
            out.refusal.cause = whole.cause;
            if (!out.refusal.code) out.refusal.code = whole.code;
            if (out.refusal.status.empty()) out.refusal.status = std::move(whole.status);
        }
    }
    std::string& believed = out.refusal.status;
    if (!status.empty() && (believed.empty() || (is_generic(believed) && !is_generic(status)))) {
        believed = status;
        if (out.refusal.cause == Cause::other)
            out.refusal.cause = cause_by_status(believed).value_or(Cause::other);
    }
    out.line = evidence(said.words.empty() ? status : said.words);
    if (out.refusal.text.empty()) out.refusal.text = std::string(status);
    return out;
}

std::vector<FailedRecipient> recipients_of(const DeliveryStatus& status,
                                           const std::vector<Said>& prose,
                                           const std::vector<Said>& transcript) {
    std::vector<FailedRecipient> out;
    Readings readings;
    for (const StatusOfRecipient& each : status.recipients) {
        FailedRecipient one = recipient_of(each);
        const bool alone = status.recipients.size() == 1;
        const Said* text = said_about(prose, each.final_address, each.original);
        if (text == nullptr && alone && prose.size() == 1) text = &prose.front();
        if (text != nullptr) {
            prefer(one, readings, text->words);
            const std::string& from = text->expanded_from;
            if (!from.empty() && !equals_ignoring_case(from, one.address)) {
                if (one.final_address.empty()) one.final_address = one.address;
                one.address = from;
            }
        }
        const Said* const reply = reply_about(transcript, each.final_address, each.original);
        if (reply != nullptr) prefer(one, readings, reply->words, true);
        out.push_back(std::move(one));
    }
    return out;
}

std::vector<FailedRecipient> recipients_of(const std::vector<Said>& prose,
                                           const std::vector<Said>& transcript,
                                           const std::vector<std::string>& named,
                                           const std::vector<std::string>& original,
                                           const std::vector<std::string_view>& lines) {
    std::vector<FailedRecipient> out;
    Readings readings;
    const auto known = [&](const std::string& address) {
        return std::any_of(out.begin(), out.end(), [&](const FailedRecipient& each) {
            return equals_ignoring_case(each.address, address) ||
                   equals_ignoring_case(each.final_address, address);
        });
    };
    const auto add = [&](const Said& said) {
        if (said.address.empty() || known(said.address) || out.size() >= most_recipients) return;
        const Said* const reply = reply_about(transcript, said.address, said.expanded_from);
        // A sentence about somebody says less than the server's own words.
        const bool by_reply = reply != nullptr && !said.certain;
        FailedRecipient one = readings.of(said.address, by_reply ? reply->words : said.words);
        if (!said.expanded_from.empty()) {
            one.final_address = std::exchange(one.address, said.expanded_from);
        }
        if (reply != nullptr) prefer(one, readings, reply->words, true);
        out.push_back(std::move(one));
    };
    const bool certain =
        std::any_of(prose.begin(), prose.end(), [](const Said& each) { return each.certain; });
    if (certain || named.empty()) std::for_each(prose.begin(), prose.end(), add);
    if (out.empty()) std::for_each(transcript.begin(), transcript.end(), add);
    for (const std::string& address : named) {
        const Said* const said = said_about(prose, address, address);
        add(said == nullptr ? Said{address, {}, {}, true} : *said);
    }
    if (out.empty()) {
        for (const std::string& address : original) add({address, {}, {}, false});
    }
    complete(out, lines);
    return out;
}

}  // namespace spfcheck
