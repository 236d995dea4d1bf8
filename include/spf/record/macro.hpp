/// \file record/macro.hpp  Texts with macros (RFC 7208 section 7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/base/export.hpp"

namespace spf {

/// A text that may contain macros, and whose syntax has been checked. It is a domain-spec, an
/// explain-string or a macro-string of this grammar:
///
///     domain-spec      = macro-string domain-end
///     domain-end       = ( "." toplabel [ "." ] ) / macro-expand
///     explain-string   = *( macro-string / SP )
///     macro-string     = *( macro-expand / macro-literal )
///     macro-expand     = ( "%{" macro-letter transformers *delimiter "}" ) / "%%" / "%_" / "%-"
///
/// A MacroString only refers to its text, which a Record or the caller of the parse function owns.
/// The text must exist as long as the MacroString is used.
class SPF_EXPORT MacroString {
public:
    /// Reads a `domain-spec`. The possible error codes are domain_*, macro_*,
    /// prefix_length_forbidden and invalid_character. Their offsets count from the start of `text`.
    static Expected<MacroString> parse_domain_spec(std::string_view text);
    /// Reads a `macro-string`, such as the value of an unknown modifier (4.6.1). The text may be
    /// empty.
    static Expected<MacroString> parse_macro_string(std::string_view text);
    /// Reads an `explain-string` (6.2), in which spaces and the macro letters c, r and t are
    /// allowed, too. The text may be empty.
    static Expected<MacroString> parse_explain_string(std::string_view text);

    /// Returns the text as written in the record.
    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    /// Returns whether the text contains a `%`.
    [[nodiscard]] bool has_macros() const noexcept { return end_of_last_macro_ != 0; }
    /// Returns whether the text has a macro with this letter in lower or upper case. `letter` must
    /// be in lower case.
    [[nodiscard]] bool uses(char letter) const noexcept {
        return letter >= 'a' && letter <= 'z' &&
               (letters_ >> static_cast<unsigned>(letter - 'a') & 1U) != 0;
    }
    /// Returns whether the text has a macro with s, l, o or h (7.3). If so, the expansion depends
    /// on the sender.
    [[nodiscard]] bool depends_on_sender() const noexcept {
        return uses('s') || uses('l') || uses('o') || uses('h');
    }
    /// Returns whether the text has a macro with i, p or c. If so, the expansion depends on the
    /// client's address itself. (The macro `%{v}` depends only on the family of the address.)
    [[nodiscard]] bool depends_on_address() const noexcept {
        return uses('i') || uses('p') || uses('c');
    }
    /// Returns whether the text has a macro with i, p, c, s, l or h. If so, its expansions for two
    /// messages of one domain may differ. The macro `%{o}`, the sender's domain, is the same for
    /// all messages of a domain.
    [[nodiscard]] bool depends_on_message() const noexcept {
        return depends_on_address() || uses('s') || uses('l') || uses('h');
    }
    /// Returns whether text() can be looked up without a change: it has no macro, no upper-case
    /// letter and no trailing dot, and its labels have a legal length.
    [[nodiscard]] bool is_plain_name() const noexcept { return is_plain_name_; }

private:
    friend class MacroScanner;
    std::string_view text_;
    std::size_t end_of_last_macro_ = 0;  // 0 if there is no macro
    std::uint32_t letters_ = 0;
    bool is_plain_name_ = false;
};

}  // namespace spf
