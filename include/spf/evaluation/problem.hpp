/// \file evaluation/problem.hpp  Why the result of a check is none, temperror or permerror, and how
/// to fix the cause.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/base/export.hpp"
#include "spf/base/language.hpp"
#include "spf/dns/resolver.hpp"

namespace spf {

/// Why the result of a check is none, temperror or permerror. Names the domain and the term that
/// have to be corrected.
struct SPF_EXPORT Problem {
    /// What is wrong. New codes may be appended, but no code changes its meaning.
    enum class Code : std::uint8_t {
        // The result is none:
        malformed_domain,  ///< the identity has no usable domain (4.3); `syntax` describes why
        no_such_domain,    ///< the domain does not exist (4.3)
        no_record,         ///< the domain has no SPF record (4.5)
        // The result is permerror:
        several_records,          ///< the domain has more than one SPF record (4.5)
        syntax_error,             ///< `text` has the error `syntax` (4.6)
        include_without_record,   ///< `domain`, the target of an include, has no SPF record (5.2)
        redirect_without_record,  ///< `domain`, the target of a redirect, has no SPF record (6.1)
        too_many_dns_lookups,     ///< more than ten terms need lookups (4.6.4)
        too_many_void_lookups,    ///< more than two terms have void lookups (4.6.4)
        too_many_mx_names,        ///< one `mx` has more than ten mail exchanges (4.6.4)
        // The result is temperror:
        dns_failure,  ///< the lookup of `type` at `domain` ended with `status` (4.4, 5)
        deadline,     ///< the check took too long (4.6.4)
        /// only zone data was searched, and it does not contain `domain` (2.6.6)
        not_in_zone,
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::not_in_zone) + 1;

    Code code{};           ///< what is wrong
    std::string domain{};  ///< the domain of the record, or the name whose lookup failed
    /// For `syntax_error`, the whole record. For `no_record`, a TXT record that looks like an SPF
    /// record, but is not one. Otherwise the term that caused the problem. Empty if there is no
    /// such text.
    std::string text{};
    /// For `syntax_error`, the error in `text`. For `malformed_domain`, the error in `domain`.
    /// Otherwise absent.
    std::optional<ParseError> syntax{};
    /// For `dns_failure`, `not_in_zone`, `too_many_void_lookups` and `deadline`, the type of the
    /// records that were looked up.
    dns::RecordType type{};
    /// For `dns_failure`, `not_in_zone` and `too_many_void_lookups`, how the lookup ended.
    dns::Status status{};
    /// For `not_in_zone`, a name for the zone data, such as a file name; may be empty. For
    /// `dns_failure`, "truncated" if an answer did not fit into UDP, and the server refused TCP.
    std::string source{};
    /// For `too_many_dns_lookups`, a domain whose record leads back to itself through includes or
    /// redirects, so that no limit would be high enough. Empty if no such domain was found.
    std::string loop{};

    /// Returns one sentence without trailing dot that describes what is wrong, with names and
    /// terms. The sentence is in printable US-ASCII; other octets are written as escapes such as
    /// `\x9f`. Each name or term is cut to 512 octets.
    [[nodiscard]] std::string message() const;
    /// Returns what is wrong in a language, as message() does in English.
    [[nodiscard]] std::string message(const Language& language) const;
    /// Returns one sentence without trailing dot that tells the owner of the domain which term to
    /// change, and how. The sentence is in printable US-ASCII and begins with a verb in lower case.
    [[nodiscard]] std::string remedy() const;
    /// Returns what to change in a language, as remedy() does in English.
    [[nodiscard]] std::string remedy(const Language& language) const;
    /// Returns the term to fix, as a view into `text`. For a syntax error, this is the term that
    /// contains the error; otherwise, it is all of `text`.
    [[nodiscard]] std::string_view term() const noexcept;
    /// Returns the section of RFC 7208 that the problem is about, such as "4.6.4". The string is in
    /// static storage.
    [[nodiscard]] std::string_view section() const noexcept;

    /// Compares all members.
    friend bool operator==(const Problem&, const Problem&) = default;
};

/// Returns the name of the enumerator, such as "no_record". The name never changes, so programs may
/// rely on it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(Problem::Code code) noexcept;

}  // namespace spf
