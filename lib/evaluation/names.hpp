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

/// The names of the client's reverse mapping whose addresses contain the client. They are searched
/// for once, then shared by every `ptr` and `%{p}` of the check. Strings keep their memory from one
/// check to the next.
class Names {
public:
    void reset() noexcept {
        state_ = State::unknown;
        count_ = 0;
    }
    /// Gives up a search; the names found so far remain.
    void release_answer() noexcept { candidates_.reset(); }

    [[nodiscard]] bool are_unknown() const noexcept { return state_ == State::unknown; }
    [[nodiscard]] bool are_searched_for() const noexcept { return state_ == State::searching; }

    void begin_search() noexcept { state_ = State::searching; }
    /// Takes the names of the reverse mapping; all but the first `limit` are ignored (4.6.4).
    void take_candidates(dns::AnswerPtr&& answer, std::size_t limit) noexcept {
        candidates_ = std::move(answer);
        next_ = 0;
        end_ = std::min(candidates_->names.size(), limit);
    }
    /// Returns the next candidate, valid until the following call; null at the end, which ends the
    /// search.
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

    /// 5.5: whether a validated name is the target-name or a subdomain of it.
    [[nodiscard]] bool any_within(std::string_view target) const noexcept;
    /// 7.3: the name for %{p}: the domain itself, else a subdomain of it, else any name, else
    /// "unknown".
    [[nodiscard]] std::string_view preferred(std::string_view domain) const noexcept;

private:
    enum class State : std::uint8_t { unknown, searching, known };
    [[nodiscard]] std::span<const std::string> validated() const noexcept {
        return std::span{names_}.first(count_);
    }

    State state_ = State::unknown;
    // Only the first count_ names are valid; the others keep their memory.
    std::vector<std::string> names_;
    std::size_t count_ = 0;
    dns::AnswerPtr candidates_;  // during the search
    std::size_t next_ = 0;
    std::size_t end_ = 0;
};

/// 5.5: writes the name of a client's reverse mapping, such as "1.2.0.192.in-addr.arpa".
void write_reverse_name(IpAddress ip, std::string& out);

}  // namespace spf
