#include "analysis/probe.hpp"

#include "spf/record/record.hpp"
#include "spf/resolver/overlay.hpp"

namespace spf::analysis {

std::optional<Probe> probe_of(std::string_view domain, std::string_view term,
                              dns::Resolver& resolver, const SweepOptions& options,
                              Doubts& doubts) {
    if (!term.empty() && is_qualifier(term.front())) term.remove_prefix(1);
    std::string alone(version_section);
    alone.append(" ").append(term).append(" -all");
    RecordOverlay overlay(domain, std::move(alone), resolver);
    const NetworkMap map = map_networks(domain, overlay, without_limits(options));
    if (!is_known(map, doubts)) return std::nullopt;
    Probe out;
    out.pass = map.with(Result::pass);
    out.broken = set_union(map.with(Result::permerror), map.with(Result::none));
    out.is_enumerable = map.unknown().empty();
    if (const Problem* const mistake = map.mistake()) out.problem = *mistake;
    out.dns_lookups = map.dns_lookups;
    return out;
}

}  // namespace spf::analysis
