// The inside of an Evaluation: what one check_host() and its nested ones share.
#pragma once

#include <chrono>
#include <coroutine>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/coroutine.hpp"
#include "spf/evaluation.hpp"
#include "spf/record.hpp"
#include "spf/select.hpp"

namespace spf {

class Evaluation::State {
public:
    State() = default;
    ~State() { root_.destroy(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    // What Evaluation forwards to.
    void reset(const Request& request, const Options& options);
    void answer(dns::AnswerPtr answer);
    void expire();
    [[nodiscard]] bool done() const noexcept { return done_; }
    [[nodiscard]] const dns::Question& pending() const noexcept { return pending_; }
    [[nodiscard]] const std::vector<dns::Question>& hints() const noexcept { return hints_; }
    [[nodiscard]] Outcome& outcome() noexcept { return outcome_; }

    /// Where the frames of the coroutines come from.
    [[nodiscard]] Arena& arena() noexcept { return arena_; }

private:
    /// How this check_host() came about, which decides what "none" means and whether it may explain.
    enum class Role : std::uint8_t { outermost, include, redirect };
    using Match = Step::Match;

    /// An answer, and its status in the light of what was asked: "ok" only with such records.
    struct Reply {
        dns::AnswerPtr answer;
        dns::Status status{};
    };
    /// `co_await ask(...)` hands the question out and comes back with the reply.
    struct Ask {
        State& state;
        dns::Question question;
        [[nodiscard]] bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> handle) noexcept;
        [[nodiscard]] Reply await_resume();
    };
    [[nodiscard]] Ask ask(std::string_view name, dns::RecordType type) noexcept { return {*this, {name, type}}; }

    // check_host.cpp: sections 4, 5.1, 5.2, 6.1
    Task<Result> check_host(std::string_view domain, Role role, std::string_view term, unsigned depth);
    Task<Match> match(const Directive& directive, std::string_view domain, unsigned depth);
    Task<Match> match_include(const Directive& directive, std::string_view target, unsigned depth);
    Task<Result> follow_redirect(const Record& record, std::string_view domain, unsigned depth);
    [[nodiscard]] const Record* usable_record(const SelectedRecord& selected, std::string_view domain, Role role,
                                              std::string_view term);
    [[nodiscard]] Result no_record(Problem::Code outermost, std::string_view domain, Role role,
                                   std::string_view term);

    // mechanisms.cpp: sections 5.3 to 5.7
    Task<Match> match_address(std::string_view target, DualPrefixLength prefix, unsigned depth);
    Task<Match> match_mx(std::string_view target, DualPrefixLength prefix, unsigned depth);
    Task<Match> match_ptr(std::string_view target, unsigned depth);
    Task<Match> match_exists(std::string_view target, unsigned depth);
    Task<Match> find_validated_names(unsigned depth);
    [[nodiscard]] bool any_contains_client(const dns::Answer& answer, DualPrefixLength prefix) const noexcept;
    [[nodiscard]] dns::RecordType address_type() const noexcept {
        return outcome_.ip.is_v4() ? dns::RecordType::a : dns::RecordType::aaaa;
    }

    // explanation.cpp: section 6.2
    Task<Match> explain(const Explanation& modifier, std::string_view domain, unsigned depth);

    // limits and accounts (4.6.4)
    [[nodiscard]] bool begin_term(std::string_view text, std::string_view domain);
    [[nodiscard]] bool count_lookup(std::string_view text, std::string_view domain);
    /// %{p} costs a look-up of its own where it is the first to need the reverse mapping.
    [[nodiscard]] bool count_reverse_mapping(std::string_view domain) {
        return validated_names_known_ || count_lookup(term_, domain);
    }
    /// Whether evaluation may go on after this reply: no failure, no void look-up too many.
    [[nodiscard]] bool acceptable(const Reply& reply, std::string_view name, dns::RecordType type);
    /// The same, but a failed look-up is no reason to stop (5.5).
    [[nodiscard]] bool count_void(dns::Status status);
    Match stop(Result result, Problem problem);

    // macros (7)
    [[nodiscard]] MacroValues values(std::string_view domain);
    [[nodiscard]] std::string_view preferred_validated_name(std::string_view domain) const noexcept;
    [[nodiscard]] bool can_expand(const MacroString& macro) const noexcept;
    /// The target-name; a view into the record, or scratch_ (valid until the next expansion).
    [[nodiscard]] std::string_view expand(const MacroString& macro, std::string_view domain);

    // hints
    void hint_record(const Record& record);
    void hint_hosts(const dns::Answer& answer);
    void add_hint(std::string_view name, dns::RecordType type);

    // trace
    std::size_t trace(Step::Kind kind, unsigned depth, std::string_view domain, std::string_view text);
    void trace_lookup(unsigned depth, std::string_view name, dns::RecordType type, const Reply& reply);
    Result finish_step(std::size_t step, Result result) noexcept;
    Match finish_step(std::size_t step, Match match) noexcept;

    void begin(const Request& request);
    void after_resume();
    void finish(Result result);

    Arena arena_;
    Task<Result> root_;
    std::coroutine_handle<> waiting_;
    dns::Question pending_;
    dns::AnswerPtr answer_;
    std::vector<dns::Question> hints_;
    Options options_;
    Outcome outcome_;
    std::optional<std::chrono::sys_seconds> time_;
    std::size_t local_part_size_ = 0;  // of outcome_.sender

    std::string scratch_;
    std::vector<std::string> validated_names_;
    bool validated_names_known_ = false;

    Result exception_ = Result::permerror;  // what a Match::exception stands for
    std::string_view term_;                 // the term being evaluated, in a record that a frame holds
    bool term_counts_ = false;              // false for the first look-up and for exp
    bool term_is_void_ = false;
    bool explaining_ = false;
    bool done_ = true;
};

}  // namespace spf
