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
    waiting_for_one,
    waiting,
    time_over,
};

template <>
struct Sentences<DnsSentence> {
    using enum DnsSentence;
    static constexpr std::array<Wording<DnsSentence>, static_cast<std::size_t>(time_over) + 1>
        table{{
            {zone_file, "zone file: {1}"},
            {unreachable, "no name server can be reached: tried {1}"},
            {none_configured,
             "no name server can be reached, because none is configured; name one with "
             "--nameserver"},
            {waiting_for_one, "waiting for {1} {2}"},
            {waiting, "waiting for {1} {2} ({3} of {4} answers missing)"},
            {time_over, "not all answers came in {1} s, the time for all together (--timeout)"},
        }};
};
static_assert(is_in_order(Sentences<DnsSentence>::table), "one sentence for each code, in order");

}  // namespace spfcheck
