// The tests of `ip4` mechanisms. All tests of a Record are next to each other in its block.
#pragma once

#include <cstddef>
#include <cstdint>

#include "spf/record/record.hpp"

namespace spf {

/// The test of an IPv4 client for one directive. If the directive is an `ip4`, the client passes
/// the test if its address has the same bits as `bits` where `mask` has ones; then the `ip4`
/// matches. For all other mechanisms, and after the last directive, both members are zero, so that
/// every client passes the test.
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
