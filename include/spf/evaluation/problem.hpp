/// \file evaluation/problem.hpp  Why a check ended in none, temperror or permerror, and what to do about it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"

namespace spf {

/// Why there is no answer from a policy, or no policy: what a person has to mend, and where.
struct SPF_EXPORT Problem {
    /// Stable codes; a new one may be appended, none changes its meaning.
    enum class Code : std::uint8_t {
        malformed_domain,  ///< none: the identity has no usable domain (4.3); `syntax` says why
        no_such_domain,    ///< none: the domain does not exist (4.3)
        no_record,         ///< none: the domain has no SPF record (4.5)
        several_records,   ///< permerror: more than one (4.5)
        syntax_error,      ///< permerror: `syntax` says what and where in `text` (4.6)
        include_without_record,   ///< permerror: `domain` has no SPF record (5.2)
        redirect_without_record,  ///< permerror: `domain` has no SPF record (6.1)
        too_many_dns_lookups,     ///< permerror: more than ten terms with look-ups (4.6.4)
        too_many_void_lookups,    ///< permerror: more than two terms with void look-ups (4.6.4)
        too_many_mx_names,  ///< permerror: more than ten mail exchanges behind one `mx` (4.6.4)
        dns_failure,        ///< temperror: `status` of asking `type` of `domain` (4.4, 5)
        deadline,           ///< temperror: the check took too long (4.6.4)
        not_in_zone,  ///< temperror: nothing is known of `domain`, as only zone data was asked (2.6.6)
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::not_in_zone) + 1;

    Code code{};
    std::string domain;  ///< the name that is meant: of the record, or of the look-up that failed
    /// The record (syntax_error), or the term in question; no_record: a TXT record that looks like an SPF
    /// record and is none. May be empty.
    std::string text;
    std::optional<ParseError> syntax;  ///< syntax_error: in `text`; malformed_domain: in `domain`
    dns::RecordType type{};            ///< dns_failure, not_in_zone
    dns::Status status{};              ///< dns_failure, not_in_zone
    std::string source;  ///< not_in_zone: what that data is called, such as a file; may be empty
    /// too_many_dns_lookups: the domain whose record leads back to itself, through includes or redirects,
    /// so that no limit would be high enough; empty: none was found to.
    std::string loop;

    /// One sentence without trailing dot: what is wrong, with names; printable US-ASCII, octets
    /// beyond that as `\x9f`. May be long where names are.
    [[nodiscard]] std::string message() const;
    /// One sentence for whoever publishes the record: what to do about it. Static storage.
    [[nodiscard]] std::string_view remedy() const noexcept;
    /// The section of RFC 7208. Static storage.
    [[nodiscard]] std::string_view section() const noexcept;

    friend bool operator==(const Problem&, const Problem&) = default;
};

/// The code as written in the enum: stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(Problem::Code code) noexcept;

}  // namespace spf
