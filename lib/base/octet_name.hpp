// Names for octets that are invisible in a text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/base/language.hpp"

namespace spf {

/// Returns a description of the first octet in a text that is not printable US-ASCII, such as "line
/// feed, 0x0a" or "no-break space, U+00A0 (0xc2 0xa0)". If the octet has no helpful name, the
/// description contains only its number. If all octets are printable, returns an empty text.
[[nodiscard]] std::string name_of_first_unprintable(std::string_view text,
                                                    const Language& language = {});

/// Returns the patterns of all names.
[[nodiscard]] SPF_EXPORT std::vector<std::string_view> octet_name_texts();

/// The pattern for an octet without a name; {1} is its number.
inline constexpr std::string_view octet_without_name = "the octet {1}";

}  // namespace spf
