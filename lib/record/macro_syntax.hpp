// One macro-expand of RFC 7208 section 7.1, read by the same code for checking and for expanding,
// and the check of whole macro strings, for the record parser.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/padded_text.hpp"
#include "spf/base/error.hpp"
#include "spf/record/macro.hpp"

namespace spf {

/// One macro-expand, from its "%" on.
struct MacroExpand {
    char literal = '\0';      ///< '%', '_' or '-' for %%, %_ or %-
    char letter = '\0';       ///< lower case, for %{...}
    bool url_escape = false;  ///< upper-case letter (7.3)
    bool reverse = false;
    unsigned parts = 0;           ///< right-hand parts to keep; 0: all
    std::string_view delimiters;  ///< empty: only the dot
};

/// Checks the syntax, and notes what expansion and evaluation need to know.
///
/// Each function reads from the start of `text` to its end or, except for explanations, to the
/// first space; the result's text() is what was read.
/// \return false, and the error with its offset from the start, if the text is wrong
class MacroScanner {
public:
    [[nodiscard]] static bool domain_spec(PaddedText text, MacroString& result,
                                          ParseError& error) noexcept;
    [[nodiscard]] static bool macro_string(PaddedText text, bool explanation, MacroString& result,
                                           ParseError& error) noexcept;

    enum class Kind : std::uint8_t { domain_spec, macro_string, explanation };
    /// Parses the whole of a text that has no padding.
    [[nodiscard]] static Expected<MacroString> parse(std::string_view text, Kind kind);

    /// Calls `literal` for every run of plain text and `expand` for every macro, until either
    /// returns false.
    template <class Literal, class Expand>
    static void for_each_piece(const MacroString& checked, Literal literal, Expand expand);

private:
    [[nodiscard]] static const char* read_checked(const char* text, MacroExpand& macro) noexcept;
};

template <class Literal, class Expand>
void MacroScanner::for_each_piece(const MacroString& checked, Literal literal, Expand expand) {
    std::string_view text = checked.text();
    while (!text.empty()) {
        // Most runs have a few octets, for which a loop is cheaper than a call of find().
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
