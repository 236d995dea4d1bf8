// The messages about wrong values of the options that several sub-commands share.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class OptionsSentence : std::uint8_t {
    bad_name_server,
    bad_timeout,
    bad_network,
    bad_colour,
    bad_with,
};

template <>
struct Sentences<OptionsSentence> {
    using enum OptionsSentence;
    static constexpr std::array<Wording<OptionsSentence>, static_cast<std::size_t>(bad_with) + 1>
        table{{
            {bad_name_server, "\"{1}\" is not the address of a name server: {2}"},
            {bad_timeout, "it must be a number of seconds from 0.001 to 86400"},
            {bad_network, "\"{1}\" is neither an address nor a network: {2}"},
            {bad_colour, "it must be auto, always or never"},
            {bad_with, "\"{1}\" is not a record: {2}; write NAME TYPE DATA"},
        }};
};
static_assert(is_in_order(Sentences<OptionsSentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck
