/// \file dns/resolver.hpp  The pluggable DNS interface: one question in, one shared answer out.
///
/// Plug in your own DNS by deriving from `dns::Resolver`, or drive an `Evaluation` yourself and
/// answer its questions when your event loop has them (evaluation.hpp).
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/net/ip.hpp"

namespace spf {
struct SelectedRecord;  // record/select.hpp
}

namespace spf::dns {

/// The five record types that check_host() asks for, and `spf`, which it never does: lint_domain() looks
/// for what is left of it (3.1). The values are those of the DNS. Answers to `spf` hold texts, as to `txt`.
enum class RecordType : std::uint16_t { a = 1, ptr = 12, mx = 15, txt = 16, aaaa = 28, spf = 99 };

/// All of them, once each.
inline constexpr std::array record_types{RecordType::a,   RecordType::ptr,  RecordType::mx,
                                         RecordType::txt, RecordType::aaaa, RecordType::spf};

/// "A", "AAAA", "MX", "PTR", "TXT", "SPF".
[[nodiscard]] SPF_EXPORT std::string_view to_string(RecordType type) noexcept;

/// Octets of one string of a TXT record at most (RFC 1035, 3.3).
inline constexpr std::size_t longest_string = 255;

/// The clock of deadlines.
using Clock = std::chrono::steady_clock;

/// So much later than now: now where `time` is zero or less, Clock::time_point::max() where it is a
/// century or more. Any value is safe.
[[nodiscard]] SPF_EXPORT Clock::time_point deadline_after(std::chrono::milliseconds time) noexcept;

/// A question of class IN. A view: the name belongs to whoever asks.
struct Question {
    /// Lower case, labels joined by dots, no trailing dot, no escapes: an octet of a label may be any
    /// but a dot, so a resolver has to escape what its own notation reserves (`\`, `"`, space ...).
    /// 1..253 octets, labels of 1..63.
    std::string_view name;
    RecordType type = RecordType::txt;
    /// When the time of whoever asks is over; max(): never. What comes later is of no use to him, so a
    /// resolver should have given up by then, with Status::timeout, whatever it does in between:
    /// retries, aliases, TCP. One that pays no heed may: check_host() ignores what is late.
    Clock::time_point deadline = Clock::time_point::max();

    /// Whether the same is asked, however long there is to wait.
    friend bool operator==(const Question& left, const Question& right) noexcept {
        return left.name == right.name && left.type == right.type;
    }
};

/// How a look-up ended.
enum class Status : std::uint8_t {
    ok,       ///< RCODE 0 and at least one record of the type asked for
    no_data,  ///< RCODE 0 without one: the name exists, or an alias leads to one without (RFC 2308, 2.2)
    nxdomain,     ///< RCODE 3, "Name Error"
    servfail,     ///< RCODE 2
    error,        ///< any other RCODE, an answer that is no DNS message, a loop of aliases
    timeout,      ///< no answer in time
    unreachable,  ///< no name server could even be asked
    not_in_zone,  ///< the data at hand says nothing about the name, and nobody else was asked (ZoneOptions)
};

/// "ok", "no data", "nxdomain", "servfail", "error", "timeout", "unreachable",
/// "not in zone".
[[nodiscard]] SPF_EXPORT std::string_view to_string(Status status) noexcept;

/// Whether the look-up failed, so that the result is temperror (4.4, 5).
[[nodiscard]] constexpr bool is_failure(Status status) noexcept {
    return status >= Status::servfail;
}
/// Whether it is a "void look-up": no error, but no record either (4.6.4).
[[nodiscard]] constexpr bool is_void(Status status) noexcept {
    return status == Status::no_data || status == Status::nxdomain;
}

/// One MX record.
struct MailExchange {
    std::uint16_t preference = 0;
    std::string host;  ///< as a Question's name, any case; empty for the root (null MX, RFC 7505)

    friend bool operator==(const MailExchange&, const MailExchange&) = default;
};

/// What a look-up brought. Built once, then shared and never changed.
///
/// Exactly one of the vectors is filled where status is ok, the one of the type asked for: records
/// of aliases on the way are followed and left out. A resolver that hands back something else than
/// was asked for does no harm: what does not fit is ignored.
struct Answer {
    Status status = Status::error;
    /// How long it may be kept; of a chain, the smallest. Negative answers: as RFC 2308 says, 0 where
    /// unknown. Failures: 0.
    std::chrono::seconds ttl{0};

    std::vector<IpAddress> addresses;     ///< A or AAAA
    std::vector<MailExchange> exchanges;  ///< MX, in the order they came
    std::vector<std::string> names;       ///< PTR, as a Question's name, any case
    /// TXT: strings of a record joined without space (3.3), any octets. Status::not_in_zone: two texts,
    /// what the data is called, for people, and the name it lacks, to which an alias may have led.
    std::vector<std::string> texts;

    /// Optional, for TXT: the SPF record among `texts`, already selected and parsed, so that a hot
    /// answer is parsed once. Must be select_record(texts); see with_selected_record().
    std::shared_ptr<const SelectedRecord> selected;

    // What a check has no use for, but who wants to change the records (analysis/authorize.hpp). A
    // resolver that does not know leaves it as it is.
    /// The name that aliases lead to, where the name asked for is one (RFC 1034, 3.6.2); empty: it is none.
    /// As a Question's name, any case.
    std::string canonical_name;
    /// For each of `texts`, the lengths of the strings that it was joined of (RFC 1035, 3.3.14); empty
    /// where each of them is one string.
    std::vector<std::vector<std::uint8_t>> string_lengths;
    /// Whether this comes from whoever is responsible for the zone, so that `ttl` is what was published,
    /// and nothing of it is over (RFC 1035, 4.1.1: AA).
    bool is_authoritative = false;

    [[nodiscard]] bool is_void() const noexcept { return dns::is_void(status); }
    [[nodiscard]] bool is_failure() const noexcept { return dns::is_failure(status); }
};

/// Answers are shared and immutable: a cache hands out what it holds without copying.
using AnswerPtr = std::shared_ptr<const Answer>;

/// An answer with a status alone.
[[nodiscard]] SPF_EXPORT AnswerPtr make_answer(Status status,
                                               std::chrono::seconds ttl = std::chrono::seconds{0});

/// The strings that `texts[index]` was joined of, as they were published; nothing where a resolver has not
/// told, so that it is longer than one string can be.
[[nodiscard]] SPF_EXPORT std::optional<std::vector<std::string>> published_strings(
    const Answer& answer, std::size_t index);

/// The records of that type in one line for people, such as "192.0.2.1, 192.0.2.2"; the first dozen.
/// Empty unless the status is ok.
/// Foreign octets are left as they are.
[[nodiscard]] SPF_EXPORT std::string describe(const Answer& answer, RecordType type);

/// The one thing to implement in order to plug in one's own DNS.
class SPF_EXPORT Resolver {
public:
    virtual ~Resolver() = default;

    /// Blocks until the question is answered, has failed, or its deadline is over; follows CNAMEs
    /// (RFC 1034, 3.6.2).
    /// Must not return null. A failure is an answer with a status, never an exception.
    /// Thread-safety is the implementation's to state.
    virtual AnswerPtr resolve(const Question& question) = 0;

    /// Whether it answers out of memory, without ever waiting: then check_host() does not look at the
    /// clock, which takes as long as a small check.
    [[nodiscard]] virtual bool is_immediate() const noexcept { return false; }

protected:
    Resolver() = default;
    Resolver(const Resolver&) = default;
    Resolver(Resolver&&) = default;
    Resolver& operator=(const Resolver&) = default;
    Resolver& operator=(Resolver&&) = default;
};

/// A resolver in front of another that puts one deadline over all questions: what is not answered by
/// then is a timeout, and nothing is asked any more. For what asks many questions one after the other,
/// such as the functions in analysis/.
///
/// Does not own `inner`, which has to outlive it. As thread-safe as that is.
class SPF_EXPORT DeadlineResolver final : public Resolver {
public:
    /// See deadline_after().
    DeadlineResolver(Resolver& inner, Clock::time_point deadline) noexcept
        : inner_(&inner), deadline_(deadline) {}

    /// The earlier of the question's own deadline and this one counts.
    AnswerPtr resolve(const Question& question) override;

    /// Whether the time is over.
    [[nodiscard]] bool is_over() const noexcept { return Clock::now() >= deadline_; }

private:
    Resolver* inner_;
    Clock::time_point deadline_;
};

}  // namespace spf::dns
