// What a changed record comes to for every address, compared with what it has to.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/analysis/authorize.hpp"
#include "spf/record.hpp"

namespace spf::authorizing {

/// The domain as it is, and who shall be added.
struct Situation {
    std::string_view domain;
    dns::Resolver& resolver;
    const NetworksOptions& options;
    const NetworkMap& reference;  ///< what strangers get, and who passes already
    const NetworkSet& wanted;     ///< what has to pass besides
};

/// Limits so wide that what a record means shows, whether or not it keeps to those of 4.6.4.
[[nodiscard]] NetworksOptions without_limits(NetworksOptions options);

/// What of `set` passes for sure. Single addresses that hang on the message are checked themselves.
[[nodiscard]] NetworkSet passing(const NetworkMap& map, const NetworkSet& set,
                                 dns::Resolver& resolver);

/// The proposal with its proof, or nothing where `record` at the domain does not do what it has to.
[[nodiscard]] std::optional<Proposal> prove(const Situation& situation, Proposal::Kind kind,
                                            std::string record);

/// Ways to stay within the limits, all proved.
[[nodiscard]] std::vector<Proposal> alternatives(const Situation& situation, const Record& record,
                                                 std::span<const std::string> terms);

}  // namespace spf::authorizing
