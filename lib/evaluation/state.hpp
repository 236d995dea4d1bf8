// The inside of an Evaluation: what one check_host() and its nested ones share.
#pragma once

#include <chrono>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/coroutine.hpp"
#include "evaluation/survey.hpp"
#include "spf/evaluation/evaluation.hpp"
#include "spf/record/record.hpp"
#include "spf/record/select.hpp"

namespace spf {

class Evaluation::State {
public:
    State() = default;
    ~State() { unwind(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    // What Evaluation forwards to.
    void reset(const Request& request, const Options& options);
    void answer(dns::AnswerPtr&& answer);
    void expire();
    /// Ends what an exception, which is a want of memory, has left half done.
    void abandon() noexcept;
    [[nodiscard]] bool done() const noexcept { return done_; }
    [[nodiscard]] const dns::Question& pending() const noexcept { return pending_; }
    [[nodiscard]] const std::vector<dns::Question>& hints() const noexcept { return hints_; }
    [[nodiscard]] Outcome& outcome() noexcept { return outcome_; }
    void use(Survey* survey) noexcept { survey_ = survey; }

    /// Where the frames of the coroutines come from.
    [[nodiscard]] Arena& arena() noexcept { return arena_; }

private:
    /// How a check_host() came about, which decides what "none" means (5.2, 6.1), and whether its
    /// match is the one that decides and is explained (6.2).
    enum class Role : std::uint8_t { outermost, redirect, include, redirect_in_include };
    static constexpr bool decides(Role role) noexcept {
        return role == Role::outermost || role == Role::redirect;
    }
    /// What became of a directive (4.6.2); undecided: DNS has to be asked.
    enum class Match : std::uint8_t { no_match, match, exception, undecided };
    /// How evaluation went on.
    struct Progress {
        enum class Kind : std::uint8_t {
            asked,      ///< to a question
            directive,  ///< to the directive where the innermost frame is
            ended,      ///< to the result of the innermost check_host()
        };
        Kind kind;
        Result result = Result::none;

        static constexpr Progress asked() noexcept { return {Kind::asked}; }
        static constexpr Progress to_directive() noexcept { return {Kind::directive}; }
        static constexpr Progress ended(Result result) noexcept { return {Kind::ended, result}; }
    };
    /// What the pending question is for: the record of the innermost check_host(), or what else its
    /// task needs.
    enum class Purpose : std::uint8_t { record, directive, names, redirect_names, explanation };

    /// An answer, and its status in the light of what was asked: "ok" only with such records.
    struct Reply {
        dns::AnswerPtr answer;
        dns::Status status{};
    };
    /// One check_host() under way. Frames lie in the arena, as deep as includes and redirects nest.
    struct Frame {
        Frame(Arena& arena, Frame* led_here, std::string_view name, Role as, unsigned steps,
              std::size_t traced) noexcept
            : outer(led_here), role(as), depth(steps), step(traced), domain(name), own(arena) {}

        Frame* outer;  ///< whose term led here; null: this is the outermost
        Role role;
        unsigned depth;             ///< of its step in the trace
        std::size_t step;           ///< in the trace
        std::size_t term_step = 0;  ///< that of the directive or redirect
        std::string_view domain;
        std::size_t domain_size = 0;        ///< in the arena; 0: it stands elsewhere
        Reply reply;                        ///< which holds the record
        ArenaOptional<SelectedRecord> own;  ///< the record, where the answer came without
        const Record* record = nullptr;
        std::size_t at = 0;  ///< which of its directives is evaluated

        [[nodiscard]] const Directive& directive() const noexcept { return record->directives[at]; }
    };
    /// `co_await ask(...)` hands the question out and comes back with the reply.
    struct Ask {
        State& state;
        [[nodiscard]] bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> handle) noexcept { state.waiting_ = handle; }
        [[nodiscard]] Reply await_resume() noexcept { return state.take_reply(); }
    };
    [[nodiscard]] Reply take_reply() noexcept {
        Reply reply{std::move(*given_), dns::Status::ok};
        reply.status = account_for(*reply.answer, lacks_records(*reply.answer));
        return reply;
    }
    /// The status of the answer to what is pending. Its TTL counts.
    [[nodiscard]] dns::Status account_for(const dns::Answer& answer, bool lacks_records) noexcept {
        const bool is_negative = lacks_records && answer.status == dns::Status::ok;
        const dns::Status status = is_negative ? dns::Status::no_data : answer.status;
        // A failure says nothing about how long it lasts.
        if (answer.ttl < std::chrono::seconds{0} || dns::is_failure(status)) {
            outcome_.ttl = std::chrono::seconds{0};
        } else if (answer.ttl < outcome_.ttl) {
            outcome_.ttl = answer.ttl;
        }
        return status;
    }
    [[nodiscard]] bool lacks_records(const dns::Answer& answer) const noexcept;
    [[nodiscard]] Ask ask(std::string_view name, dns::RecordType type) noexcept {
        pending_.name = name;
        return ask(type);
    }
    /// For the name that is pending already.
    [[nodiscard]] Ask ask(dns::RecordType type) noexcept {
        pending_.type = type;
        return {*this};
    }

    // check_host.cpp: sections 4, 5.1, 5.2, 6.1
    /// Begins a check_host(), by a single look-up for TXT alone (4.4). The domain stands where it will
    /// last as long.
    Frame& enter(std::string_view domain, Role role, unsigned depth) {
        const std::size_t step = trace(Step::Kind::check_host, depth, domain, {});
        innermost_ =
            ::new (arena_.take(sizeof(Frame))) Frame{arena_, innermost_, domain, role, depth, step};
        pending_.name = domain;
        pending_.type = dns::RecordType::txt;
        purpose_ = Purpose::record;
        return *innermost_;
    }
    void enter_expanded(std::string_view domain, Role role, unsigned depth);
    void leave() noexcept;
    void unwind() noexcept;
    [[nodiscard]] Progress read_record(dns::AnswerPtr&& answer);
    [[nodiscard]] const SelectedRecord* select_own(const Reply& reply);
    [[nodiscard]] Progress evaluate();
    [[nodiscard]] Progress behind(Match matched);
    [[nodiscard]] Progress decide(Match matched);
    [[nodiscard]] Progress decide_for_all();
    void survey_match();
    [[nodiscard]] Progress after_task();
    /// The value of the task, undecided until it has one.
    [[nodiscard]] Match begin_task(Task<Match> task, Purpose purpose) {
        task_ = std::move(task);
        purpose_ = purpose;
        task_.start();
        return task_.done() ? end_task() : Match::undecided;
    }
    Match end_task() noexcept {
        const Match value = task_.value();
        task_.destroy();
        return value;
    }
    /// The mechanisms that ask nothing, which are the most frequent ones (5.1, 5.6).
    [[nodiscard]] static Match match_at_once(const Mechanism& mechanism, IpAddress ip) noexcept {
        const auto match_if = [](bool contained) {
            return contained ? Match::match : Match::no_match;
        };
        if (const auto* ip4 = std::get_if<Ip4>(&mechanism))
            return match_if(ip4->network.contains(ip));
        if (const auto* ip6 = std::get_if<Ip6>(&mechanism))
            return match_if(ip6->network.contains(ip));
        return std::holds_alternative<All>(mechanism) ? Match::match : Match::undecided;
    }
    [[nodiscard]] Match pass_over() noexcept;
    [[nodiscard]] Match pass_over_observed();
    [[nodiscard]] Match pass_over_surveyed();
    void observe(const Directive& directive, Match matched, std::string_view domain,
                 unsigned depth);
    [[nodiscard]] Match begin_directive();
    [[nodiscard]] Match begin_any_directive();
    [[nodiscard]] Match ask_directive(const MacroString* spec);
    [[nodiscard]] bool enter_target(std::string_view target, Role role);
    /// 4.8: the target-name. One that stands in the record as it is asked for is not copied; others
    /// stand in scratch_, until keep().
    [[nodiscard]] std::string_view target_of(const MacroString* spec, std::string_view domain) {
        if (spec == nullptr) return domain;
        return spec->is_plain_name() ? spec->text() : expand(*spec, domain);
    }
    [[nodiscard]] bool is_expanded(std::string_view target) const noexcept {
        return target.data() == scratch_.data();
    }
    /// Keeps a target beyond the next expansion: the memory for that.
    [[nodiscard]] ArenaText keep(std::string_view& target) {
        if (!is_expanded(target)) return ArenaText{arena_};
        ArenaText copy{arena_, target};
        target = copy.view();
        return copy;
    }
    Match match_of_include(Result result) noexcept;
    [[nodiscard]] Progress after_directives();
    [[nodiscard]] Progress begin_redirect();
    [[nodiscard]] Progress enter_redirect();
    [[nodiscard]] Progress no_redirect(std::string_view target);
    [[nodiscard]] Result no_usable_record(const SelectedRecord& selected);
    void note_almost_record(std::span<const std::string> texts);
    Result no_record(Problem::Code outermost, std::string_view domain, Role role);

    // mechanisms.cpp: sections 5.3 to 5.7
    [[nodiscard]] Task<Match> query(const Mechanism& mechanism, std::string_view target,
                                    unsigned depth);
    Task<Match> match_address(std::string_view target, DualPrefixLength prefix, unsigned depth);
    Task<Match> match_mx(std::string_view target, DualPrefixLength prefix, unsigned depth);
    Task<Match> match_ptr(std::string_view target, unsigned depth);
    Task<Match> match_exists(std::string_view target, unsigned depth);
    [[nodiscard]] std::span<const std::string> validated_names() const noexcept {
        return std::span{validated_names_}.first(validated_count_);
    }
    [[nodiscard]] ArenaText make_pending(std::string_view name);
    Task<Match> find_validated_names(unsigned depth);
    Task<Match> names_for_macro(std::string_view domain, unsigned depth);
    [[nodiscard]] bool needs_names(const MacroString* spec) const noexcept {
        return spec != nullptr && spec->uses('p') && !validated_names_known_;
    }
    [[nodiscard]] bool any_contains_client(const dns::Answer& answer, DualPrefixLength prefix);
    [[nodiscard]] dns::RecordType address_type() const noexcept {
        return outcome_.ip.is_v4() ? dns::RecordType::a : dns::RecordType::aaaa;
    }

    // explanation.cpp: section 6.2
    Task<Match> explain(const Explanation& modifier, std::string_view domain, unsigned depth);

    // limits and accounts (4.6.4)
    /// Counts a term that asks DNS; false where it is one too many.
    [[nodiscard]] bool begin_term(std::string_view text, std::string_view domain) {
        term_ = text;
        term_counts_ = true;
        term_is_void_ = false;
        return ++outcome_.dns_lookups <= most_lookups_ || stop_at_lookups(domain);
    }
    /// Whether evaluation may go on after this reply: no failure, no void look-up too many.
    [[nodiscard]] bool acceptable(const Reply& reply) {
        return reply.status == dns::Status::ok || check_reply(reply);
    }
    /// For "ptr" and %{p}, which look-ups that fail do not stop (5.5): nobody having been asked is no
    /// failure of DNS, and nothing follows from it. An explanation decides nothing.
    [[nodiscard]] bool known(const Reply& reply) {
        return explaining_ || reply.status != dns::Status::not_in_zone || check_reply(reply);
    }
    bool stop_at_lookups(std::string_view domain);
    /// The domain of a check_host() within which the same one is under way again; empty: there is none.
    [[nodiscard]] std::string_view loop() const noexcept;
    Match stop_at_mx_names(std::string_view target);
    bool check_reply(const Reply& reply);
    /// What went wrong with the current term, and with the look-up that was made last for it.
    [[nodiscard]] Problem problem_at_term(Problem::Code code, std::string_view domain) const;
    [[nodiscard]] Problem problem_of_lookup(Problem::Code code, dns::Status status) const;
    /// Counts a void look-up of the current term; false where it is one too many.
    [[nodiscard]] bool count_void(dns::Status status);
    Match stop(Result result, Problem problem);

    // macros (7)
    [[nodiscard]] MacroValues values(std::string_view domain);
    [[nodiscard]] std::string_view preferred_validated_name(std::string_view domain) const noexcept;
    [[nodiscard]] bool can_expand(const MacroString& macro) const noexcept;
    /// The target-name; a view into the record, or scratch_ (valid until the next expansion).
    [[nodiscard]] std::string_view expand(const MacroString& macro, std::string_view domain);

    // scope
    void narrow(const Network& network, bool contained) noexcept;
    void narrow(const AddressRange& range) noexcept;
    void survey_dependence();
    /// Takes down what a macro string that is about to be expanded hangs on.
    void note_dependence(const MacroString& macro);

    // hints
    void hint_record(const Record& record);
    void hint_hosts(const dns::Answer& answer);
    void add_hint(const dns::Question& question);

    // trace
    std::size_t trace(Step::Kind kind, unsigned depth, std::string_view domain,
                      std::string_view text) {
        if (options_.trace) [[unlikely]]
            return add_step(kind, depth, domain, text);
        return 0;
    }
    void trace_lookup(unsigned depth, std::string_view name, dns::RecordType type,
                      const Reply& reply) {
        if (options_.trace) [[unlikely]]
            add_lookup(depth, name, type, reply);
    }
    Result finish_step(std::size_t step, Result result) noexcept {
        if (options_.trace) [[unlikely]]
            outcome_.trace[step].result = result;
        return result;
    }
    Match finish_step(std::size_t step, Match match) noexcept {
        if (options_.trace) [[unlikely]]
            outcome_.trace[step].match = static_cast<Step::Match>(match);
        return match;
    }
    std::size_t add_step(Step::Kind kind, unsigned depth, std::string_view domain,
                         std::string_view text);
    void add_lookup(unsigned depth, std::string_view name, dns::RecordType type,
                    const Reply& reply);

    void finish(Result result) noexcept;

    // What every step needs comes first, for short instructions.
    bool done_ = true;
    Purpose purpose_ = Purpose::record;
    Result exception_ = Result::permerror;  // what a Match::exception stands for
    bool term_counts_ = false;              // false for the first look-up and for exp
    bool term_is_void_ = false;
    bool explaining_ = false;
    bool validated_names_known_ = false;
    unsigned most_lookups_ = 0;
    Frame* innermost_ = nullptr;  // in the arena
    dns::Question pending_;
    std::string_view term_;  // the term being evaluated, in a record that a frame holds
    std::vector<dns::Question> hints_;
    unsigned hinted_terms_ = 0;
    Options options_;
    Survey* survey_ = nullptr;  // of a sweep that this is part of

    Task<Match> task_;  // of the innermost frame, where the question is not for its record
    std::coroutine_handle<> waiting_;  // within the task
    dns::AnswerPtr* given_ = nullptr;  // the answer to a question of the task, while that goes on
    Outcome outcome_;
    std::optional<std::chrono::sys_seconds> time_;
    std::size_t local_part_size_ = 0;  // of outcome_.sender

    std::string scratch_;
    std::vector<std::string> validated_names_;  // the first so many; the others keep their memory
    std::size_t validated_count_ = 0;

    Arena arena_;
};

}  // namespace spf
