/// \file evaluation/evaluation.hpp  check_host() without I/O: questions out, answers in (RFC 7208
/// section 4).
///
/// ## Readings
/// RFC 7208 leaves room for interpretation in these cases. This library decides as follows; each
/// reading has a test in tests/conformance/readings.cpp.
/// - **Void lookups are counted by term** (4.6.4 speaks of terms): an `mx` with five hosts, none of
///   which has an address of the client's family, counts once, not five times. `exp=` never counts,
///   because it is evaluated after the result.
/// - **An alias that leads to no record is void** (4.6.4, RFC 2308 2.2): only records of the
///   requested type count, not the CNAME on the way.
/// - **Reaching a limit ends the check even if the term would have matched** (4.6.4): an `mx` with
///   eleven hosts is a permerror before any of the hosts is looked up.
/// - **An `mx` is one of the ten terms, however many MX records it finds** (4.6.4): "the number of
///   MX records queried is included" means the query, and the hosts have a limit of their own.
/// - **The macro `%{p}` costs one of the ten terms** if it is the first to need the reverse mapping
///   (4.6.4: "the ptr mechanism or the %{p} macro ... is included in the overall limit"), but not
///   in `exp=`. Its void lookup counts for the term with the macro; a shared mapping is void once.
/// - **The mechanism `ptr` and `%{p}` share one set of validated names** (5.5, 7.3) per check.
/// - **A target that is not a domain name does not match** (4.8 leaves it open; by analogy with
///   "Name Error" in 5): it costs a term, but no void lookup, as nothing is asked. For include and
///   redirect it is a permerror (5.2 with 4.3; 6.1).
/// - **A redirect that is not followed costs nothing** (4.6.4, 6.1): after a match, and beside
///   `all`.
/// - **An explanation is fetched only for the record that caused the fail**, never for an included
///   record (6.2).
/// - **A TXT answer of several strings is one text; a record may hold any octet** (3.3), including
///   NUL: texts are counted octets, never C strings.
/// - **A term with `%{s}` or `%{l}` does not match if the local-part has octets beyond US-ASCII**
///   (RFC 8616 section 4). Nothing is asked, but the term counts. A redirect with such a target
///   cannot be followed, which is a permerror.
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

/// One check_host() in flight. Does no I/O, starts no thread, and reads no clock except for `%{t}`.
///
///     spf::Evaluation check{request};
///     while (!check.done()) check.answer(ask(check.pending()));
///     use(check.outcome());
///
/// Memory: about 3 KiB, and the answers that it holds. It needs more only for deeply nested
/// includes whose answers have no parsed record (dns::Answer::selected). A reused Evaluation keeps
/// its memory and allocates nothing once it is warm. If memory runs out, the member that was called
/// throws std::bad_alloc, and the check is done() with temperror. Limits bound the depth and the
/// number of questions.
///
/// Movable, not copyable. A moved-from Evaluation is done() with an empty outcome, ready for
/// reset(). Each object may be used by one thread at a time; different objects are independent.
class SPF_EXPORT Evaluation {
public:
    /// Starts the check, which is then done() or has a question pending(). Copies the request.
    explicit Evaluation(const Request& request, const Options& options = {});
    /// Has no request: done() with result none, ready for reset().
    Evaluation();
    ~Evaluation();
    /// Moves the check, with its pending question.
    Evaluation(Evaluation&&) noexcept;
    /// Moves the check, with its pending question; drops the check that this object had.
    Evaluation& operator=(Evaluation&&) noexcept;
    Evaluation(const Evaluation&) = delete;
    Evaluation& operator=(const Evaluation&) = delete;

    /// Starts another check, whatever the state of this one; keeps the memory. The request must not
    /// refer to texts of this object's outcome().
    void reset(const Request& request, const Options& options = {});

    /// Whether the check has ended, so that outcome() is valid.
    [[nodiscard]] bool done() const noexcept;

    /// The question that the check waits for, without a deadline, as an Evaluation reads no clock.
    /// Requires !done(). Valid until the next answer(), expire() or reset().
    [[nodiscard]] const dns::Question& pending() const noexcept;

    /// Questions that will probably follow, so that a driver can ask them at once and save round
    /// trips: those of the record that was just read, or the addresses of the hosts in the MX
    /// answer. No list has duplicates. All lists of a check together name at most
    /// Limits::dns_lookups terms, and at most Limits::mx_names hosts for each MX answer.
    ///
    /// Empty unless Options::hints. The result does not depend on whether the hints are used:
    /// limits are counted in the order of evaluation. Requires !done(). Valid as long as pending().
    [[nodiscard]] std::span<const dns::Question> hints() const noexcept;

    /// Takes the answer to pending() and continues to the next question or to the end. Requires
    /// !done(). Null counts as a failed lookup. Any contents are safe if `selected` is what
    /// dns::Answer says.
    void answer(dns::AnswerPtr answer);

    /// Ends the check because its deadline has passed: with temperror (4.6.4), or with fail if only
    /// the explanation is missing. Does nothing if done().
    void expire();

    /// The outcome. Requires done(). Valid until reset() or destruction.
    [[nodiscard]] const Outcome& outcome() const& noexcept;
    /// Moves the outcome out. Requires done().
    [[nodiscard]] Outcome outcome() &&;

private:
    friend class Sweep;
    /// Makes comparisons with addresses use a table (null: no table), which has to outlive this
    /// object or the next use(). Requires Options::scope.
    void use(Survey* survey) noexcept;
    std::unique_ptr<Check> check_;
};

}  // namespace spf
