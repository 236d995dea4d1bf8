// What the text of a bounce says to people about each recipient, whatever program wrote it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spfcheck {

/// A recipient in the text of a bounce, and what is said about it.
struct Said {
    std::string address{};
    std::string expanded_from{};  ///< the address that the sender wrote, if it is another one
    std::string words{};          ///< with line ends; empty if nothing is said
    bool certain = false;         ///< the address stands where only recipients do

    friend bool operator==(const Said&, const Said&) = default;
};

/// Returns the first address in a sentence that may be that of a recipient: neither one in a link,
/// nor one that the sentence says to be the sender's.
[[nodiscard]] std::string recipient_in(std::string_view sentence);

/// Returns the recipients that a text names, in its order, each once. Programs put an address on a
/// line of its own, or at the beginning of a line, and what was said behind it.
/// \param lines    those before the original message
/// \param strangers  addresses that are not recipients, such as that of whom the bounce was sent to
[[nodiscard]] std::vector<Said> read_prose(const std::vector<std::string_view>& lines,
                                           const std::vector<std::string>& strangers);

/// Returns the replies in the transcript of a session, as sendmail, Courier, MDaemon and others
/// show it: ">>> RCPT TO:<u@example.net>" and "<<< 550 5.1.1 User unknown". Replies to what
/// concerns all recipients have no address.
[[nodiscard]] std::vector<Said> read_transcript(const std::vector<std::string_view>& lines);

}  // namespace spfcheck
