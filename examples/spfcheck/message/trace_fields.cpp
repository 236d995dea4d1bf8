// gmime repairs what it can: it skips lines that are not fields, drops octets, and ends texts at a
// NUL. If gmime skipped the line of a server, the next line would be read instead, which an
// untrusted sender may have written. So this file decides where the header ends, and leaves nothing
// for gmime to repair.

#include "message/trace_fields.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iostream>

#include "message/gmime.hpp"
#include "message/sentences.hpp"
#include "names/idn.hpp"
#include "names/parts.hpp"
#include "spf/dns/name.hpp"

namespace spfcheck {
namespace {

using Says = MessageSentence;

bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

/// Returns whether a line begins with a field name and a colon (RFC 5322, 3.6.8). There may be
/// white space between them (RFC 5322, 4.5).
bool begins_field(std::string_view line) noexcept {
    std::size_t end = 0;
    while (end < line.size() && line[end] > ' ' && line[end] < '\x7f' && line[end] != ':') ++end;
    const std::size_t colon = line.find_first_not_of(" \t", end);
    return end > 0 && colon != std::string_view::npos && line[colon] == ':';
}

/// Removes what may precede a header: a byte order mark, and the line "From ..." of an mbox file.
void drop_preamble(std::string_view& text) noexcept {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    if (!text.starts_with("From ")) return;
    const std::size_t end = text.find('\n');
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
}

/// Returns the offset of the first line that is not part of the header; nothing if there is no such
/// line.
std::optional<std::size_t> end_of_header(std::string_view text) noexcept {
    for (std::size_t begin = 0; begin < text.size();) {
        const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
        const bool continues = begin > 0 && !line.empty() && is_blank(line.front());
        if (!continues && !begins_field(line)) return begin;
        begin += line.size() + 1;
    }
    return std::nullopt;
}

std::string without_lost_octets(std::string_view header) {
    std::string out(header);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const bool lone_return = out[i] == '\r' && (i + 1 == out.size() || out[i + 1] != '\n');
        if (out[i] == '\0' || lone_return) out[i] = '\x01';
    }
    return out;
}

bool is_named(GMimeHeader* field, const char* name) {
    return g_ascii_strcasecmp(g_mime_header_get_name(field), name) == 0;
}

/// Returns the domain that all addresses of a list have, or an empty text.
std::string domain_of(InternetAddressList* list) {
    std::string out;
    const int count = list == nullptr ? 0 : internet_address_list_length(list);
    for (int i = 0; i < count; ++i) {
        InternetAddress* const each = internet_address_list_get_address(list, i);
        if (!INTERNET_ADDRESS_IS_MAILBOX(each)) return {};
        const char* const text = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(each));
        const std::string_view address = text == nullptr ? "" : text;
        const std::size_t at = address.rfind('@');
        if (at == std::string_view::npos) return {};
        const std::string written = ascii_domain(std::string(address.substr(at + 1)));
        const auto domain = spf::dns::canonical_name(written);
        if (!domain || (!out.empty() && *domain != out)) return {};
        out = *domain;
    }
    return out;
}

TraceFields trace_fields(GMimeMessage& message) {
    TraceFields out;
    out.author_domain = domain_of(g_mime_message_get_from(&message));
    GMimeHeaderList* const fields = g_mime_object_get_header_list(&message.parent_object);
    const int count = g_mime_header_list_get_count(fields);
    for (int i = 0; i < count; ++i) {
        GMimeHeader* const field = g_mime_header_list_get_header_at(fields, i);
        const char* const body = g_mime_header_get_raw_value(field);
        if (body == nullptr) continue;
        if (is_named(field, "Received")) {
            out.received.emplace_back(body);
        } else if (!out.return_path && is_named(field, "Return-Path")) {
            out.return_path = trimmed(body);
            out.above_return_path = out.received.size();
        }
    }
    return out;
}

/// Returns a failure with the system's message for errno.
Failure unreadable() { return {exit_data, say<Says::unreadable>(system_message(errno))}; }

/// Returns the contents of a file, but at most `longest_header` + 1 octets of it. The additional
/// octet shows that the file is longer than the longest header that is accepted.
spf::Expected<std::string, Failure> read_beginning(const std::string& path) {
    std::ifstream file;
    const bool standard_input = path == "-";
    if (!standard_input) file.open(path, std::ios::binary);
    std::istream& in = standard_input ? std::cin : file;
    if (!standard_input && !file.is_open()) return unreadable();
    std::string text(longest_header + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad()) return unreadable();
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

}  // namespace

spf::Expected<TraceFields, Failure> trace_fields_of(std::string_view message_text) {
    std::string_view text = message_text;
    drop_preamble(text);
    const std::optional<std::size_t> end = end_of_header(text);
    if (!end && message_text.size() > longest_header) {
        return Failure{exit_data, say<Says::header_too_long>(std::uint64_t{longest_header >> 20U})};
    }
    const std::string header = without_lost_octets(text.substr(0, end.value_or(text.size())));
    if (header.empty()) return Failure{exit_data, say<Says::no_header>()};
    const Owned<GMimeMessage> message = parsed_message(header);
    if (!message) return Failure{exit_data, say<Says::header_unreadable>()};
    return trace_fields(*message);
}

spf::Expected<TraceFields, Failure> read_trace_fields(const std::string& path) {
    const auto beginning = read_beginning(path);
    if (!beginning) return beginning.error();
    return trace_fields_of(*beginning);
}

}  // namespace spfcheck
