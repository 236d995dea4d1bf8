// What the parts of lint share: the findings about a text, and guesses at what its terms were meant
// to be.
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

/// Collects the findings about one text, at most `most` of them.
class Findings {
public:
    static constexpr std::size_t most = 200;

    explicit Findings(std::string_view text) : text_(text) {}

    /// Adds a finding with the severity and the section of its code. If there are `most` findings
    /// already, the new one is dropped. The returned reference is then to a finding that is never
    /// read.
    Finding& add(Finding::Code code, std::size_t offset, std::size_t length);
    /// Adds a finding even if there are `most` findings already. Only for findings that must not be
    /// missed, and only a few times per text.
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

// A correction replaces octets at the place of the mistake, because the text may be an invalid
// record. By contrast, the functions of edit.hpp choose the place of a new term in a valid Record.

/// Removes a correction if another correction changes some of the same octets or begins at the same
/// octet. So all corrections that remain can be applied together.
void part_corrections(std::vector<Finding>& findings);

/// What a broken term was probably meant to be.
struct Guess {
    Finding::Code code{};
    std::string correction;        ///< the terms that were meant; empty if that is not clear
    Sentence said{};               ///< the message; its only argument is the term
    Sentence advised{};            ///< the remedy; its only argument is the term
    bool everyone_passes = false;  ///< the term was meant as `all` or `+all`
};

/// The prefix lengths of the largest networks that one organisation has. IANA has assigned IPv4
/// networks of length /8 to some organisations. The regional registries have assigned IPv6 networks
/// of at most /16.
inline constexpr unsigned largest4 = 8;
inline constexpr unsigned largest6 = 16;

/// The text before the first term of a record.
inline constexpr std::string_view version_and_space = "v=spf1 ";
static_assert(version_and_space.starts_with(version_section));

/// Returns whether a directive lets every client pass. The result is also true for an `a` or `mx`
/// with a prefix length of 0 for IPv4 or IPv6: if its name has an address of this family, the
/// directive matches every client of the family.
[[nodiscard]] bool lets_everyone_pass(const Directive& directive) noexcept;
/// Returns whether `terms`, one or several, form a record if "v=spf1 " is inserted before them.
[[nodiscard]] bool is_correct(std::string_view terms);
/// Returns whether terms may be offered as a correction. They must be correct, and none of them may
/// let more clients pass than one organisation has. None of them may be an unknown modifier that
/// was meant as something else, because receivers ignore unknown modifiers.
[[nodiscard]] bool is_offerable(std::string_view terms);
/// Reports what is wrong with the version section. Returns the offset of its end; nothing if the
/// text was not meant as a record.
[[nodiscard]] std::optional<std::size_t> check_version(Findings& findings);
/// Reports each broken term from the offset `begin` on.
/// \return the text with spaces in place of the broken terms
[[nodiscard]] std::string check_syntax(Findings& findings, std::size_t begin);
/// The record that consists of only the correct terms of a text, and its place in that text.
struct RecordInText {
    const Record& record;
    std::size_t begin;  ///< the offset after the version section, which may be misspelt

    [[nodiscard]] std::size_t offset_of(std::string_view term) const noexcept {
        return begin + (record.offset_of(term) - version_and_space.size());
    }
};
/// Reports what is wrong with each term by itself.
void check_terms(Findings& findings, const RecordInText& place);
/// Reports what is wrong with the terms together. `whole` means that the record has all terms of
/// the text: no broken term was left out.
void check_policy(Findings& findings, const RecordInText& place, bool whole);
/// Reports terms that let every client pass, or far more clients than one organisation has. The
/// first few findings are added even if `findings` is full.
void check_open_doors(Findings& findings, const RecordInText& place);
/// Reports terms that are repeated, and networks that another network of the record contains.
void check_duplicates(Findings& findings, const RecordInText& place);

/// Guesses what a broken term was meant to be. If there is a correction, it is offerable
/// (is_offerable()).
[[nodiscard]] std::optional<Guess> guess(std::string_view term);
/// Guesses what was meant by a term that contains octets other than visible US-ASCII.
[[nodiscard]] std::optional<Guess> guess_foreign(std::string_view term);

// Each of the following functions is a rule of guess() for terms of visible US-ASCII. The
// correction that a rule returns may still be broken.

/// Guesses what was meant by a term with quotes or backslashes.
[[nodiscard]] std::optional<Guess> guess_quotes(std::string_view term);
/// Guesses what was meant by a term that resembles `all`, such as `al`, `-all.` or `all-`.
[[nodiscard]] std::optional<Guess> guess_all(std::string_view term);
/// Guesses what was meant by a term onto which another TXT record or a text `name=value` has been
/// pasted, such as `~allv=spf1`.
[[nodiscard]] std::optional<Guess> guess_pasted_record(std::string_view term);

/// The parts of a term: its qualifier (one octet or empty), its name, and the text after the name,
/// which begins with the separator.
struct Parts {
    std::string_view qualifier;
    std::string_view name;
    std::string_view rest;
};
[[nodiscard]] Parts parts_of(std::string_view term) noexcept;
/// Guesses what was meant by a term whose name is known, but with something wrong after the name.
[[nodiscard]] std::optional<Guess> guess_behind_name(const Parts& parts, const TermKind& kind);
/// Returns the mechanism or modifier with this name, ignoring case; null if there is none. The
/// result has static storage.
[[nodiscard]] const TermKind* known_term(std::string_view name) noexcept;
/// If the text is the name of a mechanism or modifier, ignoring case, returns this name in lower
/// case; otherwise empty. The result has static storage.
[[nodiscard]] std::string_view known_name(std::string_view name) noexcept;
/// is_modifier() returns whether terms with this name are modifiers. separator_behind() returns the
/// separator that follows the name: "=" for a modifier, otherwise ":".
[[nodiscard]] bool is_modifier(std::string_view known_name) noexcept;
[[nodiscard]] std::string_view separator_behind(std::string_view known_name) noexcept;
/// Returns "ip4:" or "ip6:" if the value is a network of that family, otherwise empty. The result
/// has static storage.
[[nodiscard]] std::string_view network_prefix(std::string_view value);
/// Returns the term with a space inserted wherever another term seems to begin; empty if none does.
/// With `careful`, another term begins only at the name of a mechanism with a colon, because no DNS
/// name can contain a colon.
[[nodiscard]] std::string split_terms(std::string_view term, bool careful);
/// Concatenates the texts.
[[nodiscard]] std::string joined(std::initializer_list<std::string_view> texts);
/// Returns whether a domain name begins with the name of a term, correct or misspelt, such as
/// "unclude-spf.example".
[[nodiscard]] bool begins_with_name(std::string_view domain);
/// Returns whether a domain name contains "spf", ignoring case. Many names that are meant to be
/// included contain it.
[[nodiscard]] bool is_about_spf(std::string_view domain);
/// Returns whether `name` is `meant` plus one octet, and that octet may be the first of the value.
/// In "ip41:98.51.100.3" that octet is "1", and in "redirect_=spf.example.com" it is "_". By
/// contrast, the "s" of "includes:" is only a typing error.
[[nodiscard]] bool may_belong_to_value(std::string_view name, std::string_view meant,
                                       std::string_view value);
/// Returns the name in RFC 7208 of which the given name is a translation; empty if there is none.
/// The result has static storage.
[[nodiscard]] std::string_view translation_of(std::string_view name) noexcept;
/// Returns the name in RFC 7208 that differs from the given name in one octet only, or in two
/// swapped octets; empty if there is none.
[[nodiscard]] std::string_view similar_name(std::string_view name) noexcept;
/// If the given name, ignoring case, is the name of a well-known service's SPF record, returns that
/// name. Otherwise returns empty. The result has static storage.
[[nodiscard]] std::string_view well_known_include(std::string_view name) noexcept;
/// If the given name may be a mistake for the name of a well-known service's SPF record, returns
/// the correct name. Otherwise returns empty.
[[nodiscard]] std::string_view near_include(std::string_view name);
/// Returns whether a term with this name is not meant for SPF, but was published to prove to a
/// service who owns the domain.
[[nodiscard]] bool is_verification_token(std::string_view name);
/// Returns whether two texts are equal, or differ by one replaced, missing or additional octet or
/// by two swapped neighbours. An upper-case letter is not equal to its lower-case letter.
[[nodiscard]] bool is_similar(std::string_view left, std::string_view right) noexcept;

}  // namespace spf::lint
