/// \file record/macro.hpp  Macro strings, whose syntax has been checked (RFC 7208 section 7).
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
/// A view: the text belongs to the Record (or to whoever called parse) and has to outlive it.
class SPF_EXPORT MacroString {
public:
    /// A `domain-spec`. Error codes: domain_*, macro_*, prefix_length_forbidden, invalid_character;
    /// offsets count from the start of `text`.
    static Expected<MacroString> parse_domain_spec(std::string_view text);
    /// A `macro-string`, the value of an unknown modifier (4.6.1); may be empty.
    static Expected<MacroString> parse_macro_string(std::string_view text);
    /// An `explain-string` (6.2): spaces and the letters c, r and t are allowed too; may be empty.
    static Expected<MacroString> parse_explain_string(std::string_view text);

    /// The text as it stands in the record.
    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    /// Whether there is any `%` in it.
    [[nodiscard]] bool has_macros() const noexcept { return end_of_last_macro_ != 0; }
    /// Whether the macro of this (lower-case) letter occurs, in either case.
    [[nodiscard]] bool uses(char letter) const noexcept {
        return letter >= 'a' && letter <= 'z' &&
               (letters_ >> static_cast<unsigned>(letter - 'a') & 1U) != 0;
    }
    /// Whether the expansion depends on who sends: whether s, l, o or h occurs (7.3).
    [[nodiscard]] bool depends_on_sender() const noexcept {
        return uses('s') || uses('l') || uses('o') || uses('h');
    }
    /// Whether it depends on the client's address beyond its family: whether i, p or c occurs.
    [[nodiscard]] bool depends_on_address() const noexcept {
        return uses('i') || uses('p') || uses('c');
    }
    /// Whether it may differ for two messages of one domain: by their clients or by their senders. %{o},
    /// the sender's domain, is the same for all of them.
    [[nodiscard]] bool depends_on_message() const noexcept {
        return depends_on_address() || uses('s') || uses('l') || uses('h');
    }
    /// Whether text() is, without any change, a name that can be asked for: no macro, lower case, no
    /// trailing dot, labels of legal length.
    [[nodiscard]] bool is_plain_name() const noexcept { return is_plain_name_; }

private:
    friend class MacroScanner;
    std::string_view text_;
    std::size_t end_of_last_macro_ = 0;  // 0: there is none
    std::uint32_t letters_ = 0;
    bool is_plain_name_ = false;
};

}  // namespace spf
