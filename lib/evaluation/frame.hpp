// One check_host() in progress: RFC 7208 sections 4.5 (its record), 5.2 and 6.1 (nested calls).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "evaluation/arena.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/record/record.hpp"
#include "spf/record/select.hpp"

namespace spf {

/// The reason why a check_host() was called. The role decides how the result "none" is treated
/// (5.2, 6.1). It also decides whether a directive that matches determines the result of the whole
/// check. An explanation is fetched only after such a match (6.2).
enum class Role : std::uint8_t { outermost, redirect, include, redirect_in_include };

/// Returns whether the result of a check_host() with this role is the result of the whole check.
constexpr bool decides(Role role) noexcept {
    return role == Role::outermost || role == Role::redirect;
}

/// A check_host() in progress. Frame objects are in the Arena. Each include or redirect that is
/// followed adds a Frame.
struct Frame {
    Frame(Arena& arena, Frame* led_here, std::string_view name, Role as, unsigned step_depth,
          std::size_t trace_step) noexcept
        : outer(led_here),
          role(as),
          depth(step_depth),
          step(trace_step),
          domain(name),
          own_record(arena) {}

    Frame* outer;  ///< the frame whose term called this check_host(); null for the outermost one
    Role role;
    unsigned depth;             ///< the depth of this check_host() in the trace
    std::size_t step;           ///< the index of this check_host() in the trace
    std::size_t term_step = 0;  ///< the index of the current term in the trace
    std::string_view domain;
    /// The size of this frame's copy of the domain in the arena, in octets; 0 if there is no copy.
    std::size_t domain_size = 0;
    dns::AnswerPtr answer;  ///< the answer that contains the record and keeps it in memory
    /// The parsed record, if it is not in the answer already (dns::Answer::selected); otherwise
    /// nothing.
    ArenaOptional<SelectedRecord> own_record;
    const Record* record = nullptr;  ///< the parsed record; null until the answer has arrived
    std::size_t at = 0;              ///< the index of the current directive in the record

    [[nodiscard]] const Directive& directive() const noexcept { return record->directives[at]; }
    /// Returns whether all directives have been evaluated.
    [[nodiscard]] bool at_end() const noexcept { return at == record->directives.size(); }
};

}  // namespace spf
