/// \file advice/next.hpp  Names the commands that help the owner of a domain next.
///
/// Each sub-command of spfcheck that reports a problem uses these functions, so that the same
/// problem leads to the same command everywhere.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spf/advice/advice.hpp"
#include "spf/analysis/authorize.hpp"
#include "spf/analysis/fix.hpp"
#include "spf/base/export.hpp"
#include "spf/base/message.hpp"
#include "spf/lint/lint.hpp"

namespace spf::advice {

/// A command that a person may run next. Owns its texts.
struct SPF_EXPORT Next {
    Message<Sentence> purpose{};       ///< what the command shows
    std::vector<std::string> words{};  ///< the arguments of spfcheck, with the options about DNS

    /// Returns what the command shows, in a few words without trailing dot. Printable US-ASCII.
    [[nodiscard]] std::string text() const;
    /// Returns what the command shows, as text() does, in a language.
    [[nodiscard]] std::string text(const Language& language) const;
    /// Returns the command in one line (command_line()). Empty if it cannot be shown.
    [[nodiscard]] std::string command() const;
};

/// What lint() or lint_domain() found about a domain. Does not own its members.
struct Examined {
    std::string_view domain{};                  ///< the domain; empty if only a text was examined
    std::string_view record{};                  ///< the domain's own record; may be empty
    std::span<const lint::Finding> findings{};  ///< the findings
    /// A host that sends mail for the domain, such as its mail server. Empty if none is known.
    std::string_view sender{};
};

/// Returns the commands that help with the findings, the most useful first. Returns at most three,
/// and none if no command helps. Uses only the options about DNS of `context`. Thread-safe. Throws
/// only std::bad_alloc.
[[nodiscard]] SPF_EXPORT std::vector<Next> next_steps(const Examined& examined,
                                                      const Context& context = {});
/// Returns the command that helps with one finding; without arguments if there is none.
[[nodiscard]] SPF_EXPORT Next next_step(const lint::Finding& finding, const Examined& examined,
                                        const Context& context = {});
/// Returns the commands that help if authorize() has no proposal, or only alternatives.
[[nodiscard]] SPF_EXPORT std::vector<Next> next_steps(const analysis::Authorization& authorization,
                                                      const Context& context = {});
/// Returns the commands that help if fix() has no proposal.
[[nodiscard]] SPF_EXPORT std::vector<Next> next_steps(const analysis::Fix& fix,
                                                      const Context& context = {});

/// Returns the commands for people, each after its purpose, or on lines of its own below it, so
/// that it can be copied. Each line ends with a line break. Printable US-ASCII.
[[nodiscard]] SPF_EXPORT std::string text(std::span<const Next> steps,
                                          const report::TextStyle& style = {});

}  // namespace spf::advice
