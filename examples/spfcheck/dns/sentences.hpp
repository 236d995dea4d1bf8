// The messages for people about zone files and name servers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class DnsSentence : std::uint8_t {
    zone_file,
    unreachable,
    none_configured,
};

template <>
struct Sentences<DnsSentence> {
    using enum DnsSentence;
    static constexpr std::array<Wording<DnsSentence>, static_cast<std::size_t>(none_configured) + 1>
        table{{
            {zone_file, "zone file: {1}"},
            {unreachable, "no name server can be reached: tried {1}"},
            {none_configured,
             "no name server can be reached, because none is configured; name one with "
             "--nameserver"},
        }};
};
static_assert(is_in_order(Sentences<DnsSentence>::table), "one sentence for each code, in order");

}  // namespace spfcheck
