/// \file analysis/split.hpp  Divides a long record among several names, with the terms that it has.
#pragma once

#include <string_view>
#include <vector>

#include "spf/analysis/flatten.hpp"
#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"

namespace spf::analysis {

/// Divides a record that is longer than FlattenOptions::max_length, so that an answer with one of
/// the new records fits into a UDP packet (3.4). The record of the domain keeps its first terms,
/// and includes `_spf1.domain`, `_spf2.domain` and so on, which have the others. Names that publish
/// a text already are left out. Each new record needs one more lookup.
///
/// Only terms move that mean the same in another record: `ip4`, `ip6`, and terms with a name that
/// has no macros (7). Terms whose result depends on the message come last. The new records are
/// evaluated for all addresses: each address whose result is known has the result that it has with
/// the undivided record, and none has an error.
/// \param domain  the domain that publishes the record, or will publish it
/// \param record  the text of the record
/// \param resolver  the resolver for all other names
/// \param options  how long a record may be, and the limits of the maps
/// \return first the record of the domain; empty if the record is short enough, if it cannot be
///         divided within the limits (4.6.4), if a term before `all` has another qualifier than
///         `+`, or if a name could not be looked up
[[nodiscard]] SPF_EXPORT std::vector<FlatRecord> split_record(std::string_view domain,
                                                              std::string_view record,
                                                              dns::Resolver& resolver,
                                                              const FlattenOptions& options = {});

}  // namespace spf::analysis
