// Lookup, the state of one question while a check wants its answer, and the table of lookups.
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

/// A question from "wanted" to "answered". Its Exchange part is the current try.
struct Lookup : Exchange {
    enum class State : std::uint8_t { queued, asking, answered };

    // The question
    std::string name;  ///< lower case, as in dns::Question
    dns::RecordType type{};
    std::size_t hash = 0;
    State state = State::queued;
    bool ahead = false;          ///< so far wanted only by hints
    std::size_t references = 0;  ///< checks that want the answer
    dns::AnswerPtr answer;       ///< set once answered
    Check* first_waiter = nullptr;
    Check* last_waiter = nullptr;

    // Progress
    /// The name in wire format: that of the question, or of the alias it led to.
    std::string wire_name;
    ldns_adapter::Chain chain;
    unsigned round = 0;       ///< round of tries
    std::vector<bool> spoke;  ///< by server: whether it has reported a failure
    dns::Status worst = dns::Status::unreachable;
    std::optional<std::uint16_t> id;  ///< number of the latest try
    bool edns = true;
    Clock::time_point begun;  ///< when it was sent, at first or once more
    bool late = false;        ///< not answered soon after `begun`

    // The end of the latest try
    Delivery delivery = Delivery::silent;
    bool truncated = false;
    ldns_adapter::Reply reply;

    Links<Lookup> links;               ///< in one of the queues of pending work
    Links<Lookup> soon;                ///< in the queue of those that were sent and are not late
    Lookup* next_in_bucket = nullptr;  ///< in a LookupTable
};

/// Lookups that are queued or sent, by name and type. The table owns nothing.
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
    std::uint64_t seed_ = random_seed();  // a secret seed, because remote parties choose the names
};

/// Random numbers for queries (RFC 5452, 4.3); no two of those taken are equal.
class QueryIds {
public:
    /// At most this many are taken at once, few enough that a free number is found quickly.
    static constexpr std::size_t most = 16'384;

    [[nodiscard]] std::uint16_t take();
    void give_back(std::uint16_t id) noexcept { taken_.reset(id); }

private:
    std::bitset<65'536> taken_;
    std::vector<std::uint16_t> random_;
};

}  // namespace spf::cares_adapter
