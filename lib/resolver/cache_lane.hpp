// What one thread found in a cache lately, for itself: threads that ask for the same names do not wait for
// each other, nor write to the same reference counts. A copy is good as long as nothing has been dropped
// from its shard.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "name_hash.hpp"
#include "spf/resolver/cache.hpp"

namespace spf {

inline constexpr std::size_t line_size = 64;  // of the processor's caches

/// Numbers threads in the order in which they come, once for all caches. Nothing hangs on it but speed.
inline std::size_t number_of_this_thread() noexcept {
    static std::atomic<std::size_t> next{0};
    thread_local const std::size_t mine = next.fetch_add(1, std::memory_order_relaxed);
    return mine;
}

/// A question whose hash is computed once, for the choice of the shard and for the table.
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

/// What a shard has, and until when it is good.
struct CacheHit {
    dns::AnswerPtr answer;
    CacheOptions::Clock::time_point expires;
    std::size_t bytes = 0;
    std::uint64_t drops = 0;
};

class alignas(line_size) AnswerCache::Lane {
public:
    /// \param drops  of the shard now
    dns::AnswerPtr lookup(const CacheKey& key, CacheOptions::Clock::time_point now,
                          std::uint64_t drops) {
        const std::lock_guard lock{mutex_};
        if (slots_.empty()) return nullptr;
        Slot& slot = slot_of(key);
        if (!slot.is_of(key) || slot.drops != drops || slot.expires <= now) return nullptr;
        // From time to time the shard has to see that the entry is needed.
        if (++slot.hits % hits_at_a_time == 0) return nullptr;
        ++hits_;
        return slot.answer;
    }

    void keep(const CacheKey& key, const CacheHit& found) {
        if (found.bytes > largest) return;
        const std::lock_guard lock{mutex_};
        if (slots_.empty()) slots_.resize(slot_count);
        Slot* place = &slot_of(key);
        if (!place->is_of(key)) {
            // Of the two places it may have, the one that was needed less.
            Slot& other = slots_[second_of(key)];
            if (other.hits < place->hits) place = &other;
        }
        Slot& slot = *place;
        slot.name = key.name;
        slot.type = key.type;
        slot.hash = key.hash;
        slot.expires = found.expires;
        slot.drops = found.drops;
        slot.hits = 0;
        // The same answer with a reference count of this lane's own, and on a line of its own.
        const auto own = std::make_shared<Own>();
        own->answer = found.answer;
        slot.answer = dns::AnswerPtr{own, own->answer.get()};
    }

    void clear() {
        const std::lock_guard lock{mutex_};
        slots_.clear();
    }

    [[nodiscard]] std::uint64_t hits() const {
        const std::lock_guard lock{mutex_};
        return hits_;
    }

private:
    static constexpr std::size_t slot_count = 2048;
    static constexpr std::size_t largest = 2048;  // octets; so all slots hold 4 MiB at the most
    static constexpr unsigned hits_at_a_time = 64;

    struct alignas(line_size) Own {
        dns::AnswerPtr answer;
    };
    struct Slot {
        std::string name;
        dns::AnswerPtr answer;
        CacheOptions::Clock::time_point expires;
        std::size_t hash = 0;
        std::uint64_t drops = 0;
        unsigned hits = 0;
        dns::RecordType type{};

        [[nodiscard]] bool is_of(const CacheKey& key) const noexcept {
            return CacheKey{hash, name, type} == key;
        }
    };

    static std::size_t first_of(const CacheKey& key) noexcept { return key.hash % slot_count; }
    static std::size_t second_of(const CacheKey& key) noexcept {
        return (key.hash >> 24U) % slot_count;
    }
    /// Where the key is; its first place where it is in neither.
    Slot& slot_of(const CacheKey& key) noexcept {
        Slot& first = slots_[first_of(key)];
        if (first.is_of(key)) return first;
        Slot& second = slots_[second_of(key)];
        return second.is_of(key) ? second : first;
    }

    mutable std::mutex mutex_;
    std::vector<Slot> slots_;
    std::uint64_t hits_ = 0;
};

}  // namespace spf
