// The operators new and delete of the program. They use malloc and free, and update two counters of
// the thread.

#include "memory.hpp"

#include <cstdlib>
#include <new>

#include <malloc.h>

namespace {

constinit thread_local std::uint64_t count = 0;
constinit thread_local std::int64_t bytes = 0;

void* counted(void* memory) {
    if (memory == nullptr) throw std::bad_alloc{};
    ++count;
    bytes += static_cast<std::int64_t>(malloc_usable_size(memory));
    return memory;
}

void discount(void* memory) noexcept {
    bytes -= static_cast<std::int64_t>(malloc_usable_size(memory));
    std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) { return counted(std::malloc(size == 0 ? 1 : size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    const auto to = static_cast<std::size_t>(alignment);
    return counted(std::aligned_alloc(to, (size + to - 1) / to * to));
}
void operator delete(void* memory) noexcept { discount(memory); }
void operator delete(void* memory, std::size_t) noexcept { discount(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { discount(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { discount(memory); }

namespace bench {

std::uint64_t allocations() noexcept { return count; }
std::int64_t live_bytes() noexcept { return bytes; }

}  // namespace bench
