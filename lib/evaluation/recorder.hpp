// What a check records besides its result: the trace (trace.hpp), the scope (outcome.hpp), and the
// data for a sweep over all addresses (survey.hpp). If none of these is requested, each call costs
// one test.
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
    /// Sets the tables that are used from this check on; null if there are none. The tables must
    /// exist as long as they are used.
    void use(Survey* survey) noexcept { survey_ = survey; }
    [[nodiscard]] Survey* survey() const noexcept { return survey_; }

    [[nodiscard]] bool has_trace() const noexcept { return has_trace_; }
    /// Returns whether directives that need no DNS have to be recorded one by one.
    [[nodiscard]] bool records_directives() const noexcept { return has_trace_ || has_scope_; }
    /// Returns whether addresses have to be compared by contains_client().
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
    /// \param status  the status of the answer; no_data if the answer only has records of other
    /// types
    void add_lookup(unsigned depth, const dns::Question& question, const dns::Answer& answer,
                    dns::Status status);

    // The scope: addresses for which every step would have been the same.

    /// Records that the client's address was compared with a network.
    void narrow(const Network& network, bool contains_client) noexcept;
    /// Records that the comparisons have the same results for all addresses of the range.
    void narrow(const AddressRange& range) noexcept;
    /// Returns whether the client is in a network that is made of an address in the answer and the
    /// prefix length. Also records the comparisons.
    [[nodiscard]] bool contains_client(const dns::Answer& answer, unsigned prefix_length);
    /// Records that a question depends on the client's address itself, as the questions for
    /// validated names do (5.5).
    void note_address_dependence(const Accounts& accounts, std::string_view domain);
    /// Records whether the expansion of a macro string depends on the client's address or on the
    /// sender. The macro string is about to be expanded for the current term.
    void note_dependence(const MacroString& macro, const Accounts& accounts,
                         std::string_view domain);

    /// Records for a sweep which directive matched. An include is not recorded, because the
    /// directive that matched in its record already is.
    void note_match(const Directive& directive, std::string_view domain) {
        if (survey_ != nullptr && !std::holds_alternative<Include>(directive.mechanism))
            [[unlikely]]
            survey_->note_match(directive.text, domain);
    }

private:
    std::size_t add_step(Step::Kind kind, unsigned depth, std::string_view domain,
                         std::string_view text);
    /// Stores for a sweep the state before the first term whose lookups depend on the address or
    /// the sender.
    void survey_dependence(const Accounts& accounts, std::string_view domain);

    bool has_trace_ = false;
    bool has_scope_ = false;
    Survey* survey_ = nullptr;
    Outcome& outcome_;
};

}  // namespace spf
