// An authorization as a change of the zone, for nsupdate(1).
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "spf/analysis/authorize.hpp"
#include "spf/dns/resolver.hpp"

namespace spfcheck {

/// How long records may be kept, and why as long as that: a sentence, to be shown as a comment.
struct UpdateTtl {
    unsigned seconds = 0;
    std::string reason;
};

/// The TTL for the records of a name that has `texts` now: the one that is wanted; else their own, if it
/// is known (a cache counts down what it hands out) and no shorter than five minutes; else an hour.
[[nodiscard]] UpdateTtl ttl_for_update(const spf::dns::Answer& texts,
                                       std::optional<unsigned> wanted);

/// A script for nsupdate(1) (RFC 2136) that puts the proposal in the place of the record; `texts` is
/// what the name has now. Nothing is sent.
void print_update(std::ostream& out, const spf::analysis::Authorization& authorization,
                  const spf::dns::Answer& texts, const UpdateTtl& ttl);

}  // namespace spfcheck
