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
    /// How this check_host() came about, which decides what "none" means (5.2, 6.1), and whether its
    /// match is the one that decides and is explained (6.2).
    enum class Role : std::uint8_t { outermost, redirect, include, redirect_in_include };
    static constexpr bool decides(Role role) noexcept {
        return role == Role::outermost || role == Role::redirect;
    }
    /// What became of a directive (4.6.2); undecided: DNS has to be asked.
    enum class Match : std::uint8_t { no_match, match, exception, undecided };

    /// A target-name (4.8), with the memory behind it where it had to be expanded.
    struct Target {
        ArenaText memory;
        std::string_view name;
        bool is_plain = false;  ///< known to be a usable name already
    };
    /// An answer, and its status in the light of what was asked: "ok" only with such records.
    struct Reply {
        dns::AnswerPtr answer;
        dns::Status status{};
    };
    /// `co_await ask(...)` hands the question out and comes back with the reply.
    struct Ask {
        State& state;
        [[nodiscard]] bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> handle) noexcept { state.waiting_ = handle; }
        [[nodiscard]] Reply await_resume() noexcept { return state.take_reply(); }
    };
    [[nodiscard]] Reply take_reply() noexcept {
        Reply reply{std::move(answer_), dns::Status::ok};
        std::chrono::seconds ttl = reply.answer->ttl;
        if (reply.answer->status != dns::Status::ok || lacks_records(*reply.answer)) {
            reply.status = reply.answer->status == dns::Status::ok ? dns::Status::no_data
                                                                   : reply.answer->status;
            // A failure says nothing about how long it lasts.
            if (dns::is_failure(reply.status)) ttl = std::chrono::seconds{0};
        }
        outcome_.ttl = std::clamp(ttl, std::chrono::seconds{0}, outcome_.ttl);
        return reply;
    }
    [[nodiscard]] bool lacks_records(const dns::Answer& answer) const noexcept;
    void give_failure();
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
    Task<Result> check_host(std::string_view domain, Role role, unsigned depth);
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
    [[nodiscard]] Match pass_over(const Record& record, const Directive*& at,
                                  std::string_view domain, unsigned depth);
    void observe(const Directive& directive, Match matched, std::string_view domain,
                 unsigned depth);
    [[nodiscard]] Match begin_directive(const Directive& directive, const MacroString* spec,
                                        std::string_view domain);
    /// 4.8: the target-name. One that stands in the record as it is asked for needs no copy.
    [[nodiscard]] Target target_of(const MacroString* spec, std::string_view domain) {
        if (spec == nullptr) return {ArenaText{arena_}, domain, true};
        if (spec->is_plain_name()) return {ArenaText{arena_}, spec->text(), true};
        return expanded_target(*spec, domain);
    }
    [[nodiscard]] Target expanded_target(const MacroString& spec, std::string_view domain);
    Match match_of_include(Result result) noexcept;
    Task<Result> follow_redirect(const Record& record, std::string_view domain, Role role,
                                 unsigned depth);
    [[nodiscard]] Result no_usable_record(const SelectedRecord& selected, std::string_view domain,
                                          Role role);
    [[nodiscard]] Result no_record(Problem::Code outermost, std::string_view domain, Role role);

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
    [[nodiscard]] bool any_contains_client(const dns::Answer& answer,
                                           DualPrefixLength prefix) noexcept;
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
    bool stop_at_lookups(std::string_view domain);
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
    /// Takes down what a macro string that is about to be expanded hangs on.
    void note_dependence(const MacroString& macro) noexcept;

    // hints
    void hint_record(const Record& record);
    void hint_hosts(const dns::Answer& answer);
    void add_hint(std::string_view name, dns::RecordType type);

    // trace
    std::size_t trace(Step::Kind kind, unsigned depth, std::string_view domain,
                      std::string_view text) {
        return options_.trace ? add_step(kind, depth, domain, text) : 0;
    }
    void trace_lookup(unsigned depth, std::string_view name, dns::RecordType type,
                      const Reply& reply) {
        if (options_.trace) add_lookup(depth, name, type, reply);
    }
    Result finish_step(std::size_t step, Result result) noexcept {
        if (options_.trace) outcome_.trace[step].result = result;
        return result;
    }
    Match finish_step(std::size_t step, Match match) noexcept {
        if (options_.trace) outcome_.trace[step].match = static_cast<Step::Match>(match);
        return match;
    }
    std::size_t add_step(Step::Kind kind, unsigned depth, std::string_view domain,
                         std::string_view text);
    void add_lookup(unsigned depth, std::string_view name, dns::RecordType type,
                    const Reply& reply);

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
    unsigned most_lookups_ = 0;

    std::string scratch_;
    std::vector<std::string> validated_names_;  // the first so many; the others keep their memory
    std::size_t validated_count_ = 0;
    bool validated_names_known_ = false;

    Result exception_ = Result::permerror;  // what a Match::exception stands for
    std::string_view term_;     // the term being evaluated, in a record that a frame holds
    bool term_counts_ = false;  // false for the first look-up and for exp
    bool term_is_void_ = false;
    bool explaining_ = false;
    bool done_ = true;
};

}  // namespace spf
