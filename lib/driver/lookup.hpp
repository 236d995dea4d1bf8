// A Lookup contains a question of one or more checks, and the state of the search for its answer.
// The LookupTable finds lookups that are queued or in flight.
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

struct Check;  // defined in impl.hpp

/// A question, and how far the search for its answer has come. The base class Exchange contains the
/// query of the latest try.
struct Lookup : Exchange {
    enum class State : std::uint8_t { queued, asking, answered };

    // The following members are about the question.
    std::string name;  ///< the name in lower case, as in dns::Question
    dns::RecordType type{};
    std::size_t hash = 0;
    State state = State::queued;
    /// Whether only hints (Evaluation::hints()) have wanted the answer so far.
    bool ahead = false;
    std::size_t references = 0;  ///< the number of references that the checks have to this object
    dns::AnswerPtr answer;       ///< null until the question has been answered
    Check* first_waiter = nullptr;
    Check* last_waiter = nullptr;

    // The following members are about the search for the answer.
    /// The name to ask for next, in wire format. It is the name of the question or the target of an
    /// alias.
    std::string wire_name;
    ldns_adapter::Chain chain;
    /// The number of times that all servers have been tried.
    unsigned round = 0;
    /// For each server, whether it has reported a failure for this name.
    std::vector<bool> spoke;
    dns::Status worst = dns::Status::unreachable;
    /// Whether the latest server that failed sent a truncated reply, but could not be reached over
    /// TCP.
    bool lacks_tcp = false;
    std::optional<std::uint16_t> id;  ///< the id in the query of the latest try
    bool edns = true;
    /// The time at which the lookup was first sent. If the lookup became late and was then sent
    /// again, this is the time at which it was sent again.
    Clock::time_point begun;
    bool late = false;  ///< whether the lookup has become late since `begun`

    // The following members describe how the latest try ended.
    Delivery delivery = Delivery::silent;
    bool truncated = false;
    ldns_adapter::Reply reply;

    Links<Lookup> links;  ///< the neighbours in one of the Asker's queues, except `soon_`
    Links<Lookup> soon;   ///< the neighbours in the Asker's queue `soon_`
    Lookup* next_in_bucket = nullptr;  ///< the next Lookup in the same bucket of the LookupTable
};

/// The lookups that are queued or in flight. A Lookup is found by its name and its type. The table
/// does not own it.
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
    // A secret seed for the hash. Remote parties choose the names, and without it they could choose
    // names that all fall into the same bucket.
    std::uint64_t seed_ = random_seed();
};

/// Chooses the ids of queries. Each id is random (RFC 5452, 4.3) and differs from all ids that are
/// in use.
class QueryIds {
public:
    /// The maximum number of ids in use at the same time. It is small enough that an id that is not
    /// in use is found quickly.
    static constexpr std::size_t most = 16'384;

    [[nodiscard]] std::uint16_t take();
    void give_back(std::uint16_t id) noexcept { taken_.reset(id); }

private:
    std::bitset<65'536> taken_;
    std::vector<std::uint16_t> random_;
};

}  // namespace spf::cares_adapter
