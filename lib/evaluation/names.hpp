// The client's validated names: RFC 7208 sections 5.5 (ptr) and 7.3 (%{p}).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spf/dns/resolver.hpp"
#include "spf/net/ip.hpp"

namespace spf {

/// The client's validated names (5.5): those names of the client's reverse mapping that have the
/// client's address. A check searches for them at most once, and every `ptr` and `%{p}` in the
/// check uses them. After reset(), the strings are kept, so the next check reuses their memory.
class Names {
public:
    void reset() noexcept {
        state_ = State::unknown;
        count_ = 0;
    }
    /// Releases the PTR answer if the search for validated names ends early. The names that were
    /// validated before remain.
    void release_answer() noexcept { candidates_.reset(); }

    [[nodiscard]] bool are_unknown() const noexcept { return state_ == State::unknown; }
    [[nodiscard]] bool are_searched_for() const noexcept { return state_ == State::searching; }

    void begin_search() noexcept { state_ = State::searching; }
    /// Stores the names from the PTR answer as candidates, which are then validated one by one. All
    /// names after the first `limit` are ignored (4.6.4).
    void take_candidates(dns::AnswerPtr&& answer, std::size_t limit) noexcept {
        candidates_ = std::move(answer);
        next_ = 0;
        end_ = std::min(candidates_->names.size(), limit);
    }
    /// Returns the next candidate, which is valid until the next call. If there are no more
    /// candidates, ends the search and returns null.
    [[nodiscard]] const std::string* next_candidate() noexcept {
        if (next_ < end_) return &candidates_->names[next_++];
        state_ = State::known;
        candidates_.reset();
        return nullptr;
    }
    void add(std::string_view name) {
        if (count_ == names_.size()) names_.emplace_back();
        names_[count_].assign(name);
        ++count_;
    }

    /// Returns whether a validated name is equal to the target-name or is a subdomain of the
    /// target-name (5.5).
    [[nodiscard]] bool any_within(std::string_view target) const noexcept;
    /// Returns the value of %{p} (7.3). The value is the domain itself if it is a validated name,
    /// otherwise a validated name that is a subdomain of the domain, otherwise any validated name,
    /// otherwise "unknown".
    [[nodiscard]] std::string_view preferred(std::string_view domain) const noexcept;

private:
    enum class State : std::uint8_t { unknown, searching, known };
    [[nodiscard]] std::span<const std::string> validated() const noexcept {
        return std::span{names_}.first(count_);
    }

    State state_ = State::unknown;
    // Only the first count_ strings are validated names. The other strings are left from earlier
    // checks, and their memory is reused.
    std::vector<std::string> names_;
    std::size_t count_ = 0;
    dns::AnswerPtr candidates_;  // the PTR answer during the search; otherwise null
    std::size_t next_ = 0;
    std::size_t end_ = 0;
};

/// Writes to `out` the domain name of an address in the reverse mapping (5.5), such as
/// "1.2.0.192.in-addr.arpa".
void write_reverse_name(IpAddress ip, std::string& out);

}  // namespace spf
