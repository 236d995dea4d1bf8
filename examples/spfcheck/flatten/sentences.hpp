// The messages of the sub-command flatten.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "io/wording.hpp"

namespace spfcheck {

enum class FlattenSentence : std::uint8_t {
    cannot,
    cannot_because,
    // Comments in the zone file. In `kept`, {1} is the list of the terms that are kept. In
    // `lookups`, {1} is the number of lookups. In the other messages, {1} is a number of seconds.
    kept,
    lookups,
    renew_hourly,
    renew_each_minute,
    renew,
};

template <>
struct Sentences<FlattenSentence> {
    using enum FlattenSentence;
    static constexpr std::array<Wording<FlattenSentence>, static_cast<std::size_t>(renew) + 1>
        table{{
            {cannot, "{1} cannot be flattened: {2}"},
            {cannot_because, "{1} cannot be flattened: {2}: {3} ({4})"},

            {kept, "Kept, because {2:its|their} networks cannot be listed: {1}."},
            {lookups, "DNS lookups: up to {1} of {2}."},
            {renew_hourly,
             "A service may change its networks at any time: update these records by machine, for "
             "example every hour (the DNS answers do not say how long they are valid), or let "
             "--check report when they are outdated."},
            {renew_each_minute,
             "A service may change its networks at any time: update these records by machine every "
             "minute (the DNS answers are valid for only {1} {1:second|seconds}), or let --check "
             "report when they are outdated."},
            {renew,
             "A service may change its networks at any time: update these records by machine every "
             "{1} seconds, or let --check report when they are outdated."},
        }};
};
static_assert(is_in_order(Sentences<FlattenSentence>::table),
              "one sentence for each code, in order");

}  // namespace spfcheck
