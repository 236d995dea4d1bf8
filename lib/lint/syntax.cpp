// Reports every broken term of a record, not only the leftmost.
//
// The grammar of a term does not depend on the other terms, except that redirect= and exp= may each
// occur only once. So each term is parsed as a record of its own, and the offsets of errors are
// converted to offsets in the text.

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "base/look_alikes.hpp"
#include "lint/text.hpp"
#include "spf/record/parse.hpp"

namespace spf::lint {
namespace {

using Code = Finding::Code;

struct Term {
    std::string_view text;
    std::size_t begin = 0;
    [[nodiscard]] std::size_t end() const noexcept { return begin + text.size(); }
};

/// Converts a code of parse_record() to the code of a finding. Both enumerations have the same
/// names in the same order, except for ParseError::Code::address, which is not the code of an error
/// in a record.
constexpr Code code_of(ParseError::Code code) noexcept {
    constexpr auto first = static_cast<unsigned>(Code::invalid_character);
    constexpr auto base = static_cast<unsigned>(ParseError::Code::invalid_character);
    const unsigned left_out = code > ParseError::Code::address ? 1 : 0;
    return static_cast<Code>(first + (static_cast<unsigned>(code) - base) - left_out);
}
static_assert(code_of(ParseError::Code::address_ip6) == Code::address_ip6);
static_assert(code_of(ParseError::Code::macro_transformer) == Code::macro_transformer);

class TermReader {
public:
    TermReader(Findings& findings, std::size_t begin)
        : findings_(findings), text_(findings.text()), healthy_(text_), at_(begin) {
        current_ = next();
        following_ = next();
    }

    std::string read() {
        while (current_) {
            std::optional<ParseError> error = error_of(*current_);
            if (error) {
                report(*current_, *error);
                last_good_.reset();
            } else {
                last_good_ = current_;
            }
            advance();
        }
        return std::move(healthy_);
    }

private:
    std::optional<Term> next() noexcept {
        const std::size_t begin = text_.find_first_not_of(' ', at_);
        if (begin == std::string_view::npos) return std::nullopt;
        at_ = std::min(text_.find(' ', begin), text_.size());
        return Term{text_.substr(begin, at_ - begin), begin};
    }
    void advance() {
        current_ = following_;
        following_ = next();
    }

    /// Returns the error of parse_record() for the term, with offsets into the whole text; nothing
    /// if the term is correct.
    std::optional<ParseError> error_of(const Term& term) {
        if (is_repeated(term)) return error_of_repeated(term);
        buffer_.assign(version_and_space).append(term.text);
        const Expected<Record> record = parse_record(buffer_);
        if (record) return std::nullopt;
        ParseError error = record.error();
        error.offset = error.offset - version_and_space.size() + term.begin;
        return error;
    }

    /// Returns the error of a repeated modifier. If the term contains a wrong character, the error
    /// is that character, not the repetition.
    static ParseError error_of_repeated(const Term& term) {
        std::size_t at = 0;
        while (at < term.text.size() && ascii::is_visible(term.text[at])) ++at;
        if (at == term.text.size())
            return {ParseError::Code::duplicate_modifier, term.begin, term.text.size()};
        return {ParseError::Code::invalid_character, term.begin + at, 1};
    }

    /// Returns whether the term is a second redirect= or exp= (RFC 7208, 6).
    bool is_repeated(const Term& term) {
        const Parts parts = parts_of(term.text);
        if (!parts.qualifier.empty() || !parts.rest.starts_with('=')) return false;
        const TermKind* const kind = known_term(parts.name);
        return kind != nullptr && kind->is_modifier() &&
               std::exchange(seen_.at(static_cast<std::size_t>(kind - term_kinds.data())), true);
    }

    /// Reports a broken term. Does not guess what was meant if the maximum number of findings has
    /// been reached, or if the term is a repeated modifier.
    void report(const Term& term, const ParseError& error) {
        if (findings_.full() || error.code == ParseError::Code::duplicate_modifier) {
            add(code_of(error.code), error.offset, error.length, error);
            blank(term.begin, term.end());
            return;
        }
        if (is_range(term, error)) return;
        if (joined_with_last(term, error) || joined_with_next(term, error)) return;
        if (is_cut_value(term, error)) return;
        std::optional<Guess> meant = guess(term.text);
        if (meant && is_there_already(term, meant->correction)) {
            meant->correction.clear();
            meant->advised = Sentence::delete_or_complete;
        }
        if (!meant) {
            Finding& finding = add(code_of(error.code), error.offset, error.length, error);
            if (is_verification_token(parts_of(term.text).name)) {
                finding.said = {Sentence::token_as_mechanism};
                finding.advised = {Sentence::publish_token};
            }
        } else {
            const bool whole = !meant->correction.empty() || meant->said != Sentence::usual ||
                               meant->everyone_passes;
            Finding& finding = whole ? add(meant->code, term.begin, term.text.size(), error)
                                     : add(meant->code, error.offset, error.length, error);
            describe_as(finding, *meant);
            if (meant->everyone_passes) {
                findings_.add(Code::everyone_passes, term.begin, term.text.size()).said = {
                    Sentence::everyone_once_fixed};
            }
        }
        blank(term.begin, term.end());
    }

    static void describe_as(Finding& finding, const Guess& meant) {
        if (!meant.correction.empty()) finding.correction = meant.correction;
        finding.said = {meant.said};
        finding.advised = {meant.advised};
    }

    /// Returns whether the correction is a term that the record already has. For example, `a:`
    /// cannot have been meant as `a` if the record has an `a`.
    [[nodiscard]] bool is_there_already(const Term& term, std::string_view correction) const {
        if (known_name(correction).empty()) return false;
        for (std::size_t at = 0; at < text_.size();) {
            const std::size_t end = std::min(text_.find(' ', at), text_.size());
            std::string_view each = text_.substr(at, end - at);
            if (each.starts_with('+')) each.remove_prefix(1);
            if (at != term.begin && ascii::equal_ignoring_case(each, correction)) return true;
            at = end + 1;
        }
        return false;
    }

    static bool is_one_of(char c, std::string_view set) noexcept {
        return set.find(c) != std::string_view::npos;
    }

    /// Returns whether a value may be the beginning of an address, such as `192.0.` or `2001:db8`.
    static bool is_cut_address(std::string_view value) {
        return network_prefix(value).empty() && std::all_of(value.begin(), value.end(), [](char c) {
                   return c == '.' || c == ':' || ascii::is_digit(c) ||
                          (ascii::lower(c) >= 'a' && ascii::lower(c) <= 'f');
               });
    }

    /// Reports a term whose value a space has cut in two, as in `ip4:19 8.51.100.33` and
    /// `include:_spf.goog" "le.com`. The text after the space must not be a term. Returns whether
    /// it has added a finding.
    bool is_cut_value(const Term& term, const ParseError& error) {
        if (!following_ || is_correct(following_->text)) return false;
        const TermKind* const kind = known_term(parts_of(term.text).name);
        const std::string_view second = following_->text;
        const bool address = kind != nullptr && kind->takes_network &&
                             parts_of(term.text).rest.size() > 1 &&
                             (!network_prefix(second).empty() || ascii::is_digit(second.front())) &&
                             is_cut_address(parts_of(term.text).rest.substr(1));
        const bool quoted = term.text.ends_with('"') && second.starts_with('"') &&
                            second.size() > 1 &&
                            !is_correct(second.substr(1, second.find('"', 1) - 1)) &&
                            known_name(parts_of(second.substr(1)).name).empty();
        if (!address && !quoted) return false;
        const std::size_t begin = term.begin;
        const std::size_t end = following_->end();
        std::string whole = joined({term.text.substr(0, term.text.size() - (quoted ? 1 : 0)),
                                    second.substr(quoted ? 1 : 0)});
        if (quoted && whole.ends_with('"')) whole.pop_back();
        Finding& finding =
            add(quoted ? Code::typed_quotes : Code::space_in_term, begin, end - begin, error);
        if (quoted && is_offerable(whole) && split_terms(whole, false).empty())
            finding.correction = std::move(whole);
        if (address) finding.advised = {Sentence::join_address};
        blank(begin, end);
        advance();
        return true;
    }

    static bool is_dash(std::string_view text) noexcept {
        const LookAlike* const character = look_alike_at(text);
        return text == "-" || text == "to" ||
               (character != nullptr && character->octets == text && character->plain == "-");
    }

    /// Reports a dash before a network, which may be meant for a range, as in `ip4:192.0.2.1 -
    /// 192.0.2.9`. Returns whether it has added a finding.
    bool is_range(const Term& term, const ParseError& error) {
        if (!is_dash(term.text) || !following_) return false;
        const auto is_network = [](const Term& each) {
            const TermKind* const kind = known_term(parts_of(each.text).name);
            return (kind != nullptr && kind->takes_network) || !network_prefix(each.text).empty();
        };
        const bool between = last_good_ && is_network(*last_good_) && is_network(*following_);
        if (!between && network_prefix(following_->text).empty()) return false;
        const bool also_next = !is_correct(following_->text);
        const std::size_t end = also_next ? following_->end() : term.end();
        Finding& finding = add(code_of(error.code), term.begin, end - term.begin, error);
        finding.said = {Sentence::perhaps_a_range};
        finding.advised = {Sentence::list_range};
        blank(term.begin, end);
        if (also_next) advance();
        return true;
    }

    /// Reports a term that is the end of the correct term before it, as in `ip4:192.0.2.0 /24` and
    /// `include:example .com`. Returns whether it has added a finding.
    bool joined_with_last(const Term& term, const ParseError& error) {
        if (!last_good_) return false;
        const Parts last = parts_of(last_good_->text);
        const TermKind* const kind = known_term(last.name);
        if (kind == nullptr || !kind->takes_argument() || kind->is_modifier()) return false;
        // A text such as ":mail.example.com" is not joined with the term before it, because that
        // term is complete. The text may also be meant as "a:mail.example.com".
        const bool dot = term.text.front() == '.' && !last.rest.empty();
        if (!continues_value(term.text, false) || (!dot && term.text.front() != '/')) return false;
        return join(*last_good_, term, "", error);
    }

    /// Returns whether a text is not a term, but may be the end of another term. `of_address` means
    /// that the text may contain colons, as the end of an `ip6` does.
    static bool continues_value(std::string_view text, bool of_address) {
        const std::string_view plain =
            text.substr(std::min(text.find_first_not_of("./:"), text.size()));
        const Parts parts = parts_of(plain);
        const bool clean = std::all_of(plain.begin(), plain.end(), [of_address](char c) {
            return ascii::is_alnum(c) || is_one_of(c, of_address ? ".-_/:" : ".-_/");
        });
        return clean && known_name(parts.name).empty() && !begins_with_name(parts.name) &&
               parts.qualifier.empty() && !guess_all(text);
    }

    /// Reports a term whose end is the next term, as in `include: example.com`, `include
    /// example.com`, `include:_ spf.example.com` and `- all`. Returns whether it has added a
    /// finding.
    bool joined_with_next(const Term& term, const ParseError& error) {
        if (!following_) return false;
        const Parts parts = parts_of(term.text);
        const std::string_view name = known_name(parts.name);
        const Term first = term;
        const Term second = *following_;
        const bool qualifier = !parts.qualifier.empty() && parts.name.empty() && parts.rest.empty();
        if (qualifier) {
            // A qualifier alone is joined with a following "all", except for "+", because no
            // correction may be "+all". With another term, only "+" is joined, because a dash may
            // be meant to separate terms.
            const bool is_all = ascii::equal_ignoring_case(second.text, "all");
            if (is_all == (parts.qualifier == "+")) return false;
            return join_and_advance(first, second, "", error);
        }
        const bool open =
            !name.empty() && (parts.rest.empty() || parts.rest == ":" || parts.rest == "=");
        const bool cut = !name.empty() && parts.rest.size() > 1 &&
                         continues_value(second.text, name == "ip6") &&
                         (is_one_of(term.text.back(), "._/") ||
                          is_one_of(second.text.front(), name == "ip6" ? ".:/" : "./"));
        // A space may be within the name, as in `inc lude:a.example` and `ip 6:2001:db8::1`.
        const std::string whole = joined({first.text, second.text});
        const Parts both = parts_of(whole);
        if (!parts.name.empty() && parts.rest.empty() && name.empty() &&
            both.rest.starts_with(':') && !known_name(both.name).empty() && is_offerable(whole))
            return join_and_advance(first, second, "", error);
        if (!open && !cut && parts.rest != ":") return false;
        const Parts next = parts_of(second.text);
        const bool is_term =
            is_correct(second.text) || (!known_name(next.name).empty() && next.rest.size() > 1);
        if (is_term) return false;
        const bool bare = open && parts.rest.empty();
        const bool begins = second.text.front() == ':' || second.text.front() == '=';
        const std::string_view separator = bare && !begins ? separator_behind(name) : "";
        return join_and_advance(first, second, separator, error);
    }

    bool join_and_advance(const Term& first, const Term& second, std::string_view separator,
                          const ParseError& error) {
        if (!join(first, second, separator, error)) return false;
        advance();
        return true;
    }

    /// If two terms, joined and perhaps corrected, form a single term, reports that this term was
    /// meant. Returns whether it has reported this.
    bool join(const Term& first, const Term& second, std::string_view separator,
              const ParseError& error) {
        std::string whole = joined({first.text, separator, second.text});
        if (!is_offerable(whole)) {
            const std::optional<Guess> meant = guess(whole);
            if (!meant || meant->correction.empty() ||
                meant->correction.find(' ') != std::string::npos)
                return false;
            whole = meant->correction;
        }
        add(Code::space_in_term, first.begin, second.end() - first.begin, error).correction =
            std::move(whole);
        blank(first.begin, second.end());
        return true;
    }

    Finding& add(Code code, std::size_t offset, std::size_t length, const ParseError& error) {
        Finding& finding = findings_.add(code, offset, length);
        finding.syntax = error;
        return finding;
    }
    void blank(std::size_t begin, std::size_t end) {
        std::fill(healthy_.begin() + static_cast<std::ptrdiff_t>(begin),
                  healthy_.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    }

    Findings& findings_;
    std::string_view text_;
    std::string healthy_;
    std::string buffer_;
    std::size_t at_;
    std::optional<Term> current_;
    std::optional<Term> following_;
    std::optional<Term> last_good_;               // the term before current_; absent if broken
    std::array<bool, term_kinds.size()> seen_{};  // for each kind of term, whether it was seen
};

}  // namespace

std::string check_syntax(Findings& findings, std::size_t begin) {
    return TermReader(findings, begin).read();
}

}  // namespace spf::lint
