/// \file evaluation/evaluation.hpp  check_host() without I/O: the caller asks the questions and
/// passes the answers in (RFC 7208 section 4).
///
/// ## Readings
/// RFC 7208 can be interpreted in more than one way in these cases. This library decides as
/// follows. Each reading has a test in tests/conformance/readings.cpp.
/// - **At most one void lookup is counted for each term**, because 4.6.4 limits the number of
///   terms: an `mx` with five hosts, none of which has an address of the client's family, counts
///   once, not five times. `exp=` never counts, because it is evaluated after the result is known.
/// - **A lookup of an alias that leads to no record is void** (4.6.4, RFC 2308 2.2): only records
///   of the requested type count as records; the CNAME does not.
/// - **Exceeding a limit ends the check even if the term would have matched** (4.6.4): an `mx` with
///   eleven hosts is a permerror before any of the hosts is looked up.
/// - **An `mx` is one of the ten terms, however many MX records it finds** (4.6.4): "the number of
///   MX records queried is included" is taken to mean the single MX query. The mail exchanges that
///   it finds have a limit of their own.
/// - **The macro `%{p}` counts as one of the ten terms** if the reverse mapping has not been needed
///   before (4.6.4: "the ptr mechanism or the %{p} macro ... is included in the overall limit"). In
///   `exp=`, it does not count. If the lookup of the reverse mapping is void, this void lookup
///   counts once, for the term that needed the reverse mapping first.
/// - **The mechanism `ptr` and the macro `%{p}` share one set of validated names** in each check
///   (5.5, 7.3).
/// - **A term whose target is not a domain name does not match.** Section 4.8 leaves this open;
///   section 5 treats "Name Error" in the same way. The term counts, but no void lookup is counted,
///   because nothing is asked. For include and redirect, such a target is a permerror (5.2 with
///   4.3; 6.1).
/// - **A redirect counts only if it is followed** (4.6.4, 6.1), so not after a match, and not in a
///   record with `all`.
/// - **An explanation is fetched only for the record that caused the fail**, never for an included
///   record (6.2).
/// - **The strings of a TXT record are joined to one text, which may contain any octet** (3.3),
///   also NUL. A NUL does not end the text.
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

/// A check_host() that is under way, or its outcome. Does no I/O, starts no thread, and reads the
/// clock only for `%{t}`.
///
///     spf::Evaluation check{request};
///     while (!check.done()) check.answer(ask(check.pending()));
///     use(check.outcome());
///
/// Here, `ask()` waits for the answer. A server that must not wait asks for pending(), and calls
/// the answer() with two arguments when an answer arrives.
///
/// An Evaluation needs about 3 KiB of memory, and the memory of the answers that it holds. It needs
/// more only for deeply nested includes whose answers have no parsed record
/// (dns::Answer::selected). After reset(), an Evaluation uses its memory again, so that after the
/// first checks it allocates nothing. If memory runs out, the member that was called throws
/// std::bad_alloc, and the check is done() with temperror. Limits bounds the depth of includes and
/// the number of questions.
///
/// An Evaluation can be moved, but not copied. A moved-from Evaluation is done() with an empty
/// outcome and may be reset(). Each object may be used by one thread at a time; different objects
/// are independent.
class SPF_EXPORT Evaluation {
public:
    /// Copies the request and starts the check. Then the check is done(), or a question is
    /// pending().
    explicit Evaluation(const Request& request, const Options& options = {});
    /// Makes an Evaluation without a request: it is done() with the result none, and reset() starts
    /// a check.
    Evaluation();
    ~Evaluation();
    /// Moves the check, with its pending question.
    Evaluation(Evaluation&&) noexcept;
    /// Moves the check, with its pending question. Discards the check that this object had before.
    Evaluation& operator=(Evaluation&&) noexcept;
    Evaluation(const Evaluation&) = delete;
    Evaluation& operator=(const Evaluation&) = delete;

    /// Starts another check; a check that is not done() is discarded. Keeps the memory for the new
    /// check. The request must not refer to texts of this object's outcome().
    void reset(const Request& request, const Options& options = {});

    /// Returns whether the check has ended, so that outcome() is valid.
    [[nodiscard]] bool done() const noexcept;

    /// Returns the question that the check waits for. The question has no deadline, because an
    /// Evaluation reads no clock. Requires !done(). The reference is valid until the next answer(),
    /// expire() or reset().
    [[nodiscard]] const dns::Question& pending() const noexcept;

    /// Returns questions that will probably follow, so that a driver can ask them in advance and
    /// save round trips. They are the questions of the record that was just read, or those for the
    /// addresses of the hosts in the last MX answer. No list has duplicates. All lists of a check
    /// together are for at most Limits::dns_lookups terms, and for at most Limits::mx_names hosts
    /// of each MX answer.
    ///
    /// The list is empty unless Options::hints is set. The result does not depend on whether the
    /// hints are used, because limits are counted in the order of evaluation. Requires !done(). The
    /// list is valid until the next answer(), expire() or reset().
    [[nodiscard]] std::span<const dns::Question> hints() const noexcept;

    /// Accepts the answer to pending() and continues to the next question or to the end. Requires
    /// !done(). Null counts as a failed lookup. The answer may have any contents, except that its
    /// member `selected` must be null or have the value that dns::Answer describes.
    ///
    /// This form is for a loop that asks a question and waits for its answer. If answers arrive
    /// later, by callback for example, use the form with two arguments.
    void answer(dns::AnswerPtr answer);

    /// Accepts an answer only if `asked`, its question, equals pending(). The check then continues
    /// as it does after the other answer(). Names and types are compared; deadlines are ignored. If
    /// the questions differ, or if done(), nothing changes.
    ///
    /// This form is for a server that asks asynchronously: after expire() or reset(), the answer to
    /// an older question may still arrive. It must not be treated as the answer to the new
    /// question. The server must keep its own copy of the name, because pending() returns a view.
    /// \return whether the answer was accepted.
    bool answer(const dns::Question& asked, dns::AnswerPtr answer);

    /// Ends the check because its deadline has passed. The result is temperror (4.6.4), or fail if
    /// the check was only waiting for the explanation of a fail. Does nothing if done(). The answer
    /// to the question that was pending may still arrive. It must be passed to the answer() with
    /// two arguments, which ignores it.
    void expire();

    /// Returns the outcome. Requires done(). The reference is valid until reset() or destruction.
    [[nodiscard]] const Outcome& outcome() const& noexcept;
    /// Moves the outcome out. Requires done().
    [[nodiscard]] Outcome outcome() &&;

private:
    friend class Sweep;
    /// Makes the checks look up the client's address in `survey`, a table of address ranges that
    /// all checks of one domain share, instead of comparing the address with one network after the
    /// other. If `survey` is null, the checks use no table. `survey` must exist until this object
    /// is destroyed or use() is called again. Requires Options::scope.
    void use(Survey* survey) noexcept;
    std::unique_ptr<Check> check_;
};

}  // namespace spf
