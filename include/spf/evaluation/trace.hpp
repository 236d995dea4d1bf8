/// \file evaluation/trace.hpp  The steps of an evaluation, as a tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spf/dns/resolver.hpp"
#include "spf/evaluation/result.hpp"

namespace spf {

/// One step of an evaluation. A Trace lists the steps in the order of evaluation. The steps that
/// are part of another step, its children, follow it and have a depth that is greater by one. The
/// list is therefore the tree in preorder, and can be read without recursion.
struct Step {
    /// What the step did. The meaning of the other members of Step depends on this.
    enum class Kind : std::uint8_t {
        /// check_host() was called for `domain`; `text` is the record, and `result` is the result
        check_host,
        /// the directive `text` was evaluated for its target `domain`; `match` is the result
        directive,
        /// the redirect `text` was followed to its target `domain` (6.1)
        redirect,
        /// the records of the type `type` at `domain` were looked up; this ended with `status`, and
        /// `text` lists the records found
        lookup,
        /// the explanation at `domain` was fetched; `text` is the value of the modifier `exp=`
        /// (6.2)
        explanation,
    };
    /// The result of a directive (4.6.2). `exception` means temperror or permerror.
    enum class Match : std::uint8_t { no_match, match, exception };

    Kind kind{};                    ///< what the step did
    unsigned depth = 0;             ///< the depth in the tree: 0 for the outermost check_host()
    std::string domain{};           ///< the domain name that the description of `kind` mentions
    std::string text{};             ///< the text that the description of `kind` mentions
    Result result = Result::none;   ///< the result of a check_host()
    Match match = Match::no_match;  ///< the result of a directive
    dns::RecordType type{};         ///< the requested type of a lookup
    dns::Status status{};           ///< how a lookup ended
};

/// The steps of an evaluation in preorder.
using Trace = std::vector<Step>;

}  // namespace spf
