// Names for octets that are invisible in a text.
#pragma once

#include <string>
#include <string_view>

namespace spf {

/// Returns a description of the first octet in a text that is not printable US-ASCII. It is the
/// name and the number of the octet or of its character, such as "line feed, 0x0a" or "no-break
/// space, U+00A0 (0xc2 0xa0)". If the octet has no helpful name, it is the number alone. If all
/// octets are printable, it is empty.
[[nodiscard]] std::string name_of_first_unprintable(std::string_view text);

}  // namespace spf
