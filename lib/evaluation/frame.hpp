// One check_host() in progress: RFC 7208 sections 4.5 (its record), 5.2 and 6.1 (how it nests).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "evaluation/arena.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/record/record.hpp"
#include "spf/record/select.hpp"

namespace spf {

/// Why a check_host() was called. The role decides what "none" means (5.2, 6.1), and whether a
/// match decides the whole check and is explained (6.2).
enum class Role : std::uint8_t { outermost, redirect, include, redirect_in_include };

/// Whether the result of a check_host() with this role is that of the whole check.
constexpr bool decides(Role role) noexcept {
    return role == Role::outermost || role == Role::redirect;
}

/// Frames are kept in the arena, nested as includes and redirects are.
struct Frame {
    Frame(Arena& arena, Frame* led_here, std::string_view name, Role as, unsigned step_depth,
          std::size_t trace_step) noexcept
        : outer(led_here),
          role(as),
          depth(step_depth),
          step(trace_step),
          domain(name),
          own_record(arena) {}

    Frame* outer;  ///< the frame whose term led here; null in the outermost
    Role role;
    unsigned depth;             ///< of its step in the trace
    std::size_t step;           ///< its step in the trace
    std::size_t term_step = 0;  ///< the step of the current directive or modifier
    std::string_view domain;
    /// Octets that the domain takes in the arena; 0 if it is kept elsewhere.
    std::size_t domain_size = 0;
    dns::AnswerPtr answer;                     ///< the answer that keeps the record alive
    ArenaOptional<SelectedRecord> own_record;  ///< used if the answer came without a parsed record
    const Record* record = nullptr;            ///< null until the answer has arrived
    std::size_t at = 0;                        ///< index of the current directive

    [[nodiscard]] const Directive& directive() const noexcept { return record->directives[at]; }
    /// Whether all directives have been evaluated.
    [[nodiscard]] bool at_end() const noexcept { return at == record->directives.size(); }
};

}  // namespace spf
