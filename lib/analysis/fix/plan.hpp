// A record whose terms can be dropped, or replaced by networks, one by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "spf/analysis/fix.hpp"
#include "spf/net/network_set.hpp"
#include "spf/record/record.hpp"

namespace spf::analysis {

/// What becomes of a term.
enum class Fate : std::uint8_t { kept, dropped, networks };

/// A term of the record.
struct Slot {
    std::string text;                    ///< the term as written
    std::optional<Qualifier> qualifier;  ///< absent for a modifier
    Asks asks = Asks::nothing;
    bool is_redirect = false;
    std::optional<Network> network;  ///< the network of an `ip4` or `ip6`
    Fate fate = Fate::kept;
    /// The addresses that the term matches; absent if they cannot be listed.
    std::optional<NetworkSet> matches;
    bool depends_on_message = false;  ///< whether `matches` is absent because of a macro or `ptr`
    unsigned dns_lookups = 0;         ///< how many lookups the term needs
};

/// The terms of a record in order.
class Plan {
public:
    explicit Plan(const Record& record);

    std::vector<Slot> slots;

    /// Returns the record, without the first `left_out` of the terms that depend on the message.
    /// The networks of all terms in a sequence of terms with the qualifier `+` are combined,
    /// because the order of these terms does not matter.
    [[nodiscard]] std::string text(std::size_t left_out = 0) const;
    /// Returns the terms by which one slot alone would be replaced.
    [[nodiscard]] static std::string replacement(const Slot& slot);
};

}  // namespace spf::analysis
