/// \file lint/lint.hpp  What is wrong, doubtful or wasteful in an SPF record, and what would be
/// right.
///
/// parse_record() stops at the leftmost error, as a receiver may. The owner of a record needs to
/// know all errors, the mistakes that the grammar allows, and the correction if there is only one:
///
///     for (const spf::lint::Finding& finding :
///          spf::lint::lint("v=spf1 ip:192.0.2.1 include:a.example~all"))
///         print(finding.message(), finding.correction);   // ip4:192.0.2.1, include:a.example ~all
///
/// parse_record() rejects a text that has a version section if and only if lint() has a finding
/// with is_permerror(); the leftmost such finding holds the same ParseError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/base/error.hpp"
#include "spf/base/export.hpp"
#include "spf/base/message.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/lint/sentence.hpp"

namespace spf::lint {

/// One thing to fix, or to know. Owns everything.
struct SPF_EXPORT Finding {
    /// How much a finding matters.
    enum class Severity : std::uint8_t {
        error,    ///< receivers reject the record, or it does not do what its owner meant
        warning,  ///< the record works, but is fragile, wasteful or probably not what was meant
        hint,     ///< the record could be tidier
    };
    /// Stable codes: new codes may be appended to a group, no code changes its meaning. describe()
    /// says what each code means.
    enum class Code : std::uint8_t {
        // The version section (4.5): the text is not an SPF record.
        not_spf,
        version_misspelt,
        version_glued,
        version_quoted,
        version_space,
        // Syntax, recognised mistakes.
        misspelt_name,
        translated_name,
        wrong_separator,
        space_in_term,
        bare_domain,
        bare_address,
        missing_space,
        typed_quotes,
        white_space,
        typographic_character,
        stray_punctuation,
        non_ascii_name,
        wrong_family,
        name_in_ip,
        address_list,
        netmask,
        // Syntax, by the codes of parse_record().
        invalid_character,
        missing_mechanism,
        unknown_mechanism,
        modifier_as_mechanism,
        qualified_modifier,
        modifier_name,
        duplicate_modifier,
        missing_argument,
        unexpected_argument,
        prefix_length_ip4,
        prefix_length_ip6,
        prefix_length_dual,
        prefix_length_forbidden,
        address_ip4,
        address_ip6,
        domain_missing,
        domain_toplabel,
        domain_address,
        macro_percent,
        macro_unterminated,
        macro_letter,
        macro_exp_only,
        macro_zero,
        macro_transformer,
        // Allowed by the grammar, but probably not what was meant.
        equals_for_colon,
        doubled_name,
        fused_terms,
        all_cut_short,
        negative_term,
        service_as_host,
        near_miss,
        name_of_url,
        repeated_version,
        verification_token,
        other_record,
        unknown_modifier,
        impossible_name,
        odd_name,
        trailing_dot,
        mapped_network,
        host_bits,
        private_network,
        // The policy as a whole.
        everyone_passes,
        huge_network,
        exists_constant,
        neutral_all,
        no_all,
        unreachable_term,
        repeated_all,
        redirect_ignored,
        redirect_beside_terms,
        unused_explanation,
        ptr_used,
        macro_p,
        macro_upper_case,
        duplicate_term,
        shadowed_network,
        many_lookup_terms,
        // Size and strings (3.3, 3.4).
        record_size,
        record_size_close,
        string_too_long,
        missing_space_at_cut,
        // The domain and all records below it.
        malformed_domain,
        no_such_domain,
        no_record,
        several_records,
        include_without_record,
        redirect_without_record,
        include_loop,
        included_twice,
        void_lookup,
        too_many_void_lookups,
        too_many_lookups,
        close_to_limit,
        lookup_budget,
        too_many_mx_names,
        dns_failure,
        not_in_zone,
        included_everyone,
        included_neutral,
        low_ttl,
        high_ttl,
        obsolete_type,
        too_large,
    };
    /// The number of codes: 0 .. code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::too_large) + 1;

    Code code{};               ///< what was found
    Severity severity{};       ///< how much it matters
    std::string domain;        ///< the domain of the record; empty if only a text was given
    std::string text;          ///< the record, any octets; empty if there is none
    std::size_t offset = 0;    ///< octets from the start of `text`, 0 .. text.size()
    std::size_t length = 0;    ///< octets to underline; 0: something is missing here
    std::string_view section;  ///< the section of RFC 7208, such as "4.6.1". Static storage.
    /// The sentence of message(), if it is not that of the code, and what it names beside term().
    /// It is data until the text is asked for: a translation is another table of patterns
    /// (FindingKind, pattern_of()).
    Message<Sentence> said{};
    Message<Sentence> advised{};  ///< the sentence of remedy(), likewise
    /// The text that should replace the underlined octets, if only one can be meant: one or more
    /// terms without syntax error. A correction never lets every sender pass and never names
    /// another address. No two corrections of a text change the same octets or begin at the same
    /// octet, so all of them can be applied together. For several_records: the record that should
    /// replace all of them.
    std::optional<std::string> correction;
    /// If it is a syntax error: the error of parse_record() for the term alone; its offset is in
    /// `text`.
    std::optional<ParseError> syntax;

    /// Whether receivers treat the record as broken (permerror) because of it (2.6.7).
    [[nodiscard]] bool is_permerror() const noexcept;
    /// The term that the underlined octets are part of, from space to space; if a space is the
    /// mistake, several terms. A view into `text`.
    [[nodiscard]] std::string_view term() const noexcept;
    /// What is wrong: one sentence without trailing dot; printable US-ASCII.
    [[nodiscard]] std::string message() const;
    /// What to do about it: one sentence without trailing dot; printable US-ASCII.
    [[nodiscard]] std::string remedy() const;
    /// The maximum number of octets of term() in a sentence.
    static constexpr std::size_t longest_term = 80;
};

/// What a code means in general. Static storage.
struct FindingKind {
    Finding::Code code{};          ///< the code
    std::string_view name;         ///< the name of the enumerator, such as "misspelt_name"
    Finding::Severity severity{};  ///< see Finding::severity
    bool permerror = false;        ///< see Finding::is_permerror()
    std::string_view section;      ///< the section of RFC 7208
    std::string_view message;      ///< a pattern (base/message.hpp); {1} is Finding::term()
    std::string_view remedy;       ///< what to do about it, likewise a pattern
};

/// All codes, in the order of the enum.
[[nodiscard]] SPF_EXPORT std::span<const FindingKind> finding_kinds() noexcept;
/// What a code means.
[[nodiscard]] SPF_EXPORT const FindingKind& describe(Finding::Code code) noexcept;
/// The name of the enumerator: stable, for machines.
[[nodiscard]] SPF_EXPORT std::string_view to_string(Finding::Code code) noexcept;
/// "error", "warning", "hint".
[[nodiscard]] SPF_EXPORT std::string_view to_string(Finding::Severity severity) noexcept;

/// Examines a record without asking DNS.
///
/// \param text  one TXT record, its strings joined without spaces (3.3), any octets.
/// \return findings from left to right, then those about the whole record. At most a few hundred:
///         if there are more, findings that are not syntax errors are dropped first, then the
///         rightmost.
///
/// Cost: O(n log n) in time, linear in memory. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT std::vector<Finding> lint(std::string_view text);

/// Examines a record whose strings are known, as they would be written in a zone file. Also checks
/// whether each string can be published, and whether terms fuse where two strings meet.
[[nodiscard]] SPF_EXPORT std::vector<Finding> lint(std::span<const std::string> strings);

}  // namespace spf::lint
