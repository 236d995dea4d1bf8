// The data that let Record::skip_ip4() test many `ip4` mechanisms quickly. All tests of a Record
// are next to each other in its block of memory.
#pragma once

#include <cstddef>
#include <cstdint>

#include "spf/record/record.hpp"

namespace spf {

/// A test of an IPv4 client for one directive. The client passes if the bits of its address equal
/// those of `bits` wherever `mask` has ones. For an `ip4`, this means that the mechanism matches.
/// For every other mechanism, and for an additional test after that of the last directive, both
/// members are zero. Every client passes these tests, so a search for the next test that the client
/// passes stops there.
struct Record::Ip4Test {
    std::uint32_t bits = 0;
    std::uint32_t mask = 0;
};

inline std::size_t Record::skip_ip4(std::size_t at, std::uint32_t address) const noexcept {
    const auto agrees = [tests = ip4_tests_, address](std::size_t i) {
        return ((address ^ tests[i].bits) & tests[i].mask) == 0;
    };
    while (!agrees(at)) ++at;
    return at;
}

}  // namespace spf
