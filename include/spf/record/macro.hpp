/// \file record/macro.hpp  Macro strings whose syntax has been checked (RFC 7208 section 7).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/base/export.hpp"

namespace spf {

/// A text with macros whose syntax has been checked.
///
///     domain-spec      = macro-string domain-end
///     domain-end       = ( "." toplabel [ "." ] ) / macro-expand
///     explain-string   = *( macro-string / SP )
///     macro-string     = *( macro-expand / macro-literal )
///     macro-expand     = ( "%{" macro-letter transformers *delimiter "}" ) / "%%" / "%_" / "%-"
///
/// A view: the text belongs to the Record (or to the caller of the parse function) and has to
/// outlive the MacroString.
class SPF_EXPORT MacroString {
public:
    /// Reads a `domain-spec`. Error codes: domain_*, macro_*, prefix_length_forbidden,
    /// invalid_character. Offsets count from the start of `text`.
    static Expected<MacroString> parse_domain_spec(std::string_view text);
    /// Reads a `macro-string`, the value of an unknown modifier (4.6.1); may be empty.
    static Expected<MacroString> parse_macro_string(std::string_view text);
    /// Reads an `explain-string` (6.2): spaces and the letters c, r and t are allowed too; may be
    /// empty.
    static Expected<MacroString> parse_explain_string(std::string_view text);

    /// The text as written in the record.
    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    /// Whether the text contains a `%`.
    [[nodiscard]] bool has_macros() const noexcept { return end_of_last_macro_ != 0; }
    /// Whether the text has a macro with this letter (given in lower case), in either case.
    [[nodiscard]] bool uses(char letter) const noexcept {
        return letter >= 'a' && letter <= 'z' &&
               (letters_ >> static_cast<unsigned>(letter - 'a') & 1U) != 0;
    }
    /// Whether the expansion depends on the sender: whether s, l, o or h occurs (7.3).
    [[nodiscard]] bool depends_on_sender() const noexcept {
        return uses('s') || uses('l') || uses('o') || uses('h');
    }
    /// Whether the expansion depends on the client's address beyond its family: whether i, p or c
    /// occurs.
    [[nodiscard]] bool depends_on_address() const noexcept {
        return uses('i') || uses('p') || uses('c');
    }
    /// Whether the expansion may differ between two messages of one domain, because of their
    /// clients or their senders. `%{o}`, the sender's domain, is the same for all messages of a
    /// domain.
    [[nodiscard]] bool depends_on_message() const noexcept {
        return depends_on_address() || uses('s') || uses('l') || uses('h');
    }
    /// Whether text() can be looked up as it is: no macro, lower case, no trailing dot, labels of
    /// legal length.
    [[nodiscard]] bool is_plain_name() const noexcept { return is_plain_name_; }

private:
    friend class MacroScanner;
    std::string_view text_;
    std::size_t end_of_last_macro_ = 0;  // 0: there is none
    std::uint32_t letters_ = 0;
    bool is_plain_name_ = false;
};

}  // namespace spf
