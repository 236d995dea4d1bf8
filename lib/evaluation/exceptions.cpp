// Everything that ends a check early, and the problem that is reported for it: RFC 7208 sections
// 2.6 (results), 4.3 to 4.6 (no usable record) and 4.6.4 (limits).

#include <algorithm>
#include <utility>
#include <variant>

#include "base/ascii.hpp"
#include "evaluation/check.hpp"

namespace spf {
namespace {

Problem problem_of(Problem::Code code, std::string_view domain, std::string_view text = {}) {
    Problem problem;
    problem.code = code;
    problem.domain = domain;
    problem.text = text;
    return problem;
}

}  // namespace

/// Returns a problem with the given code and domain, and with the text of the current term.
Problem Check::problem_at_term(Problem::Code code, std::string_view domain) const {
    return problem_of(code, domain, accounts_.term());
}

/// Returns a problem with the given code and status. It also contains the name and type of the
/// latest lookup, and the text of the current term.
Problem Check::problem_of_lookup(Problem::Code code, dns::Status status) const {
    Problem problem = problem_at_term(code, pending_.name);
    problem.type = pending_.type;
    problem.status = status;
    return problem;
}

// Sections 2.6.6 and 2.6.7: the results temperror and permerror

/// Ends the innermost check_host() with an error. If one of its directives is being evaluated, the
/// trace shows the error at this directive.
Progress Check::exception(Result result) noexcept {
    const Frame& frame = *innermost_;
    const bool is_at_directive = frame.record != nullptr && !frame.at_end();
    if (is_at_directive) recorder_.finish_step(frame.term_step, Step::Match::exception);
    return Progress::ended(result);
}

Progress Check::stop(Result result, Problem problem) {
    outcome_.problem = std::move(problem);
    return exception(result);
}

/// Handles a lookup that found no records. A failed lookup ends the check (4.4, 5), unless the
/// failure occurs during the search for validated names (5.5). A void lookup ends the check if
/// there have been more void lookups than the limit allows (4.6.4). A lookup for the explanation
/// never ends the check. If the evaluation continues, returns nothing.
std::optional<Progress> Check::stop_at_failure(const dns::Answer& answer, dns::Status status) {
    if (is_explaining_) return std::nullopt;  // the result is already fail
    if (!dns::is_failure(status)) {
        if (accounts_.count_void_lookup()) return std::nullopt;
        return stop(Result::permerror,
                    problem_of_lookup(Problem::Code::too_many_void_lookups, status));
    }
    Problem problem = problem_of_lookup(Problem::Code::dns_failure, status);
    if (status == dns::Status::not_in_zone) {
        // The zone data does not cover this name, so no name server was asked. The answer does not
        // prove that the records are missing. Therefore the check ends, even during the search for
        // validated names. Other failures are ignored during that search.
        problem.code = Problem::Code::not_in_zone;
        if (!answer.texts.empty()) problem.source = answer.texts[0];
        if (answer.texts.size() > 1) problem.domain = answer.texts[1];
    } else if (status == dns::Status::error && !answer.texts.empty()) {
        problem.source = answer.texts[0];  // why there is no answer
    }
    if (status != dns::Status::not_in_zone && names_.are_searched_for()) {
        return std::nullopt;  // 5.5: the name is skipped, or the client has no validated names
    }
    return stop(Result::temperror, std::move(problem));
}

/// Ends the check because the current term exceeds the limit of terms that cause DNS lookups
/// (4.6.4).
Progress Check::stop_at_lookups() {
    Problem problem = problem_at_term(Problem::Code::too_many_dns_lookups, innermost_->domain);
    problem.loop = loop();
    return stop(Result::permerror, std::move(problem));
}

/// Searches for a loop of includes or redirects. Returns a domain whose check_host() is nested in
/// an earlier check_host() of the same domain; an empty text if there is no such domain.
std::string_view Check::loop() const noexcept {
    for (const Frame* inner = innermost_; inner != nullptr; inner = inner->outer) {
        for (const Frame* outer = inner->outer; outer != nullptr; outer = outer->outer) {
            if (ascii::equal_ignoring_case(inner->domain, outer->domain)) return inner->domain;
        }
    }
    return {};
}

/// Ends the check because its deadline has passed (4.6.4). The result is temperror. If only the
/// explanation is missing, the result is still fail (6.2).
void Check::expire() {
    if (done_) return;
    if (is_explaining_) return finish(Result::fail);
    outcome_.problem = problem_of_lookup(Problem::Code::deadline, dns::Status{});
    accounts_.clear_ttl();
    finish(Result::temperror);
}

void Check::abandon() noexcept {
    outcome_.problem.reset();
    accounts_.clear_ttl();
    finish(Result::temperror);
}

// Sections 4.3 to 4.6: a domain without a usable record

/// Ends the innermost check_host(), because its domain has no record or several records (4.5), or
/// because its record has a syntax error (4.6).
Progress Check::unusable_record(const SelectedRecord& selected) {
    const Frame& frame = *innermost_;
    if (const auto* broken = std::get_if<BrokenRecord>(&selected)) {
        outcome_.problem = problem_of(Problem::Code::syntax_error, frame.domain, broken->text);
        outcome_.problem->syntax = broken->error;
        return Progress::ended(Result::permerror);
    }
    if (std::holds_alternative<SeveralRecords>(selected)) {
        outcome_.problem = problem_of(Problem::Code::several_records, frame.domain);
        return Progress::ended(Result::permerror);
    }
    const bool exists = frame.answer->status != dns::Status::nxdomain;
    const Result result =
        missing_record(exists ? Problem::Code::no_record : Problem::Code::no_such_domain,
                       frame.domain, frame.role);
    if (frame.role == Role::outermost) {
        // A text that is almost an SPF record is reported, because the domain owner may have meant
        // it as the record.
        const std::vector<std::string>& texts = frame.answer->texts;
        const auto found = std::find_if(texts.begin(), texts.end(), is_almost_record);
        if (found != texts.end()) outcome_.problem->text = *found;
    }
    return Progress::ended(result);
}

/// Sets the problem for a domain without a usable record, and returns the result. The result is
/// none for the outermost check_host() (4.3, 4.5), and permerror after a redirect (6.1). For an
/// include, it is also none, which include_result() converts to permerror (5.2).
/// \param code  the code of the problem for the outermost check_host(); not used for an include or
/// a redirect, which have codes of their own
Result Check::missing_record(Problem::Code code, std::string_view domain, Role role) {
    switch (role) {
        case Role::outermost: outcome_.problem = problem_of(code, domain); break;
        case Role::include:
            outcome_.problem = problem_at_term(Problem::Code::include_without_record, domain);
            break;
        case Role::redirect:
        case Role::redirect_in_include:
            outcome_.problem = problem_at_term(Problem::Code::redirect_without_record, domain);
            return Result::permerror;
    }
    return Result::none;
}

}  // namespace spf
