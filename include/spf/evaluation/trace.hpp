/// \file evaluation/trace.hpp  The steps of an evaluation, in order, as a tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spf/dns/resolver.hpp"
#include "spf/evaluation/result.hpp"

namespace spf {

/// One step of an evaluation. Steps are in the order of evaluation. The children of a step follow
/// it with a depth greater by one, so the list is the tree in preorder and can be read without
/// recursion.
struct Step {
    /// What the step did, and what its members mean.
    enum class Kind : std::uint8_t {
        check_host,   ///< check_host() for `domain`; `text` is its record, `result` its result
        directive,    ///< a directive of the record: `text`, `match`; `domain` is its target
        redirect,     ///< the modifier `text` was followed to the target `domain` (6.1)
        lookup,       ///< a DNS lookup: `domain`, `type`, `status`; `text` lists the records
        explanation,  ///< the modifier `text` was followed to the target `domain` (6.2)
    };
    /// The result of a directive (4.6.2).
    enum class Match : std::uint8_t { no_match, match, exception };

    Kind kind{};                    ///< what the step did
    unsigned depth = 0;             ///< 0 for the outermost check_host()
    std::string domain;             ///< see Kind
    std::string text;               ///< see Kind
    Result result = Result::none;   ///< check_host: its result
    Match match = Match::no_match;  ///< directive: its result
    dns::RecordType type{};         ///< lookup: the requested type
    dns::Status status{};           ///< lookup: how it ended
};

/// The steps of an evaluation in preorder.
using Trace = std::vector<Step>;

}  // namespace spf
