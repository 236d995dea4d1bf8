// The floor: what a check cannot do without. The same questions looked up by name in the same kind
// of hash table, and the client compared with the same networks, by a loop instead of an evaluator.
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
    /// Runs the case once to learn what it asks and compares.
    explicit Floor(const Case& made);
    Floor(const Floor&) = delete;
    Floor& operator=(const Floor&) = delete;

    /// Whether any network holds the client.
    [[nodiscard]] bool run() const;
    /// The same with each answer taken from the zone, as whoever drives an Evaluation has to, so
    /// that only the evaluator itself is missing.
    [[nodiscard]] bool run_with_zone() const;

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
    /// What the client is compared with once the answers for a name are there.
    struct Node {
        std::vector<Masked> from_record;
        std::vector<Masked> from_addresses;
    };

    [[nodiscard]] bool matches(const Node& node, spf::dns::RecordType type) const noexcept;

    spf::ZoneResolver zone_;
    std::uint32_t client_ = 0;
    std::vector<std::string> names_;  // of the questions, in their order
    std::vector<spf::dns::RecordType> types_;
    std::unordered_map<std::string, Node, Hash, std::equal_to<>> nodes_;
    std::vector<const Node*> in_order_;  // of names_; a node of the table never moves
};

}  // namespace bench
