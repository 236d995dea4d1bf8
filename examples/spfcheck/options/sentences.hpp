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
    bad_with,
    bad_choice,
    bad_choice_near,
    bad_number,
    // In `or_word`, {1} is a list of values and {2} the last one.
    one_line,
    or_word,
};

template <>
struct Sentences<OptionsSentence> {
    using enum OptionsSentence;
    static constexpr std::array<Wording<OptionsSentence>, static_cast<std::size_t>(or_word) + 1>
        table{{
            {bad_name_server, "\"{1}\" is not the address of a name server: {2}"},
            {bad_timeout, "it must be a number of seconds from 0.001 to 86400"},
            {bad_network, "\"{1}\" is neither an address nor a network: {2}"},
            {bad_with, "\"{1}\" is not a record: {2}; write NAME TYPE DATA"},
            {bad_choice, "\"{1}\" is not one of its values, which are {2}"},
            {bad_choice_near, "\"{1}\" is not one of its values; did you mean {2}? They are {3}"},
            {bad_number, "\"{1}\" is not a whole number from {2} to {3}"},
            {one_line, "it is one line"},
            {or_word, "{1} or {2}"},
        }};
};
static_assert(is_in_order(Sentences<OptionsSentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck
