// Records what a check produces besides its result: the trace (trace.hpp), the scope (outcome.hpp),
// and the data for a Sweep, which evaluates a domain for all addresses (sweep.hpp). What was not
// requested is not recorded, and costs only a test.
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
    /// Makes a recorder that writes to `outcome`, which must outlive this object.
    explicit Recorder(Outcome& outcome) noexcept : outcome_(outcome) {}

    void reset(const Options& options) noexcept {
        has_trace_ = options.trace;
        has_scope_ = options.scope;
        if (has_scope_) outcome_.scope = AddressRange::all(outcome_.ip.family());
    }
    /// Makes this check and all later ones use the tables in `survey` instead of comparing networks
    /// one by one. With null, they compare networks one by one again. The Survey must exist as long
    /// as it is used.
    void use(Survey* survey) noexcept { survey_ = survey; }
    [[nodiscard]] Survey* survey() const noexcept { return survey_; }

    [[nodiscard]] bool has_trace() const noexcept { return has_trace_; }
    /// Returns whether every directive must be recorded, also those that need no DNS lookup.
    [[nodiscard]] bool records_directives() const noexcept { return has_trace_ || has_scope_; }
    /// Returns whether the check must compare addresses by calling contains_client(), because the
    /// scope or a Sweep needs the result of each comparison. Otherwise the check may compare them
    /// directly, which is faster.
    [[nodiscard]] bool records_comparisons() const noexcept {
        return has_scope_ || survey_ != nullptr;
    }

    // The trace is a list of steps. A step is identified by its index in the trace. Without a
    // trace, every index is zero.

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
    /// \param status  the status of the answer; no_data if the answer has only records of types
    /// that were not asked for
    void add_lookup(unsigned depth, const dns::Question& question, const dns::Answer& answer,
                    dns::Status status);

    // The scope is the range of addresses for which every step of the check would have been the
    // same.

    /// Limits the scope to addresses for which the comparison with this network has the same result
    /// as for the client. `contains_client` is that result.
    void narrow(const Network& network, bool contains_client) noexcept;
    /// Limits the scope to the addresses of this range. The client and all other addresses of the
    /// range must have the same results in the comparisons that were made last.
    void narrow(const AddressRange& range) noexcept;
    /// Returns whether the client is in one of the networks that are made of the addresses in the
    /// answer and the prefix length. Also limits the scope (the addresses with the same outcome) to
    /// addresses that are in the same of these networks as the client, and in no other.
    [[nodiscard]] bool contains_client(const dns::Answer& answer, unsigned prefix_length);
    /// Records that the check is about to ask a question that contains the client's address, as in
    /// the search for validated names (5.5). The scope is discarded, because the question is
    /// different for every other address.
    void note_address_dependence(const Accounts& accounts, std::string_view domain);
    /// Records whether the expansion of a macro string depends on the client's address or on the
    /// sender. Call this function before the macro string is expanded for the current term.
    void note_dependence(const MacroString& macro, const Accounts& accounts,
                         std::string_view domain);

    /// Stores for a Sweep which directive matched. A matching include is not stored, because the
    /// directive that matched in the included record has already been stored.
    void note_match(const Directive& directive, std::string_view domain) {
        if (survey_ != nullptr && !std::holds_alternative<Include>(directive.mechanism))
            [[unlikely]]
            survey_->note_match(directive.text, domain);
    }

private:
    std::size_t add_step(Step::Kind kind, unsigned depth, std::string_view domain,
                         std::string_view text);
    /// Stores for a Sweep the state of the check before the first term whose lookups depend on the
    /// address or the sender.
    void survey_dependence(const Accounts& accounts, std::string_view domain);

    bool has_trace_ = false;
    bool has_scope_ = false;
    Survey* survey_ = nullptr;
    Outcome& outcome_;
};

}  // namespace spf
