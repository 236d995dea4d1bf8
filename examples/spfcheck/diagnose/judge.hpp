// The verdict about a recipient: which situation it is, who has to act, and what to do next.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diagnose/case.hpp"
#include "diagnose/examine.hpp"
#include "diagnose/sentences.hpp"
#include "io/language.hpp"
#include "spf/advice/advice.hpp"

namespace spfcheck {

/// Who has something to repair.
enum class Side : std::uint8_t {
    nobody,   ///< nothing is wrong on the sender's side, and the mail was not refused for good
    ours,     ///< the sender: a record, a server, the address that was written
    theirs,   ///< the recipient, or the recipient's server
    unknown,  ///< the facts do not tell
};
/// Returns the name of the enumerator.
[[nodiscard]] std::string_view to_string(Side side) noexcept;
/// Returns the exit status of a diagnosis with this result.
[[nodiscard]] int exit_status_of(Side side) noexcept;

/// What happened to the mail for one recipient.
struct Verdict {
    DiagnoseSentence code{};  ///< one of the sentences from `typo` to `nothing_wrong_no_author`
    Side side = Side::unknown;
    std::string text;  ///< the sentence, without a dot at its end; printable US-ASCII
};
/// Returns the name of a situation in JSON, which is that of the enumerator.
[[nodiscard]] std::string_view name_of(DiagnoseSentence situation) noexcept;

/// Returns the verdict about a recipient.
/// \param recipient  the index in Case::recipients; ignored if there are none
[[nodiscard]] Verdict judge(const Case& about, std::size_t recipient, const Examined& examined);

/// Returns the verdict about a recipient of whom only the report is known.
[[nodiscard]] Verdict judge_words(const Case& about, std::size_t recipient);

/// Returns the address of a host, with its reverse name in parentheses if it has one.
[[nodiscard]] std::string named(const Host& host);
/// Returns who refused the mail, for a sentence: the domain of the recipient, or the server.
[[nodiscard]] Spoken refuser(const FailedRecipient& recipient);

}  // namespace spfcheck
