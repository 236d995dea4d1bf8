// One check: the outermost check_host() and all check_host() calls nested in it. The check stops
// whenever it has a question for DNS, and continues when it gets the answer.
//
//   section            rule                                    where
//   2.6, 4.6.4         what ends a check early, and why        exceptions.cpp
//   4.1, 4.3           arguments                               arguments.hpp
//   4.4 to 4.7         record, order of terms, default result  check_host.cpp
//   4.6.4              limits and their counters               accounts.hpp
//   4.8, 7             target-names and macros                 macros.cpp
//   5.1, 5.6           all, ip4, ip6                           immediate.hpp
//   5.2                include                                 check_host.cpp
//   5.3 to 5.5, 5.7    a, mx, ptr, exists                      mechanisms.cpp
//   5.5, 7.3           validated names                         names.hpp
//   6                  redirect= and exp=                      modifiers.cpp
//
// The check stores each question together with the member function that will receive the answer. A
// waiting check needs nothing else to continue, so it needs no stack. Each member function that
// receives an answer returns a Progress, which tells the loop in Check::answer() how to continue.
// No function is recursive: nested check_host() calls are Frame objects in the Arena.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/accounts.hpp"
#include "evaluation/arena.hpp"
#include "evaluation/frame.hpp"
#include "evaluation/hints.hpp"
#include "evaluation/names.hpp"
#include "evaluation/recorder.hpp"
#include "evaluation/survey.hpp"
#include "record/expand.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/record/macro.hpp"
#include "spf/record/record.hpp"

namespace spf {

/// What a member function returns to tell the loop in Check::answer() how to continue. The size of
/// a Progress is one octet, so it is passed in a register.
class Progress {
public:
    /// The evaluation waits for the answer to the pending question.
    static constexpr Progress asked() noexcept { return Progress{0}; }
    /// The evaluation continues with the current directive of the innermost frame.
    static constexpr Progress to_directive() noexcept { return Progress{1}; }
    /// The current directive does not match (4.6.2).
    static constexpr Progress no_match() noexcept { return Progress{2}; }
    /// The current directive matches (4.6.2).
    static constexpr Progress match() noexcept { return Progress{3}; }
    static constexpr Progress match_if(bool matches) noexcept {
        return matches ? match() : no_match();
    }
    /// The innermost check_host() ends with this result.
    static constexpr Progress ended(Result result) noexcept {
        return Progress{static_cast<std::uint8_t>(first_result + static_cast<unsigned>(result))};
    }

    [[nodiscard]] constexpr bool has_ended() const noexcept { return value_ >= first_result; }
    /// Returns the result of the check_host() that has ended. Call this function only if
    /// has_ended() is true.
    [[nodiscard]] constexpr Result result() const noexcept {
        return static_cast<Result>(value_ - first_result);
    }
    friend constexpr bool operator==(Progress, Progress) noexcept = default;

private:
    static constexpr std::uint8_t first_result = 4;
    explicit constexpr Progress(std::uint8_t value) noexcept : value_(value) {}
    std::uint8_t value_;
};

/// The implementation of Evaluation; evaluation.hpp documents what the public members do.
class Check {
public:
    Check() = default;
    ~Check() { unwind(); }
    Check(const Check&) = delete;
    Check& operator=(const Check&) = delete;

    void reset(const Request& request, const Options& options);
    void answer(dns::AnswerPtr&& answer);
    void expire();
    /// Ends the check after an exception. The only possible exception is std::bad_alloc.
    void abandon() noexcept;
    [[nodiscard]] bool done() const noexcept { return done_; }
    [[nodiscard]] const dns::Question& pending() const noexcept { return pending_; }
    [[nodiscard]] const Hints& hints() const noexcept { return hints_; }
    [[nodiscard]] Outcome& outcome() noexcept { return outcome_; }
    void use(Survey* survey) noexcept { recorder_.use(survey); }

private:
    /// A member function that receives the answer to a question. If the status of the answer is
    /// dns::Status::ok, the answer has records of the type that was asked for. With any other
    /// status, the answer has no records, not even records of other types.
    using Taker = Progress (Check::*)(dns::AnswerPtr& answer);
    /// A member function that continues the evaluation once the client's validated names are known.
    using Continuation = Progress (Check::*)();

    Progress ask(std::string_view name, dns::RecordType type, Taker taker) noexcept {
        pending_.name = name;
        pending_.type = type;
        taker_ = taker;
        return Progress::asked();
    }

    // The following functions are defined in check_host.cpp (4.4 to 4.7 and 5.2).

    void enter(std::string_view domain, Role role, unsigned depth);
    [[nodiscard]] bool enter_target(std::string_view target, Role role);
    void leave() noexcept;
    void unwind() noexcept;
    void finish(Result result) noexcept;
    [[nodiscard]] Progress take(dns::AnswerPtr& answer);
    [[nodiscard]] Progress record_answered(dns::AnswerPtr& answer);
    [[nodiscard]] Progress evaluate_directives();
    [[nodiscard]] bool skip_unmatched() noexcept;
    [[nodiscard]] bool skip_unmatched_recorded();
    [[nodiscard]] bool skip_unmatched_surveyed();
    [[nodiscard]] Progress begin_directive();
    [[nodiscard]] Progress prepare_target();
    [[nodiscard]] Progress evaluate_directive();
    [[nodiscard]] Progress after_directive(bool matches);
    [[nodiscard]] Progress conclude();
    [[nodiscard]] Progress conclude_check();
    [[nodiscard]] Progress after_directives();

    [[nodiscard]] Progress evaluate(const Include& term, std::string_view target);  // 5.2
    [[nodiscard]] Progress include_result(Result result) noexcept;

    // The following functions are defined in mechanisms.cpp (5).

    [[nodiscard]] Progress evaluate(const A& term, std::string_view target);  // 5.3
    [[nodiscard]] Progress address_answered(dns::AnswerPtr& answer);
    [[nodiscard]] Progress evaluate(const Mx& term, std::string_view target);  // 5.4
    [[nodiscard]] Progress exchanges_answered(dns::AnswerPtr& answer);
    [[nodiscard]] Progress ask_next_exchange();
    [[nodiscard]] Progress exchange_answered(dns::AnswerPtr& answer);
    [[nodiscard]] Progress evaluate(const Ptr& term, std::string_view target);  // 5.5
    [[nodiscard]] Progress compare_names();
    [[nodiscard]] Progress find_names(Continuation then);
    [[nodiscard]] Progress reverse_answered(dns::AnswerPtr& answer);
    [[nodiscard]] Progress ask_next_name();
    [[nodiscard]] Progress name_answered(dns::AnswerPtr& answer);
    [[nodiscard]] Progress evaluate(const Exists& term, std::string_view target);  // 5.7
    [[nodiscard]] Progress exists_answered(dns::AnswerPtr& answer);

    [[nodiscard]] Progress ask_target(std::string_view target, dns::RecordType type, Taker taker);
    [[nodiscard]] bool contains_client(const dns::Answer& answer, DualPrefixLength prefix);
    [[nodiscard]] std::string_view askable_name(std::string_view name);
    [[nodiscard]] std::string_view make_askable_name(std::string_view name);
    [[nodiscard]] dns::RecordType address_type() const noexcept {
        return outcome_.ip.is_v4() ? dns::RecordType::a : dns::RecordType::aaaa;
    }

    // The following functions are defined in modifiers.cpp (6).

    [[nodiscard]] Progress begin_redirect();  // 6.1
    [[nodiscard]] Progress enter_redirect();
    [[nodiscard]] Progress refuse_redirect(std::string_view target);
    [[nodiscard]] Progress begin_explanation();  // 6.2
    [[nodiscard]] Progress ask_explanation();
    [[nodiscard]] Progress explanation_answered(dns::AnswerPtr& answer);
    [[nodiscard]] Progress write_explanation();

    // The following functions are defined in macros.cpp (4.8 and 7).

    [[nodiscard]] std::string_view target_of(const MacroString* spec);
    [[nodiscard]] bool is_expanded(std::string_view target) const noexcept {
        return target.data() == made_name_.data();
    }
    [[nodiscard]] bool is_askable(std::string_view target) const noexcept;
    [[nodiscard]] bool can_expand(const MacroString& macro) const noexcept;
    [[nodiscard]] bool needs_names(const MacroString& macro) const noexcept {
        return macro.uses('p') && names_.are_unknown();
    }
    [[nodiscard]] Progress find_names_for_macro(Continuation then);
    [[nodiscard]] MacroValues macro_values() const;

    // The following functions are defined in exceptions.cpp (2.6 and 4.6.4).

    [[nodiscard]] Progress exception(Result result) noexcept;
    [[nodiscard]] Progress stop(Result result, Problem problem);
    [[nodiscard]] Progress stop_at_lookups();
    [[nodiscard]] std::optional<Progress> stop_at_failure(const dns::Answer& answer,
                                                          dns::Status status);
    [[nodiscard]] Progress unusable_record(const SelectedRecord& selected);
    Result missing_record(Problem::Code code, std::string_view domain, Role role);
    [[nodiscard]] Problem problem_at_term(Problem::Code code, std::string_view domain) const;
    [[nodiscard]] Problem problem_of_lookup(Problem::Code code, dns::Status status) const;
    [[nodiscard]] std::string_view loop() const noexcept;

    // The members that are used most often come first. Their offsets are small, so the instructions
    // that access them are short.
    bool done_ = true;
    // Whether the result is already fail and only the explanation is missing (6.2).
    bool is_explaining_ = false;
    Frame* innermost_ = nullptr;  // the frame of the innermost check_host(), in the arena
    dns::Question pending_;
    Taker taker_ = nullptr;  // the function that receives the answer to pending_
    Accounts accounts_;
    Hints hints_;
    Recorder recorder_{outcome_};
    dns::AnswerPtr held_;        // the answer that the current mx or explanation uses
    std::size_t next_host_ = 0;  // the index of the next mail exchange in held_
    // The text that was made last: an expanded macro string, a name in canonical form, or the name
    // of an address in the reverse mapping. A target-name and pending_.name may be views of this
    // string.
    std::string made_name_;
    Names names_;
    Continuation after_names_ = nullptr;
    Options options_;
    Outcome outcome_;
    std::optional<std::chrono::sys_seconds> time_;
    std::size_t local_part_size_ = 0;  // the size of the local-part of outcome_.sender, in octets
    Arena arena_;
};

}  // namespace spf
