// The cache of answers. It consists of shards, so that threads rarely wait for each other. Each
// shard is a hash table. The entries of a shard also form a ring, in whose order they are removed
// when the limit of memory has been reached.
//
// A lookup searches a Lane before it searches a shard (cache_lane.hpp). Each thread has its own
// Lane, unless there are more threads than lanes.
//
// Entries are removed by the algorithm CLOCK ("second chance"). A hit marks the entry. A position
// in the ring, the hand, moves forward to free memory: if the entry at the hand is marked, the mark
// is removed, otherwise the entry is removed. The entries that remain are nearly those that were
// used last, but a hit need not move an entry. Expired entries are removed when they are looked up
// or when the hand reaches them.

#include "spf/resolver/cache.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <limits>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/seed.hpp"
#include "dns/clock.hpp"
#include "resolver/cache_lane.hpp"
#include "spf/record/select.hpp"

namespace spf {
namespace {

using Clock = CacheOptions::Clock;

// The number of shards is a power of two. It is much larger than the number of processor cores.
constexpr std::size_t shard_count = 64;
constexpr std::size_t lane_count = 32;  // if there are more threads, some of them share a lane

struct HashOfKey {
    std::size_t operator()(const CacheKey& key) const noexcept { return key.hash; }
};

/// Returns an estimate of the memory of an entry in octets, including the overhead of the
/// containers in it.
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

/// A question that one thread is asking upstream. Other threads with the same question wait for its
/// answer.
struct Flight {
    std::condition_variable landed;
    std::thread::id asking = std::this_thread::get_id();
    // The answer. Until an answer arrives, this member contains an error. If none arrives, this
    // error is the result.
    dns::AnswerPtr answer = dns::make_answer(dns::Status::error);
    bool done = false;
    // Whether the asking thread got only a failure because its deadline passed. Waiting threads may
    // have later deadlines, so one of them asks again.
    bool given_up = false;
};

/// Returns whether the answer is a failure that came after the deadline of the question. Such a
/// failure tells nothing about the name, because there may have been too little time for an answer.
bool is_hasty(const dns::Question& question, const dns::AnswerPtr& answer) noexcept {
    return answer != nullptr && answer->is_failure() && dns::Clock::now() >= question.deadline;
}

}  // namespace

// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): each thread writes to its own lines
class alignas(line_size) AnswerCache::Shard {
public:
    /// Returns how many times entries have been removed from this shard so far.
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

    /// Returns the answer if it is in the shard. Otherwise returns null and sets `flight`. If
    /// `first` is then true, the caller must ask the question and call land(). If it is false,
    /// another thread is asking, and the caller must wait for its Flight.
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

    /// Ends a Flight and wakes the threads that wait for it.
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

    /// Waits for a Flight and returns its answer. Returns a timeout if `deadline` passes first.
    /// Returns null if the asking thread ended because its own deadline passed.
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
    // A cache has many entries, so the small members are together.
    struct Entry {
        std::string name;
        dns::AnswerPtr answer;
        Clock::time_point expires;
        std::size_t hash = 0;
        std::uint32_t bytes = 0;
        dns::RecordType type{};
        bool marked = false;
    };
    using Entries = std::list<Entry>;

    /// Finds an entry by its key, so that the table need not hold the keys.
    struct HashOfEntry {
        // NOLINTNEXTLINE(readability-identifier-naming): the standard gives the name
        using is_transparent = void;
        std::size_t operator()(const CacheKey& key) const noexcept { return key.hash; }
        // Not noexcept, so that libstdc++ keeps each hash in the table. A search for a name that is
        // not there reads no entry then, which would be a miss of the processor's cache: in
        // tests/bench/policyd.sh cold, searching took 7.6 % of the time, and now takes 5.8 %.
        std::size_t operator()(Entries::iterator entry) const { return entry->hash; }
    };
    struct SameEntry {
        // NOLINTNEXTLINE(readability-identifier-naming): the standard gives the name
        using is_transparent = void;
        bool operator()(Entries::iterator left, Entries::iterator right) const noexcept {
            return left == right;
        }
        bool operator()(const CacheKey& key, Entries::iterator entry) const noexcept {
            return key == key_of(*entry);
        }
        bool operator()(Entries::iterator entry, const CacheKey& key) const noexcept {
            return key == key_of(*entry);
        }
    };

    static CacheKey key_of(const Entry& entry) noexcept {
        return {entry.hash, entry.name, entry.type};
    }

    CacheHit find(const CacheKey& key, Clock::time_point now) {
        const auto found = table_.find(key);
        if (found != table_.end()) {
            Entry& entry = **found;
            if (now < entry.expires) {
                ++statistics_.hits;
                entry.marked = true;
                return {entry.answer, entry.expires, entry.bytes,
                        drops_.load(std::memory_order_relaxed)};
            }
            drop(*found);
        }
        ++statistics_.misses;
        return {};
    }

    void insert(const CacheKey& key, const dns::AnswerPtr& answer, Clock::time_point expires,
                std::size_t room) {
        const auto found = table_.find(key);
        if (found != table_.end()) drop(*found);
        const std::size_t bytes = size_of(*answer, key.name);
        if (bytes > room || bytes > std::numeric_limits<std::uint32_t>::max()) return;
        while (bytes_ + bytes > room) evict_one();
        // The new entry is inserted directly before the hand. The hand moves forward, so it reaches
        // this entry after all others.
        const auto entry =
            entries_.insert(hand_, Entry{std::string{key.name}, answer, expires, key.hash,
                                         static_cast<std::uint32_t>(bytes), key.type, false});
        table_.insert(entry);
        bytes_ += bytes;
    }

    void drop(Entries::iterator entry) {
        drops_.fetch_add(1, std::memory_order_release);
        table_.erase(entry);
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
    std::unordered_set<Entries::iterator, HashOfEntry, SameEntry> table_;
    /// The names in the keys are views of the names in the questions of the asking threads.
    std::unordered_map<CacheKey, std::shared_ptr<Flight>, HashOfKey> flights_;
    CacheStatistics statistics_;
    std::size_t bytes_ = 0;
    /// The number of times that entries have been removed. This member has its own cache line of
    /// the processor, because all lanes read it often and it rarely changes.
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
    while (true) {  // each new round means that another thread asked and ended at its deadline
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
        // The current thread itself is asking this question, because `upstream` uses this cache
        // too. A thread cannot wait for itself, so it asks `upstream` without the cache.
        auto answer = upstream.resolve(question);
        return answer != nullptr ? std::move(answer) : flight->answer;
    }

    // The destructor wakes the waiting threads, even if resolve() throws.
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
