#include "driver/lookup.hpp"

#include <unistd.h>

namespace spf::cares_adapter {

std::size_t LookupTable::hash(const dns::Question& question) const noexcept {
    return hash_name(question.name, seed_ + static_cast<std::uint64_t>(question.type));
}

Lookup* LookupTable::find(const dns::Question& question, std::size_t hash) const noexcept {
    Lookup* lookup = buckets_[hash & (buckets_.size() - 1)];
    while (lookup != nullptr && (lookup->hash != hash || lookup->type != question.type ||
                                 lookup->name != question.name)) {
        lookup = lookup->next_in_bucket;
    }
    return lookup;
}

void LookupTable::insert(Lookup& lookup) {
    if (size_ >= buckets_.size()) grow();
    Lookup*& bucket = buckets_[lookup.hash & (buckets_.size() - 1)];
    lookup.next_in_bucket = bucket;
    bucket = &lookup;
    ++size_;
}

void LookupTable::erase(const Lookup& lookup) noexcept {
    Lookup** place = &buckets_[lookup.hash & (buckets_.size() - 1)];
    while (*place != nullptr && *place != &lookup) place = &(*place)->next_in_bucket;
    if (*place == nullptr) return;
    *place = lookup.next_in_bucket;
    --size_;
}

void LookupTable::grow() {
    std::vector<Lookup*> larger(buckets_.size() * 2);
    for (Lookup* lookup : buckets_) {
        while (lookup != nullptr) {
            Lookup* const next = lookup->next_in_bucket;
            Lookup*& bucket = larger[lookup->hash & (larger.size() - 1)];
            lookup->next_in_bucket = bucket;
            bucket = lookup;
            lookup = next;
        }
    }
    buckets_.swap(larger);
}

std::uint16_t QueryIds::take() {
    while (true) {
        if (random_.empty()) {
            // 128 ids have 256 octets, the maximum of getentropy().
            constexpr std::size_t at_once = 128;
            random_.resize(at_once);
            if (::getentropy(random_.data(), at_once * sizeof(std::uint16_t)) != 0) {
                for (std::uint16_t& number : random_) number = ldns_adapter::random_id();
            }
        }
        const std::uint16_t id = random_.back();
        random_.pop_back();
        if (taken_.test(id)) continue;
        taken_.set(id);
        return id;
    }
}

}  // namespace spf::cares_adapter
