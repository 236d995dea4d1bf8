// Names for octets that cannot be seen.
#pragma once

#include <string>
#include <string_view>

namespace spf {

/// Returns the name and the number of the first octet of a text that is not printable US-ASCII:
/// "line feed, 0x0a", "no-break space, U+00A0 (0xc2 0xa0)". Returns the number alone if the octet
/// has no helpful name, and an empty string if all octets are printable.
[[nodiscard]] std::string name_of_first_unprintable(std::string_view text);

}  // namespace spf
