// A Lane contains one thread's own copies of answers that the thread recently found in a cache.
// Threads that ask for the same names therefore neither wait for each other nor write to the same
// reference counts. A copy is valid until any entry is removed from the shard of the cache from
// which the copy was made.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/name_hash.hpp"
#include "spf/resolver/cache.hpp"

namespace spf {

// The size of a cache line of the processor, in octets.
inline constexpr std::size_t line_size = 64;

/// Returns the number of the calling thread. Threads are numbered from 0, in the order in which
/// they first call this function. All caches share these numbers. The numbers affect only the
/// speed.
inline std::size_t number_of_this_thread() noexcept {
    static std::atomic<std::size_t> next{0};
    thread_local const std::size_t mine = next.fetch_add(1, std::memory_order_relaxed);
    return mine;
}

/// A question and its hash. The hash is computed only once. It is used twice: to choose the shard,
/// and to search the table in the shard.
struct CacheKey {
    std::size_t hash = 0;
    std::string_view name;
    dns::RecordType type{};

    CacheKey(std::size_t known_hash, std::string_view its_name, dns::RecordType its_type) noexcept
        : hash(known_hash), name(its_name), type(its_type) {}
    CacheKey(const dns::Question& question, std::uint64_t seed) noexcept
        : hash(hash_name(question.name, seed + static_cast<std::uint64_t>(question.type))),
          name(question.name),
          type(question.type) {}
    friend bool operator==(const CacheKey& left, const CacheKey& right) noexcept {
        return left.hash == right.hash && left.type == right.type && left.name == right.name;
    }
};

/// An answer that was found in a shard, and data for a copy of it in a Lane.
struct CacheHit {
    dns::AnswerPtr answer;
    CacheOptions::Clock::time_point expires;
    std::size_t bytes = 0;
    std::uint64_t drops = 0;
};

class alignas(line_size) AnswerCache::Lane {
public:
    /// \param drops  how many times entries have been removed from the shard of this question
    dns::AnswerPtr lookup(const CacheKey& key, CacheOptions::Clock::time_point now,
                          std::uint64_t drops) {
        const std::lock_guard lock{mutex_};
        if (buckets_.empty()) return nullptr;
        Slot* const slot = find(key);
        if (slot == nullptr || slot->drops != drops || slot->expires <= now) return nullptr;
        // This hit does not mark the entry in the shard, and need not do so: the entry was marked
        // when this copy was made. The shard removes a mark only when it is about to remove an
        // entry, and then all copies of answers in this shard become invalid.
        if (slot->hits < most_hits) ++slot->hits;
        ++hits_;
        return slot->answer;
    }

    void keep(const CacheKey& key, const CacheHit& found) {
        if (found.bytes > largest) return;
        const std::lock_guard lock{mutex_};
        if (buckets_.empty()) buckets_.resize(bucket_count);
        Slot* slot = find(key);
        if (slot == nullptr) {
            slot = place_for(key);
            if (slot == nullptr) return;
            slot->name = key.name;
            slot->type = key.type;
            slot->hits = 0;
        }
        slot->expires = found.expires;
        slot->drops = found.drops;
        if (slot->answer.get() == found.answer.get()) return;
        // The copy has a reference count of its own, which only this lane uses. Padding keeps
        // it away from other reference counts in memory.
        const auto own = std::make_shared<Own>();
        own->answer = found.answer;
        slot->answer = dns::AnswerPtr{own, own->answer.get()};
    }

    void clear() {
        const std::lock_guard lock{mutex_};
        buckets_.clear();
    }

    [[nodiscard]] std::uint64_t hits() const {
        const std::lock_guard lock{mutex_};
        return hits_;
    }

private:
    static constexpr std::size_t bucket_count = 256;
    static constexpr std::size_t bucket_size = 8;  // the hashes of a bucket fill one cache line
    // The maximum size in octets of an answer that is copied to a lane. With it, the answers in all
    // slots together have at most 4 MiB.
    static constexpr std::size_t largest = 2048;
    static constexpr unsigned most_hits = 64;

    struct Own {
        dns::AnswerPtr answer;
        std::array<std::byte, line_size - sizeof(dns::AnswerPtr)> distance{};
    };
    struct Slot {
        std::string name;
        dns::AnswerPtr answer;  ///< null if the slot is empty
        CacheOptions::Clock::time_point expires;
        std::uint64_t drops = 0;
        unsigned hits = 0;  ///< the number of hits, which decreases over time
        dns::RecordType type{};
    };
    struct alignas(line_size) Bucket {
        std::array<std::size_t, bucket_size> hashes{};
        std::array<Slot, bucket_size> slots;
    };

    Bucket& bucket_of(const CacheKey& key) noexcept { return buckets_[key.hash % bucket_count]; }

    Slot* find(const CacheKey& key) noexcept {
        Bucket& bucket = bucket_of(key);
        for (std::size_t i = 0; i < bucket_size; ++i) {
            if (bucket.hashes[i] != key.hash) continue;
            Slot& slot = bucket.slots[i];
            if (slot.answer != nullptr && slot.type == key.type && slot.name == key.name)
                return &slot;
        }
        return nullptr;
    }

    /// Returns the slot for a new name: an empty slot, or else a slot whose number of hits is zero.
    /// If there is no such slot, returns null and decreases the number of hits of each slot by one.
    /// Therefore a name that occurs once does not replace a name that occurs often.
    Slot* place_for(const CacheKey& key) noexcept {
        Bucket& bucket = bucket_of(key);
        Slot* const begin = bucket.slots.data();
        Slot* const end = begin + bucket.slots.size();
        Slot* place =
            std::find_if(begin, end, [](const Slot& slot) { return slot.answer == nullptr; });
        if (place == end) {
            place = std::min_element(begin, end, [](const Slot& left, const Slot& right) {
                return left.hits < right.hits;
            });
        }
        if (place->answer != nullptr && place->hits > 0) {
            for (Slot& slot : bucket.slots) slot.hits -= slot.hits > 0 ? 1 : 0;
            return nullptr;
        }
        bucket.hashes[static_cast<std::size_t>(place - begin)] = key.hash;
        place->answer = nullptr;
        return place;
    }

    mutable std::mutex mutex_;
    std::vector<Bucket> buckets_;
    std::uint64_t hits_ = 0;
};

}  // namespace spf
