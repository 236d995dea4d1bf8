#include "json.hpp"

#include <optional>
#include <ostream>
#include <string>

#include "spf/report/authentication_results.hpp"
#include "spf/report/received_spf.hpp"
#include "spf/report/smtp_reply.hpp"

namespace spfcheck {
namespace {

Json problem_or_null(const std::optional<spf::Problem>& problem) {
    if (!problem) return {};
    Json json;
    json["code"] = spf::to_string(problem->code);
    json["message"] = problem->message();
    json["domain"] = problem->domain;
    json["text"] = problem->text;
    json["offset"] = problem->syntax ? Json(problem->syntax->offset) : Json();
    json["length"] = problem->syntax ? Json(problem->syntax->length) : Json();
    json["rfc"] = "RFC 7208, " + std::string(problem->section());
    json["remedy"] = problem->remedy();
    return json;
}

Json reply_or_null(const spf::Outcome& outcome) {
    const std::optional<spf::SmtpReply> reply = spf::smtp_reply(outcome);
    if (!reply) return {};
    Json json;
    json["code"] = reply->code;
    json["enhanced"] = reply->enhanced;
    json["text"] = reply->text();
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

}  // namespace

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json to_json(const spf::Outcome& outcome, bool with_trace) {
    Json json;
    json["result"] = spf::to_string(outcome.result);
    json["ip"] = outcome.ip.to_string();
    json["sender"] = outcome.sender;
    json["helo"] = outcome.helo;
    json["identity"] = spf::to_string(outcome.identity);
    json["domain"] = outcome.domain;
    json["mechanism"] = text_or_null(outcome.mechanism);
    json["mechanism_domain"] = text_or_null(outcome.mechanism_domain);
    json["explanation"] = text_or_null(outcome.explanation);
    json["dns_lookups"] = outcome.dns_lookups;
    json["void_lookups"] = outcome.void_lookups;
    json["ttl"] = outcome.ttl.count();
    json["problem"] = problem_or_null(outcome.problem);
    json["received_spf"] = spf::received_spf(outcome, spf::Folding::unfolded);
    json["authentication_results"] = spf::authentication_results(outcome, spf::Folding::unfolded);
    json["smtp_reply"] = reply_or_null(outcome);
    if (with_trace) {
        json["trace"] = Json::array();
        for (const spf::Step& each : outcome.trace) json["trace"].push_back(step(each));
    }
    return json;
}

void write(std::ostream& out, const Json& json) {
    out << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace spfcheck
