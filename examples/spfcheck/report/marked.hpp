// Texts of records in which the places of findings are marked.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "report/contents.hpp"
#include "report/markup.hpp"

namespace spfcheck {

/// A place in a text.
struct Mark {
    std::size_t offset = 0;
    std::size_t length = 0;  ///< 0: something is missing there
    Sign sign = Sign::none;
    std::size_t number = 0;  ///< of the finding, to which a link leads; 0: no link
};

/// Appends the part of a text that begins at `begin` and has at most `size` octets, with places
/// marked. Marks may overlap: each octet has the mark of the worst.
void write_marked(Markup& out, std::string_view text, std::size_t begin, std::size_t size,
                  std::span<const Mark> marks);

}  // namespace spfcheck
