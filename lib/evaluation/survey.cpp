#include "evaluation/survey.hpp"

#include <algorithm>
#include <queue>
#include <type_traits>
#include <variant>

namespace spf {
namespace {

/// Returns whether every type of mechanism that needs no DNS is either `all` or has exactly one
/// network. run_of() can put only such mechanisms into a table of ranges.
template <class... Terms>
constexpr bool match_ranges(const std::variant<Terms...>* /*any*/) noexcept {
    return ((Terms::traits.asks_dns() || std::is_same_v<Terms, All> ||
             requires(Terms term) { term.network; }) &&
            ...);
}
static_assert(match_ranges(static_cast<const Mechanism*>(nullptr)), "teach run_of() the others");

}  // namespace

RangeTable::RangeTable(Family family, std::vector<Entry> entries) : family_(family) {
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return std::tie(a.range.first, a.number) < std::tie(b.range.first, b.number);
    });
    const auto counts_less = [](const Entry& a, const Entry& b) { return a.number > b.number; };
    std::priority_queue<Entry, std::vector<Entry>, decltype(counts_less)> open(counts_less);
    const AddressRange all = AddressRange::all(family);
    auto next = entries.begin();
    for (IpAddress at = all.first;;) {
        for (; next != entries.end() && next->range.first <= at; ++next) open.push(*next);
        while (!open.empty() && open.top().range.last < at) open.pop();
        IpAddress last = open.empty() ? all.last : open.top().range.last;
        if (next != entries.end() && next->range.first <= last) last = next->range.first.previous();
        const std::uint32_t number = open.empty() ? none : open.top().number;
        if (numbers_.empty() || numbers_.back() != number) {
            begins_.push_back(at);
            numbers_.push_back(number);
        }
        if (last == all.last) break;
        at = last.next();
    }
}

RangeTable::Found RangeTable::find(IpAddress address) const noexcept {
    const auto after = std::upper_bound(begins_.begin() + 1, begins_.end(), address);
    const auto at = static_cast<std::size_t>(after - begins_.begin()) - 1;
    const bool is_last = after == begins_.end();
    const IpAddress last = is_last ? AddressRange::all(family_).last : after->previous();
    return {numbers_[at], {family_, begins_[at], last}};
}

Survey::Run Survey::run_of(const Record& record, std::size_t at, Family family) {
    std::vector<RangeTable::Entry> entries;
    const auto add = [&](const AddressRange& range, std::size_t directive) {
        if (range.family == family)
            entries.push_back({range, static_cast<std::uint32_t>(directive)});
    };
    std::size_t end = at;
    bool is_over = false;  // true after an `all`, because no later directive is evaluated
    for (; end < record.directives.size() && !is_over; ++end) {
        const Mechanism& mechanism = record.directives[end].mechanism;
        if (const Network* const network = network_of(mechanism)) {
            add(network->range(), end);
        } else if (is_all(mechanism)) {
            add(AddressRange::all(family), end);
            is_over = true;
        } else {
            break;
        }
    }
    work_ += end - at;
    return {RangeTable(family, std::move(entries)), end};
}

Survey::Skipped Survey::skip_unmatched(const Record& record, std::size_t at, IpAddress ip) {
    ++work_;
    const Key key{&record, at, ip.family()};
    auto known = runs_.find(key);
    if (known == runs_.end()) known = runs_.emplace(key, run_of(record, at, ip.family())).first;
    const RangeTable::Found found = known->second.table.find(ip);
    const bool is_match = found.number != RangeTable::none;
    return {is_match ? found.number : known->second.end, is_match, found.range};
}

Survey::Contained Survey::contains(const dns::Answer& answer, unsigned prefix_length,
                                   IpAddress ip) {
    ++work_;
    const Key key{&answer, prefix_length, ip.family()};
    auto known = answers_.find(key);
    if (known == answers_.end()) {
        std::vector<RangeTable::Entry> entries;
        for (const IpAddress address : answer.addresses) {
            const AddressRange range = Network(address, prefix_length).range();
            if (range.family == ip.family()) entries.push_back({range, 0});
        }
        work_ += answer.addresses.size();
        known = answers_.emplace(key, RangeTable(ip.family(), std::move(entries))).first;
    }
    const RangeTable::Found found = known->second.find(ip);
    return {found.number != RangeTable::none, found.range};
}

}  // namespace spf
