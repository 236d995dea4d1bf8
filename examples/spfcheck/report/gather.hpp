// What is found about a domain, and how it becomes the contents of a report.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dns/dns.hpp"
#include "overview/next.hpp"
#include "overview/overview.hpp"
#include "overview/picture.hpp"
#include "providers/catalogue.hpp"
#include "report/contents.hpp"
#include "spf/dns/resolver.hpp"

namespace spfcheck {

/// The answers to the questions of an analysis.
using AnswersByQuestion =
    std::map<std::pair<std::string, spf::dns::RecordType>, spf::dns::AnswerPtr>;

/// What the analysis found.
struct Found {
    Picture picture;
    std::optional<Proposed> proposed;
    std::vector<Next> next;
    AnswersByQuestion answers;
};

/// Examines a domain. The result depends only on the answers.
/// \param options  the domain, and the options that suggested commands repeat
[[nodiscard]] Found find_out(const OverviewOptions& options, spf::dns::Resolver& resolver,
                             const Catalogue& catalogue, const TimeLimit& limit);

/// Returns what a report shows.
[[nodiscard]] Contents contents_of(const Found& found, const Catalogue& catalogue,
                                   const DnsOptions& options, const Dns& dns);

}  // namespace spfcheck
