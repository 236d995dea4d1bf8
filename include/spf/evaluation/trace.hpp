/// \file evaluation/trace.hpp  What was evaluated, in order, as a tree of steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spf/dns/resolver.hpp"
#include "spf/evaluation/result.hpp"

namespace spf {

/// One step. Steps stand in the order of evaluation; a step's children follow it with a depth one
/// greater, so the list is the tree in preorder and can be read without recursion.
struct Step {
    enum class Kind : std::uint8_t {
        check_host,  ///< check_host() for `domain`: `text` its record, `result` what came of it
        directive,  ///< a directive of the enclosing record: `text`, `outcome`; `domain` its target
        redirect,   ///< redirect= is followed: `text`, `domain` the target (6.1)
        lookup,     ///< a DNS look-up: `domain`, `type`, `status`, `text` what it brought
        explanation,  ///< exp= is fetched: `text`, `domain` the target (6.2)
    };
    /// What became of a directive (4.6.2).
    enum class Match : std::uint8_t { no_match, match, exception };

    Kind kind{};
    unsigned depth = 0;  ///< 0 for the outermost check_host()
    std::string domain;
    std::string text;
    Result result = Result::none;   ///< check_host
    Match match = Match::no_match;  ///< directive
    dns::RecordType type{};         ///< lookup
    dns::Status status{};           ///< lookup
};

using Trace = std::vector<Step>;

}  // namespace spf
