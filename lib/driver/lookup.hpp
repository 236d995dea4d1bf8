// What is known about one question while somebody wants to know: a Lookup, and where to find it.
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

struct Check;  // see cares_impl.hpp

/// A question on its way from "wanted" to "answered". As an Exchange: the try that is going on.
struct Lookup : Exchange {
    enum class State : std::uint8_t { queued, asking, answered };

    // The question
    std::string name;  ///< lower case, as in dns::Question
    dns::RecordType type{};
    std::size_t hash = 0;
    State state = State::queued;
    bool ahead = false;          ///< wanted for hints alone so far
    std::size_t references = 0;  ///< checks that want the answer
    dns::AnswerPtr answer;       ///< where answered
    Check* first_waiter = nullptr;
    Check* last_waiter = nullptr;

    // How far it has come
    std::string wire_name;  ///< of the question, or of the alias that it led to
    ldns_adapter::Chain chain;
    unsigned round = 0;       ///< of tries
    std::vector<bool> spoke;  ///< servers that said what they had to say
    dns::Status worst = dns::Status::unreachable;
    std::optional<std::uint16_t> id;  ///< of the latest try
    bool edns = true;
    Clock::time_point begun;  ///< asked, for the first time or once more
    bool late = false;        ///< not answered soon after that

    // How the try ended
    Delivery delivery = Delivery::silent;
    bool truncated = false;
    ldns_adapter::Reply reply;

    Links<Lookup> links;               ///< in one of the queues of what is to be done
    Links<Lookup> soon;                ///< among those that are asked and not late
    Lookup* next_in_bucket = nullptr;  ///< in a LookupTable
};

/// Questions that are queued or asked, by name and type. Owns nothing.
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
    std::uint64_t seed_ = random_seed();  // strangers choose the names
};

/// Random numbers for queries (RFC 5452, 4.3), no two alike among those taken.
class QueryIds {
public:
    /// More than may be taken at once, so that a free one is found soon.
    static constexpr std::size_t most = 16'384;

    [[nodiscard]] std::uint16_t take();
    void give_back(std::uint16_t id) noexcept { taken_.reset(id); }

private:
    std::bitset<65'536> taken_;
    std::vector<std::uint16_t> random_;
};

}  // namespace spf::cares_adapter
