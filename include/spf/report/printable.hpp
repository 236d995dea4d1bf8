/// \file printable.hpp  Text of strangers, made safe to show, to log and to put into a header field.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace spf {

/// `text` with every octet outside printable US-ASCII (0x20 to 0x7e) replaced by `?`, so that it can
/// neither end a line nor steer a terminal. One octet stays one octet, so columns still fit; what is
/// longer than `longest` is cut and ends in `...`.
[[nodiscard]] std::string printable(std::string_view text,
                                    std::size_t longest = std::string_view::npos);

}  // namespace spf
