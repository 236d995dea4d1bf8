// Outcomes for tests of reports, and strings that are difficult to write into reports.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "spf/evaluation/outcome.hpp"
#include "spf/record/parse.hpp"

namespace report_test {

inline spf::Problem problem_of(spf::Problem::Code code, std::string domain = "example.com") {
    spf::Problem problem;
    problem.code = code;
    problem.domain = std::move(domain);
    return problem;
}

/// Returns a typical problem for a result, or nothing if the result has none.
inline std::optional<spf::Problem> usual_problem(spf::Result result) {
    if (result == spf::Result::none) return problem_of(spf::Problem::Code::no_record);
    if (result == spf::Result::temperror) {
        spf::Problem problem = problem_of(spf::Problem::Code::dns_failure);
        problem.type = spf::dns::RecordType::txt;
        problem.status = spf::dns::Status::timeout;
        return problem;
    }
    if (result == spf::Result::permerror) {
        spf::Problem problem = problem_of(spf::Problem::Code::syntax_error);
        problem.text = "v=spf1 mx ip4:192.0.2.0/33 -all";
        problem.syntax = spf::parse_record(problem.text).error();
        return problem;
    }
    return std::nullopt;
}

/// Returns a typical directive that leads to a result, or an empty text if no directive does.
inline std::string usual_mechanism(spf::Result result) {
    switch (result) {
        case spf::Result::pass: return "ip4:192.0.2.0/28";
        case spf::Result::fail: return "-all";
        case spf::Result::softfail: return "~all";
        case spf::Result::neutral:  // the default result (4.7), without a directive
        case spf::Result::none:
        case spf::Result::temperror:
        case spf::Result::permerror: break;
    }
    return {};
}

/// Returns a possible outcome of a check of alice@example.com from 192.0.2.10.
inline spf::Outcome outcome_of(spf::Result result) {
    spf::Outcome outcome;
    outcome.result = result;
    outcome.ip = *spf::IpAddress::parse("192.0.2.10");
    outcome.domain = "example.com";
    outcome.sender = "alice@example.com";
    outcome.helo = "mx.example.com";
    outcome.receiver = "mx.example.org";
    outcome.mechanism = usual_mechanism(result);
    if (!outcome.mechanism.empty() || result == spf::Result::neutral)
        outcome.mechanism_domain = "example.com";
    outcome.problem = usual_problem(result);
    return outcome;
}

/// Returns the step of a trace with which a check_host() begins.
inline spf::Step check_step(unsigned depth, std::string domain, std::string text,
                            spf::Result result) {
    spf::Step step;
    step.kind = spf::Step::Kind::check_host;
    step.depth = depth;
    step.domain = std::move(domain);
    step.text = std::move(text);
    step.result = result;
    return step;
}

inline const std::vector<spf::Result>& all_results() {
    static const std::vector<spf::Result> results{
        spf::Result::none,     spf::Result::neutral,   spf::Result::pass,     spf::Result::fail,
        spf::Result::softfail, spf::Result::temperror, spf::Result::permerror};
    return results;
}

inline const std::vector<std::string>& hostile_strings() {
    static const std::vector<std::string> strings{
        "",
        " ",
        ".",
        "a b",
        "x\r\nX-Injected: yes",
        "x\nX-Injected: yes",
        "x\r\n\r\nbody",
        std::string("nul\0nul", 7),
        "(((((((((",
        ")))))))))",
        "((a)\\",
        "\\",
        "\"",
        "\"\"\"\\\"",
        "ends in backslash\\",
        "a; spf=pass smtp.mailfrom=evil.example",
        "; receiver=evil.example;",
        "b\xc3\xbc"
        "cher@b\xc3\xbc"
        "cher.example",
        "\xff\xfe\x80\x1b[31m\x7f",
        "tab\there",
        "..a..b..",
        "550 5.7.23 mine\r\n250 OK",
        std::string(10'000, 'a'),
        std::string(10'000, '"'),
        std::string(10'000, '\\'),
        std::string(10'000, '('),
        std::string(10'000, ' '),
        std::string(10'000, '\xff'),
        std::string(300, ' ') + "x",
    };
    return strings;
}

/// Returns an outcome in which every text is `text`.
inline spf::Outcome hostile_outcome(spf::Result result, const std::string& text) {
    spf::Outcome outcome = outcome_of(result);
    for (std::string* field :
         {&outcome.domain, &outcome.sender, &outcome.helo, &outcome.receiver, &outcome.mechanism,
          &outcome.mechanism_domain, &outcome.explanation, &outcome.explanation_domain}) {
        *field = text;
    }
    if (outcome.problem) {
        outcome.problem->domain = text;
        outcome.problem->text = text;
        if (outcome.problem->syntax) outcome.problem->syntax->offset = text.size();
    }
    return outcome;
}

/// Returns whether each octet is printable US-ASCII.
inline bool is_printable(const std::string& text) {
    for (const char c : text) {
        if (c < ' ' || c > '~') return false;
    }
    return true;
}

}  // namespace report_test
