/// \file lint/lint.hpp  Finds what is wrong, doubtful or wasteful in an SPF record, and suggests
/// corrections.
///
/// parse_record() stops at the leftmost error, as a receiver may. The owner of a record needs more:
/// all errors, the mistakes that the grammar allows, and the correction if only one is possible:
///
///     for (const spf::lint::Finding& finding :
///          spf::lint::lint("v=spf1 ip:192.0.2.1 include:a.example~all"))
///         print(finding.message(), finding.correction);   // ip4:192.0.2.1, include:a.example ~all
///
/// For a text that begins with a version section, parse_record() and lint() agree: parse_record()
/// rejects the text if and only if lint() has a finding with is_permerror(). The leftmost such
/// finding contains the ParseError of parse_record().
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
#include "spf/base/language.hpp"
#include "spf/base/message.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/lint/sentence.hpp"

namespace spf::lint {

/// A mistake in a record, or another fact about the record that its owner should know. Owns all its
/// texts.
struct SPF_EXPORT Finding {
    /// How much a finding matters.
    enum class Severity : std::uint8_t {
        error,    ///< receivers reject the record, or it does not do what its owner meant
        warning,  ///< the record works, but is fragile, wasteful or probably not what was meant
        hint,     ///< the record works well, but could be simpler
    };
    /// The codes are stable: new codes may be appended to a group, but no code changes its meaning.
    /// For the meaning of a code, see describe().
    enum class Code : std::uint8_t {
        // Findings about the version section (4.5): the text is not an SPF record.
        not_spf,
        version_misspelt,
        version_glued,
        version_quoted,
        version_space,
        // Syntax errors for which the right term can be guessed.
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
        // Other syntax errors. Each has the name of a ParseError::Code.
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
        // Terms that the grammar allows, but that probably do something other than what was meant.
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
        // Findings about the policy as a whole.
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
        // Findings about the size of the record and its strings (3.3, 3.4).
        record_size,
        record_size_close,
        string_too_long,
        missing_space_at_cut,
        // Findings of lint_domain(), about a domain and the records that its record leads to.
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
        included_neutral,  ///< not reported any more: it is a fact and nothing to be done
        low_ttl,
        high_ttl,
        obsolete_type,
        too_large,
    };
    /// The number of codes. The values 0 to code_count - 1 are valid.
    static constexpr std::size_t code_count = static_cast<std::size_t>(Code::too_large) + 1;

    Code code{};             ///< what was found
    Severity severity{};     ///< how much it matters
    std::string domain{};    ///< the domain of the record; empty if only a text was examined
    std::string text{};      ///< the text of the record, any octets; empty if there is no record
    std::size_t offset = 0;  ///< the first octet to underline in `text`, 0 .. text.size()
    std::size_t length = 0;  ///< the number of octets to underline; 0 if something is missing there
    /// The section of RFC 7208 that concerns the finding, such as "4.6.1". The text has static
    /// storage.
    std::string_view section{};
    /// The text of message() as data, for translation: which pattern it has, and the values for its
    /// placeholders. pattern_of() returns the English pattern. For `Sentence::usual`, the pattern
    /// is FindingKind::message of the finding's code.
    Message<Sentence> said{};
    Message<Sentence> advised{};  ///< the text of remedy() in the same form
    /// The text that should replace the underlined octets (`offset`, `length`): one or more terms
    /// without a syntax error. Absent unless only one text can be meant. A correction never lets
    /// every sender pass, and never replaces an address by a different one. All corrections of a
    /// text can be applied together, because no two of them change the same octet or begin at the
    /// same octet. For `several_records`, the correction is the record that should replace all of
    /// them. For `obsolete_type`, it is the text to publish as a TXT record.
    std::optional<std::string> correction{};
    /// If the finding is a syntax error, the error that parse_record() would report if all other
    /// terms were correct. Its offset is counted from the start of `text`.
    std::optional<ParseError> syntax{};

    /// Returns whether receivers treat the record as broken (permerror) because of this finding
    /// (2.6.7).
    [[nodiscard]] bool is_permerror() const noexcept;
    /// Returns the term that contains the underlined octets (`offset`, `length`), from space to
    /// space. If a space is the mistake, returns the terms on both sides. The result is a view of
    /// `text`.
    [[nodiscard]] std::string_view term() const noexcept;
    /// Returns what is wrong, in one line of English without trailing dot. Printable US-ASCII.
    [[nodiscard]] std::string message() const;
    /// Returns what is wrong in a language, as message() does in English.
    [[nodiscard]] std::string message(const Language& language) const;
    /// Returns what to do about it, in one line of English without trailing dot. Printable
    /// US-ASCII.
    [[nodiscard]] std::string remedy() const;
    /// Returns what to do in a language, as remedy() does in English.
    [[nodiscard]] std::string remedy(const Language& language) const;
    /// The maximum number of octets of term() that appear in message() and remedy().
    static constexpr std::size_t longest_term = 80;
};

/// What a code means, independently of any record. The texts have static storage.
struct FindingKind {
    Finding::Code code{};          ///< the code
    std::string_view name{};       ///< the name of the enumerator, such as "misspelt_name"
    Finding::Severity severity{};  ///< see Finding::severity
    bool permerror = false;        ///< see Finding::is_permerror()
    std::string_view section{};    ///< the section of RFC 7208 that concerns the code
    /// What is wrong: a pattern (base/message.hpp) in which {1} is Finding::term().
    std::string_view message{};
    std::string_view remedy{};  ///< what to do about it: a pattern of the same kind
};

/// Returns the descriptions of all codes, in the order of the enum.
[[nodiscard]] SPF_EXPORT std::span<const FindingKind> finding_kinds() noexcept;
/// Returns the description of a code.
[[nodiscard]] SPF_EXPORT const FindingKind& describe(Finding::Code code) noexcept;
/// Returns the name of the enumerator, such as "misspelt_name". The name is stable, so programs may
/// compare it.
[[nodiscard]] SPF_EXPORT std::string_view to_string(Finding::Code code) noexcept;
/// Returns "error", "warning" or "hint".
[[nodiscard]] SPF_EXPORT std::string_view to_string(Finding::Severity severity) noexcept;

/// Examines the text of a record. Asks no DNS questions.
///
/// \param text  the text of one TXT record, any octets; its strings are joined without spaces
///              (3.3).
/// \return the findings from left to right, then those about the whole record. There are at most a
///         few hundred. If there were more, those that are not syntax errors are dropped first,
///         then the rightmost.
///
/// Cost: O(n log n) in time, linear in memory. Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT std::vector<Finding> lint(std::string_view text);

/// Examines a record whose strings are known separately, as in a zone file. In addition to what the
/// other overload checks, finds strings that cannot be published, and terms that are not separated
/// by a space because a new string begins between them.
[[nodiscard]] SPF_EXPORT std::vector<Finding> lint(std::span<const std::string> strings);

}  // namespace spf::lint
