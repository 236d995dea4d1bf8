// The modifiers: RFC 7208 sections 6.1 (redirect) and 6.2 (exp).

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

#include "base/ascii.hpp"
#include "evaluation/check.hpp"
#include "spf/dns/name.hpp"

namespace spf {

// Section 6.1: the modifier redirect=

/// Follows the modifier redirect=, because no directive has matched.
Progress Check::begin_redirect() {
    Frame& frame = *innermost_;
    const MacroString& spec = frame.record->redirect()->domain;
    std::string_view text = spec.text();
    for (const Modifier& modifier : frame.record->modifiers) {
        if (std::holds_alternative<Redirect>(modifier.kind)) text = modifier.text;
    }
    frame.term_step =
        recorder_.begin_step(Step::Kind::redirect, frame.depth + 1, frame.domain, text);
    if (!accounts_.begin_term(text)) return stop_at_lookups();
    recorder_.note_dependence(spec, accounts_, frame.domain);
    if (!can_expand(spec)) return refuse_redirect(spec.text());
    return needs_names(spec) ? find_names_for_macro(&Check::enter_redirect) : enter_redirect();
}

/// Calls check_host() for the target-name of the redirect. All values for its macros are known now.
Progress Check::enter_redirect() {
    const Frame& frame = *innermost_;
    const std::string_view target = target_of(&frame.record->redirect()->domain);
    recorder_.set_domain(frame.term_step, target);
    const Role role = decides(frame.role) ? Role::redirect : Role::redirect_in_include;
    return enter_target(target, role) ? Progress::asked() : refuse_redirect(target);
}

/// Ends the check_host() with permerror, because the target-name of the redirect is not a domain
/// that check_host() accepts (6.1).
Progress Check::refuse_redirect(std::string_view target) {
    return Progress::ended(missing_record(Problem::Code::malformed_domain, target, Role::redirect));
}

// Section 6.2: the modifier exp=
//
// The result of the check is already fail. If anything goes wrong from here on, the result is still
// fail, but the outcome has no explanation.

Progress Check::begin_explanation() {
    is_explaining_ = true;
    accounts_.stop_counting();
    Frame& frame = *innermost_;
    const MacroString& spec = frame.record->explanation()->domain;
    frame.term_step =
        recorder_.begin_step(Step::Kind::explanation, frame.depth + 1, frame.domain, spec.text());
    if (!can_expand(spec)) return Progress::ended(Result::fail);
    return needs_names(spec) ? find_names(&Check::ask_explanation) : ask_explanation();
}

/// Asks DNS for the explanation. All values for the macros in its target-name are known now.
Progress Check::ask_explanation() {
    const Frame& frame = *innermost_;
    const std::string_view target = target_of(&frame.record->explanation()->domain);
    recorder_.set_domain(frame.term_step, target);
    if (!is_askable(target)) return Progress::ended(Result::fail);
    return ask(target, dns::RecordType::txt, &Check::explanation_answered);
}

/// Reads the explanation from the answer. If the answer has several texts, or if its text is not an
/// explain-string, the outcome has no explanation.
Progress Check::explanation_answered(dns::AnswerPtr& answer) {
    if (answer->texts.size() != 1) return Progress::ended(Result::fail);
    const auto text = MacroString::parse_explain_string(answer->texts.front());
    if (!text) return Progress::ended(Result::fail);
    held_ = std::move(answer);
    return needs_names(*text) ? find_names(&Check::write_explanation) : write_explanation();
}

/// Expands the explain-string in held_, and stores the result as the explanation.
Progress Check::write_explanation() {
    const auto text = MacroString::parse_explain_string(held_->texts.front());
    if (text->uses('t') && !time_)
        time_ = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    expand_text(*text, macro_values(), options_.limits.explanation_length, made_name_);
    // 6.2: The explanation "MUST be limited to US-ASCII". A macro may have inserted a local-part
    // that contains any octets, even line ends. Therefore the expanded text is tested.
    if (std::all_of(made_name_.begin(), made_name_.end(), ascii::is_printable)) {
        outcome_.explanation = made_name_;
        outcome_.explanation_domain = innermost_->domain;
    }
    return Progress::ended(Result::fail);
}

}  // namespace spf
