// A NetworkSet stores sorted ranges of addresses. Addresses of both families are numbers of 128
// bits. Every operation processes the ranges from left to right. The last IPv6 address needs care
// everywhere, because adding one to it would result in zero.

#include "spf/net/network_set.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>
#include <utility>

namespace spf {
namespace {

bool is_before(const AddressRange& a, const AddressRange& b) noexcept {
    return std::tie(a.family, a.first) < std::tie(b.family, b.first);
}

/// Returns whether two ranges can be joined to one: they overlap, or `next` begins directly after
/// `range`. `next` must not begin before `range`.
bool joins(const AddressRange& range, const AddressRange& next) noexcept {
    if (range.family != next.family) return false;
    return next.first <= range.last || next.first.previous() == range.last;
}

unsigned trailing_zeros(IpAddress address) noexcept {
    const int zeros = address.low() != 0 ? std::countr_zero(address.low())
                                         : 64 + std::countr_zero(address.high());
    return static_cast<unsigned>(zeros);
}

/// Returns the largest network that begins at the first address of the range and is contained in
/// the range.
Network first_network(const AddressRange& range) noexcept {
    const unsigned longest = range.family == Family::ipv4 ? 32 : 128;
    unsigned length = longest - std::min(longest, trailing_zeros(range.first));
    for (;; ++length) {
        const Network network{range.family, range.first.high(), range.first.low(), length};
        if (length == longest || network.range().last <= range.last) return network;
    }
}

}  // namespace

double AddressCount::approximate() const noexcept {
    return all_ != 0 ? std::ldexp(1.0, 128)
                     : std::ldexp(static_cast<double>(high_), 64) + static_cast<double>(low_);
}

std::string AddressCount::to_string() const {
    if (all_ != 0) return "340282366920938463463374607431768211456";
    // Divides the number, which consists of four digits in base 2^32, by ten. The remainder is the
    // last decimal digit that has not been written yet.
    std::uint64_t parts[4] = {high_ >> 32U, high_ & 0xffff'ffffU, low_ >> 32U, low_ & 0xffff'ffffU};
    std::string digits;
    do {
        std::uint64_t rest = 0;
        for (std::uint64_t& part : parts) {
            const std::uint64_t value = rest << 32U | part;
            part = value / 10;
            rest = value % 10;
        }
        digits += static_cast<char>('0' + rest);
    } while ((parts[0] | parts[1] | parts[2] | parts[3]) != 0);
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::vector<Network> networks_of(const AddressRange& range) {
    std::vector<Network> out;
    AddressRange rest = range;
    while (rest.first <= rest.last) {
        out.push_back(first_network(rest));
        const IpAddress last = out.back().range().last;
        if (last == rest.last) break;
        rest.first = last.next();
    }
    return out;
}

NetworkSet::NetworkSet(std::vector<AddressRange> ranges) {
    std::erase_if(ranges, [](const AddressRange& range) { return range.last < range.first; });
    std::sort(ranges.begin(), ranges.end(), is_before);
    for (const AddressRange& range : ranges) {
        if (!ranges_.empty() && joins(ranges_.back(), range)) {
            ranges_.back().last = std::max(ranges_.back().last, range.last);
        } else {
            ranges_.push_back(range);
        }
    }
}

NetworkSet::NetworkSet(std::span<const Network> networks)
    : NetworkSet([networks] {
          std::vector<AddressRange> ranges;
          ranges.reserve(networks.size());
          for (const Network& network : networks) ranges.push_back(network.range());
          return ranges;
      }()) {}

std::vector<Network> NetworkSet::networks() const {
    std::vector<Network> out = networks(Family::ipv4);
    const std::vector<Network> more = networks(Family::ipv6);
    out.insert(out.end(), more.begin(), more.end());
    return out;
}

std::vector<Network> NetworkSet::networks(Family family) const {
    std::vector<Network> out;
    for (const AddressRange& range : ranges_) {
        if (range.family != family) continue;
        const std::vector<Network> blocks = networks_of(range);
        out.insert(out.end(), blocks.begin(), blocks.end());
    }
    return out;
}

bool NetworkSet::contains(const AddressRange& range) const noexcept {
    const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), range, is_before);
    if (after == ranges_.begin()) return false;
    const AddressRange& candidate = *std::prev(after);
    return candidate.family == range.family && candidate.first <= range.first &&
           range.last <= candidate.last;
}

bool NetworkSet::contains(IpAddress address) const noexcept {
    return contains(AddressRange{address.family(), address, address});
}

bool NetworkSet::contains(const NetworkSet& other) const noexcept {
    return std::all_of(other.ranges_.begin(), other.ranges_.end(),
                       [this](const AddressRange& range) { return contains(range); });
}

AddressCount NetworkSet::count(Family family) const noexcept {
    AddressCount out;
    for (const AddressRange& range : ranges_) {
        if (range.family == family) out += AddressCount(range);
    }
    return out;
}

NetworkSet set_union(const NetworkSet& a, const NetworkSet& b) {
    std::vector<AddressRange> ranges(a.ranges().begin(), a.ranges().end());
    ranges.insert(ranges.end(), b.ranges().begin(), b.ranges().end());
    return NetworkSet(std::move(ranges));
}

NetworkSet set_intersection(const NetworkSet& a, const NetworkSet& b) {
    std::vector<AddressRange> out;
    auto x = a.ranges().begin();
    auto y = b.ranges().begin();
    while (x != a.ranges().end() && y != b.ranges().end()) {
        if (x->family == y->family) {
            const IpAddress first = std::max(x->first, y->first);
            const IpAddress last = std::min(x->last, y->last);
            if (first <= last) out.push_back({x->family, first, last});
        }
        // Of the two ranges, the one that ends first cannot overlap with any later range of the
        // other set. Therefore it is replaced by the next range of its own set.
        if (std::tie(x->family, x->last) < std::tie(y->family, y->last)) {
            ++x;
        } else {
            ++y;
        }
    }
    return NetworkSet(std::move(out));
}

NetworkSet set_difference(const NetworkSet& a, const NetworkSet& b) {
    std::vector<AddressRange> out;
    auto hole = b.ranges().begin();
    for (AddressRange rest : a.ranges()) {
        bool is_left = true;
        while (hole != b.ranges().end() &&
               std::tie(hole->family, hole->last) < std::tie(rest.family, rest.first)) {
            ++hole;
        }
        for (auto cut = hole; is_left && cut != b.ranges().end() && cut->family == rest.family &&
                              cut->first <= rest.last;
             ++cut) {
            if (rest.first < cut->first) {
                out.push_back({rest.family, rest.first, cut->first.previous()});
            }
            is_left = cut->last < rest.last;
            if (is_left) rest.first = cut->last.next();
        }
        if (is_left) out.push_back(rest);
    }
    return NetworkSet(std::move(out));
}

}  // namespace spf
