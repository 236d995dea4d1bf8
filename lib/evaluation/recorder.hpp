// What a check records besides its result: the trace (trace.hpp), the scope (outcome.hpp), and what
// a sweep over all addresses needs (survey.hpp). Without these options each call costs one test.
#pragma once

#include <cstddef>
#include <string_view>

#include "evaluation/accounts.hpp"
#include "evaluation/survey.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/net/ip.hpp"
#include "spf/record/record.hpp"

namespace spf {

class Recorder {
public:
    /// The outcome must outlive this object.
    explicit Recorder(Outcome& outcome) noexcept : outcome_(outcome) {}

    void reset(const Options& options) noexcept {
        has_trace_ = options.trace;
        has_scope_ = options.scope;
        if (has_scope_) outcome_.scope = AddressRange::all(outcome_.ip.family());
    }
    /// Sets the tables to use from this check on, or null for none. They must outlive their use.
    void use(Survey* survey) noexcept { survey_ = survey; }
    [[nodiscard]] Survey* survey() const noexcept { return survey_; }

    [[nodiscard]] bool has_trace() const noexcept { return has_trace_; }
    /// Whether directives that need no DNS have to be recorded one by one.
    [[nodiscard]] bool records_directives() const noexcept { return has_trace_ || has_scope_; }
    /// Whether addresses have to be compared by contains_client().
    [[nodiscard]] bool records_comparisons() const noexcept {
        return has_scope_ || survey_ != nullptr;
    }

    // The trace. A step is identified by its index; without a trace all indexes are zero.

    std::size_t begin_step(Step::Kind kind, unsigned depth, std::string_view domain,
                           std::string_view text) {
        if (has_trace_) [[unlikely]]
            return add_step(kind, depth, domain, text);
        return 0;
    }
    void set_text(std::size_t step, std::string_view text) {
        if (has_trace_) [[unlikely]]
            outcome_.trace[step].text = text;
    }
    void set_domain(std::size_t step, std::string_view domain) {
        if (has_trace_) [[unlikely]]
            outcome_.trace[step].domain = domain;
    }
    void finish_step(std::size_t step, Result result) noexcept {
        if (has_trace_) [[unlikely]]
            outcome_.trace[step].result = result;
    }
    void finish_step(std::size_t step, Step::Match match) noexcept {
        if (has_trace_) [[unlikely]]
            outcome_.trace[step].match = match;
    }
    /// \param status  what the answer means for the question
    void add_lookup(unsigned depth, const dns::Question& question, const dns::Answer& answer,
                    dns::Status status);

    // The scope: addresses for which every step would have been the same.

    /// Records that the client's address was compared with a network.
    void narrow(const Network& network, bool contains_client) noexcept;
    /// Records that all addresses of the range compare alike.
    void narrow(const AddressRange& range) noexcept;
    /// Whether a network of that prefix length around any address in the answer contains the
    /// client. Also records the comparisons.
    [[nodiscard]] bool contains_client(const dns::Answer& answer, unsigned prefix_length);
    /// Records that a question depends on the client's address itself, as the questions of 5.5 do.
    void note_address_dependence(const Accounts& accounts, std::string_view domain);
    /// Records what a macro string depends on that is about to be expanded in the current term.
    void note_dependence(const MacroString& macro, const Accounts& accounts,
                         std::string_view domain);

    /// Records for a sweep which directive matched. For an include, that is the directive that
    /// matched inside it.
    void note_match(const Directive& directive, std::string_view domain) {
        if (survey_ != nullptr && !std::holds_alternative<Include>(directive.mechanism))
            [[unlikely]]
            survey_->note_match(directive.text, domain);
    }

private:
    std::size_t add_step(Step::Kind kind, unsigned depth, std::string_view domain,
                         std::string_view text);
    /// Keeps for a sweep the state before the first term whose lookups depend on the address or
    /// sender.
    void survey_dependence(const Accounts& accounts, std::string_view domain);

    bool has_trace_ = false;
    bool has_scope_ = false;
    Survey* survey_ = nullptr;
    Outcome& outcome_;
};

}  // namespace spf
