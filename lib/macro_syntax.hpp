// One macro-expand of RFC 7208 section 7.1, read the same way for checking and for expanding; and the
// check of whole macro strings, for the record parser.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "spf/error.hpp"
#include "spf/macro.hpp"

namespace spf {

/// One macro-expand, from its "%" on.
struct MacroExpand {
    std::size_t length = 0;   ///< octets of text it takes
    char literal = '\0';      ///< '%', '_' or '-' where it is %%, %_ or %-
    char letter = '\0';       ///< lower case, where it is %{...}
    bool url_escape = false;  ///< upper-case letter (7.3)
    bool reverse = false;
    unsigned parts = 0;           ///< right-hand parts to keep; 0: all
    std::string_view delimiters;  ///< empty: only the dot
};

/// macro-expand = ( "%{" macro-letter transformers *delimiter "}" ) / "%%" / "%_" / "%-"
///
/// `text` begins with the "%". The letters c, r and t are allowed in explanations only (7.2).
/// \return false, and the error with its offset from there, where it is none.
[[nodiscard]] bool read_macro(std::string_view text, bool explanation, MacroExpand& macro,
                              ParseError& error) noexcept;

/// Calls `literal` for every run of plain text and `expand` for every macro, until one returns false.
template <class Literal, class Expand>
void for_each_piece(std::string_view text, Literal literal, Expand expand) {
    while (!text.empty()) {
        const std::size_t percent = std::min(text.find('%'), text.size());
        if (percent > 0) {
            if (!literal(text.substr(0, percent))) return;
            text.remove_prefix(percent);
            continue;
        }
        MacroExpand macro;
        ParseError error;
        if (!read_macro(text, true, macro, error) || !expand(macro)) return;
        text.remove_prefix(macro.length);
    }
}

/// Checks the syntax and notes what expanding and evaluating want to know. Each returns false and the
/// error, with its offset from the start of `text`, where something is wrong.
class MacroScanner {
public:
    [[nodiscard]] static bool domain_spec(std::string_view text, MacroString& result,
                                          ParseError& error) noexcept;
    [[nodiscard]] static bool macro_string(std::string_view text, bool explanation,
                                           MacroString& result, ParseError& error) noexcept;
};

}  // namespace spf
