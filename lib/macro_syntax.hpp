// One macro-expand of RFC 7208 section 7.1, read the same way for checking and for expanding.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <variant>

#include "spf/error.hpp"

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
/// `text` begins with the "%". Offsets of errors count from there. The letters c, r and t are
/// allowed in explanations only (7.2).
[[nodiscard]] std::variant<MacroExpand, ParseError> read_macro(std::string_view text,
                                                               bool explanation) noexcept;

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
        const auto read = read_macro(text, true);
        const auto* macro = std::get_if<MacroExpand>(&read);
        if (macro == nullptr || !expand(*macro)) return;
        text.remove_prefix(macro->length);
    }
}

}  // namespace spf
