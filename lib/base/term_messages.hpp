// Messages that contain a list of terms. The parser and lint use them. parse.cpp asserts that they
// list the terms that exist.
#pragma once

#include <string_view>

namespace spf {

inline constexpr std::string_view no_such_mechanism =
    "no such mechanism; there are all, include, a, mx, ptr, ip4, ip6 and exists";
inline constexpr std::string_view prefix_length_elsewhere =
    "a prefix length may follow only a, mx, ip4 and ip6";
inline constexpr std::string_view modifiers_have_equals =
    "redirect and exp are modifiers, written with \"=\" after the name";
inline constexpr std::string_view modifiers_stand_once =
    "redirect= and exp= may be in a record only once each";

}  // namespace spf
