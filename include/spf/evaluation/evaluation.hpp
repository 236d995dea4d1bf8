/// \file evaluation/evaluation.hpp  check_host() without I/O: questions out, answers in (RFC 7208 section 4).
///
/// ## Readings
/// Where RFC 7208 leaves room, this library decides as follows; each is tested in
/// tests/conformance/readings.cpp.
/// - **Void look-ups are counted by term** (4.6.4 speaks of terms): an `mx` over five hosts without
///   an address of the client's family is one, not five. `exp=` never counts (it comes after the result).
/// - **An alias that leads to nothing is void** (4.6.4, RFC 2308 2.2): what counts is records of the
///   type asked for, not the CNAME on the way.
/// - **A limit reached ends the check even if the term had matched** (4.6.4): an `mx` with eleven hosts
///   is a permerror before any of them is asked for.
/// - **An `mx` is one of the ten terms, however many MX records it finds** (4.6.4): "the number of MX
///   records queried is included" means the query, and the hosts have a limit of their own.
/// - **`%{p}` costs one of the ten terms** when it is the first to ask for the reverse mapping (4.6.4:
///   "the ptr mechanism or the %{p} macro ... is included in the overall limit"); in `exp=` nothing counts.
///   The void look-up behind it belongs to the term that holds it, and a shared mapping is void once.
/// - **`ptr` and `%{p}` share one set of validated names** (5.5, 7.3), found once per check.
/// - **A target that is no domain name does not match** (4.8 leaves it open; by analogy with 5, "Name
///   Error"): it costs a term but no void look-up, as nothing is asked. For include and redirect it
///   is a permerror (5.2 with 4.3; 6.1).
/// - **A redirect that is not followed costs nothing** (4.6.4, 6.1): neither after a match nor beside `all`.
/// - **An explanation is fetched only for the record that caused the fail**, never inside an include (6.2).
/// - **A TXT answer of several strings is one text; a record may hold any octet** (3.3): counted
///   bytes, never C strings.
/// - **A term with `%{s}` or `%{l}` does not match where the local-part has octets beyond US-ASCII**
///   (RFC 8616 section 4); nothing is asked, but the term counts. A redirect cannot be followed then: permerror.
#pragma once

#include <memory>
#include <span>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"

namespace spf {

class Check;
class Survey;

/// One check_host() in flight. Does no I/O, starts no thread, knows no clock but for `%{t}`.
///
///     spf::Evaluation check{request};
///     while (!check.done()) check.answer(ask(check.pending()));
///     use(check.outcome());
///
/// Memory: about 3 KiB besides the answers it holds, and more only where many includes nest whose
/// answers come without their parsed record (dns::Answer::selected); a
/// reused Evaluation keeps it and allocates nothing once warm. Where memory runs out, std::bad_alloc leaves
/// the member that was called, and the check is done() with temperror. Depth and number of questions are
/// bounded by Limits. Movable, not copyable; one that was moved from is as one without a request: done()
/// with an empty outcome, ready for reset(). One thread at a time; different Evaluations are independent.
class SPF_EXPORT Evaluation {
public:
    /// Starts the check; afterwards it is done() or has a question pending(). Copies what it needs.
    explicit Evaluation(const Request& request, const Options& options = {});
    /// Makes an empty one, done() with result none, for reset().
    Evaluation();
    ~Evaluation();
    Evaluation(Evaluation&&) noexcept;
    Evaluation& operator=(Evaluation&&) noexcept;
    Evaluation(const Evaluation&) = delete;
    Evaluation& operator=(const Evaluation&) = delete;

    /// Starts over with another request, whatever state it is in; keeps its memory. The request must
    /// not point into this evaluation's own outcome().
    void reset(const Request& request, const Options& options = {});

    [[nodiscard]] bool done() const noexcept;

    /// The question it waits for. Only where not done(). Valid until the next answer(), expire() or reset().
    /// Without deadline: an Evaluation knows no clock.
    [[nodiscard]] const dns::Question& pending() const noexcept;

    /// Questions that will probably follow, so that a driver may ask them at once and save round trips:
    /// those of the record that was just read, or the hosts of the MX answer. None stands in a list twice,
    /// and all lists of a check together name no more terms than Limits::dns_lookups lets be evaluated,
    /// and no more hosts than Limits::mx_names for each MX answer.
    /// Empty unless Options::hints. The result does not depend on whether anyone
    /// looks: limits are counted in the order of evaluation. Valid as pending().
    [[nodiscard]] std::span<const dns::Question> hints() const noexcept;

    /// Gives the answer to pending() and goes on to the next question or to the end. Only where not
    /// done(). Null counts as a failed look-up. Any contents are safe, as
    /// long as `selected` is what dns/resolver.hpp says.
    void answer(dns::AnswerPtr answer);

    /// The deadline is over: ends with temperror (4.6.4), or, where only the explanation is still
    /// missing, with the fail as it stands. Nothing happens where done().
    void expire();

    /// Only where done(). Valid until reset() or destruction.
    [[nodiscard]] const Outcome& outcome() const& noexcept;
    /// Moves the outcome out.
    [[nodiscard]] Outcome outcome() &&;

private:
    friend class Sweep;
    /// Makes it look up in a table that outlives it what it would compare; only with Options::scope. Null: no longer.
    void use(Survey* survey) noexcept;
    std::unique_ptr<Check> check_;
};

}  // namespace spf
