/// \file dns/resolver.hpp  The interface to DNS: a resolver receives a question and returns an
/// answer.
///
/// To use a DNS library of your own, derive a class from `dns::Resolver`. If your program has an
/// event loop, you can instead pass the answers that it receives to an `Evaluation`, together with
/// the questions that they answer (evaluation/evaluation.hpp).
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

/// The types of DNS records. check_host() asks for all of them except `spf`, for which only
/// lint_domain() asks, to find obsolete records (3.1). The values are those of the DNS. Answers for
/// `spf` have texts, as answers for `txt` have.
enum class RecordType : std::uint16_t { a = 1, ptr = 12, mx = 15, txt = 16, aaaa = 28, spf = 99 };

/// All values of RecordType, without duplicates.
inline constexpr std::array record_types{RecordType::a,   RecordType::ptr,  RecordType::mx,
                                         RecordType::txt, RecordType::aaaa, RecordType::spf};

/// Returns "A", "AAAA", "MX", "PTR", "TXT" or "SPF".
[[nodiscard]] SPF_EXPORT std::string_view to_string(RecordType type) noexcept;

/// The maximum length of one string of a TXT record, in octets (RFC 1035, 3.3).
inline constexpr std::size_t longest_string = 255;

/// The clock that deadlines refer to.
using Clock = std::chrono::steady_clock;

/// Returns the time at which a duration that begins now will be over. Returns the current time if
/// the duration is zero or negative, and Clock::time_point::max() if it is a century or more. No
/// duration causes an overflow.
[[nodiscard]] SPF_EXPORT Clock::time_point deadline_after(std::chrono::milliseconds time) noexcept;

/// A DNS question of class IN. A Question has only a view of its name, which the caller owns.
struct Question {
    /// The name, in the spelling of make_canonical(): labels joined by dots, in lower case, without
    /// escapes and without trailing dot. The name has 1..253 octets, each label 1..63. A label may
    /// contain any octet except the dot. If octets such as `\`, `"` or space have a meaning for
    /// your DNS library, the resolver must escape them.
    std::string_view name{};
    RecordType type = RecordType::txt;  ///< the type of the records asked for
    /// The time at which the caller stops waiting, or max() if it waits without a limit. A resolver
    /// should return by then, with Status::timeout if it has no answer. Retries, aliases and TCP
    /// must fit into this time. A resolver may ignore the deadline, because check_host() discards
    /// late answers.
    Clock::time_point deadline = Clock::time_point::max();

    /// Returns whether name and type are equal. Ignores the deadlines.
    friend bool operator==(const Question& left, const Question& right) noexcept {
        return left.name == right.name && left.type == right.type;
    }
};

/// How a lookup ended.
enum class Status : std::uint8_t {
    ok,  ///< RCODE 0, with at least one record of the requested type
    /// RCODE 0, but no record of the requested type: the name exists, or it is an alias that leads
    /// to a name without such a record (RFC 2308, 2.2)
    no_data,
    nxdomain,     ///< RCODE 3, "Name Error"
    servfail,     ///< RCODE 2
    error,        ///< any other RCODE, an answer that is not a DNS message, or a loop of aliases
    timeout,      ///< no answer was received in time
    unreachable,  ///< the question could not be sent to any name server
    /// the local zone data does not contain the name, and no server was asked
    /// (ZoneOptions::knows_all)
    not_in_zone,
};

/// Returns "ok", "no data", "nxdomain", "servfail", "error", "timeout", "unreachable" or "not in
/// zone".
[[nodiscard]] SPF_EXPORT std::string_view to_string(Status status) noexcept;

/// Returns whether the lookup failed. The result of the check is then temperror (4.4, 5), except in
/// lookups for `ptr`, `%{p}` and `exp=`, whose failures may be ignored (5.5, 6.2).
[[nodiscard]] constexpr bool is_failure(Status status) noexcept {
    return status >= Status::servfail;
}
/// Returns whether the lookup was a "void lookup", which did not fail, but found no record (4.6.4).
[[nodiscard]] constexpr bool is_void(Status status) noexcept {
    return status == Status::no_data || status == Status::nxdomain;
}

/// One MX record.
struct MailExchange {
    std::uint16_t preference = 0;  ///< lower values are preferred (RFC 5321 section 5.1)
    /// The name of the host, written as Question::name, but in lower or upper case. Empty for the
    /// root, which makes the record a null MX (RFC 7505).
    std::string host{};

    /// Compares all members.
    friend bool operator==(const MailExchange&, const MailExchange&) = default;
};

/// The answer to a question. Answers are shared, so an answer must not be changed after it was
/// made.
///
/// If `status` is ok, the vector for the requested type contains the records, and the vectors for
/// other types are empty. Checks ignore the contents of vectors for other types. The resolver
/// follows aliases and leaves the CNAME records out.
struct Answer {
    Status status = Status::error;  ///< how the lookup ended
    /// How long the answer may be kept. For a chain of aliases, this is the smallest TTL. For
    /// `no_data` and `nxdomain`, this is the TTL that RFC 2308 defines, or 0 if the resolver does
    /// not know that TTL. For failures, this is 0.
    std::chrono::seconds ttl{0};

    std::vector<IpAddress> addresses{};     ///< the addresses in A or AAAA records
    std::vector<MailExchange> exchanges{};  ///< the MX records, in the order received
    /// The names in PTR records, written as Question::name, but in lower or upper case.
    std::vector<std::string> names{};
    /// The texts of TXT records, one for each record: its strings, joined without spaces (3.3), of
    /// any octets. For Status::not_in_zone, a name for the zone data in messages, and the domain
    /// name that it does not contain, which may be the target of an alias. For Status::error, the
    /// text "truncated" if the answer did not fit into UDP, and the server refused TCP.
    std::vector<std::string> texts{};

    /// For a TXT answer, the value of select_record(texts), which holds the parsed SPF record. Null
    /// if the resolver has not computed it. In this case, each check computes it. A resolver that
    /// keeps its answers should fill it in, for example with with_selected_record(), so that each
    /// answer is parsed only once.
    std::shared_ptr<const SelectedRecord> selected{};

    // The following members are for programs that change records (analysis/authorize.hpp). Checks
    // do not use them. A resolver that cannot fill them in leaves the defaults.
    /// If the requested name is an alias, the name to which it leads (RFC 1034, 3.6.2), written as
    /// Question::name, but in lower or upper case. Empty if it is not an alias.
    std::string canonical_name{};
    /// For each text in `texts`, the lengths of the strings that were joined (RFC 1035, 3.3.14).
    /// Empty if every text is one string.
    std::vector<std::vector<std::uint8_t>> string_lengths{};
    /// Whether the answer comes from an authoritative server of the zone (RFC 1035, 4.1.1: AA). If
    /// so, `ttl` is the published TTL, of which no part has elapsed.
    bool is_authoritative = false;

    /// Returns dns::is_void() of `status`.
    [[nodiscard]] bool is_void() const noexcept { return dns::is_void(status); }
    /// Returns dns::is_failure() of `status`.
    [[nodiscard]] bool is_failure() const noexcept { return dns::is_failure(status); }
};

/// A shared answer. Because an answer does not change, a cache can return it without copying it.
using AnswerPtr = std::shared_ptr<const Answer>;

/// Makes an answer with a status and a TTL, but without records.
[[nodiscard]] SPF_EXPORT AnswerPtr make_answer(Status status,
                                               std::chrono::seconds ttl = std::chrono::seconds{0});

/// Returns the strings of the TXT record whose joined text is `answer.texts[index]`, as they were
/// published. If the resolver has not filled in string_lengths, a text of at most 255 octets is
/// returned as one string. Returns nothing for a longer text without lengths, or if the lengths do
/// not add up to the length of the text.
[[nodiscard]] SPF_EXPORT std::optional<std::vector<std::string>> published_strings(
    const Answer& answer, std::size_t index);

/// Returns one line for people with the records of the type `type`, such as "192.0.2.1, 192.0.2.2".
/// At most the first twelve records are listed. Empty unless the status is ok. The line may contain
/// any octets that the domain owner published: they are not escaped.
[[nodiscard]] SPF_EXPORT std::string describe(const Answer& answer, RecordType type);

/// A source of DNS answers. To use another DNS library, derive a class from this one.
class SPF_EXPORT Resolver {
public:
    /// Derived objects may be deleted through a pointer to Resolver.
    virtual ~Resolver() = default;

    /// Returns the answer to a question. Blocks until there is an answer, the lookup has failed, or
    /// the deadline of the question has passed. Follows CNAMEs (RFC 1034, 3.6.2).
    ///
    /// Implementations must not return null. They must not throw because of a failed lookup, but
    /// return an answer with the Status of the failure. Each implementation documents whether it is
    /// thread-safe.
    virtual AnswerPtr resolve(const Question& question) = 0;

    /// Returns the same answer as resolve(), but the caller may use it only while this object
    /// exists and is not changed. A resolver that stores its answers may therefore return a pointer
    /// that does not own the answer. This saves the counting of a reference, which takes as long as
    /// finding the answer. If is_immediate(), check_host() calls this function instead of
    /// resolve(). Unless a derived class overrides it, this function calls resolve().
    virtual AnswerPtr borrow(const Question& question);

    /// Returns whether resolve() always answers from memory and never waits. If so, check_host()
    /// does not read the clock. Reading the clock would take as long as a small check.
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

/// A resolver that passes all questions to another resolver, with one deadline for all of them.
/// After the deadline, it answers Status::timeout and asks nothing. It is for callers that ask many
/// questions one after the other, such as the functions in analysis/.
///
/// Does not own `inner`, which must outlive this object. Thread-safe if `inner` is.
class SPF_EXPORT DeadlineResolver final : public Resolver {
public:
    /// Makes a resolver that asks `inner` until `deadline`. To compute the deadline, use
    /// deadline_after().
    DeadlineResolver(Resolver& inner, Clock::time_point deadline) noexcept
        : inner_(&inner), deadline_(deadline) {}

    /// Asks `inner`, with the earlier of two deadlines: the deadline of the question and the
    /// deadline of this object.
    AnswerPtr resolve(const Question& question) override;

    /// Returns whether the deadline has passed.
    [[nodiscard]] bool is_over() const noexcept { return Clock::now() >= deadline_; }

private:
    Resolver* inner_;
    Clock::time_point deadline_;
};

}  // namespace spf::dns
