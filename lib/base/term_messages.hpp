// Messages that list the names of terms, such as the mechanisms. The parser and lint use them.
// Assertions in record/parse.cpp compare the lists with the terms that the library knows.
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
