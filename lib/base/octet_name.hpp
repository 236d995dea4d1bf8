// What an octet that cannot be seen is called.
#pragma once

#include <string>
#include <string_view>

namespace spf {

/// The first octet of a text that is no printable US-ASCII, by its name and number: "line feed, 0x0a",
/// "no-break space, U+00A0 (0xc2 0xa0)"; empty where all are printable. One with a number alone where it
/// has no name that helps.
[[nodiscard]] std::string name_of_first_unprintable(std::string_view text);

}  // namespace spf
