// The messages for people about evidence files.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class EvidenceSentence : std::uint8_t {
    no_json,
    other_format,
    malformed,
    unreadable,
    unwritable,
    nothing_kept,
    kept,
    input_not_kept,
};

template <>
struct Sentences<EvidenceSentence> {
    using enum EvidenceSentence;
    static constexpr std::array<Wording<EvidenceSentence>,
                                static_cast<std::size_t>(input_not_kept) + 1>
        table{{
            {no_json, "it is not JSON"},
            {other_format, "it is not an evidence file of a version that this spfcheck knows"},
            {malformed, "it is damaged: {1}"},
            {unreadable, "evidence {1} cannot be used: {2}"},
            {unwritable, "evidence cannot be written to {1}: {2}"},
            {nothing_kept, "no evidence was written, because there is no result to keep"},
            {kept, "evidence with {1} {1:answer|answers} is in {2}; see: spfcheck verify {3}"},
            {input_not_kept,
             "no evidence was written, because {1} cannot be read a second time: give a file"},
        }};
};
static_assert(is_in_order(Sentences<EvidenceSentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck
