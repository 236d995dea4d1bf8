// Two kinds of values, words and sentences, differ in what is escaped. A word never has a space and
// a sentence never has "=", so no value contains text that looks like a pair after a space.

#include "spf/report/log_line.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/ascii.hpp"
#include "base/mail_octets.hpp"
#include "evaluation/arguments.hpp"
#include "report/field.hpp"
#include "spf/mail/mail_check.hpp"

namespace spf::report {
namespace {

constexpr std::size_t longest_value = ascii::longest_address;  // octets, without quotes

enum class Kind : std::uint8_t { word, sentence };

/// The octets that are never escaped, and do not need quotes, in values of both kinds.
constexpr ascii::OctetSet is_plain{
    [](char c) { return ascii::is_printable(c) && c != ' ' && c != '"' && c != '=' && c != '\\'; }};

/// Appends an octet of a value. `is_quoted` says whether the value is in quotes.
void append_octet(std::string& out, char c, Kind kind, bool is_quoted) {
    constexpr std::string_view digits = "0123456789abcdef";
    if (kind == Kind::sentence && c == '"') {
        out += '\'';
    } else if (c == '\\') {
        out += is_quoted ? R"(\\)" : R"(\)";
    } else if (ascii::is_printable(c) && c != '"' && c != (kind == Kind::word ? ' ' : '=')) {
        out += c;
    } else {
        const auto octet = static_cast<unsigned char>(c);
        out += is_quoted ? R"(\\x)" : R"(\x)";
        out += digits[octet >> 4U];
        out += digits[octet & 0xfU];
    }
}

void append_value(std::string& out, std::string_view value, Kind kind) {
    if (value.size() <= longest_value && is_plain.has_all(value)) {
        out.append(value);
        return;
    }
    constexpr std::string_view mark = "...";
    // What follows these octets is cut in any case.
    value = value.substr(0, longest_value + 1);
    const bool is_quoted = value.find(kind == Kind::word ? '=' : ' ') != std::string_view::npos;
    if (is_quoted) out += '"';
    const std::size_t begin = out.size();
    std::size_t cut = begin;  // where to cut, so that "..." fits
    for (const char c : value) {
        if (out.size() - begin <= longest_value - mark.size()) cut = out.size();
        append_octet(out, c, kind, is_quoted);
        if (out.size() - begin <= longest_value) continue;
        out.erase(cut).append(mark);
        break;
    }
    if (is_quoted) out += '"';
}

/// A line to which pairs are appended.
class Line {
public:
    Line() { text_.reserve(512); }  // enough for most lines
    /// Appends a pair, unless the value is empty.
    void add(std::string_view key, std::string_view value, Kind kind = Kind::word) {
        if (value.empty()) return;
        if (!text_.empty()) text_ += ' ';
        text_.append(key) += '=';
        append_value(text_, value, kind);
    }
    void add(std::string_view key, const std::optional<Outcome>& outcome) {
        if (outcome) add(key, to_string(outcome->result));
    }
    [[nodiscard]] std::string text() && { return std::move(text_); }

private:
    std::string text_;
};

void add_result(Line& line, const Outcome& outcome) {
    line.add("result", to_string(outcome.result));
    line.add("identity", to_string(outcome.identity));
    line.add("domain", outcome.domain);
    line.add("mechanism", field::mechanism_of(outcome));
}

void add_session(Line& line, const receiver::Session& session) {
    const std::string_view sender = mailbox_of(session.reverse_path);
    line.add("client", session.client.ip.to_string());
    line.add("helo", session.client.helo);
    line.add("from", sender.empty() ? "<>" : sender);
    line.add("to", mailbox_of(session.recipient));
}

}  // namespace

std::string log_line(const receiver::Session& session, const receiver::Decision& decision) {
    const receiver::Verdict& verdict = decision.verdict;
    const Outcome* const outcome = outcome_of(verdict, decision.mail);
    Line line;
    line.add("action", to_string(verdict.action));
    line.add("demanded", to_string(verdict.demanded));
    line.add("ground", to_string(verdict.ground));
    if (outcome != nullptr) add_result(line, *outcome);
    add_session(line, session);
    line.add("spf-helo", decision.mail.helo);
    line.add("spf-mailfrom", decision.mail.mail_from);
    if (outcome != nullptr) {
        line.add("dns-lookups", std::to_string(outcome->dns_lookups));
        line.add("void-lookups", std::to_string(outcome->void_lookups));
    }
    line.add("matched", verdict.matched);
    if (verdict.local_client != nullptr)
        line.add("local-client", verdict.local_client->name, Kind::sentence);
    if (outcome != nullptr && outcome->problem) {
        line.add("problem", to_string(outcome->problem->code));
        line.add("detail", outcome->problem->message(), Kind::sentence);
    }
    return std::move(line).text();
}

std::string log_pair(std::string_view key, std::string_view value) {
    std::string out;
    append_log_pair(out, key, value);
    return out;
}

void append_log_pair(std::string& line, std::string_view key, std::string_view value) {
    line.append(key) += '=';
    append_value(line, value, Kind::word);
}

}  // namespace spf::report
