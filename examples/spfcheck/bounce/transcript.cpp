#include <algorithm>
#include <array>

#include "bounce/bounce.hpp"
#include "bounce/prose.hpp"
#include "bounce/text.hpp"
#include "names/parts.hpp"
#include "refusal/words.hpp"

namespace spfcheck {
namespace {

/// What programs put in front of what they sent, and of what they received.
constexpr std::array<std::string_view, 6> sent_marks{">>>",      "-->",    "Sent >>>",
                                                     "Sent <<<", "Sent: ", "hMailServer sent: "};
constexpr std::array<std::string_view, 7> received_marks{
    "<<<",        "<--",        "Received <<<",           "Received >>>",
    "Received: ", "Response: ", "Remote server replied: "};

template <std::size_t Count>
std::string_view behind_mark(std::string_view line,
                             const std::array<std::string_view, Count>& marks) noexcept {
    for (const std::string_view mark : marks) {
        if (line.starts_with(mark)) return trimmed(line.substr(mark.size()));
    }
    return {};
}

/// Returns the address behind "RCPT TO:" of a command, or an empty text.
std::string recipient_of(std::string_view command) {
    const std::size_t at = find_ignoring_case(command, "rcpt to");
    return at == npos ? std::string{} : first_address_in(command.substr(at));
}

}  // namespace

std::vector<Said> read_transcript(const std::vector<std::string_view>& lines) {
    std::vector<Said> out;
    std::string current;  // whom the last command was about
    for (const std::string_view each : lines) {
        if (out.size() >= most_recipients) break;
        const std::string_view line = trimmed(each);
        const std::string_view sent = behind_mark(line, sent_marks);
        if (!sent.empty() && !is_reply_code_at(sent, 0)) {
            current = recipient_of(sent);
            out.push_back({current, {}, {}, true});
            continue;
        }
        std::string_view received = behind_mark(line, received_marks);
        if (received.empty() && !sent.empty()) received = sent;
        // "421 example.net (smtp)... Deferred" of sendmail V5 has no mark. Below a reply,
        // such a line is sendmail's own, and says "User unknown" of all that a server refuses.
        const bool is_answered = !out.empty() && !out.back().words.empty();
        if (is_answered && received.empty() && is_reply_code_at(line, 0)) continue;
        if (received.empty() && is_reply_code_at(line, 0) && line.size() > 4 && line[0] >= '4') {
            std::string address = recipient_in(line);
            if (!address.empty()) out.push_back({std::move(address), {}, std::string(line), true});
            continue;
        }
        if (received.empty() || !is_reply_code_at(received, 0)) continue;
        if (out.empty()) out.push_back({current, {}, {}, true});
        std::string& words = out.back().words;
        if (words.size() < longest_reply)
            words.append(received.substr(0, longest_reply)).append("\n");
    }
    // Only replies that refuse say anything.
    const auto accepted = [](const Said& said) {
        return said.words.empty() || said.words.front() < '4';
    };
    out.erase(std::remove_if(out.begin(), out.end(), accepted), out.end());
    return out;
}

}  // namespace spfcheck
