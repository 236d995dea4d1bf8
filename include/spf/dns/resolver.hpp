/// \file dns/resolver.hpp  The interface to DNS: one question in, one shared answer out.
///
/// To use a DNS library of your own, derive from `dns::Resolver`, or drive an `Evaluation` yourself
/// and give it the answers as your event loop receives them (evaluation/evaluation.hpp).
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

/// The five record types that check_host() asks for, and `spf`, which only lint_domain() asks for,
/// to find obsolete records (3.1). The values are those of the DNS. Answers for `spf` hold texts,
/// as answers for `txt` do.
enum class RecordType : std::uint16_t { a = 1, ptr = 12, mx = 15, txt = 16, aaaa = 28, spf = 99 };

/// All values of RecordType, without duplicates.
inline constexpr std::array record_types{RecordType::a,   RecordType::ptr,  RecordType::mx,
                                         RecordType::txt, RecordType::aaaa, RecordType::spf};

/// "A", "AAAA", "MX", "PTR", "TXT", "SPF".
[[nodiscard]] SPF_EXPORT std::string_view to_string(RecordType type) noexcept;

/// Maximum length of one string of a TXT record, in octets (RFC 1035, 3.3).
inline constexpr std::size_t longest_string = 255;

/// The clock of deadlines.
using Clock = std::chrono::steady_clock;

/// The time that is `time` after now: now if `time` is zero or negative, Clock::time_point::max()
/// if it is a century or more. Any value is safe.
[[nodiscard]] SPF_EXPORT Clock::time_point deadline_after(std::chrono::milliseconds time) noexcept;

/// A question of class IN. A view: the caller owns the name.
struct Question {
    /// The name in lower case: labels joined by dots, no trailing dot, no escapes; 1..253 octets,
    /// labels of 1..63 octets. A label may hold any octet except the dot, so a resolver has to
    /// escape what its own notation reserves (`\`, `"`, space ...).
    std::string_view name;
    RecordType type = RecordType::txt;  ///< the type of the records asked for
    /// When the caller stops waiting; max(): never. By then a resolver should have returned
    /// Status::timeout, whatever it was doing (retries, aliases, TCP). A resolver may ignore the
    /// deadline: check_host() discards late answers.
    Clock::time_point deadline = Clock::time_point::max();

    /// Whether name and type are equal; ignores the deadlines.
    friend bool operator==(const Question& left, const Question& right) noexcept {
        return left.name == right.name && left.type == right.type;
    }
};

/// How a lookup ended.
enum class Status : std::uint8_t {
    ok,  ///< RCODE 0 and at least one record of the requested type
    /// RCODE 0 without such a record: the name exists, or an alias leads to a name without one (RFC
    /// 2308, 2.2)
    no_data,
    nxdomain,     ///< RCODE 3, "Name Error"
    servfail,     ///< RCODE 2
    error,        ///< any other RCODE, an answer that is not a DNS message, a loop of aliases
    timeout,      ///< no answer in time
    unreachable,  ///< the question could be sent to no name server
    /// the local data says nothing about the name, and no server was asked (ZoneOptions::knows_all)
    not_in_zone,
};

/// "ok", "no data", "nxdomain", "servfail", "error", "timeout", "unreachable",
/// "not in zone".
[[nodiscard]] SPF_EXPORT std::string_view to_string(Status status) noexcept;

/// Whether the lookup failed, so that the result is temperror (4.4, 5).
[[nodiscard]] constexpr bool is_failure(Status status) noexcept {
    return status >= Status::servfail;
}
/// Whether it was a "void lookup": no failure, but no record either (4.6.4).
[[nodiscard]] constexpr bool is_void(Status status) noexcept {
    return status == Status::no_data || status == Status::nxdomain;
}

/// One MX record.
struct MailExchange {
    std::uint16_t preference = 0;  ///< lower values are preferred (RFC 5321 section 5.1)
    std::string host;  ///< as a Question's name, any case; empty for the root (null MX, RFC 7505)

    /// Compares all members.
    friend bool operator==(const MailExchange&, const MailExchange&) = default;
};

/// The answer to a question. Built once, then shared and never changed.
///
/// If status is ok, exactly one of the vectors is filled: the one of the requested type. The
/// resolver follows aliases and leaves their records out. A resolver that returns records of
/// another type does no harm: they are ignored.
struct Answer {
    Status status = Status::error;  ///< how the lookup ended
    /// How long the answer may be kept; for a chain of aliases, the smallest TTL. Negative answers:
    /// as RFC 2308 says, 0 if unknown. Failures: 0.
    std::chrono::seconds ttl{0};

    std::vector<IpAddress> addresses;     ///< A or AAAA
    std::vector<MailExchange> exchanges;  ///< MX, in the order received
    std::vector<std::string> names;       ///< PTR, as a Question's name, any case
    /// TXT: each text is one record, its strings joined without space (3.3), any octets.
    /// Status::not_in_zone: two texts, a name of the data for people, and the domain name that the
    /// data lacks, which may be the target of an alias.
    std::vector<std::string> texts;

    /// Optional, for TXT: the SPF record among `texts`, already selected and parsed, so that a
    /// frequent answer is parsed once. Must be select_record(texts); see with_selected_record().
    std::shared_ptr<const SelectedRecord> selected;

    // Members for programs that change records (analysis/authorize.hpp); checks do not use them. A
    // resolver that does not know them leaves them as they are.
    /// If the requested name is an alias: the name that it leads to (RFC 1034, 3.6.2), as a
    /// Question's name, any case. Empty if it is not an alias.
    std::string canonical_name;
    /// For each of `texts`, the lengths of the strings that were joined (RFC 1035, 3.3.14); empty
    /// if every text is one string.
    std::vector<std::vector<std::uint8_t>> string_lengths;
    /// Whether the answer comes from an authoritative server of the zone (RFC 1035, 4.1.1: AA), so
    /// that `ttl` is the published TTL, of which no part has elapsed.
    bool is_authoritative = false;

    /// dns::is_void() of the status.
    [[nodiscard]] bool is_void() const noexcept { return dns::is_void(status); }
    /// dns::is_failure() of the status.
    [[nodiscard]] bool is_failure() const noexcept { return dns::is_failure(status); }
};

/// Answers are shared and immutable, so a cache hands them out without copying.
using AnswerPtr = std::shared_ptr<const Answer>;

/// An answer that has a status and a TTL, but no records.
[[nodiscard]] SPF_EXPORT AnswerPtr make_answer(Status status,
                                               std::chrono::seconds ttl = std::chrono::seconds{0});

/// The strings of which `texts[index]` was joined, as they were published. Nothing if the resolver
/// has not filled string_lengths and the text is longer than one string can be.
[[nodiscard]] SPF_EXPORT std::optional<std::vector<std::string>> published_strings(
    const Answer& answer, std::size_t index);

/// The records of that type in one line for people, such as "192.0.2.1, 192.0.2.2"; at most the
/// first twelve. Empty unless the status is ok. Octets from remote parties are not escaped.
[[nodiscard]] SPF_EXPORT std::string describe(const Answer& answer, RecordType type);

/// A source of DNS answers: the one class to derive from in order to use another DNS library.
class SPF_EXPORT Resolver {
public:
    /// Derived objects may be deleted through a pointer to Resolver.
    virtual ~Resolver() = default;

    /// Blocks until the question is answered, has failed, or its deadline is over. Follows CNAMEs
    /// (RFC 1034, 3.6.2).
    ///
    /// Implementations must not return null and must not throw because of a failure: a failure is
    /// an answer with a status. Implementations state whether they are thread-safe.
    virtual AnswerPtr resolve(const Question& question) = 0;

    /// Answers as resolve() does, for a caller that uses the answer only while this object exists
    /// and is not changed. A resolver that holds its answers may lend them without counting a
    /// reference, which takes as long as finding the answer. check_host() borrows if
    /// is_immediate(). Unless overridden, it calls resolve().
    virtual AnswerPtr borrow(const Question& question);

    /// Whether resolve() answers from memory and never waits. Then check_host() does not read the
    /// clock, which takes as long as a small check.
    [[nodiscard]] virtual bool is_immediate() const noexcept { return false; }

protected:
    Resolver() = default;
    /// Derived classes may be copied.
    Resolver(const Resolver&) = default;
    /// Derived classes may be moved.
    Resolver(Resolver&&) = default;
    /// Derived classes may be assigned to.
    Resolver& operator=(const Resolver&) = default;
    /// Derived classes may be moved to.
    Resolver& operator=(Resolver&&) = default;
};

/// A resolver that puts one deadline on all questions to another resolver. After the deadline it
/// answers Status::timeout and asks nothing. For callers that ask many questions one after the
/// other, such as the functions in analysis/.
///
/// Does not own `inner`, which has to outlive this object. As thread-safe as `inner`.
class SPF_EXPORT DeadlineResolver final : public Resolver {
public:
    /// See deadline_after() for `deadline`.
    DeadlineResolver(Resolver& inner, Clock::time_point deadline) noexcept
        : inner_(&inner), deadline_(deadline) {}

    /// Asks `inner`, with the earlier of the question's deadline and the deadline of this object.
    AnswerPtr resolve(const Question& question) override;

    /// Whether the deadline has passed.
    [[nodiscard]] bool is_over() const noexcept { return Clock::now() >= deadline_; }

private:
    Resolver* inner_;
    Clock::time_point deadline_;
};

}  // namespace spf::dns
