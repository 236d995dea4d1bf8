// The cache. It consists of shards. Each shard is a hash table whose entries also form a ring, from
// which entries are removed if the memory limit is reached.
//
// Each lookup searches a lane before a shard. Each thread has a lane of its own, if there are not
// more threads than lanes (cache_lane.hpp).
//
// The algorithm for removing entries is CLOCK ("second chance"). A hit sets a mark on the entry.
// The hand goes through the ring and removes the mark of an entry or, if it has none, the entry.
// The effect is close to least-recently-used, but a hit moves no entry. Expired entries are removed
// when they are asked for or when the hand reaches them.

#include "spf/resolver/cache.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>

#include "base/seed.hpp"
#include "dns/clock.hpp"
#include "resolver/cache_lane.hpp"
#include "spf/record/select.hpp"

namespace spf {
namespace {

using Clock = CacheOptions::Clock;

constexpr std::size_t shard_count = 64;  // a power of two, much larger than the number of cores
constexpr std::size_t lane_count = 32;   // if there are more threads, some share a lane

struct HashOfKey {
    std::size_t operator()(const CacheKey& key) const noexcept { return key.hash; }
};

/// Estimates the memory of an entry in octets, including the overhead of the containers.
std::size_t size_of(const dns::Answer& answer, std::string_view name) noexcept {
    constexpr std::size_t overhead = 256;
    std::size_t bytes =
        overhead + sizeof(dns::Answer) + name.size() + answer.addresses.size() * sizeof(IpAddress);
    for (const std::string& text : answer.texts) bytes += sizeof(std::string) + text.size();
    for (const std::string& host : answer.names) bytes += sizeof(std::string) + host.size();
    for (const dns::MailExchange& exchange : answer.exchanges)
        bytes += sizeof exchange + exchange.host.size();
    bytes += answer.canonical_name.size();
    for (const auto& lengths : answer.string_lengths)
        bytes += sizeof(std::vector<std::uint8_t>) + lengths.size();
    if (answer.selected == nullptr) return bytes;
    bytes += sizeof(SelectedRecord);
    if (const auto* record = std::get_if<Record>(answer.selected.get())) {
        bytes += record->text().size() + record->directives.size() * sizeof(Directive) +
                 record->modifiers.size() * sizeof(Modifier);
    } else if (const auto* broken = std::get_if<BrokenRecord>(answer.selected.get())) {
        bytes += broken->text.size();
    }
    return bytes;
}

/// A question that one thread is asking and whose answer other threads wait for.
struct Flight {
    std::condition_variable landed;
    std::thread::id asking = std::this_thread::get_id();
    // The result if no answer arrives.
    dns::AnswerPtr answer = dns::make_answer(dns::Status::error);
    bool done = false;
    // The deadline of the asking thread has passed. Waiting threads may have later deadlines.
    bool given_up = false;
};

/// Returns whether the answer is a failure that tells nothing about the name, because the caller's
/// deadline may have left too little time for an answer.
bool is_hasty(const dns::Question& question, const dns::AnswerPtr& answer) noexcept {
    return answer != nullptr && answer->is_failure() && dns::Clock::now() >= question.deadline;
}

}  // namespace

// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): each thread writes to its own lines
class alignas(line_size) AnswerCache::Shard {
public:
    /// Returns how often entries have been removed so far.
    [[nodiscard]] std::uint64_t drops() const noexcept {
        return drops_.load(std::memory_order_acquire);
    }

    CacheHit lookup(const CacheKey& key, Clock::time_point now) {
        const std::lock_guard lock{mutex_};
        return find(key, now);
    }

    void store(const CacheKey& key, const dns::AnswerPtr& answer, Clock::time_point expires,
               std::size_t room) {
        const std::lock_guard lock{mutex_};
        insert(key, answer, expires, room);
    }

    /// Returns the answer. If there is none, returns null and sets `flight`. If `first` is set, the
    /// caller has to ask the question; otherwise it has to wait for the flight.
    CacheHit lookup_or_board(const CacheKey& key, Clock::time_point now,
                             std::shared_ptr<Flight>& flight, bool& first) {
        const std::lock_guard lock{mutex_};
        if (CacheHit found = find(key, now); found.answer != nullptr) return found;
        const auto at = flights_.find(key);
        first = at == flights_.end();
        if (first) {
            flight = std::make_shared<Flight>();
            flights_.emplace(key, flight);
        } else {
            flight = at->second;
            --statistics_.misses;
            ++statistics_.coalesced;
        }
        return {};
    }

    /// Ends a flight and wakes the threads that wait for it.
    /// \param answer  null if no answer arrived
    void land(const CacheKey& key, const std::shared_ptr<Flight>& flight,
              const dns::AnswerPtr& answer, bool given_up) noexcept {
        {
            const std::lock_guard lock{mutex_};
            flights_.erase(key);
            if (answer != nullptr) flight->answer = answer;
            flight->given_up = given_up;
            flight->done = true;
        }
        flight->landed.notify_all();
    }

    /// Waits for a flight. Returns its answer, a timeout if the deadline passes, or null if the
    /// asking thread gave up.
    dns::AnswerPtr wait(const std::shared_ptr<Flight>& flight, Clock::time_point deadline) {
        std::unique_lock lock{mutex_};
        const auto is_done = [&flight] { return flight->done; };
        if (deadline == Clock::time_point::max()) {
            flight->landed.wait(lock, is_done);
        } else if (!flight->landed.wait_until(lock, deadline, is_done)) {
            return dns::make_answer(dns::Status::timeout);
        }
        return flight->given_up ? nullptr : flight->answer;
    }

    void clear() {
        const std::lock_guard lock{mutex_};
        drops_.fetch_add(1, std::memory_order_release);
        table_.clear();
        entries_.clear();
        hand_ = entries_.end();
        bytes_ = 0;
    }

    void add_to(CacheStatistics& sum) const {
        const std::lock_guard lock{mutex_};
        sum.hits += statistics_.hits;
        sum.misses += statistics_.misses;
        sum.coalesced += statistics_.coalesced;
        sum.evictions += statistics_.evictions;
        sum.entries += entries_.size();
        sum.bytes += bytes_;
    }

private:
    struct Entry {
        std::string name;
        dns::AnswerPtr answer;
        Clock::time_point expires;
        std::size_t bytes = 0;
        std::size_t hash = 0;
        dns::RecordType type{};
        bool marked = false;
    };
    using Entries = std::list<Entry>;

    static CacheKey key_of(const Entry& entry) noexcept {
        return {entry.hash, entry.name, entry.type};
    }

    CacheHit find(const CacheKey& key, Clock::time_point now) {
        const auto found = table_.find(key);
        if (found != table_.end()) {
            Entry& entry = *found->second;
            if (now < entry.expires) {
                ++statistics_.hits;
                entry.marked = true;
                return {entry.answer, entry.expires, entry.bytes,
                        drops_.load(std::memory_order_relaxed)};
            }
            drop(found->second);
        }
        ++statistics_.misses;
        return {};
    }

    void insert(const CacheKey& key, const dns::AnswerPtr& answer, Clock::time_point expires,
                std::size_t room) {
        const auto found = table_.find(key);
        if (found != table_.end()) drop(found->second);
        const std::size_t bytes = size_of(*answer, key.name);
        if (bytes > room) return;
        while (bytes_ + bytes > room) evict_one();
        // The new entry is inserted just before the hand, which moves forward, so the hand reaches
        // the entry last.
        const auto entry = entries_.insert(
            hand_, Entry{std::string{key.name}, answer, expires, bytes, key.hash, key.type, false});
        table_.emplace(key_of(*entry), entry);
        bytes_ += bytes;
    }

    void drop(Entries::iterator entry) {
        drops_.fetch_add(1, std::memory_order_release);
        table_.erase(key_of(*entry));
        bytes_ -= entry->bytes;
        if (hand_ == entry) ++hand_;
        entries_.erase(entry);
    }

    void evict_one() {
        while (true) {
            if (hand_ == entries_.end()) hand_ = entries_.begin();
            if (!hand_->marked) break;
            hand_->marked = false;
            ++hand_;
        }
        ++statistics_.evictions;
        drop(hand_);
    }

    mutable std::mutex mutex_;
    Entries entries_;
    Entries::iterator hand_ = entries_.end();
    /// The keys refer to the names in `entries_`.
    std::unordered_map<CacheKey, Entries::iterator, HashOfKey> table_;
    /// The keys refer to the questions of the asking threads.
    std::unordered_map<CacheKey, std::shared_ptr<Flight>, HashOfKey> flights_;
    CacheStatistics statistics_;
    std::size_t bytes_ = 0;
    /// The number of removals. It is in a cache line of its own, because all lanes read it often
    /// and it rarely changes.
    alignas(line_size) std::atomic<std::uint64_t> drops_{0};
};

AnswerCache::AnswerCache(CacheOptions options)
    : options_(std::move(options)),
      seed_(random_seed()),
      shards_(std::make_unique<Shard[]>(shard_count)),
      lanes_(std::make_unique<Lane[]>(lane_count)) {}
AnswerCache::~AnswerCache() = default;

AnswerCache::Shard& AnswerCache::shard(std::size_t hash) noexcept {
    return shards_[shard_of(hash, shard_count)];
}

Clock::time_point AnswerCache::time() const { return options_.now ? options_.now() : Clock::now(); }
Clock::time_point AnswerCache::recent_time() const {
    return options_.now ? options_.now() : dns::recently();
}

std::chrono::seconds AnswerCache::lifetime(const dns::Answer& answer) const noexcept {
    if (answer.is_failure()) return std::min(options_.failure_ttl, longest_failure_ttl);
    if (answer.is_void()) return std::min(answer.ttl, options_.max_negative_ttl);
    return std::min(std::max(answer.ttl, options_.min_ttl), options_.max_ttl);
}

dns::AnswerPtr AnswerCache::prepare(const dns::Question& question, dns::AnswerPtr answer) const {
    const bool parse = options_.parse_records && question.type == dns::RecordType::txt;
    return parse ? with_selected_record(std::move(answer)) : answer;
}

dns::AnswerPtr AnswerCache::lookup(const dns::Question& question) {
    const CacheKey key{question, seed_};
    const Clock::time_point at = time();
    Shard& home = shard(key.hash);
    Lane& lane = lanes_[number_of_this_thread() % lane_count];
    if (auto answer = lane.lookup(key, at, home.drops())) return answer;
    CacheHit found = home.lookup(key, at);
    if (found.answer != nullptr) lane.keep(key, found);
    return std::move(found.answer);
}

dns::AnswerPtr AnswerCache::lookup(const dns::Question& question, std::chrono::seconds& left) {
    const CacheKey key{question, seed_};
    const Clock::time_point at = time();
    CacheHit found = shard(key.hash).lookup(key, at);
    if (found.answer != nullptr)
        left = std::chrono::floor<std::chrono::seconds>(found.expires - at);
    return std::move(found.answer);
}

dns::AnswerPtr AnswerCache::store(const dns::Question& question, dns::AnswerPtr answer) {
    if (answer == nullptr) return answer;
    const std::chrono::seconds keep = lifetime(*answer);
    if (keep <= std::chrono::seconds{0} || is_hasty(question, answer)) return answer;
    answer = prepare(question, std::move(answer));
    const CacheKey key{question, seed_};
    shard(key.hash).store(key, answer, dns::later(time(), keep), options_.max_bytes / shard_count);
    return answer;
}

dns::AnswerPtr AnswerCache::resolve(const dns::Question& question, dns::Resolver& upstream) {
    while (true) {  // this ends, because in each round another thread has asked and given up
        if (auto answer = resolve_or_wait(question, upstream)) return answer;
    }
}

dns::AnswerPtr AnswerCache::resolve_or_wait(const dns::Question& question,
                                            dns::Resolver& upstream) {
    const CacheKey key{question, seed_};
    const Clock::time_point at = time();
    Shard& home = shard(key.hash);
    Lane& lane = lanes_[number_of_this_thread() % lane_count];
    if (auto answer = lane.lookup(key, at, home.drops())) return answer;
    std::shared_ptr<Flight> flight;
    bool first = false;
    if (CacheHit found = home.lookup_or_board(key, at, flight, first); found.answer != nullptr) {
        lane.keep(key, found);
        return std::move(found.answer);
    }
    if (!first) {
        if (flight->asking != std::this_thread::get_id())
            return home.wait(flight, question.deadline);
        // This thread is already asking the same question, because `upstream` uses this cache too.
        // It cannot wait for itself.
        auto answer = upstream.resolve(question);
        return answer != nullptr ? std::move(answer) : flight->answer;
    }

    // The waiting threads must be woken even if resolve() throws.
    struct Landing {
        Shard& home;
        const CacheKey& key;
        const std::shared_ptr<Flight>& flight;
        dns::AnswerPtr answer;
        bool given_up;
        ~Landing() { home.land(key, flight, answer, given_up); }
    } landing{home, key, flight, nullptr, false};
    landing.answer = store(question, upstream.resolve(question));
    landing.given_up = is_hasty(question, landing.answer);
    return landing.answer != nullptr ? landing.answer : flight->answer;
}

void AnswerCache::clear() {
    for (std::size_t i = 0; i < shard_count; ++i) shards_[i].clear();
    for (std::size_t i = 0; i < lane_count; ++i) lanes_[i].clear();
}

CacheStatistics AnswerCache::statistics() const {
    CacheStatistics sum;
    for (std::size_t i = 0; i < shard_count; ++i) shards_[i].add_to(sum);
    for (std::size_t i = 0; i < lane_count; ++i) sum.hits += lanes_[i].hits();
    return sum;
}

}  // namespace spf
