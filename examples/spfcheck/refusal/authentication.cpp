#include "refusal/authentication.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "refusal/words.hpp"

namespace spfcheck {
namespace {

template <std::size_t Count>
bool has_any(std::string_view text, const std::array<std::string_view, Count>& words) noexcept {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != npos; });
}

/// Words for a check that failed.
constexpr std::array<std::string_view, 62> failing{
    "fail", "not pass", "reject", "denied", "deny", "not allow", "not authori", "unauthori",
    "not permit", "violat", "mismatch", "prohibit", "forbid", "invalid", "not match", "refus",
    "not listed", "not designate", "bad spf", "suspicious", "permerror", "blocked", "illegal",
    "incorrect", "not contain", "not include", "not conform", "not comply", "no spf", "missing",
    "without spf", "without valid", "lack", "not found", "not have an spf", "not have a valid",
    "not verif", "not validat", "not accept", "not have spf", "n'est pas", "refuse", "abgelehnt",
    "fehlgeschlagen", "non superat", "nicht berechtigt", "non autorizzat", "no autorizad",
    "n\xc3\xa3o autorizad", "\xe4\xb8\x8d\xe9\x80\x9a\xe8\xbf\x87", "spf error", "n't pass",
    "not list", "no supera", "no est\xc3\xa1 autorizad", "falha", "falhou",
    "non risulta autorizzat", "nie jest uprawnion",
    // Russian: did not pass
    "\xd0\xbd\xd0\xb5 \xd0\xbf\xd1\x80\xd0\xbe\xd0\xb9\xd0\xb4",
    // Japanese: failed; not allowed
    "\xe5\xa4\xb1\xe6\x95\x97",
    "\xe8\xa8\xb1\xe5\x8f\xaf\xe3\x81\x95\xe3\x82\x8c\xe3\x81\xa6"
    "\xe3\x81\x84\xe3\x81\xbe\xe3\x81\x9b\xe3\x82\x93"};

/// Words that begin advice, a supposition or a condition.
constexpr std::array<std::string_view, 26> advising{
    "if ",      "please",       "make sure",  "be sure",     "ensure",     "should ", "set up",
    "setup ",   "recommend",    "may be",     "might",       "could be",   "possibl", "such as",
    "e.g.",     "for example,", "check your", "verify that", "check that", "learn",   "how to",
    "consider", "advise",       "unless ",    "note that",   "improve"};

/// Words of filters that add up many signs, of which SPF is one at most.
constexpr std::array<std::string_view, 12> scoring{"score",
                                                   "scoring",
                                                   "tests=",
                                                   "spam classification",
                                                   "antispam checks",
                                                   "classified as",
                                                   "considered spam",
                                                   "identified as spam",
                                                   "detected as spam",
                                                   "likely spam",
                                                   "likely unsolicited",
                                                   "spam content"};

/// Words of block lists, which have a verdict of their own.
constexpr std::array<std::string_view, 8> block_lists{"blocked using", "blacklist", "blocklist",
                                                      "block list",    "blackhole", "spamhaus",
                                                      "dnsbl",         "block-list"};

/// Returns whether a word is a link, or an address or host with a method in its name: none of them
/// says why.
bool is_name_only(std::string_view word) noexcept {
    if (word.find("://") != npos || word.find("www.") != npos) return true;
    const bool named =
        word.find("spf") != npos || word.find("dkim") != npos || word.find("dmarc") != npos;
    if (!named) return false;
    if (word.find('@') != npos) return true;
    for (std::size_t i = 1; i + 1 < word.size(); ++i) {
        if (word[i] == '.' && is_word(word[i - 1]) && is_word(word[i + 1])) return true;
    }
    return false;
}

/// Returns the text without links, and without addresses and hosts that are named like a method.
std::string without_names(std::string_view words) {
    std::string out;
    while (!words.empty()) {
        const std::size_t end = std::min(words.size(), words.find(' '));
        if (!is_name_only(words.substr(0, end))) out.append(words.substr(0, end));
        if (end < words.size()) out += ' ';
        words.remove_prefix(std::min(words.size(), end + 1));
    }
    return out;
}

/// Returns the size of the first sentence of a text, without its dot.
std::size_t end_of_sentence(std::string_view text) noexcept {
    std::size_t end = 0;
    for (; end < text.size(); ++end) {
        const bool stop = std::string_view(".!?*").find(text[end]) != npos;
        if (stop && (end + 1 == text.size() || text[end + 1] == ' ')) break;
    }
    return end;
}

/// Calls a function with each sentence of a text, until it returns a cause.
template <class Function>
std::optional<Cause> first_of_sentences(std::string_view text, Function function) {
    while (!text.empty()) {
        const std::size_t end = end_of_sentence(text);
        if (const auto cause = function(text.substr(0, end))) return cause;
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return std::nullopt;
}

/// Returns whether an octet makes a longer word of a word next to it, as in names of rules
/// ("SPF_FAIL") and in base64.
bool is_joint(char c) noexcept { return is_word(c) || std::string_view("_/+@").find(c) != npos; }

/// Returns whether a function returns true for one of the places of a word, of which it gets ten.
template <class Function>
bool any_place(std::string_view text, std::string_view word, Function function) {
    std::size_t at = text.find(word);
    for (int i = 0; i < 10 && at != npos; ++i, at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        // The field Received-SPF is no verdict of the server that refuses.
        const bool field = at > 1 && text[at - 1] == '-' && !is_digit(text[at - 2]);
        const bool begins = at == 0 || (!is_joint(text[at - 1]) && !field);
        // Japanese has no space after the name.
        const bool ends = end == text.size() || !is_joint(text[end]) ||
                          static_cast<unsigned char>(text[end]) >= 0x80;
        if (begins && ends && function(at)) return true;
    }
    return false;
}

/// Returns whether a method is one of several possible reasons: "spam, SPF or a virus".
bool is_one_of_several(std::string_view before, std::string_view behind) noexcept {
    if (before.ends_with(" no ")) before.remove_suffix(3);  // "no PTR, no SPF"
    const auto authentication = [](std::string_view text) {
        return text.starts_with("spf") || text.starts_with("dkim") || text.starts_with("dmarc");
    };
    for (const std::string_view joint : {", ", " or ", "/"}) {
        if (behind.starts_with(joint) && !authentication(behind.substr(joint.size()))) return true;
    }
    for (const std::string_view joint : {", ", " or "}) {
        if (!before.ends_with(joint)) continue;
        const std::string_view list = before.substr(0, before.size() - joint.size());
        if (!list.ends_with("dkim") && !list.ends_with("dmarc") && !list.ends_with("spf"))
            return true;
    }
    return false;
}

/// Returns whether a sentence names a method as the reason, not as advice.
bool is_named(std::string_view sentence, std::string_view method) {
    return any_place(sentence, method, [&](std::size_t at) {
        const std::string_view before = sentence.substr(0, at);
        const std::string_view behind =
            sentence.substr(std::min(sentence.size(), at + method.size()));
        const bool number = behind.size() > 1 && behind[0] == ' ' && is_digit(behind[1]);
        return !number && !has_any(before, advising) && !is_one_of_several(before, behind);
    });
}

/// Returns whether a sentence says that a method passed, or had no result to be refused for.
bool passes(std::string_view sentence, std::string_view method) {
    const bool said = any_place(sentence, method, [&](std::size_t at) {
        const std::string_view rest = sentence.substr(at + method.size(), 32);
        const std::string_view before = rest.substr(0, rest.find("pass"));
        const bool passed = before.size() < rest.size() && before.size() < 20 &&
                            before.find("not") == npos && before.find("n't") == npos &&
                            before.find("fail") == npos && before.find(',') == npos &&
                            before.find("spf") == npos && before.find("dkim") == npos;
        return passed || rest.starts_with("=none") || rest.substr(0, 12).find("neutral") != npos;
    });
    if (said) return true;
    const std::string passed = "passed " + std::string(method);
    return sentence.find(passed) != npos;
}

bool fails(std::string_view sentence, std::string_view method) {
    return is_named(sentence, method) && !passes(sentence, method) && has_any(sentence, failing);
}

/// The verdict that a list such as "Spf= Fail , Dkim= Pass" states for a method.
enum class Stated { nothing, pass, fail };
Stated stated(std::string_view words, std::string_view method) {
    Stated out = Stated::nothing;
    any_place(words, method, [&](std::size_t at) {
        std::string_view rest = words.substr(at + method.size(), 300);
        const std::size_t sign = rest.find('=');
        if (sign == npos) return false;
        // Between them Gmail names the domain and the address.
        const std::string_view between = rest.substr(0, sign);
        if (between.find_first_not_of(' ') != npos && between.find("with ip") == npos) return false;
        rest.remove_prefix(sign + 1);
        while (rest.starts_with(' ')) rest.remove_prefix(1);
        if (rest.starts_with("pass")) out = Stated::pass;
        if (rest.starts_with("fail") || rest.starts_with("did not pass") ||
            rest.starts_with("hardfail")) {
            out = Stated::fail;
        }
        return out != Stated::nothing;
    });
    return out;
}

/// Returns the cause that a list of results names; nothing if there is none.
std::optional<Cause> by_list(std::string_view words) {
    const Stated spf = stated(words, "spf");
    const Stated dkim = stated(words, "dkim");
    const Stated dmarc = stated(words, "dmarc");
    if (spf == Stated::nothing || (dkim == Stated::nothing && dmarc == Stated::nothing))
        return std::nullopt;
    const bool by_policy = words.find("dmarc policy") != npos || words.find("by dmarc") != npos;
    if (dmarc == Stated::fail || (dmarc == Stated::nothing && by_policy)) return Cause::dmarc;
    if (spf == Stated::fail) return Cause::spf;
    if (dkim == Stated::fail) return Cause::dkim;
    return std::nullopt;
}

/// Words that say the same as SPF does, without its name.
constexpr std::array<std::string_view, 19> refusing_client{
    "is not allowed to send mail from",
    "is not allowed to send from",
    "is not allowed to send mail for",
    "is not allowed to send email from",
    "is not allowed to send email for",
    "is not permitted to send mail from",
    "is not authorized to send mail from",
    "is not authorized to send email from",
    "is not authorized to send mail for",
    "not authorized to send from",
    "not authorised to send mail from",
    "is not a permitted sender for",
    "is not a permitted sender of",
    "not designate",
    "not authorized to send mail on behalf of",
    "not allowed to send mail on behalf of",
    "not permitted to send mail on behalf of",
    "not authorized to use domain",
    "not permitted to use domain"};
constexpr std::array<std::string_view, 6> naming_client{"ip", "host", "server", "client", "]", "."};

bool refuses_client(std::string_view words) {
    if (words.find("mismatches client ip") != npos) return true;
    for (const std::string_view phrase : refusing_client) {
        const std::size_t at = words.find(phrase);
        if (at == npos) continue;
        const std::size_t from = at > 60 ? at - 60 : 0;
        if (has_any(words.substr(from, at - from), naming_client)) return true;
    }
    return false;
}

/// Returns whether a reply begins with the name of the method, in whatever language it goes on.
bool begins_with_spf(std::string_view words) {
    std::size_t i = 0;
    while (i < words.size() && !is_word(words[i])) ++i;
    if (is_reply_code_at(words, i)) i += 4;
    if (i < words.size()) i += enhanced_code_at(words, i);
    while (i < words.size() && std::string_view(" [(").find(words[i]) != npos) ++i;
    if (i >= words.size()) return false;
    const std::string_view rest = words.substr(i);
    const bool begins = rest.starts_with("spf:") || rest.starts_with("spf]");
    return begins && !passes(rest.substr(0, end_of_sentence(rest)), "spf");
}

/// Returns whether the words are a code of NetEase's (163.com), or a link leads to the page that
/// explains a refusal by SPF.
bool links_to_reason(std::string_view words) {
    if (words.find("spf.pobox.com") != npos || words.find(" mi:spf ") != npos) return true;
    const std::size_t at = words.find("openspf.");
    return at != npos && words.substr(at, 20).find("why") != npos;
}

std::optional<Cause> of_sentence(std::string_view sentence) {
    if (fails(sentence, "dmarc") ||
        (is_named(sentence, "dmarc") &&
         (sentence.find("policy") != npos || sentence.find("due to") != npos))) {
        return Cause::dmarc;
    }
    if (fails(sentence, "spf") || fails(sentence, "sender policy framework")) return Cause::spf;
    return std::nullopt;
}

}  // namespace

std::optional<Cause> cause_by_authentication(std::string_view words) {
    // What a filter wrote into a header is no reply.
    for (const std::string_view field :
         {"authentication-results:", "received-spf:", "x-spam-", "dkim-signature:", "arc-"}) {
        words = words.substr(0, words.find(field));
    }
    // What is accepted later was not refused for good, whatever else is said.
    if (words.find("greylist") != npos || words.find("graylist") != npos) return std::nullopt;
    if (links_to_reason(words) || words.find("in 'mfrom' identity") != npos) return Cause::spf;
    const bool aligns = words.find("aligned with") != npos || words.find("not aligned") != npos;
    if (aligns && words.find("from:") != npos) return Cause::dmarc;
    if (const auto cause = by_list(words)) return cause;
    if (begins_with_spf(words)) return Cause::spf;
    if (words.find("unauthenticated e") != npos && is_named(words, "dmarc")) return Cause::dmarc;
    std::string text = without_names(words);
    std::replace(text.begin(), text.end(), ';', ' ');
    const bool scores = has_any(text, scoring) || has_any(text, block_lists);
    if (const auto cause = first_of_sentences(text, [&](std::string_view sentence) {
            const auto found = of_sentence(sentence);
            return scores && found != Cause::dmarc ? std::nullopt : found;
        })) {
        return cause;
    }
    if (scores) return std::nullopt;
    const bool either = text.find("either spf or dkim") != npos ||
                        text.find("authentication information or fails to pass") != npos;
    if (either || refuses_client(text)) return Cause::spf;
    return first_of_sentences(text, [](std::string_view sentence) -> std::optional<Cause> {
        const bool header = sentence.find("header") != npos;
        if (!header && fails(sentence, "dkim")) return Cause::dkim;
        return std::nullopt;
    });
}

std::string without_advice(std::string_view words) {
    std::string out;
    while (!words.empty()) {
        const std::size_t end = end_of_sentence(words);
        std::string_view sentence = words.substr(0, end);
        std::size_t cut = sentence.size();
        for (const std::string_view advice : advising) cut = std::min(cut, sentence.find(advice));
        out.append(sentence.substr(0, cut)).append(words.substr(end, 2));
        words.remove_prefix(std::min(words.size(), end + 2));
    }
    return out;
}

}  // namespace spfcheck
