/// \file evaluation/problem.hpp  Why a check ended in none, temperror or permerror, and how to fix
/// it.
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

/// Why a check ended in none, temperror or permerror, and what has to be fixed where.
struct SPF_EXPORT Problem {
    /// Stable codes: new codes may be appended, no code changes its meaning.
    enum class Code : std::uint8_t {
        malformed_domain,  ///< none: the identity has no usable domain (4.3); `syntax` says why
        no_such_domain,    ///< none: the domain does not exist (4.3)
        no_record,         ///< none: the domain has no SPF record (4.5)
        several_records,   ///< permerror: the domain has more than one SPF record (4.5)
        syntax_error,      ///< permerror: `syntax` says what is wrong in `text`, and where (4.6)
        include_without_record,   ///< permerror: `domain` has no SPF record (5.2)
        redirect_without_record,  ///< permerror: `domain` has no SPF record (6.1)
        too_many_dns_lookups,     ///< permerror: more than ten terms with lookups (4.6.4)
        too_many_void_lookups,    ///< permerror: more than two terms with void lookups (4.6.4)
        too_many_mx_names,        ///< permerror: more than ten mail exchanges of one `mx` (4.6.4)
        dns_failure,  ///< temperror: the lookup of `type` at `domain` ended in `status` (4.4, 5)
        deadline,     ///< temperror: the check took too long (4.6.4)
        /// temperror: only zone data was asked, which says nothing about `domain` (2.6.6)
        not_in_zone,
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::not_in_zone) + 1;

    Code code{};         ///< what is wrong
    std::string domain;  ///< the domain of the record, or the name whose lookup failed
    /// The record (syntax_error) or the term that caused the problem; no_record: a TXT record that
    /// looks like an SPF record, but is not one. May be empty.
    std::string text;
    std::optional<ParseError> syntax;  ///< syntax_error: in `text`; malformed_domain: in `domain`
    dns::RecordType type{};            ///< dns_failure, not_in_zone: the requested type
    dns::Status status{};              ///< dns_failure, not_in_zone: how the lookup ended
    std::string source;  ///< not_in_zone: a name of the data, such as a file name; may be empty
    /// too_many_dns_lookups: a domain whose record leads back to itself through includes or
    /// redirects, so that no limit would suffice. Empty if no such domain was found.
    std::string loop;

    /// One sentence without trailing dot that says what is wrong, with names and terms. Printable
    /// US-ASCII, other octets as `\x9f`; at most 512 octets of each name.
    [[nodiscard]] std::string message() const;
    /// One sentence without trailing dot that tells the owner of the domain which term to change,
    /// and how. Printable US-ASCII; begins with a verb in lower case.
    [[nodiscard]] std::string remedy() const;
    /// The term to fix: for a syntax error the term at its place in the record, else `text`. A view
    /// into `text`.
    [[nodiscard]] std::string_view term() const noexcept;
    /// The section of RFC 7208, such as "4.6.4". Static storage.
    [[nodiscard]] std::string_view section() const noexcept;

    /// Compares all members.
    friend bool operator==(const Problem&, const Problem&) = default;
};

/// The name of the enumerator: stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(Problem::Code code) noexcept;

}  // namespace spf
