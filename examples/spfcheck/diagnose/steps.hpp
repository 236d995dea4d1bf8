// The steps of a diagnosis in words: what was found out, and the very line that it rests on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diagnose/case.hpp"
#include "diagnose/examine.hpp"
#include "diagnose/judge.hpp"

namespace spfcheck {

enum class StepKind : std::uint8_t {
    recipient,  ///< whether the address can be reached
    reply,      ///< what the recipient's server said
    client,     ///< which server sent the mail there
    spf,        ///< whether it may, by what DNS says now
    helo,       ///< whether it may use the name with which it greets
    dmarc,      ///< whether that counts for the domain in From
    whose,      ///< whether it is ours at all
};
/// Returns the name of the enumerator.
[[nodiscard]] std::string_view to_string(StepKind kind) noexcept;

enum class State : std::uint8_t { ok, wrong, unknown, note };
/// Returns the name of the enumerator.
[[nodiscard]] std::string_view to_string(State state) noexcept;

/// What to do next.
struct Remedy {
    std::string text;     ///< sentences; printable US-ASCII
    std::string command;  ///< a command line that helps with it; empty if there is none
};

struct Step {
    StepKind kind{};
    State state = State::note;
    std::string text;      ///< what was found out; printable US-ASCII
    std::string evidence;  ///< the line that it rests on, printable; empty if there is none
    Remedy remedy{};       ///< what to do about it; without text if it is in order
};

/// Returns the steps about a recipient, in order. They end with the one that decides: if the
/// address is wrong, no more is said.
[[nodiscard]] std::vector<Step> steps_of(const Case& about, std::size_t recipient,
                                         const Examined& examined, const Verdict& verdict);

/// What commands need in addition to what is known about the mail.
struct Surroundings {
    std::vector<std::string> dns;      ///< the options about DNS, as words of a command line
    std::vector<std::string> input;    ///< the words that name the message or the bounce
    std::string message;               ///< the path of --message; empty if there is none
    std::vector<std::string> trusted;  ///< the relays that are trusted already
};

/// Adds to each step that is wrong what to do about it.
void add_remedies(std::vector<Step>& steps, const Verdict& verdict, const Case& about,
                  std::size_t recipient, const Examined& examined, const Surroundings& around);

/// Returns what to do about a verdict.
[[nodiscard]] Remedy remedy_for(const Verdict& verdict, const Case& about, std::size_t recipient,
                                const Examined& examined, const Surroundings& around);

}  // namespace spfcheck
