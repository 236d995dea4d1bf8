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

/// Findings about one text, no more than `most` of them.
class Findings {
public:
    static constexpr std::size_t most = 200;

    explicit Findings(std::string_view text) : text_(text) {}

    /// Adds one, with the texts of its kind. Past the bound it is dropped: the reference then leads
    /// to one that nobody reads.
    Finding& add(Finding::Code code, std::size_t offset, std::size_t length);
    /// Adds one past the bound too: for what must not be missed, a few times for a text.
    Finding& add_in_any_case(Finding::Code code, std::size_t offset, std::size_t length);
    [[nodiscard]] bool full() const noexcept { return all_.size() >= most; }
    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    [[nodiscard]] std::span<const Finding> so_far() const noexcept { return all_; }
    /// From left to right; those that begin at the same octet in the order they were added.
    [[nodiscard]] std::vector<Finding> take();

private:
    Finding& fill(Finding& out, Finding::Code code, std::size_t offset, std::size_t length) const;

    std::string_view text_;
    std::vector<Finding> all_;
    Finding dropped_;
};

// A correction replaces octets of a text that may be no record: terms go where the mistake is. Those
// that are put into a Record go where edit.hpp says.

/// Takes corrections back where they would change octets that another one changes, or begin where
/// that begins: all that are left can be made together.
void part_corrections(std::vector<Finding>& findings);

/// A guess at what a broken term was meant to be.
struct Guess {
    Finding::Code code{};
    std::string correction;        ///< terms that may be offered; empty where nobody can tell
    std::string_view message{};    ///< in place of the code's own, where not empty; static storage
    std::string_view remedy{};     ///< the same
    bool everyone_passes = false;  ///< what stands there is `all` or `+all`, but for the mistake
};

/// What to do where an `all` was meant, but not clearly with which qualifier.
inline constexpr std::string_view remedy_of_all =
    "write -all or ~all: without a qualifier, as with +, \"all\" lets everybody pass";

/// The prefix lengths of the largest networks that one organisation has: IANA gave whole /8 of IPv4
/// to some, and of IPv6 the regional registries gave away a /16 at most.
inline constexpr unsigned largest4 = 8;
inline constexpr unsigned largest6 = 16;

/// What stands before the terms of a record.
inline constexpr std::string_view version_and_space = "v=spf1 ";
static_assert(version_and_space.starts_with(version_section));

/// Whether it passes every client, or every one of a family as soon as its name has an address.
[[nodiscard]] bool lets_everyone_pass(const Directive& directive) noexcept;
/// Whether these terms, one or several, are a record behind "v=spf1 ".
[[nodiscard]] bool is_correct(std::string_view terms);
/// Whether they may be offered as a correction: they are correct, nothing in them lets everybody
/// pass, or more than one organisation has, and no mechanism has become a modifier that nobody reads.
[[nodiscard]] bool is_offerable(std::string_view terms);
/// Where the version section ends; nothing where the text was not meant as a record.
[[nodiscard]] std::optional<std::size_t> check_version(Findings& findings);
/// Reports broken terms from `begin` on. \return the text with spaces in their place.
[[nodiscard]] std::string check_syntax(Findings& findings, std::size_t begin);
/// A record of what is correct in a text, and where it is there.
struct RecordInText {
    const Record& record;
    std::size_t begin;  ///< where the terms begin in the text, which may have another version

    [[nodiscard]] std::size_t offset_of(std::string_view term) const noexcept {
        return begin + (record.offset_of(term) - version_and_space.size());
    }
};
/// What can be said of each term alone.
void check_terms(Findings& findings, const RecordInText& place);
/// What can be said of all terms together. `whole`: no broken term was left out.
void check_policy(Findings& findings, const RecordInText& place, bool whole);
/// Terms that let everybody pass, or far too many. `findings` takes the first few even where full.
void check_open_doors(Findings& findings, const RecordInText& place);
/// Networks and terms that are there already.
void check_duplicates(Findings& findings, const RecordInText& place);

/// Guesses at any term. The correction, if there is one, is_offerable().
[[nodiscard]] std::optional<Guess> guess(std::string_view term);
/// Guesses at a term with other octets than visible US-ASCII.
[[nodiscard]] std::optional<Guess> guess_foreign(std::string_view term);

// The rules for terms of US-ASCII. What they propose may be broken still.

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
/// A known name with something wrong behind it.
[[nodiscard]] std::optional<Guess> guess_behind_name(const Parts& parts, const TermKind& kind);
/// The mechanism or modifier of that name, in any case; null where there is none. Static storage.
[[nodiscard]] const TermKind* known_term(std::string_view name) noexcept;
/// The name of that term, in lower case, else empty. Static storage.
[[nodiscard]] std::string_view known_name(std::string_view name) noexcept;
/// Whether terms of that name are modifiers; ":" or "=" behind it accordingly.
[[nodiscard]] bool is_modifier(std::string_view known_name) noexcept;
[[nodiscard]] std::string_view separator_behind(std::string_view known_name) noexcept;
/// "ip4:" or "ip6:" where the value is a network, else empty. Static storage.
[[nodiscard]] std::string_view network_prefix(std::string_view value);
/// The term with a space wherever another term seems to begin; empty where none does. `careful`:
/// only where a mechanism's name and colon stand, which no name in DNS can contain.
[[nodiscard]] std::string split_terms(std::string_view term, bool careful);
/// The texts one behind the other.
[[nodiscard]] std::string joined(std::initializer_list<std::string_view> texts);
/// Whether it begins with the name of a mechanism, however that is spelt: "unclude-spf.example".
[[nodiscard]] bool begins_with_name(std::string_view domain);
/// Whether it speaks of SPF, as names do that are there to be included.
[[nodiscard]] bool is_about_spf(std::string_view domain);
/// Whether the last octet of a name that has one too many may be the first one of the value:
/// "ip41:98.51.100.3", "redirect_=spf.example.com". "includes:" is just misspelt.
[[nodiscard]] bool may_belong_to_value(std::string_view name, std::string_view meant,
                                       std::string_view value);
/// The name that a translated one stands for, else empty. Static storage.
[[nodiscard]] std::string_view translation_of(std::string_view name) noexcept;
/// The name that differs in one octet only, or in two that were swapped, else empty.
[[nodiscard]] std::string_view similar_name(std::string_view name) noexcept;
/// The name of a well-known service's record that this one is, else empty. Static storage.
[[nodiscard]] std::string_view well_known_include(std::string_view name) noexcept;
/// The name of a well-known service's record that this one was perhaps meant to be, else empty.
[[nodiscard]] std::string_view near_include(std::string_view name);
/// Whether a modifier or a term of that name is a service's proof of ownership, not SPF.
[[nodiscard]] bool is_verification_token(std::string_view name);
/// Whether one replaced, missing, added or swapped octet makes the one of the other; case counts.
[[nodiscard]] bool is_similar(std::string_view left, std::string_view right) noexcept;

}  // namespace spf::lint
