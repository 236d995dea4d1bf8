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

/// Why a check_host() was called. The role decides what the result "none" means (5.2, 6.1), and
/// whether a match decides the result of the whole check. An explanation is fetched only after such
/// a match (6.2).
enum class Role : std::uint8_t { outermost, redirect, include, redirect_in_include };

/// Returns whether the result of a check_host() with this role is the result of the whole check.
constexpr bool decides(Role role) noexcept {
    return role == Role::outermost || role == Role::redirect;
}

/// A check_host() in progress. Frames are in the arena; each include or redirect that is followed
/// adds one.
struct Frame {
    Frame(Arena& arena, Frame* led_here, std::string_view name, Role as, unsigned step_depth,
          std::size_t trace_step) noexcept
        : outer(led_here),
          role(as),
          depth(step_depth),
          step(trace_step),
          domain(name),
          own_record(arena) {}

    Frame* outer;  ///< the frame whose term called this check_host(); null if outermost
    Role role;
    unsigned depth;             ///< the depth of its step in the trace
    std::size_t step;           ///< the index of its step in the trace
    std::size_t term_step = 0;  ///< the index of the step of the current term
    std::string_view domain;
    /// The size of the copy of the domain in the arena, in octets; 0 if the arena has no copy.
    std::size_t domain_size = 0;
    dns::AnswerPtr answer;                     ///< the answer that keeps the record alive
    ArenaOptional<SelectedRecord> own_record;  ///< used if the answer has no parsed record
    const Record* record = nullptr;            ///< null until the answer has arrived
    std::size_t at = 0;                        ///< the index of the current directive

    [[nodiscard]] const Directive& directive() const noexcept { return record->directives[at]; }
    /// Returns whether all directives have been evaluated.
    [[nodiscard]] bool at_end() const noexcept { return at == record->directives.size(); }
};

}  // namespace spf
