// Outcomes as JSON: the object that `spfcheck check --json` prints for one outcome. The program has
// a JSON library and this target has not, so both write the keys; a test compares the texts.
//
// The writer needs few rules: all keys are literals without escapes, and values are numbers,
// strings, null, and the objects and arrays below.

#include "c/json.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/ascii.hpp"
#include "spf/receiver/action.hpp"
#include "spf/report/authentication_results.hpp"
#include "spf/report/received_spf.hpp"
#include "spf/report/smtp_reply.hpp"

namespace spf::c_api {
namespace {

constexpr char32_t replacement = 0xfffd;

/// A character at the beginning of a text, or what is there in place of one.
struct Character {
    char32_t value = replacement;
    std::size_t octets = 1;  ///< the number of octets that it has
};

/// Returns the first character of a text that is not empty. The second octet of a character has a
/// range that depends on the first (Unicode 15, table 3-7), so that surrogates, values above
/// U+10FFFF and forms that are longer than necessary are not UTF-8.
Character first_character(std::string_view text) noexcept {
    const auto octet = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = octet(0);
    if (lead < 0x80) return {lead, 1};
    if (lead < 0xc2 || lead > 0xf4) return {};
    const std::size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    unsigned least = lead == 0xe0 ? 0xa0U : lead == 0xf0 ? 0x90U : 0x80U;
    unsigned most = lead == 0xed ? 0x9fU : lead == 0xf4 ? 0x8fU : 0xbfU;
    char32_t value = lead & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (i == text.size() || octet(i) < least || octet(i) > most) return {replacement, i};
        value = value << 6U | (octet(i) & 0x3fU);
        least = 0x80;
        most = 0xbf;
    }
    return {value, length};
}

void append_code_unit(std::string& out, char32_t unit) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U}) out += digits[unit >> shift & 0xfU];
}

void append_escaped(std::string& out, char32_t character) {
    switch (character) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\b': out += "\\b"; return;
        case '\f': out += "\\f"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default: break;
    }
    if (character > 0xffff) {  // RFC 8259, 7: a surrogate pair
        append_code_unit(out, 0xd7c0U + (character >> 10U));
        append_code_unit(out, 0xdc00U + (character & 0x3ffU));
        return;
    }
    append_code_unit(out, character);
}

/// Writes a JSON object into a text: each add() writes one member.
class Object {
public:
    explicit Object(std::string& out) : out_(out) { out_ += '{'; }
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;

    void add(std::string_view key, std::string_view text) {
        begin(key);
        append_string(out_, text);
    }
    void add(std::string_view key, std::int64_t number) {
        begin(key);
        out_ += std::to_string(number);
    }
    void add_text_or_null(std::string_view key, std::string_view text) {
        if (text.empty()) return add_null(key);
        add(key, text);
    }
    void add_null(std::string_view key) {
        begin(key);
        out_ += "null";
    }
    /// Writes the key of a member whose value the caller appends.
    void begin(std::string_view key) {
        if (out_.back() != '{') out_ += ',';
        out_.append("\"").append(key).append("\":");
    }
    void end() { out_ += '}'; }

private:
    std::string& out_;
};

/// Appends a problem, or null if there is none.
void append(std::string& out, const std::optional<Problem>& problem) {
    if (!problem) {
        out += "null";
        return;
    }
    Object json{out};
    json.add("code", to_string(problem->code));
    json.add("message", problem->message());
    json.add("domain", problem->domain);
    json.add("text", problem->text);
    if (problem->syntax) {
        json.add("offset", static_cast<std::int64_t>(problem->syntax->offset));
        json.add("length", static_cast<std::int64_t>(problem->syntax->length));
    } else {
        json.add_null("offset");
        json.add_null("length");
    }
    json.add("rfc", "RFC 7208, " + std::string(problem->section()));
    json.add("remedy", problem->remedy());
    json.add_text_or_null("loop", problem->loop);
    json.end();
}

/// Returns the strictest action that a receiver may take for a result (8.4, 8.6, 8.7); nothing for
/// results other than fail, permerror and temperror.
std::optional<receiver::Action> strictest_action(Result result) noexcept {
    switch (result) {
        case Result::fail:
        case Result::permerror: return receiver::Action::reject;
        case Result::temperror: return receiver::Action::defer;
        case Result::none:
        case Result::neutral:
        case Result::pass:
        case Result::softfail: break;
    }
    return std::nullopt;
}

void append_reply(std::string& out, const Outcome& outcome) {
    const auto action = strictest_action(outcome.result);
    if (!action) {
        out += "null";
        return;
    }
    const report::SmtpReply reply = report::smtp_reply(outcome, *action);
    Object json{out};
    json.add("code", reply.code);
    json.add("enhanced", reply.enhanced);
    json.add("text", reply.text());
    json.end();
}

std::string_view name_of(Step::Kind kind) noexcept {
    switch (kind) {
        case Step::Kind::check_host: return "check_host";
        case Step::Kind::directive: return "directive";
        case Step::Kind::redirect: return "redirect";
        case Step::Kind::lookup: return "lookup";
        case Step::Kind::explanation: break;
    }
    return "explanation";
}

std::string_view name_of(Step::Match match) noexcept {
    switch (match) {
        case Step::Match::no_match: return "no_match";
        case Step::Match::match: return "match";
        case Step::Match::exception: break;
    }
    return "exception";
}

void append(std::string& out, const Step& step) {
    Object json{out};
    json.add("kind", name_of(step.kind));
    json.add("depth", step.depth);
    json.add("domain", step.domain);
    json.add("text", step.text);
    if (step.kind == Step::Kind::check_host) json.add("result", to_string(step.result));
    if (step.kind == Step::Kind::directive) json.add("match", name_of(step.match));
    if (step.kind == Step::Kind::lookup) {
        json.add("type", to_string(step.type));
        json.add("status", to_string(step.status));
    }
    json.end();
}

void append(std::string& out, const Trace& trace) {
    out += '[';
    for (const Step& step : trace) {
        if (&step != &trace.front()) out += ',';
        append(out, step);
    }
    out += ']';
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const Character character = first_character(text);
        text.remove_prefix(character.octets);
        const bool is_plain = character.value >= ' ' && character.value <= '~' &&
                              character.value != '"' && character.value != '\\';
        if (is_plain) {
            out += static_cast<char>(character.value);
        } else {
            append_escaped(out, character.value);
        }
    }
    out += '"';
}

std::string to_json(const Outcome& outcome, bool with_trace) {
    std::string out;
    Object json{out};
    json.add("result", to_string(outcome.result));
    json.add("ip", outcome.ip.to_string());
    json.add("sender", outcome.sender);
    json.add("helo", outcome.helo);
    json.add("identity", to_string(outcome.identity));
    json.add("domain", outcome.domain);
    const bool is_default = outcome.decided_by() == Outcome::DecidedBy::default_result;
    json.add_text_or_null("mechanism", is_default ? "default" : outcome.mechanism);
    json.add_text_or_null("mechanism_domain", outcome.mechanism_domain);
    json.add_text_or_null("explanation", outcome.explanation);
    json.add("dns_lookups", outcome.dns_lookups);
    json.add("void_lookups", outcome.void_lookups);
    json.add("ttl", outcome.ttl.count());
    json.begin("problem");
    append(out, outcome.problem);
    json.add("received_spf",
             report::received_spf(outcome.receiver, outcome, report::Folding::unfolded));
    json.add("authentication_results",
             report::authentication_results(outcome.receiver.empty() ? "unknown" : outcome.receiver,
                                            outcome, report::Folding::unfolded));
    json.begin("smtp_reply");
    append_reply(out, outcome);
    if (with_trace) {
        json.begin("trace");
        append(out, outcome.trace);
    }
    json.end();
    return out;
}

}  // namespace spf::c_api
