// The floor is the work that no check can avoid: the questions of the check are looked up by name
// in a hash table like that of a zone, and the client is compared with the same networks as in the
// check. A simple loop does this work, without an evaluator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cases.hpp"

namespace bench {

class Floor {
public:
    /// Runs the case once to learn its questions and comparisons.
    explicit Floor(const Case& made);
    Floor(const Floor&) = delete;
    Floor& operator=(const Floor&) = delete;

    /// Does the work of the floor.
    /// \return whether a network contains the client
    [[nodiscard]] bool run() const;
    /// Does the same, but gets each answer from the zone, as every driver must. So this is a check
    /// without the work of the evaluator.
    /// \return whether a network contains the client
    [[nodiscard]] bool run_with_zone();

    [[nodiscard]] std::size_t lookups() const noexcept { return names_.size(); }

private:
    struct Masked {
        std::uint32_t bits = 0;
        std::uint32_t mask = 0;
    };
    struct Hash {
        using is_transparent =
            void;  // NOLINT(readability-identifier-naming): fixed by the standard
        std::size_t operator()(std::string_view name) const noexcept {
            return std::hash<std::string_view>{}(name);
        }
    };
    /// The networks with which the client is compared after the answers for a name.
    struct Node {
        std::vector<Masked> from_record;
        std::vector<Masked> from_addresses;
    };

    [[nodiscard]] bool matches(const Node& node, spf::dns::RecordType type) const noexcept;

    spf::ZoneResolver zone_;
    std::uint32_t client_ = 0;
    std::vector<std::string> names_;  // the names of the questions, in order
    std::vector<spf::dns::RecordType> types_;
    std::unordered_map<std::string, Node, Hash, std::equal_to<>> nodes_;
    std::vector<const Node*> in_order_;  // the nodes of names_; the hash table never moves a node
};

}  // namespace bench
