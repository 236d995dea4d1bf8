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

/// The client's validated names: the names of its reverse mapping that have the client's address.
/// They are searched for at most once in a check, and are used by every `ptr` and `%{p}`. The
/// strings keep their memory from one check to the next.
class Names {
public:
    void reset() noexcept {
        state_ = State::unknown;
        count_ = 0;
    }
    /// Releases the answer of a search that is not continued. The names found so far remain.
    void release_answer() noexcept { candidates_.reset(); }

    [[nodiscard]] bool are_unknown() const noexcept { return state_ == State::unknown; }
    [[nodiscard]] bool are_searched_for() const noexcept { return state_ == State::searching; }

    void begin_search() noexcept { state_ = State::searching; }
    /// Stores the names of the reverse mapping as candidates. The names after the first `limit` are
    /// ignored (4.6.4).
    void take_candidates(dns::AnswerPtr&& answer, std::size_t limit) noexcept {
        candidates_ = std::move(answer);
        next_ = 0;
        end_ = std::min(candidates_->names.size(), limit);
    }
    /// Returns the next candidate, which is valid until the next call. After the last candidate,
    /// ends the search and returns null.
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

    /// Returns whether a validated name is the target-name or a subdomain of it (5.5).
    [[nodiscard]] bool any_within(std::string_view target) const noexcept;
    /// Returns the name for %{p} (7.3): the domain itself if it is a validated name, otherwise a
    /// validated subdomain of it, otherwise any validated name, otherwise "unknown".
    [[nodiscard]] std::string_view preferred(std::string_view domain) const noexcept;

private:
    enum class State : std::uint8_t { unknown, searching, known };
    [[nodiscard]] std::span<const std::string> validated() const noexcept {
        return std::span{names_}.first(count_);
    }

    State state_ = State::unknown;
    // Only the first count_ names are valid. The other strings are kept for their memory.
    std::vector<std::string> names_;
    std::size_t count_ = 0;
    dns::AnswerPtr candidates_;  // the PTR answer, during a search
    std::size_t next_ = 0;
    std::size_t end_ = 0;
};

/// Writes the name of a client's reverse mapping (5.5), such as "1.2.0.192.in-addr.arpa", to `out`.
void write_reverse_name(IpAddress ip, std::string& out);

}  // namespace spf
