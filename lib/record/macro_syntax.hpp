// Reads macro strings and checks their syntax (RFC 7208 section 7.1). The check of the syntax and
// the expansion read macros with the same code.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/padded_text.hpp"
#include "spf/base/error.hpp"
#include "spf/record/macro.hpp"

namespace spf {

/// One macro, split into its parts (macro-expand in the grammar of 7.1).
struct MacroExpand {
    char literal = '\0';      ///< '%', '_' or '-' if the macro is %%, %_ or %-; otherwise NUL
    char letter = '\0';       ///< the letter of a macro %{...}, in lower case; otherwise NUL
    bool url_escape = false;  ///< whether the letter is written in upper case (7.3)
    bool reverse = false;
    unsigned parts = 0;  ///< the number of right-hand parts to keep; 0 if all are kept
    /// The delimiters in the macro; empty if it has none, so that "." is the delimiter.
    std::string_view delimiters;
};

/// Checks the syntax of macro strings. Stores in a MacroString what is necessary for the expansion
/// and the evaluation.
///
/// domain_spec() and macro_string() read `text` from its start to its end. Unless the text is an
/// explanation, they stop at the first space. text() of the result is the part that has been read.
/// \return false if there is a syntax error; the offset in `error` is then counted from the start
/// of `text`
class MacroScanner {
public:
    [[nodiscard]] static bool domain_spec(PaddedText text, MacroString& result,
                                          ParseError& error) noexcept;
    [[nodiscard]] static bool macro_string(PaddedText text, bool explanation, MacroString& result,
                                           ParseError& error) noexcept;

    enum class Kind : std::uint8_t { domain_spec, macro_string, explanation };
    /// Checks the syntax of a text that is not a PaddedText. In contrast to the other functions, a
    /// space does not end the text: it is an error, except in explanations.
    [[nodiscard]] static Expected<MacroString> parse(std::string_view text, Kind kind);

    /// Reads a macro string from left to right. Calls `literal` for each part of the text between
    /// macros, and `expand` for each macro. Stops when one of these calls returns false.
    template <class Literal, class Expand>
    static void for_each_piece(const MacroString& checked, Literal literal, Expand expand);

private:
    [[nodiscard]] static const char* read_checked(const char* text, MacroExpand& macro) noexcept;
};

template <class Literal, class Expand>
void MacroScanner::for_each_piece(const MacroString& checked, Literal literal, Expand expand) {
    std::string_view text = checked.text();
    while (!text.empty()) {
        // Most parts between macros have only a few octets. For them, a loop is faster than a call
        // of find().
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
