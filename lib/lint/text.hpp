// What the parts of lint share: the text, its findings, and guesses at what was meant.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/term_kinds.hpp"
#include "spf/lint/lint.hpp"
#include "spf/record/record.hpp"

namespace spf::lint {

/// Findings about one text, at most `most`.
class Findings {
public:
    static constexpr std::size_t most = 200;

    explicit Findings(std::string_view text) : text_(text) {}

    /// Adds a finding, with the texts of its kind. Once the findings are full, a new one is
    /// dropped: then the reference is to a finding that is never read.
    Finding& add(Finding::Code code, std::size_t offset, std::size_t length);
    /// Adds a finding even if the findings are full: for what must not be missed, a few times per
    /// text.
    Finding& add_in_any_case(Finding::Code code, std::size_t offset, std::size_t length);
    [[nodiscard]] bool full() const noexcept { return all_.size() >= most; }
    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    [[nodiscard]] std::span<const Finding> so_far() const noexcept { return all_; }
    /// Returns the findings from left to right; findings that begin at the same octet remain in the
    /// order in which they were added.
    [[nodiscard]] std::vector<Finding> take();

private:
    Finding& fill(Finding& out, Finding::Code code, std::size_t offset, std::size_t length) const;

    std::string_view text_;
    std::vector<Finding> all_;
    Finding dropped_;
};

// A correction replaces octets of a text that may not be a record: terms are put where the mistake
// is. Terms that are put into a Record are placed by the rules of edit.hpp.

/// Withdraws corrections that would change octets that another correction changes, or that begin
/// where another one begins: the remaining corrections can all be made together.
void part_corrections(std::vector<Finding>& findings);

/// A guess at what a broken term was meant to be.
struct Guess {
    Finding::Code code{};
    std::string correction;        ///< terms that may be offered; empty if the meaning is not clear
    Sentence said{};               ///< the message: a sentence without arguments but the term
    Sentence advised{};            ///< the remedy, likewise
    bool everyone_passes = false;  ///< apart from the mistake, the text is `all` or `+all`
};

/// The prefix lengths of the largest networks that one organisation has: IANA assigned whole IPv4
/// /8 networks to some, and the regional registries have assigned at most a /16 of IPv6.
inline constexpr unsigned largest4 = 8;
inline constexpr unsigned largest6 = 16;

/// The text before the terms of a record.
inline constexpr std::string_view version_and_space = "v=spf1 ";
static_assert(version_and_space.starts_with(version_section));

/// Whether a directive passes every client, or every client of a family if its name has an address.
[[nodiscard]] bool lets_everyone_pass(const Directive& directive) noexcept;
/// Whether these terms, one or several, form a record after "v=spf1 ".
[[nodiscard]] bool is_correct(std::string_view terms);
/// Whether terms may be offered as a correction: they are correct, none of them lets every client
/// pass, or more clients than one organisation has, and no mechanism has become a modifier that no
/// receiver reads.
[[nodiscard]] bool is_offerable(std::string_view terms);
/// Returns where the version section ends; nothing if the text was not meant as a record.
[[nodiscard]] std::optional<std::size_t> check_version(Findings& findings);
/// Reports broken terms from `begin` on.
/// \return the text with spaces in their place
[[nodiscard]] std::string check_syntax(Findings& findings, std::size_t begin);
/// A record made of the correct terms of a text, and its place in the text.
struct RecordInText {
    const Record& record;
    std::size_t begin;  ///< where the terms begin in the text, which may have another version

    [[nodiscard]] std::size_t offset_of(std::string_view term) const noexcept {
        return begin + (record.offset_of(term) - version_and_space.size());
    }
};
/// Reports what can be said about each term alone.
void check_terms(Findings& findings, const RecordInText& place);
/// Reports what can be said about all terms together. `whole`: no broken term was left out.
void check_policy(Findings& findings, const RecordInText& place, bool whole);
/// Reports terms that let every client pass, or far too many. The first few are added even if
/// `findings` is full.
void check_open_doors(Findings& findings, const RecordInText& place);
/// Reports networks and terms that occur more than once.
void check_duplicates(Findings& findings, const RecordInText& place);

/// Guesses at any term. The correction, if there is one, is_offerable().
[[nodiscard]] std::optional<Guess> guess(std::string_view term);
/// Guesses at a term with other octets than visible US-ASCII.
[[nodiscard]] std::optional<Guess> guess_foreign(std::string_view term);

// Rules for terms of US-ASCII. Their corrections may still be broken.

/// Quotes and backslashes.
[[nodiscard]] std::optional<Guess> guess_quotes(std::string_view term);
/// `al`, `-all.`, `all-`
[[nodiscard]] std::optional<Guess> guess_all(std::string_view term);
/// `~allv=spf1`: another TXT record has been pasted onto a term.
[[nodiscard]] std::optional<Guess> guess_pasted_record(std::string_view term);

/// A term's parts: `qualifier` (none or one octet), `name`, and the rest with its separator.
struct Parts {
    std::string_view qualifier;
    std::string_view name;
    std::string_view rest;
};
[[nodiscard]] Parts parts_of(std::string_view term) noexcept;
/// Guesses at a known name with something wrong after it.
[[nodiscard]] std::optional<Guess> guess_behind_name(const Parts& parts, const TermKind& kind);
/// The mechanism or modifier of that name, ignoring case; null if there is none. Static storage.
[[nodiscard]] const TermKind* known_term(std::string_view name) noexcept;
/// The name of that term in lower case, or empty. Static storage.
[[nodiscard]] std::string_view known_name(std::string_view name) noexcept;
/// Whether terms of that name are modifiers, and which of ":" and "=" follows the name.
[[nodiscard]] bool is_modifier(std::string_view known_name) noexcept;
[[nodiscard]] std::string_view separator_behind(std::string_view known_name) noexcept;
/// "ip4:" or "ip6:" if the value is a network, otherwise empty. Static storage.
[[nodiscard]] std::string_view network_prefix(std::string_view value);
/// Returns the term with a space wherever another term seems to begin; empty if none does. With
/// `careful`, only a mechanism's name with a colon counts, which no DNS name can contain.
[[nodiscard]] std::string split_terms(std::string_view term, bool careful);
/// Concatenates the texts.
[[nodiscard]] std::string joined(std::initializer_list<std::string_view> texts);
/// Whether a domain begins with the name of a mechanism, even misspelt: "unclude-spf.example".
[[nodiscard]] bool begins_with_name(std::string_view domain);
/// Whether a domain mentions SPF, as names do that are meant to be included.
[[nodiscard]] bool is_about_spf(std::string_view domain);
/// Whether the last octet of a name with one octet too many may be the first of the value:
/// "ip41:98.51.100.3", "redirect_=spf.example.com". "includes:" is only misspelt.
[[nodiscard]] bool may_belong_to_value(std::string_view name, std::string_view meant,
                                       std::string_view value);
/// The name of which the given name is a translation, or empty. Static storage.
[[nodiscard]] std::string_view translation_of(std::string_view name) noexcept;
/// The name that differs in one octet only, or in two swapped octets, or empty.
[[nodiscard]] std::string_view similar_name(std::string_view name) noexcept;
/// The name of a well-known service's record that equals the given name, or empty. Static storage.
[[nodiscard]] std::string_view well_known_include(std::string_view name) noexcept;
/// The name of a well-known service's record that the given name may have been meant as, or empty.
[[nodiscard]] std::string_view near_include(std::string_view name);
/// Whether a modifier or term of that name is a service's proof of ownership, not SPF.
[[nodiscard]] bool is_verification_token(std::string_view name);
/// Whether one text results from the other by one replaced, missing, added or swapped octet; case
/// counts.
[[nodiscard]] bool is_similar(std::string_view left, std::string_view right) noexcept;

}  // namespace spf::lint
