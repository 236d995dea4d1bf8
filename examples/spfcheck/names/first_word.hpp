// What the first word of a command line is, if it is not a sub-command.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace spfcheck {

/// What a word is, judged by its form alone.
enum class WordKind {
    option,   ///< begins with "-"
    record,   ///< the text of a record, with or without quotes
    address,  ///< an IP address or a network
    name,     ///< a domain, a mail address or a URL: contains ".", "@" or "://"
    other,
};

/// Returns what a word is.
[[nodiscard]] WordKind kind_of(std::string_view word);

/// Returns the sub-command that was probably meant: the one that begins with `word`, or that
/// differs from it in at most two letters. Empty if there is none, or more than one.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> commands);

}  // namespace spfcheck
