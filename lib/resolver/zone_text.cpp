// A text of a TXT record is kept with a list of pieces, which have the columns of their octets in
// common. Most strings are one piece.

#include "spf/resolver/zone_text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "resolver/zone_places.hpp"

namespace spf {
namespace {

/// Returns whether an octet continues a character of UTF-8.
constexpr bool is_continuation(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

/// Where one octet is written.
struct OctetPlace {
    std::size_t line;
    std::size_t column;
    std::size_t width;
    std::size_t piece;
};

/// Returns where the octet at `offset` of a text with pieces is written.
OctetPlace place_of(const std::vector<ZoneText::Piece>& pieces, std::size_t offset) noexcept {
    const auto next = std::upper_bound(
        pieces.begin(), pieces.end(), offset,
        [](std::size_t value, const ZoneText::Piece& piece) { return value < piece.offset; });
    const auto piece = next == pieces.begin() ? next : std::prev(next);
    return {piece->line, piece->column + (offset - piece->offset) * piece->width, piece->width,
            static_cast<std::size_t>(piece - pieces.begin())};
}

}  // namespace

FileRegion ZoneText::region(std::size_t offset, std::size_t length) const noexcept {
    if (pieces.empty()) return {};
    offset = std::min(offset, text.size());
    length = std::min(length, text.size() - offset);
    // The last octet, or the one before a place at the end of the text.
    const bool is_end = offset == text.size() && offset > 0;
    const OctetPlace first = place_of(pieces, is_end ? offset - 1 : offset);
    const std::size_t width = std::max<std::size_t>(first.width, 1);
    FileRegion out{first.line, first.column, first.line, first.column, false};
    if (is_end) out.column = out.end_column = first.column + width;
    OctetPlace last = first;
    if (length > 0) {
        last = place_of(pieces, offset + length - 1);
        out.end_line = last.line;
        out.end_column = last.column + std::max<std::size_t>(last.width, 1);
    }
    const bool is_one = first.piece == last.piece && first.width == 1;
    out.is_plain = is_one && pieces[first.piece].is_quoted;
    return out;
}

namespace zone_text {

void Cursor::move_to(std::size_t offset) noexcept {
    for (; at_ < offset && at_ < text_.size(); ++at_) {
        if (text_[at_] == '\n') {
            ++line_;
            column_ = 1;
        } else if (at_ + 1 >= text_.size() || !is_continuation(text_[at_ + 1])) {
            ++column_;
        }
    }
}

ZoneText located(std::string owner, std::span<const Word> words, const Entries& entries,
                 Cursor& cursor) {
    ZoneText out;
    out.owner = std::move(owner);
    for (const Word& word : words) {
        std::string_view rest = word.text;
        bool is_first = true;
        while (!rest.empty()) {
            const std::size_t size = written_size(rest);
            cursor.move_to(entries.offset_of(rest));
            const bool is_inner = size == 1 && is_continuation(rest.front());
            ZoneText::Piece piece{out.text.size(), cursor.line(), cursor.column(),
                                  is_inner ? 0 : size, word.is_quoted};
            const ZoneText::Piece* const before = out.pieces.empty() ? nullptr : &out.pieces.back();
            const bool follows =
                before != nullptr && !is_first && before->line == piece.line &&
                before->width == piece.width &&
                before->column + (piece.offset - before->offset) * before->width == piece.column;
            if (!follows) out.pieces.push_back(piece);
            out.text += size == 1 ? std::string(1, rest.front()) : unescaped(rest.substr(0, size));
            rest.remove_prefix(size);
            is_first = false;
        }
    }
    return out;
}

}  // namespace zone_text
}  // namespace spf
