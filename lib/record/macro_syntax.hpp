// Reads and checks macro strings (RFC 7208 section 7.1). Single macros are read by the same code
// for the check and for the expansion.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/padded_text.hpp"
#include "spf/base/error.hpp"
#include "spf/record/macro.hpp"

namespace spf {

/// The parts of one macro-expand.
struct MacroExpand {
    char literal = '\0';      ///< '%', '_' or '-' for %%, %_ or %-; otherwise NUL
    char letter = '\0';       ///< for %{...}, the letter in lower case; otherwise NUL
    bool url_escape = false;  ///< whether the letter is in upper case (7.3)
    bool reverse = false;
    unsigned parts = 0;           ///< the number of right-hand parts to keep; 0 for all
    std::string_view delimiters;  ///< empty if only the dot is a delimiter
};

/// Checks the syntax of macro strings, and stores in a MacroString what expansion and evaluation
/// need to know.
///
/// domain_spec() and macro_string() read from the start of `text` to its end or, except for
/// explanations, to the first space. text() of the result is the part that was read.
/// \return false if the text has an error; then `error` contains the offset from the start of
/// `text`
class MacroScanner {
public:
    [[nodiscard]] static bool domain_spec(PaddedText text, MacroString& result,
                                          ParseError& error) noexcept;
    [[nodiscard]] static bool macro_string(PaddedText text, bool explanation, MacroString& result,
                                           ParseError& error) noexcept;

    enum class Kind : std::uint8_t { domain_spec, macro_string, explanation };
    /// Parses a text that has no padding. A space in the text does not end it, but is an error,
    /// except in explanations.
    [[nodiscard]] static Expected<MacroString> parse(std::string_view text, Kind kind);

    /// Calls `literal` for every run of plain text and `expand` for every macro, in order, until a
    /// call returns false.
    template <class Literal, class Expand>
    static void for_each_piece(const MacroString& checked, Literal literal, Expand expand);

private:
    [[nodiscard]] static const char* read_checked(const char* text, MacroExpand& macro) noexcept;
};

template <class Literal, class Expand>
void MacroScanner::for_each_piece(const MacroString& checked, Literal literal, Expand expand) {
    std::string_view text = checked.text();
    while (!text.empty()) {
        // Most runs have a few octets. For these, a loop is faster than a call of find().
        std::size_t percent = 0;
        while (percent < text.size() && text[percent] != '%') ++percent;
        if (percent > 0) {
            if (!literal(text.substr(0, percent))) return;
            text.remove_prefix(percent);
            continue;
        }
        MacroExpand macro;
        const char* const behind = read_checked(text.data(), macro);
        if (behind == nullptr || !expand(macro)) return;
        text.remove_prefix(static_cast<std::size_t>(behind - text.data()));
    }
}

}  // namespace spf
