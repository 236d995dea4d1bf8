// The DNS answers that a command used: recorded while it runs, or read from an evidence file.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "io/json.hpp"
#include "io/language.hpp"
#include "spf/base/expected.hpp"
#include "spf/dns/resolver.hpp"

namespace spfcheck {

/// Answers, by question. A command that asks a question again has the same answer again, so that
/// its result follows from the answers alone.
class UsedAnswers {
public:
    /// Makes an empty record.
    UsedAnswers() = default;
    /// Reads what to_json() returned. The error is one line of English that says what is wrong.
    [[nodiscard]] static spf::Expected<UsedAnswers, Spoken> from_json(const Json& json);
    /// Returns an array with an object for each answer, in the order of the questions. Each octet
    /// of a text or a name is one character, so that octets that are not UTF-8 are not lost.
    [[nodiscard]] Json to_json() const;

    /// Returns the answer to a question, or null if it is to be asked. After close(), a question
    /// without answer has Status::not_in_zone.
    [[nodiscard]] spf::dns::AnswerPtr find(const spf::dns::Question& question);
    /// Records an answer with the current time. Returns the answer to use: the first one to this
    /// question.
    spf::dns::AnswerPtr record(const spf::dns::Question& question, spf::dns::AnswerPtr answer);
    /// Notes the name servers that can be asked, as text; empty if there are none.
    void set_name_servers(std::string servers) { name_servers_ = std::move(servers); }
    [[nodiscard]] const std::string& name_servers() const noexcept { return name_servers_; }
    /// Forbids further questions.
    void close() noexcept { is_closed_ = true; }
    [[nodiscard]] bool is_closed() const noexcept { return is_closed_; }

    [[nodiscard]] std::size_t size() const noexcept { return answers_.size(); }
    /// Returns whether questions were asked, and no name server could be reached for any of them.
    [[nodiscard]] bool is_unreachable() const noexcept;
    /// Returns the number of questions that had no answer after close().
    [[nodiscard]] std::size_t missing() const noexcept { return missing_; }

private:
    struct Used {
        spf::dns::AnswerPtr answer;
        std::string time;  // RFC 3339
    };
    std::map<std::pair<std::string, spf::dns::RecordType>, Used> answers_;
    std::string name_servers_;
    bool is_closed_ = false;
    std::size_t missing_ = 0;
};

/// Returns octets as characters of UTF-8: each octet is the character with its number (Latin-1).
[[nodiscard]] std::string characters(std::string_view octets);
/// Returns the octets of a text that characters() made. Of another text, nothing.
[[nodiscard]] std::optional<std::string> octets_of_characters(std::string_view text);

/// Returns the current time as RFC 3339 describes, such as "2026-11-29T14:40:00Z".
[[nodiscard]] std::string current_time();

}  // namespace spfcheck
