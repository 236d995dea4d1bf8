#include "refusal/authentication.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "refusal/words.hpp"

namespace spfcheck {
namespace {

constexpr auto npos = std::string_view::npos;

template <std::size_t Count>
bool has_any(std::string_view text, const std::array<std::string_view, Count>& words) noexcept {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != npos; });
}

/// Words for a check that failed.
constexpr std::array<std::string_view, 49> failing{"fail",
                                                   "not pass",
                                                   "reject",
                                                   "denied",
                                                   "deny",
                                                   "not allow",
                                                   "not authori",
                                                   "unauthori",
                                                   "not permit",
                                                   "violat",
                                                   "mismatch",
                                                   "prohibit",
                                                   "forbid",
                                                   "invalid",
                                                   "not match",
                                                   "refus",
                                                   "not listed",
                                                   "not designate",
                                                   "bad spf",
                                                   "suspicious",
                                                   "permerror",
                                                   "blocked",
                                                   "illegal",
                                                   "incorrect",
                                                   "not contain",
                                                   "not include",
                                                   "not conform",
                                                   "not comply",
                                                   "no spf",
                                                   "missing",
                                                   "without spf",
                                                   "without valid",
                                                   "lack",
                                                   "not found",
                                                   "not have an spf",
                                                   "not have a valid",
                                                   "not verif",
                                                   "not validat",
                                                   "not accept",
                                                   "not have spf",
                                                   "n'est pas",
                                                   "refuse",
                                                   "abgelehnt",
                                                   "nicht berechtigt",
                                                   "non autorizzat",
                                                   "no autorizad",
                                                   "n\xc3\xa3o autorizad",
                                                   "\xe4\xb8\x8d\xe9\x80\x9a\xe8\xbf\x87",
                                                   "spf error"};

/// Words that begin advice, a supposition or a condition.
constexpr std::array<std::string_view, 24> advising{
    "if ",        "please",  "make sure", "be sure",     "ensure",     "should ",
    "set up",     "setup ",  "recommend", "may be",      "might",      "could be",
    "possibl",    "such as", "e.g.",      "for example", "check your", "verify that",
    "check that", "learn",   "how to",    "consider",    "advise",     "unless "};

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

/// Returns the text without links, which say nothing.
std::string without_links(std::string_view words) {
    std::string out;
    for (std::size_t i = 0; i < words.size();) {
        const std::string_view rest = words.substr(i);
        const bool link =
            rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.");
        if (!link) {
            out += words[i++];
            continue;
        }
        while (i < words.size() && words[i] != ' ') ++i;
    }
    return out;
}

/// Calls a function with each sentence of a text, until it returns a cause.
template <class Function>
std::optional<Cause> first_of_sentences(std::string_view text, Function function) {
    while (!text.empty()) {
        std::size_t end = 0;
        while (end < text.size()) {
            const bool stop = std::string_view(".!?*").find(text[end]) != npos;
            if (stop && (end + 1 == text.size() || text[end + 1] == ' ')) break;
            ++end;
        }
        if (const auto cause = function(text.substr(0, end))) return cause;
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return std::nullopt;
}

/// Returns the places of a word, at most ten.
template <class Function>
bool any_place(std::string_view text, std::string_view word, Function function) {
    std::size_t at = text.find(word);
    for (int i = 0; i < 10 && at != npos; ++i, at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool begins = at == 0 || (!is_word(text[at - 1]) && text[at - 1] != '_');
        const bool ends = end == text.size() || (!is_word(text[end]) && text[end] != '_');
        if (begins && ends && function(at)) return true;
    }
    return false;
}

/// Returns whether a sentence names a method, and neither as advice nor as one that passed.
bool is_named(std::string_view sentence, std::string_view method) {
    return any_place(sentence, method, [&](std::size_t at) {
        const std::string_view before = sentence.substr(0, at);
        return !has_any(before, advising);
    });
}

bool passes(std::string_view sentence, std::string_view method) {
    for (const std::string_view joint : {" pass", "=pass", ": pass", "= pass", " = pass"}) {
        const std::string phrase = std::string(method).append(joint);
        if (sentence.find(phrase) != npos) return true;
    }
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
    if (dmarc == Stated::fail) return Cause::dmarc;
    if (spf == Stated::fail) return Cause::spf;
    if (dkim == Stated::fail) return Cause::dkim;
    return std::nullopt;
}

/// Words that say the same as SPF does, without its name.
constexpr std::array<std::string_view, 12> refusing_client{
    "is not allowed to send mail from",    "is not allowed to send from",
    "is not allowed to send mail for",     "is not allowed to send email from",
    "is not allowed to send email for",    "is not permitted to send mail from",
    "is not authorized to send mail from", "is not authorized to send email from",
    "is not authorized to send mail for",  "not authorized to send from",
    "not authorised to send mail from",    "is not a permitted sender for"};
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

/// Returns whether a link leads to the page that explains a refusal by SPF.
bool links_to_reason(std::string_view words) {
    if (words.find("spf.pobox.com") != npos) return true;
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
    if (links_to_reason(words)) return Cause::spf;
    if (const auto cause = by_list(words)) return cause;
    std::string text = without_links(words);
    std::replace(text.begin(), text.end(), ';', ' ');
    const bool scores = has_any(text, scoring);
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

}  // namespace spfcheck
