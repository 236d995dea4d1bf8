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
    // What is wrong with an answer in a file of evidence.
    evidence_text,
    evidence_status,
    evidence_type,
    evidence_address,
    evidence_member,
};

template <>
struct Sentences<DnsSentence> {
    using enum DnsSentence;
    static constexpr std::array<Wording<DnsSentence>, static_cast<std::size_t>(evidence_member) + 1>
        table{{
            {zone_file, "zone file: {1}"},
            {unreachable, "no name server can be reached: tried {1}"},
            {none_configured,
             "no name server can be reached, because none is configured; name one with "
             "--nameserver"},
            {waiting_for_one, "waiting for {1} {2}"},
            {waiting, "waiting for {1} {2} ({3} of {4} answers missing)"},
            {time_over, "not all answers came in {1} s, the time for all together (--timeout)"},
            {evidence_text, "a text has a character above U+00FF"},
            {evidence_status, "an answer has an unknown status"},
            {evidence_type, "an answer has an unknown type"},
            {evidence_address, "an answer has a malformed address"},
            {evidence_member, "an answer lacks a member, or has one of another type"},
        }};
};
static_assert(is_in_order(Sentences<DnsSentence>::table), "one sentence for each code, in order");

}  // namespace spfcheck
