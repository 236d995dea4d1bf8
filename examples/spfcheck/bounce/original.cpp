#include "bounce/original.hpp"

#include <algorithm>
#include <array>

#include "bounce/text.hpp"
#include "message/trace_fields.hpp"
#include "names/parts.hpp"
#include "refusal/words.hpp"

namespace spfcheck {
namespace {

/// Words of lines that introduce the original message. A line with one of them ends what the server
/// says, if it has little else.
constexpr std::array<std::string_view, 38> original_marks{
    "original message follows",
    "original message headers follow",
    "original message header",
    "original headers follow",
    "original mail follows",
    "original message (",
    "below this line is a copy of the message",
    "below is a copy of the original message",
    "below this line is the original",
    "below this line is a copy of the mail header",
    "this is a copy of the message",
    "this is a copy of your message",
    "copy of the original message",
    "copy of the message follows",
    "copy of the message header",
    "copy of your message",
    "unsent message follows",
    "unsent message below",
    "unsent message",
    "undelivered message follows",
    "returned message",
    "returned mail follows",
    "message header follows",
    "message headers follow",
    "message text follows",
    "header of the original message",
    "the header of the original message is following",
    "headers of the original message",
    "original message details",
    "start of returned message",
    "your original message",
    "text of your message",
    "the original message is attached",
    "included is a copy of the message",
    "nachricht, die sie gesendet",
    "kopie der nachricht",
    "copie du message",
    "copia del messaggio"};

/// Fields with which the header of a message begins, in the form in which servers write them.
constexpr std::array<std::string_view, 5> first_fields{
    "Received:", "Return-Path:", "Return-path:", "DKIM-Signature:", "X-Originating-IP:"};

bool is_dashed(std::string_view line) noexcept {
    return line.starts_with("---") || line.starts_with("===") || line.starts_with("***") ||
           line.starts_with("___") || line.starts_with("~~~") || line.starts_with("- -");
}

/// Returns whether the next lines with text look like fields of a header.
bool header_follows(const std::vector<std::string_view>& lines, std::size_t from) {
    for (std::size_t i = from; i < lines.size() && i < from + 4; ++i) {
        const std::string_view line = trimmed(lines[i]);
        if (line.empty() || is_dashed(line)) continue;
        return begins_field(line) || line.starts_with("From ") || line.starts_with("Received");
    }
    return false;
}

bool introduces_original(std::string_view line) noexcept {
    if (line.size() > 120) return false;
    return std::any_of(original_marks.begin(), original_marks.end(),
                       [&](std::string_view words) { return has_ignoring_case(line, words); });
}

/// Returns a line without the marks of a quotation.
std::string_view unquoted(std::string_view line) noexcept {
    while (line.starts_with("> ") || line.starts_with(">>") || line.starts_with("| "))
        line.remove_prefix(line.starts_with(">>") ? 1 : 2);
    return line;
}

/// Returns the header in a text, from its first field on, its lines unquoted.
std::string header_in(std::string_view text) {
    const std::vector<std::string_view> lines = lines_of(text);
    std::string out;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool indented = lines[i].starts_with(" ") || lines[i].starts_with("\t");
        const std::string_view first = unquoted(lines[i]);
        if (out.empty() && !begins_field(first) && !indented) continue;
        if (out.empty() && indented && !begins_field(trimmed(first))) continue;
        if (!out.empty() && trimmed(first).empty()) {
            // A header has more than one field; a lone one was something else.
            if (std::count(out.begin(), out.end(), '\n') > 1) break;
            out.clear();
            continue;
        }
        out.append(out.empty() && indented ? trimmed(first) : first).append("\n");
    }
    return out;
}

}  // namespace

std::size_t beginning_of_original(const std::vector<std::string_view>& lines) {
    bool text = false;  // is there any before this line?
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view line = trimmed(lines[i]);
        if (line.empty()) continue;
        if (text && introduces_original(line) &&
            (is_dashed(line) || has_ignoring_case(line, "follow") ||
             has_ignoring_case(line, "below") || header_follows(lines, i + 1))) {
            return i;
        }
        const bool dashed_original =
            is_dashed(line) && has_ignoring_case(line, "original") && line.size() < 80;
        if (text && dashed_original && !has_ignoring_case(line, "received at")) return i;
        const std::string_view bare = unquoted(lines[i]);
        const bool header = std::any_of(first_fields.begin(), first_fields.end(),
                                        [&](std::string_view f) { return bare.starts_with(f); });
        // "Received: 550 ..." may be the line of a transcript.
        if (header && !is_reply_code_at(trimmed(bare.substr(bare.find(':') + 1)), 0)) return i;
        text = true;
    }
    return lines.size();
}

std::optional<OriginalMessage> read_original(std::string_view text) {
    const std::string header = header_in(text.substr(0, longest_header));
    if (header.empty()) return std::nullopt;
    OriginalMessage out;
    if (const auto fields = trace_fields_of(header)) {
        out.received = fields->received;
        out.return_path = fields->return_path;
    }
    const std::vector<std::string_view> lines = lines_of(header);
    std::size_t end = 0;
    for (const Field& field : fields_of(lines, 0, end)) {
        if (out.author.empty() && equals_ignoring_case(field.name, "From"))
            out.author = first_address_in(field.value);
    }
    const bool nothing = out.received.empty() && !out.return_path && out.author.empty();
    if (nothing) return std::nullopt;
    return out;
}

std::vector<std::string> recipients_of_original(std::string_view text) {
    std::vector<std::string> out;
    const std::string header = header_in(text.substr(0, longest_header));
    const std::vector<std::string_view> lines = lines_of(header);
    std::size_t end = 0;
    for (const Field& field : fields_of(lines, 0, end)) {
        const bool to = equals_ignoring_case(field.name, "To") ||
                        equals_ignoring_case(field.name, "X-Envelope-To") ||
                        equals_ignoring_case(field.name, "Envelope-To");
        if (!to || !out.empty()) continue;
        std::string_view rest = field.value;
        while (!rest.empty() && out.size() < 10) {
            const std::size_t comma = rest.find(',');
            std::string address = first_address_in(rest.substr(0, comma));
            if (!address.empty()) out.push_back(std::move(address));
            rest.remove_prefix(comma == npos ? rest.size() : comma + 1);
        }
    }
    return out;
}

}  // namespace spfcheck
