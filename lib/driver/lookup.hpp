// The state of one question while checks want its answer, and the table of these states.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/name_hash.hpp"
#include "base/seed.hpp"
#include "driver/exchange.hpp"
#include "driver/queue.hpp"
#include "spf/dns/resolver.hpp"
#include "wire/message.hpp"

namespace spf::cares_adapter {

struct Check;  // see impl.hpp

/// A question and the progress towards its answer. The base class Exchange is the current try.
struct Lookup : Exchange {
    enum class State : std::uint8_t { queued, asking, answered };

    // The question
    std::string name;  ///< in lower case, as in dns::Question
    dns::RecordType type{};
    std::size_t hash = 0;
    State state = State::queued;
    bool ahead = false;          ///< whether only hints have wanted it so far
    std::size_t references = 0;  ///< the number of checks that want the answer
    dns::AnswerPtr answer;       ///< set once answered
    Check* first_waiter = nullptr;
    Check* last_waiter = nullptr;

    // Progress
    /// The name to ask for, in wire format: the name of the question, or the target of an alias.
    std::string wire_name;
    ldns_adapter::Chain chain;
    /// How many times all servers have been tried.
    unsigned round = 0;
    /// For each server, whether it has reported a failure.
    std::vector<bool> spoke;
    dns::Status worst = dns::Status::unreachable;
    std::optional<std::uint16_t> id;  ///< the number (id) in the query of the latest try
    bool edns = true;
    /// When it was first sent, or, if it was late and then tried again, when it was sent again.
    Clock::time_point begun;
    bool late = false;  ///< whether it has become late since `begun`

    // How the latest try ended
    Delivery delivery = Delivery::silent;
    bool truncated = false;
    ldns_adapter::Reply reply;

    Links<Lookup> links;               ///< for the Asker's queues other than `soon_`
    Links<Lookup> soon;                ///< for the Asker's queue `soon_`
    Lookup* next_in_bucket = nullptr;  ///< the next lookup in the same bucket of the LookupTable
};

/// The lookups that are queued or in flight, by name and type. The table does not own them.
class LookupTable {
public:
    [[nodiscard]] std::size_t hash(const dns::Question& question) const noexcept;
    [[nodiscard]] Lookup* find(const dns::Question& question, std::size_t hash) const noexcept;
    void insert(Lookup& lookup);
    void erase(const Lookup& lookup) noexcept;

private:
    void grow();

    std::vector<Lookup*> buckets_ = std::vector<Lookup*>(256);  // a power of two
    std::size_t size_ = 0;
    // Secret, because remote parties choose the names and could otherwise make them collide.
    std::uint64_t seed_ = random_seed();
};

/// Gives each query a random number (RFC 5452, 4.3) that no other query in use has.
class QueryIds {
public:
    /// The maximum number of ids in use at the same time. It is small enough that a free number is
    /// found quickly.
    static constexpr std::size_t most = 16'384;

    [[nodiscard]] std::uint16_t take();
    void give_back(std::uint16_t id) noexcept { taken_.reset(id); }

private:
    std::bitset<65'536> taken_;
    std::vector<std::uint16_t> random_;
};

}  // namespace spf::cares_adapter
