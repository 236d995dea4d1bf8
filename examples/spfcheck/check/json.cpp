#include "check/json.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <type_traits>

#include "spf/report/authentication_results.hpp"
#include "spf/report/received_spf.hpp"
#include "spf/report/smtp_reply.hpp"

namespace spfcheck {
namespace {

/// Returns the strictest action that a receiver may take for a result (RFC 7208, 8.4, 8.6, 8.7);
/// nothing for results other than fail, permerror and temperror.
std::optional<spf::receiver::Action> strictest_action(spf::Result result) noexcept {
    switch (result) {
        case spf::Result::fail:
        case spf::Result::permerror: return spf::receiver::Action::reject;
        case spf::Result::temperror: return spf::receiver::Action::defer;
        case spf::Result::none:
        case spf::Result::neutral:
        case spf::Result::pass:
        case spf::Result::softfail: break;
    }
    return std::nullopt;
}

Json reply_or_null(const spf::Outcome& outcome) {
    const auto action = strictest_action(outcome.result);
    if (!action) return {};
    const spf::report::SmtpReply reply = spf::report::smtp_reply(outcome, *action);
    Json json;
    json["code"] = reply.code;
    json["enhanced"] = reply.enhanced;
    json["text"] = reply.text();
    return json;
}

std::string_view kind(spf::Step::Kind kind) {
    switch (kind) {
        case spf::Step::Kind::check_host: return "check_host";
        case spf::Step::Kind::directive: return "directive";
        case spf::Step::Kind::redirect: return "redirect";
        case spf::Step::Kind::lookup: return "lookup";
        case spf::Step::Kind::explanation: break;
    }
    return "explanation";
}

std::string_view match(spf::Step::Match match) {
    switch (match) {
        case spf::Step::Match::no_match: return "no_match";
        case spf::Step::Match::match: return "match";
        case spf::Step::Match::exception: break;
    }
    return "exception";
}

Json step(const spf::Step& step) {
    Json json;
    json["kind"] = kind(step.kind);
    json["depth"] = step.depth;
    json["domain"] = step.domain;
    json["text"] = step.text;
    if (step.kind == spf::Step::Kind::check_host) json["result"] = spf::to_string(step.result);
    if (step.kind == spf::Step::Kind::directive) json["match"] = match(step.match);
    if (step.kind == spf::Step::Kind::lookup) {
        json["type"] = spf::dns::to_string(step.type);
        json["status"] = spf::dns::to_string(step.status);
    }
    return json;
}

/// A text that is written as a JSON string, or as null if it is empty.
struct TextOrNull {
    std::string_view text;
};

/// Adds the members of an outcome, each with its key, to a JSON object.
struct TreeSink {
    Json& json;

    template <class Value>
    void operator()(const char* key, const Value& value) const {
        if constexpr (std::is_same_v<Value, TextOrNull>) {
            json[key] = text_or_null(value.text);
        } else {
            json[key] = value;
        }
    }
};

/// Appends the members of an outcome as JSON text, with a comma before each except the first.
struct TextSink {
    std::string& out;
    bool first = true;

    template <class Value>
    void operator()(std::string_view key, const Value& value) {
        if (!first) out += ',';
        first = false;
        out.append("\"").append(key).append("\":");
        if constexpr (std::is_integral_v<Value>) {
            std::array<char, 24> digits;  // NOLINT(*-member-init): filled by to_chars()
            const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
            out.append(digits.data(), end.ptr);
        } else if constexpr (std::is_same_v<Value, Json>) {
            out += value.is_null() ? "null" : dump(value);
        } else if constexpr (std::is_same_v<Value, TextOrNull>) {
            if (value.text.empty()) {
                out += "null";
            } else {
                append_json_string(out, value.text);
            }
        } else {
            append_json_string(out, value);
        }
    }
};

/// Passes the key and the value of each member that an outcome has in JSON to `add`, in the order
/// of the output.
template <class Sink>
void describe(const spf::Outcome& outcome, Sink add) {
    add("result", spf::to_string(outcome.result));
    add("ip", outcome.ip.to_string());
    add("sender", outcome.sender);
    add("helo", outcome.helo);
    add("identity", spf::to_string(outcome.identity));
    add("domain", outcome.domain);
    const bool is_default = outcome.decided_by() == spf::Outcome::DecidedBy::default_result;
    add("mechanism", TextOrNull{is_default ? "default" : outcome.mechanism});
    add("mechanism_domain", TextOrNull{outcome.mechanism_domain});
    add("explanation", TextOrNull{outcome.explanation});
    add("dns_lookups", outcome.dns_lookups);
    add("void_lookups", outcome.void_lookups);
    add("ttl", outcome.ttl.count());
    add("problem", problem_or_null(outcome.problem));
    add("received_spf",
        spf::report::received_spf(outcome.receiver, outcome, spf::report::Folding::unfolded));
    add("authentication_results",
        spf::report::authentication_results(outcome.receiver.empty() ? "unknown" : outcome.receiver,
                                            outcome, spf::report::Folding::unfolded));
    add("smtp_reply", reply_or_null(outcome));
}

}  // namespace

Json to_json(const spf::Outcome& outcome, bool with_trace) {
    Json json;
    describe(outcome, TreeSink{json});
    if (with_trace) {
        json["trace"] = Json::array();
        for (const spf::Step& each : outcome.trace) json["trace"].push_back(step(each));
    }
    return json;
}

void append_members(std::string& out, const spf::Outcome& outcome) {
    describe(outcome, TextSink{out});
}

}  // namespace spfcheck
