// An authorization as a change of the zone, for nsupdate(1).
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "spf/analysis/authorize.hpp"
#include "spf/dns/resolver.hpp"

namespace spfcheck {

/// How long records may be cached, and a sentence that names the TTL and the reason, to be shown as
/// a comment.
struct UpdateTtl {
    unsigned seconds = 0;
    std::string reason;
};

/// Returns the TTL for the records of a name that has `texts` now: `wanted` if given; otherwise
/// their own TTL, if it is known (a cache counts TTLs down) and at least five minutes; otherwise an
/// hour.
[[nodiscard]] UpdateTtl ttl_for_update(const spf::dns::Answer& texts,
                                       std::optional<unsigned> wanted);

/// Prints a script for nsupdate(1) (RFC 2136) that replaces the record by the proposal; `texts` are
/// the present records of the name. Nothing is sent.
void print_update(std::ostream& out, const spf::analysis::Authorization& authorization,
                  const spf::dns::Answer& texts, const UpdateTtl& ttl);

}  // namespace spfcheck
