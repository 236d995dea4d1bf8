// Every broken term of a record, not only the leftmost.
//
// The grammar of a term does not depend on its neighbours, but for redirect= and exp=, which may
// stand in a record once each. So each term is read as a record of its own, and offsets are mapped
// back.

#include <algorithm>
#include <utility>

#include "analysis/lint_text.hpp"
#include "ascii.hpp"
#include "spf/parse.hpp"

namespace spf::linting {
namespace {

using Code = Finding::Code;

constexpr std::string_view version = "v=spf1 ";

struct Term {
    std::string_view text;
    std::size_t begin = 0;
    [[nodiscard]] std::size_t end() const noexcept { return begin + text.size(); }
};

/// The finding's own code for what parse_record() calls it: both lists have the same names in the
/// same order, but for `address`, which no record can have.
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

    /// What parse_record() says of the term, with offsets into the whole text.
    std::optional<ParseError> error_of(const Term& term) {
        if (is_repeated(term)) return error_of_repeated(term);
        buffer_.assign(version).append(term.text);
        const Expected<Record> record = parse_record(buffer_);
        if (record) return std::nullopt;
        ParseError error = record.error();
        error.offset = error.offset - version.size() + term.begin;
        return error;
    }

    /// A wrong character anywhere in the term comes first, then that it is there at all.
    static ParseError error_of_repeated(const Term& term) {
        std::size_t at = 0;
        while (at < term.text.size() && ascii::is_visible(term.text[at])) ++at;
        if (at == term.text.size())
            return {ParseError::Code::duplicate_modifier, term.begin, term.text.size()};
        return {ParseError::Code::invalid_character, term.begin + at, 1};
    }

    /// Whether it is a second redirect= or exp= (6).
    bool is_repeated(const Term& term) {
        const Parts parts = parts_of(term.text);
        if (!parts.qualifier.empty() || !parts.rest.starts_with('=')) return false;
        const std::string_view name = known_name(parts.name);
        bool& seen = name == "redirect" ? redirect_seen_ : explanation_seen_;
        return is_modifier(name) && std::exchange(seen, true);
    }

    /// Past the bound only the syntax of what is left is looked at, without guesses.
    void report(const Term& term, const ParseError& error) {
        if (findings_.full() || error.code == ParseError::Code::duplicate_modifier) {
            add(code_of(error.code), error.offset, error.length, error);
            blank(term.begin, term.end());
            return;
        }
        if (joined_with_last(term, error) || joined_with_next(term, error)) return;
        if (const std::optional<Guess> meant = guess(term.text)) {
            if (meant->correction.empty()) {
                add(meant->code, error.offset, error.length, error);
            } else {
                add(meant->code, term.begin, term.text.size(), error).correction =
                    meant->correction;
            }
        } else {
            Finding& finding = add(code_of(error.code), error.offset, error.length, error);
            if (is_verification_token(parts_of(term.text).name)) {
                finding.message = "this is a service's verification token, and no mechanism of SPF";
                finding.remedy = describe(Code::verification_token).remedy;
            }
        }
        blank(term.begin, term.end());
    }

    /// `ip4:192.0.2.0 /24`
    bool joined_with_last(const Term& term, const ParseError& error) {
        const bool dangling =
            term.text.front() == ':' || term.text.front() == '/' || term.text.front() == '=';
        if (!dangling || !last_good_) return false;
        return join(*last_good_, term, "", error);
    }

    /// `include: example.com`, `include example.com`, `- all`
    bool joined_with_next(const Term& term, const ParseError& error) {
        if (!following_) return false;
        const Parts parts = parts_of(term.text);
        const std::string_view name = known_name(parts.name);
        const bool qualifier = !parts.qualifier.empty() && parts.name.empty() && parts.rest.empty();
        const bool open =
            !name.empty() && (parts.rest.empty() || parts.rest == ":" || parts.rest == "=");
        if (!qualifier && !open && !term.text.ends_with(':')) return false;
        const bool bare = open && parts.rest.empty();
        const bool begins = following_->text.front() == ':' || following_->text.front() == '=';
        if (!qualifier && is_correct(following_->text)) return false;
        const std::string_view separator = bare && !begins ? (is_modifier(name) ? "=" : ":") : "";
        const Term first = term;
        const Term second = *following_;
        if (!join(first, second, separator, error)) return false;
        advance();
        return true;
    }

    /// Takes two terms for one, if they are one then.
    bool join(const Term& first, const Term& second, std::string_view separator,
              const ParseError& error) {
        std::string whole(first.text);
        whole.append(separator).append(second.text);
        if (!is_correct(whole)) {
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
    std::optional<Term> last_good_;  // directly in front of current_
    bool redirect_seen_ = false;
    bool explanation_seen_ = false;
};

}  // namespace

std::string check_syntax(Findings& findings, std::size_t begin) {
    return TermReader(findings, begin).read();
}

}  // namespace spf::linting
