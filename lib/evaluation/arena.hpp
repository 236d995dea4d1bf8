// Memory for the nested check_host() calls of one check: for their frames (struct Frame), domains
// and records.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

namespace spf {

/// Allocates memory that must be released in the reverse order of allocation: the memory that was
/// allocated last is released first. After the memory has been released, the arena keeps its
/// blocks. Therefore the next check needs no new memory from the system.
class Arena {
public:
    Arena() noexcept { enter_block(first_.data(), first_size, 0); }
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    void* take(std::size_t size) {
        size = rounded(size);
        if (size > static_cast<std::size_t>(end_ - next_)) next_block(size);
        return std::exchange(next_, next_ + size);
    }

    /// Copies a text into the arena and returns the copy. Release the copy with
    /// give_back(text.size()).
    std::string_view take_copy(std::string_view text) {
        char* const memory = static_cast<char*>(take(text.size()));
        std::copy(text.begin(), text.end(), memory);
        return {memory, text.size()};
    }

    /// Releases the memory that was allocated last and that has not been released yet. `size` is
    /// the size that was passed to take() for this memory.
    void give_back(std::size_t size) noexcept {
        next_ -= rounded(size);
        if (next_ == begin_ && current_ > 0) previous_block();
    }

private:
    struct Block {
        std::unique_ptr<std::byte[]> memory;
        std::size_t size = 0;
        // The number of octets that were in use in the previous block when this block became the
        // current one.
        std::size_t used_before = 0;
    };

    static constexpr std::size_t alignment = alignof(std::max_align_t);
    // The size of the memory inside the arena itself, in octets. It is enough for sixteen nested
    // check_host() calls.
    static constexpr std::size_t first_size = 1792;

    static constexpr std::size_t rounded(std::size_t size) noexcept {
        return (size + alignment - 1) / alignment * alignment;
    }
    void enter_block(std::byte* begin, std::size_t size, std::size_t used) noexcept {
        begin_ = begin;
        next_ = begin + used;
        end_ = begin + size;
    }
    // Moves to the next block that has at least `size` octets, and skips smaller blocks. Few blocks
    // are skipped, because the size of new blocks doubles each time.
    [[gnu::noinline]] void next_block(std::size_t size) {
        while (size > static_cast<std::size_t>(end_ - next_)) {
            if (current_ == blocks_.size()) {
                const std::size_t wanted = std::max(size, first_size << blocks_.size());
                blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(wanted), wanted, 0});
            }
            Block& block = blocks_[current_++];
            block.used_before = static_cast<std::size_t>(next_ - begin_);
            enter_block(block.memory.get(), block.size, 0);
        }
    }
    [[gnu::noinline]] void previous_block() noexcept {
        while (next_ == begin_ && current_ > 0) {
            const std::size_t used = blocks_[--current_].used_before;
            if (current_ == 0) {
                enter_block(first_.data(), first_size, used);
            } else {
                enter_block(blocks_[current_ - 1].memory.get(), blocks_[current_ - 1].size, used);
            }
        }
    }

    std::byte* begin_ = nullptr;  // the first octet of the current block
    std::byte* next_ = nullptr;   // the first free octet of the current block
    std::byte* end_ = nullptr;
    // The current block is first_ if current_ is 0, otherwise blocks_[current_ - 1].
    std::size_t current_ = 0;
    std::vector<Block> blocks_;
    alignas(alignment) std::array<std::byte, first_size> first_;
};

/// An object in the arena that is created only when emplace() is called. The destructor of the
/// ArenaOptional destroys the object.
template <class T>
class ArenaOptional {
public:
    explicit ArenaOptional(Arena& arena) noexcept : arena_(arena) {}
    ArenaOptional(const ArenaOptional&) = delete;
    ArenaOptional& operator=(const ArenaOptional&) = delete;
    ~ArenaOptional() {
        if (value_ == nullptr) return;
        std::destroy_at(value_);
        arena_.give_back(sizeof(T));
    }

    /// Creates the object as a copy of `value` in the arena. This function may be called only once.
    T* emplace(T value) {
        value_ = ::new (arena_.take(sizeof(T))) T(std::move(value));
        return value_;
    }

private:
    Arena& arena_;
    T* value_ = nullptr;
};

}  // namespace spf
