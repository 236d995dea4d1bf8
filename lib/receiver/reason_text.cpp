#include "spf/receiver/reason_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/code_table.hpp"
#include "base/mail_octets.hpp"
#include "spf/base/message.hpp"
#include "spf/base/printable.hpp"

namespace spf::receiver {
namespace {

using Code = ReasonTextError::Code;

constexpr std::array<CodeEntry<Code>, ReasonTextError::code_count> entries{{
    {Code::empty, "empty", "the text has no visible characters"},
    {Code::too_long, "too_long", "the text is longer than 400 octets"},
    {Code::character, "character",
     "the text has an octet that is not printable US-ASCII, such as a line break"},
    {Code::unknown_placeholder, "unknown_placeholder",
     "there is no placeholder {1}; the placeholders are client, helo, sender, identity, domain, "
     "result, problem, explanation and receiver"},
    {Code::open_brace, "open_brace", "a left brace has no right brace after it; write two for one"},
    {Code::close_brace, "close_brace",
     "a right brace has no left brace before it; write two for one"},
}};
static_assert(is_in_order_of_codes(entries), "one line for each code, in the order of the enum");
static_assert(ReasonText::max_value == ascii::longest_address);
static_assert(ReasonText::max_length == 400, "the message of too_long contains the number");

/// The names of the placeholders, in the order of the enumeration Placeholder.
constexpr std::array<std::string_view, 9> names{"client",   "helo",        "sender",
                                                "identity", "domain",      "result",
                                                "problem",  "explanation", "receiver"};

}  // namespace

std::string ReasonTextError::message() const {
    const std::array<Argument, 1> arguments{placeholder};
    return rendered(row_of(entries, code).message, arguments);
}

std::string_view to_string(ReasonTextError::Code code) noexcept {
    return row_of(entries, code).name;
}

Expected<ReasonText, ReasonTextError> ReasonText::parse(std::string_view text) {
    if (text.find_first_not_of(' ') == std::string_view::npos)
        return ReasonTextError{Code::empty, 0};
    if (text.size() > max_length) return ReasonTextError{Code::too_long, max_length};
    // NOLINTNEXTLINE(readability-qualified-auto): a pointer only in some standard libraries
    const auto odd = std::find_if_not(text.begin(), text.end(), ascii::is_printable);
    if (odd != text.end())
        return ReasonTextError{Code::character, static_cast<std::size_t>(odd - text.begin())};
    ReasonText out;
    std::string literal;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char octet = text[at];
        const bool is_double = at + 1 < text.size() && text[at + 1] == octet;
        if (octet == '}' && !is_double) return ReasonTextError{Code::close_brace, at};
        if (octet != '{' || is_double) {
            literal += octet;
            if (octet == '{' || octet == '}') ++at;
            continue;
        }
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos) return ReasonTextError{Code::open_brace, at};
        const std::string_view name = text.substr(at + 1, end - at - 1);
        const auto* const found = std::find(names.begin(), names.end(), name);
        if (found == names.end())
            return ReasonTextError{Code::unknown_placeholder, at + 1, std::string{name}};
        out.pieces_.push_back(
            {std::exchange(literal, {}), true, static_cast<Placeholder>(found - names.begin())});
        at = end;
    }
    if (!literal.empty()) out.pieces_.push_back({std::move(literal), false, {}});
    return out;
}

std::string ReasonText::value(Placeholder placeholder, const Outcome& outcome) {
    switch (placeholder) {
        case Placeholder::client: return outcome.ip.to_string();
        case Placeholder::helo: return outcome.helo;
        case Placeholder::sender: return outcome.sender;
        case Placeholder::identity:
            return outcome.identity == Identity::helo ? "HELO" : "MAIL FROM";
        case Placeholder::domain: return outcome.domain;
        case Placeholder::result: return std::string{to_string(outcome.result)};
        case Placeholder::problem: return outcome.problem ? outcome.problem->message() : "";
        case Placeholder::explanation: return outcome.explanation;
        case Placeholder::receiver: break;
    }
    return outcome.receiver;
}

std::string ReasonText::text(const Outcome& outcome) const {
    std::string out;
    for (const Piece& piece : pieces_) {
        out += piece.literal;
        if (piece.has_placeholder) out += printable(value(piece.placeholder, outcome), max_value);
    }
    return out;
}

}  // namespace spf::receiver
