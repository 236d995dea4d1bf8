/// \file record/macro.hpp  Macro strings: read once, expanded many times (RFC 7208 section 7).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/net/ip.hpp"

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
class MacroString {
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

/// What the macro letters stand for (7.2). Views: all have to outlive the call of expand().
struct MacroValues {
    std::string_view local_part;        ///< l, and the first half of s
    std::string_view sender_domain;     ///< o, and the second half of s
    std::string_view domain;            ///< d
    IpAddress ip;                       ///< i, c, v
    std::string_view helo;              ///< h
    std::string_view validated_domain;  ///< p: "unknown" where there is none (7.3)
    std::string_view receiver;          ///< r: "unknown" where there is none (7.3)
    std::chrono::sys_seconds time;      ///< t
};

/// Replaces the contents of `out` by the expansion of a domain-spec as a name to ask for: lower
/// case, no trailing dot, and where it is longer than 253 octets, whole labels cut from the left
/// until it fits (7.3). May still be no legal name (an empty or too long label): see name_problem().
/// `out` grows to a few KiB and the longest literal or value: what cannot end up in the name is dropped.
void expand_domain(const MacroString& macro, const MacroValues& values, std::string& out);

/// Replaces the contents of `out` by the expansion of an explain-string, cut after `longest` octets.
/// May contain any octet, since local-parts may.
void expand_text(const MacroString& macro, const MacroValues& values, std::size_t longest,
                 std::string& out);

}  // namespace spf
