#include "base/look_alikes.hpp"

#include <array>

#include "base/ascii.hpp"

namespace spf {
namespace {

constexpr std::array<LookAlike, 59> look_alikes{{
    {"\t", " ", "tab"},
    {"\r", " ", "carriage return"},
    {"\n", " ", "line feed"},
    {"\v", " ", "vertical tab"},
    {"\f", " ", "form feed"},
    {"\u0085", " ", "next line, U+0085"},
    {"\u00a0", " ", "no-break space, U+00A0"},
    {"\u1680", " ", "ogham space mark, U+1680"},
    {"\u2000", " ", "en quad, U+2000"},
    {"\u2001", " ", "em quad, U+2001"},
    {"\u2002", " ", "en space, U+2002"},
    {"\u2003", " ", "em space, U+2003"},
    {"\u2004", " ", "three-per-em space, U+2004"},
    {"\u2005", " ", "four-per-em space, U+2005"},
    {"\u2006", " ", "six-per-em space, U+2006"},
    {"\u2007", " ", "figure space, U+2007"},
    {"\u2008", " ", "punctuation space, U+2008"},
    {"\u2009", " ", "thin space, U+2009"},
    {"\u200a", " ", "hair space, U+200A"},
    {"\u2028", " ", "line separator, U+2028"},
    {"\u2029", " ", "paragraph separator, U+2029"},
    {"\u202f", " ", "narrow no-break space, U+202F"},
    {"\u205f", " ", "medium mathematical space, U+205F"},
    {"\u3000", " ", "ideographic space, U+3000"},
    // Characters without width.
    {"\u00ad", "", "soft hyphen, U+00AD"},
    {"\u200b", "", "zero-width space, U+200B"},
    {"\u200c", "", "zero-width non-joiner, U+200C"},
    {"\u200d", "", "zero-width joiner, U+200D"},
    {"\u200e", "", "left-to-right mark, U+200E"},
    {"\u200f", "", "right-to-left mark, U+200F"},
    {"\u2060", "", "word joiner, U+2060"},
    {"\ufeff", "", "byte order mark, U+FEFF"},
    // Characters that look like a character of US-ASCII.
    {"\u2018", "'", "left quotation mark, U+2018"},
    {"\u2019", "'", "right quotation mark, U+2019"},
    {"\u201a", "'", "low quotation mark, U+201A"},
    {"\u201b", "'", "reversed quotation mark, U+201B"},
    {"\u201c", "\"", "left double quotation mark, U+201C"},
    {"\u201d", "\"", "right double quotation mark, U+201D"},
    {"\u201e", "\"", "low double quotation mark, U+201E"},
    {"\u201f", "\"", "reversed double quotation mark, U+201F"},
    {"\u00ab", "\"", "left double angle quotation mark, U+00AB"},
    {"\u00bb", "\"", "right double angle quotation mark, U+00BB"},
    {"\u2039", "\"", "left angle quotation mark, U+2039"},
    {"\u203a", "\"", "right angle quotation mark, U+203A"},
    {"\u2010", "-", "hyphen, U+2010"},
    {"\u2011", "-", "no-break hyphen, U+2011"},
    {"\u2012", "-", "figure dash, U+2012"},
    {"\u2013", "-", "en dash, U+2013"},
    {"\u2014", "-", "em dash, U+2014"},
    {"\u2212", "-", "minus sign, U+2212"},
    {"\uff0d", "-", "full-width hyphen, U+FF0D"},
    {"\u02dc", "~", "small tilde, U+02DC"},
    {"\u223c", "~", "tilde operator, U+223C"},
    {"\uff5e", "~", "full-width tilde, U+FF5E"},
    {"\uff1a", ":", "full-width colon, U+FF1A"},
    {"\ua789", ":", "modifier letter colon, U+A789"},
    {"\uff1d", "=", "full-width equals sign, U+FF1D"},
    {"\uff0e", ".", "full-width full stop, U+FF0E"},
    {"\uff0f", "/", "full-width slash, U+FF0F"},
}};

}  // namespace

const LookAlike* look_alike_at(std::string_view text) noexcept {
    if (ascii::is_printable(text.front())) return nullptr;
    for (const LookAlike& each : look_alikes) {
        if (text.starts_with(each.octets)) return &each;
    }
    return nullptr;
}

std::span<const LookAlike> all_look_alikes() noexcept { return look_alikes; }

}  // namespace spf
