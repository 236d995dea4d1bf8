// Takes out of texts what a ticket should not show: who wrote to whom, and names inside a network.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace spfcheck {

/// Replaces the local parts of mail addresses by user-1, user-2 and so on, names of hosts that are
/// not on the internet by host-1 and so on, and a subject by "...". The same text has the same
/// placeholder for as long as the object exists.
class Redactor {
public:
    /// Replaces, in quoted words, a local part that stands alone, too: "mailbox bob is full".
    void know(std::string_view address);
    /// Returns a text of ours with placeholders.
    [[nodiscard]] std::string text(std::string_view text);
    /// Returns words of a server, or a header field, with placeholders.
    [[nodiscard]] std::string quoted(std::string_view text);

private:
    std::string without_addresses(std::string_view text);
    const std::string& user(std::string_view local);
    const std::string& host(std::string_view name);

    std::map<std::string, std::string, std::less<>> users_;  // in lower case
    std::map<std::string, std::string, std::less<>> hosts_;
    std::map<std::string, std::string, std::less<>> known_;  // those of know()
};

}  // namespace spfcheck
