// Writes the change that an spf::analysis::Proposal makes as a script for nsupdate(1).
#pragma once

#include <iosfwd>
#include <optional>
#include <span>
#include <string>

#include <CLI/App.hpp>

#include "spf/analysis/authorize.hpp"
#include "spf/dns/resolver.hpp"

namespace spfcheck {

/// Adds --apply and --ttl.
void setup_update(CLI::App& app, bool& apply, std::optional<unsigned>& ttl);

/// The TTL of the new records in seconds. `reason` is a sentence with the TTL and the reason for
/// it, which the script contains as a comment.
struct UpdateTtl {
    unsigned seconds = 0;
    std::string reason;
};

/// Returns the TTL for the new records of a name whose TXT records are `texts`. If `wanted` is
/// given, it is the TTL. Otherwise the TTL of `texts` is used, but at least five minutes. If there
/// are no records, the TTL is an hour. The TTL is also an hour if `texts` came from a cache,
/// because a cache counts TTLs down, so the published TTL is not known.
[[nodiscard]] UpdateTtl ttl_for_update(const spf::dns::Answer& texts,
                                       std::optional<unsigned> wanted);

/// Prints a script for nsupdate(1) (RFC 2136) that replaces the SPF record by the proposed record.
/// `texts` are the TXT records that the name has now. Those in `replaced` are replaced, too, even
/// if they are not SPF records. Nothing is sent.
void print_update(std::ostream& out, const spf::analysis::Proposal& proposal,
                  const spf::dns::Answer& texts, const UpdateTtl& ttl,
                  std::span<const std::string> replaced = {});

}  // namespace spfcheck
