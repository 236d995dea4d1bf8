/// \file resolver/zone_text.hpp  Where master files contain the texts of TXT records, so that a
/// finding in a record can be shown in the file.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "spf/base/export.hpp"

namespace spf {

/// A part of a file. Lines and columns begin at 1; a column is a code point of UTF-8, so an octet
/// from 0x80 to 0xbf has the column of the octet before it.
struct FileRegion {
    std::size_t line = 1;        ///< the line of the first character
    std::size_t column = 1;      ///< the column of the first character
    std::size_t end_line = 1;    ///< the line of the last character
    std::size_t end_column = 1;  ///< the column after the last character
    /// Whether the file contains the octets as they are, one after the other and within one pair of
    /// quotation marks: the text may be replaced there without regard to the syntax of the file.
    bool is_plain = false;

    /// Compares all members.
    friend bool operator==(const FileRegion&, const FileRegion&) = default;
};

/// A TXT record of a master file, and where the file contains its text. Owns its texts.
struct SPF_EXPORT ZoneText {
    /// Consecutive octets of the text whose columns follow one another in one string.
    struct Piece {
        std::size_t offset = 0;  ///< the first of these octets in the text
        std::size_t line = 1;    ///< the line that contains them
        std::size_t column = 1;  ///< the column of the first of them
        /// How many columns each octet takes: 1; 2 or 4 if it is written as an escape (RFC 1035,
        /// 5.1); 0 for the octets of a character after its first.
        std::size_t width = 1;
        bool is_quoted = false;  ///< whether the string is in quotation marks
    };

    std::string owner{};          ///< the owner of the record, as in a dns::Question
    std::string text{};           ///< the strings of the record, joined (RFC 7208, 3.3)
    std::string file{};           ///< the path of the file; empty for a text that is in no file
    std::vector<Piece> pieces{};  ///< where the text is, in ascending order of `offset`

    /// Returns where the file contains `length` octets of the text from `offset` on. If `length` is
    /// 0, it is the place before the octet, or after the last octet of the text. Values beyond the
    /// text mean its end. Takes logarithmic time in the number of pieces.
    [[nodiscard]] FileRegion region(std::size_t offset, std::size_t length) const noexcept;
};

}  // namespace spf
